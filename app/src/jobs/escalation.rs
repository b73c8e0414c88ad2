//! Every hour, in every office that works: those in charge are told of what runs out.

use chrono::TimeDelta;

use crate::{
    domain::escalation,
    infra::House,
    queue::{Handler, JobError, Schedule, Ticket},
};

/// Its schedule and its kind.
pub const ESCALATE: &str = "clocks.escalate";

/// When it runs.
pub fn schedule() -> Schedule {
    Schedule { name: ESCALATE, every: TimeDelta::hours(1) }
}

/// Runs [`ESCALATE`].
pub struct Escalate(pub House);

#[async_trait::async_trait]
impl Handler for Escalate {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in super::offices(&self.0).await? {
            super::noted(
                &office,
                "those in charge of an office could not be told of its clocks",
                escalation::escalate(&self.0, &office).await,
            );
        }
        Ok(())
    }
}
