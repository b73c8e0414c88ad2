//! The citizen is asked for what is missing or no good.

use loket_core::{
    clock::Instant,
    id::RequestId,
    permission::Permission,
    reply::{PapersAgain, RejectedPaper},
    request::{AskReason, PaperState, RequestEventKind, Silence, Step},
};
use loket_entity::{paper, request};

use super::{
    error::RequestError,
    history::Line,
    store::{self, Edit},
    telling::Addressed,
};
use crate::{
    domain::{tenancy::Office, whatsapp},
    infra::{Cx, Outcome},
};

/// Asks for the papers that are missing or were rejected; each rejection writes its own line.
pub async fn ask(cx: &mut Cx<'_>, office: &Office, id: RequestId) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let papers = store::papers(cx, id).await?;
    let silence = silence(cx, office, &row).await?;
    let text = {
        let addressed = Addressed::of(cx, office, &row).await?;
        letter(&addressed, &papers, (silence.until, false))?
    };
    let reason = reason(&papers);
    let state = store::step(&row, Step::AskCitizen { reason })?;
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<Instant>::None)
        .set(request::Column::RemindAt, silence.remind_at)
        .set(request::Column::AnswerUntil, silence.until)
        .save(cx)
        .await?;
    Line::new(RequestEventKind::Asked)
        .because(reason.word())
        .moving(row.state, state)
        .write(cx, &row)
        .await?;
    Addressed::of(cx, office, &row).await?.say(cx, text).await?;
    cx.audit("request.asked", ("request", Some(id.0)))?;
    Ok(())
}

/// Until when whoever is asked now may answer, and when they are reminded. No end is told where nobody hears of it, or where
/// another office has the word.
pub(super) async fn silence(cx: &Cx<'_>, office: &Office, row: &request::Model) -> Outcome<Silence> {
    let Some(conversation) = row.conversation_id.filter(|_| !row.elsewhere) else {
        return Ok(Silence { remind_at: None, until: None });
    };
    let last = whatsapp::last_inbound(cx, conversation).await?;
    Ok(Silence::begins(cx.now(), last, (office.answer_days, office.zone)))
}

/// What the citizen would be sent, for the officer to read first.
pub(super) fn letter(
    addressed: &Addressed<'_>,
    papers: &[paper::Model],
    (until, again): (Option<Instant>, bool),
) -> Result<String, RequestError> {
    let rejected: Vec<_> = papers
        .iter()
        .filter(|paper| paper.state == PaperState::Rejected)
        .filter_map(|paper| paper.reason.map(|reason| RejectedPaper { name: &paper.name, reason }))
        .collect();
    let missing: Vec<_> = papers
        .iter()
        .filter(|paper| paper.required && paper.state == PaperState::Absent)
        .map(|paper| paper.name.as_str())
        .collect();
    if rejected.is_empty() && missing.is_empty() {
        return Err(RequestError::Invalid(
            "Tidak ada berkas yang kurang atau ditolak. Tolak berkasnya dahulu dengan alasan, atau balas lewat percakapan.",
        ));
    }
    let letter =
        PapersAgain { subject: addressed.subject(), rejected: &rejected, missing: &missing, until, again };
    Ok(letter.text(&addressed.head()))
}

fn reason(papers: &[paper::Model]) -> AskReason {
    if papers.iter().any(|paper| paper.state == PaperState::Rejected) {
        AskReason::PapersRejected
    } else {
        AskReason::PapersMissing
    }
}
