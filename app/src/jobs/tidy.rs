//! Clears away counts, sessions and invitations that have run out, and lets the database learn what it holds.

use chrono::TimeDelta;

use crate::{
    domain::{accounts, people},
    infra::House,
    queue::{Handler, JobError, Schedule, Ticket},
};

/// The kind of the job, and the name of its schedule.
pub const TIDY: &str = "accounts.tidy";

/// When it runs.
pub fn schedule() -> Schedule {
    Schedule { name: TIDY, every: TimeDelta::hours(1) }
}

/// Clears away what has run out.
pub struct Tidy {
    /// Where.
    pub house: House,
}

#[async_trait::async_trait]
impl Handler for Tidy {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        accounts::tidy(&self.house).await?;
        people::tidy(&self.house).await?;
        self.house.databases.learn().await?;
        Ok(())
    }
}
