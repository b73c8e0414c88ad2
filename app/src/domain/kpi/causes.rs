//! Why papers were found no good, and where requests came from: the finer facts, summed by the database.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use loket_core::{id::ServiceId, request::PaperReason};
use loket_entity::{fact_case, fact_paper};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Expr, Func},
};

use super::{course::Split, filter::Filter, live, select, store::number};
use crate::infra::{Cx, Outcome};

/// Kecamatan by services by days of a year never reach this.
const MOST: u64 = 100_000;

/// How many papers were rejected, by reason.
pub(super) async fn causes(
    cx: &Cx<'_>,
    (filter, split): (&Filter, &Split),
) -> Outcome<BTreeMap<PaperReason, u64>> {
    #[derive(FromQueryResult)]
    struct Row {
        reason: PaperReason,
        rejected: i64,
    }
    let mut all = BTreeMap::new();
    if let Some(counted) = split.counted {
        let rows = cx
            .tx()
            .find::<fact_paper::Entity>()
            .filter(select::PAPERS.visible(cx, filter))
            .filter(on(fact_paper::Column::Day, counted, split))
            .grouped::<Row>(
                [fact_paper::Column::Reason],
                [(sum(fact_paper::Column::Rejected), "rejected")],
                MOST,
            )
            .await?;
        all.extend(rows.into_iter().map(|row| (row.reason, number(row.rejected))));
    }
    let reached = select::EVENTS.visible(cx, filter);
    for event in live::rejected(cx, (filter, reached), &split.live).await? {
        *all.entry(event.what).or_default() += 1;
    }
    Ok(all)
}

/// How many requests came in, by kecamatan and service.
pub(super) async fn origins(
    cx: &Cx<'_>,
    (filter, split): (&Filter, &Split),
) -> Outcome<BTreeMap<(Option<String>, ServiceId), u64>> {
    #[derive(FromQueryResult)]
    struct Row {
        district_code: Option<String>,
        service_id: ServiceId,
        arrived: i64,
    }
    let mut all = BTreeMap::new();
    if let Some(counted) = split.counted {
        let rows = cx
            .tx()
            .find::<fact_case::Entity>()
            .filter(select::CASES.visible(cx, filter))
            .filter(on(fact_case::Column::Day, counted, split))
            .filter(fact_case::Column::Arrived.gt(0))
            .grouped::<Row>(
                [fact_case::Column::DistrictCode, fact_case::Column::ServiceId],
                [(sum(fact_case::Column::Arrived), "arrived")],
                MOST,
            )
            .await?;
        all.extend(rows.into_iter().map(|row| ((row.district_code, row.service_id), number(row.arrived))));
    }
    for event in live::arrivals(cx, &select::REQUESTS.visible(cx, filter), &split.live).await? {
        *all.entry((event.place.district_code, event.place.service_id)).or_default() += 1;
    }
    Ok(all)
}

/// PostgreSQL adds up bigints into a number without bounds; it is cut back to what rows hold.
fn sum<C: ColumnTrait>(column: C) -> Expr {
    Expr::from(Func::cast_as(column.sum(), "bigint"))
}

fn on<C: ColumnTrait>(column: C, (from, to): (NaiveDate, NaiveDate), split: &Split) -> Condition {
    let mut all = Condition::all().add(column.gte(from)).add(column.lte(to));
    if !split.stale.is_empty() {
        all = all.add(column.is_not_in(split.stale.iter().copied()));
    }
    all
}
