//! What came of home visits: written down by whoever was there, closed by whoever planned the round, and counted.

use loket_core::{
    care::CareGroup,
    clock::Instant,
    id::VisitId,
    permission::Permission,
    request::RequestEventKind,
    visit::{RoundState, VisitResult},
};
use loket_entity::request;

use super::{
    care,
    error::RequestError,
    history::Line,
    store::{self, Edit},
    visiting::Visited,
};
use crate::{
    domain::{
        tenancy::Office,
        visits::{self, Closing, RoundView, VisitView},
    },
    infra::{Cx, Outcome},
};

/// Fewer people than this are not counted by the reason why more care is taken of them: who they are could be guessed.
pub const LEAST: u64 = 5;

/// For what reasons people were to be visited, and how many were served, counted by reason: somebody may have several. A
/// reason that fewer than [`LEAST`] have is not told, nor is one of people beyond whoever looks.
pub async fn visited_by_reason(cx: &Cx<'_>, of: &[Visited]) -> Outcome<Vec<(CareGroup, u64, u64)>> {
    let seen: Vec<&VisitView> = of.iter().filter(|(_, row)| row.is_some()).map(|(visit, _)| visit).collect();
    let notes = care::notes(cx, seen.iter().map(|visit| visit.request).collect()).await?;
    let of = |group: &CareGroup| {
        let with: Vec<_> =
            notes.iter().filter(|(_, note, _)| note.reasons.contains(group)).map(|(id, ..)| *id).collect();
        let these = seen.iter().filter(|visit| with.contains(&visit.request));
        let served = these.clone().filter(|visit| visit.result == VisitResult::Served).count();
        (*group, these.count() as u64, served as u64)
    };
    Ok(CareGroup::ALL.iter().map(of).filter(|(_, all, _)| *all >= LEAST).collect())
}

/// What is said of a visit, and what stood there when its form was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitSaid {
    /// Which visit.
    pub visit: VisitId,
    /// What had come of it, and when that was written down.
    pub was: (VisitResult, Option<Instant>),
    /// What came of it.
    pub result: VisitResult,
    /// What is said of that; may be empty.
    pub note: String,
}

/// Writes down what came of visits, as far as whoever does it handles their requests; says of how many.
///
/// # Errors
/// Where a colleague wrote something else of one of them meanwhile.
pub async fn record_visits(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, said): (&RoundView, &[VisitSaid]),
) -> Result<usize, RequestError> {
    if round.state != RoundState::Planned {
        return Err(RequestError::Invalid("Putaran ini sudah ditutup. Hasilnya tidak diubah lagi."));
    }
    if round.said.days.0 > office.zone.date(cx.now()) {
        return Err(RequestError::Invalid("Putaran ini belum dimulai."));
    }
    let all = visits::of_round(cx, round.id).await?;
    let mut written = 0;
    for one in said {
        let before = all.iter().find(|visit| visit.id == one.visit).ok_or(RequestError::NotFound)?;
        if before.recorded_at != one.was.1 {
            // Whoever left it as they saw it does not take back what a colleague wrote.
            if one.result == one.was.0 || one.result == before.result {
                continue;
            }
            return Err(RequestError::Invalid(
                "Rekan Anda baru saja mencatat hasil lain. Periksa baris itu di bawah, lalu simpan lagi.",
            ));
        }
        if !visits::record(cx, (before, one.result, &one.note)).await? {
            continue;
        }
        let row = store::load(cx, before.request, Permission::HandleRequests).await?;
        if one.result != before.result {
            let waits = one.result.leaves_waiting() && row.care_since.is_some();
            Edit::of(&row).set(request::Column::VisitWantedAt, waits.then_some(cx.now())).save(cx).await?;
            Line::new(RequestEventKind::Visited).because(one.result.word()).write(cx, &row).await?;
        }
        written += 1;
    }
    let detail = serde_json::json!({ "written": written });
    cx.audit_with("visit.recorded", ("visit_round", Some(round.id.0)), Some(&detail))?;
    Ok(written)
}

/// Writes down what came of a round as a whole.
pub async fn close_round(
    cx: &mut Cx<'_>,
    office: &Office,
    (before, closing): (&RoundView, Closing<'_>),
) -> Result<(), RequestError> {
    Ok(visits::close(cx, office, (before, closing)).await?)
}
