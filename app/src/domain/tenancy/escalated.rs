//! Until when those in charge of an office were told of what runs out.

use loket_core::{clock::Instant, id::OfficeId};
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use crate::infra::{Fault, Outcome, PlatformTx};

/// Until when they were told; nothing where they never were.
pub async fn escalated_until(tx: &PlatformTx<'_>, id: OfficeId) -> Outcome<Option<Instant>> {
    let found = tx.find::<office::Entity>().filter(office::Column::Id.eq(id)).one(tx.on()).await?;
    Ok(found.ok_or(Fault::Inconsistent("the office whose clocks are told"))?.escalated_at)
}

/// Notes that they are told until a moment; says whether nobody else has noted anything since it was read.
pub async fn note_escalated(
    tx: &PlatformTx<'_>,
    id: OfficeId,
    (since, until): (Option<Instant>, Instant),
) -> Outcome<bool> {
    let column = office::Column::EscalatedAt;
    let unchanged = match since {
        Some(since) => column.eq(since),
        None => column.is_null(),
    };
    let change = tx.change::<office::Entity>().filter(office::Column::Id.eq(id)).filter(unchanged);
    Ok(change.col_expr(column, Expr::value(until)).exec(tx.on()).await?.rows_affected == 1)
}
