//! Who comes to a place on a day: a line each, and the day in a sentence.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use loket_core::{
    appointment::{AppointmentState, Attendance},
    clock::Instant,
    request::RequestState,
};

use crate::{
    domain::{
        pickup::{PickupView, PointView},
        requests::{self, Attending, QueueRow},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
    web::{
        parts::{Tag, count},
        routes,
    },
};

/// The steps by which it is written down whether somebody came.
pub(super) const CAME: &str = "hadir";
pub(super) const MISSED: &str = "tidak-hadir";

/// A line of the day.
pub(super) struct Row {
    pub(super) number: String,
    pub(super) time: String,
    pub(super) href: String,
    pub(super) receipt: String,
    pub(super) applicant: String,
    pub(super) service: String,
    pub(super) tag: Tag,
    pub(super) untold: bool,
    pub(super) closed: bool,
    /// Where it is sent that they came.
    pub(super) came_href: Option<String>,
    /// Where it is sent that they did not.
    pub(super) missed_href: Option<String>,
}

/// Who comes to a place on a day.
pub(super) enum Comers {
    /// To collect something.
    Collect(Vec<(PickupView, QueueRow)>),
    /// To an appointment.
    Attend(Vec<Attending>),
}

impl Comers {
    /// Reads them; nobody comes where there is no place.
    pub(super) async fn of(
        cx: &Cx<'_>,
        office: &Office,
        (here, day): (Option<&PointView>, NaiveDate),
    ) -> Outcome<Self> {
        match here {
            Some(point) if point.said.purpose.is_appointed() => {
                Ok(Self::Attend(requests::attending_on(cx, office, (point, day)).await?))
            }
            Some(point) => Ok(Self::Collect(requests::collecting_on(cx, office, (point, day)).await?)),
            None => Ok(Self::Collect(Vec::new())),
        }
    }

    /// When their slots begin.
    pub(super) fn starts(&self) -> BTreeSet<Instant> {
        match self {
            Self::Collect(all) => {
                all.iter().filter_map(|(one, _)| Some(one.slot.as_ref()?.0.start)).collect()
            }
            Self::Attend(all) => all.iter().map(|one| one.appointment.timing.slot.start).collect(),
        }
    }

    /// The lines; `closed` are the times at which the place is closed by now.
    pub(super) fn rows(&self, office: &Office, (closed, now): (&[Instant], Instant)) -> Vec<Row> {
        match self {
            Self::Collect(all) => all.iter().map(|one| collects(office, one, closed)).collect(),
            Self::Attend(all) => all.iter().map(|one| attends(office, one, (closed, now))).collect(),
        }
    }

    /// The day in a sentence.
    pub(super) fn sentence(&self, now: Instant) -> String {
        match self {
            Self::Collect(all) => {
                let collected = all.iter().filter(|(one, _)| one.collected_at.is_some()).count() as u64;
                match (all.len() as u64, collected) {
                    (0, _) => NOBODY.to_owned(),
                    (all, 0) => format!("{} orang dijadwalkan.", count(all)),
                    (all, some) => {
                        format!("{} orang dijadwalkan, {} sudah mengambil.", count(all), count(some))
                    }
                }
            }
            Self::Attend(all) => {
                attendance(Attendance::of(all.iter().map(|one| &one.appointment.timing), now))
            }
        }
    }
}

const NOBODY: &str = "Tidak ada yang dijadwalkan.";

/// How many came, and how many did not, of those that are over.
fn attendance(day: Attendance) -> String {
    if day.all == 0 {
        return NOBODY.to_owned();
    }
    let all = format!("{} orang dijadwalkan.", count(day.all));
    if day.over == 0 {
        return all;
    }
    let mut over = format!(
        "{all} Dari {} yang sudah lewat: {} hadir, {} tidak hadir",
        count(day.over),
        count(day.came),
        count(day.missed)
    );
    if day.unwritten() > 0 {
        over += &format!(", {} belum dicatat", count(day.unwritten()));
    }
    over + "."
}

fn collects(office: &Office, (one, request): &(PickupView, QueueRow), closed: &[Instant]) -> Row {
    let slot = one.slot.as_ref();
    let tag = match (one.collected_at, request.state) {
        (Some(_), _) => Tag::new("sudah diambil", "ok"),
        (None, RequestState::Ready) => Tag::new("menunggu", "info"),
        (None, state) => Tag::of_state(state),
    };
    Row {
        number: slot.map(|(_, number)| number.to_string()).unwrap_or_default(),
        time: slot.map(|(slot, _)| office.zone.time(slot.start)).unwrap_or_default(),
        href: routes::Request::at(&office.slug, request.id),
        receipt: request.receipt.clone(),
        applicant: request.subject.clone(),
        service: request.service.clone(),
        untold: one.collected_at.is_none() && !one.told,
        closed: one.collected_at.is_none() && slot.is_some_and(|(slot, _)| closed.contains(&slot.start)),
        tag,
        came_href: None,
        missed_href: None,
    }
}

fn attends(office: &Office, one: &Attending, (closed, now): (&[Instant], Instant)) -> Row {
    let (view, request) = (&one.appointment, &one.request);
    let timing = &view.timing;
    let awaited = timing.state == AppointmentState::Awaited;
    let step = |came: bool, word: &str| {
        let may = one.handles && timing.may_record(came, now, office.zone).is_ok();
        may.then(|| routes::AppointmentStep::at(&office.slug, view.id, word))
    };
    Row {
        number: view.number.to_string(),
        time: office.zone.time(timing.slot.start),
        href: routes::Request::at(&office.slug, request.id),
        receipt: request.receipt.clone(),
        applicant: request.subject.clone(),
        service: request.service.clone(),
        untold: awaited && !view.is_told(),
        closed: awaited && closed.contains(&timing.slot.start),
        tag: tag(timing.state, timing.is_over(now)),
        came_href: step(true, CAME),
        missed_href: step(false, MISSED),
    }
}

/// How an appointment stands.
pub(in crate::web::kantor) fn tag(state: AppointmentState, over: bool) -> Tag {
    let word = state.label().to_lowercase();
    match state {
        AppointmentState::Awaited if over => Tag::new("belum dicatat", "warn"),
        AppointmentState::Awaited => Tag::new(word, "info"),
        AppointmentState::Attended => Tag::new(word, "ok"),
        AppointmentState::Missed => Tag::new(word, "bad"),
        AppointmentState::Cancelled => Tag::new(word, "quiet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_says_how_many_came_of_those_that_are_over() {
        let said = |all, over, (came, missed)| attendance(Attendance { all, over, came, missed });
        assert_eq!(said(0, 0, (0, 0)), "Tidak ada yang dijadwalkan.");
        assert_eq!(said(6, 0, (0, 0)), "6 orang dijadwalkan.");
        assert_eq!(
            said(6, 3, (2, 1)),
            "6 orang dijadwalkan. Dari 3 yang sudah lewat: 2 hadir, 1 tidak hadir."
        );
        assert_eq!(
            said(6, 4, (2, 1)),
            "6 orang dijadwalkan. Dari 4 yang sudah lewat: 2 hadir, 1 tidak hadir, 1 belum dicatat."
        );
    }
}
