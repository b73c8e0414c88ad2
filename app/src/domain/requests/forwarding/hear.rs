//! How a request goes in the Dinas is written into the kecamatan's books, and told to its citizen.

use loket_core::{
    clock::Instant,
    id::{FileId, RequestEventId, RequestId},
    kinds::ForwardingWay,
    request::{PaperState, RequestEventKind, RequestState, mirrored},
};
use loket_entity::{forwarding, paper, request};
use sea_orm::{ColumnTrait, Condition};

use super::{
    super::{
        history::Line,
        papers,
        store::{self as requests, Edit},
    },
    carried::{self, Landed},
    letters::Letter,
    news::{News, Wanting},
    store,
};
use crate::{
    domain::whatsapp,
    infra::{Cx, Outcome},
};

/// Writes down what is new since the last time; says whether anything was. Two that hear at once meet
/// [`Stale`](crate::infra::Fault::Stale), and one of them comes again.
pub async fn hear(cx: &mut Cx<'_>, id: RequestId, (news, landed): (&News, &[Landed<'_>])) -> Outcome<bool> {
    let Some(row) = requests::find(cx, id).await? else { return Ok(false) };
    let out = store::find(cx, id).await?.filter(|one| one.way == ForwardingWay::Out);
    let Some(out) = out.filter(|one| one.other_office.is_some()) else { return Ok(false) };
    if news.version <= out.their_version {
        return Ok(false);
    }
    for one in landed {
        carried::land(cx, one).await?;
    }
    let heard = pass_on(cx, &row, new_letters(news, out.heard)).await?;
    remember(cx, &out, (news, heard)).await?;
    if out.their_state != Some(news.state) {
        follow(cx, &row, (news, &out.other_name)).await?;
    }
    cx.audit("request.forwarding_heard", ("request", Some(id.0)))?;
    Ok(true)
}

/// The letters after the last one that was heard.
fn new_letters(news: &News, heard: Option<RequestEventId>) -> &[(RequestEventId, Letter)] {
    let known = news.letters.iter().position(|(id, _)| Some(*id) == heard);
    known.map_or(news.letters.as_slice(), |at| &news.letters[at + 1..])
}

/// Queues letters for the citizen; gives the last of them.
async fn pass_on(
    cx: &mut Cx<'_>,
    row: &request::Model,
    letters: &[(RequestEventId, Letter)],
) -> Outcome<Option<RequestEventId>> {
    if let Some(conversation) = row.conversation_id {
        let origin = (Some(row.id), None);
        for (_, letter) in letters {
            match letter.clone() {
                Letter::Text(text) => whatsapp::queue_text(cx, conversation, origin, text).await?,
                Letter::Document { file, name, caption } => {
                    whatsapp::queue_document(cx, conversation, origin, (file, name, caption)).await?
                }
            };
        }
    }
    Ok(letters.last().map(|(id, _)| *id))
}

async fn remember(
    cx: &Cx<'_>,
    out: &forwarding::Model,
    (news, heard): (&News, Option<RequestEventId>),
) -> Outcome<()> {
    let unchanged = Condition::all()
        .add(forwarding::Column::Id.eq(out.id))
        .add(forwarding::Column::TheirVersion.eq(out.their_version));
    let mut change = cx
        .tx()
        .change::<forwarding::Entity>(unchanged)
        .set(forwarding::Column::TheirVersion, news.version)
        .set(forwarding::Column::TheirState, news.state.word());
    if let Some(heard) = heard {
        change = change.set(forwarding::Column::Heard, heard);
    }
    change.run_one().await
}

/// Our request follows where theirs has come to.
async fn follow(cx: &mut Cx<'_>, row: &request::Model, (news, name): (&News, &str)) -> Outcome<()> {
    let state = mirrored(row.state, news.state);
    if state == RequestState::WaitingForCitizen {
        want(cx, row, &news.wanting).await?;
    }
    if state == row.state {
        return Ok(());
    }
    let now = cx.now();
    let over = state.is_terminal();
    let there = over || state == RequestState::Ready;
    let waiting = if over { None } else { row.unanswered_since };
    let row = requests::reload(cx, row.id).await?;
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, if there { row.ready_at.or(Some(now)) } else { None })
        .set(request::Column::ClosedAt, over.then_some(now))
        .set(request::Column::CloseReason, news.close_reason.clone().filter(|_| over))
        .set(request::Column::ResultFileId, news.product.map_or(sea_orm::Value::Uuid(None), FileId::into))
        .set(request::Column::UnansweredSince, waiting)
        .save(cx)
        .await?;
    let reason = news.close_reason.clone().filter(|_| over).unwrap_or_else(|| name.to_owned());
    Line::new(kind(state)).because(reason).moving(row.state, state).write(cx, &row).await
}

/// What happened to a request that came to this state by another office's doing.
const fn kind(state: RequestState) -> RequestEventKind {
    match state {
        RequestState::WaitingForCitizen => RequestEventKind::Asked,
        RequestState::Ready => RequestEventKind::Ready,
        RequestState::Finished => RequestEventKind::Finished,
        RequestState::Rejected => RequestEventKind::Rejected,
        RequestState::Cancelled => RequestEventKind::Cancelled,
        RequestState::InProcess => RequestEventKind::Reopened,
        RequestState::Received | RequestState::Verification => RequestEventKind::StateChanged,
    }
}

/// The papers that the Dinas found wanting are wanting here too, so that what the citizen sends now is taken for them.
async fn want(cx: &Cx<'_>, row: &request::Model, wanting: &[Wanting]) -> Outcome<()> {
    let mut papers = requests::papers(cx, row.id).await?;
    for (position, one) in (i64::try_from(papers.len()).unwrap_or(0)..).zip(wanting) {
        let code = one.code.trim_start_matches(super::LOOSE);
        let Some(ours) = papers.iter().find(|paper| paper.code == code) else {
            let (code, name) = (one.code.clone(), one.name.clone());
            let (_, new) =
                papers::absent(cx, row.id, papers::Expected { code, name, required: true, position });
            cx.tx().insert::<paper::Entity>(new).await?;
            continue;
        };
        if let Some(reason) = one.reason.filter(|_| ours.state != PaperState::Rejected) {
            papers::change(cx, ours.id)
                .set(paper::Column::State, PaperState::Rejected.word())
                .set(paper::Column::Reason, reason.word().to_owned())
                .set(paper::Column::DecidedAt, Option::<Instant>::None)
                .run_one()
                .await?;
            Line::new(RequestEventKind::PaperRejected)
                .paper(ours.id)
                .because(reason.word())
                .write(cx, row)
                .await?;
        }
    }
    papers = requests::papers(cx, row.id).await?;
    let required = papers.iter().filter(|paper| paper.required).count();
    Edit::of(row)
        .set(request::Column::PapersRequired, i64::try_from(required).unwrap_or(i64::MAX))
        .set(request::Column::PapersAccepted, requests::accepted(&papers))
        .save(cx)
        .await
}
