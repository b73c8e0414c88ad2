//! Lets the published standard of a service take effect on its day.

use crate::{
    domain::catalogue::{self, TakingEffect},
    infra::House,
    queue::{Handler, JobError, Ticket},
};

/// Its kind.
pub const TAKES_EFFECT: &str = catalogue::TAKES_EFFECT;

/// Runs [`TAKES_EFFECT`].
pub struct TakeEffect(pub House);

#[async_trait::async_trait]
impl Handler for TakeEffect {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let taking: TakingEffect = ticket.payload()?;
        Ok(catalogue::take_effect(&self.0, ticket.office, taking).await?)
    }
}
