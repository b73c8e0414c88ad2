//! How a request goes in the Dinas: read there, for the office that handed it on.

use std::collections::BTreeSet;

use loket_core::{
    id::{FileId, OfficeId, RequestEventId, RequestId},
    kinds::ForwardingWay,
    request::{PaperReason, PaperState, RequestEventKind, RequestState},
};
use loket_entity::request_event;
use sea_orm::ColumnTrait;

use super::{
    super::{places, store as requests},
    carried::{Carried, carried},
    letters::Letter,
    store,
};
use crate::infra::{Cx, Fault, Outcome};

/// More letters than one request has.
const MOST: u64 = 300;

/// How a request goes, and what its citizen is to be told.
pub struct News {
    /// To whom.
    pub to: OfficeId,
    /// The files that go along.
    pub files: Vec<Carried>,
    pub(super) state: RequestState,
    pub(super) version: i64,
    pub(super) close_reason: Option<String>,
    pub(super) product: Option<FileId>,
    /// Oldest first.
    pub(super) letters: Vec<(RequestEventId, Letter)>,
    pub(super) wanting: Vec<Wanting>,
}

/// A paper that the Dinas found wanting: missing, or no good for a reason.
pub(super) struct Wanting {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) reason: Option<PaperReason>,
}

/// Reads how a request goes that was handed on to this office.
pub async fn news(cx: &Cx<'_>, id: RequestId) -> Outcome<Option<News>> {
    let Some(row) = requests::find(cx, id).await? else { return Ok(None) };
    let came = store::find(cx, id).await?.filter(|row| row.way == ForwardingWay::In);
    let Some(to) = came.and_then(|row| row.other_office) else { return Ok(None) };
    let letters = letters(cx, id).await?;
    let documents = letters.iter().filter_map(|(_, letter)| match letter {
        Letter::Document { file, .. } => Some(*file),
        Letter::Text(_) => None,
    });
    let files: BTreeSet<FileId> = documents.chain(row.result_file_id).collect();
    Ok(Some(News {
        to,
        files: carried(cx, files.into_iter().collect()).await?.into_values().collect(),
        state: row.state,
        version: row.version,
        close_reason: row.close_reason,
        product: row.result_file_id,
        letters,
        wanting: wanting(cx, id).await?,
    }))
}

async fn letters(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<(RequestEventId, Letter)>> {
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(request_event::Column::RequestId.eq(id))
        .filter(request_event::Column::Kind.eq(RequestEventKind::Passed))
        .ascending(request_event::Column::RecordedAt)
        .ascending(request_event::Column::Id)
        .up_to(MOST)
        .await?;
    rows.into_iter()
        .map(|row| {
            let sealed = row.payload.ok_or(Fault::Inconsistent("a letter without words"))?;
            let said = cx.open(&sealed, places::SAID.of(row.id.0))?;
            let letter = serde_json::from_value(said).map_err(|_| Fault::Inconsistent("a letter"))?;
            Ok((row.id, letter))
        })
        .collect()
}

async fn wanting(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<Wanting>> {
    let mut papers = requests::papers(cx, id).await?;
    papers.retain(|paper| {
        paper.state == PaperState::Rejected || (paper.required && paper.state == PaperState::Absent)
    });
    let each =
        papers.into_iter().map(|paper| Wanting { code: paper.code, name: paper.name, reason: paper.reason });
    Ok(each.collect())
}
