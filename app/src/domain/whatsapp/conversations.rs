//! The rows of conversations: one per contact and number, found or begun, and touched by what is said.

use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId, NumberId, UserId},
};
use loket_entity::conversation;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use crate::infra::{Cx, Outcome, ScopedSql};

/// When a conversation whose messages went to another last said something: lists leave it out.
pub(super) const NEVER: Instant = Instant::UNIX_EPOCH;

/// What a citizen's message does to its conversation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    pub(super) at: Instant,
    pub(super) opens_window: bool,
    pub(super) asks_for_answer: bool,
}

pub(super) async fn by_id(cx: &Cx<'_>, id: ConversationId) -> Outcome<Option<conversation::Model>> {
    cx.tx().find::<conversation::Entity>().filter(conversation::Column::Id.eq(id)).one().await
}

pub(super) async fn of(
    cx: &Cx<'_>,
    (contact, number): (ContactId, NumberId),
) -> Outcome<Option<conversation::Model>> {
    let theirs = Condition::all()
        .add(conversation::Column::ContactId.eq(contact))
        .add(conversation::Column::NumberId.eq(number));
    cx.tx().find::<conversation::Entity>().filter(theirs).one().await
}

/// The conversation of a contact with a number; the unique key decides who begins it.
pub(super) async fn find_or_create(
    cx: &Cx<'_>,
    (contact, number): (ContactId, NumberId),
    at: Instant,
) -> Outcome<ConversationId> {
    if let Some(row) = of(cx, (contact, number)).await? {
        return Ok(row.id);
    }
    let id: ConversationId = cx.new_id();
    let row = conversation::ActiveModel {
        id: Set(id),
        contact_id: Set(contact),
        number_id: Set(number),
        assigned_to: Set(None),
        assigned_at: Set(None),
        last_inbound_at: Set(None),
        unanswered_since: Set(None),
        last_message_at: Set(at),
        version: Set(0),
        ..Default::default()
    };
    if cx.tx().insert_once::<conversation::Entity>(row).await? {
        return Ok(id);
    }
    let begun = of(cx, (contact, number)).await?;
    begun.map(|row| row.id).ok_or(crate::infra::Fault::Inconsistent("a conversation just begun"))
}

/// The citizen wrote. One statement, so that messages read side by side cannot undo each other.
pub(super) async fn heard(cx: &Cx<'_>, id: ConversationId, heard: Heard) -> Outcome<()> {
    let at = heard.at;
    let opened = heard.opens_window.then_some(at);
    let asked = heard.asks_for_answer.then_some(at);
    let sql = ScopedSql::new(
        "UPDATE conversation SET version = version + 1, \
         last_message_at = CASE WHEN last_message_at < ? THEN ? ELSE last_message_at END, \
         last_inbound_at = CASE WHEN last_inbound_at IS NULL OR last_inbound_at < ? \
         THEN COALESCE(?, last_inbound_at) ELSE last_inbound_at END, \
         unanswered_since = CASE WHEN unanswered_since IS NULL OR unanswered_since > ? \
         THEN COALESCE(?, unanswered_since) ELSE unanswered_since END \
         WHERE tenant_id = :tenant AND id = ?",
        vec![at.into(), at.into(), at.into(), opened.into(), at.into(), asked.into(), id.into()],
    )?;
    cx.tx().execute::<conversation::Entity>(sql).await.map(|_| ())
}

/// The office wrote. An officer's words answer whatever waited, and make them the one who answers;
/// Loket's own do neither.
pub(super) async fn spoke(
    cx: &Cx<'_>,
    id: ConversationId,
    (at, officer): (Instant, Option<UserId>),
) -> Outcome<()> {
    let text = "UPDATE conversation SET version = version + 1, \
                last_message_at = CASE WHEN last_message_at < ? THEN ? ELSE last_message_at END \
                WHERE tenant_id = :tenant AND id = ?";
    cx.tx()
        .execute::<conversation::Entity>(ScopedSql::new(text, vec![at.into(), at.into(), id.into()])?)
        .await?;
    let Some(officer) = officer else { return Ok(()) };
    cx.tx()
        .change::<conversation::Entity>(conversation::Column::Id.eq(id))
        .set(conversation::Column::UnansweredSince, Option::<Instant>::None)
        .set(conversation::Column::Hint, Option::<String>::None)
        .set(conversation::Column::AssignedTo, officer)
        .set(conversation::Column::AssignedAt, cx.now())
        .run_one()
        .await
}

/// The longest hint that is kept, in characters.
const LONGEST_HINT: usize = 200;

/// Says what the messages that wait seem to be about, or that this is known no longer. Never a citizen's own words:
/// names of services and of questions only.
pub async fn hint(cx: &Cx<'_>, id: ConversationId, hint: Option<&str>) -> Outcome<()> {
    let hint = hint.map(|hint| hint.chars().take(LONGEST_HINT).collect::<String>());
    cx.tx()
        .change::<conversation::Entity>(conversation::Column::Id.eq(id))
        .set(conversation::Column::Hint, hint)
        .run_one()
        .await
}

/// Something on the screen changed: who watches the conversation looks again.
pub(super) async fn touch(cx: &Cx<'_>, id: ConversationId) -> Outcome<()> {
    let text = "UPDATE conversation SET version = version + 1 WHERE tenant_id = :tenant AND id = ?";
    cx.tx().execute::<conversation::Entity>(ScopedSql::new(text, vec![id.into()])?).await.map(|_| ())
}
