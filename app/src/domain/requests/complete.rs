//! An officer declares the papers complete. From here the settlement clock runs, counted back to the
//! arrival of the last required paper: the citizen does not pay for the time the papers lay unread.

use loket_core::{
    clock::Instant,
    id::RequestId,
    permission::Permission,
    reply::Complete,
    request::{RequestEventKind, Step},
};
use loket_entity::{paper, request};

use super::{
    due::{Due, Prospect},
    error::RequestError,
    forwarding,
    history::Line,
    store::{self, Edit},
    telling::Addressed,
};
use crate::{domain::tenancy::Office, infra::Cx};

/// Declares *berkas lengkap*.
pub async fn declare_complete(cx: &mut Cx<'_>, office: &Office, id: RequestId) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let papers = store::papers(cx, id).await?;
    let state = store::step(&row, Step::DeclareComplete { papers: store::tally(&papers) })?;
    if row.elsewhere {
        forwarding::all_stored(cx, id).await?;
    }
    let from = complete_from(&row, &papers);
    let due = Due::of(cx, &row).await?;
    let prospect = due.map_or(Prospect::Later, |due| due.promise(&row, (from, cx.now())));
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::CompleteFrom, from)
        .set(request::Column::CompleteDeclaredAt, cx.now())
        .set(request::Column::PromisedAt, prospect.date())
        .set(request::Column::WithheldAt, prospect.withheld(cx.now()))
        .set(request::Column::WarnedAt, Option::<Instant>::None)
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<Instant>::None)
        .save(cx)
        .await?;
    Line::new(RequestEventKind::DeclaredComplete).moving(row.state, state).write(cx, &row).await?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let text = letter(&addressed, from, &prospect);
    addressed.say(cx, text).await?;
    if row.elsewhere {
        // What the other office found wanting is there now.
        forwarding::pass_on(cx, id, None).await?;
    }
    cx.audit("request.declared_complete", ("request", Some(id.0)))?;
    Ok(())
}

/// What the citizen would be sent.
pub(super) fn letter(addressed: &Addressed<'_>, from: Instant, prospect: &Prospect) -> String {
    let promise = prospect.promise();
    Complete { subject: addressed.subject(), complete_from: from, promise }.text(&addressed.head())
}

/// When the last required paper came before the papers were first declared complete; the request's own beginning when it
/// asks for none. What is asked for afterwards is a pause.
pub(super) fn complete_from(row: &request::Model, papers: &[paper::Model]) -> Instant {
    if let Some(first) = row.complete_from {
        return first;
    }
    papers
        .iter()
        .filter(|paper| paper.required)
        .filter_map(|paper| paper.received_at)
        .max()
        .unwrap_or(row.first_message_at)
}
