//! Every quarter of an hour, in every office: whoever has not collected what lies ready is reminded, and whoever has an
//! appointment tomorrow; whoever should know of what was sent is told.

use chrono::TimeDelta;

use crate::{
    domain::requests,
    infra::House,
    queue::{Handler, JobError, Schedule, Ticket},
};

/// Its schedule and its kind.
pub const REMIND: &str = "pickup.remind";

/// When it runs.
pub fn schedule() -> Schedule {
    Schedule { name: REMIND, every: TimeDelta::minutes(15) }
}

/// Runs [`REMIND`].
pub struct Remind(pub House);

#[async_trait::async_trait]
impl Handler for Remind {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in super::offices(&self.0).await? {
            super::noted(
                &office,
                "citizens of an office could not be reminded of what lies ready",
                requests::remind_collecting(&self.0, &office).await,
            );
            super::noted(
                &office,
                "citizens of an office could not be reminded of their appointments",
                requests::remind_appointments(&self.0, &office).await,
            );
            super::noted(
                &office,
                "citizens of an office could not be told of what was sent",
                requests::tell_consignments(&self.0, &office).await,
            );
        }
        Ok(())
    }
}
