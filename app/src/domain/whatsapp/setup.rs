//! Setting up: Meta's app with its webhook path, and the numbers of an office.

use std::fmt;

use loket_core::id::{AppId, NumberId, OfficeId, ServiceId};
use loket_entity::{wa_app, wa_number, wa_number_service, wa_route};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::{
    content::{DISPLAY, TOKEN},
    places, store,
};
use crate::infra::{Actor, Cx, Fault, House, Outcome, PlatformTx};

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

/// A number of an office.
#[derive(Clone)]
pub struct NewNumber {
    /// Meta's id of it.
    pub phone_number_id: String,
    /// The business account it is in.
    pub waba_id: String,
    /// What the office calls it.
    pub label: String,
    /// The number as people dial it.
    pub display: String,
    /// The system user's token.
    pub token: String,
    /// What it is meant for; every service when empty.
    pub services: Vec<ServiceId>,
}

impl fmt::Debug for NewNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewNumber").field("phone_number_id", &self.phone_number_id).finish_non_exhaustive()
    }
}

/// Why a number was not connected.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// Another office has it.
    #[error("Nomor ini sudah terhubung ke kantor lain.")]
    Taken,
    /// This office has it already.
    #[error("Nomor ini sudah terhubung.")]
    Known,
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
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
pub async fn route_number(
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
pub async fn add_number(cx: &mut Cx<'_>, id: NumberId, new: &NewNumber) -> Outcome<()> {
    let row = wa_number::ActiveModel {
        id: Set(id),
        phone_number_id: Set(new.phone_number_id.clone()),
        waba_id: Set(new.waba_id.clone()),
        label: Set(new.label.clone()),
        display: Set(cx.seal(&new.display, DISPLAY.of(id.0))?),
        token: Set(cx.seal(&new.token, TOKEN.of(id.0))?),
        last_inbound_at: Set(None),
        active: Set(true),
        ..Default::default()
    };
    cx.tx().insert::<wa_number::Entity>(row).await?;
    bind_services(cx, id, &new.services).await?;
    cx.audit("number.added", ("number", Some(id.0)))
}

/// Says what a number is meant for, in place of what was said before.
pub async fn bind_services(cx: &mut Cx<'_>, number: NumberId, services: &[ServiceId]) -> Outcome<()> {
    cx.tx().delete::<wa_number_service::Entity>(wa_number_service::Column::NumberId.eq(number)).await?;
    let bindings = services.iter().map(|service| wa_number_service::ActiveModel {
        id: Set(cx.new_id()),
        number_id: Set(number),
        service_id: Set(*service),
        ..Default::default()
    });
    cx.tx().insert_all::<wa_number_service::Entity>(bindings.collect()).await?;
    cx.audit("number.bound", ("number", Some(number.0)))
}

/// Connects a number: the route first, so that it can belong to one office only, then the number.
///
/// Broken off between the two, it is simply done again.
///
/// # Errors
/// [`SetupError::Taken`] when another office has the number, [`SetupError::Known`] when this one has it.
pub async fn connect_number(
    house: &House,
    (office, actor): (OfficeId, Actor),
    new: &NewNumber,
) -> Result<NumberId, SetupError> {
    let mut tx = PlatformTx::write(house).await?;
    let fresh = tx.new_id();
    let route = route_number(&mut tx, &new.phone_number_id, (office, fresh)).await?;
    if route.office_id != office {
        return Err(SetupError::Taken);
    }
    tx.commit().await?;
    let mut cx = Cx::write(house, office, actor).await?;
    let known = cx.tx().find::<wa_number::Entity>().filter(wa_number::Column::Id.eq(route.number_id));
    if known.exists().await? {
        return Err(SetupError::Known);
    }
    add_number(&mut cx, route.number_id, new).await?;
    cx.commit().await?;
    Ok(route.number_id)
}
