//! Why papers were found no good, and where requests came from: the finer facts, summed by the database.

use loket_core::{id::ServiceId, kpi::Happened, request::PaperReason};
use loket_entity::{fact_case, fact_paper};
use sea_orm::{ColumnTrait, FromQueryResult};

use super::{
    counted::{Causes, Origins},
    course::Split,
    filter::Filter,
    live::{self, Event},
    select,
    store::{number, sum},
};
use crate::infra::{Cx, Outcome};

/// Kecamatan by services by days of a year never reach this.
const MOST: u64 = 100_000;

/// How many papers were rejected by reason, as facts say.
pub(super) async fn counted(cx: &Cx<'_>, filter: &Filter, split: &Split) -> Outcome<Causes> {
    #[derive(FromQueryResult)]
    struct Row {
        reason: PaperReason,
        rejected: i64,
    }
    let Some(counted) = split.counted else { return Ok(Causes::new()) };
    let rows = cx
        .tx()
        .find::<fact_paper::Entity>()
        .filter(select::PAPERS.visible(cx, filter))
        .filter(split.on(fact_paper::Column::Day, counted))
        .grouped::<Row>([fact_paper::Column::Reason], [(sum(fact_paper::Column::Rejected), "rejected")], MOST)
        .await?;
    Ok(rows.into_iter().map(|row| (row.reason, number(row.rejected))).collect())
}

/// The same with what is looked up.
pub(super) async fn causes(
    cx: &Cx<'_>,
    (filter, split): (&Filter, &Split),
    counted: &Causes,
) -> Outcome<Causes> {
    let mut all = counted.clone();
    let reached = select::EVENTS.visible(cx, filter);
    for event in live::rejected(cx, (filter, reached), &split.live()).await? {
        *all.entry(event.what).or_default() += 1;
    }
    Ok(all)
}

/// How many requests came in by kecamatan and service, as facts say.
pub(super) async fn counted_origins(cx: &Cx<'_>, filter: &Filter, split: &Split) -> Outcome<Origins> {
    #[derive(FromQueryResult)]
    struct Row {
        district_code: Option<String>,
        service_id: ServiceId,
        arrived: i64,
    }
    let Some(counted) = split.counted else { return Ok(Origins::new()) };
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
    Ok(rows.into_iter().map(|row| ((row.district_code, row.service_id), number(row.arrived))).collect())
}

/// The same with what is looked up: `lately` is what happened on those days, and perhaps on others.
pub(super) fn origins(split: &Split, lately: &[Event<Happened>], counted: &Origins) -> Origins {
    let mut all = counted.clone();
    let arrived = |event: &&Event<Happened>| event.what == Happened::Arrived && split.looks_up(event.at);
    for Event { place, .. } in lately.iter().filter(arrived) {
        *all.entry((place.district_code.clone(), place.service_id)).or_default() += 1;
    }
    all
}
