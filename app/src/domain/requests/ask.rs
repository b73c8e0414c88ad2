//! The citizen is asked for what is missing or no good.

use loket_core::{
    id::RequestId,
    permission::Permission,
    reply::{PapersAgain, RejectedPaper},
    request::{AskReason, PaperState, RequestEventKind, Step},
};
use loket_entity::{paper, request};

use super::{
    error::RequestError,
    history::Line,
    store::{self, Edit},
    telling::Addressed,
};
use crate::{domain::tenancy::Office, infra::Cx};

/// Asks for the papers that are missing or were rejected; each rejection writes its own line.
pub async fn ask(cx: &mut Cx<'_>, office: &Office, id: RequestId) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let papers = store::papers(cx, id).await?;
    let text = {
        let addressed = Addressed::of(cx, office, &row).await?;
        letter(&addressed, &papers)?
    };
    let reason = reason(&papers);
    let state = store::step(&row, Step::AskCitizen { reason })?;
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<loket_core::clock::Instant>::None)
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

/// What the citizen would be sent, for the officer to read first.
pub(super) fn letter(addressed: &Addressed<'_>, papers: &[paper::Model]) -> Result<String, RequestError> {
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
        PapersAgain { subject: addressed.subject(), rejected: &rejected, missing: &missing, until: None };
    Ok(letter.text(&addressed.head()))
}

fn reason(papers: &[paper::Model]) -> AskReason {
    if papers.iter().any(|paper| paper.state == PaperState::Rejected) {
        AskReason::PapersRejected
    } else {
        AskReason::PapersMissing
    }
}
