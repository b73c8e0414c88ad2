//! What the Dinas says reaches the citizen through the kecamatan.

use loket_core::{
    id::{FileId, RequestId},
    request::{Channel, RequestEventKind},
};
use loket_entity::request;
use serde::{Deserialize, Serialize};

use super::super::history::Line;
use crate::{
    infra::{Cx, Fault, Outcome},
    queue::NewJob,
};

/// The office that handed a request on is to hear how it goes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TellBack {
    /// The request.
    pub request: RequestId,
}

impl TellBack {
    /// The job's kind.
    pub const KIND: &'static str = "request.tell_back";
}

/// A message on its way to a citizen who talks with the other office; kept sealed in the history.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// Words.
    Text(String),
    /// A document.
    Document {
        /// The file; it has the same id in both offices.
        file: FileId,
        /// What the citizen sees it called.
        name: String,
        /// The words under it.
        caption: String,
    },
}

/// Hands a letter to the office that talks with the citizen; nothing for a request that nobody handed on.
pub(in super::super) async fn pass_letter(
    cx: &mut Cx<'_>,
    row: &request::Model,
    letter: &Letter,
) -> Outcome<()> {
    if row.channel != Channel::Forwarded {
        return Ok(());
    }
    let payload = serde_json::to_value(letter).map_err(|_| Fault::Inconsistent("a letter"))?;
    Line::new(RequestEventKind::Passed).saying(payload).write(cx, row).await?;
    tell_back(cx, row).await
}

/// Queues [`TellBack`]; nothing for a request that nobody handed on.
pub(in super::super) async fn tell_back(cx: &mut Cx<'_>, row: &request::Model) -> Outcome<()> {
    if row.channel != Channel::Forwarded {
        return Ok(());
    }
    cx.enqueue(NewJob::new(TellBack::KIND, &TellBack { request: row.id })?.priority(5)).await
}
