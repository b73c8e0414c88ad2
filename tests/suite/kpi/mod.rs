//! Figures: whatever happens to requests, a tile equals its list and its export, and facts that were counted day by
//! day equal those counted from everything that ever happened.

mod cost;
pub(crate) mod life;
mod pages;
mod year;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loket::{
    domain::{
        kpi::{self, Dashboard, District, Filter, Selection},
        requests,
    },
    infra::{Cx, SystemReason},
};
use loket_core::{
    id::RequestId,
    kpi::{AgeBand, Metric, Period, Preset},
    request::{Channel, PaperReason, RequestEventKind, RequestState},
    standard::{Confidence, TimeUnit},
};
use loket_entity::{
    fact_case, fact_day, fact_hour, fact_office, fact_paper, fact_stale, request, request_event,
};
use loket_tests::{app::TestApp, on_both_databases};
use sea_orm::{Condition, sea_query::Expr};

use life::{Life, TANGERANG};

use crate::clocked::{limit, may_take};

on_both_databases!(
    a_tile_equals_its_list_and_its_export_whatever_is_asked,
    facts_counted_day_by_day_equal_those_counted_from_everything,
    what_is_reopened_is_taken_back_from_the_day_it_was_counted_on,
    figures_read_in_one_turn_of_counting_are_read_again_in_the_next,
    a_clock_that_ran_ahead_and_was_set_right_leaves_no_wrong_day,
    what_is_reopened_stays_closed_on_the_days_on_which_it_was,
    an_old_period_ends_with_what_was_open_then,
);

/// The figure of a selection on the head's page.
fn tile(figures: &Dashboard, selection: &Selection) -> u64 {
    match selection.metric {
        Metric::Arrived => figures.period.arrived,
        Metric::Settled => figures.period.finished,
        Metric::OnTime => figures.period.on_time.kept,
        Metric::Late => figures.period.on_time.missed,
        Metric::PromiseKept => figures.period.promises.kept,
        Metric::FirstTimeRight => figures.period.first_right,
        Metric::AnsweredInTime => figures.period.answers.kept,
        Metric::Response => figures.period.response.total(),
        Metric::Settlement => figures.period.settlement.total(),
        Metric::Backlog => figures
            .ages
            .iter()
            .filter(|(age, _)| selection.age.is_none_or(|one| one == *age))
            .map(|(_, n)| n)
            .sum(),
        Metric::Incomplete => figures
            .causes
            .iter()
            .filter(|(why, _)| selection.reason.is_none_or(|one| one == **why))
            .map(|(_, n)| n)
            .sum(),
    }
}

fn selections(filter: &Filter) -> Vec<Selection> {
    let of = |metric: &Metric| Selection::of(*metric, filter.clone());
    let mut all: Vec<Selection> =
        Metric::ALL.iter().filter(|metric| metric.definition().rows.is_some()).map(of).collect();
    let age = |age: &AgeBand| Selection { age: Some(*age), ..of(&Metric::Backlog) };
    all.extend(AgeBand::ALL.iter().map(age));
    let reason = |reason: &PaperReason| Selection { reason: Some(*reason), ..of(&Metric::Incomplete) };
    all.extend(PaperReason::ALL.iter().map(reason));
    all
}

/// A filter drawn by lot: what the requests have, and what none has.
fn filter(life: &mut Life<'_>, today: NaiveDate) -> Filter {
    let period = match life.lots.u32(0..6) {
        0..4 => Period::named(Preset::ALL[life.lots.usize(0..4)], today),
        _ => {
            let back = |days: u64| today.checked_sub_days(chrono::Days::new(days)).unwrap();
            let to = life.lots.u64(0..9);
            Period::range(back(to + life.lots.u64(0..9)), back(to), today).unwrap()
        }
    };
    let like = life.seen.get(life.lots.usize(0..life.seen.len())).cloned().unwrap();
    let mut narrow = |share: f64| life.lots.f64() < share;
    Filter {
        period,
        service: narrow(0.3).then_some(like.0),
        variant: narrow(0.2).then_some(like.1),
        district: narrow(0.3).then(|| like.2.map_or(District::Unknown, District::Code)),
        channel: narrow(0.2).then(|| Channel::ALL[life.lots.usize(0..Channel::ALL.len())]),
    }
}

async fn agree(life: &mut Life<'_>, rounds: usize) {
    let today = life.office.zone.date(life.app.house.clock.now());
    for _ in 0..rounds {
        let filter = filter(life, today);
        for actor in [life.whole(), life.narrow()] {
            let mut cx = life.reading(actor).await;
            let figures = kpi::dashboard(&cx, &life.office, &filter).await.unwrap();
            for selection in selections(&filter) {
                let counted = kpi::count(&cx, &life.office, &selection).await.unwrap();
                assert_eq!(tile(&figures, &selection), counted, "{selection:?}");
                let rows = kpi::export(&mut cx, &life.office, &selection).await.unwrap();
                assert_eq!(rows.len() as u64, counted, "{selection:?}");
                let page = kpi::list(&mut cx, &life.office, &selection, (None, 3)).await.unwrap();
                assert_eq!(page.rows.len() as u64, counted.min(3));
                if let Some(next) = page.next {
                    let next = kpi::list(&mut cx, &life.office, &selection, (Some(next), 3)).await.unwrap();
                    let ids = |rows: &[kpi::ListRow]| rows.iter().map(|row| row.row.id).collect::<Vec<_>>();
                    assert_eq!(
                        ids(&next.rows),
                        ids(&rows[3..(3 + next.rows.len())]),
                        "a page follows on the last"
                    );
                }
            }
        }
    }
}

async fn a_tile_equals_its_list_and_its_export_whatever_is_asked(app: &TestApp) {
    may_take(app, vec![limit(4, TimeUnit::WorkingDays, Confidence::High)]).await;
    let mut life = Life::begins(app, 7).await;
    life.goes_on(40).await;
    agree(&mut life, 6).await;
    for _ in 0..3 {
        life.goes_on(45).await;
        requests::watch(&app.house, &life.office).await.unwrap();
        kpi::rollup(&app.house, &life.office).await.unwrap();
        agree(&mut life, 4).await;
        // Days that were counted are now taken back: they are looked up until they are counted again.
        life.reopens_something().await;
        agree(&mut life, 4).await;
    }
    assert!(!app.rows::<fact_stale::Entity>(TANGERANG).await.unwrap().is_empty(), "something was taken back");
}

/// Every fact, without what differs from one counting to the next.
async fn facts(app: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    for mut row in app.rows::<fact_day::Entity>(TANGERANG).await.unwrap() {
        row.tenant_id = loket_core::id::OfficeId::NIL;
        all.push(format!("{row:?}"));
    }
    for mut row in app.rows::<fact_case::Entity>(TANGERANG).await.unwrap() {
        row.id = loket_core::id::FactId::NIL;
        all.push(format!("{row:?}"));
    }
    for mut row in app.rows::<fact_paper::Entity>(TANGERANG).await.unwrap() {
        row.id = loket_core::id::FactId::NIL;
        all.push(format!("{row:?}"));
    }
    for mut row in app.rows::<fact_hour::Entity>(TANGERANG).await.unwrap() {
        row.id = loket_core::id::FactId::NIL;
        all.push(format!("{row:?}"));
    }
    all.sort();
    all
}

/// What a day's events say, with nothing but the events: came in, finished, refused, cancelled, right the first time.
type Day = [i64; 5];

async fn replayed(life: &Life<'_>) -> BTreeMap<NaiveDate, Day> {
    let mut events = life.app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    events.sort_by_key(|event| (event.recorded_at, event.id));
    let mut closed: BTreeMap<RequestId, (NaiveDate, RequestState)> = BTreeMap::new();
    let mut waited: BTreeMap<RequestId, bool> = BTreeMap::new();
    let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    for event in &events {
        let day = life.office.zone.date(event.recorded_at);
        match (event.kind, event.to_state) {
            (RequestEventKind::Opened, _) => days.entry(day).or_default()[0] += 1,
            (RequestEventKind::Reopened, _) => {
                closed.remove(&event.request_id);
            }
            (_, Some(state)) if state.is_terminal() => {
                closed.insert(event.request_id, (day, state));
            }
            (_, Some(RequestState::WaitingForCitizen)) => {
                waited.insert(event.request_id, true);
            }
            _ => {}
        }
    }
    for (request, (day, state)) in closed {
        let counts = days.entry(day).or_default();
        match state {
            RequestState::Finished => {
                counts[1] += 1;
                counts[4] += i64::from(!waited.contains_key(&request));
            }
            RequestState::Rejected => counts[2] += 1,
            _ => counts[3] += 1,
        }
    }
    days.retain(|_, counts| counts != &[0; 5]);
    days
}

async fn counted(app: &TestApp) -> BTreeMap<NaiveDate, Day> {
    let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    for row in app.rows::<fact_day::Entity>(TANGERANG).await.unwrap() {
        let counts = days.entry(row.day).or_default();
        let more = [row.arrived, row.finished, row.rejected, row.cancelled, row.first_right];
        counts.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
    days.retain(|_, counts| counts != &[0; 5]);
    days
}

/// Takes every fact away, as if none had ever been counted.
async fn forget(life: &Life<'_>) {
    let cx = Cx::system(&life.app.house, life.office.id, SystemReason::Rollup).await.unwrap();
    let all = || Condition::all().add(sea_orm::ExprTrait::eq(Expr::val(1), 1));
    cx.tx().delete::<fact_day::Entity>(all()).await.unwrap();
    cx.tx().delete::<fact_case::Entity>(all()).await.unwrap();
    cx.tx().delete::<fact_paper::Entity>(all()).await.unwrap();
    cx.tx().delete::<fact_hour::Entity>(all()).await.unwrap();
    cx.tx().delete::<fact_stale::Entity>(all()).await.unwrap();
    let through: Option<NaiveDate> = None;
    cx.tx()
        .change::<fact_office::Entity>(all())
        .set(fact_office::Column::BuiltThrough, through)
        .run_one()
        .await
        .unwrap();
    cx.commit().await.unwrap();
}

async fn facts_counted_day_by_day_equal_those_counted_from_everything(app: &TestApp) {
    may_take(app, vec![limit(4, TimeUnit::WorkingDays, Confidence::High)]).await;
    let mut life = Life::begins(app, 11).await;
    for round in 0..5 {
        life.goes_on(35).await;
        if round > 1 {
            life.reopens_something().await;
        }
        requests::watch(&app.house, &life.office).await.unwrap();
        kpi::rollup(&app.house, &life.office).await.unwrap();
        assert_eq!(counted(app).await, replayed(&life).await, "what the history says");
    }
    let day_by_day = facts(app).await;
    assert!(day_by_day.len() > 20, "{}", day_by_day.len());
    let times = app.rows::<fact_day::Entity>(TANGERANG).await.unwrap();
    let sum = |of: fn(&fact_day::Model) -> i64| times.iter().map(of).sum::<i64>();
    let (in_time, late) = (sum(|day| day.in_time), sum(|day| day.late));
    assert!(in_time > 0 && late > 0 && sum(|day| day.missed) > 0, "{in_time} in time, {late} late");
    assert_eq!(kpi::rollup(&app.house, &life.office).await.unwrap(), 0, "nothing is due any more");
    assert_eq!(facts(app).await, day_by_day, "counting again changes nothing");
    forget(&life).await;
    assert!(kpi::rollup(&app.house, &life.office).await.unwrap() > 3);
    assert_eq!(facts(app).await, day_by_day, "counted from everything");
}

async fn what_is_reopened_is_taken_back_from_the_day_it_was_counted_on(app: &TestApp) {
    let mut life = Life::begins(app, 3).await;
    let id = life.opens_at_the_desk().await;
    life.finishes(id).await;
    let first = life.office.zone.date(app.house.clock.now());
    app.waits(2 * 24 * 60);
    kpi::rollup(&app.house, &life.office).await.unwrap();
    assert_eq!(counted(app).await.get(&first).map(|day| day[1]), Some(1));
    life.reopens(id).await;
    let marks = app.rows::<fact_stale::Entity>(TANGERANG).await.unwrap();
    assert!(marks.iter().any(|mark| life.office.zone.date(mark.at) == first), "the day is marked");
    kpi::rollup(&app.house, &life.office).await.unwrap();
    assert_eq!(counted(app).await.get(&first).map(|day| day[1]), Some(0), "it is no longer finished");
    assert!(app.rows::<fact_stale::Entity>(TANGERANG).await.unwrap().is_empty());
    let open = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    assert!(open.iter().any(|row| row.id == id && row.closed_at.is_none()));
}

async fn figures_read_in_one_turn_of_counting_are_read_again_in_the_next(app: &TestApp) {
    let mut life = Life::begins(app, 3).await;
    let id = life.opens_at_the_desk().await;
    life.finishes(id).await;
    app.waits(2 * 24 * 60);
    kpi::rollup(&app.house, &life.office).await.unwrap();
    let today = life.office.zone.date(app.house.clock.now());
    let filter = Filter::of(Period::named(Preset::Week, today));
    let finished = async |life: &Life<'_>| {
        let cx = life.reading(life.whole()).await;
        kpi::dashboard(&cx, &life.office, &filter).await.unwrap().period.finished
    };
    assert_eq!((finished(&life).await, finished(&life).await), (1, 1));
    life.reopens(id).await;
    assert_eq!(finished(&life).await, 0, "its day is looked up until it is counted again");
    kpi::rollup(&app.house, &life.office).await.unwrap();
    assert_eq!(finished(&life).await, 0, "the clock stands still, but facts were counted again");
}

async fn a_clock_that_ran_ahead_and_was_set_right_leaves_no_wrong_day(app: &TestApp) {
    let mut life = Life::begins(app, 5).await;
    life.opens_at_the_desk().await;
    app.waits(5 * 24 * 60);
    kpi::rollup(&app.house, &life.office).await.unwrap();
    app.waits(-4 * 24 * 60);
    // The next turn, five minutes later at most, sees that those days are not over.
    kpi::rollup(&app.house, &life.office).await.unwrap();
    life.opens_at_the_desk().await;
    let today = life.office.zone.date(app.house.clock.now());
    let filter = Filter::of(Period::named(Preset::Today, today));
    let cx = life.reading(life.whole()).await;
    let figures = kpi::dashboard(&cx, &life.office, &filter).await.unwrap();
    drop(cx);
    assert_eq!(figures.period.arrived, 1, "today is looked up, whatever was counted of it");
    app.waits(2 * 24 * 60);
    kpi::rollup(&app.house, &life.office).await.unwrap();
    assert_eq!(counted(app).await.get(&today).map(|day| day[0]), Some(1), "and counted when it is over");
}

/// What was open at the end of each of the last two weeks' days, as the head's page draws it.
async fn drawn(life: &Life<'_>, narrow: Option<District>) -> BTreeMap<NaiveDate, u64> {
    let today = life.office.zone.date(life.app.house.clock.now());
    let filter = Filter { district: narrow, ..Filter::of(Period::named(Preset::Week, today)) };
    let cx = life.reading(life.whole()).await;
    let figures = kpi::dashboard(&cx, &life.office, &filter).await.unwrap();
    figures.days.iter().map(|(day, _)| *day).zip(figures.open_days).collect()
}

async fn what_is_reopened_stays_closed_on_the_days_on_which_it_was(app: &TestApp) {
    let mut life = Life::begins(app, 3).await;
    let id = life.opens_at_the_desk().await;
    life.opens_at_the_desk().await;
    let first = life.office.zone.date(app.house.clock.now());
    life.finishes(id).await;
    app.waits(5 * 24 * 60);
    kpi::rollup(&app.house, &life.office).await.unwrap();
    let before = drawn(&life, None).await;
    assert_eq!(before.get(&first), Some(&1), "one of two was finished on its day");
    life.reopens(id).await;
    let today = life.office.zone.date(app.house.clock.now());
    for _ in 0..2 {
        let mut after = drawn(&life, None).await;
        assert_eq!(after.insert(today, 1), Some(2), "both are open now");
        assert_eq!(after, before, "and the days before are drawn as they were");
        // Once looked up, once from facts.
        kpi::rollup(&app.house, &life.office).await.unwrap();
    }
}

async fn an_old_period_ends_with_what_was_open_then(app: &TestApp) {
    let mut life = Life::begins(app, 13).await;
    let mut open: BTreeMap<NaiveDate, u64> = BTreeMap::new();
    for _ in 0..8 {
        life.goes_on(12).await;
        let cx = life.reading(life.whole()).await;
        let today = life.office.zone.date(cx.now());
        let filter = Filter::of(Period::named(Preset::Today, today));
        let now = kpi::dashboard(&cx, &life.office, &filter).await.unwrap().open;
        drop(cx);
        open.insert(today, now);
        // Nothing more happens on that day.
        app.waits(24 * 60);
        kpi::rollup(&app.house, &life.office).await.unwrap();
    }
    let today = life.office.zone.date(app.house.clock.now());
    for (day, expected) in open.iter().filter(|(day, _)| **day < today) {
        let filter = Filter::of(Period::range(*day, *day, today).unwrap());
        let cx = life.reading(life.whole()).await;
        let figures = kpi::dashboard(&cx, &life.office, &filter).await.unwrap();
        assert_eq!(figures.open_days.last(), Some(expected), "{day}");
    }
}
