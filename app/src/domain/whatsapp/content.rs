//! What a message says, as it is sealed into its row.

use loket_core::{
    id::{FileId, MessageId},
    whatsapp::{Body, Inbound, MediaRef},
};
use loket_entity::sealed::Sealed;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::infra::{Cx, Fault, Outcome, seal::Column};

/// Where a message's content lies.
pub(crate) const CONTENT: Column = Column::new("message", "content");
/// Where Meta's id of a message lies.
pub(crate) const WAMID: Column = Column::new("message", "wamid");
/// Where Meta's id of an attachment lies.
pub(crate) const GRAPH_ID: Column = Column::new("media", "graph_id");
/// Where the token of a number lies.
pub(crate) const TOKEN: Column = Column::new("wa_number", "token");
/// Where a number as people dial it lies.
pub(crate) const DISPLAY: Column = Column::new("wa_number", "display");

/// What a message says. Never printed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// Words.
    Text {
        /// The words.
        body: String,
    },
    /// A photo or a file; where it lies is `media` (in) or `file` (out).
    Attachment {
        /// What was written under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
        /// What it was called; the sender's word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        filename: Option<String>,
        /// For one of ours: which file of the office.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<FileId>,
    },
    /// A kind that is kept and shown by its label only, with the message as Meta sent it.
    Placeholder {
        /// The message object as it came.
        raw: Json,
    },
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text",
            Self::Attachment { .. } => "Attachment",
            Self::Placeholder { .. } => "Placeholder",
        })
    }
}

impl Content {
    /// The words of a text, or what was written under an attachment.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text { body } => Some(body),
            Self::Attachment { caption, .. } => caption.as_deref(),
            Self::Placeholder { .. } => None,
        }
    }

    /// What an attachment was called.
    pub fn filename(&self) -> Option<&str> {
        match self {
            Self::Attachment { filename, .. } => filename.as_deref(),
            Self::Text { .. } | Self::Placeholder { .. } => None,
        }
    }

    /// What a citizen sent.
    pub(super) fn of(inbound: &Inbound) -> Self {
        match &inbound.body {
            Body::Text(body) => Self::Text { body: body.clone() },
            Body::Image(media) | Body::Document(media) => Self::attached(media),
            Body::Placeholder { .. } => Self::Placeholder { raw: inbound.raw.clone() },
        }
    }

    fn attached(media: &MediaRef) -> Self {
        Self::Attachment { caption: media.caption.clone(), filename: media.filename.clone(), file: None }
    }

    /// Seals it at its message's place.
    pub(super) fn seal(&self, cx: &Cx<'_>, id: MessageId) -> Outcome<Sealed<Json>> {
        let json = serde_json::to_value(self).map_err(|_| Fault::Inconsistent("content of a message"))?;
        cx.seal(&json, CONTENT.of(id.0))
    }

    /// Opens a message's content.
    pub(super) fn open(cx: &Cx<'_>, id: MessageId, sealed: &Sealed<Json>) -> Outcome<Self> {
        let json = cx.open(sealed, CONTENT.of(id.0))?;
        serde_json::from_value(json).map_err(|_| Fault::Inconsistent("content of a message"))
    }
}
