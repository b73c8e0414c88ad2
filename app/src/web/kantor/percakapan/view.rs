//! What the page of a conversation shows.

use askama::Template;
use loket_core::{clock::Instant, id::MessageId, permission::Permission, zone::OfficeZone};

use super::{
    CreateRequest, Tried,
    create::Ground,
};
use crate::{
    domain::{
        catalogue::Catalogue,
        requests::{QueueRow, Suggested},
        whatsapp::ThreadView,
    },
    web::{
        guard::InOffice,
        kantor::thread,
        parts::{Bubble, Choice, Composer, Crumb, EarlierRequest, Fact, Frame, Tag, When},
        routes,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/percakapan.html", blocks = ["thread"])]
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
    pub(super) suggestion: Option<Suggestion>,
    pub(super) create: Option<CreateRequest>,
    pub(super) requests: Vec<EarlierRequest>,
    pub(super) facts: Vec<Fact>,
    pub(super) purposes: Vec<Choice>,
}

/// What Loket believes the conversation is about, and where that leads.
pub struct Suggestion {
    pub(super) text: String,
    pub(super) link: Option<(String, &'static str)>,
}

/// Everything that was read for the page.
pub(super) struct Seen {
    pub(super) talk: ThreadView,
    pub(super) suggested: Option<Suggested>,
    pub(super) earlier: Vec<QueueRow>,
    pub(super) catalogue: Catalogue,
    pub(super) now: Instant,
    pub(super) before: Option<MessageId>,
}

impl ConversationPage {
    pub(super) fn of(frame: Frame, seat: &InOffice, seen: Seen, tried: Tried) -> Self {
        let (slug, id) = (seat.office.slug.as_str(), seen.talk.head.id);
        let Tried { answer, create, error } = tried;
        let refused = create.as_ref().and_then(|(_, wrong)| wrong.whole.clone());
        let ground =
            Ground { seat, catalogue: &seen.catalogue, suggested: seen.suggested.as_ref() };
        let (take_label, take_href) = take(seat, &seen.talk);
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
            error: error.or(refused),
            bubbles: thread::bubbles(&seat.office, &seen.talk, seen.now),
            older: older(slug, &seen.talk),
            composer: composer(seat, &seen.talk, answer),
            live_href: live(slug, &seen),
            suggestion: suggestion(slug, &seen, seat.may(Permission::IntakeRequests)),
            create: seat
                .may(Permission::IntakeRequests)
                .then(|| CreateRequest::of(id, &ground, create)),
            facts: facts(&seen.talk),
            requests: earlier(slug, seat.office.zone, seen.earlier, seen.now),
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
fn take(seat: &InOffice, talk: &ThreadView) -> (Option<String>, String) {
    let (slug, id) = (seat.office.slug.as_str(), talk.head.id);
    if !seat.may(Permission::HandleRequests) {
        return (None, String::new());
    }
    let claim = routes::ConversationClaim::at(slug, id);
    match &talk.assigned_to {
        None => (Some("Tangani".to_owned()), claim),
        Some((who, _)) if *who == seat.standing.user => {
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

fn composer(seat: &InOffice, talk: &ThreadView, answer: Option<(String, String)>) -> Composer {
    let href = routes::ConversationAnswer::at(&seat.office.slug, talk.head.id);
    let (draft, error) = answer.map_or((String::new(), None), |(draft, error)| (draft, Some(error)));
    let mut composer = thread::composer(href, talk.window, draft, &format!("percakapan-{}", talk.head.id));
    composer.error = error;
    if !seat.may(Permission::HandleRequests) {
        composer.open = false;
        composer.window = "Peran Anda membaca percakapan ini, tidak menjawabnya.".to_owned();
    }
    composer
}

fn suggestion(slug: &str, seen: &Seen, may_open: bool) -> Option<Suggestion> {
    if let Some((id, receipt)) = &seen.talk.open_request {
        let link = (routes::Request::at(slug, id), "Buka permohonan");
        return Some(Suggestion { text: format!("Permohonan {receipt} masih berjalan."), link: Some(link) });
    }
    let suggested = seen.suggested.as_ref()?;
    let (read, all) = suggested.read;
    Some(Suggestion {
        text: format!("Mungkin {}: {read} dari {all} isian terbaca.", suggested.title),
        link: may_open.then(|| ("#buat".to_owned(), "Buat permohonan")),
    })
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
