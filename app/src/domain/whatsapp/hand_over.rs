//! Conversations change hands when somebody leaves.

use loket_core::{id::UserId, permission::Reach};
use loket_entity::conversation;
use sea_orm::{ColumnTrait, Condition, ExprTrait, Value, sea_query::Expr};

use super::sight::Sight;
use crate::infra::{Cx, Outcome};

/// How many conversations somebody is answering.
pub async fn in_hands_of(cx: &Cx<'_>, person: UserId) -> Outcome<u64> {
    cx.tx().find::<conversation::Entity>().filter(conversation::Column::AssignedTo.eq(person)).count().await
}

/// Gives somebody's conversations to a colleague who may answer them, the rest to everybody; says how many.
pub async fn hand_over(cx: &mut Cx<'_>, from: UserId, to: Option<(UserId, Reach)>) -> Outcome<u64> {
    let mut count = 0;
    if let Some((heir, reach)) = to {
        let sight = Sight::reaching(cx, (Some(heir), reach)).await?;
        let seen = sight.condition(conversation::Column::NumberId);
        count +=
            give(cx, Condition::all().add(conversation::Column::AssignedTo.eq(from)).add(seen), heir.into())
                .await?;
    }
    let rest = Condition::all().add(conversation::Column::AssignedTo.eq(from));
    count += give(cx, rest, Value::Uuid(None)).await?;
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
