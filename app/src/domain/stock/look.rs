//! How long what is left lasts: foretold anew after each change and on each new day.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use loket_core::{
    calendar::{Calendar, HoursKind},
    id::{StockItemId, UnitId, VariantId},
    request::RequestState,
    stock::{self, DAYS_READ, Outlook, Quantity, StockMove},
};
use loket_entity::{request, stock_entry, stock_item};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Expr, Func},
};

use super::store::{self, MOST_ITEMS};
use crate::{
    domain::{calendars, outages, tenancy::Office},
    infra::{Cx, House, Outcome, SystemReason},
};

/// Days back in which as many working days are found as are read, whatever is closed or out in between.
const DAYS_BACK: usize = 90;

/// Foretells for every item of an office that has changed since it was looked at, or that was looked at on an earlier day;
/// says how many.
pub async fn look(house: &House, office: &Office) -> Outcome<usize> {
    let cx = Cx::system(house, office.id, SystemReason::Stock).await?;
    let today = office.zone.midnight(office.zone.date(cx.now()));
    let due = Condition::any()
        .add(stock_item::Column::LookedAt.is_null())
        .add(stock_item::Column::LookedAt.lt(today));
    let rows = cx
        .tx()
        .find::<stock_item::Entity>()
        .filter(due)
        .ascending(stock_item::Column::Id)
        .up_to(MOST_ITEMS)
        .await?;
    for row in &rows {
        foretell(&cx, office, row).await?;
    }
    cx.commit().await?;
    Ok(rows.len())
}

/// Foretells for one item, and writes down since when it runs short.
pub(super) async fn foretell(cx: &Cx<'_>, office: &Office, row: &stock_item::Model) -> Outcome<()> {
    let days = used_by_day(cx, office, row).await?;
    let used: Vec<Quantity> = days.into_iter().map(|(_, used)| used).collect();
    let variants = store::uses(cx, row.id).await?;
    let needed = !variants.is_empty();
    let in_hand = waiting(cx, row, variants).await?;
    let each = store::ratio(row)?.each().0;
    let will_take = Quantity(each.saturating_mul(i64::try_from(in_hand).unwrap_or(i64::MAX)));
    let outlook = stock::outlook(Quantity(row.balance), &used, will_take);
    // What no service needs is counted, and nothing is foretold of it.
    let outlook = outlook.filter(|_| needed);
    let short = match outlook {
        Some(outlook) => stock::warns(outlook, row.low_since.is_some()),
        None => Quantity(row.balance).is_out() && row.counted_at.is_some(),
    };
    let low_since = short.then(|| row.low_since.unwrap_or(cx.now()));
    // Somebody who changes it meanwhile has it foretold again.
    let unchanged = Condition::all()
        .add(stock_item::Column::Id.eq(row.id))
        .add(stock_item::Column::Balance.eq(row.balance))
        .add(stock_item::Column::ChangedAt.eq(row.changed_at));
    cx.tx()
        .change::<stock_item::Entity>(unchanged)
        .set(stock_item::Column::Days, outlook.and_then(|outlook: Outlook| outlook.days).map(i64::from))
        .set(stock_item::Column::Careful, outlook.map(|outlook| i64::from(outlook.careful)))
        .set(stock_item::Column::Waiting, i64::try_from(in_hand).unwrap_or(i64::MAX))
        .set(stock_item::Column::LookedAt, cx.now())
        .set(stock_item::Column::LowSince, low_since)
        .run()
        .await?;
    Ok(())
}

/// What was used on the last working days that are over, oldest first, since the day after its ledger began.
pub(super) async fn used_by_day(
    cx: &Cx<'_>,
    office: &Office,
    row: &stock_item::Model,
) -> Outcome<Vec<(NaiveDate, Quantity)>> {
    let today = office.zone.date(cx.now());
    let calendar = calendars::held(cx, row.unit_id, cx.now()).await?.calendar(HoursKind::Office, office.zone);
    let began = office.zone.date(row.created_at);
    let days = working_days(&calendar, began, today);
    let Some(first) = days.first().copied() else { return Ok(Vec::new()) };
    let used = sums(cx, row.id, (first, today)).await?;
    let units: Vec<UnitId> = row.unit_id.into_iter().collect();
    let out = outages::of_kind(cx, (row.kind.outage(), &units), office.zone.midnight(first)).await?;
    // A day on which there was nothing to use does not say what is needed.
    let without = |day: NaiveDate| {
        let (from, until) = (office.zone.midnight(day), office.zone.midnight(day + Days::new(1)));
        out.iter().any(|one| one.from < until && one.until.is_none_or(|end| end > from))
    };
    let mut days = folded(&days, &used);
    days.retain(|(day, used)| !used.is_out() || !without(*day));
    Ok(days.split_off(days.len().saturating_sub(DAYS_READ)))
}

/// The last working days between two days, both left out, oldest first.
fn working_days(calendar: &Calendar, began: NaiveDate, today: NaiveDate) -> Vec<NaiveDate> {
    let back = today.iter_days().rev().skip(1).take(DAYS_BACK).take_while(|day| *day > began);
    let mut days: Vec<NaiveDate> = back.filter(|day| calendar.is_working_day(*day)).collect();
    days.reverse();
    days
}

/// What was used on a Saturday belongs to the working day before it.
fn folded(days: &[NaiveDate], used: &BTreeMap<NaiveDate, Quantity>) -> Vec<(NaiveDate, Quantity)> {
    let of = |(at, day): (usize, &NaiveDate)| {
        let until = days.get(at + 1).copied().unwrap_or(NaiveDate::MAX);
        let sum = used.range(*day..until).fold(Quantity::default(), |sum, (_, used)| sum + *used);
        (*day, sum)
    };
    days.iter().enumerate().map(of).collect()
}

#[derive(FromQueryResult)]
struct Sum {
    day: NaiveDate,
    used: i64,
}

/// What was used on each day of a span; the last day is left out.
async fn sums(
    cx: &Cx<'_>,
    item: StockItemId,
    (first, end): (NaiveDate, NaiveDate),
) -> Outcome<BTreeMap<NaiveDate, Quantity>> {
    let used = Condition::all()
        .add(stock_entry::Column::ItemId.eq(item))
        .add(stock_entry::Column::Step.eq(StockMove::Used))
        .add(stock_entry::Column::Day.gte(first))
        .add(stock_entry::Column::Day.lt(end));
    // PostgreSQL adds up bigints into a number without bounds; it is cut back to what rows hold.
    let sum = Expr::from(Func::cast_as(stock_entry::Column::Quantity.sum(), "bigint"));
    let rows = cx
        .tx()
        .find::<stock_entry::Entity>()
        .filter(used)
        .grouped::<Sum>([stock_entry::Column::Day], [(sum, "used")], DAYS_BACK as u64)
        .await?;
    Ok(rows.into_iter().map(|row| (row.day, Quantity(row.used))).collect())
}

/// How many cases in hand will take it: complete, worked on, and not ready.
async fn waiting(cx: &Cx<'_>, row: &stock_item::Model, variants: Vec<VariantId>) -> Outcome<u64> {
    if variants.is_empty() {
        return Ok(0);
    }
    let mut these = Condition::all()
        .add(request::Column::ClosedAt.is_null())
        .add(request::Column::State.eq(RequestState::InProcess))
        .add(request::Column::Elsewhere.eq(false))
        .add(request::Column::VariantId.is_in(variants));
    if let Some(unit) = row.unit_id {
        these = these.add(request::Column::UnitId.eq(unit));
    }
    cx.tx().find::<request::Entity>().filter(these).count().await
}

#[cfg(test)]
mod tests {
    use loket_core::{calendar::Timetable, zone::OfficeZone};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn what_was_used_on_a_saturday_counts_with_the_friday_before_it() {
        let calendar = Timetable::usual().calendar(HoursKind::Office, OfficeZone::Wib, calendars::holidays());
        let days = working_days(&calendar, day("2026-11-17"), day("2026-11-24"));
        let told: Vec<String> = days.iter().map(ToString::to_string).collect();
        assert_eq!(told, ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-23"]);
        let used = [("2026-11-18", 10), ("2026-11-20", 20), ("2026-11-21", 5), ("2026-11-23", 7)];
        let used = used.into_iter().map(|(at, used)| (day(at), Quantity::pieces(used))).collect();
        let sums: Vec<String> = folded(&days, &used).iter().map(|(_, used)| used.to_string()).collect();
        assert_eq!(sums, ["10", "0", "25", "7"]);
    }

    #[test]
    fn days_are_read_back_behind_any_that_had_nothing() {
        let calendar = Timetable::usual().calendar(HoursKind::Office, OfficeZone::Wib, calendars::holidays());
        let days = working_days(&calendar, day("2026-01-01"), day("2026-11-24"));
        assert!(days.len() > DAYS_READ && days.len() < DAYS_BACK, "{}", days.len());
        assert!(days.is_sorted());
    }
}
