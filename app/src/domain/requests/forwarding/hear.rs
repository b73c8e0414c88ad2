//! How a request goes in the Dinas is written into the kecamatan's books, and told to its citizen.

use loket_core::{
    clock::Instant,
    id::{FileId, OfficeId, RequestId},
    kinds::ForwardingWay,
    request::{PaperState, RequestEventKind, RequestState, mirrored},
};
use loket_entity::{forwarding, paper, request};

use super::{
    super::{
        appointing,
        history::Line,
        papers,
        product::number_changed,
        stale,
        store::{self as requests, Edit},
        visiting::{self, Leaving},
    },
    letters::{Letter, Said, line},
    news::{News, Wanting},
    store,
};
use crate::{
    domain::{
        files::{self, StoredFile},
        tenancy::Office,
        whatsapp,
    },
    infra::{Cx, Outcome},
};

/// The version of the other office's request that was heard of last; nothing where this office handed nothing on to it.
pub async fn heard(cx: &Cx<'_>, (id, from): (RequestId, OfficeId)) -> Outcome<Option<i64>> {
    let out = store::with(cx, (id, ForwardingWay::Out), from).await?;
    Ok(out.map(|out| out.their_version))
}

/// Writes down what is new since the last time; says whether anything was. Two that hear at once meet
/// [`Stale`](crate::infra::Fault::Stale), and one of them comes again.
pub async fn hear(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    (news, landed): (&News, &[StoredFile]),
) -> Outcome<bool> {
    let Some(row) = requests::find(cx, id).await? else { return Ok(false) };
    let Some(out) = store::with(cx, (id, ForwardingWay::Out), news.from).await? else { return Ok(false) };
    if news.version <= out.their_version {
        return Ok(false);
    }
    for one in landed {
        files::add(cx, one).await?;
    }
    let document = |said: &Said| matches!(said.letter, Letter::Document { .. });
    // A document waits for an officer, with all that is said of it, where the number changed since the request came.
    let held = news.letters.iter().any(document) && number_changed(cx, &row).await?.is_some();
    for said in &news.letters {
        tell(cx, &row, (said, held)).await?;
    }
    store::remember(cx, &out, (news.version, news.state)).await?;
    follow(cx, office, &row, (news, &out)).await?;
    cx.audit("request.forwarding_heard", ("request", Some(id.0)))?;
    Ok(true)
}

/// Queues a letter for the citizen; where nothing can be written to them it stands in the history, for an officer to say.
async fn tell(cx: &mut Cx<'_>, row: &request::Model, (said, held): (&Said, bool)) -> Outcome<()> {
    let reached = match row.conversation_id.filter(|_| !held) {
        Some(conversation) if whatsapp::can_be_told(cx, conversation).await? => Some(conversation),
        Some(_) | None => None,
    };
    let Some(conversation) = reached else {
        return line(RequestEventKind::Note, said)?.because("belum_tersampaikan").write(cx, row).await;
    };
    let origin = (Some(row.id), None);
    match said.letter.clone() {
        Letter::Text(text) => whatsapp::queue_text(cx, conversation, origin, text).await?,
        Letter::Document { file, name, caption } => {
            whatsapp::queue_document(cx, conversation, origin, (file, name, caption)).await?
        }
    };
    Ok(())
}

/// Our request follows where theirs has come to.
async fn follow(
    cx: &mut Cx<'_>,
    office: &Office,
    row: &request::Model,
    (news, out): (&News, &forwarding::Model),
) -> Outcome<()> {
    let was_over = out.their_state.is_some_and(RequestState::is_terminal);
    if row.state == RequestState::Cancelled && !news.state.is_terminal() && !was_over {
        // The citizen has withdrawn, and they do not know yet.
        return Ok(());
    }
    if news.state == RequestState::WaitingForCitizen {
        if out.their_state == Some(news.state) && news.letters.is_empty() {
            // They still wait for what they asked for; here it may have come already.
            return Ok(());
        }
        want(cx, row, &news.wanting).await?;
    }
    let row = &requests::reload(cx, row.id).await?;
    let state = mirrored(row.state, news.state);
    if state == row.state && row.result_file_id == news.product {
        if row.away_since != news.away_since {
            Edit::of(row).set(request::Column::AwaySince, news.away_since).save(cx).await?;
        }
        return Ok(());
    }
    let now = cx.now();
    let over = state.is_terminal();
    let there = matches!(state, RequestState::Ready | RequestState::Finished);
    if state != row.state && (row.closed_at.is_some() || (row.ready_at.is_some() && !there)) {
        // What was counted of it is no longer so.
        stale::mark(cx, row).await?;
    }
    let reason = news.close_reason.clone().filter(|_| over);
    Edit::of(row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, if there { row.ready_at.or(Some(now)) } else { None })
        .set(request::Column::ClosedAt, if over { row.closed_at.or(Some(now)) } else { None })
        .set(request::Column::CloseReason, reason.clone())
        .set(request::Column::ResultFileId, news.product.map_or(sea_orm::Value::Uuid(None), FileId::into))
        .set(request::Column::AwaySince, news.away_since)
        .set(request::Column::UnansweredSince, if over { None } else { row.unanswered_since })
        .save(cx)
        .await?;
    if over {
        visiting::leave(cx, office, row, Leaving::Over).await?;
        appointing::leave(cx, office, row, state == RequestState::Finished).await?;
    }
    if state == row.state {
        return Line::new(RequestEventKind::ResultUploaded).because(&*out.other_name).write(cx, row).await;
    }
    let reason = reason.unwrap_or_else(|| out.other_name.clone());
    let again = row.state.is_terminal() && !over;
    let kind = if again { RequestEventKind::Reopened } else { kind(state) };
    Line::new(kind).because(reason).moving(row.state, state).write(cx, row).await
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
                papers::absent(cx, row.id, papers::Expected { code, name, required: one.required, position });
            cx.tx().insert::<paper::Entity>(new).await?;
            continue;
        };
        match one.reason {
            Some(_) if ours.state == PaperState::Rejected => {}
            Some(reason) => {
                papers::change(cx, ours.id)
                    .set(paper::Column::State, PaperState::Rejected.word())
                    .set(paper::Column::Reason, reason.word().to_owned())
                    .set(paper::Column::DecidedAt, Option::<Instant>::None)
                    .run_one()
                    .await?;
                let line = Line::new(RequestEventKind::PaperRejected).paper(ours.id);
                line.because(reason.word()).write(cx, row).await?;
            }
            // It never came to them: whatever was taken for it here is not it.
            None => papers::clear(cx, ours.id).await?,
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
