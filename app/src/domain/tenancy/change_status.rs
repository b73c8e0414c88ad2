//! Setting an office to work, and suspending it.

use loket_core::{id::OfficeId, kinds::OfficeStatus};
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// Changes whether an office is at work. A suspended office keeps what comes in and lets nobody in.
pub async fn change_status(house: &House, by: By, office: OfficeId, to: OfficeStatus) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    let changed = tx
        .change::<office::Entity>()
        .col_expr(office::Column::Status, Expr::value(to.word()))
        .filter(office::Column::Id.eq(office))
        .exec(tx.on())
        .await?;
    if changed.rows_affected != 1 {
        return Err(Fault::Inconsistent("the office to be changed is not there"));
    }
    let detail = serde_json::json!({ "status": to });
    tx.audit(by, "office.status_changed", ("office", Some(office.0)), Some(&detail)).await?;
    tx.commit().await
}
