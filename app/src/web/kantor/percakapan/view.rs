//! What the page of a conversation shows.

use askama::Template;
use loket_core::{
    clock::Instant,
    id::{MessageId, ServiceId},
    live::Topic,
    permission::{Permission, Standing},
    zone::OfficeZone,
};

use super::{
    Tried,
    create::{CreateRequest, Ground},
};
use crate::{
    domain::{
        catalogue::Catalogue,
        quick_replies::Ready,
        requests::{Prepared, QueueRow, Understood},
        tenancy::Office,
        whatsapp::{Held, ThreadView},
    },
    web::{
        kantor::{
            quick::{self, Written},
            thread,
        },
        live::live_blocks,
        parts::{Bubble, Choice, Composer, Crumb, EarlierRequest, Fact, Frame, Tag, When},
        routes,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/percakapan.html", blocks = ["top", "thread", "suggest", "composer"])]
pub struct ConversationPage {
    pub(super) frame: Frame,
    pub(super) crumbs: Vec<Crumb>,
    pub(super) who: String,
    pub(super) phone: String,
    pub(super) number: String,
    pub(super) state: Tag,
    pub(super) officer: Option<String>,
    pub(super) take_href: String,
    pub(super) take_label: Option<String>,
    pub(super) error: Option<String>,
    pub(super) bubbles: Vec<Bubble>,
    pub(super) older: Option<String>,
    pub(super) composer: Composer,
    pub(super) live_href: String,
    pub(super) topic: String,
    pub(super) suggestion: Option<Suggestion>,
    pub(super) prepared: Vec<Prepared>,
    pub(super) prepared_href: String,
    pub(super) create: Option<CreateRequest>,
    pub(super) requests: Vec<EarlierRequest>,
    pub(super) facts: Vec<Fact>,
    pub(super) purposes: Vec<Choice>,
}

live_blocks!(ConversationPage:
    "top" => as_top, "thread" => as_thread, "suggest" => as_suggest, "composer" => as_composer);

/// What Loket believes the conversation is about, and where that leads.
pub struct Suggestion {
    pub(super) text: String,
    pub(super) link: Option<(String, &'static str)>,
}

/// Who looks, and where.
#[derive(Clone, Copy)]
pub(super) struct Viewer<'a> {
    pub(super) office: &'a Office,
    pub(super) standing: &'a Standing,
}

/// Everything that was read for the page.
pub(super) struct Seen {
    pub(super) talk: ThreadView,
    pub(super) understood: Understood,
    pub(super) earlier: Vec<QueueRow>,
    pub(super) catalogue: Catalogue,
    pub(super) now: Instant,
    pub(super) before: Option<MessageId>,
    /// What may be picked in the composer.
    pub(super) quick: Vec<Ready>,
    /// Why what is sent would wait.
    pub(super) held: Option<Held>,
    /// The service of the number that a message without a format is taken to be about.
    pub(super) default_service: Option<ServiceId>,
}

impl ConversationPage {
    pub(super) fn of(frame: Frame, viewer: Viewer<'_>, seen: Seen, tried: Tried) -> Self {
        let (slug, id) = (viewer.office.slug.as_str(), seen.talk.head.id);
        let Tried { answer, create } = tried;
        let refused = create.as_ref().and_then(|(_, wrong)| wrong.whole.clone());
        let ground = Ground {
            viewer,
            catalogue: &seen.catalogue,
            suggested: seen.understood.line.as_ref(),
            default_service: seen.default_service,
            under_way: seen.talk.open_request.is_some(),
        };
        let (take_label, take_href) = take(viewer, &seen.talk);
        let composer = composer(viewer, &seen, answer);
        let suggestion = suggestion(slug, &seen, viewer.standing.may(Permission::IntakeRequests));
        Self {
            frame,
            crumbs: vec![Crumb::new("Percakapan", routes::Conversations::at(slug, "belum", 0))],
            who: seen.talk.contact.name.clone(),
            phone: seen.talk.contact.address.clone().unwrap_or_default(),
            number: seen.talk.number.clone(),
            state: state(&seen.talk),
            officer: seen.talk.assigned_to.as_ref().map(|(_, name)| name.clone()),
            take_href,
            take_label,
            error: refused,
            bubbles: thread::bubbles(viewer.office, &seen.talk, seen.now),
            older: older(slug, &seen.talk),
            live_href: live(slug, &seen),
            topic: Topic::Conversation.of(id),
            prepared: if composer.open { seen.understood.prepared.clone() } else { Vec::new() },
            composer,
            prepared_href: routes::ConversationAnswer::at(slug, id),
            suggestion,
            create: viewer
                .standing
                .may(Permission::IntakeRequests)
                .then(|| CreateRequest::of(id, &ground, create)),
            facts: facts(&seen.talk),
            requests: earlier(slug, viewer.office.zone, seen.earlier, seen.now),
            purposes: Vec::new(),
        }
    }
}

fn state(talk: &ThreadView) -> Tag {
    if talk.head.unanswered_since.is_some() {
        Tag::new("Belum dijawab", "warn")
    } else {
        Tag::new("Sudah dijawab", "quiet")
    }
}

/// The one button about who answers: take, take over, or leave.
fn take(viewer: Viewer<'_>, talk: &ThreadView) -> (Option<String>, String) {
    let (slug, id) = (viewer.office.slug.as_str(), talk.head.id);
    if !viewer.standing.may(Permission::HandleRequests) {
        return (None, String::new());
    }
    let claim = routes::ConversationClaim::at(slug, id);
    match &talk.assigned_to {
        None => (Some("Tangani".to_owned()), claim),
        Some((who, _)) if *who == viewer.standing.user => {
            (Some("Lepaskan".to_owned()), routes::ConversationRelease::at(slug, id))
        }
        Some((_, name)) => (Some(format!("Ambil alih dari {name}")), claim),
    }
}

fn older(slug: &str, talk: &ThreadView) -> Option<String> {
    let first = talk.messages.first().filter(|_| talk.more)?;
    Some(routes::Conversation::before(slug, talk.head.id, first.id))
}

/// Old messages do not change: only the end of the conversation refreshes itself.
fn live(slug: &str, seen: &Seen) -> String {
    if seen.before.is_some() { String::new() } else { routes::Conversation::at(slug, seen.talk.head.id) }
}

fn composer(viewer: Viewer<'_>, seen: &Seen, answer: Option<(Written, Option<String>)>) -> Composer {
    let talk = &seen.talk;
    let href = routes::ConversationAnswer::at(&viewer.office.slug, talk.head.id);
    let (written, refused) = answer.unwrap_or_default();
    let ready = quick::with(&seen.understood.prepared, &seen.quick);
    let (draft, not_picked) = written.draft(&ready);
    let mut composer = thread::composer(href, talk.window, draft, &format!("percakapan-{}", talk.head.id));
    composer.error = refused.or(not_picked);
    composer.quick = quick::drawn(&ready);
    composer.note = quick::waits(seen.held);
    if !viewer.standing.may(Permission::HandleRequests) {
        composer.open = false;
        composer.window = "Peran Anda membaca percakapan ini, tidak menjawabnya.".to_owned();
    }
    composer
}

fn suggestion(slug: &str, seen: &Seen, may_open: bool) -> Option<Suggestion> {
    if let Some((id, receipt)) = &seen.talk.open_request {
        let link = (routes::Request::at(slug, id), "Buka permohonan");
        let hint = seen.understood.hint.as_ref().map(|hint| format!(" Mungkin {hint}.")).unwrap_or_default();
        let text = format!("Permohonan {receipt} masih berjalan.{hint}");
        return Some(Suggestion { text, link: Some(link) });
    }
    let text = match (&seen.understood.line, &seen.understood.hint) {
        (_, Some(hint)) => format!("Mungkin {hint}."),
        (Some(suggested), None) => {
            let (read, all) = suggested.read;
            format!("Mungkin {}: {read} dari {all} isian terbaca.", suggested.title)
        }
        (None, None) => {
            seen.talk.head.unanswered_since?;
            let service = seen.default_service.and_then(|id| seen.catalogue.service(id))?;
            format!("Tanpa format. Nomor ini untuk {}.", service.name)
        }
    };
    Some(Suggestion { text, link: may_open.then(|| ("#buat".to_owned(), "Isi permohonan")) })
}

fn facts(talk: &ThreadView) -> Vec<Fact> {
    let name = if talk.contact.named { talk.contact.name.as_str() } else { "" };
    vec![
        Fact::plain("Nama di WhatsApp", name),
        Fact::plain("Nomor", talk.contact.address.clone().unwrap_or_default()),
    ]
}

fn earlier(slug: &str, zone: OfficeZone, rows: Vec<QueueRow>, now: Instant) -> Vec<EarlierRequest> {
    rows.into_iter()
        .map(|row| EarlierRequest {
            href: routes::Request::at(slug, row.id),
            receipt: row.receipt,
            service: row.service,
            state: Tag::of_state(row.state),
            when: When::plain(row.first_message_at, now, zone),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use loket_core::{
        id::VariantId,
        kinds::Role,
        permission::{Grant, Scope},
    };

    use super::*;
    use crate::{
        domain::requests::{Suggested, SuggestedField},
        web::kantor::{
            entry_form::{Typed, Wrong},
            samples,
        },
    };

    fn drawn(role: Role, change: impl FnOnce(&mut Seen), tried: Tried) -> Result<String, askama::Error> {
        let standing =
            Standing { user: samples::me(), grants: vec![Grant { role, scope: Scope::default() }] };
        let field = |key: &str, value: &str| SuggestedField {
            key: key.to_owned(),
            label: key.to_owned(),
            value: value.to_owned(),
            problem: value.is_empty().then(|| format!("{key} belum diisi.")),
        };
        let mut seen = Seen {
            talk: samples::thread(),
            understood: Understood {
                line: Some(Suggested {
                    variant: Some(VariantId::NIL),
                    title: "KTP elektronik (hilang)".to_owned(),
                    read: (5, 6),
                    name: Some("SITI AMINAH".to_owned()),
                    numbers: true,
                    fields: vec![field("kecamatan", ""), field("desa", "PETE")],
                }),
                ..Understood::default()
            },
            earlier: vec![samples::row()],
            catalogue: Catalogue::default(),
            now: samples::now(),
            before: None,
            quick: vec![Ready {
                code: "jam".to_owned(),
                title: "Jam pelayanan".to_owned(),
                text: "Buka 08.00.".to_owned(),
            }],
            held: None,
            default_service: None,
        };
        change(&mut seen);
        let viewer = Viewer { office: &samples::office(), standing: &standing };
        ConversationPage::of(samples::frame(), viewer, seen, tried).render()
    }

    #[test]
    fn a_conversation_renders_its_samples() -> Result<(), askama::Error> {
        let html = drawn(Role::Operator, |_| {}, Tried::default())?;
        assert!(html.contains("Mungkin KTP elektronik (hilang): 5 dari 6 isian terbaca."));
        assert!(html.contains("Jendela 24 jam: sisa 23 jam"));
        assert!(html.contains("TNG-2611-00042-K"));
        assert!(html.contains("kecamatan belum diisi."));
        assert!(html.contains("value=\"SITI AMINAH\""));
        assert!(!html.contains("3603015105900001"), "identity numbers stay masked");
        Ok(())
    }

    #[test]
    fn an_open_request_is_led_to_instead_of_suggested() -> Result<(), askama::Error> {
        let open = |seen: &mut Seen| {
            seen.talk.open_request = Some((samples::row().id, "TNG-2611-00042-K".to_owned()));
        };
        let html = drawn(Role::Operator, open, Tried::default())?;
        assert!(html.contains("Permohonan TNG-2611-00042-K masih berjalan."));
        assert!(!html.contains("Mungkin KTP"));
        assert!(html.contains("Buat permohonan lain"));
        Ok(())
    }

    fn typed_words(text: &str, picked: Option<&str>) -> Written {
        Written { text: text.to_owned(), picked: picked.map(str::to_owned) }
    }

    #[test]
    fn a_ready_answer_that_was_picked_stands_in_the_composer_unsent() -> Result<(), askama::Error> {
        let tried = Tried { answer: Some((typed_words("Pagi.", Some("jam")), None)), ..Tried::default() };
        let html = drawn(Role::Operator, |_| {}, tried)?;
        assert!(html.contains("Pagi.\nBuka 08.00.</textarea>") && html.contains("name=\"quick\""));
        let held = |seen: &mut Seen| seen.held = Some(Held::Off);
        assert!(drawn(Role::Operator, held, Tried::default())?.contains("sedang dimatikan"));
        Ok(())
    }

    #[test]
    fn a_prepared_answer_is_offered_to_whoever_may_send_it_and_while_it_would_arrive()
    -> Result<(), askama::Error> {
        let answer = |seen: &mut Seen| {
            seen.understood.hint = Some("jam pelayanan".to_owned());
            seen.understood.prepared = vec![Prepared {
                code: "siap-jam".to_owned(),
                title: "Jam pelayanan".to_owned(),
                text: "Buka 08.00–15.00.".to_owned(),
            }];
        };
        let html = drawn(Role::Operator, answer, Tried::default())?;
        assert!(html.contains("Mungkin jam pelayanan.") && html.contains("value=\"Buka 08.00–15.00.\""));
        assert!(html.contains("name=\"use\" value=\"siap-jam\""));
        let closed = |seen: &mut Seen| {
            answer(seen);
            seen.talk.window = chrono::TimeDelta::zero();
        };
        for html in
            [drawn(Role::Operator, closed, Tried::default())?, drawn(Role::Head, answer, Tried::default())?]
        {
            assert!(!html.contains("Kirim balasan ini"), "{html}");
        }
        Ok(())
    }

    #[test]
    fn whoever_only_reads_is_offered_nothing_to_do() -> Result<(), askama::Error> {
        let html = drawn(Role::Head, |_| {}, Tried::default())?;
        assert!(
            !html.contains("name=\"text\"") && !html.contains("Tangani") && !html.contains("id=\"buat\"")
        );
        Ok(())
    }

    #[test]
    fn what_could_not_be_sent_or_opened_is_shown_again() -> Result<(), askama::Error> {
        let typed = Typed { name: "Siti".to_owned(), ..Typed::default() };
        let wrong = Wrong { service: Some("Pilih layanan dahulu.".to_owned()), ..Wrong::default() };
        let tried = Tried {
            answer: Some((typed_words("Selamat siang", None), Some("Pesan terlalu panjang.".to_owned()))),
            create: Some((typed, wrong)),
        };
        let html = drawn(Role::Operator, |_| {}, tried)?;
        assert!(html.contains("Selamat siang</textarea>") && html.contains("Pesan terlalu panjang."));
        assert!(html.contains("Pilih layanan dahulu.") && html.contains("value=\"Siti\""));
        Ok(())
    }
}
