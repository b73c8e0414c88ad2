//! Conversations change hands when somebody leaves, or may no longer answer them.

use loket_core::{id::UserId, permission::Reach};
use loket_entity::conversation;
use sea_orm::{ColumnTrait, Condition, ExprTrait, Value, sea_query::Expr};

use super::sight::Sight;
use crate::infra::{Cx, Outcome};

/// How many conversations somebody is answering.
pub async fn in_hands_of(cx: &Cx<'_>, person: UserId) -> Outcome<u64> {
    cx.tx().find::<conversation::Entity>().filter(conversation::Column::AssignedTo.eq(person)).count().await
}

/// Gives the conversations that somebody no longer reaches to a colleague who may answer them, the rest to
/// everybody; says how many.
pub async fn hand_over(
    cx: &mut Cx<'_>,
    from: UserId,
    keeps: Reach,
    to: Option<(UserId, Reach)>,
) -> Outcome<u64> {
    let kept = match Sight::reaching(cx, (Some(from), keeps)).await? {
        Sight::Everything => return Ok(0),
        Sight::Numbers(ids) => ids,
    };
    let mut count = 0;
    let lost = Condition::all()
        .add(conversation::Column::AssignedTo.eq(from))
        .add(conversation::Column::NumberId.is_not_in(kept));
    if let Some((heir, reach)) = to {
        let sight = Sight::reaching(cx, (Some(heir), reach)).await?;
        let seen = sight.condition(conversation::Column::NumberId);
        count += give(cx, lost.clone().add(seen), heir.into()).await?;
    }
    count += give(cx, lost, Value::Uuid(None)).await?;
    Ok(count)
}

async fn give(cx: &Cx<'_>, which: Condition, to: Value) -> Outcome<u64> {
    cx.tx()
        .change::<conversation::Entity>(which)
        .set(conversation::Column::AssignedTo, to)
        .set(conversation::Column::AssignedAt, cx.now())
        .set_expr(conversation::Column::Version, Expr::col(conversation::Column::Version).add(1))
        .run()
        .await
}
