//! Who is answering: a soft lock that others see, respect, and may take over.

use loket_core::{id::ConversationId, permission::Permission};
use loket_entity::conversation;
use sea_orm::{ColumnTrait, Condition, Value};

use super::{error::ConversationError, sight};
use crate::infra::{Cx, Outcome};

/// Says that this officer is answering; from a colleague it is a takeover.
pub async fn claim(cx: &mut Cx<'_>, id: ConversationId) -> Result<(), ConversationError> {
    let row = sight::load(cx, id, Permission::HandleRequests).await?;
    let me = cx.officer().ok_or(ConversationError::NotAllowed)?;
    assign(cx, &row, me.into()).await?;
    cx.audit("conversation.claimed", ("conversation", Some(id.0)))?;
    Ok(())
}

/// Gives the conversation back to everybody.
pub async fn release(cx: &mut Cx<'_>, id: ConversationId) -> Result<(), ConversationError> {
    let row = sight::load(cx, id, Permission::HandleRequests).await?;
    assign(cx, &row, Value::Uuid(None)).await?;
    cx.audit("conversation.released", ("conversation", Some(id.0)))?;
    Ok(())
}

async fn assign(cx: &Cx<'_>, row: &conversation::Model, to: Value) -> Outcome<()> {
    let same = Condition::all()
        .add(conversation::Column::Id.eq(row.id))
        .add(conversation::Column::Version.eq(row.version));
    cx.tx()
        .change::<conversation::Entity>(same)
        .set(conversation::Column::AssignedTo, to)
        .set(conversation::Column::AssignedAt, cx.now())
        .set(conversation::Column::Version, row.version + 1)
        .run_one()
        .await
}
