//! A day at a place: who comes to collect something or to an appointment, and another time for all of them when it cannot be kept.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use loket_core::{id::RequestId, permission::Permission, request::RequestState};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    appointing::given,
    collecting::moved,
    error::RequestError,
    store,
    views::{QueueRow, rows},
};
use crate::{
    domain::{
        appointments::{self, AppointmentView},
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
    let waiting = waiting_on(cx, office, (point, day), Permission::AssignRequests).await?;
    let part = waiting.len().min(MOST_MOVED);
    let seats = pickup::first_from(cx, office, (point, from), part).await?;
    let mut done = Moved { too_many: waiting.len() - part, ..Moved::default() };
    done.no_room = part.saturating_sub(seats.len());
    for ((row, comer), seat) in waiting.into_iter().zip(seats) {
        let told = match comer {
            Comer::Collects(view) => {
                let seated = Seated::Booked(Booked { point: point.clone(), seat: Some(seat) });
                moved(cx, office, (&row, &view), &seated).await?
            }
            Comer::Attends(view) => given(cx, office, (&row, Some(&view)), (point, seat, &view.note)).await?,
        };
        done.told += usize::from(told);
        done.moved += 1;
    }
    let detail = serde_json::json!({ "moved": done.moved, "told": done.told });
    cx.audit_with("request.pickups_moved", ("pickup_point", Some(point.id.0)), Some(&detail))?;
    Ok(done)
}

/// Somebody who is still to come.
enum Comer {
    /// To collect something.
    Collects(PickupView),
    /// To an appointment.
    Attends(AppointmentView),
}

impl Comer {
    const fn request(&self) -> RequestId {
        match self {
            Self::Collects(view) => view.id,
            Self::Attends(view) => view.request,
        }
    }

    /// Whether their request still waits for them.
    fn is_awaited(&self, row: &request::Model) -> bool {
        match self {
            Self::Collects(_) => row.state == RequestState::Ready && !row.elsewhere,
            Self::Attends(_) => !row.state.is_terminal(),
        }
    }
}

/// Who was to come to a place on a day and has not, as far as a permission reaches; in the order of their numbers.
async fn waiting_on(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
    permission: Permission,
) -> Outcome<Vec<(request::Model, Comer)>> {
    let waiting: Vec<Comer> = if point.said.purpose.is_appointed() {
        let all = appointments::of_day(cx, office, (point, day)).await?.into_iter();
        // Of those whose time is over it is written down first whether they came.
        let comes = |one: &AppointmentView| {
            let timing = &one.timing;
            timing.may_move(cx.now(), office.zone).is_ok() && !timing.is_over(cx.now())
        };
        all.filter(comes).map(Comer::Attends).collect()
    } else {
        let all = pickup::of_day(cx, office, (point, day)).await?.into_iter();
        all.filter(|one| one.collected_at.is_none()).map(Comer::Collects).collect()
    };
    let ids: Vec<RequestId> = waiting.iter().map(Comer::request).collect();
    let theirs = store::within(cx, permission).filter(request::Column::Id.is_in(ids)).filter(store::open());
    let mut rows = theirs.up_to(waiting.len() as u64).await?;
    let with = |one: Comer| {
        let at = rows.iter().position(|row| row.id == one.request() && one.is_awaited(row))?;
        Some((rows.swap_remove(at), one))
    };
    Ok(waiting.into_iter().filter_map(with).collect())
}

/// How many the actor would give another time.
pub async fn count_waiting_on(cx: &Cx<'_>, office: &Office, at: (&PointView, NaiveDate)) -> Outcome<usize> {
    Ok(waiting_on(cx, office, at, Permission::AssignRequests).await?.len())
}

/// Whoever has an appointment on a day, with what it is for.
#[derive(Debug, Clone)]
pub struct Attending {
    /// The appointment.
    pub appointment: AppointmentView,
    /// The request.
    pub request: QueueRow,
    /// Whether the actor handles the request.
    pub handles: bool,
}

/// Whoever has an appointment at a place on a day, in the order of their numbers, as far as the actor reaches.
pub async fn attending_on(
    cx: &Cx<'_>,
    office: &Office,
    (point, day): (&PointView, NaiveDate),
) -> Outcome<Vec<Attending>> {
    let all = appointments::of_day(cx, office, (point, day)).await?;
    let ids: BTreeSet<RequestId> = all.iter().map(|one| one.request).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::within(cx, Permission::ReadRequests).filter(request::Column::Id.is_in(ids));
    let found = found.up_to(all.len() as u64).await?;
    let reach = cx.reach(Permission::HandleRequests);
    let handled: BTreeSet<RequestId> =
        found.iter().filter(|row| reach.covers(store::whereabouts(row))).map(|row| row.id).collect();
    let found = rows(cx, found).await?;
    // Whoever missed one time of a day may have had another one on it.
    let with = |appointment: AppointmentView| {
        let request = found.iter().find(|row| row.id == appointment.request)?.clone();
        Some(Attending { handles: handled.contains(&request.id), appointment, request })
    };
    Ok(all.into_iter().filter_map(with).collect())
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
