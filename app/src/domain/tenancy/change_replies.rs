//! What Loket answers by itself in an office, chosen by its administrator.

use loket_core::kinds::ReplyMode;
use loket_entity::office;

use super::{
    change_office::change_office,
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::infra::{Actor, By, House, PlatformTx};

/// Changes what Loket answers by itself; only who administers the whole of the office may. What was written until now
/// stays as it was answered.
pub async fn change_replies(
    house: &House,
    office: &Office,
    actor: &Actor,
    mode: ReplyMode,
) -> Result<(), DirectoryError> {
    let standing = actor.administrator().ok_or(OfficeRefusal::NotAllowed)?;
    let tx = PlatformTx::write(house).await?;
    change_office(&tx, office.id, [(office::Column::Replies, mode.into())]).await?;
    let detail = serde_json::json!({ "old": office.replies, "new": mode });
    let by = By::Account(standing.user);
    tx.audit(by, "office.replies_changed", ("office", Some(office.id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}
