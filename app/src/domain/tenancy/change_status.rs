//! Setting an office to work, and suspending it.

use loket_core::{id::OfficeId, kinds::OfficeStatus};
use loket_entity::office;

use super::change_office::change_office;
use crate::infra::{By, House, Outcome, PlatformTx};

/// Changes whether an office is at work. A suspended office keeps what comes in and lets nobody in.
pub async fn change_status(house: &House, by: By, office: OfficeId, to: OfficeStatus) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    change_office(&tx, office, [(office::Column::Status, to.into())]).await?;
    let detail = serde_json::json!({ "status": to });
    tx.audit(by, "office.status_changed", ("office", Some(office.0)), Some(&detail)).await?;
    tx.commit().await
}
