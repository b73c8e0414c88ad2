//! The catalogue's queries. An office has tens of services, so each table is read whole, within bounds.

use loket_core::id::VariantId;
use loket_entity::{format, requirement, service, variant};
use sea_orm::{ColumnTrait, Condition};

use crate::infra::{Cx, Outcome, ScopedSql};

const MOST_SERVICES: u64 = 300;
const MOST_VARIANTS: u64 = 1500;
const MOST_PAPERS: u64 = 6000;

pub(super) async fn services(cx: &Cx<'_>) -> Outcome<Vec<service::Model>> {
    cx.tx().find::<service::Entity>().ascending(service::Column::Position).up_to(MOST_SERVICES).await
}

pub(super) async fn variants(cx: &Cx<'_>) -> Outcome<Vec<variant::Model>> {
    cx.tx().find::<variant::Entity>().ascending(variant::Column::Position).up_to(MOST_VARIANTS).await
}

/// Every variant, with the names of its service and its own.
pub(super) async fn names(cx: &Cx<'_>) -> Outcome<Vec<(VariantId, String, String)>> {
    let sql = ScopedSql::new(
        "SELECT id, name, (SELECT service.name FROM service WHERE service.tenant_id = variant.tenant_id \
         AND service.id = variant.service_id) AS service FROM variant WHERE tenant_id = :tenant",
        Vec::new(),
    )?;
    let rows = cx.tx().rows(sql).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "id")?, row.try_get("", "service")?, row.try_get("", "name")?)))
        .collect()
}

pub(super) async fn papers(cx: &Cx<'_>) -> Outcome<Vec<requirement::Model>> {
    cx.tx().find::<requirement::Entity>().ascending(requirement::Column::Position).up_to(MOST_PAPERS).await
}

pub(super) async fn formats(cx: &Cx<'_>) -> Outcome<Vec<format::Model>> {
    let now = cx.now();
    cx.tx()
        .find::<format::Entity>()
        .filter(format::Column::ValidFrom.lte(now))
        .filter(
            Condition::any()
                .add(format::Column::ValidUntil.is_null())
                .add(format::Column::ValidUntil.gt(now)),
        )
        .descending(format::Column::Version)
        .up_to(MOST_SERVICES)
        .await
}
