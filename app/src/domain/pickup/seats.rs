//! Which seats of places are taken: by what lies there to be collected, and by appointments.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loket_core::{
    appointment::AppointmentState,
    clock::Instant,
    id::PickupPointId,
    pickup::{Seat, Taken},
    zone::OfficeZone,
};
use loket_entity::{TenantOwned, appointment, pickup};
use sea_orm::{ColumnTrait, Condition, FromQueryResult};

use crate::infra::{Cx, Outcome};

/// More seats than are taken in the time that is looked at.
const MOST: u64 = 50_000;

/// A table whose rows have seats.
trait Seats: TenantOwned {
    const POINT: Self::Column;
    const FROM: Self::Column;
    const UNTIL: Self::Column;
    const SEAT: Self::Column;
    const NUMBER: Self::Column;

    /// The rows that have theirs still.
    fn held() -> Condition;
}

impl Seats for pickup::Entity {
    const POINT: pickup::Column = pickup::Column::PointId;
    const FROM: pickup::Column = pickup::Column::StartsAt;
    const UNTIL: pickup::Column = pickup::Column::EndsAt;
    const SEAT: pickup::Column = pickup::Column::Seat;
    const NUMBER: pickup::Column = pickup::Column::Number;

    fn held() -> Condition {
        Condition::all()
    }
}

impl Seats for appointment::Entity {
    const POINT: appointment::Column = appointment::Column::PointId;
    const FROM: appointment::Column = appointment::Column::StartsAt;
    const UNTIL: appointment::Column = appointment::Column::EndsAt;
    const SEAT: appointment::Column = appointment::Column::Seat;
    const NUMBER: appointment::Column = appointment::Column::Number;

    fn held() -> Condition {
        Condition::all().add(appointment::Column::State.ne(AppointmentState::Cancelled))
    }
}

#[derive(FromQueryResult)]
struct TakenSeat {
    point_id: Option<PickupPointId>,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
    seat: Option<i64>,
    number: Option<i64>,
}

impl TakenSeat {
    fn seat(&self) -> Option<(PickupPointId, Seat)> {
        let seat = u16::try_from(self.seat?).ok()?;
        let number = u32::try_from(self.number?).ok()?;
        Some((self.point_id?, Seat { from: self.starts_at?, until: self.ends_at?, seat, number }))
    }
}

/// The seats that are taken from the day of a moment on, by appointments or by what is collected; at one place or at each.
pub(super) async fn taken(
    cx: &Cx<'_>,
    zone: OfficeZone,
    (appointed, at): (bool, Option<PickupPointId>),
    (from, ahead): (Instant, TimeDelta),
) -> Outcome<BTreeMap<PickupPointId, Taken>> {
    let from = zone.midnight(zone.date(from));
    let seats = if appointed {
        of::<appointment::Entity>(cx, at, (from, from + ahead)).await?
    } else {
        of::<pickup::Entity>(cx, at, (from, from + ahead)).await?
    };
    let mut all: BTreeMap<PickupPointId, Taken> = BTreeMap::new();
    for (point, seat) in seats.iter().filter_map(TakenSeat::seat) {
        all.entry(point).or_insert_with(|| Taken::none(zone)).take(seat);
    }
    Ok(all)
}

async fn of<E: Seats>(
    cx: &Cx<'_>,
    at: Option<PickupPointId>,
    (from, until): (Instant, Instant),
) -> Outcome<Vec<TakenSeat>>
where
    E::Model: Send + Sync,
{
    let mut these = E::held().add(E::FROM.gte(from)).add(E::FROM.lt(until));
    if let Some(point) = at {
        these = these.add(E::POINT.eq(point));
    }
    let columns = [E::POINT, E::FROM, E::UNTIL, E::SEAT, E::NUMBER];
    cx.tx().find::<E>().filter(these).all_columns(columns, (MOST, "seats")).await
}
