//! The places themselves: an administrator enters them and says what for, and how they give things out.

use loket_core::{
    appointment::PlacePurpose,
    handover::Collectors,
    id::{PickupPointId, UnitId},
    permission::Permission,
    pickup::Plan,
};
use loket_entity::pickup_point;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::error::PickupError;
use crate::{
    domain::tenancy,
    infra::{Cx, Outcome},
};

/// More places than an office has.
const MOST: u64 = 100;
const LONGEST_NAME: usize = 120;

/// What is said of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointPlan {
    /// What citizens are told: `Loket 3, Kantor Disdukcapil`.
    pub name: String,
    /// The unit whose hours it keeps; the office's otherwise.
    pub unit: Option<UnitId>,
    /// What people come for; it stays what it was when the place was entered.
    pub purpose: PlacePurpose,
    /// How it cuts its hours; nothing where people come without a slot.
    pub plan: Option<Plan>,
    /// Whom it gives things to.
    pub collectors: Collectors,
    /// Whether citizens are still sent there.
    pub active: bool,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    /// Which.
    pub id: PickupPointId,
    /// What is said of it.
    pub said: PointPlan,
    /// Which change of it this is.
    pub version: i64,
}

impl PointView {
    fn of(row: pickup_point::Model) -> Self {
        let number = |number: i64| u16::try_from(number).unwrap_or_default();
        let plan = row.minutes.and_then(|minutes| Plan::of(number(minutes), number(row.seats)));
        let said = PointPlan {
            name: row.name,
            unit: row.unit_id,
            purpose: row.purpose,
            plan,
            collectors: row.collectors,
            active: row.active,
        };
        Self { id: row.id, said, version: row.version }
    }
}

/// Every place of the office: those in use first, by their names.
pub async fn points(cx: &Cx<'_>) -> Outcome<Vec<PointView>> {
    let rows = cx.tx().find::<pickup_point::Entity>().up_to(MOST).await?;
    let mut all: Vec<PointView> = rows.into_iter().map(PointView::of).collect();
    all.sort_by(|one, other| {
        (!one.said.active, &one.said.name, one.id).cmp(&(!other.said.active, &other.said.name, other.id))
    });
    Ok(all)
}

/// A place by its id.
pub async fn point(cx: &Cx<'_>, id: PickupPointId) -> Outcome<Option<PointView>> {
    let row = cx.tx().find::<pickup_point::Entity>().filter(pickup_point::Column::Id.eq(id)).one().await?;
    Ok(row.map(PointView::of))
}

/// Enters a place.
pub async fn enter(cx: &mut Cx<'_>, said: &PointPlan) -> Result<PickupPointId, PickupError> {
    check(cx, said).await?;
    if cx.tx().find::<pickup_point::Entity>().count().await? >= MOST {
        return Err(PickupError::Invalid(
            "Paling banyak 100 tempat. Ubah salah satu yang tidak dipakai lagi.",
        ));
    }
    let id: PickupPointId = cx.new_id();
    let (minutes, seats) = columns(said.plan);
    let row = pickup_point::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        unit_id: Set(said.unit),
        name: Set(said.name.trim().to_owned()),
        purpose: Set(said.purpose),
        minutes: Set(minutes),
        seats: Set(seats),
        collectors: Set(collectors(said)),
        active: Set(said.active),
        created_at: Set(cx.now()),
        version: Set(1),
    };
    cx.tx().insert::<pickup_point::Entity>(row).await?;
    cx.audit("pickup.point_entered", ("pickup_point", Some(id.0)))?;
    Ok(id)
}

/// Changes a place, but for what people come for. Whoever has a slot already keeps it.
pub async fn change(
    cx: &mut Cx<'_>,
    (id, version, said): (PickupPointId, i64, &PointPlan),
) -> Result<(), PickupError> {
    if cx.reach(Permission::ConfigureOffice).is_nothing() {
        return Err(PickupError::NotAllowed);
    }
    let before = point(cx, id).await?.ok_or(PickupError::NotFound)?;
    let said = &PointPlan { purpose: before.said.purpose, ..said.clone() };
    check(cx, said).await?;
    let (minutes, seats) = columns(said.plan);
    let this =
        Condition::all().add(pickup_point::Column::Id.eq(id)).add(pickup_point::Column::Version.eq(version));
    let changed = cx
        .tx()
        .change::<pickup_point::Entity>(this)
        .set(pickup_point::Column::UnitId, said.unit)
        .set(pickup_point::Column::Name, said.name.trim())
        .set(pickup_point::Column::Minutes, minutes)
        .set(pickup_point::Column::Seats, seats)
        .set(pickup_point::Column::Collectors, collectors(said).word())
        .set(pickup_point::Column::Active, said.active)
        .set(pickup_point::Column::Version, before.version + 1)
        .run()
        .await?;
    if changed != 1 {
        return Err(PickupError::Invalid(
            "Tempat ini baru saja diubah orang lain. Muat ulang, lalu ubah lagi.",
        ));
    }
    cx.audit("pickup.point_changed", ("pickup_point", Some(id.0)))?;
    Ok(())
}

fn columns(plan: Option<Plan>) -> (Option<i64>, i64) {
    (plan.map(|plan| plan.minutes().into()), plan.map_or(1, |plan| plan.seats().into()))
}

/// Whoever is recorded or activated comes themselves.
const fn collectors(said: &PointPlan) -> Collectors {
    if said.purpose.is_appointed() { Collectors::Applicant } else { said.collectors }
}

async fn check(cx: &Cx<'_>, said: &PointPlan) -> Result<(), PickupError> {
    if cx.reach(Permission::ConfigureOffice).is_nothing() {
        return Err(PickupError::NotAllowed);
    }
    match said.name.trim().chars().count() {
        0 => return Err(PickupError::Invalid("Tulis nama tempatnya, misalnya Loket 3, Kantor Disdukcapil.")),
        1..=LONGEST_NAME => {}
        _ => return Err(PickupError::Invalid("Nama tempat paling panjang 120 huruf.")),
    }
    if said.purpose.is_appointed() && said.plan.is_none() {
        return Err(PickupError::Invalid(
            "Perekaman dan aktivasi IKD memakai jadwal. Pilih lama tiap jadwal.",
        ));
    }
    match said.unit {
        Some(unit) if tenancy::unit(cx, unit).await?.is_none() => {
            Err(PickupError::Invalid("Pilih unit kantor ini."))
        }
        _ => Ok(()),
    }
}
