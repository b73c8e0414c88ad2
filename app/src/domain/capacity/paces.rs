//! The pace of each queue of an office, from what was answered lately; read once in ten minutes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use chrono::TimeDelta;
use loket_core::{
    calendar::{Calendar, HoursKind, Timetable},
    clock::Instant,
    id::{ServiceId, UnitId, UserId},
    queue::{self, Answer, Pace},
    request::Channel,
    zone::OfficeZone,
};
use loket_entity::request;
use sea_orm::{ColumnTrait, FromQueryResult};

use super::{Lane, unanswered};
use crate::{
    domain::{
        calendars::{self, Of},
        tenancy::Office,
    },
    infra::{Cx, Outcome, memory::Remembered},
};

/// How far back answers are read.
const BACK: TimeDelta = TimeDelta::days(14);
/// At most so many, the latest: a busy office's last days say enough.
const MOST: u64 = 6_000;
/// How long what was read is good for, in seconds.
const FRESH: i64 = 600;

/// What is known of an office's queues.
pub(super) struct Known {
    /// The pace of each queue that has one.
    paces: BTreeMap<Lane, Pace>,
    office: Calendar,
    /// Of the units that have hours of their own.
    units: BTreeMap<UnitId, Calendar>,
    /// The earliest answer that was looked for.
    pub(super) since: Instant,
}

impl Remembered for Known {
    fn bytes(&self) -> usize {
        // A calendar holds the holidays of some years.
        self.paces.len() * 64 + (self.units.len() + 1) * 16_384
    }
}

impl Known {
    /// The pace of a queue; nothing where too little was answered.
    pub(super) fn pace(&self, lane: Lane) -> Option<Pace> {
        self.paces.get(&lane).copied()
    }

    /// The queues that have a pace.
    pub(super) fn lanes(&self) -> impl Iterator<Item = Lane> {
        self.paces.keys().copied()
    }

    /// When citizens are answered at a unit.
    pub(super) fn hours(&self, unit: Option<UnitId>) -> &Calendar {
        unit.and_then(|unit| self.units.get(&unit)).unwrap_or(&self.office)
    }

    /// Whether a unit has hours of its own.
    pub(super) fn own_hours(&self, unit: Option<UnitId>) -> Option<UnitId> {
        unit.filter(|unit| self.units.contains_key(unit))
    }
}

/// What is known of the office's queues.
pub(super) async fn known(cx: &Cx<'_>, office: &Office) -> Outcome<Arc<Known>> {
    let now = cx.now();
    let key = now.timestamp().div_euclid(FRESH).to_string();
    if let Some(known) = cx.recall(&key) {
        return Ok(known);
    }
    let (office_hours, units) = hours(cx, office.zone).await?;
    let (answers, since) = answers(cx, now).await?;
    let mut waits = waits(cx).await?;
    let mut found = Known { paces: BTreeMap::new(), office: office_hours, units, since };
    for (lane, answers) in answers {
        let waiting = waits.remove(&lane).unwrap_or_default();
        if let Some(pace) = queue::pace(found.hours(lane.unit), &answers, &waiting, since..now) {
            found.paces.insert(lane, pace);
        }
    }
    Ok(cx.keep(key, found))
}

/// When citizens are answered, at the office and at units with hours of their own.
async fn hours(cx: &Cx<'_>, zone: OfficeZone) -> Outcome<(Calendar, BTreeMap<UnitId, Calendar>)> {
    let calendar =
        |timetable: &Timetable| timetable.calendar(HoursKind::Service, zone, calendars::holidays());
    let mut office = Timetable::usual();
    let mut units = BTreeMap::new();
    for line in calendars::lines(cx).await? {
        match (line.of, line.current) {
            (Of::Office, Some(own)) => office = own.document,
            (Of::Unit(unit), Some(own)) => {
                units.insert(unit, calendar(&own.document));
            }
            (_, None) => {}
        }
    }
    Ok((calendar(&office), units))
}

#[derive(FromQueryResult)]
struct Given {
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    first_message_at: Instant,
    answered_at: Option<Instant>,
    assigned_to: Option<UserId>,
}

/// What was answered lately, queue by queue, and since when all of it was read.
async fn answers(cx: &Cx<'_>, now: Instant) -> Outcome<(HashMap<Lane, Vec<Answer>>, Instant)> {
    use request::Column::{AnsweredAt, AssignedTo, FirstMessageAt, ServiceId, UnitId};
    let from = now - BACK;
    let rows: Vec<Given> = cx
        .tx()
        .find::<request::Entity>()
        .filter(AnsweredAt.gte(from))
        .filter(AnsweredAt.lt(now))
        .filter(request::Column::Channel.is_in(Channel::WRITTEN))
        .descending(AnsweredAt)
        .columns([ServiceId, UnitId, FirstMessageAt, AnsweredAt, AssignedTo], MOST)
        .await?;
    let all_read = (rows.len() as u64) < MOST;
    let mut since = now;
    let mut lanes: HashMap<Lane, Vec<Answer>> = HashMap::new();
    for row in rows {
        let Some(given) = row.answered_at else { continue };
        since = since.min(given);
        let answer = Answer { asked: row.first_message_at, given, by: row.assigned_to };
        lanes.entry(Lane { service: row.service_id, unit: row.unit_id }).or_default().push(answer);
    }
    Ok((lanes, if all_read { from } else { since }))
}

#[derive(FromQueryResult)]
struct Waits {
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    first_message_at: Instant,
}

/// Since when people wait, queue by queue.
async fn waits(cx: &Cx<'_>) -> Outcome<HashMap<Lane, Vec<Instant>>> {
    use request::Column::{FirstMessageAt, ServiceId, UnitId};
    let rows: Vec<Waits> = cx
        .tx()
        .find::<request::Entity>()
        .filter(unanswered())
        .ascending(FirstMessageAt)
        .columns([ServiceId, UnitId, FirstMessageAt], MOST)
        .await?;
    let mut lanes: HashMap<Lane, Vec<Instant>> = HashMap::new();
    for row in rows {
        let lane = Lane { service: row.service_id, unit: row.unit_id };
        lanes.entry(lane).or_default().push(row.first_message_at);
    }
    Ok(lanes)
}
