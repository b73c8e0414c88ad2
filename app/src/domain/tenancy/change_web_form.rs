//! Whether citizens may hand in requests by the public form, chosen by an office's administrator.

use loket_entity::office;

use super::{
    change_office::change_office,
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::infra::{Actor, By, House, PlatformTx};

/// Opens or closes the public form; only who administers the whole of the office may.
pub async fn change_web_form(
    house: &House,
    office: &Office,
    actor: &Actor,
    open: bool,
) -> Result<(), DirectoryError> {
    let standing = actor.administrator().ok_or(OfficeRefusal::NotAllowed)?;
    let tx = PlatformTx::write(house).await?;
    change_office(&tx, office.id, [(office::Column::WebForm, open.into())]).await?;
    let detail = serde_json::json!({ "old": office.web_form, "new": open });
    let by = By::Account(standing.user);
    tx.audit(by, "office.web_form_changed", ("office", Some(office.id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}
