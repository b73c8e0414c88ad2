//! Somebody else looks at an entry: it was so, at these times, or it was not.

use loket_core::{
    clock::Instant,
    id::{OutageId, UserId},
    outage::{Approval, OutageStep},
    permission::Permission,
};
use loket_entity::outage;

use super::{
    enter::lasting,
    error::OutageError,
    store::{load, save},
};
use crate::infra::{Cx, Fault};

const NARROWER: &str = "Waktu yang disetujui hanya dapat lebih pendek daripada yang dicatat. Catat gangguan baru untuk waktu lain.";

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

/// Whether whoever asks is one of those who entered an entry or ended it: they do not approve it.
pub fn is_own(cx: &Cx<'_>, (entered_by, ended_by): (Option<UserId>, Option<UserId>)) -> bool {
    let me = cx.officer();
    me.is_some() && (me == entered_by || me == ended_by)
}

/// Decides on an entry. The times may only be narrowed. What was counted is counted anew, also of requests that are closed;
/// both times stay in the history.
///
/// # Errors
/// That it is their own entry, or that the times do not hold.
pub async fn decide(cx: &mut Cx<'_>, id: OutageId, said: Decision) -> Result<(), OutageError> {
    let row = load(cx, id, Permission::ApproveOutages).await?;
    if is_own(cx, (row.entered_by, row.ended_by)) {
        return Err(OutageError::Own);
    }
    if row.version != said.version {
        return Err(Fault::Stale.into());
    }
    let (step, approval) = if said.approved {
        (OutageStep::Approved, Approval::Approved)
    } else {
        (OutageStep::Refused, Approval::Refused)
    };
    let again = said.approved && row.approval == Approval::Refused;
    if again
        && row.ended_at.is_none()
        && let Some(same) = lasting(cx, row.kind, &row.scope).await?
    {
        return Err(OutageError::Already(same));
    }
    let mut sets = vec![
        (outage::Column::Approval, approval.word().into()),
        (outage::Column::DecidedBy, cx.officer().into()),
        (outage::Column::DecidedAt, cx.now().into()),
    ];
    if said.approved {
        let until = row.ended_at.and(said.until.or(row.ended_at));
        let wider = said.from < row.started_at || until > row.ended_at;
        if wider || said.from > until.unwrap_or(cx.now()) {
            return Err(OutageError::Invalid(NARROWER));
        }
        sets.extend([(outage::Column::StartedAt, said.from.into()), (outage::Column::EndedAt, until.into())]);
    }
    save(cx, &row, step, sets).await
}
