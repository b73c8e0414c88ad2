//! Counting facts: each day once when it is over, and again when what was counted on it is no longer so.
//!
//! A turn holds the office's row, so that two servers never count the same office at once. It first takes the marks of
//! stale days away and then counts: a mark that is committed later stays and is read by the next turn. A day is over
//! ten minutes after midnight on the office's clocks; what an operation that was slow to commit did on it is then there.
//! Counting a day is deleting its facts and writing them anew, so it may happen any number of times.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    id::{FactId, ServiceId},
    kpi::Tally,
    request::PaperReason,
    zone::OfficeZone,
};
use loket_entity::{fact_case, fact_day, fact_hour, fact_office, fact_paper, fact_stale, request};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ExprTrait, sea_query::Expr};

use super::{
    course::{after, days, spans},
    filter::Filter,
    hours::Hours,
    live::{self, Place, Which},
    store::{self, stored},
};
use crate::{
    domain::{requests, tenancy::Office},
    infra::{Cx, Fault, House, Outcome, SystemReason},
};

/// Days counted in one transaction.
const BATCH: usize = 31;
/// How long after midnight a day is left open.
const GRACE: TimeDelta = TimeDelta::minutes(10);

/// Counts what is due in an office; says how many days that were over were counted.
pub async fn rollup(house: &House, office: &Office) -> Outcome<usize> {
    let (mut counted, mut at_once) = (0, BATCH);
    loop {
        let cx = Cx::system(house, office.id, SystemReason::Rollup).await?;
        let turn = match take_turn(&cx, office.zone, at_once).await {
            // An office where a month holds more than is read at once is counted by fewer days.
            Err(Fault::TooMuch(_)) if at_once > 1 => {
                at_once = (at_once / 4).max(1);
                continue;
            }
            turn => turn?,
        };
        cx.commit().await?;
        counted += turn.days;
        if turn.done {
            return Ok(counted);
        }
    }
}

struct Turn {
    days: usize,
    done: bool,
}

async fn take_turn(cx: &Cx<'_>, zone: OfficeZone, at_once: usize) -> Outcome<Turn> {
    let over = zone.date(cx.now() - GRACE).pred_opt().unwrap_or_default();
    // A clock that ran ahead and was set right must not leave days counted that are not over.
    let through = hold(cx).await?.map(|day| Ord::min(day, over));
    let stale: BTreeSet<NaiveDate> = take_stale(cx, zone).await?;
    let next = match through {
        Some(day) => after(day),
        None => store::first_opened(cx).await?.map_or_else(|| after(over), |at| zone.date(at)),
    };
    let fresh: Vec<NaiveDate> = days(next, over).take(BATCH).collect();
    let again = stale.into_iter().filter(|day| through.is_some_and(|through| *day <= through));
    let due: BTreeSet<NaiveDate> = again.chain(fresh.iter().copied()).collect();
    let listed: Vec<NaiveDate> = due.iter().copied().collect();
    for some in listed.chunks(at_once) {
        write(cx, zone, &some.iter().copied().collect()).await?;
    }
    let done = fresh.len() < BATCH;
    let through = fresh.last().copied().or(through).unwrap_or(over);
    if done {
        // What is not over yet is counted for those above the offices, who see nothing but facts.
        write(cx, zone, &days(after(through), zone.date(cx.now())).collect()).await?;
        note_state(cx).await?;
    }
    cx.tx()
        .change::<fact_office::Entity>(Condition::all())
        .set(fact_office::Column::BuiltThrough, through)
        .run_one()
        .await?;
    Ok(Turn { days: due.len(), done })
}

/// Holds the office's row until the commit; says up to which day facts are counted.
async fn hold(cx: &Cx<'_>) -> Outcome<Option<NaiveDate>> {
    cx.tx()
        .insert_once::<fact_office::Entity>(fact_office::ActiveModel {
            tenant_id: Set(cx.office()),
            built_through: Set(None),
            open: Set(0),
            untaken: Set(0),
            oldest_untaken_at: Set(None),
            last_message_at: Set(None),
            counted_at: Set(cx.now()),
            turn: Set(0),
        })
        .await?;
    cx.tx()
        .change::<fact_office::Entity>(Condition::all())
        .set(fact_office::Column::CountedAt, cx.now())
        .set_expr(fact_office::Column::Turn, ExprTrait::add(Expr::col(fact_office::Column::Turn), 1))
        .run_one()
        .await?;
    Ok(store::office(cx).await?.and_then(|office| office.built_through))
}

/// Takes the marks of stale days away.
async fn take_stale(cx: &Cx<'_>, zone: OfficeZone) -> Outcome<BTreeSet<NaiveDate>> {
    let far = cx.now() + TimeDelta::days(1);
    let marks = store::stale(cx, (loket_core::clock::Instant::default(), far)).await?;
    let ids = marks.iter().map(|mark| mark.id);
    if !marks.is_empty() {
        cx.tx().delete::<fact_stale::Entity>(fact_stale::Column::Id.is_in(ids)).await?;
    }
    Ok(store::days(&marks, zone))
}

/// Counts some days anew.
async fn write(cx: &Cx<'_>, zone: OfficeZone, due: &BTreeSet<NaiveDate>) -> Outcome<()> {
    if due.is_empty() {
        return Ok(());
    }
    let listed = || due.iter().copied();
    cx.tx().delete::<fact_day::Entity>(fact_day::Column::Day.is_in(listed())).await?;
    cx.tx().delete::<fact_case::Entity>(fact_case::Column::Day.is_in(listed())).await?;
    cx.tx().delete::<fact_paper::Entity>(fact_paper::Column::Day.is_in(listed())).await?;
    cx.tx().delete::<fact_hour::Entity>(fact_hour::Column::Day.is_in(listed())).await?;
    let spans = spans(listed(), zone);
    let mut coarse: BTreeMap<(NaiveDate, ServiceId), Tally> = BTreeMap::new();
    let mut fine: BTreeMap<(NaiveDate, Place), Tally> = BTreeMap::new();
    let mut hours = Hours::default();
    for event in live::happened(cx, &Which::all(), &spans).await? {
        let day = zone.date(event.at);
        hours.count(zone, &event);
        coarse.entry((day, event.place.service_id)).or_default().count(event.what);
        fine.entry((day, event.place)).or_default().count(event.what);
    }
    let rows = coarse.iter().map(|((day, service), tally)| day_row(cx, (*day, *service), tally));
    cx.tx().insert_all::<fact_day::Entity>(rows.collect()).await?;
    let rows = fine.iter().map(|((day, place), tally)| case_row(cx, (*day, place), tally));
    cx.tx().insert_all::<fact_case::Entity>(rows.collect()).await?;
    cx.tx().insert_all::<fact_hour::Entity>(hours.rows(cx)).await?;
    let whole =
        Filter::of(loket_core::kpi::Period::named(loket_core::kpi::Preset::Today, zone.date(cx.now())));
    let mut papers: BTreeMap<(NaiveDate, Place, PaperReason), u64> = BTreeMap::new();
    for event in live::rejected(cx, (&whole, Condition::all()), &spans).await? {
        *papers.entry((zone.date(event.at), event.place, event.what)).or_default() += 1;
    }
    let rows =
        papers.iter().map(|((day, place, reason), count)| paper_row(cx, (*day, place, *reason), *count));
    cx.tx().insert_all::<fact_paper::Entity>(rows.collect()).await
}

fn day_row(cx: &Cx<'_>, (day, service): (NaiveDate, ServiceId), tally: &Tally) -> fact_day::ActiveModel {
    fact_day::ActiveModel {
        tenant_id: Set(cx.office()),
        day: Set(day),
        service_id: Set(service),
        arrived: Set(stored(tally.arrived)),
        finished: Set(stored(tally.finished)),
        rejected: Set(stored(tally.rejected)),
        cancelled: Set(stored(tally.cancelled)),
        first_right: Set(stored(tally.first_right)),
        ended: Set(stored(tally.ended)),
        reopened: Set(stored(tally.reopened)),
        in_time: Set(stored(tally.on_time.kept)),
        late: Set(stored(tally.on_time.missed)),
        kept: Set(stored(tally.promises.kept)),
        missed: Set(stored(tally.promises.missed)),
        answered_in_time: Set(stored(tally.answers.kept)),
        answered_late: Set(stored(tally.answers.missed)),
        response: Set(tally.response.to_bytes()),
        settlement: Set(tally.settlement.to_bytes()),
    }
}

fn case_row(cx: &Cx<'_>, (day, place): (NaiveDate, &Place), tally: &Tally) -> fact_case::ActiveModel {
    fact_case::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(cx.new_id::<FactId>()),
        day: Set(day),
        service_id: Set(place.service_id),
        variant_id: Set(place.variant_id),
        unit_id: Set(place.unit_id),
        district_code: Set(place.district_code.clone()),
        channel: Set(place.channel),
        arrived: Set(stored(tally.arrived)),
        finished: Set(stored(tally.finished)),
        rejected: Set(stored(tally.rejected)),
        cancelled: Set(stored(tally.cancelled)),
        first_right: Set(stored(tally.first_right)),
        ended: Set(stored(tally.ended)),
        reopened: Set(stored(tally.reopened)),
        in_time: Set(stored(tally.on_time.kept)),
        late: Set(stored(tally.on_time.missed)),
        kept: Set(stored(tally.promises.kept)),
        missed: Set(stored(tally.promises.missed)),
        answered_in_time: Set(stored(tally.answers.kept)),
        answered_late: Set(stored(tally.answers.missed)),
        response: Set(tally.response.to_bytes()),
        settlement: Set(tally.settlement.to_bytes()),
    }
}

fn paper_row(
    cx: &Cx<'_>,
    (day, place, reason): (NaiveDate, &Place, PaperReason),
    count: u64,
) -> fact_paper::ActiveModel {
    fact_paper::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(cx.new_id::<FactId>()),
        day: Set(day),
        service_id: Set(place.service_id),
        variant_id: Set(place.variant_id),
        unit_id: Set(place.unit_id),
        district_code: Set(place.district_code.clone()),
        channel: Set(place.channel),
        reason: Set(reason),
        rejected: Set(stored(count)),
    }
}

/// How the office stands now, for those above it.
async fn note_state(cx: &Cx<'_>) -> Outcome<()> {
    let open = cx.tx().find::<request::Entity>().filter(requests::still_open());
    let untaken = || cx.tx().find::<request::Entity>().filter(requests::unowned());
    let oldest = untaken().ascending(request::Column::FirstMessageAt).one().await?;
    let message = store::last_message(cx).await?;
    cx.tx()
        .change::<fact_office::Entity>(Condition::all())
        .set(fact_office::Column::Open, stored(open.count().await?))
        .set(fact_office::Column::Untaken, stored(untaken().count().await?))
        .set(fact_office::Column::OldestUntakenAt, oldest.map(|row| row.first_message_at))
        .set(fact_office::Column::LastMessageAt, message)
        .run_one()
        .await
}
