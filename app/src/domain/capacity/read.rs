//! What is asked of an office's capacity: who waits, how fast they are answered, when the queues are empty, and what one
//! officer more or fewer would change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    id::{ServiceId, UnitId},
    permission::{Permission, Reach},
    queue::{self, Arrivals, Hour, Outlook, Pace},
};
use loket_entity::{fact_hour, request};
use sea_orm::{
    ColumnTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Lane,
    paces::{self, Known},
    unanswered,
};
use crate::{
    domain::{
        accounts::policy::{self, Columns},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// Working days from which the usual day is made.
const USUAL_DAYS: usize = 20;
/// Days that are looked through for these.
const DAYS_BACK: usize = 60;
const MOST_LANES: u64 = 1_000;

/// What came in and was answered in an hour of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HourCount {
    /// Came in.
    pub arrived: u64,
    /// Was answered for the first time.
    pub answered: u64,
}

impl HourCount {
    fn add(&mut self, row: &Counted) {
        self.arrived += number(row.arrived);
        self.answered += number(row.answered);
    }
}

/// One queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueLine {
    /// Of which service at which unit.
    pub lane: Lane,
    /// How many wait in it.
    pub waiting: u64,
    /// Since when the first of them waits.
    pub since: Option<Instant>,
    /// What comes in on a working day, on average, in thousandths.
    pub arrives: u64,
    /// How fast it is answered; nothing where that is not known.
    pub pace: Option<Pace>,
    /// How it goes on.
    pub outlook: Option<Outlook>,
    /// How it would go on with more people, or fewer.
    pub changed: Option<Outlook>,
}

/// The capacity of an office, as far as whoever asks may see figures.
#[derive(Debug, Clone)]
pub struct CapacityView {
    /// Today, hour by hour; as of the last turn of counting.
    pub today: [HourCount; 24],
    /// The sum of the working days that were read, hour by hour.
    pub usual: [HourCount; 24],
    /// How many working days were read.
    pub days: u64,
    /// Whether whoever asks sees some kecamatan only, by which no queue is counted.
    pub by_district: bool,
    /// The queues in which somebody waits or was answered lately; who waits longest first.
    pub queues: Vec<QueueLine>,
}

impl CapacityView {
    /// How many wait.
    pub fn waiting(&self) -> u64 {
        self.queues.iter().map(|line| line.waiting).sum()
    }

    /// When nobody waits any more; nothing where somebody waits in a queue of which that cannot be said.
    pub fn clears(&self) -> Option<Instant> {
        let waits = self.queues.iter().filter(|line| line.waiting > 0);
        let all: Option<Vec<Instant>> = waits.map(|line| line.outlook?.clears).collect();
        all?.into_iter().max()
    }
}

/// Reads the capacity of an office, and what `more` people in each queue would change.
pub async fn capacity(cx: &Cx<'_>, office: &Office, more: i32) -> Outcome<CapacityView> {
    let known = paces::known(cx, office).await?;
    let today = office.zone.date(cx.now());
    let days = usual_days(cx, &known, today).await?;
    let read = (days.first().copied().unwrap_or(today), today);
    let facts = facts(cx, read).await?;
    let waiting = waiting(cx).await?;
    let count = |which: &dyn Fn(NaiveDate) -> bool| {
        let mut hours = [HourCount::default(); 24];
        for row in facts.iter().filter(|row| which(row.day)) {
            if let Some(hour) = hours.get_mut(hour(row)) {
                hour.add(row);
            }
        }
        hours
    };
    let arrivals = arrivals(&facts, &known, read);
    let reach = cx.reach(Permission::ReadFigures);
    let lanes: BTreeSet<Lane> = known.lanes().chain(waiting.keys().copied()).collect();
    let mut ahead: BTreeMap<Option<UnitId>, Vec<Hour>> = BTreeMap::new();
    let mut queues = Vec::new();
    for lane in lanes.into_iter().filter(|lane| reach.covers(lane.whereabouts())) {
        let hours = ahead
            .entry(known.own_hours(lane.unit))
            .or_insert_with(|| queue::hours(known.hours(lane.unit), cx.now()));
        let (waits, since) = waiting.get(&lane).copied().unwrap_or_default();
        let comes = arrivals.get(&lane).copied().unwrap_or_default();
        let pace = known.pace(lane);
        let outlook = |pace: Pace| queue::outlook(hours, pace, waits, &comes);
        queues.push(QueueLine {
            lane,
            waiting: waits,
            since,
            arrives: comes.working.iter().map(|hour| u64::from(*hour)).sum(),
            pace,
            outlook: pace.map(outlook),
            changed: pace.and_then(|pace| pace.with(more)).map(outlook),
        });
    }
    queues.sort_by_key(|line| (line.since.is_none(), line.since, std::cmp::Reverse(line.arrives)));
    Ok(CapacityView {
        today: count(&|day| day == today),
        usual: count(&|day| days.contains(&day)),
        days: days.len() as u64,
        by_district: matches!(&reach, Reach::Parts(parts) if parts.iter().all(|part| !part.districts.is_empty())),
        queues,
    })
}

/// The last working days that are over and were counted, oldest first.
async fn usual_days(cx: &Cx<'_>, known: &Known, today: NaiveDate) -> Outcome<Vec<NaiveDate>> {
    let first = cx.tx().find::<fact_hour::Entity>().ascending(fact_hour::Column::Day);
    let Some(first) = first.one().await?.map(|row| row.day) else { return Ok(Vec::new()) };
    let back = today.iter_days().rev().skip(1).take(DAYS_BACK).take_while(|day| *day >= first);
    let working = back.filter(|day| known.hours(None).is_working_day(*day));
    let mut days: Vec<NaiveDate> = working.take(USUAL_DAYS).collect();
    days.reverse();
    Ok(days)
}

#[derive(FromQueryResult)]
struct Counted {
    day: NaiveDate,
    hour: i64,
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    arrived: i64,
    answered: i64,
}

fn hour(row: &Counted) -> usize {
    usize::try_from(row.hour).unwrap_or(usize::MAX)
}

/// What was counted of the days from one to another.
async fn facts(cx: &Cx<'_>, (from, to): (NaiveDate, NaiveDate)) -> Outcome<Vec<Counted>> {
    use fact_hour::Column::{Answered, Arrived, Day, Hour, ServiceId, UnitId};
    let columns = Columns { service: Some(ServiceId), unit: Some(UnitId), district: None };
    cx.tx()
        .find::<fact_hour::Entity>()
        .filter(Day.gte(from))
        .filter(Day.lte(to))
        .filter(policy::condition(&cx.reach(Permission::ReadFigures), &columns))
        .all_columns([Day, Hour, ServiceId, UnitId, Arrived, Answered], (MOST_FACTS, "angka per jam"))
        .await
}

const MOST_FACTS: u64 = 100_000;

/// What comes in within each hour of a day.
fn arrivals(
    facts: &[Counted],
    known: &Known,
    (from, today): (NaiveDate, NaiveDate),
) -> BTreeMap<Lane, Arrivals> {
    let mut sums: BTreeMap<Lane, [[u64; 24]; 2]> = BTreeMap::new();
    let mut all = BTreeMap::new();
    for row in facts.iter().filter(|row| row.day < today) {
        let lane = Lane { service: row.service_id, unit: row.unit_id };
        let kind = usize::from(!known.hours(lane.unit).is_working_day(row.day));
        let sums = sums.entry(lane).or_default();
        if let Some(sum) = sums.get_mut(kind).and_then(|hours| hours.get_mut(hour(row))) {
            *sum += number(row.arrived);
        }
    }
    let over = u64::try_from((today - from).num_days()).unwrap_or(0);
    let mut working: BTreeMap<Option<UnitId>, u64> = BTreeMap::new();
    let mean = |sums: [u64; 24], days: u64| {
        sums.map(|sum| u32::try_from((sum * 1_000).checked_div(days).unwrap_or(0)).unwrap_or(u32::MAX))
    };
    for (lane, [on_working, on_others]) in sums {
        let working = *working.entry(known.own_hours(lane.unit)).or_insert_with(|| {
            let hours = known.hours(lane.unit);
            from.iter_days().take_while(|day| *day < today).filter(|day| hours.is_working_day(*day)).count()
                as u64
        });
        let arrivals = Arrivals {
            working: mean(on_working, working),
            closed: mean(on_others, over.saturating_sub(working)),
        };
        all.insert(lane, arrivals);
    }
    all
}

#[derive(FromQueryResult)]
struct Waits {
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    waiting: i64,
    since: Option<Instant>,
}

/// How many wait in each queue, and since when the first of them does.
async fn waiting(cx: &Cx<'_>) -> Outcome<BTreeMap<Lane, (u64, Option<Instant>)>> {
    use request::Column::{FirstMessageAt, ServiceId, UnitId};
    let rows: Vec<Waits> = cx
        .tx()
        .find::<request::Entity>()
        .filter(unanswered())
        .grouped(
            [ServiceId, UnitId],
            [(Expr::val(1).count(), "waiting"), (FirstMessageAt.min(), "since")],
            MOST_LANES,
        )
        .await?;
    let lane =
        |row: Waits| (Lane { service: row.service_id, unit: row.unit_id }, (number(row.waiting), row.since));
    Ok(rows.into_iter().map(lane).collect())
}

fn number(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}
