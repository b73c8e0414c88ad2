//! Who may see a file: whoever may see the request it belongs to, or the conversation it came in.

use loket_core::{
    clock::Instant,
    id::{ConversationId, FileId, MediaId, PaperId, RequestId},
    permission::Permission,
};
use loket_entity::{paper, request};
use sea_orm::ColumnTrait;

use super::{error::RequestError, store};
use crate::{
    domain::{
        files::{self, FileView},
        whatsapp,
    },
    infra::{Cx, Outcome},
};

/// A file that may be seen, and what it is for.
pub struct FileSeen {
    /// The file.
    pub file: FileView,
    /// Its request and, for a paper, which one; the product of a request has none.
    pub request: Option<(RequestId, Option<PaperId>)>,
    /// The conversation it came in.
    pub conversation: Option<ConversationId>,
    /// When it was sent or made.
    pub at: Instant,
}

/// A file within reach. One out of sight does not exist.
pub async fn file(cx: &Cx<'_>, id: FileId) -> Result<FileSeen, RequestError> {
    let file = files::find(cx, id).await?.ok_or(RequestError::NotFound)?;
    if let Some(request) = product_of(cx, id).await? {
        let at = file.stored_at;
        return Ok(FileSeen { file, request: Some((request, None)), conversation: None, at });
    }
    let Some(arrival) = whatsapp::arrival(cx, id).await? else {
        let (request, paper) = enclosed_in(cx, id).await?.ok_or(RequestError::NotFound)?;
        let at = file.stored_at;
        return Ok(FileSeen { file, request: Some((request, Some(paper))), conversation: None, at });
    };
    let paper = paper_of(cx, arrival.media).await?;
    if paper.is_none() && !arrival.in_reach {
        return Err(RequestError::NotFound);
    }
    Ok(FileSeen {
        file,
        request: paper.map(|(request, paper)| (request, Some(paper))),
        conversation: arrival.in_reach.then_some(arrival.conversation),
        at: arrival.at,
    })
}

/// A file within reach, to be shown: looking is recorded.
pub async fn open_file(cx: &mut Cx<'_>, id: FileId) -> Result<FileSeen, RequestError> {
    let seen = file(cx, id).await?;
    cx.audit("file.viewed", ("file", Some(id.0)))?;
    Ok(seen)
}

/// Whether this person may work on a request: asked before a file is stored for it.
pub async fn may_handle(cx: &Cx<'_>, id: RequestId) -> Result<(), RequestError> {
    store::load(cx, id, Permission::HandleRequests).await.map(|_| ())
}

async fn product_of(cx: &Cx<'_>, id: FileId) -> Outcome<Option<RequestId>> {
    let row = store::within(cx, Permission::ReadRequests)
        .filter(request::Column::ResultFileId.eq(id))
        .one()
        .await?;
    Ok(row.map(|row| row.id))
}

/// The paper an attachment was taken for, if its request may be seen.
async fn paper_of(cx: &Cx<'_>, media: MediaId) -> Result<Option<(RequestId, PaperId)>, RequestError> {
    in_sight(cx, paper::Column::MediaId.eq(media)).await
}

/// The paper that a file came as, if its request may be seen.
async fn enclosed_in(cx: &Cx<'_>, file: FileId) -> Result<Option<(RequestId, PaperId)>, RequestError> {
    in_sight(cx, paper::Column::FileId.eq(file)).await
}

async fn in_sight(
    cx: &Cx<'_>,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<Option<(RequestId, PaperId)>, RequestError> {
    let row = cx.tx().find::<paper::Entity>().filter(which).one().await?;
    let Some(paper) = row else { return Ok(None) };
    match store::load(cx, paper.request_id, Permission::ReadRequests).await {
        Ok(request) => Ok(Some((request.id, paper.id))),
        Err(RequestError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
