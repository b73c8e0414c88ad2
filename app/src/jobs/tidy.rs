//! Clears away counts and sessions that have run out.

use crate::{
    domain::accounts,
    infra::House,
    queue::{Handler, JobError, Ticket},
};

/// The kind of the job, and the name of its schedule.
pub const KIND: &str = "accounts.tidy";

/// Clears away what has run out.
pub struct Tidy(pub House);

#[async_trait::async_trait]
impl Handler for Tidy {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        accounts::tidy(&self.0).await?;
        Ok(())
    }
}
