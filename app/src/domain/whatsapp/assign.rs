//! Who is answering: a soft lock that others see, respect, and may take over.

use loket_core::{
    clock::Instant,
    id::{ConversationId, UserId},
    permission::Permission,
};
use loket_entity::conversation;
use sea_orm::{ColumnTrait, Condition, Value};

use super::{conversations, error::ConversationError, sight::Sight};
use crate::infra::{Cx, Outcome};

/// Takes a conversation. `takeover` takes it even from somebody who is answering it.
///
/// # Errors
/// [`ConversationError::Held`] with who is answering, unless it is taken over.
pub async fn claim_conversation(
    cx: &mut Cx<'_>,
    id: ConversationId,
    takeover: bool,
) -> Result<(), ConversationError> {
    let row = answerable(cx, id).await?;
    let me = cx.officer().ok_or(ConversationError::NotAllowed)?;
    match row.assigned_to {
        Some(holder) if holder == me => return already(cx, id),
        Some(by) if !takeover => return Err(ConversationError::Held { by, since: row.assigned_at }),
        _ => {}
    }
    assign(cx, &row, Some(me)).await?;
    let action = if row.assigned_to.is_some() { "conversation.taken_over" } else { "conversation.taken" };
    cx.audit(action, ("conversation", Some(id.0)))?;
    Ok(())
}

/// Gives a conversation back.
///
/// # Errors
/// [`ConversationError::Held`] when somebody else is answering it.
pub async fn release_conversation(cx: &mut Cx<'_>, id: ConversationId) -> Result<(), ConversationError> {
    let row = answerable(cx, id).await?;
    let me = cx.officer().ok_or(ConversationError::NotAllowed)?;
    match row.assigned_to {
        Some(by) if by != me => return Err(ConversationError::Held { by, since: row.assigned_at }),
        Some(_) => assign(cx, &row, None).await?,
        None => {}
    }
    cx.audit("conversation.released", ("conversation", Some(id.0)))?;
    Ok(())
}

/// Taking twice changes nothing, and is recorded since the operation writes.
fn already(cx: &mut Cx<'_>, id: ConversationId) -> Result<(), ConversationError> {
    Ok(cx.audit("conversation.taken", ("conversation", Some(id.0)))?)
}

async fn answerable(cx: &Cx<'_>, id: ConversationId) -> Result<conversation::Model, ConversationError> {
    let row = conversations::by_id(cx, id).await?.ok_or(ConversationError::NotFound)?;
    if !Sight::of(cx, Permission::ReadRequests).await?.covers(row.number_id) {
        return Err(ConversationError::NotFound);
    }
    if !Sight::of(cx, Permission::HandleRequests).await?.covers(row.number_id) {
        return Err(ConversationError::NotAllowed);
    }
    Ok(row)
}

async fn assign(cx: &Cx<'_>, row: &conversation::Model, officer: Option<UserId>) -> Outcome<()> {
    let unchanged = Condition::all()
        .add(conversation::Column::Id.eq(row.id))
        .add(match row.assigned_to {
            Some(holder) => conversation::Column::AssignedTo.eq(holder),
            None => conversation::Column::AssignedTo.is_null(),
        });
    cx.tx()
        .change::<conversation::Entity>(unchanged)
        .set(conversation::Column::AssignedTo, officer.map_or(Value::Uuid(None), Value::from))
        .set(conversation::Column::AssignedAt, officer.map(|_| cx.now()) as Option<Instant>)
        .run_one()
        .await?;
    conversations::touch(cx, row.id).await
}
