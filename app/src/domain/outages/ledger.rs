//! The ledger as clocks read it.

use loket_core::{
    clock::Instant,
    outage::Approval,
    permission::{Scope, Whereabouts},
    request::{Cause, Standstill},
};
use loket_entity::outage;
use sea_orm::{ColumnTrait, Condition};

use super::store;
use crate::infra::{Cx, Fault, Outcome};

/// More entries than an office has in the longest life of a request.
const MOST: u64 = 10_000;

/// The entries that may have stopped a clock.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Vec<(Scope, Standstill)>);

impl Ledger {
    /// When the clock of a request stood still for them.
    pub fn standing<'l>(&'l self, row: Whereabouts<'l>) -> impl Iterator<Item = Standstill> + 'l {
        self.0.iter().filter(move |(scope, _)| scope.covers(row)).map(|(_, stood)| *stood)
    }
}

/// The entries that ended after a moment, or last.
pub async fn ledger(cx: &Cx<'_>, since: Instant) -> Outcome<Ledger> {
    let later =
        Condition::any().add(outage::Column::EndedAt.is_null()).add(outage::Column::EndedAt.gt(since));
    let rows = cx
        .tx()
        .find::<outage::Entity>()
        .filter(later)
        .filter(outage::Column::Approval.ne(Approval::Refused))
        .ascending(outage::Column::StartedAt)
        .up_to(MOST + 1)
        .await?;
    if rows.len() as u64 > MOST {
        return Err(Fault::TooMuch("outages"));
    }
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(pause) = store::times(&row).pause() {
            let cause = match row.approval {
                Approval::Approved => Cause::Outage(row.kind),
                Approval::Waiting | Approval::Refused => Cause::Unapproved(row.kind),
            };
            all.push((store::scope(&row)?, Standstill { pause, cause }));
        }
    }
    Ok(Ledger(all))
}
