//! An administrator adds a number, changes one, switches one off and on.
//!
//! Which office a Meta id belongs to lies above the offices, the number itself inside, and no transaction spans both.
//! So the id is taken first, once everything else has been judged, and one that was given up is freed last: broken
//! off in between, it is simply done again.

use loket_core::id::{NumberId, OfficeId};
use loket_entity::wa_number;
use sea_orm::ColumnTrait;

use super::{
    binding,
    content::{DISPLAY, TOKEN},
    number_rules::{self, NumberEntry, NumberError, NumberField, Taken},
    numbers, setup, store,
};
use crate::infra::{Actor, By, Cx, House, Outcome, PlatformTx};

const MOST: u64 = 500;

/// Whoever administers the whole office, for the record above it.
pub(super) fn administrator(actor: &Actor) -> Result<By, NumberError> {
    match actor {
        Actor::System(_) => Ok(By::System),
        Actor::Officer(standing) if standing.administers() => Ok(By::Account(standing.user)),
        Actor::Officer(_) | Actor::Citizen(_) => Err(NumberError::NotAllowed),
    }
}

/// Adds a number to the office.
///
/// # Errors
/// [`NumberError::Invalid`] names every field that cannot be used, [`NumberError::NotAllowed`] who may not.
pub async fn enter_number(
    house: &House,
    (office, actor): (OfficeId, &Actor),
    entry: &NumberEntry,
) -> Result<NumberId, NumberError> {
    administrator(actor)?;
    let entry = entry.checked()?;
    judge(house, (office, actor), (None, &entry)).await?;
    let id = {
        let tx = PlatformTx::write(house).await?;
        let fresh = tx.new_id();
        let id = take_id(tx, &entry.phone_number_id, (office, fresh)).await?;
        id.ok_or_else(|| number_rules::refused_id(Taken::Elsewhere))?
    };
    let mut cx = Cx::write(house, office, actor.clone()).await?;
    if numbers::by_graph_id(&cx, &entry.phone_number_id).await?.is_some() {
        return Err(number_rules::refused_id(Taken::Here));
    }
    setup::insert_number(&mut cx, id, &entry).await?;
    cx.commit().await?;
    Ok(id)
}

/// Changes a number. An empty token leaves the one that is there.
///
/// # Errors
/// As [`enter_number`]; [`NumberError::NotFound`] for a number of nobody or of another office.
pub async fn change_number(
    house: &House,
    (office, actor): (OfficeId, &Actor),
    (id, entry): (NumberId, &NumberEntry),
) -> Result<(), NumberError> {
    administrator(actor)?;
    let entry = entry.checked()?;
    let old = judge(house, (office, actor), (Some(id), &entry)).await?;
    let moved = old.filter(|old| *old != entry.phone_number_id);
    if moved.is_some() {
        let tx = PlatformTx::write(house).await?;
        match take_id(tx, &entry.phone_number_id, (office, id)).await? {
            None => return Err(number_rules::refused_id(Taken::Elsewhere)),
            Some(other) if other != id => return Err(number_rules::refused_id(Taken::Here)),
            Some(_) => {}
        }
    }
    let mut cx = Cx::write(house, office, actor.clone()).await?;
    write(&mut cx, id, &entry).await?;
    cx.commit().await?;
    if let Some(old) = moved {
        let tx = PlatformTx::write(house).await?;
        store::free_route(tx.on(), &old, id).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Switches a number off or on. What citizens write to one that is off is received and kept as before; what the
/// office writes waits in the outbox.
pub async fn switch_number(cx: &mut Cx<'_>, id: NumberId, on: bool) -> Result<(), NumberError> {
    if !cx.administers() {
        return Err(NumberError::NotAllowed);
    }
    let row = numbers::find(cx, id).await?.ok_or(NumberError::NotFound)?;
    if row.active == on {
        return Ok(cx.audit("number.left_as_it_was", ("number", Some(id.0)))?);
    }
    cx.tx()
        .change::<wa_number::Entity>(wa_number::Column::Id.eq(id))
        .set(wa_number::Column::Active, on)
        .run_one()
        .await?;
    let action = if on { "number.switched_on" } else { "number.switched_off" };
    Ok(cx.audit(action, ("number", Some(id.0)))?)
}

/// Judges an entry by what the office has; the Meta id that the number had so far.
async fn judge(
    house: &House,
    (office, actor): (OfficeId, &Actor),
    (id, entry): (Option<NumberId>, &NumberEntry),
) -> Result<Option<String>, NumberError> {
    let cx = Cx::read(house, office, actor.clone()).await?;
    let rows = cx.tx().find::<wa_number::Entity>().up_to(MOST).await?;
    let own = rows.iter().find(|row| Some(row.id) == id);
    if id.is_some() && own.is_none() {
        return Err(NumberError::NotFound);
    }
    if !entry.bound.is_known(&cx).await? {
        let sentence = "Pilih layanan, unit, dan petugas dari daftar kantor ini.";
        return Err(NumberError::at(NumberField::Whole, sentence));
    }
    if rows.iter().any(|row| row.phone_number_id == entry.phone_number_id && Some(row.id) != id) {
        return Err(number_rules::refused_id(Taken::Here));
    }
    let labels: Vec<(NumberId, String)> = rows.iter().map(|row| (row.id, row.label.clone())).collect();
    if number_rules::is_called(&labels, &entry.label, id) {
        return Err(NumberError::at(NumberField::Label, "Nama ini sudah dipakai nomor lain di kantor ini."));
    }
    Ok(own.map(|row| row.phone_number_id.clone()))
}

/// Takes a Meta id for a number of the office. The number that has it, which is another if the id was taken before
/// and its number was not written; nothing when it is another office's.
async fn take_id(
    mut tx: PlatformTx<'_>,
    phone_number_id: &str,
    (office, number): (OfficeId, NumberId),
) -> Outcome<Option<NumberId>> {
    let route = setup::route_number(&mut tx, phone_number_id, (office, number)).await?;
    if route.office_id != office {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(route.number_id))
}

async fn write(cx: &mut Cx<'_>, id: NumberId, entry: &NumberEntry) -> Outcome<()> {
    let display = cx.seal(&entry.display, DISPLAY.of(id.0))?;
    let mut change = cx
        .tx()
        .change::<wa_number::Entity>(wa_number::Column::Id.eq(id))
        .set(wa_number::Column::PhoneNumberId, entry.phone_number_id.as_str())
        .set(wa_number::Column::WabaId, entry.waba_id.as_str())
        .set(wa_number::Column::Label, entry.label.as_str())
        .set(wa_number::Column::Display, display);
    if !entry.token.is_empty() {
        let token = cx.seal(&entry.token, TOKEN.of(id.0))?;
        change = change.set(wa_number::Column::Token, token).set(wa_number::Column::HasToken, true);
    }
    change.run_one().await?;
    binding::bind(cx, id, &entry.bound).await?;
    if !entry.token.is_empty() {
        cx.audit("number.token_replaced", ("number", Some(id.0)))?;
    }
    let detail = serde_json::json!({
        "label": entry.label, "phone_number_id": entry.phone_number_id, "waba_id": entry.waba_id,
    });
    cx.audit_with("number.changed", ("number", Some(id.0)), Some(&detail))
}
