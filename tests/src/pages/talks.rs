//! The rows of conversations: citizens, how they are reached and what was said. Everything is sealed at its own place,
//! so that pages open it.

use loket::infra::seal::{Column, IndexKind};
use loket_core::clock::Instant;
use serde_json::json;
use uuid::Uuid;

use super::rows::{Cell, Rows, Table, id, minutes_of};
use crate::Trouble;

const CONTENT: Column = Column::new("message", "content");
const NAME: Column = Column::new("contact", "name");
const ADDRESS: Column = Column::new("contact_identity", "value");

/// Citizens.
pub const CONTACT: Table = Table("contact", "tenant_id, id, name, created_at");
/// How they are reached.
pub const IDENTITY: Table =
    Table("contact_identity", "tenant_id, id, contact_id, kind, value, value_idx, tail_idx");
/// Their conversations.
pub const CONVERSATION: Table = Table(
    "conversation",
    "tenant_id, id, contact_id, number_id, assigned_to, assigned_at, last_inbound_at, unanswered_since, \
     last_message_at, version",
);
/// What was said.
pub const MESSAGE: Table = Table(
    "message",
    "tenant_id, id, conversation_id, number_id, request_id, direction, kind, wamid, wamid_idx, content, author, \
     delivery, delivery_at, attempts, error_code, at, recorded_at, read_at",
);

/// The rows of one conversation.
pub struct Talk {
    /// The citizen.
    pub contact: Vec<Cell>,
    /// Their address.
    pub identity: Vec<Cell>,
    /// The conversation.
    pub conversation: Vec<Cell>,
    /// What was said.
    pub messages: Vec<Vec<Cell>>,
}

impl Rows {
    /// A citizen with their address, conversation and messages; every tenth waits for an answer.
    pub fn talk(&self, nth: u64, messages: u64) -> Result<Talk, Trouble> {
        let ground = self.ground();
        let began = ground.midnight() - minutes_of(20 + nth * 3);
        let (contact, talk) = (id(began, (1 << 59) | nth), id(began, (1 << 58) | nth));
        let waits = nth.is_multiple_of(10);
        let name = ground.keys.seal(&"Siti Aminah".to_owned(), NAME.of(contact))?;
        let last = Cell::Time(began + minutes_of(messages));
        let office = || Cell::Id(ground.office.0);
        let said = (0..messages).map(|turn| {
            let ours = turn % 2 == 1 && !(waits && turn + 1 == messages);
            let own = id(began, (1 << 56) | (nth << 12) | turn);
            self.message((own, talk), began + minutes_of(turn + 1), ours.then(|| self.officer(nth)))
        });
        Ok(Talk {
            messages: said.collect::<Result<_, _>>()?,
            identity: self.identity(id(began, (1 << 57) | nth), contact, nth)?,
            contact: vec![office(), Cell::Id(contact), Cell::Bytes(name.bytes().to_vec()), Cell::Time(began)],
            conversation: vec![
                office(),
                Cell::Id(talk),
                Cell::Id(contact),
                Cell::Id(ground.number.0),
                Cell::Null,
                Cell::Null,
                last.clone(),
                if waits { last.clone() } else { Cell::Null },
                last,
                Cell::Number(1),
            ],
        })
    }

    fn identity(&self, own: Uuid, contact: Uuid, nth: u64) -> Result<Vec<Cell>, Trouble> {
        let ground = self.ground();
        let digits = format!("62811{nth:08}");
        let address = ground.keys.seal(&digits, ADDRESS.of(own))?;
        Ok(vec![
            Cell::Id(ground.office.0),
            Cell::Id(own),
            Cell::Id(contact),
            Cell::Text("wa_id".to_owned()),
            Cell::Bytes(address.bytes().to_vec()),
            Cell::Bytes(ground.keys.index(IndexKind::WaId, &digits).0),
            Cell::Null,
        ])
    }

    fn message(
        &self,
        (own, talk): (Uuid, Uuid),
        at: Instant,
        author: Option<Uuid>,
    ) -> Result<Vec<Cell>, Trouble> {
        let ground = self.ground();
        let words = json!({ "kind": "text", "body": "Selamat pagi, apa syarat KTP hilang?" });
        let content = ground.keys.seal(&words, CONTENT.of(own))?;
        let text = |word: &str| Cell::Text(word.to_owned());
        let ours = author.is_some();
        Ok(vec![
            Cell::Id(ground.office.0),
            Cell::Id(own),
            Cell::Id(talk),
            Cell::Id(ground.number.0),
            Cell::Null,
            text(if ours { "out" } else { "in" }),
            text("text"),
            Cell::Null,
            Cell::Null,
            Cell::Bytes(content.bytes().to_vec()),
            author.map_or(Cell::Null, Cell::Id),
            if ours { text("read") } else { Cell::Null },
            if ours { Cell::Time(at) } else { Cell::Null },
            Cell::Number(1),
            Cell::Null,
            Cell::Time(at),
            Cell::Time(at),
            Cell::Time(at),
        ])
    }
}
