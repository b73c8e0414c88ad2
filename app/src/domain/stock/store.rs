//! The rows of the ledger: items, what they are used for, and lines, each of which moves what is left.

use loket_core::{
    clock::Instant,
    id::{RequestId, ServiceId, StockEntryId, StockItemId, VariantId},
    permission::{Permission, Scope},
    stock::{Quantity, Ratio, SpoilReason, StockMove},
};
use loket_entity::{stock_entry, stock_item, stock_use, variant};
use sea_orm::{ActiveValue::Set, ColumnTrait, ExprTrait, prelude::Uuid, sea_query::Expr};

use super::{error::StockError, places};
use crate::{
    domain::tenancy::Office,
    infra::{Cx, Fault, Outcome},
};

/// More items than an office keeps.
pub(super) const MOST_ITEMS: u64 = 500;
/// More variants than an office offers.
const MOST_USES: u64 = 2_000;

/// An item by its id, whoever may see it.
pub(super) async fn find(cx: &Cx<'_>, id: StockItemId) -> Outcome<Option<stock_item::Model>> {
    cx.tx().find::<stock_item::Entity>().filter(stock_item::Column::Id.eq(id)).one().await
}

/// An item, for somebody who keeps it.
pub(super) async fn load(cx: &Cx<'_>, id: StockItemId) -> Result<stock_item::Model, StockError> {
    let reach = cx.reach(Permission::ReportOutages);
    if reach.is_nothing() {
        return Err(StockError::NotAllowed);
    }
    let row = find(cx, id).await?.ok_or(StockError::NotFound)?;
    if reach.contains(&scope(cx, &row).await?) { Ok(row) } else { Err(StockError::Beyond) }
}

/// What is touched when an item is out: the services that are made with it, at its unit.
pub(super) async fn scope(cx: &Cx<'_>, row: &stock_item::Model) -> Outcome<Scope> {
    let services = services_of(cx, &uses(cx, row.id).await?).await?;
    Ok(Scope { services, units: row.unit_id.into_iter().collect(), districts: Vec::new() })
}

/// The services of variants, each once, in one order.
pub(super) async fn services_of(cx: &Cx<'_>, variants: &[VariantId]) -> Outcome<Vec<ServiceId>> {
    let these = variant::Column::Id.is_in(variants.iter().copied());
    let rows = cx.tx().find::<variant::Entity>().filter(these).up_to(MOST_USES).await?;
    let mut services: Vec<ServiceId> = rows.into_iter().map(|row| row.service_id).collect();
    services.sort_unstable();
    services.dedup();
    Ok(services)
}

/// The variants that are made with an item.
pub(super) async fn uses(cx: &Cx<'_>, item: StockItemId) -> Outcome<Vec<VariantId>> {
    let of_it = stock_use::Column::ItemId.eq(item);
    let rows = cx.tx().find::<stock_use::Entity>().filter(of_it).up_to(MOST_USES).await?;
    Ok(rows.into_iter().map(|row| row.variant_id).collect())
}

/// How much of an item one document takes.
pub(super) fn ratio(row: &stock_item::Model) -> Outcome<Ratio> {
    let number = |number: i64| u32::try_from(number).unwrap_or_default();
    Ratio::of(number(row.pieces), number(row.documents))
        .ok_or(Fault::Inconsistent("the ratio of a stock item"))
}

/// A line that is to be written.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub step: StockMove,
    pub quantity: Quantity,
    pub reason: Option<SpoilReason>,
    pub note: &'t str,
    pub request: Option<RequestId>,
    /// The key of the form that says so.
    pub key: Option<Uuid>,
}

impl Entry<'_> {
    /// A line of which nothing else is said.
    pub const fn of(step: StockMove, quantity: Quantity) -> Self {
        Self { step, quantity, reason: None, note: "", request: None, key: None }
    }
}

/// Writes a line and moves what is left. The row is changed before it is read, so that of two at once each sees the other's.
///
/// # Errors
/// [`StockError::Twice`] where its form has written one already: what was changed must then not be committed.
pub(super) async fn write(
    cx: &Cx<'_>,
    (office, item): (&Office, StockItemId),
    entry: Entry<'_>,
) -> Result<stock_item::Model, StockError> {
    let quantity = entry.quantity.0;
    let balance = Expr::col(stock_item::Column::Balance);
    let (balance, counted) = match entry.step {
        StockMove::Received => (balance.add(quantity), None),
        StockMove::Used | StockMove::Spoiled => (balance.sub(quantity), None),
        StockMove::Counted => (Expr::value(quantity), Some(cx.now())),
    };
    let this = stock_item::Column::Id.eq(item);
    let change = cx.tx().change::<stock_item::Entity>(this).set_expr(stock_item::Column::Balance, balance);
    let change = change.set(stock_item::Column::ChangedAt, cx.now());
    // Whatever was foretold, and by whom, is foretold again.
    let change = change.set(stock_item::Column::LookedAt, Option::<Instant>::None);
    let change = match counted {
        Some(at) => change.set(stock_item::Column::CountedAt, at),
        None => change,
    };
    change.run_one().await?;
    let row = find(cx, item).await?.ok_or(Fault::Inconsistent("a stock item just changed"))?;
    let form_key = unused(cx, item, &entry).await?;
    let id: StockEntryId = cx.new_id();
    let note = Some(entry.note).filter(|note| !note.is_empty());
    let note = note.map(|note| cx.seal(&note.to_owned(), places::NOTE.of(id.0))).transpose()?;
    cx.tx()
        .insert::<stock_entry::Entity>(stock_entry::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(id),
            item_id: Set(item),
            step: Set(entry.step),
            quantity: Set(quantity),
            balance: Set(row.balance),
            reason: Set(entry.reason),
            note: Set(note),
            request_id: Set(entry.request),
            actor_id: Set(cx.officer()),
            at: Set(cx.now()),
            day: Set(office.zone.date(cx.now())),
            form_key: Set(form_key),
        })
        .await?;
    Ok(row)
}

/// The mark of the form that sends a line; refused where it has sent it already.
async fn unused(cx: &Cx<'_>, item: StockItemId, entry: &Entry<'_>) -> Result<Option<Uuid>, StockError> {
    let Some(key) = entry.key else { return Ok(None) };
    let Entry { step, quantity, reason, note, .. } = entry;
    let known = cx.mark(key, &format!("{item}\0{step}\0{}\0{reason:?}\0{note}", quantity.0))?;
    let sent = cx.tx().find::<stock_entry::Entity>().filter(stock_entry::Column::FormKey.eq(known));
    if sent.exists().await? { Err(StockError::Twice) } else { Ok(Some(known)) }
}
