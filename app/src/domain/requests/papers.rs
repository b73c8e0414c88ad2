//! The papers of a request: an attachment is only "masuk, belum diperiksa" until an officer has looked.

use loket_core::{
    clock::Instant,
    id::{FileId, MediaId, PaperId, RequestId},
    permission::Permission,
    request::{PaperReason, PaperState, RequestEventKind, RequestState, Step},
};
use loket_entity::{paper, request};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, Value};

use super::{
    error::RequestError,
    history::Line,
    store::{self, Edit},
};
use crate::{
    domain::whatsapp,
    infra::{Cx, Fault},
};

/// An officer has looked at a paper and it is good.
pub async fn accept(cx: &mut Cx<'_>, request: RequestId, paper: PaperId) -> Result<(), RequestError> {
    decide(cx, (request, paper), PaperState::Accepted, None).await
}

/// An officer has looked at a paper and it is not, for a coded reason. The citizen is told with the
/// next request for papers, not paper by paper.
pub async fn reject(
    cx: &mut Cx<'_>,
    request: RequestId,
    paper: PaperId,
    reason: PaperReason,
) -> Result<(), RequestError> {
    decide(cx, (request, paper), PaperState::Rejected, Some(reason)).await
}

async fn decide(
    cx: &mut Cx<'_>,
    (request, paper): (RequestId, PaperId),
    state: PaperState,
    reason: Option<PaperReason>,
) -> Result<(), RequestError> {
    let row = checkable(cx, request).await?;
    let mut papers = store::papers(cx, request).await?;
    let found = papers.iter_mut().find(|one| one.id == paper).ok_or(RequestError::NotFound)?;
    if state == PaperState::Rejected && found.state == PaperState::Absent {
        return Err(RequestError::Invalid("Berkas ini belum masuk, jadi belum dapat ditolak."));
    }
    found.state = state;
    let me = cx.officer();
    change(cx, paper)
        .set(paper::Column::State, state.word())
        .set(paper::Column::Reason, reason.map(|reason| reason.word().to_owned()))
        .set(paper::Column::DecidedAt, cx.now())
        .set(paper::Column::DecidedBy, me.map(Value::from).unwrap_or(Value::Uuid(None)))
        .run_one()
        .await?;
    stand(cx, &row, &papers).await?;
    let kind = if state == PaperState::Accepted {
        RequestEventKind::PaperAccepted
    } else {
        RequestEventKind::PaperRejected
    };
    let mut line = Line::new(kind).paper(paper);
    if let Some(reason) = reason {
        line = line.because(reason.word());
    }
    line.write(cx, &row).await?;
    cx.audit(kind_action(kind), ("paper", Some(paper.0)))?;
    Ok(())
}

fn kind_action(kind: RequestEventKind) -> &'static str {
    if kind == RequestEventKind::PaperAccepted { "paper.accepted" } else { "paper.rejected" }
}

/// Takes an attachment of the conversation for a paper: the officer's word over Loket's guess.
pub async fn use_for(
    cx: &mut Cx<'_>,
    request: RequestId,
    paper: PaperId,
    media: MediaId,
) -> Result<(), RequestError> {
    let row = checkable(cx, request).await?;
    let papers = store::papers(cx, request).await?;
    if !papers.iter().any(|one| one.id == paper) {
        return Err(RequestError::NotFound);
    }
    let is_it = |one: &&paper::Model| one.media_id == Some(media) || one.file_id == Some(FileId(media.0));
    let (came, at) = match row.conversation_id {
        Some(talk) => {
            let arrived = whatsapp::attachment_in(cx, talk, media).await?.ok_or(RequestError::NotFound)?;
            (Came::Attachment(media), arrived.at)
        }
        // What came along with the request has no attachment: its file is named in its place.
        None => {
            let came = papers.iter().find(is_it).and_then(|one| one.received_at);
            (Came::File(FileId(media.0)), came.ok_or(RequestError::NotFound)?)
        }
    };
    for other in papers.iter().filter(is_it).filter(|one| one.id != paper) {
        clear(cx, other.id).await?;
    }
    put(cx, &row, paper, (came, at)).await?;
    let papers = store::papers(cx, request).await?;
    stand(cx, &row, &papers).await?;
    cx.audit("paper.assigned", ("paper", Some(paper.0)))?;
    Ok(())
}

/// Takes an attachment that came in for the first paper that still waits for one: a guess, which the
/// officer confirms or changes.
pub(super) async fn guess(
    cx: &Cx<'_>,
    row: &request::Model,
    (media, at): (MediaId, Instant),
) -> Result<bool, Fault> {
    let papers = store::papers(cx, row.id).await?;
    let waiting = papers
        .iter()
        .filter(|one| matches!(one.state, PaperState::Absent | PaperState::Rejected))
        .min_by_key(|one| (!one.required, one.position));
    let Some(paper) = waiting else { return Ok(false) };
    put(cx, row, paper.id, (Came::Attachment(media), at)).await?;
    Ok(true)
}

/// What a paper came as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Came {
    /// An attachment of the conversation.
    Attachment(MediaId),
    /// A file of its own.
    File(FileId),
}

/// A paper has come; nobody has looked at it yet.
pub(super) async fn put(
    cx: &Cx<'_>,
    row: &request::Model,
    paper: PaperId,
    (came, at): (Came, Instant),
) -> Result<(), Fault> {
    let (column, what) = match came {
        Came::Attachment(media) => (paper::Column::MediaId, media.0),
        Came::File(file) => (paper::Column::FileId, file.0),
    };
    change(cx, paper)
        .set(paper::Column::State, PaperState::Received.word())
        .set(column, what)
        .set(paper::Column::Reason, Option::<String>::None)
        .set(paper::Column::ReceivedAt, at)
        .run_one()
        .await?;
    Line::new(RequestEventKind::PaperReceived).paper(paper).at(at).write(cx, row).await
}

/// Whatever was taken for a paper is no longer.
pub(super) async fn clear(cx: &Cx<'_>, id: PaperId) -> Result<(), Fault> {
    change(cx, id)
        .set(paper::Column::State, PaperState::Absent.word())
        .set(paper::Column::MediaId, Value::Uuid(None))
        .set(paper::Column::FileId, Value::Uuid(None))
        .set(paper::Column::Reason, Option::<String>::None)
        .set(paper::Column::ReceivedAt, Option::<Instant>::None)
        .run_one()
        .await
}

/// Saves how the papers stand now. Where nothing is wanting any more that the citizen was asked for, nobody waits for them.
async fn stand(cx: &Cx<'_>, row: &request::Model, papers: &[paper::Model]) -> Result<(), Fault> {
    let waited = row.state == RequestState::WaitingForCitizen && !papers.iter().any(store::is_wanting);
    let state = match waited.then(|| store::step(row, Step::CitizenAnswered)) {
        Some(Ok(state)) => state,
        Some(Err(_)) | None => row.state,
    };
    Edit::of(row)
        .set(request::Column::PapersAccepted, store::accepted(papers))
        .set(request::Column::State, state.word())
        .save(cx)
        .await?;
    if state != row.state {
        // Nobody was waited for any longer than until the last of them came.
        let came = papers.iter().filter_map(|one| one.received_at).max().unwrap_or(cx.now());
        Line::new(RequestEventKind::StateChanged).at(came).moving(row.state, state).write(cx, row).await?;
    }
    Ok(())
}

/// A paper that has not come.
pub(super) struct Expected {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it must come.
    pub required: bool,
    /// Its place in the list.
    pub position: i64,
}

/// The row of a paper that has not come.
pub(super) fn absent(cx: &Cx<'_>, request: RequestId, expected: Expected) -> (PaperId, paper::ActiveModel) {
    let id: PaperId = cx.new_id();
    let row = paper::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        request_id: Set(request),
        code: Set(expected.code),
        name: Set(expected.name),
        required: Set(expected.required),
        position: Set(expected.position),
        state: Set(PaperState::Absent),
        media_id: Set(None),
        file_id: Set(None),
        reason: Set(None),
        received_at: Set(None),
        decided_at: Set(None),
        decided_by: Set(None),
    };
    (id, row)
}

pub(super) fn change<'t>(cx: &'t Cx<'_>, id: PaperId) -> crate::infra::tenant_tx::Change<'t, paper::Entity> {
    cx.tx().change::<paper::Entity>(Condition::all().add(paper::Column::Id.eq(id)))
}

async fn checkable(cx: &Cx<'_>, request: RequestId) -> Result<request::Model, RequestError> {
    let row = store::load(cx, request, Permission::HandleRequests).await?;
    match row.state {
        RequestState::Verification | RequestState::WaitingForCitizen => Ok(row),
        RequestState::Received => Err(loket_core::request::Refusal::NotTaken.into()),
        state if state.is_terminal() => Err(loket_core::request::Refusal::Closed(state).into()),
        _ => Err(RequestError::Invalid(
            "Berkas sudah dinyatakan lengkap. Minta kelengkapan dahulu bila ada yang kurang.",
        )),
    }
}
