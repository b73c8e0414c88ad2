//! The page of a request: from what the domain shows to what is printed.

use std::collections::BTreeMap;

use askama::Template;
use loket_core::{
    clock::Instant,
    id::{ConversationId, MessageId, RequestId, UserId},
    live::Topic,
    permission::Permission,
    request::RequestState,
};

use super::{
    actions, appointment,
    at::{Panel, older},
    care::{self, Care},
    clocks::{self, Why},
    collecting::{self, Ended, Place},
    compensation, consignment, facts, forward, history, papers, ready,
};
use crate::{
    domain::{
        quick_replies::Ready,
        requests::{self, Onward, Prepared, Purpose, RequestError, RequestView},
        tenancy::Office,
        whatsapp::{self, AttachmentView, ConversationError, Held, ThreadView},
    },
    infra::Cx,
    web::{
        error::PageError,
        guard::InOffice,
        kantor::{
            quick::{self, Written},
            thread,
        },
        live::live_blocks,
        parts::{
            Action, Attachment, Bubble, Choice, Clock, Composer, Crumb, EarlierRequest, Fact, Flag, Frame,
            Happening, LooseFile, Paper, Tag, initials,
        },
        routes,
    },
};

/// A request with everything its page shows, loaded in one operation.
pub(super) struct Shown {
    pub(super) view: RequestView,
    pub(super) attachments: Vec<AttachmentView>,
    pub(super) thread: Option<ThreadView>,
    pub(super) now: Instant,
    /// What may be picked in the composer.
    pub(super) quick: Vec<Ready>,
    /// Answers to what waits.
    pub(super) prepared: Vec<Prepared>,
    /// Why what is sent would wait.
    pub(super) held: Option<Held>,
    /// Where it may be handed on to.
    pub(super) onward: Option<Onward>,
    earlier_part: bool,
}

impl Shown {
    /// Loads a request; the look is recorded with the operation.
    pub(super) async fn load(
        cx: &mut Cx<'_>,
        office: &Office,
        id: RequestId,
        before: Option<MessageId>,
    ) -> Result<Self, PageError> {
        let view = Box::pin(requests::request(cx, office, id)).await?;
        let attachments = requests::attachments_of(cx, &view).await?;
        let thread = Box::pin(read_thread(cx, view.conversation, before)).await?;
        let (held, quick) = match &thread {
            Some(thread) => (
                whatsapp::number_at(cx, thread.head.number).await?.0,
                quick::offered(cx, office, (Some(&view.row), &[])).await?,
            ),
            None => (None, Vec::new()),
        };
        let prepared = Box::pin(ready::answers(cx, office, &view, thread.as_ref())).await?;
        let (now, earlier_part) = (cx.now(), before.is_some());
        Ok(Self { view, attachments, thread, now, quick, prepared, held, onward: None, earlier_part })
    }
}

/// The conversation, if there is one and it may be seen: a person may reach a request and not the
/// number it came by.
async fn read_thread(
    cx: &Cx<'_>,
    conversation: Option<ConversationId>,
    before: Option<MessageId>,
) -> Result<Option<ThreadView>, PageError> {
    let Some(conversation) = conversation else { return Ok(None) };
    match whatsapp::thread(cx, conversation, before, thread::SHOWN).await {
        Ok(thread) => Ok(Some(thread)),
        Err(ConversationError::NotFound | ConversationError::NotAllowed) => Ok(None),
        Err(ConversationError::Fault(fault)) => Err(fault.into()),
        Err(ConversationError::Invalid(sentence)) => Err(RequestError::Invalid(sentence).into()),
    }
}

/// What a page shows besides: why a step failed, what was typed, numbers in clear.
#[derive(Default)]
pub(super) struct Extra {
    pub(super) error: Option<String>,
    pub(super) written: Written,
    pub(super) clear: Option<BTreeMap<String, String>>,
    /// What was sent with a step that did not hold.
    pub(super) sent: Option<Sent>,
}

/// What was sent with a step: the step's word, and the form.
pub(super) enum Sent {
    /// Where something is collected.
    Place(&'static str, Place),
    /// Who receives it.
    Ended(Ended),
    /// Why more care is taken.
    Care(care::Typed),
    /// A step of a consignment: its word, and the form.
    Consignment(&'static str, consignment::Typed),
    /// Where and when somebody is to come.
    Appointment(appointment::Typed),
    /// A step of a compensation.
    Compensation(compensation::Typed),
}

/// The document that the office produced.
struct ResultFile {
    file: Attachment,
    state: Tag,
}

#[derive(Template)]
#[template(path = "kantor/permohonan.html", blocks = ["top", "acts", "thread", "prepared", "composer", "papers", "events"])]
pub(super) struct RequestPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    receipt: String,
    service: String,
    state: Tag,
    channel: &'static str,
    flags: Vec<Flag>,
    officer: Option<String>,
    officer_initials: String,
    mine: bool,
    take_href: String,
    take_label: Option<&'static str>,
    take_tone: &'static str,
    take_next_href: Option<String>,
    response: Clock,
    response_note: String,
    settlement: Clock,
    settlement_note: String,
    /// Why it is due when it is.
    why: Option<Why>,
    panel: &'static str,
    actions: Vec<Action>,
    next_step: Option<String>,
    error: Option<String>,
    bubbles: Vec<Bubble>,
    older: Option<String>,
    prepared: Vec<Prepared>,
    prepared_href: String,
    composer: Option<Composer>,
    chat_href: Option<String>,
    chat_note: Option<String>,
    live_href: String,
    topic: String,
    talk_topic: String,
    papers_words: String,
    papers: Vec<Paper>,
    loose_files: Vec<LooseFile>,
    facts: Vec<Fact>,
    line_notes: Vec<&'static str>,
    purposes: Vec<Choice>,
    people: Vec<Fact>,
    /// Where it lies, and who received it.
    collecting: Vec<Fact>,
    /// That more care is taken.
    care: Option<Care>,
    consignment: Option<consignment::Card>,
    appointment: Option<appointment::Card>,
    compensation: Option<compensation::Block>,
    earlier: Vec<EarlierRequest>,
    similar: Vec<EarlierRequest>,
    result: Option<ResultFile>,
    events: Vec<Happening>,
}

live_blocks!(RequestPage:
    "top" => as_top, "acts" => as_acts, "thread" => as_thread, "prepared" => as_prepared, "composer" => as_composer,
    "papers" => as_papers, "events" => as_events);

impl RequestPage {
    /// The page of what was loaded.
    pub(super) fn of(frame: Frame, place: &InOffice, shown: &Shown, (panel, extra): (Panel, Extra)) -> Self {
        let may = |permission| place.may(permission);
        Self::drawn(frame, (&place.office, place.standing.user, &may), shown, (panel, extra))
    }

    pub(super) fn drawn(
        frame: Frame,
        (office, me, may): (&Office, UserId, &dyn Fn(Permission) -> bool),
        shown: &Shown,
        (panel, extra): (Panel, Extra),
    ) -> Self {
        let Shown { view, now, thread, .. } = shown;
        let (row, slug) = (&view.row, office.slug.as_str());
        let works = may(Permission::HandleRequests);
        let take_label = works.then(|| take_label(view, me)).flatten();
        let (response, response_note) = clocks::response(view, office.zone, *now);
        let (settlement, settlement_note) = clocks::settlement(view, office, *now);
        let composer = composer(shown, slug, works, extra.written);
        let may_send = composer.as_ref().is_some_and(|one| one.open);
        Self {
            crumbs: vec![Crumb::new("Antrean", routes::Queue::at(slug, home_tab(view, me)))],
            receipt: row.receipt.clone(),
            service: row.service.clone(),
            state: Tag::of_state(row.state),
            channel: row.channel.label(),
            flags: Flag::of_state((row.care, row.elsewhere && !row.state.is_terminal(), row.away)),
            officer: row.officer.clone(),
            officer_initials: row.officer.as_deref().map(initials).unwrap_or_default(),
            mine: view.assigned_to == Some(me),
            take_href: routes::RequestStep::at(slug, row.id, "ambil"),
            take_tone: if row.state == RequestState::Received { "primary" } else { "" },
            take_label,
            take_next_href: (works && rests(row.state)).then(|| routes::TakeNext::at(slug)),
            response,
            response_note,
            settlement,
            settlement_note,
            why: Why::of(view, office.zone),
            panel: panel.name(),
            care: Care::of(view, office, (may, typed_care(extra.sent.as_ref()))),
            consignment: consignment::Card::of(view, (office, *now), (works, extra.sent.as_ref())),
            appointment: appointment::Card::of(view, (office, *now), (works, extra.sent.as_ref())),
            compensation: compensation::block(
                view,
                (office, *now),
                (may(Permission::AssignRequests), extra.sent.as_ref()),
            ),
            actions: again(
                heard(actions::of((view, shown.onward.as_ref()), (slug, office.zone), may), shown),
                extra.sent,
            ),
            next_step: actions::next_step(view, works),
            bubbles: thread.as_ref().map(|thread| thread::bubbles(office, thread, *now)).unwrap_or_default(),
            older: thread.as_ref().and_then(|thread| older(slug, row.id, thread)),
            prepared: if may_send { shown.prepared.clone() } else { Vec::new() },
            prepared_href: routes::RequestStep::at(slug, row.id, "balas"),
            composer,
            chat_href: thread.as_ref().map(|thread| routes::Conversation::at(slug, thread.head.id)),
            chat_note: chat_note(view, thread.is_some()),
            live_href: live_href(shown, slug),
            topic: Topic::Request.of(row.id),
            talk_topic: view.conversation.map(|id| Topic::Conversation.of(id)).unwrap_or_default(),
            papers_words: papers_words(view),
            papers: papers::papers(view, slug, (works, office, *now)),
            loose_files: papers::loose(shown, slug, (works, office)),
            facts: facts::facts(view, office, (may(Permission::RevealIdentity), extra.clear.as_ref())),
            line_notes: facts::line_notes(view),
            purposes: Purpose::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect(),
            collecting: collecting::facts(view, office, *now),
            people: facts::people(view, thread.as_ref(), (office, *now)),
            earlier: facts::others(&view.earlier, office, *now),
            similar: facts::others(&view.similar, office, *now),
            result: result(view, slug),
            events: view.events.iter().rev().map(|event| history::happening(event, office, *now)).collect(),
            error: extra.error,
            frame,
        }
    }
}

/// Nothing is left to do here for now.
fn rests(state: RequestState) -> bool {
    state.is_terminal() || state == RequestState::WaitingForCitizen
}

/// Taking what nobody has; taking over what a colleague has.
fn take_label(view: &RequestView, me: UserId) -> Option<&'static str> {
    match view.row.state {
        RequestState::Received => Some("Ambil dan periksa"),
        state if state.is_terminal() || view.assigned_to == Some(me) => None,
        _ if view.assigned_to.is_none() => Some("Tangani"),
        _ => Some("Ambil alih"),
    }
}

fn home_tab(view: &RequestView, me: UserId) -> &'static str {
    let mine = view.assigned_to == Some(me);
    if mine { requests::QueueTab::Mine.word() } else { requests::QueueTab::Turn.word() }
}

/// Outside the 24 hours of WhatsApp no message of a step arrives, and whoever takes the step should know it before.
fn heard(mut actions: Vec<Action>, shown: &Shown) -> Vec<Action> {
    let closed = shown.thread.as_ref().is_some_and(|thread| thread.window <= chrono::TimeDelta::zero());
    for action in actions.iter_mut().filter(|action| closed && !action.silent) {
        action.unheard =
            Some("Jendela 24 jam sudah tertutup: pesannya tidak akan sampai. Kabari warga dengan cara lain.");
    }
    actions
}

/// What was sent and did not hold stands in its form still.
fn again(mut actions: Vec<Action>, sent: Option<Sent>) -> Vec<Action> {
    for action in &mut actions {
        match &sent {
            Some(Sent::Place(code, place)) if action.code == *code => place.again(action),
            Some(Sent::Ended(ended)) if action.code == "selesai" => ended.again(action),
            _ => {}
        }
    }
    actions
}

fn typed_care(sent: Option<&Sent>) -> Option<&care::Typed> {
    match sent {
        Some(Sent::Care(typed)) => Some(typed),
        _ => None,
    }
}

fn composer(shown: &Shown, slug: &str, works: bool, written: Written) -> Option<Composer> {
    let thread = shown.thread.as_ref().filter(|_| works)?;
    let id = shown.view.row.id;
    let href = routes::RequestStep::at(slug, id, "balas");
    let ready = quick::with(&shown.prepared, &shown.quick);
    let (draft, not_picked) = written.draft(&ready);
    Some(Composer {
        error: not_picked,
        quick: quick::drawn(&ready),
        note: quick::waits(shown.held),
        ..thread::composer(href, thread.window, draft, &format!("p-{id}"))
    })
}

fn chat_note(view: &RequestView, has_thread: bool) -> Option<String> {
    let note = match (view.conversation, has_thread) {
        (_, true) => return None,
        (None, _) => "Permohonan ini tidak datang lewat WhatsApp.",
        (Some(_), false) => "Percakapannya di nomor yang bukan tugas Bapak/Ibu.",
    };
    Some(forward::talks(view).unwrap_or_else(|| note.to_owned()))
}

/// A page with an earlier part of the conversation stands still.
fn live_href(shown: &Shown, slug: &str) -> String {
    if shown.earlier_part { String::new() } else { routes::Request::at(slug, shown.view.row.id) }
}

fn papers_words(view: &RequestView) -> String {
    match view.tally.required {
        0 => "tanpa berkas wajib".to_owned(),
        required => format!("{} dari {required} berkas wajib diterima", view.tally.accepted),
    }
}

fn result(view: &RequestView, slug: &str) -> Option<ResultFile> {
    let file = view.product?;
    let sent = view.row.state == RequestState::Finished;
    let state = if sent { Tag::new("Sudah dikirim", "ok") } else { Tag::new("Belum dikirim", "info") };
    let name = format!("{} {}", view.output, view.row.receipt);
    Some(ResultFile { file: Attachment::of(name, "application/pdf", routes::File::at(slug, file)), state })
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
