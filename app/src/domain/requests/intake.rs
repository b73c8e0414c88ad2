//! Intake: what a citizen wrote becomes a request, an answer to one, or a question for a person.
//!
//! Reads everything of a conversation that nobody has read in yet, oldest first, in one transaction
//! that holds the conversation: however many workers are woken, one of them does it once. What Loket says by itself
//! besides receipts is decided in [`replies`], by the office's choice.

mod batch;
mod replies;

use std::sync::OnceLock;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    format::{Message, Reading},
    id::ConversationId,
    intent::Lexicon,
    permission::Whereabouts,
    reply::QuestionReceived,
    request::{Channel, RequestEventKind, RequestState, Step, goes_on, next},
    text::PersonName,
};
use loket_entity::request;

use super::{
    close,
    confirm::confirm,
    due,
    history::Line,
    link,
    open::{NewRequest, Opened, open, subject},
    open_from, papers,
    reading::Reader,
    receipts,
    store::{self, Edit},
    web,
};
use crate::{
    domain::{
        calendars,
        catalogue::{self, Catalogue},
        contacts,
        tenancy::Office,
        whatsapp::{self, ConversationHead, Unread},
    },
    infra::{Actor, Cx, Fault, Outcome},
};

/// A greeting is not repeated while the office has written within this time.
const GREETING_PAUSE: TimeDelta = TimeDelta::hours(12);

/// Reads in what is new in a conversation; says whether there was anything.
pub async fn read_conversation(cx: &mut Cx<'_>, office: &Office, id: ConversationId) -> Outcome<bool> {
    let head = whatsapp::hold(cx, id).await?;
    let unread = whatsapp::unread(cx, id).await?;
    if unread.is_empty() {
        return Ok(false);
    }
    cx.act_as(Actor::Citizen(head.contact));
    let catalogue = catalogue::load(cx).await?;
    let trusted = contacts::trusted_as(cx, head.contact).await?;
    let mut intake = Intake {
        office,
        reader: Reader::new(cx, office, &catalogue),
        lexicon: OnceLock::new(),
        catalogue,
        name: contacts::person(cx, head.contact).await?,
        current: store::open_in(cx, id).await?,
        trusted,
        waiting: link::waiting(cx, id).await?,
        head,
        loose: Vec::new(),
        opened: Vec::new(),
        faulty: Vec::new(),
        hint: None,
        greet: false,
    };
    for message in &unread {
        intake.read(cx, message).await?;
    }
    intake.reply(cx).await?;
    cx.audit("conversation.read_in", ("conversation", Some(id.0)))?;
    Ok(true)
}

struct Intake<'o> {
    office: &'o Office,
    reader: Reader,
    /// Made where something is no line.
    lexicon: OnceLock<Lexicon>,
    catalogue: Catalogue,
    head: ConversationHead,
    name: Option<PersonName>,
    /// As whom the office trusts whoever writes.
    trusted: Option<String>,
    /// The open request that what comes now belongs to.
    current: Option<request::Model>,
    /// Attachments that came before the line they belong to.
    loose: Vec<Unread>,
    opened: Vec<Opened>,
    /// Lines of a trusted sender that could not be read.
    faulty: Vec<Reading>,
    /// What the last thing that could be understood seems to be about.
    hint: Option<String>,
    /// Whether something waits for a person that nothing was said to.
    greet: bool,
    /// When the newest line was written that waits for its numbers behind a link.
    waiting: Option<Instant>,
}

impl Intake<'_> {
    async fn read(&mut self, cx: &mut Cx<'_>, message: &Unread) -> Outcome<()> {
        let (Message { requests: readings, maybe }, back) =
            message.text.as_deref().map(|text| self.reader.read_back(text)).unwrap_or_default();
        if readings.is_empty() {
            if let Some(joined) = web::join(cx, &self.head, message).await? {
                return self.goes_on(cx, message, joined).await;
            }
            if message.text.as_deref().is_some_and(goes_on)
                && let Some(closed) = close::silent_in(cx, self.head.id).await?
            {
                return self.reopen(cx, message, &closed).await;
            }
            let meant = self.mean(cx, message).await?;
            self.belongs(cx, message, meant).await?;
            return self.asks(cx, message, maybe.as_deref()).await;
        }
        let (complete, faulty): (Vec<_>, Vec<_>) = readings.into_iter().partition(Reading::is_complete);
        if complete.is_empty() {
            whatsapp::mark_read_in(cx, &[message.id], None).await?;
        }
        for reading in &complete {
            self.open(cx, message, (reading, back)).await?;
            self.count(cx, message, (reading, back)).await?;
        }
        self.teach(cx, message, &faulty).await
    }

    /// The citizen wants to go on with a request that was closed because they did not answer.
    async fn reopen(&mut self, cx: &mut Cx<'_>, message: &Unread, closed: &request::Model) -> Outcome<()> {
        whatsapp::mark_read_in(cx, &[message.id], Some(closed.id)).await?;
        close::go_on(cx, self.office, (closed, message.at)).await?;
        self.current = Some(store::reload(cx, closed.id).await?);
        Ok(())
    }

    /// A request of the public form goes on in this conversation: it is told what it would have been told here.
    async fn goes_on(&mut self, cx: &mut Cx<'_>, message: &Unread, joined: Opened) -> Outcome<()> {
        whatsapp::mark_read_in(cx, &[message.id], Some(joined.id)).await?;
        let row = store::reload(cx, joined.id).await?;
        if self.waiting.is_none() {
            // Photos that came before the number are its own, unless a line waits for them.
            let mut sent = whatsapp::unlinked(cx, self.head.id, row.first_message_at).await?;
            sent.retain(|one| one.media.is_some() && one.at < message.at);
            open_from::take_in(cx, (&joined, self.trusted.is_some()), &sent).await?;
            self.loose.clear();
        }
        self.current = Some(store::reload(cx, joined.id).await?);
        self.opened.push(joined);
        for attachment in std::mem::take(&mut self.loose) {
            self.attach(cx, &attachment).await?;
        }
        Ok(())
    }

    /// A line that only an older edition reads is counted: that shows when it can end.
    async fn count(&self, cx: &Cx<'_>, message: &Unread, (reading, back): (&Reading, usize)) -> Outcome<()> {
        let service = self.catalogue.by_keyword(&reading.keyword).map(|service| service.id);
        let old = service.and_then(|id| Some((id, self.catalogue.edition_back(id, back)?)));
        match old {
            Some(old) => catalogue::note_old_use(cx, old, message.at).await,
            None => Ok(()),
        }
    }

    async fn open(
        &mut self,
        cx: &mut Cx<'_>,
        message: &Unread,
        (reading, back): (&Reading, usize),
    ) -> Outcome<()> {
        let fields = &reading.fields;
        let catalogue = std::mem::take(&mut self.catalogue);
        let service = catalogue
            .by_keyword(&reading.keyword)
            .ok_or(Fault::Inconsistent("a format without its service"))?;
        let line = catalogue.format_back(&reading.keyword, back);
        let option = fields.get("jenis").map(|value| value.expose());
        let variant = line.and_then(|line| service.variant_named(line, option));
        let variant = variant.ok_or(Fault::Inconsistent("a service without a variant"))?;
        if line.is_some_and(|line| link::is_due(line, reading)) {
            let since = self.loose.first().map_or(message.at, |photo| photo.at);
            self.loose.clear();
            link::offer(cx, self.head.id, (message, reading, since), variant).await?;
            self.hint = Some(format!("{}: menunggu nomor identitas lewat tautan", service.name));
            self.waiting = Some(message.at);
            self.catalogue = catalogue;
            return whatsapp::mark_read_in(cx, &[message.id], None).await;
        }
        let new = NewRequest {
            channel: Channel::WhatsApp,
            conversation: Some(self.head.id),
            submitter: Some(self.head.contact),
            handed_in_by: self.trusted.clone(),
            // Whoever hands in for others is not whom it is about.
            subject: subject(fields, self.name.as_ref().filter(|_| self.trusted.is_none()))?,
            fields: fields.expose(),
            notes: reading.notes.clone(),
            first_message_at: message.at,
            answered_at: None,
            unanswered_since: Some(message.at),
        };
        let opened = open(cx, self.office, (service, variant), new).await?;
        let said = (variant.id, &fields.expose());
        let told = (&opened, self.trusted.is_some());
        if self.waiting.is_some() && link::fulfil(cx, (&self.reader, self.head.id), said, told).await? {
            self.waiting = link::waiting(cx, self.head.id).await?;
        }
        self.catalogue = catalogue;
        whatsapp::mark_read_in(cx, &[message.id], Some(opened.id)).await?;
        self.current = Some(store::reload(cx, opened.id).await?);
        self.opened.push(opened);
        self.hint = None;
        for attachment in std::mem::take(&mut self.loose) {
            self.attach(cx, &attachment).await?;
        }
        Ok(())
    }

    /// What names an open request of this conversation by its number belongs to that. Whoever hands in for many has no
    /// request of their own that anything else could be about. Says whether one was named.
    async fn mean(&mut self, cx: &Cx<'_>, message: &Unread) -> Outcome<bool> {
        let words = message.text.as_ref().or(message.caption.as_ref());
        let named = match words.and_then(|words| receipts::named(words)) {
            Some(receipt) => store::numbered_in(cx, self.head.id, &receipt).await?,
            None => None,
        };
        let meant = named.is_some();
        if meant || self.trusted.is_some() {
            self.current = named;
        }
        Ok(meant)
    }

    /// Not a line: it belongs to the open request, or waits for an officer.
    async fn belongs(&mut self, cx: &mut Cx<'_>, message: &Unread, meant: bool) -> Outcome<()> {
        let awaited = message.media.is_some() && !meant && self.is_for_a_waiting_line();
        let placed_later = self.trusted.is_none() && self.current.is_none() && !awaited;
        if message.media.is_some() && placed_later {
            self.loose.push(message.clone());
        }
        let Some(row) = self.current.as_ref().filter(|_| !awaited) else {
            self.greet = true;
            return whatsapp::mark_read_in(cx, &[message.id], None).await;
        };
        if message.media.is_some() {
            return self.attach(cx, message).await;
        }
        whatsapp::mark_read_in(cx, &[message.id], Some(row.id)).await?;
        Line::new(RequestEventKind::Answered).at(message.at).by(Channel::WhatsApp).write(cx, row).await?;
        self.answered(cx, message, false).await
    }

    /// What is sent after a line that waits for its numbers is for that line, unless an earlier request asked for papers.
    fn is_for_a_waiting_line(&self) -> bool {
        let asked = |row: &request::Model| row.state == RequestState::WaitingForCitizen;
        match (self.waiting, &self.current) {
            (Some(line), Some(row)) => {
                let newest = row.unanswered_since.unwrap_or(row.first_message_at).max(row.first_message_at);
                line > newest && !asked(row)
            }
            (line, _) => line.is_some(),
        }
    }

    async fn attach(&mut self, cx: &mut Cx<'_>, message: &Unread) -> Outcome<()> {
        let (Some(row), Some(media)) = (&self.current, message.media) else { return Ok(()) };
        whatsapp::mark_read_in(cx, &[message.id], Some(row.id)).await?;
        let taken = if accepts_papers(row.state) {
            papers::guess(cx, row, (media, message.at)).await?
        } else {
            false
        };
        self.answered(cx, message, taken).await
    }

    /// The citizen did something: the request waits for the office again.
    async fn answered(&mut self, cx: &mut Cx<'_>, message: &Unread, paper: bool) -> Outcome<()> {
        let Some(row) = self.current.take() else { return Ok(()) };
        let state = if paper && row.state == RequestState::WaitingForCitizen {
            next(row.state, Step::CitizenAnswered).unwrap_or(row.state)
        } else {
            row.state
        };
        Edit::of(&row)
            .set(request::Column::State, state.word())
            .set(request::Column::UnansweredSince, row.unanswered_since.or(Some(message.at)))
            .save(cx)
            .await?;
        if state != row.state {
            Line::new(RequestEventKind::StateChanged)
                .at(message.at)
                .moving(row.state, state)
                .write(cx, &row)
                .await?;
        } else if row.promised_at.is_some() && row.state == RequestState::InProcess {
            // Now they can be told that their date may not hold.
            due::follow(cx, &row).await?;
        }
        self.current = Some(store::reload(cx, row.id).await?);
        Ok(())
    }

    async fn reply(self, cx: &mut Cx<'_>) -> Outcome<()> {
        match &self.trusted {
            Some(from) if self.came_together() => self.tell_batch(cx, from).await?,
            _ => self.confirm_each(cx).await?,
        }
        if !self.opened.is_empty() || self.hint.is_some() {
            whatsapp::hint(cx, self.head.id, self.hint.as_deref()).await?;
        }
        let quiet = !self.opened.is_empty()
            || self.waiting.is_some_and(|at| at > cx.now() - GREETING_PAUSE)
            || whatsapp::wrote_since(cx, self.head.id, cx.now() - GREETING_PAUSE).await?;
        if self.greet && !quiet {
            let text = QuestionReceived {
                name: self.name.as_ref(),
                now: cx.now(),
                opens_at: calendars::opens_again(cx, self.office.zone).await?,
                hours: &self.office.hours,
                disruption: self.office.disruption(Whereabouts::NOWHERE).as_deref(),
            }
            .text(&self.office.head(self.catalogue.is_free()));
            self.say(cx, text).await?;
        }
        Ok(())
    }

    async fn confirm_each(&self, cx: &mut Cx<'_>) -> Outcome<()> {
        for opened in &self.opened {
            confirm(cx, self.office, &self.catalogue, opened).await?;
        }
        Ok(())
    }

    async fn say(&self, cx: &mut Cx<'_>, text: String) -> Outcome<()> {
        whatsapp::queue_text(cx, self.head.id, (None, None), text).await?;
        Ok(())
    }
}

fn accepts_papers(state: RequestState) -> bool {
    matches!(state, RequestState::Received | RequestState::Verification | RequestState::WaitingForCitizen)
}
