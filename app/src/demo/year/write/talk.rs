//! What was said about a request and what was sent with it: contact, conversation, messages with their states, photos
//! drawn for it, and the document that was made.

use bytes::Bytes;
use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    delivery::DeliveryState,
    id::{FileId, IdentityId, MediaId, MessageId, MessageStatusId, OfficeId},
    kinds::{Direction, IdentityKind, MediaState},
    request::RequestEventKind,
    whatsapp::MessageKind,
};
use loket_entity::{contact, contact_identity, conversation, file, media, message, message_status};
use sea_orm::ActiveValue::Set;

use super::{
    batch::Batch,
    ids::{Table, id, part},
    rows::Drawn,
    texts::Writer,
};
use crate::{
    demo::{
        lots::Lots,
        setup::{Trouble, trouble},
        year::calendar::Local,
    },
    domain::whatsapp::Content,
    infra::{
        files::FileStore,
        seal::{Column, IndexKind},
    },
    web::simulator::samples,
};

const NAME: Column = Column::new("contact", "name");
const VALUE: Column = Column::new("contact_identity", "value");
const CONTENT: Column = Column::new("message", "content");
const WAMID: Column = Column::new("message", "wamid");
const GRAPH_ID: Column = Column::new("media", "graph_id");
const FILE_NAME: Column = Column::new("file", "name");

/// How many of ours are read, as the phones tell it.
const READ: f64 = 0.87;

enum What {
    Words(String),
    /// The photo of a required paper.
    Photo(MediaId),
    /// The document that was made.
    Product,
}

/// Something that was said.
struct Said {
    at: Local,
    way: Direction,
    /// Whether an officer wrote it.
    signed: bool,
    what: What,
}

impl Said {
    fn heard(at: Local, what: What) -> Self {
        Self { at, way: Direction::In, signed: false, what }
    }

    fn ours(at: Local, signed: bool, what: What) -> Self {
        Self { at, way: Direction::Out, signed, what }
    }
}

/// Adds what was said and sent about a request to a batch.
pub(super) fn write(drawn: &Drawn<'_>, batch: &mut Batch) -> Result<(), Trouble> {
    let talk = Talk { drawn, writer: Writer::of(drawn)? };
    if drawn.has_product() {
        talk.write_product(batch)?;
    }
    if !drawn.is_written() {
        return Ok(());
    }
    let said = talk.said()?;
    talk.write_contact(batch)?;
    talk.write_conversation(batch, &said)?;
    for (which, one) in said.iter().enumerate() {
        talk.write_message(batch, (which, one))?;
    }
    Ok(())
}

struct Talk<'d> {
    drawn: &'d Drawn<'d>,
    writer: Writer<'d>,
}

impl Talk<'_> {
    /// Everything that was said, in order.
    fn said(&self) -> Result<Vec<Said>, Trouble> {
        let arrival = &self.drawn.case.arrival;
        let mut said = vec![Said::heard(arrival.first, What::Words(self.drawn.first_words()?))];
        if !self.drawn.kind.formats {
            said.push(Said::ours(arrival.first + 3, false, What::Words(self.writer.greeting())));
        }
        let received = |line: &&_| is(line, RequestEventKind::PaperReceived);
        let come = self.drawn.lines.iter().filter(received).filter(|line| line.at < arrival.opened).count();
        said.push(Said::ours(arrival.opened + 1, false, What::Words(self.writer.receipt(come)?)));
        let mut comings = vec![0; self.drawn.kind.papers];
        for line in &self.drawn.lines {
            if let (RequestEventKind::PaperReceived, Some(paper)) = (line.kind, line.paper)
                && let Some(coming) = comings.get_mut(paper)
            {
                said.push(Said::heard(line.at, What::Photo(self.drawn.photo(paper, *coming))));
                *coming += 1;
            }
            if is(&line, RequestEventKind::Sent) {
                said.push(Said::ours(line.at, true, What::Product));
            }
            if let Some(text) = self.writer.letter(line)? {
                said.push(Said::ours(line.at, true, What::Words(text)));
            }
        }
        said.retain(|one| one.at < self.drawn.ledger.plan.until);
        said.sort_by_key(|one| one.at);
        Ok(said)
    }

    fn office(&self) -> OfficeId {
        self.drawn.ledger.office.id
    }

    fn id<T: From<uuid::Uuid>>(&self, (table, which): (Table, usize), at: Instant) -> T {
        id(self.drawn.ledger.plan.place, (table, part(self.drawn.number, which)), at)
    }

    fn write_contact(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let (keys, citizen) = (&self.drawn.ledger.keys, &self.drawn.citizen);
        let (id, at) = (self.drawn.contact(), self.drawn.at(self.drawn.case.arrival.first));
        batch.contacts.push(contact::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(id),
            name: Set(Some(keys.seal(&citizen.name, NAME.of(id.0)).map_err(trouble)?)),
            created_at: Set(at),
            changed_at: Set(None),
        });
        let identity: IdentityId = self.id((Table::Identity, 0), at);
        let tail = citizen.wa_id.get(citizen.wa_id.len().saturating_sub(4)..).unwrap_or_default();
        batch.identities.push(contact_identity::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(identity),
            contact_id: Set(id),
            kind: Set(IdentityKind::WaId),
            value: Set(keys.seal(&citizen.wa_id, VALUE.of(identity.0)).map_err(trouble)?),
            value_idx: Set(keys.index(IndexKind::WaId, &citizen.wa_id)),
            tail_idx: Set(Some(keys.index(IndexKind::PhoneTail, tail))),
        });
        Ok(())
    }

    fn write_conversation(&self, batch: &mut Batch, said: &[Said]) -> Result<(), Trouble> {
        let timed: Vec<(Instant, &Said)> =
            said.iter().enumerate().map(|one| (self.said_at(one), one.1)).collect();
        let last = |way: Direction| timed.iter().rfind(|(_, one)| one.way == way).map(|(at, _)| *at);
        let answered = said.iter().rposition(|one| one.signed);
        let since = timed.get(answered.map_or(0, |at| at + 1)..).unwrap_or_default();
        let waiting = since.iter().find(|(_, one)| one.way == Direction::In);
        let officer = self.drawn.ledger.officer(self.drawn.case)?.0;
        let spoke = answered.and_then(|at| timed.get(at)).map(|(at, _)| *at);
        let newest = last(Direction::In).max(last(Direction::Out));
        batch.conversations.push(conversation::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(self.drawn.conversation()),
            contact_id: Set(self.drawn.contact()),
            number_id: Set(self.drawn.ledger.number_of(self.drawn.case)?),
            assigned_to: Set(spoke.map(|_| officer)),
            assigned_at: Set(spoke),
            last_inbound_at: Set(last(Direction::In)),
            unanswered_since: Set(waiting.map(|(at, _)| *at)),
            last_message_at: Set(newest.unwrap_or_else(|| self.drawn.opened())),
            hint: Set(None),
            version: Set(i64::try_from(said.len()).unwrap_or(1)),
        });
        Ok(())
    }

    /// When something was said; what was said in one second keeps its order.
    fn said_at(&self, (which, said): (usize, &Said)) -> Instant {
        self.drawn.at(said.at) + TimeDelta::milliseconds(i64::try_from(which).unwrap_or(0))
    }

    fn write_message(&self, batch: &mut Batch, (which, said): (usize, &Said)) -> Result<(), Trouble> {
        let (ledger, drawn) = (self.drawn.ledger, self.drawn);
        let at = self.said_at((which, said));
        let id: MessageId = self.id((Table::Message, which), at);
        let (kind, content) = self.content(&said.what)?;
        let content = serde_json::to_value(content).map_err(trouble)?;
        let wamid = format!("wamid.PERAGAAN{}", id.0.simple());
        let ours = said.way == Direction::Out;
        let reached = if ours { self.write_states(batch, (which, id), at) } else { None };
        let author = if said.signed { Some(ledger.officer(drawn.case)?.0) } else { None };
        // The greeting was said before there was a request.
        let before = ours && !said.signed && said.at < drawn.case.arrival.opened;
        batch.messages.push(message::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(id),
            conversation_id: Set(drawn.conversation()),
            number_id: Set(ledger.number_of(drawn.case)?),
            request_id: Set((!before).then(|| drawn.request())),
            direction: Set(said.way),
            kind: Set(kind),
            wamid: Set(Some(ledger.keys.seal(&wamid, WAMID.of(id.0)).map_err(trouble)?)),
            wamid_idx: Set(Some(ledger.keys.index(IndexKind::Wamid, &wamid))),
            content: Set(ledger.keys.seal(&content, CONTENT.of(id.0)).map_err(trouble)?),
            author: Set(author),
            delivery: Set(reached.map(|(state, _)| state)),
            delivery_at: Set(reached.map(|(_, at)| at)),
            attempts: Set(i64::from(ours)),
            error_code: Set(None),
            at: Set(at),
            recorded_at: Set(at),
            read_at: Set((!ours).then_some(at)),
        });
        match said.what {
            What::Photo(media) => self.write_photo(batch, (media, id), at),
            What::Product => self.write_media(batch, (id, drawn.product()), at),
            What::Words(_) => Ok(()),
        }
    }

    fn content(&self, what: &What) -> Result<(MessageKind, Content), Trouble> {
        Ok(match what {
            What::Words(body) => (MessageKind::Text, Content::Text { body: body.clone() }),
            What::Photo(_) => {
                (MessageKind::Image, Content::Attachment { caption: None, filename: None, file: None })
            }
            What::Product => {
                let content = Content::Attachment {
                    caption: Some(self.writer.caption().to_owned()),
                    filename: Some(format!("{}.pdf", self.drawn.ledger.receipt(self.drawn.number)?)),
                    file: Some(self.drawn.product()),
                };
                (MessageKind::Document, content)
            }
        })
    }

    /// Sent, arrived, and mostly read; says the last of these that the year has seen.
    fn write_states(
        &self,
        batch: &mut Batch,
        (which, message): (usize, MessageId),
        at: Instant,
    ) -> Option<(DeliveryState, Instant)> {
        let mut lots = Lots::of(&[self.drawn.case.arrival.lot, which as u64]);
        let read = lots.chance(READ).then(|| lots.between(20, 9_000));
        let states = [
            (DeliveryState::Sent, Some(1)),
            (DeliveryState::Delivered, Some(lots.between(2, 8))),
            (DeliveryState::Read, read),
        ];
        let until = self.drawn.at(self.drawn.ledger.plan.until);
        let mut last = Some((DeliveryState::Accepted, at));
        for (number, (state, after)) in states.into_iter().enumerate() {
            let Some(reached) = after.map(|seconds| at + TimeDelta::seconds(seconds)) else { continue };
            if reached >= until {
                break;
            }
            let id: MessageStatusId = self.id((Table::Status, which * 3 + number), reached);
            batch.statuses.push(message_status::ActiveModel {
                tenant_id: Set(self.office()),
                id: Set(id),
                message_id: Set(message),
                status: Set(state),
                error_code: Set(None),
                pricing_category: Set(Some("service".to_owned())),
                billable: Set(Some(false)),
                at: Set(reached),
                recorded_at: Set(reached),
            });
            last = Some((state, reached));
        }
        last
    }

    fn write_photo(
        &self,
        batch: &mut Batch,
        (media, message): (MediaId, MessageId),
        at: Instant,
    ) -> Result<(), Trouble> {
        let (_, variant) = self.drawn.ledger.of(self.drawn.case)?;
        let required = self.drawn.required.iter().enumerate();
        let mut photos =
            required.flat_map(|(paper, place)| (0..4).map(move |coming| (paper, coming, *place)));
        let found = photos.find(|(paper, coming, _)| self.drawn.photo(*paper, *coming) == media);
        let rule = found.and_then(|(_, _, place)| variant.papers.get(place));
        let receipt = self.drawn.ledger.receipt(self.drawn.number)?.as_str();
        let title = rule.map(|rule| rule.name.as_str()).unwrap_or_default();
        let bytes = samples::placeholder(title, &[receipt, &self.drawn.citizen.name]);
        // An attachment's file has the attachment's own id.
        let file = FileId(media.0);
        self.write_file(batch, (file, "image/png", None), (bytes, at))?;
        batch.media.push(self.media((media, message), (file, "image/png"), at)?);
        Ok(())
    }

    fn write_media(
        &self,
        batch: &mut Batch,
        (message, file): (MessageId, FileId),
        at: Instant,
    ) -> Result<(), Trouble> {
        let id: MediaId = self.id((Table::Media, 63), at);
        batch.media.push(self.media((id, message), (file, "application/pdf"), at)?);
        Ok(())
    }

    fn media(
        &self,
        (id, message): (MediaId, MessageId),
        (file, mime): (FileId, &str),
        at: Instant,
    ) -> Result<media::ActiveModel, Trouble> {
        let graph = format!("peragaan-{}", id.0.simple());
        Ok(media::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(id),
            message_id: Set(message),
            graph_id: Set(self.drawn.ledger.keys.seal(&graph, GRAPH_ID.of(id.0)).map_err(trouble)?),
            mime: Set(mime.to_owned()),
            state: Set(MediaState::Stored),
            reason: Set(None),
            file_id: Set(Some(file)),
            created_at: Set(at),
        })
    }

    fn write_product(&self, batch: &mut Batch) -> Result<(), Trouble> {
        let receipt = self.drawn.ledger.receipt(self.drawn.number)?.as_str();
        let bytes = samples::product(self.writer.caption(), &[receipt, &self.drawn.citizen.name]);
        let at = self.drawn.at(self.drawn.standing.ready.unwrap_or(self.drawn.case.arrival.opened));
        self.write_file(batch, (self.drawn.product(), "application/pdf", Some("hasil.pdf")), (bytes, at))
    }

    fn write_file(
        &self,
        batch: &mut Batch,
        (id, mime, name): (FileId, &str, Option<&str>),
        (bytes, at): (Bytes, Instant),
    ) -> Result<(), Trouble> {
        let keys = &self.drawn.ledger.keys;
        let name = name.map(|name| keys.seal(&name.to_owned(), FILE_NAME.of(id.0)));
        batch.files.push(file::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(id),
            storage_key: Set(FileStore::key(self.office(), id)),
            mime: Set(mime.to_owned()),
            name: Set(name.transpose().map_err(trouble)?),
            bytes: Set(i64::try_from(bytes.len()).unwrap_or(i64::MAX)),
            sha256: Set(keys.digest(&bytes)),
            created_at: Set(at),
        });
        batch.contents.push((id, bytes));
        Ok(())
    }
}

fn is(line: &&crate::demo::year::Happening, kind: RequestEventKind) -> bool {
    line.kind == kind
}
