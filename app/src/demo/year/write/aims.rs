//! Within how long the demonstration's offices mean to answer; who set itself no time is not measured by one.

use super::ledger::Ledger;
use crate::{
    demo::{
        letter::admin,
        setup::{DescribedOffice, Trouble, trouble},
    },
    domain::tenancy,
    infra::House,
};

/// Minutes of their service hours, in the order of [`crate::demo::offices::OFFICES`].
const AIMS: [Option<i64>; 5] = [Some(60), Some(120), None, Some(240), None];

/// The one of an office.
pub(super) fn of(place: usize) -> Option<i64> {
    AIMS.get(place).copied().flatten()
}

/// Its administrator says so.
pub(super) async fn write(
    house: &House,
    ledger: &Ledger,
    described: &DescribedOffice,
) -> Result<(), Trouble> {
    let Some(minutes) = of(ledger.plan.place) else { return Ok(()) };
    let admin = admin(&described.accounts)?;
    let office = &ledger.office;
    tenancy::change_answer_minutes(house, office, &admin, Some(minutes)).await.map_err(trouble)
}
