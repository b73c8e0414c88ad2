//! How long what offices print with lasts, foretold every few minutes where something has changed.

use chrono::TimeDelta;

use crate::{
    domain::stock,
    infra::House,
    queue::{Handler, JobError, Schedule, Ticket},
};

/// Its schedule and its kind.
pub const LOOK: &str = "stock.look";

/// When it runs.
pub fn schedule() -> Schedule {
    Schedule { name: LOOK, every: TimeDelta::minutes(10) }
}

/// Runs [`LOOK`].
pub struct Look(pub House);

#[async_trait::async_trait]
impl Handler for Look {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in super::offices(&self.0).await? {
            super::noted(
                &office,
                "the stock of an office could not be looked at",
                stock::look(&self.0, &office).await,
            );
        }
        Ok(())
    }
}
