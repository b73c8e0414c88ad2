//! What happens here that others may act upon: jobs whose kind is the event's name, run by
//! `jobs::reactions`.

use loket_core::id::{ContactId, ConversationId};
use serde::{Deserialize, Serialize};

use crate::{
    infra::{Cx, Outcome},
    queue::NewJob,
};

/// A citizen wrote something that nobody has read in yet. At most one waits per conversation.
pub const MESSAGE_ARRIVED: &str = "whatsapp.message_arrived";

/// Two contacts turned out to be one person, and their conversations were joined.
pub const CONTACTS_MERGED: &str = "whatsapp.contacts_merged";

/// What [`MESSAGE_ARRIVED`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageArrived {
    /// Where.
    pub conversation_id: ConversationId,
}

/// What [`CONTACTS_MERGED`] carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactsMerged {
    /// The contact that has no address any more.
    pub from: ContactId,
    /// The one that has them now.
    pub into: ContactId,
    /// Conversations that were emptied, each with the one that has its messages now.
    pub conversations: Vec<(ConversationId, ConversationId)>,
}

/// Queues [`MESSAGE_ARRIVED`].
pub(super) async fn message_arrived(cx: &mut Cx<'_>, conversation_id: ConversationId) -> Outcome<()> {
    let job = NewJob::new(MESSAGE_ARRIVED, &MessageArrived { conversation_id })?
        .unique(format!("arrived:{conversation_id}"))
        .priority(4);
    cx.enqueue(job).await
}

/// Queues [`CONTACTS_MERGED`].
pub(super) async fn contacts_merged(cx: &mut Cx<'_>, event: &ContactsMerged) -> Outcome<()> {
    cx.enqueue(NewJob::new(CONTACTS_MERGED, event)?.priority(4)).await
}
