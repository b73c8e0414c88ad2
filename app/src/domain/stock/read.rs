//! What pages read of the stock.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    id::{OutageId, RequestId, StockEntryId, StockItemId, UnitId, VariantId},
    permission::Scope,
    stock::{Quantity, Ratio, SpoilReason, StockKind, StockMove},
};
use loket_entity::{stock_entry, stock_item};
use sea_orm::{ColumnTrait, Condition};

use super::{
    look, places,
    store::{self, MOST_ITEMS},
};
use crate::{
    domain::{
        outages,
        tenancy::{self, Office},
    },
    infra::{Cx, Outcome},
};

/// An item of the list.
#[derive(Debug, Clone)]
pub struct StockLine {
    /// The item.
    pub id: StockItemId,
    /// What it is.
    pub kind: StockKind,
    /// The unit that keeps it for itself, by name.
    pub unit: Option<String>,
    /// What is left by the ledger.
    pub balance: Quantity,
    /// When somebody last counted.
    pub counted_at: Option<Instant>,
    /// Working days that it lasts; nothing where that cannot be foretold, or is far off.
    pub days: Option<i64>,
    /// Working days that it lasts in nine cases of ten; nothing where that cannot be foretold.
    pub careful: Option<i64>,
    /// How many cases in hand will take it.
    pub waiting: i64,
    /// Since when it is running short.
    pub low_since: Option<Instant>,
    /// Whether nothing was there when somebody last counted, and nothing has come since.
    pub counted_out: bool,
    /// The outage that says that it is out, while it stops clocks.
    pub outage: Option<OutageId>,
}

/// An item with what it is used for.
#[derive(Debug, Clone)]
pub struct StockSheet {
    /// The item.
    pub line: StockLine,
    /// How much one document takes.
    pub ratio: Ratio,
    /// Whose documents are made with it.
    pub uses: Vec<VariantId>,
    /// What is touched when it is out.
    pub scope: Scope,
    /// What was used on the last working days that are over, oldest first.
    pub used: Vec<(NaiveDate, Quantity)>,
}

/// A line that somebody wrote.
#[derive(Debug, Clone)]
pub struct EntryView {
    /// The line.
    pub id: StockEntryId,
    /// What happened.
    pub step: StockMove,
    /// How much.
    pub quantity: Quantity,
    /// What was left then.
    pub balance: Quantity,
    /// Why it spoiled.
    pub reason: Option<SpoilReason>,
    /// What is said of it.
    pub note: String,
    /// The request whose document it was used for.
    pub request: Option<RequestId>,
    /// Who wrote it.
    pub who: String,
    /// When.
    pub at: Instant,
}

/// Every item, in the order of their kinds, the office's own before those of its units.
pub async fn lines(cx: &Cx<'_>) -> Outcome<Vec<StockLine>> {
    let rows = cx.tx().find::<stock_item::Entity>().up_to(MOST_ITEMS).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let units = unit_names(cx).await?;
    let out = out(cx, &rows).await?;
    let mut lines: Vec<StockLine> = rows.into_iter().map(|row| line(row, (&units, &out))).collect();
    lines.sort_by(|one, other| (one.kind, &one.unit, one.id).cmp(&(other.kind, &other.unit, other.id)));
    Ok(lines)
}

/// An item with what it is used for.
pub async fn sheet(cx: &Cx<'_>, office: &Office, id: StockItemId) -> Outcome<Option<StockSheet>> {
    let Some(row) = store::find(cx, id).await? else { return Ok(None) };
    let units = if row.unit_id.is_some() { unit_names(cx).await? } else { HashMap::new() };
    Ok(Some(StockSheet {
        ratio: store::ratio(&row)?,
        uses: store::uses(cx, id).await?,
        scope: store::scope(cx, &row).await?,
        used: look::used_by_day(cx, office, &row).await?,
        line: {
            let out = out(cx, std::slice::from_ref(&row)).await?;
            line(row, (&units, &out))
        },
    }))
}

/// The lines that people wrote of an item, latest first, behind a line; one more than asked for where there is more.
pub async fn entries(
    cx: &Cx<'_>,
    item: StockItemId,
    (behind, most): (Option<StockEntryId>, u64),
) -> Outcome<Vec<EntryView>> {
    let mut these = Condition::all()
        .add(stock_entry::Column::ItemId.eq(item))
        .add(stock_entry::Column::Step.ne(StockMove::Used));
    if let Some(behind) = behind {
        these = these.add(stock_entry::Column::Id.lt(behind));
    }
    let rows = cx
        .tx()
        .find::<stock_entry::Entity>()
        .filter(these)
        .descending(stock_entry::Column::Id)
        .up_to(most + 1)
        .await?;
    let names = tenancy::officer_names(cx, rows.iter().filter_map(|row| row.actor_id).collect()).await?;
    let view = |row: stock_entry::Model| {
        let note = row.note.as_ref().map(|note| cx.open(note, places::NOTE.of(row.id.0))).transpose()?;
        let who = row.actor_id.and_then(|id| names.get(&id).cloned());
        Ok(EntryView {
            id: row.id,
            step: row.step,
            quantity: Quantity(row.quantity),
            balance: Quantity(row.balance),
            reason: row.reason,
            note: note.unwrap_or_default(),
            request: row.request_id,
            who: who.unwrap_or_else(|| "Loket".to_owned()),
            at: row.at,
        })
    };
    rows.into_iter().map(view).collect()
}

async fn unit_names(cx: &Cx<'_>) -> Outcome<HashMap<UnitId, String>> {
    Ok(tenancy::units(cx).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The outages that say that items are out, as far as they stop clocks now.
async fn out(cx: &Cx<'_>, rows: &[stock_item::Model]) -> Outcome<HashSet<OutageId>> {
    if rows.iter().all(|row| row.outage_id.is_none()) {
        return Ok(HashSet::new());
    }
    let lasting = outages::lasting(cx).await?.into_iter();
    Ok(lasting.filter(|one| one.times.stops_at(cx.now())).map(|one| one.id).collect())
}

fn line(row: stock_item::Model, (units, out): (&HashMap<UnitId, String>, &HashSet<OutageId>)) -> StockLine {
    StockLine {
        id: row.id,
        kind: row.kind,
        unit: row.unit_id.map(|id| units.get(&id).cloned().unwrap_or_default()),
        balance: Quantity(row.balance),
        counted_at: row.counted_at,
        days: row.days,
        careful: row.careful,
        waiting: row.waiting,
        low_since: row.low_since,
        counted_out: row.balance == 0 && row.counted_at == Some(row.changed_at),
        outage: row.outage_id.filter(|id| out.contains(id)),
    }
}
