//! Every minute, in every office: requests whose time runs out are looked at.

use chrono::TimeDelta;

use crate::{
    domain::{requests, tenancy},
    infra::{House, PlatformTx},
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
        let offices = {
            let tx = PlatformTx::read(&self.0).await?;
            tenancy::all_offices(&tx).await?
        };
        for office in offices {
            // One office's trouble is not another's.
            if let Err(fault) = requests::watch(&self.0, &office).await {
                tracing::warn!(office = %office.id, fault = %fault, "the clocks of an office could not be looked at");
            }
        }
        Ok(())
    }
}
