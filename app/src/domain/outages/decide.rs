//! Somebody else looks at an entry: it was so, at these times, or it was not.

use loket_core::{
    clock::Instant,
    id::OutageId,
    outage::{Approval, OutageStep},
    permission::Permission,
};
use loket_entity::outage;

use super::{
    error::OutageError,
    store::{load, save},
};
use crate::infra::Cx;

/// What somebody says of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Decision {
    /// Whether it was so.
    pub approved: bool,
    /// Since when it really was.
    pub from: Instant,
    /// Until when it really was; nothing for one that lasts.
    pub until: Option<Instant>,
    /// The version that was looked at.
    pub version: i64,
}

/// Decides on an entry. What was counted is counted anew, also of requests that are closed; both times stay in the history.
///
/// # Errors
/// That it is their own entry, or that the times do not hold.
pub async fn decide(cx: &mut Cx<'_>, id: OutageId, said: Decision) -> Result<(), OutageError> {
    let row = load(cx, id, Permission::ApproveOutages).await?;
    if row.entered_by.is_some() && row.entered_by == cx.officer() {
        return Err(OutageError::Own);
    }
    if row.version != said.version {
        return Err(OutageError::Fault(crate::infra::Fault::Stale));
    }
    let (step, approval) = if said.approved {
        (OutageStep::Approved, Approval::Approved)
    } else {
        (OutageStep::Refused, Approval::Refused)
    };
    let mut sets = vec![
        (outage::Column::Approval, approval.word().into()),
        (outage::Column::DecidedBy, cx.officer().into()),
        (outage::Column::DecidedAt, cx.now().into()),
    ];
    if said.approved {
        let until = row.ended_at.and(said.until.or(row.ended_at));
        if said.from > until.unwrap_or(cx.now()) || until.is_some_and(|until| until > cx.now()) {
            return Err(OutageError::Invalid(
                "Waktu mulai harus sebelum waktu pulih, dan keduanya tidak sesudah sekarang.",
            ));
        }
        sets.extend([(outage::Column::StartedAt, said.from.into()), (outage::Column::EndedAt, until.into())]);
    }
    save(cx, &row, step, sets).await
}
