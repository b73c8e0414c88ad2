//! How a request goes in the Dinas: read there, for the office that handed it on.

use std::collections::BTreeSet;

use loket_core::{
    clock::Instant,
    id::{FileId, OfficeId, RequestId},
    kinds::ForwardingWay,
    request::{PaperReason, RequestEventKind, RequestState},
};
use loket_entity::{request, request_event};
use sea_orm::ColumnTrait;

use super::{
    super::store as requests,
    letters::{Said, said},
    store,
};
use crate::{
    domain::files::{self, FileView},
    infra::{Cx, Outcome},
};

/// More letters than one request has.
const MOST: u64 = 300;

/// How a request goes, and what its citizen is to be told.
pub struct News {
    /// Who hears it.
    pub to: OfficeId,
    /// Who tells it.
    pub(super) from: OfficeId,
    pub(super) files: Vec<FileView>,
    pub(super) state: RequestState,
    pub(super) version: i64,
    pub(super) close_reason: Option<String>,
    pub(super) product: Option<FileId>,
    pub(super) away_since: Option<Instant>,
    /// Oldest first.
    pub(super) letters: Vec<Said>,
    pub(super) wanting: Vec<Wanting>,
}

impl News {
    /// What is new to whoever heard of a version of the request: nothing where that is this one.
    pub fn since(mut self, version: i64) -> Option<Self> {
        if self.version <= version {
            return None;
        }
        self.letters.retain(|said| said.version > version);
        let (letters, product) = (&self.letters, self.product);
        let goes =
            |file: &FileView| product == Some(file.id) || letters.iter().any(|said| said.holds(file.id));
        self.files.retain(goes);
        Some(self)
    }

    /// The files that go along.
    pub fn files(&self) -> &[FileView] {
        &self.files
    }
}

/// A paper that the Dinas found wanting: missing, or no good for a reason.
pub(super) struct Wanting {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) reason: Option<PaperReason>,
}

/// Reads how a request goes that was handed on to this office.
pub async fn news(cx: &Cx<'_>, id: RequestId) -> Outcome<Option<News>> {
    let Some(row) = requests::find(cx, id).await? else { return Ok(None) };
    let came = store::find(cx, (id, ForwardingWay::In)).await?;
    let Some(to) = came.and_then(|row| row.other_office) else { return Ok(None) };
    let letters = letters(cx, &row).await?;
    let documents = letters.iter().filter_map(Said::file);
    let files: BTreeSet<FileId> = documents.chain(row.result_file_id).collect();
    Ok(Some(News {
        to,
        from: cx.office(),
        files: files::find_all(cx, files.into_iter().collect()).await?.into_values().collect(),
        state: row.state,
        version: row.version,
        close_reason: row.close_reason,
        product: row.result_file_id,
        away_since: row.away_since,
        letters,
        wanting: wanting(cx, id).await?,
    }))
}

/// The letters up to the version that was read: a step that is saved meanwhile is heard with its own.
async fn letters(cx: &Cx<'_>, row: &request::Model) -> Outcome<Vec<Said>> {
    let rows = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(request_event::Column::RequestId.eq(row.id))
        .filter(request_event::Column::Kind.eq(RequestEventKind::Passed))
        .up_to(MOST)
        .await?;
    let mut letters = Vec::new();
    for one in &rows {
        letters.extend(said(cx, one)?.filter(|said| said.version <= row.version));
    }
    // A step that sends a document speaks of it afterwards.
    letters.sort_by_key(|said| (said.version, said.file().is_none()));
    Ok(letters)
}

async fn wanting(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<Wanting>> {
    let mut papers = requests::papers(cx, id).await?;
    papers.retain(requests::is_wanting);
    let each = papers.into_iter().map(|paper| Wanting {
        code: paper.code,
        name: paper.name,
        required: paper.required,
        reason: paper.reason,
    });
    Ok(each.collect())
}
