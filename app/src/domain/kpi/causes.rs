//! Why papers were found no good, and where requests came from: the finer facts, summed by the database.

use std::collections::BTreeMap;

use loket_core::{id::ServiceId, kpi::Happened, request::PaperReason};
use loket_entity::{fact_case, fact_paper};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::{
    course::Split,
    filter::Filter,
    live::{self, Event},
    select,
    store::{number, sum},
};
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
            .filter(split.on(fact_paper::Column::Day, counted))
            .grouped::<Row>(
                [fact_paper::Column::Reason],
                [(sum(fact_paper::Column::Rejected), "rejected")],
                MOST,
            )
            .await?;
        all.extend(rows.into_iter().map(|row| (row.reason, number(row.rejected))));
    }
    let reached = select::EVENTS.visible(cx, filter);
    for event in live::rejected(cx, (filter, reached), &split.live()).await? {
        *all.entry(event.what).or_default() += 1;
    }
    Ok(all)
}

/// How many requests came in, by kecamatan and service. `lately` is what happened on the days that are looked up, and
/// perhaps on others.
pub(super) async fn origins(
    cx: &Cx<'_>,
    (filter, split): (&Filter, &Split),
    lately: &[Event<Happened>],
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
            .filter(split.on(fact_case::Column::Day, counted))
            .filter(fact_case::Column::Arrived.gt(0))
            .grouped::<Row>(
                [fact_case::Column::DistrictCode, fact_case::Column::ServiceId],
                [(sum(fact_case::Column::Arrived), "arrived")],
                MOST,
            )
            .await?;
        all.extend(rows.into_iter().map(|row| ((row.district_code, row.service_id), number(row.arrived))));
    }
    let arrived = |event: &&Event<Happened>| event.what == Happened::Arrived && split.looks_up(event.at);
    for Event { place, .. } in lately.iter().filter(arrived) {
        *all.entry((place.district_code.clone(), place.service_id)).or_default() += 1;
    }
    Ok(all)
}
