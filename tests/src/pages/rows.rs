//! The rows of an office's years: requests that ended long ago, today's, and those that are open.
//!
//! Sealed columns of open requests are sealed each at its own place, so that pages open them. Those of ended requests
//! carry one sealed name and no fields, and are not found by their family card: no measured page opens them. Of their
//! history there is the line that ended them, which facts are counted from; papers, words of names and messages are
//! left out. Ten million take twelve gigabytes on PostgreSQL.

use chrono::TimeDelta;
use loket::infra::seal::Column;
use loket_core::{
    calendar::DayReading,
    clock::Instant,
    request::{RequestEventKind, RequestState, Terms, TimetableRef},
    standard::{Basis, TimeLimit, TimeUnit},
    zone::OfficeZone,
};
use serde_json::json;
use uuid::Uuid;

use super::ground::Ground;
use crate::Trouble;

const SUBJECT: Column = Column::new("request", "subject");
const FIELDS: Column = Column::new("request", "fields");

/// A value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// An id.
    Id(Uuid),
    /// Words.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A number.
    Number(i64),
    /// A moment.
    Time(Instant),
    /// Nothing.
    Null,
}

/// A table and the columns that are written, in order.
#[derive(Debug, Clone, Copy)]
pub struct Table(pub &'static str, pub &'static str);

/// Requests.
pub const REQUEST: Table = Table(
    "request",
    "tenant_id, id, receipt, service_id, variant_id, unit_id, conversation_id, submitter_id, channel, state, \
     assigned_to, subject, fields, nik_idx, kk_idx, district_code, district, papers_required, papers_accepted, \
     result_file_id, first_message_at, turn_at, opened_at, answered_at, unanswered_since, complete_from, \
     complete_declared_at, ready_at, closed_at, close_reason, changed_at, version, terms, due_at, next_check",
);
/// Their history.
pub const EVENT: Table = Table(
    "request_event",
    "tenant_id, id, request_id, kind, at, recorded_at, actor_kind, actor_id, channel, unit_id, service_id, \
     variant_id, district_code, from_state, to_state, reason, paper_id, payload",
);
/// How long ago the oldest past request was opened, in days.
const YEARS: i64 = 3 * 365;
/// How long ago the oldest open request was opened, in days.
const OPEN_SINCE: i64 = 60;

/// Makes rows of one office. The same number always makes the same row.
pub struct Rows {
    ground: Ground,
    sealed: (Vec<u8>, Vec<u8>),
    /// What open requests are counted by.
    terms: String,
}

/// Where a request stands, and when it came there.
struct Course {
    state: RequestState,
    opened: Instant,
    answered: Option<Instant>,
    waits: bool,
    complete: Option<Instant>,
    ready: Option<Instant>,
    closed: Option<Instant>,
    taken: bool,
    /// When its clock is looked at, where it has one.
    check: Option<Instant>,
}

impl Rows {
    /// Rows of an office.
    pub fn of(ground: Ground) -> Result<Self, Trouble> {
        let subject = ground.keys.seal(&"SITI AMINAH".to_owned(), SUBJECT.of(Uuid::nil()))?;
        let fields = ground.keys.seal(&json!({}), FIELDS.of(Uuid::nil()))?;
        let terms = Terms {
            limit: TimeLimit {
                amount: 60,
                unit: TimeUnit::WorkingDays,
                channel: None,
                basis: Basis::default(),
            },
            reading: DayReading::Hours,
            timetable: TimetableRef { unit: None, edition: 0 },
            zone: OfficeZone::Wib,
        };
        let sealed = (subject.bytes().to_vec(), fields.bytes().to_vec());
        Ok(Self { sealed, terms: serde_json::to_string(&terms)?, ground })
    }

    /// The office.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// A request that ended before today: the `nth` of `all`.
    pub fn past(&self, nth: u64, all: u64) -> Vec<Cell> {
        let (id, seed, course) = self.past_course(nth, all);
        self.request(id, (seed, &course), self.sealed.clone())
    }

    /// The line of its history that ended it.
    pub fn past_end(&self, nth: u64, all: u64) -> Vec<Cell> {
        let (id, seed, course) = self.past_course(nth, all);
        let moved = (Some(RequestState::InProcess), Some(course.state));
        self.event(
            (id, seed),
            ending(course.state),
            (course.closed.unwrap_or(course.opened), moved.0, moved.1),
        )
    }

    fn past_course(&self, nth: u64, all: u64) -> (Uuid, u64, Course) {
        let seed = mixed(nth ^ (all << 32));
        let span = TimeDelta::days(YEARS).num_seconds();
        let end = self.ground.midnight() - TimeDelta::seconds(1);
        let opened = end - TimeDelta::seconds(span - share(span, nth, all));
        let within = |minutes: u64| (opened + minutes_of(minutes)).min(end);
        let state = match seed % 100 {
            0..6 => RequestState::Rejected,
            6..12 => RequestState::Cancelled,
            _ => RequestState::Finished,
        };
        let finished = state == RequestState::Finished;
        let closed = within(2_000 + mixed(seed + 2) % 9_000);
        let course = Course {
            state,
            opened,
            answered: Some(within(3 + mixed(seed) % 400)),
            waits: false,
            complete: finished.then(|| within(400 + mixed(seed + 1) % 1_500)),
            ready: finished.then_some(closed),
            closed: Some(closed),
            taken: true,
            check: None,
        };
        (id(opened, (all << 34) | nth), seed, course)
    }

    /// A request that came in and ended today, with its history.
    pub fn today(&self, nth: u64, all: u64) -> (Vec<Cell>, Vec<Vec<Cell>>) {
        let seed = mixed(nth + 77);
        let so_far = (self.ground.now - self.ground.midnight()).num_seconds().max(60);
        let at = |part: i64| {
            let opened = share(so_far / 2, nth, all);
            self.ground.midnight() + TimeDelta::seconds(opened + so_far * part / 10)
        };
        let course = Course {
            state: RequestState::Finished,
            opened: at(0),
            answered: Some(at(1)),
            waits: false,
            complete: Some(at(2)),
            ready: Some(at(3)),
            closed: Some(at(4)),
            taken: true,
            check: None,
        };
        let id = id(course.opened, (1 << 60) | nth);
        let taken = (at(1), Some(RequestState::Received), Some(RequestState::Verification));
        let closed = (at(4), Some(RequestState::InProcess), Some(RequestState::Finished));
        let history = vec![
            self.event((id, seed), RequestEventKind::Taken, taken),
            self.event((id, seed + 1), RequestEventKind::Finished, closed),
        ];
        (self.request(id, (seed, &course), self.sealed.clone()), history)
    }

    /// An open request, the `nth` of `all` more after those `before`: two of five wait for somebody to take them.
    pub fn open(&self, (nth, all): (u64, u64), before: u64) -> Result<Vec<Cell>, Trouble> {
        let seed = mixed(before + nth + 99_991);
        let span = TimeDelta::days(OPEN_SINCE).num_seconds();
        let back = span - share(span, nth, all);
        let opened = self.ground.midnight() - TimeDelta::seconds(back.max(60));
        let state = match seed % 20 {
            0..8 => RequestState::Received,
            8..13 => RequestState::Verification,
            13..17 => RequestState::WaitingForCitizen,
            17..19 => RequestState::InProcess,
            _ => RequestState::Ready,
        };
        let taken = state != RequestState::Received;
        let course = Course {
            state,
            opened,
            answered: taken.then_some(opened + TimeDelta::minutes(40)),
            waits: seed.is_multiple_of(3) || !taken,
            complete: (state == RequestState::InProcess).then_some(opened + TimeDelta::minutes(60)),
            ready: None,
            closed: None,
            taken,
            // Every fourth of those whose papers are complete is due to be looked at.
            check: (state == RequestState::InProcess).then(|| {
                let due = (seed >> 8).is_multiple_of(4);
                if due { self.ground.now } else { self.ground.now + TimeDelta::days(30) }
            }),
        };
        let id = id(opened, (1 << 61) | (before + nth));
        let subject = self.ground.keys.seal(&"SITI AMINAH".to_owned(), SUBJECT.of(id))?;
        let fields = self.ground.keys.seal(&fields(), FIELDS.of(id))?;
        Ok(self.request(id, (seed, &course), (subject.bytes().to_vec(), fields.bytes().to_vec())))
    }

    fn request(&self, id: Uuid, (seed, course): (u64, &Course), sealed: (Vec<u8>, Vec<u8>)) -> Vec<Cell> {
        let place = self.place(seed);
        let index =
            |salt: u64| Cell::Bytes((0..4).flat_map(|n| mixed(seed + salt + n).to_be_bytes()).collect());
        let accepted = i64::from(course.complete.is_some()) * 2;
        vec![
            Cell::Id(self.ground.office.0),
            Cell::Id(id),
            Cell::Text(format!("UJI-{:x}", id.as_u128() & 0xffff_ffff_ffff_ffff)),
            place.service,
            place.variant,
            place.unit,
            Cell::Null,
            Cell::Null,
            place.channel,
            Cell::Text(course.state.word().to_owned()),
            if course.taken { Cell::Id(self.officer(seed)) } else { Cell::Null },
            Cell::Bytes(sealed.0),
            Cell::Bytes(sealed.1),
            index(10),
            if course.closed.is_some() { Cell::Null } else { index(20) },
            place.district,
            place.district_name,
            Cell::Number(2),
            Cell::Number(accepted),
            Cell::Null,
            Cell::Time(course.opened),
            Cell::Time(course.opened),
            Cell::Time(course.opened),
            time(course.answered),
            time(course.waits.then_some(course.opened)),
            time(course.complete),
            time(course.complete),
            time(course.ready),
            time(course.closed),
            Cell::Null,
            Cell::Time(course.closed.unwrap_or(course.opened)),
            Cell::Number(1),
            course.check.map_or(Cell::Null, |_| Cell::Text(self.terms.clone())),
            time(course.check.map(|at| at + TimeDelta::days(1))),
            time(course.check),
        ]
    }

    fn event(
        &self,
        (request, seed): (Uuid, u64),
        kind: RequestEventKind,
        (at, from, to): (Instant, Option<RequestState>, Option<RequestState>),
    ) -> Vec<Cell> {
        let place = self.place(seed);
        let word =
            |state: Option<RequestState>| state.map_or(Cell::Null, |one| Cell::Text(one.word().to_owned()));
        vec![
            Cell::Id(self.ground.office.0),
            Cell::Id(id(at, request.as_u128() as u64 ^ (kind as u64) << 40)),
            Cell::Id(request),
            Cell::Text(kind.word().to_owned()),
            Cell::Time(at),
            Cell::Time(at),
            Cell::Text("officer".to_owned()),
            Cell::Id(self.officer(seed)),
            place.channel,
            place.unit,
            place.service,
            place.variant,
            place.district,
            word(from),
            word(to),
            Cell::Null,
            Cell::Null,
            Cell::Null,
        ]
    }

    pub(super) fn officer(&self, seed: u64) -> Uuid {
        picked(&self.ground.officers, mixed(seed + 5)).map_or(Uuid::nil(), |one| one.0)
    }

    fn place(&self, seed: u64) -> Place {
        let nothing = || (Cell::Null, Cell::Null, Cell::Null);
        let (service, variant, unit) = picked(&self.ground.services, mixed(seed + 6))
            .map_or_else(nothing, |one| {
                (Cell::Id(one.0.0), Cell::Id(one.1.0), one.2.map_or(Cell::Null, |unit| Cell::Id(unit.0)))
            });
        // One in eight came without a kecamatan that is known.
        let known = picked(&self.ground.districts, mixed(seed + 7)).filter(|_| !seed.is_multiple_of(8));
        let text = |word: &str| Cell::Text(word.to_owned());
        Place {
            service,
            variant,
            unit,
            channel: text(if seed.is_multiple_of(4) { "loket" } else { "whatsapp" }),
            district: known.map_or(Cell::Null, |one| text(one.0)),
            district_name: known.map_or(Cell::Null, |one| text(one.1)),
        }
    }
}

struct Place {
    service: Cell,
    variant: Cell,
    unit: Cell,
    channel: Cell,
    district: Cell,
    district_name: Cell,
}

fn fields() -> serde_json::Value {
    json!({ "nama": "SITI AMINAH", "nik": "3603036502909001", "no_kk": "3603031203159001", "desa": "PETE" })
}

const fn ending(state: RequestState) -> RequestEventKind {
    match state {
        RequestState::Rejected => RequestEventKind::Rejected,
        RequestState::Cancelled => RequestEventKind::Cancelled,
        _ => RequestEventKind::Finished,
    }
}

fn time(at: Option<Instant>) -> Cell {
    at.map_or(Cell::Null, Cell::Time)
}

/// The part of a span that the `nth` of `all` has come to.
fn share(span: i64, nth: u64, all: u64) -> i64 {
    let part = u128::from(nth) * u128::from(span.unsigned_abs()) / u128::from(all.max(1));
    i64::try_from(part).unwrap_or(span)
}

/// Minutes as a span.
pub(super) fn minutes_of(minutes: u64) -> TimeDelta {
    TimeDelta::minutes(i64::try_from(minutes).unwrap_or(0))
}

/// An id as the application makes them: it begins with its time.
pub(super) fn id(at: Instant, number: u64) -> Uuid {
    let millis = u128::try_from(at.timestamp_millis()).unwrap_or(0);
    Uuid::from_u128((millis << 80) | (7 << 76) | (0b10 << 62) | u128::from(number & ((1 << 62) - 1)))
}

fn picked<T>(all: &[T], lot: u64) -> Option<&T> {
    let place = usize::try_from(lot % (all.len().max(1) as u64)).unwrap_or(0);
    all.get(place)
}

/// Numbers that look like chance and are the same in every run.
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
