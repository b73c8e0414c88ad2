//! Makes an office's own rows follow who belongs to it.

use crate::{
    domain::people::{self, Settlement},
    infra::House,
    queue::{Handler, JobError, Ticket},
};

/// Its kind.
pub const SETTLE: &str = people::SETTLE;

/// Runs [`SETTLE`].
pub struct Settle(pub House);

#[async_trait::async_trait]
impl Handler for Settle {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let settlement: Settlement = ticket.payload()?;
        Ok(people::settle(&self.0, &settlement).await?)
    }
}
