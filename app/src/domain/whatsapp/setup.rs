//! The rows of a set-up: Meta's app with its webhook path, the route of a number, and the number itself.

use std::fmt;

use loket_core::id::{AppId, NumberId, OfficeId};
use loket_entity::{wa_app, wa_number, wa_route};
use sea_orm::ActiveValue::Set;

use super::{
    binding,
    content::{DISPLAY, TOKEN},
    number_rules::NumberEntry,
    places, store,
};
use crate::infra::{Cx, Outcome, PlatformTx};

/// Meta's app of an office.
#[derive(Clone)]
pub struct NewApp {
    /// Signs the bodies.
    pub app_secret: String,
    /// Answers the handshake.
    pub verify_token: String,
}

impl fmt::Debug for NewApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewApp(…)")
    }
}

/// An app that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedApp {
    /// The app.
    pub id: AppId,
    /// The last part of its webhook path: `/webhook/whatsapp/{path_key}`.
    pub path_key: String,
}

/// Enters an office's app. Its secrets are sealed with the office's key, its path cannot be guessed.
pub async fn add_app(tx: &mut PlatformTx<'_>, office: OfficeId, new: &NewApp) -> Outcome<AddedApp> {
    let keys = tx.house().keys(office).await?;
    let id: AppId = tx.new_id();
    let secret = tx.house().ids.secret();
    let path_key = hex::encode(secret.get(16..).unwrap_or_default());
    let row = wa_app::ActiveModel {
        id: Set(id),
        office_id: Set(office),
        path_key: Set(path_key.clone()),
        app_secret: Set(keys.seal(&new.app_secret, places::APP_SECRET.of(id.0))?),
        old_app_secret: Set(None),
        verify_token: Set(keys.seal(&new.verify_token, places::VERIFY_TOKEN.of(id.0))?),
        created_at: Set(tx.now()),
    };
    store::add_app(tx.on(), row).await?;
    Ok(AddedApp { id, path_key })
}

/// Enters which office a number belongs to, unless one has it; returns the route that holds.
pub(super) async fn route_number(
    tx: &mut PlatformTx<'_>,
    phone_number_id: &str,
    (office, number): (OfficeId, NumberId),
) -> Outcome<wa_route::Model> {
    let row = wa_route::ActiveModel {
        phone_number_id: Set(phone_number_id.to_owned()),
        office_id: Set(office),
        number_id: Set(number),
    };
    store::route(tx.on(), row).await
}

/// Enters a number into its office under the id of its route.
pub(super) async fn insert_number(cx: &mut Cx<'_>, id: NumberId, new: &NumberEntry) -> Outcome<()> {
    let row = wa_number::ActiveModel {
        id: Set(id),
        phone_number_id: Set(new.phone_number_id.clone()),
        waba_id: Set(new.waba_id.clone()),
        label: Set(new.label.clone()),
        display: Set(cx.seal(&new.display, DISPLAY.of(id.0))?),
        token: Set(cx.seal(&new.token, TOKEN.of(id.0))?),
        has_token: Set(!new.token.is_empty()),
        last_inbound_at: Set(None),
        active: Set(true),
        ..Default::default()
    };
    cx.tx().insert::<wa_number::Entity>(row).await?;
    binding::bind(cx, id, &new.bound).await?;
    cx.audit("number.added", ("number", Some(id.0)))
}
