//! Changing what stands in an office's own row.

use loket_core::id::OfficeId;
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter, Value, sea_query::Expr};

use crate::infra::{Fault, Outcome, PlatformTx};

/// Sets columns of an office's row, which has to be there.
pub(super) async fn change_office(
    tx: &PlatformTx<'_>,
    id: OfficeId,
    columns: impl IntoIterator<Item = (office::Column, Value)>,
) -> Outcome<()> {
    let begun = tx.change::<office::Entity>().filter(office::Column::Id.eq(id));
    let change = columns.into_iter().fold(begun, |all, (column, to)| all.col_expr(column, Expr::value(to)));
    if change.exec(tx.on()).await?.rows_affected == 1 {
        Ok(())
    } else {
        Err(Fault::Inconsistent("the office to be changed is not there"))
    }
}
