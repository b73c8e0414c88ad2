//! What the Dinas says reaches the citizen through the kecamatan.

use loket_core::{
    id::{FileId, RequestId},
    request::{Channel, RequestEventKind},
};
use loket_entity::{request, request_event};
use serde::{Deserialize, Serialize};

use super::super::{history::Line, places};
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

/// A message on its way to a citizen who talks with the other office.
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

impl Letter {
    /// What the citizen reads.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) => words,
            Self::Document { caption, .. } => caption,
        }
    }
}

/// A letter as it is kept, sealed, in the history.
#[derive(Serialize, Deserialize)]
pub struct Said {
    /// The version of the request that the step made which said it. A request is saved by one step after another, so it
    /// orders letters where clocks do not.
    pub version: i64,
    /// The letter.
    pub letter: Letter,
}

impl Said {
    /// The file it sends.
    pub(super) const fn file(&self) -> Option<FileId> {
        match &self.letter {
            Letter::Document { file, .. } => Some(*file),
            Letter::Text(_) => None,
        }
    }

    /// Whether it sends this file.
    pub(super) fn holds(&self, file: FileId) -> bool {
        self.file() == Some(file)
    }
}

/// A letter of the history, as it was kept.
pub(in super::super) fn said(cx: &Cx<'_>, row: &request_event::Model) -> Outcome<Option<Said>> {
    let Some(sealed) = &row.payload else { return Ok(None) };
    let said = cx.open(sealed, places::SAID.of(row.id.0))?;
    serde_json::from_value(said).map(Some).map_err(|_| Fault::Inconsistent("a letter"))
}

/// A line of history that holds a letter.
pub(super) fn line(kind: RequestEventKind, said: &Said) -> Outcome<Line> {
    let payload = serde_json::to_value(said).map_err(|_| Fault::Inconsistent("a letter"))?;
    Ok(Line::new(kind).saying(payload))
}

/// Hands a letter of a step to the office that talks with the citizen; nothing for a request that nobody handed on. `row` is
/// the request as the step found it.
pub(in super::super) async fn pass_letter(
    cx: &mut Cx<'_>,
    row: &request::Model,
    letter: Letter,
) -> Outcome<()> {
    if row.channel != Channel::Forwarded {
        return Ok(());
    }
    line(RequestEventKind::Passed, &Said { version: row.version + 1, letter })?.write(cx, row).await?;
    tell_back(cx, row).await
}

/// Queues [`TellBack`]; nothing for a request that nobody handed on.
pub(in super::super) async fn tell_back(cx: &mut Cx<'_>, row: &request::Model) -> Outcome<()> {
    if row.channel != Channel::Forwarded {
        return Ok(());
    }
    cx.enqueue(NewJob::new(TellBack::KIND, &TellBack { request: row.id })?.priority(5)).await
}
