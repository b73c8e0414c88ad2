//! Whether somebody may see a conversation, for use cases of other modules that begin with one.

use loket_core::{id::ConversationId, permission::Permission};

use super::{error::ConversationError, sight};
use crate::infra::Cx;

/// Refuses a conversation that is not there, or not for this person: the two look the same.
pub async fn check_sight(cx: &Cx<'_>, id: ConversationId) -> Result<(), ConversationError> {
    sight::load(cx, id, Permission::ReadRequests).await.map(drop)
}
