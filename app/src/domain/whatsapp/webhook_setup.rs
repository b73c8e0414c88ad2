//! What Meta is told of an office: where its bodies go and what answers the handshake; and the secret that signs them.
//!
//! The door looks an app up again after five seconds, so a secret that was replaced is dead by then.

use std::fmt;

use loket_core::id::{AppId, OfficeId};
use loket_entity::wa_app;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use zeroize::Zeroizing;

use super::{
    administer::administrator,
    number_rules::{self, NumberError},
    places,
    setup::{NewApp, add_app},
};
use crate::infra::{Actor, House, Outcome, PlatformTx};

/// What is pasted at Meta.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookView {
    /// The last part of the webhook's path.
    pub path_key: String,
    /// What answers the handshake.
    pub verify_token: String,
}

impl fmt::Debug for WebhookView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookView(…)")
    }
}

/// What an administrator pastes at Meta; nothing before the app's secret was saved.
///
/// # Errors
/// [`NumberError::NotAllowed`] for everybody else.
pub async fn webhook(
    house: &House,
    (office, actor): (OfficeId, &Actor),
) -> Result<Option<WebhookView>, NumberError> {
    administrator(actor)?;
    let tx = PlatformTx::read(house).await?;
    let Some(row) = first_app(&tx, office).await? else { return Ok(None) };
    drop(tx);
    let keys = house.keys(office).await?;
    let verify_token = keys.open(&row.verify_token, places::VERIFY_TOKEN.of(row.id.0))?;
    Ok(Some(WebhookView { path_key: row.path_key, verify_token }))
}

/// Whether Meta's bodies can be let in: the secret that signs them was saved.
pub async fn hears(house: &House, office: OfficeId) -> Outcome<bool> {
    let tx = PlatformTx::read(house).await?;
    Ok(first_app(&tx, office).await?.is_some())
}

/// Saves the secret of the office's app at Meta in place of the one before, which is refused from then on.
pub async fn save_app_secret(
    house: &House,
    (office, actor): (OfficeId, &Actor),
    written: &str,
) -> Result<(), NumberError> {
    let by = administrator(actor)?;
    let secret = Zeroizing::new(number_rules::app_secret(written)?.to_owned());
    let mut tx = PlatformTx::write(house).await?;
    let (id, action) = match first_app(&tx, office).await? {
        Some(row) => {
            replace(&tx, &row, &secret).await?;
            (row.id, "app.secret_replaced")
        }
        None => {
            let verify_token = hex::encode(house.ids.secret());
            let new = NewApp { app_secret: secret.to_string(), verify_token };
            (add_app(&mut tx, office, &new).await?.id, "app.added")
        }
    };
    let detail = serde_json::json!({ "office": office });
    tx.audit(by, action, ("app", Some(id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}

async fn replace(tx: &PlatformTx<'_>, row: &wa_app::Model, secret: &Zeroizing<String>) -> Outcome<()> {
    let keys = tx.house().keys(row.office_id).await?;
    let id: AppId = row.id;
    let sealed = keys.seal::<String>(secret, places::APP_SECRET.of(id.0))?;
    tx.change::<wa_app::Entity>()
        .col_expr(wa_app::Column::AppSecret, Expr::value(sealed))
        .col_expr(wa_app::Column::OldAppSecret, Expr::value(Option::<Vec<u8>>::None))
        .filter(wa_app::Column::Id.eq(id))
        .filter(wa_app::Column::OfficeId.eq(row.office_id))
        .exec(tx.on())
        .await?;
    Ok(())
}

async fn first_app(tx: &PlatformTx<'_>, office: OfficeId) -> Outcome<Option<wa_app::Model>> {
    let theirs = tx.find::<wa_app::Entity>().filter(wa_app::Column::OfficeId.eq(office));
    Ok(theirs.order_by_asc(wa_app::Column::CreatedAt).one(tx.on()).await?)
}
