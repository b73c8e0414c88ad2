//! Clears away counts, sessions, invitations and links that have run out, and lets the database learn what it holds.

use chrono::TimeDelta;

use loket_core::id::OfficeId;

use crate::{
    domain::{accounts, people, requests, tenancy},
    infra::{Cx, House, Outcome, PlatformTx, SystemReason},
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

impl Tidy {
    async fn offices(&self) -> Outcome<Vec<OfficeId>> {
        let tx = PlatformTx::read(&self.house).await?;
        Ok(tenancy::all_offices(&tx).await?.into_iter().map(|office| office.id).collect())
    }
}

#[async_trait::async_trait]
impl Handler for Tidy {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        accounts::tidy(&self.house).await?;
        people::tidy(&self.house).await?;
        for office in self.offices().await? {
            let cx = Cx::system(&self.house, office, SystemReason::Entry).await?;
            requests::forget_links(&cx).await?;
            cx.commit().await?;
        }
        self.house.databases.learn().await?;
        Ok(())
    }
}
