//! What Loket answers by itself in an office, chosen by its administrator.

use loket_core::{
    kinds::ReplyMode,
    permission::{Permission, Reach},
};
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::infra::{Actor, By, Fault, House, PlatformTx};

/// Changes what Loket answers by itself; only who administers the whole of the office may. What was written until now
/// stays as it was answered.
pub async fn change_replies(
    house: &House,
    office: &Office,
    actor: &Actor,
    mode: ReplyMode,
) -> Result<(), DirectoryError> {
    let Actor::Officer(standing) = actor else { return Err(OfficeRefusal::NotAllowed.into()) };
    if standing.reach(Permission::ConfigureOffice) != Reach::Everything {
        return Err(OfficeRefusal::NotAllowed.into());
    }
    let tx = PlatformTx::write(house).await?;
    let changed = tx
        .change::<office::Entity>()
        .col_expr(office::Column::Replies, Expr::value(mode.word()))
        .filter(office::Column::Id.eq(office.id))
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    if changed.rows_affected != 1 {
        return Err(Fault::Inconsistent("the office to be changed is not there").into());
    }
    let detail = serde_json::json!({ "old": office.replies, "new": mode });
    let by = By::Account(standing.user);
    tx.audit(by, "office.replies_changed", ("office", Some(office.id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}
