//! What pages read of the register of equipment.

use std::collections::HashMap;

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    equipment::{EquipmentKind, EquipmentState, EquipmentStep, Every},
    id::{EquipmentEntryId, EquipmentId, UnitId},
};
use loket_entity::{equipment, equipment_entry};
use sea_orm::{ColumnTrait, Condition, sea_query::IntoCondition};

use super::{MOST, keep, places};
use crate::{
    domain::tenancy,
    infra::{Cx, Outcome},
};

/// A piece of equipment.
#[derive(Debug, Clone)]
pub struct PieceLine {
    /// The piece.
    pub id: EquipmentId,
    /// What it is.
    pub kind: EquipmentKind,
    /// What people call it.
    pub name: String,
    /// Its serial number; may be empty.
    pub serial: String,
    /// The unit that has it, with its name.
    pub unit: Option<(UnitId, String)>,
    /// How it stands.
    pub state: EquipmentState,
    /// Since which day; nothing for what stands as it was entered.
    pub since: Option<NaiveDate>,
    /// How often it is looked after.
    pub every: Option<Every>,
    /// When it last was.
    pub serviced_on: Option<NaiveDate>,
    /// When it is due.
    pub due_on: Option<NaiveDate>,
    /// Which change of it this is.
    pub version: i64,
}

/// Something that happened to a piece.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The line.
    pub id: EquipmentEntryId,
    /// What happened.
    pub step: EquipmentStep,
    /// On which day.
    pub day: NaiveDate,
    /// What is said of it.
    pub note: String,
    /// Who wrote it.
    pub who: String,
    /// When it was written.
    pub at: Instant,
}

/// What somebody must see to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// How many pieces are broken.
    pub broken: u64,
    /// How many work and are past their maintenance.
    pub over: u64,
}

/// A piece by its id, whoever may see it.
pub(super) async fn find(cx: &Cx<'_>, id: EquipmentId) -> Outcome<Option<equipment::Model>> {
    cx.tx().find::<equipment::Entity>().filter(equipment::Column::Id.eq(id)).one().await
}

/// What is in use: what is broken first, then what is due first, then what nobody planned.
pub async fn lines(cx: &Cx<'_>) -> Outcome<Vec<PieceLine>> {
    let mut lines = all(cx, used()).await?;
    lines.sort_by(|one, other| {
        let broken = |line: &PieceLine| line.state == EquipmentState::Broken;
        let of = |line: &PieceLine| (!broken(line), line.due_on.is_none(), line.due_on);
        (of(one), &one.name, one.id).cmp(&(of(other), &other.name, other.id))
    });
    Ok(lines)
}

/// What is used no more, the latest first.
pub async fn retired(cx: &Cx<'_>) -> Outcome<Vec<PieceLine>> {
    let mut lines = all(cx, equipment::Column::State.eq(EquipmentState::Retired).into_condition()).await?;
    lines.sort_by_key(|line| std::cmp::Reverse((line.since, line.id)));
    Ok(lines)
}

async fn all(cx: &Cx<'_>, these: Condition) -> Outcome<Vec<PieceLine>> {
    let found = cx.tx().find::<equipment::Entity>().filter(these);
    let rows = found.sorted_descending(equipment::Column::Id).up_to(MOST).await?;
    let units = unit_names(cx).await?;
    rows.into_iter().map(|row| line(cx, row, &units)).collect()
}

/// Asked by what it is, not by what it is not: that is what the index is for.
fn used() -> Condition {
    let used = [EquipmentState::Broken, EquipmentState::Working];
    equipment::Column::State.is_in(used).into_condition()
}

/// How many pieces are in use, counted up to as many as a register holds.
pub(super) async fn in_use(cx: &Cx<'_>) -> Outcome<u64> {
    let found = cx.tx().find::<equipment::Entity>().filter(used());
    Ok(cx.tx().counts_up_to(vec![found], MOST).await?.into_iter().sum())
}

/// What is broken, and what is past its maintenance today.
pub async fn needs(cx: &Cx<'_>, today: NaiveDate) -> Outcome<Needs> {
    let of = |state: EquipmentState| {
        cx.tx().find::<equipment::Entity>().filter(equipment::Column::State.eq(state))
    };
    let over = of(EquipmentState::Working).filter(equipment::Column::DueOn.lt(today));
    let counts = cx.tx().counts_up_to(vec![of(EquipmentState::Broken), over], MOST).await?;
    let count = |at: usize| counts.get(at).copied().unwrap_or_default();
    Ok(Needs { broken: count(0), over: count(1) })
}

/// Where the actor looks after equipment: the office as a whole, and units by their names.
pub async fn reached(cx: &Cx<'_>) -> Outcome<(bool, Vec<(UnitId, String)>)> {
    let reach = keep::reach(cx);
    let units = tenancy::units(cx).await?.into_iter().map(|unit| (unit.id, unit.name));
    Ok((reach.reaches_unit(None), units.filter(|(id, _)| reach.reaches_unit(Some(*id))).collect()))
}

/// A piece.
pub async fn piece(cx: &Cx<'_>, id: EquipmentId) -> Outcome<Option<PieceLine>> {
    let Some(row) = find(cx, id).await? else { return Ok(None) };
    let units = if row.unit_id.is_some() { unit_names(cx).await? } else { HashMap::new() };
    line(cx, row, &units).map(Some)
}

fn line(cx: &Cx<'_>, row: equipment::Model, units: &HashMap<UnitId, String>) -> Outcome<PieceLine> {
    let serial =
        row.serial.as_ref().map(|serial| cx.open(serial, places::SERIAL.of(row.id.0))).transpose()?;
    Ok(PieceLine {
        name: cx.open(&row.name, places::NAME.of(row.id.0))?,
        serial: serial.unwrap_or_default(),
        unit: row.unit_id.map(|id| (id, units.get(&id).cloned().unwrap_or_default())),
        every: row.every_months.and_then(|months| u32::try_from(months).ok()).and_then(Every::months),
        id: row.id,
        kind: row.kind,
        state: row.state,
        since: row.since,
        serviced_on: row.serviced_on,
        due_on: row.due_on,
        version: row.version,
    })
}

async fn unit_names(cx: &Cx<'_>) -> Outcome<HashMap<UnitId, String>> {
    Ok(tenancy::units(cx).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// What happened to a piece, latest first, behind a line; one more than asked for where there is more.
pub async fn entries(
    cx: &Cx<'_>,
    id: EquipmentId,
    (behind, most): (Option<EquipmentEntryId>, u64),
) -> Outcome<Vec<EntryView>> {
    let mut these = Condition::all().add(equipment_entry::Column::EquipmentId.eq(id));
    if let Some(behind) = behind {
        these = these.add(equipment_entry::Column::Id.lt(behind));
    }
    let rows = cx
        .tx()
        .find::<equipment_entry::Entity>()
        .filter(these)
        .descending(equipment_entry::Column::Id)
        .up_to(most + 1)
        .await?;
    let names = tenancy::officer_names(cx, rows.iter().filter_map(|row| row.actor_id).collect()).await?;
    let view = |row: equipment_entry::Model| {
        let note = row.note.as_ref().map(|note| cx.open(note, places::NOTE.of(row.id.0))).transpose()?;
        let who = row.actor_id.and_then(|id| names.get(&id).cloned());
        Ok(EntryView {
            id: row.id,
            step: row.step,
            day: row.day,
            at: row.at,
            note: note.unwrap_or_default(),
            who: who.unwrap_or_else(|| "Loket".to_owned()),
        })
    };
    rows.into_iter().map(view).collect()
}
