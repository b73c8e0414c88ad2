//! A day at a place where things are collected: who comes, and another time for all of them when it cannot be kept.

use chrono::NaiveDate;
use loket_core::{id::RequestId, permission::Permission, request::RequestState};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    collecting::moved,
    error::RequestError,
    store,
    views::{QueueRow, rows},
};
use crate::{
    domain::{
        pickup::{self, Booked, PickupView, PointView, Seated},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// How many citizens get another time by one press.
const MOST_MOVED: usize = 200;

/// What came of moving a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// How many got another time.
    pub moved: usize,
    /// How many of them were told.
    pub told: usize,
    /// How many stay because there is no room.
    pub no_room: usize,
    /// How many stay because so many are not moved at once.
    pub too_many: usize,
}

/// Gives everybody who was to come to a place on a day, and has not, the first free times from another day on; in the order
/// of their numbers.
pub async fn move_day(
    cx: &mut Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
    from: NaiveDate,
) -> Result<Moved, RequestError> {
    if cx.reach(Permission::AssignRequests).is_nothing() {
        return Err(RequestError::NotAllowed);
    }
    if from <= day || from <= office.zone.date(cx.now()) {
        return Err(RequestError::Invalid("Pilih hari sesudah hari yang dipindahkan, paling cepat besok."));
    }
    if from > office.zone.date(cx.now() + pickup::AHEAD) {
        return Err(RequestError::Invalid("Pilih hari dalam 40 hari ke depan."));
    }
    if !point.said.active || point.said.plan.is_none() {
        return Err(RequestError::Invalid(
            "Tempat ini tidak memberi jadwal lagi. Ubah jadwal masing-masing dari halaman permohonannya.",
        ));
    }
    let lying = waiting_on(cx, office, (point, day), Permission::AssignRequests).await?;
    let part: Vec<_> = lying.iter().take(MOST_MOVED).collect();
    let seats = pickup::first_from(cx, office, (point, from), part.len()).await?;
    let mut done = Moved { too_many: lying.len() - part.len(), ..Moved::default() };
    done.no_room = part.len().saturating_sub(seats.len());
    for ((row, view), seat) in part.into_iter().zip(seats) {
        let seated = Seated::Booked(Booked { point: point.clone(), seat: Some(seat) });
        done.told += usize::from(moved(cx, office, (row, view), &seated).await?);
        done.moved += 1;
    }
    let detail = serde_json::json!({ "moved": done.moved, "told": done.told });
    cx.audit_with("request.pickups_moved", ("pickup_point", Some(point.id.0)), Some(&detail))?;
    Ok(done)
}

/// Whose product still lies at a place and was to be collected on a day, as far as a permission reaches; in the order of their
/// numbers.
async fn waiting_on(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
    permission: Permission,
) -> Outcome<Vec<(request::Model, PickupView)>> {
    let all = pickup::of_day(cx, office, (point, day)).await?;
    let waiting: Vec<PickupView> = all.into_iter().filter(|one| one.collected_at.is_none()).collect();
    let ids: Vec<RequestId> = waiting.iter().map(|one| one.id).collect();
    let theirs = store::within(cx, permission)
        .filter(request::Column::Id.is_in(ids))
        .filter(request::Column::State.eq(RequestState::Ready));
    let mut rows = theirs.up_to(waiting.len() as u64).await?;
    let with = |one: PickupView| {
        let at = rows.iter().position(|row| row.id == one.id && !row.elsewhere)?;
        Some((rows.swap_remove(at), one))
    };
    Ok(waiting.into_iter().filter_map(with).collect())
}

/// How many the actor would give another time.
pub async fn count_waiting_on(cx: &Cx<'_>, office: &Office, at: (&PointView, NaiveDate)) -> Outcome<usize> {
    Ok(waiting_on(cx, office, at, Permission::AssignRequests).await?.len())
}

/// Whoever comes to a place on a day, with what they come for, as far as the actor reaches.
pub async fn collecting_on(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
) -> Outcome<Vec<(PickupView, QueueRow)>> {
    let all = pickup::of_day(cx, office, (point, day)).await?;
    let ids: Vec<RequestId> = all.iter().map(|one| one.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::within(cx, Permission::ReadRequests).filter(request::Column::Id.is_in(ids));
    let mut found = rows(cx, found.up_to(all.len() as u64).await?).await?;
    let with = |one: PickupView| {
        let at = found.iter().position(|row| row.id == one.id)?;
        Some((one, found.swap_remove(at)))
    };
    Ok(all.into_iter().filter_map(with).collect())
}
