//! Every minute, in every office: requests whose time runs out are looked at.

use chrono::TimeDelta;

use crate::{
    domain::requests,
    infra::House,
    queue::{Handler, JobError, Schedule, Ticket},
};

/// Its schedule and its kind.
pub const WATCH: &str = "clocks.watch";

/// When it runs.
pub fn schedule() -> Schedule {
    Schedule { name: WATCH, every: TimeDelta::minutes(1) }
}

/// Runs [`WATCH`].
pub struct Watch(pub House);

#[async_trait::async_trait]
impl Handler for Watch {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in super::offices(&self.0).await? {
            super::noted(
                &office,
                "the clocks of an office could not be looked at",
                requests::watch(&self.0, &office).await,
            );
        }
        Ok(())
    }
}
