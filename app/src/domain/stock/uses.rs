//! What is used follows from the requests that become ready: each document takes its share.

use std::collections::BTreeMap;

use loket_core::{
    request::{ReopenReason, RequestEventKind},
    stock::{StockKind, StockMove},
};
use loket_entity::{request, request_event, stock_entry, stock_item, stock_use};
use sea_orm::{ColumnTrait, Condition, sea_query::Query};

use super::{
    error::StockError,
    store::{self, Entry, MOST_ITEMS},
};
use crate::{
    domain::tenancy::Office,
    infra::{Cx, Fault, Outcome},
};

/// Writes what the document of a request takes, that has become ready. Where its unit keeps an item for itself, it takes it
/// from there, otherwise from what serves every other.
pub async fn used_for(cx: &Cx<'_>, office: &Office, row: &request::Model) -> Outcome<()> {
    // Another office makes it.
    if row.elsewhere {
        return Ok(());
    }
    for item in taken_from(cx, row).await? {
        if was_made(cx, row, &item).await? {
            continue;
        }
        let quantity = store::ratio(&item)?.each();
        let entry = Entry { request: Some(row.id), ..Entry::of(StockMove::Used, quantity) };
        store::write(cx, (office, item.id), entry).await.map_err(|error| match error {
            StockError::Fault(fault) => fault,
            _ => Fault::Inconsistent("a line of stock that no form sent"),
        })?;
    }
    Ok(())
}

/// Whether its document was made with an item before, and is not to be made again: a request that is taken up again has its
/// document, unless that was faulty.
async fn was_made(cx: &Cx<'_>, row: &request::Model, item: &stock_item::Model) -> Outcome<bool> {
    let made = Condition::all()
        .add(stock_entry::Column::RequestId.eq(row.id))
        .add(stock_entry::Column::ItemId.eq(item.id));
    if !cx.tx().find::<stock_entry::Entity>().filter(made).exists().await? {
        return Ok(false);
    }
    let reopened = Condition::all()
        .add(request_event::Column::RequestId.eq(row.id))
        .add(request_event::Column::Kind.eq(RequestEventKind::Reopened));
    let last = cx.tx().find::<request_event::Entity>().filter(reopened).descending(request_event::Column::Id);
    let faulty = ReopenReason::FaultyProduct.word();
    Ok(last.one().await?.is_none_or(|line| line.reason.as_deref() != Some(faulty)))
}

/// The items that a request's document is made with, one of a kind; in the order of their ids, in which every other operation
/// holds them as well.
async fn taken_from(cx: &Cx<'_>, row: &request::Model) -> Outcome<Vec<stock_item::Model>> {
    let of_variant = Query::select()
        .column(stock_use::Column::ItemId)
        .from(stock_use::Entity)
        .and_where(stock_use::Column::TenantId.eq(cx.office()))
        .and_where(stock_use::Column::VariantId.eq(row.variant_id))
        .take();
    let place = match row.unit_id {
        Some(unit) => Condition::any().add(stock_item::Column::UnitId.eq(unit)),
        None => Condition::any(),
    };
    let here = Condition::all()
        .add(stock_item::Column::Id.in_subquery(of_variant))
        .add(place.add(stock_item::Column::UnitId.is_null()));
    let rows = cx.tx().find::<stock_item::Entity>().filter(here).up_to(MOST_ITEMS).await?;
    let mut of_kind: BTreeMap<StockKind, stock_item::Model> = BTreeMap::new();
    for row in rows {
        let nearer = row.unit_id.is_some();
        if nearer || !of_kind.contains_key(&row.kind) {
            of_kind.insert(row.kind, row);
        }
    }
    let mut taken: Vec<_> = of_kind.into_values().collect();
    taken.sort_unstable_by_key(|row| row.id);
    Ok(taken)
}
