//! The facts' rows.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    id::ServiceId,
    kpi::{Histogram, OnTime, Tally},
    zone::OfficeZone,
};
use loket_entity::{fact_case, fact_day, fact_office, fact_stale, request, wa_number};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Expr, Func},
};

use super::select::Span;
use crate::infra::{Cx, Fault, Outcome};

/// Facts that a page reads at once; more are refused in words.
const MOST_FACTS: u64 = 200_000;
const MOST_STALE: u64 = 5_000;
const MOST_NUMBERS: u64 = 1_000;

/// The row that says how far facts are counted; nothing before the first time.
pub(super) async fn office(cx: &Cx<'_>) -> Outcome<Option<fact_office::Model>> {
    cx.tx().find::<fact_office::Entity>().one().await
}

/// Moments in a span whose days must be counted again, oldest first.
pub(super) async fn stale(cx: &Cx<'_>, (from, until): Span) -> Outcome<Vec<fact_stale::Model>> {
    cx.tx()
        .find::<fact_stale::Entity>()
        .filter(fact_stale::Column::At.gte(from))
        .filter(fact_stale::Column::At.lt(until))
        .ascending(fact_stale::Column::At)
        .up_to(MOST_STALE)
        .await
}

/// The days of some moments.
pub(super) fn days(stale: &[fact_stale::Model], zone: OfficeZone) -> BTreeSet<NaiveDate> {
    stale.iter().map(|one| zone.date(one.at)).collect()
}

/// What was counted of a service on a day.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Fact {
    pub(super) day: NaiveDate,
    pub(super) service_id: ServiceId,
    arrived: i64,
    finished: i64,
    rejected: i64,
    cancelled: i64,
    first_right: i64,
    ended: i64,
    reopened: i64,
    in_time: i64,
    late: i64,
    kept: i64,
    missed: i64,
    answered_in_time: i64,
    answered_late: i64,
    response: Vec<u8>,
    settlement: Vec<u8>,
}

impl Fact {
    /// As a tally.
    pub(super) fn tally(&self) -> Outcome<Tally> {
        Ok(Tally {
            arrived: number(self.arrived),
            finished: number(self.finished),
            rejected: number(self.rejected),
            cancelled: number(self.cancelled),
            first_right: number(self.first_right),
            ended: number(self.ended),
            reopened: number(self.reopened),
            on_time: OnTime { kept: number(self.in_time), missed: number(self.late) },
            promises: OnTime { kept: number(self.kept), missed: number(self.missed) },
            answers: OnTime { kept: number(self.answered_in_time), missed: number(self.answered_late) },
            response: histogram(&self.response)?,
            settlement: histogram(&self.settlement)?,
        })
    }
}

/// A stored histogram.
pub(super) fn histogram(bytes: &[u8]) -> Outcome<Histogram> {
    Histogram::from_bytes(bytes).map_err(|_| Fault::Inconsistent("histogram of a fact"))
}

/// A stored count.
pub(super) fn number(stored: i64) -> u64 {
    u64::try_from(stored).unwrap_or(0)
}

/// A count as it is stored.
pub(super) fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The facts by service that a condition finds.
pub(super) async fn by_service(cx: &Cx<'_>, which: Condition) -> Outcome<Vec<Fact>> {
    use fact_day::Column as C;
    let columns = [
        C::Day,
        C::ServiceId,
        C::Arrived,
        C::Finished,
        C::Rejected,
        C::Cancelled,
        C::FirstRight,
        C::Ended,
        C::Reopened,
        C::InTime,
        C::Late,
        C::Kept,
        C::Missed,
        C::AnsweredInTime,
        C::AnsweredLate,
        C::Response,
        C::Settlement,
    ];
    let facts = cx.tx().find::<fact_day::Entity>().filter(which);
    facts.all_columns(columns, (MOST_FACTS, "facts by service")).await
}

/// The finer facts that a condition finds.
pub(super) async fn by_case(cx: &Cx<'_>, which: Condition) -> Outcome<Vec<Fact>> {
    use fact_case::Column as C;
    let columns = [
        C::Day,
        C::ServiceId,
        C::Arrived,
        C::Finished,
        C::Rejected,
        C::Cancelled,
        C::FirstRight,
        C::Ended,
        C::Reopened,
        C::InTime,
        C::Late,
        C::Kept,
        C::Missed,
        C::AnsweredInTime,
        C::AnsweredLate,
        C::Response,
        C::Settlement,
    ];
    let facts = cx.tx().find::<fact_case::Entity>().filter(which);
    facts.all_columns(columns, (MOST_FACTS, "facts by case")).await
}

#[derive(FromQueryResult, Default)]
struct Grown {
    arrived: Option<i64>,
    ended: Option<i64>,
    reopened: Option<i64>,
}

impl Grown {
    fn by(rows: Vec<Self>) -> i64 {
        let Self { arrived, ended, reopened } = rows.into_iter().next().unwrap_or_default();
        arrived.unwrap_or(0) + reopened.unwrap_or(0) - ended.unwrap_or(0)
    }
}

/// By how many requests the backlog grew, by the facts by service that a condition finds.
pub(super) async fn growth_by_service(cx: &Cx<'_>, which: Condition) -> Outcome<i64> {
    use fact_day::Column as C;
    let sums = [(sum(C::Arrived), "arrived"), (sum(C::Ended), "ended"), (sum(C::Reopened), "reopened")];
    Ok(Grown::by(cx.tx().find::<fact_day::Entity>().filter(which).grouped([], sums, 1).await?))
}

/// By how many requests the backlog grew, by the finer facts that a condition finds.
pub(super) async fn growth_by_case(cx: &Cx<'_>, which: Condition) -> Outcome<i64> {
    use fact_case::Column as C;
    let sums = [(sum(C::Arrived), "arrived"), (sum(C::Ended), "ended"), (sum(C::Reopened), "reopened")];
    Ok(Grown::by(cx.tx().find::<fact_case::Entity>().filter(which).grouped([], sums, 1).await?))
}

/// PostgreSQL adds up bigints into a number without bounds; it is cut back to what rows hold.
pub(super) fn sum<C: ColumnTrait>(column: C) -> Expr {
    Expr::from(Func::cast_as(column.sum(), "bigint"))
}

/// When the first request of the office was opened.
pub(super) async fn first_opened(cx: &Cx<'_>) -> Outcome<Option<Instant>> {
    #[derive(FromQueryResult)]
    struct Row {
        opened_at: Instant,
    }
    let all = cx.tx().find::<request::Entity>().ascending(request::Column::OpenedAt);
    let first: Vec<Row> = all.columns([request::Column::OpenedAt], 1).await?;
    Ok(first.first().map(|row| row.opened_at))
}

/// When a citizen last wrote to a number of the office.
pub(super) async fn last_message(cx: &Cx<'_>) -> Outcome<Option<Instant>> {
    #[derive(FromQueryResult)]
    struct Row {
        last_inbound_at: Option<Instant>,
    }
    let all = cx.tx().find::<wa_number::Entity>();
    let rows: Vec<Row> = all.columns([wa_number::Column::LastInboundAt], MOST_NUMBERS).await?;
    Ok(rows.into_iter().filter_map(|row| row.last_inbound_at).max())
}
