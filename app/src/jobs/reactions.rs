//! What one module's event makes another module do.

use super::office;
use crate::{
    domain::{
        requests,
        whatsapp::event::{ContactsMerged, MessageArrived},
    },
    infra::{Actor, Cx, House, SystemReason},
    queue::{Handler, JobError, Ticket},
};

/// A citizen wrote: intake reads the conversation.
pub struct ReadConversation(pub House);

#[async_trait::async_trait]
impl Handler for ReadConversation {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let MessageArrived { conversation_id } = ticket.payload()?;
        let office = office(&self.0, ticket.office).await?;
        let actor = Actor::System(SystemReason::Ingest);
        let mut cx = Cx::write(&self.0, ticket.office, actor).await?;
        if requests::read_conversation(&mut cx, &office, conversation_id).await? {
            cx.commit().await?;
        }
        Ok(())
    }
}

/// Two contacts turned out to be one person: their requests follow.
pub struct FollowMerge(pub House);

#[async_trait::async_trait]
impl Handler for FollowMerge {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let ContactsMerged { from, into, conversations } = ticket.payload()?;
        let mut cx = Cx::write(&self.0, ticket.office, Actor::System(SystemReason::Ingest)).await?;
        requests::follow_merge(&mut cx, (from, into), &conversations).await?;
        Ok(cx.commit().await?)
    }
}
