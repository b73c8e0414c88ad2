//! Entering a province.

use loket_entity::province;
use sea_orm::ActiveValue::Set;

use super::office::Province;
use crate::infra::{By, House, Outcome, PlatformTx};

/// Enters a province unless its code is there; says whether it was entered.
pub async fn add_province(house: &House, new: Province) -> Outcome<bool> {
    let tx = PlatformTx::write(house).await?;
    let entered = add_province_in(&tx, By::System, new).await?;
    tx.commit().await?;
    Ok(entered)
}

/// The same within the caller's transaction.
pub async fn add_province_in(tx: &PlatformTx<'_>, by: By, new: Province) -> Outcome<bool> {
    let row = province::ActiveModel { code: Set(new.code), name: Set(new.name), zone: Set(new.zone) };
    let entered = tx.insert_once::<province::Entity>(row).await?;
    if entered {
        tx.audit(by, "province.added", ("province", None), None).await?;
    }
    Ok(entered)
}
