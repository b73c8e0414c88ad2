//! The catalogue's queries. An office has tens of services, so each table is read whole, within bounds.

use loket_core::id::{ServiceId, VariantId};
use loket_entity::{requirement, service, variant};
use sea_orm::ColumnTrait;

use crate::infra::{Cx, Outcome, ScopedSql};

/// More services than an office offers.
pub(super) const MOST_SERVICES: u64 = 300;
const MOST_VARIANTS: u64 = 1500;
const MOST_PAPERS: u64 = 6000;

pub(super) async fn services(cx: &Cx<'_>) -> Outcome<Vec<service::Model>> {
    cx.tx().find::<service::Entity>().ascending(service::Column::Position).up_to(MOST_SERVICES).await
}

pub(super) async fn variants(cx: &Cx<'_>) -> Outcome<Vec<variant::Model>> {
    cx.tx().find::<variant::Entity>().ascending(variant::Column::Position).up_to(MOST_VARIANTS).await
}

/// A service by its id.
pub(super) async fn by_id(cx: &Cx<'_>, id: ServiceId) -> Outcome<Option<service::Model>> {
    cx.tx().find::<service::Entity>().filter(service::Column::Id.eq(id)).one().await
}

/// A service by its code.
pub(super) async fn by_code(cx: &Cx<'_>, code: &str) -> Outcome<Option<service::Model>> {
    cx.tx().find::<service::Entity>().filter(service::Column::Code.eq(code)).one().await
}

/// The variants of a service, retired ones among them.
pub(super) async fn variants_of(cx: &Cx<'_>, id: ServiceId) -> Outcome<Vec<variant::Model>> {
    let rows = cx.tx().find::<variant::Entity>().filter(variant::Column::ServiceId.eq(id));
    rows.ascending(variant::Column::Position).up_to(MOST_VARIANTS).await
}

/// The papers of a variant.
pub(super) async fn papers_of(cx: &Cx<'_>, id: VariantId) -> Outcome<Vec<requirement::Model>> {
    let rows = cx.tx().find::<requirement::Entity>().filter(requirement::Column::VariantId.eq(id));
    rows.ascending(requirement::Column::Position).up_to(MOST_PAPERS).await
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
