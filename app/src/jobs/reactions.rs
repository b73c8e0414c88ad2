//! What one module's event makes another module do.

use loket_core::id::ConversationId;
use serde::Deserialize;

use crate::{
    domain::{requests, tenancy},
    infra::{Actor, Cx, House, PlatformTx, SystemReason},
    queue::{Handler, JobError, Ticket},
};

#[derive(Deserialize)]
struct MessageArrived {
    conversation_id: ConversationId,
}

/// A citizen wrote: intake reads the conversation.
pub struct ReadConversation(pub House);

#[async_trait::async_trait]
impl Handler for ReadConversation {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let MessageArrived { conversation_id } = ticket.payload()?;
        let tx = PlatformTx::read(&self.0).await?;
        let office =
            tenancy::office_by_id(&tx, ticket.office).await?.ok_or(JobError::Park("unknown office"))?;
        drop(tx);
        let actor = Actor::System(SystemReason::Ingest);
        let mut cx = Cx::write(&self.0, ticket.office, actor).await?;
        if requests::read_conversation(&mut cx, &office, conversation_id).await? {
            cx.commit().await?;
        }
        Ok(())
    }
}
