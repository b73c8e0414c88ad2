//! Gives a new office what every office begins with.

use crate::{
    domain::onboarding::{self, Preparation},
    infra::House,
    queue::{Handler, JobError, Ticket},
};

/// Its kind.
pub const PREPARE: &str = onboarding::PREPARE;

/// Runs [`PREPARE`].
pub struct Prepare(pub House);

#[async_trait::async_trait]
impl Handler for Prepare {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let preparation: Preparation = ticket.payload()?;
        Ok(onboarding::prepare(&self.0, preparation).await?)
    }
}
