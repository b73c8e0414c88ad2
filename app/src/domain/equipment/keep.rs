//! Whoever looks after equipment enters it, says what happened to it, and how often it is looked after.

use chrono::NaiveDate;
use loket_core::{
    equipment::{EARLIEST, EquipmentKind, EquipmentState, EquipmentStep, Every},
    id::{EquipmentEntryId, EquipmentId, UnitId},
    permission::{Permission, Reach},
};
use loket_entity::{equipment, equipment_entry, sealed::Sealed};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, prelude::Uuid};

use super::{
    MOST,
    error::EquipmentError,
    places,
    read::{PieceLine, find, in_use, piece},
};
use crate::{
    domain::tenancy::{self, Office},
    infra::{Change, Cx, Fault, Outcome},
};

const LONGEST_NAME: usize = 120;
const LONGEST_SERIAL: usize = 60;
const LONGEST_NOTE: usize = 300;

/// What a piece is, what it is called, where it is, and how often it is looked after.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What it is.
    pub kind: EquipmentKind,
    /// What people call it: `Printer KTP 2, loket 3`.
    pub name: String,
    /// Its serial number; may be empty.
    pub serial: String,
    /// The unit that has it; nothing for the office.
    pub unit: Option<UnitId>,
    /// How often it is looked after.
    pub every: Option<Every>,
}

/// What is said of a piece on a day.
#[derive(Debug, Clone, Copy)]
pub struct Said<'s> {
    /// What happened.
    pub step: EquipmentStep,
    /// When.
    pub day: NaiveDate,
    /// What is said of it; may be empty.
    pub note: &'s str,
    /// The key of the form: one that was sent twice is written once.
    pub key: Option<Uuid>,
}

/// Enters a piece, with when it was last looked after.
///
/// # Errors
/// What does not hold; [`EquipmentError::Twice`] where its form has entered it already.
pub async fn enter(
    cx: &mut Cx<'_>,
    office: &Office,
    (plan, serviced_on, key): (&Plan, Option<NaiveDate>, Option<Uuid>),
) -> Result<EquipmentId, EquipmentError> {
    let today = office.zone.date(cx.now());
    check(cx, plan).await?;
    if let Some(day) = serviced_on {
        on(day, today)?;
    }
    let mark = unsent(cx, key, &format!("{plan:?}\0{serviced_on:?}")).await?;
    if in_use(cx).await? >= MOST {
        return Err(EquipmentError::Invalid(
            "Register ini sudah penuh: paling banyak 500 alat yang dipakai.",
        ));
    }
    let id: EquipmentId = cx.new_id();
    let row = equipment::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        kind: Set(plan.kind),
        unit_id: Set(plan.unit),
        name: Set(cx.seal(&plan.name.trim().to_owned(), places::NAME.of(id.0))?),
        serial: Set(serial(cx, id, plan)?),
        state: Set(EquipmentState::Working),
        since: Set(None),
        every_months: Set(plan.every.map(|every| i64::from(every.count()))),
        planned_on: Set(today),
        serviced_on: Set(serviced_on),
        due_on: Set(due(plan.every, serviced_on, today)),
        created_at: Set(cx.now()),
        version: Set(1),
    };
    cx.tx().insert::<equipment::Entity>(row).await?;
    write(cx, id, (Said { step: EquipmentStep::Entered, day: today, note: "", key: None }, mark)).await?;
    cx.audit("equipment.entered", ("equipment", Some(id.0)))?;
    Ok(id)
}

/// When a piece is due: counted from when it was last looked after, or from the day on which that was planned.
fn due(every: Option<Every>, serviced_on: Option<NaiveDate>, planned_on: NaiveDate) -> Option<NaiveDate> {
    every.map(|every| every.after(serviced_on.unwrap_or(planned_on)))
}

/// Changes what a piece is, what it is called, where it is, and how often it is looked after; its history tells what was
/// changed. When it was looked after is never changed, only said. Says whether anything was.
pub async fn change(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, version, plan): (EquipmentId, i64, &Plan),
) -> Result<bool, EquipmentError> {
    let row = load(cx, id).await?;
    if row.version != version {
        return Err(EquipmentError::Changed);
    }
    check(cx, plan).await?;
    let today = office.zone.date(cx.now());
    let before = piece(cx, id).await?.ok_or(EquipmentError::NotFound)?;
    let note = changes(cx, &before, plan).await?;
    if note.is_empty() {
        return Ok(false);
    }
    let planned_on = if plan.every == before.every { row.planned_on } else { today };
    let due = due(plan.every, row.serviced_on, planned_on).filter(|_| row.state != EquipmentState::Retired);
    let change = unchanged(cx, &row)
        .set(equipment::Column::Kind, plan.kind)
        .set(equipment::Column::Name, cx.seal(&plan.name.trim().to_owned(), places::NAME.of(id.0))?)
        .set(equipment::Column::Serial, serial(cx, id, plan)?)
        .set(equipment::Column::UnitId, plan.unit)
        .set(equipment::Column::EveryMonths, plan.every.map(|every| i64::from(every.count())))
        .set(equipment::Column::PlannedOn, planned_on)
        .set(equipment::Column::DueOn, due);
    saved(change.run().await?)?;
    let said = Said { step: EquipmentStep::Changed, day: today, note: &note, key: None };
    write(cx, id, (said, None)).await?;
    cx.audit("equipment.changed", ("equipment", Some(id.0)))?;
    Ok(true)
}

/// What a change changes, in words.
async fn changes(cx: &Cx<'_>, before: &PieceLine, plan: &Plan) -> Outcome<String> {
    let unit = match plan.unit {
        Some(id) => tenancy::unit(cx, id).await?.map(|unit| unit.name).unwrap_or_default(),
        None => String::new(),
    };
    let was = before.unit.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let or = |word: &str, none: &str| if word.is_empty() { none.to_owned() } else { word.to_owned() };
    let often = |every: Option<Every>| every.map(|every| format!("tiap {} bulan", every.count()));
    let often = |every| often(every).unwrap_or_else(|| "tidak dijadwalkan".to_owned());
    let all = [
        ("Jenis", before.kind.label().to_owned(), plan.kind.label().to_owned()),
        ("Nama", before.name.clone(), plan.name.trim().to_owned()),
        ("Nomor seri", or(&before.serial, "tidak ada"), or(plan.serial.trim(), "tidak ada")),
        ("Unit", or(&was, "kantor"), or(&unit, "kantor")),
        ("Perawatan", often(before.every), often(plan.every)),
    ];
    let told = all.into_iter().filter(|(_, was, is)| was != is);
    let told: Vec<String> = told.map(|(what, was, is)| format!("{what}: {was} menjadi {is}")).collect();
    Ok(told.join("; "))
}

/// Says what happened to a piece on a day.
///
/// # Errors
/// What does not hold; [`EquipmentError::Twice`] where its form has said so already; [`EquipmentError::Changed`] where
/// somebody else wrote since `version` was read.
pub async fn step(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, version, said): (EquipmentId, i64, Said<'_>),
) -> Result<(), EquipmentError> {
    let row = load(cx, id).await?;
    let note = said.note.trim().replace("\r\n", "\n");
    let mark = unsent(cx, said.key, &format!("{id}\0{}\0{}\0{note}", said.step, said.day)).await?;
    if row.version != version {
        return Err(EquipmentError::Changed);
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(EquipmentError::Invalid("Keterangan paling panjang 300 huruf."));
    }
    on(said.day, office.zone.date(cx.now()))?;
    let Some(state) = said.step.after(row.state).filter(|_| said.step != EquipmentStep::Changed) else {
        return Err(EquipmentError::Changed);
    };
    let moves = state != row.state;
    if moves && row.since.is_some_and(|since| said.day < since) {
        return Err(EquipmentError::Invalid(
            "Tanggalnya lebih awal daripada perubahan keadaan yang terakhir. Lihat riwayatnya di bawah.",
        ));
    }
    let every = row.every_months.and_then(|months| u32::try_from(months).ok()).and_then(Every::months);
    let serviced_on = match said.step {
        EquipmentStep::Serviced => row.serviced_on.max(Some(said.day)),
        _ => row.serviced_on,
    };
    let planned_on = if said.step == EquipmentStep::Returned { said.day } else { row.planned_on };
    let due = due(every, serviced_on, planned_on).filter(|_| state != EquipmentState::Retired);
    let change = unchanged(cx, &row)
        .set(equipment::Column::State, state)
        .set(equipment::Column::Since, if moves { Some(said.day) } else { row.since })
        .set(equipment::Column::PlannedOn, planned_on)
        .set(equipment::Column::ServicedOn, serviced_on)
        .set(equipment::Column::DueOn, due);
    saved(change.run().await?)?;
    write(cx, id, (Said { note: &note, ..said }, mark)).await?;
    cx.audit("equipment.step", ("equipment", Some(id.0)))?;
    Ok(())
}

fn saved(rows: u64) -> Result<(), EquipmentError> {
    if rows == 1 { Ok(()) } else { Err(EquipmentError::Changed) }
}

/// Changes a piece that nobody changed since it was read.
fn unchanged<'t>(cx: &'t Cx<'_>, row: &equipment::Model) -> Change<'t, equipment::Entity> {
    let this = Condition::all()
        .add(equipment::Column::Id.eq(row.id))
        .add(equipment::Column::Version.eq(row.version));
    cx.tx().change::<equipment::Entity>(this).set(equipment::Column::Version, row.version + 1)
}

/// A day on which something can have happened.
fn on(day: NaiveDate, today: NaiveDate) -> Result<(), EquipmentError> {
    if day > today {
        return Err(EquipmentError::Invalid("Tanggalnya belum tiba. Pilih hari ini atau sebelumnya."));
    }
    if day < EARLIEST {
        return Err(EquipmentError::Invalid("Tulis tahunnya dengan empat angka, sejak tahun 2000."));
    }
    Ok(())
}

/// The mark of the form that says so.
async fn unsent(cx: &Cx<'_>, key: Option<Uuid>, said: &str) -> Result<Option<Uuid>, EquipmentError> {
    let Some(key) = key else { return Ok(None) };
    let mark = cx.mark(key, said)?;
    let sent = cx.tx().find::<equipment_entry::Entity>().filter(equipment_entry::Column::FormKey.eq(mark));
    match sent.one().await? {
        Some(line) => Err(EquipmentError::Twice(line.equipment_id)),
        None => Ok(Some(mark)),
    }
}

/// A piece, for somebody who looks after it.
async fn load(cx: &Cx<'_>, id: EquipmentId) -> Result<equipment::Model, EquipmentError> {
    if reach(cx).is_nothing() {
        return Err(EquipmentError::NotAllowed);
    }
    let row = find(cx, id).await?.ok_or(EquipmentError::NotFound)?;
    if reach(cx).reaches_unit(row.unit_id) { Ok(row) } else { Err(EquipmentError::Beyond) }
}

/// What the actor may look after.
pub(super) fn reach(cx: &Cx<'_>) -> Reach {
    cx.reach(Permission::ReportOutages)
}

async fn check(cx: &Cx<'_>, plan: &Plan) -> Result<(), EquipmentError> {
    if reach(cx).is_nothing() {
        return Err(EquipmentError::NotAllowed);
    }
    let name = plan.name.trim().chars().count();
    if name == 0 {
        return Err(EquipmentError::Invalid("Tulis nama dan letaknya, misalnya Printer KTP 2, loket 3."));
    }
    if name > LONGEST_NAME {
        return Err(EquipmentError::Invalid("Nama paling panjang 120 huruf."));
    }
    if plan.serial.trim().chars().count() > LONGEST_SERIAL {
        return Err(EquipmentError::Invalid("Nomor seri paling panjang 60 huruf."));
    }
    if let Some(unit) = plan.unit
        && tenancy::unit(cx, unit).await?.is_none()
    {
        return Err(EquipmentError::Invalid("Pilih unit kantor ini."));
    }
    // Whoever works for some units only looks after those.
    if reach(cx).reaches_unit(plan.unit) { Ok(()) } else { Err(EquipmentError::Beyond) }
}

fn serial(cx: &Cx<'_>, id: EquipmentId, plan: &Plan) -> Outcome<Option<Sealed<String>>> {
    let serial = plan.serial.trim();
    (!serial.is_empty()).then(|| cx.seal(&serial.to_owned(), places::SERIAL.of(id.0))).transpose()
}

async fn write(
    cx: &Cx<'_>,
    id: EquipmentId,
    (said, mark): (Said<'_>, Option<Uuid>),
) -> Result<(), EquipmentError> {
    let line: EquipmentEntryId = cx.new_id();
    let note = Some(said.note).filter(|note| !note.is_empty());
    let row = equipment_entry::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(line),
        equipment_id: Set(id),
        step: Set(said.step),
        day: Set(said.day),
        note: Set(note.map(|note| cx.seal(&note.to_owned(), places::NOTE.of(line.0))).transpose()?),
        actor_id: Set(cx.officer()),
        at: Set(cx.now()),
        form_key: Set(mark),
    };
    // Two at once with one form: the second is refused by its mark.
    let written = cx.tx().insert_once::<equipment_entry::Entity>(row).await?;
    if written { Ok(()) } else { Err(Fault::Stale.into()) }
}
