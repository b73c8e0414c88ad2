//! The rows of conversations: citizens, how they are reached and what was said. Everything is sealed at its own place,
//! so that pages open it.

use loket::infra::seal::{Column, IndexKind};
use serde_json::json;

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
        let address_id = id(began, (1 << 57) | nth);
        let digits = format!("62811{nth:08}");
        let address = ground.keys.seal(&digits, ADDRESS.of(address_id))?;
        let last = began + minutes_of(messages);
        let office = || Cell::Id(ground.office.0);
        let mut said = Vec::new();
        for turn in 0..messages {
            let ours = turn % 2 == 1 && !(waits && turn + 1 == messages);
            let at = began + minutes_of(turn + 1);
            let own = id(at, (1 << 56) | (nth << 12) | turn);
            let words = json!({ "kind": "text", "body": "Selamat pagi, apa syarat KTP hilang?" });
            let content = ground.keys.seal(&words, CONTENT.of(own))?;
            let text = |word: &str| Cell::Text(word.to_owned());
            said.push(vec![
                office(),
                Cell::Id(own),
                Cell::Id(talk),
                Cell::Id(ground.number.0),
                Cell::Null,
                text(if ours { "out" } else { "in" }),
                text("text"),
                Cell::Null,
                Cell::Null,
                Cell::Bytes(content.bytes().to_vec()),
                if ours { Cell::Id(self.officer(nth)) } else { Cell::Null },
                if ours { text("read") } else { Cell::Null },
                if ours { Cell::Time(at) } else { Cell::Null },
                Cell::Number(1),
                Cell::Null,
                Cell::Time(at),
                Cell::Time(at),
                Cell::Time(at),
            ]);
        }
        Ok(Talk {
            contact: vec![office(), Cell::Id(contact), Cell::Bytes(name.bytes().to_vec()), Cell::Time(began)],
            identity: vec![
                office(),
                Cell::Id(address_id),
                Cell::Id(contact),
                Cell::Text("wa_id".to_owned()),
                Cell::Bytes(address.bytes().to_vec()),
                Cell::Bytes(ground.keys.index(IndexKind::WaId, &digits).0),
                Cell::Null,
            ],
            conversation: vec![
                office(),
                Cell::Id(talk),
                Cell::Id(contact),
                Cell::Id(ground.number.0),
                Cell::Null,
                Cell::Null,
                Cell::Time(last),
                if waits { Cell::Time(last) } else { Cell::Null },
                Cell::Time(last),
                Cell::Number(1),
            ],
            messages: said,
        })
    }
}
