//! Tells citizens the hours that the office's timetable says, on the days on which they change.

use super::office;
use crate::{
    domain::calendars::{self, TakingEffect},
    infra::House,
    queue::{Handler, JobError, Ticket},
};

/// Its kind.
pub const TAKES_EFFECT: &str = calendars::TAKES_EFFECT;

/// Runs [`TAKES_EFFECT`].
pub struct TakeEffect(pub House);

#[async_trait::async_trait]
impl Handler for TakeEffect {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let taking: TakingEffect = ticket.payload()?;
        let office = office(&self.0, ticket.office).await?;
        Ok(calendars::take_effect(&self.0, &office, taking).await?)
    }
}
