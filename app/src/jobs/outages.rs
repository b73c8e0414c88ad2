//! What follows from the ledger of outages: what everybody is told, the clocks that it touches, and letters to those who wait.

use super::office;
use crate::{
    domain::{
        outages::{self, Follow, Inform},
        requests,
    },
    infra::{Cx, House, SystemReason},
    queue::{Handler, JobError, Ticket},
};

/// The kind of [`FollowLedger`].
pub const FOLLOW: &str = outages::FOLLOW;
/// The kind of [`InformWaiting`].
pub const INFORM: &str = outages::INFORM;

/// Lets the office's row and its clocks follow a change of the ledger, a part of the requests at a time.
pub struct FollowLedger(pub House);

/// Tells whoever waits, a part of them at a time.
pub struct InformWaiting(pub House);

#[async_trait::async_trait]
impl Handler for FollowLedger {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let follow: Follow = ticket.payload()?;
        if follow.is_first() {
            outages::tell(&self.0, ticket.office).await?;
        }
        let mut cx = Cx::system(&self.0, ticket.office, SystemReason::Outages).await?;
        let Some(outage) = outages::held(&cx, follow.outage).await? else { return Ok(()) };
        let rest = requests::recount(&cx, &outage, follow).await?;
        outages::follows(&mut cx, (follow, rest)).await?;
        Ok(cx.commit().await?)
    }
}

#[async_trait::async_trait]
impl Handler for InformWaiting {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let inform: Inform = ticket.payload()?;
        let office = office(&self.0, ticket.office).await?;
        let mut cx = Cx::system(&self.0, ticket.office, SystemReason::Outages).await?;
        let Some(outage) = outages::held(&cx, inform.outage).await? else { return Ok(()) };
        if let Some(rest) = requests::tell_of_outage(&mut cx, (&office, &outage), inform).await? {
            outages::inform(&mut cx, rest).await?;
        }
        Ok(cx.commit().await?)
    }
}
