//! Reading the directory.

use std::collections::{BTreeSet, HashMap};

use loket_core::{
    id::{OfficeId, UnitId, UserId},
    kinds::OfficeKind,
};
use loket_entity::{office, officer, province as province_table, unit};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::office::{Office, Province};
use crate::infra::{Cx, Outcome, PlatformTx};

/// Indonesia has 514 kabupaten and kota and some 7,300 kecamatan: a list of offices ends here.
const MOST_OFFICES: u64 = 10_000;
const MOST_UNITS: u64 = 1_000;
const MOST_OFFICERS: u64 = 2_000;

/// Somebody who works in the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The account.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their position; may be empty.
    pub title: String,
}

/// The office of a name in a path.
pub async fn office_by_slug(tx: &PlatformTx<'_>, slug: &str) -> Outcome<Option<Office>> {
    let row = tx.find::<office::Entity>().filter(office::Column::Slug.eq(slug)).one(tx.on()).await?;
    Ok(row.map(Office::from))
}

/// The office of an id.
pub async fn office_by_id(tx: &PlatformTx<'_>, id: OfficeId) -> Outcome<Option<Office>> {
    let row = tx.find::<office::Entity>().filter(office::Column::Id.eq(id)).one(tx.on()).await?;
    Ok(row.map(Office::from))
}

/// The offices of a province, by name.
pub async fn offices_of_province(tx: &PlatformTx<'_>, code: &str) -> Outcome<Vec<Office>> {
    let rows = tx
        .find::<office::Entity>()
        .filter(office::Column::ProvinceCode.eq(code))
        .order_by_asc(office::Column::Name)
        .limit(MOST_OFFICES)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(Office::from).collect())
}

/// The Dinas in whose area a kecamatan office lies, if it is on Loket.
pub async fn dinas_above(tx: &PlatformTx<'_>, office: &Office) -> Outcome<Option<Office>> {
    let Some(regency) = office.region_code.get(..4).filter(|_| office.kind == OfficeKind::Kecamatan) else {
        return Ok(None);
    };
    let row = tx
        .find::<office::Entity>()
        .filter(office::Column::RegionCode.eq(regency))
        .filter(office::Column::Kind.eq(OfficeKind::Dinas))
        .one(tx.on())
        .await?;
    Ok(row.map(Office::from))
}

/// Every office, in the order they were entered.
pub async fn all_offices(tx: &PlatformTx<'_>) -> Outcome<Vec<Office>> {
    let rows = tx
        .find::<office::Entity>()
        .order_by_asc(office::Column::CreatedAt)
        .order_by_asc(office::Column::Id)
        .limit(MOST_OFFICES)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().map(Office::from).collect())
}

/// The province of a code.
pub async fn province(tx: &PlatformTx<'_>, code: &str) -> Outcome<Option<Province>> {
    let row = tx
        .find::<province_table::Entity>()
        .filter(province_table::Column::Code.eq(code))
        .one(tx.on())
        .await?;
    Ok(row.map(Province::from))
}

/// Offices are entered one after the other, so that two do not take the same name, letters or area.
pub(super) async fn hold_directory(tx: &PlatformTx<'_>) -> Outcome<()> {
    tx.change::<province_table::Entity>()
        .col_expr(province_table::Column::Zone, Expr::col(province_table::Column::Zone))
        .exec(tx.on())
        .await?;
    Ok(())
}

/// The office's units, by name.
pub async fn units(cx: &Cx<'_>) -> Outcome<Vec<unit::Model>> {
    cx.tx().find::<unit::Entity>().ascending(unit::Column::Name).up_to(MOST_UNITS).await
}

/// A unit of the office.
pub async fn unit(cx: &Cx<'_>, id: UnitId) -> Outcome<Option<unit::Model>> {
    cx.tx().find::<unit::Entity>().filter(unit::Column::Id.eq(id)).one().await
}

/// Who works in the office now, by name.
pub async fn officers(cx: &Cx<'_>) -> Outcome<Vec<Officer>> {
    let rows = cx.tx().find::<officer::Entity>().filter(officer::Column::Active.eq(true));
    let rows = rows.ascending(officer::Column::Name).up_to(MOST_OFFICERS).await?;
    Ok(rows.into_iter().map(|row| Officer { id: row.id, name: row.name, title: row.title }).collect())
}

/// The names of some officers, whether or not they still work in the office.
pub async fn officer_names(cx: &Cx<'_>, ids: BTreeSet<UserId>) -> Outcome<HashMap<UserId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let most = ids.len() as u64;
    let rows = cx.tx().find::<officer::Entity>().filter(officer::Column::Id.is_in(ids)).up_to(most).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
