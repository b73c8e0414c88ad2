//! Counts the facts of every office, every few minutes.

use chrono::TimeDelta;

use crate::{
    domain::kpi,
    infra::House,
    queue::{Handler, JobError, Schedule, Ticket},
};

/// The kind of the job, and the name of its schedule.
pub const ROLLUP: &str = "kpi.rollup";

/// When it runs: a province's board is at most this old.
pub fn schedule() -> Schedule {
    Schedule { name: ROLLUP, every: TimeDelta::minutes(5) }
}

/// Counts the days that are over, the days whose facts are no longer so, and today for the provinces.
pub struct Rollup {
    /// Where.
    pub house: House,
}

#[async_trait::async_trait]
impl Handler for Rollup {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in super::offices(&self.house).await? {
            super::noted(
                &office,
                "the facts of an office could not be counted",
                kpi::rollup(&self.house, &office).await,
            );
        }
        Ok(())
    }
}
