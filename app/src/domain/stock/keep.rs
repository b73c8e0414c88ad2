//! Whoever keeps the stock writes what comes and what spoils, counts what is there, and says when it is out.

use loket_core::{
    id::{OutageId, StockItemId, UnitId, VariantId},
    permission::{Permission, Scope},
    stock::{Quantity, Ratio, SpoilReason, StockKind, StockMove},
};
use loket_entity::{stock_item, stock_use};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, prelude::Uuid};

use super::{
    error::StockError,
    look::foretell,
    store::{self, Entry, find, load, write},
};
use crate::{
    domain::{
        catalogue,
        outages::{self, NewOutage, OutageError, OutageView},
        tenancy::{self, Office},
    },
    infra::{Cx, Fault, Outcome},
};

const LONGEST_NOTE: usize = 300;
const NOTHING: &str = "Isi jumlah yang lebih dari nol.";

/// What is to be kept.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// What it is.
    pub kind: StockKind,
    /// The unit that keeps it for itself; nothing for what serves every other.
    pub unit: Option<UnitId>,
    /// How much one document takes.
    pub ratio: Ratio,
    /// Whose documents are made with it.
    pub uses: Vec<VariantId>,
    /// How much is there.
    pub there: Quantity,
}

/// What is sent with a line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Noted<'n> {
    /// What is said of it.
    pub note: &'n str,
    /// The key of its form: one that was sent twice is written once.
    pub key: Option<Uuid>,
}

/// Begins the ledger of an item with a count; one that begins with nothing stops no clock yet.
///
/// # Errors
/// That it is kept at that place already, or what does not hold.
pub async fn create(cx: &mut Cx<'_>, office: &Office, new: &NewItem) -> Result<StockItemId, StockError> {
    let reach = cx.reach(Permission::ReportOutages);
    if reach.is_nothing() {
        return Err(StockError::NotAllowed);
    }
    known(cx, new.unit, &new.uses).await?;
    let services = store::services_of(cx, &new.uses).await?;
    if !reach.contains(&Scope { services, units: new.unit.into_iter().collect(), districts: Vec::new() }) {
        return Err(StockError::Beyond);
    }
    let id: StockItemId = cx.new_id();
    let row = stock_item::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        kind: Set(new.kind),
        unit_id: Set(new.unit),
        pieces: Set(new.ratio.pieces().into()),
        documents: Set(new.ratio.documents().into()),
        balance: Set(0),
        counted_at: Set(None),
        changed_at: Set(cx.now()),
        days: Set(None),
        careful: Set(None),
        waiting: Set(0),
        looked_at: Set(None),
        low_since: Set(None),
        outage_id: Set(None),
        created_at: Set(cx.now()),
    };
    if !cx.tx().insert_once::<stock_item::Entity>(row).await? {
        let there = same(cx, new.kind, new.unit).await?;
        return Err(there.map_or(Fault::Stale.into(), StockError::Already));
    }
    write_uses(cx, id, &new.uses).await?;
    cx.audit("stock.created", ("stock_item", Some(id.0)))?;
    write(cx, (office, id), Entry::of(StockMove::Counted, new.there)).await?;
    again(cx, office, id).await?;
    Ok(id)
}

async fn same(cx: &Cx<'_>, kind: StockKind, unit: Option<UnitId>) -> Outcome<Option<StockItemId>> {
    let at = match unit {
        Some(unit) => stock_item::Column::UnitId.eq(unit),
        None => stock_item::Column::UnitId.is_null(),
    };
    let same = Condition::all().add(stock_item::Column::Kind.eq(kind)).add(at);
    Ok(cx.tx().find::<stock_item::Entity>().filter(same).one().await?.map(|row| row.id))
}

/// Every unit and variant that is named is the office's.
async fn known(cx: &Cx<'_>, unit: Option<UnitId>, uses: &[VariantId]) -> Result<(), StockError> {
    let catalogue = catalogue::load(cx).await?;
    let offered = uses.iter().all(|id| catalogue.known_variant(*id).is_some());
    let there = match unit {
        Some(unit) => tenancy::unit(cx, unit).await?.is_some(),
        None => true,
    };
    if offered && there { Ok(()) } else { Err(StockError::Invalid("Pilih layanan dan unit kantor ini.")) }
}

async fn write_uses(cx: &Cx<'_>, item: StockItemId, uses: &[VariantId]) -> Outcome<()> {
    let row = |variant: &VariantId| stock_use::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(cx.new_id()),
        item_id: Set(item),
        variant_id: Set(*variant),
    };
    let mut uses = uses.to_vec();
    uses.sort_unstable();
    uses.dedup();
    cx.tx().insert_all::<stock_use::Entity>(uses.iter().map(row).collect()).await
}

/// Changes how much a document takes, and whose documents are made with it. What was used before stays as it was written.
pub async fn change(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, ratio, uses): (StockItemId, Ratio, &[VariantId]),
) -> Result<(), StockError> {
    let row = load(cx, id).await?;
    known(cx, None, uses).await?;
    let services = store::services_of(cx, uses).await?;
    let units = row.unit_id.into_iter().collect();
    if !cx.reach(Permission::ReportOutages).contains(&Scope { services, units, districts: Vec::new() }) {
        return Err(StockError::Beyond);
    }
    if open_outage(cx, &row).await?.is_some() {
        return Err(StockError::Invalid(
            "Barang ini sedang tercatat habis. Catat penerimaannya dahulu, lalu ubah pemakaiannya.",
        ));
    }
    cx.tx()
        .change::<stock_item::Entity>(stock_item::Column::Id.eq(id))
        .set(stock_item::Column::Pieces, i64::from(ratio.pieces()))
        .set(stock_item::Column::Documents, i64::from(ratio.documents()))
        .set(stock_item::Column::ChangedAt, cx.now())
        .run_one()
        .await?;
    cx.tx().delete::<stock_use::Entity>(stock_use::Column::ItemId.eq(id)).await?;
    write_uses(cx, id, uses).await?;
    again(cx, office, id).await?;
    cx.audit("stock.changed", ("stock_item", Some(id.0)))?;
    Ok(())
}

/// Something came. What stood still because it was out goes on.
pub async fn receive(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, quantity, noted): (StockItemId, Quantity, Noted<'_>),
) -> Result<(), StockError> {
    load(cx, id).await?;
    let note = worded(noted.note)?;
    if quantity.is_out() {
        return Err(StockError::Invalid(NOTHING));
    }
    let entry = Entry { note: &note, key: noted.key, ..Entry::of(StockMove::Received, quantity) };
    // As it stands now that it is held: somebody may have said that it is out since it was read.
    let row = write(cx, (office, id), entry).await?;
    back(cx, &row).await?;
    again(cx, office, id).await?;
    cx.audit("stock.received", ("stock_item", Some(id.0)))?;
    Ok(())
}

/// Something is of no use any more.
pub async fn spoil(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, quantity, reason, noted): (StockItemId, Quantity, SpoilReason, Noted<'_>),
) -> Result<(), StockError> {
    load(cx, id).await?;
    let note = worded(noted.note)?;
    if quantity.is_out() {
        return Err(StockError::Invalid(NOTHING));
    }
    if reason == SpoilReason::Other && note.is_empty() {
        return Err(StockError::Invalid("Tulis apa yang terjadi."));
    }
    let entry = Entry::of(StockMove::Spoiled, quantity);
    let entry = Entry { reason: Some(reason), note: &note, key: noted.key, ..entry };
    write(cx, (office, id), entry).await?;
    again(cx, office, id).await?;
    cx.audit("stock.spoiled", ("stock_item", Some(id.0)))?;
    Ok(())
}

/// Somebody counted what is there. Nothing there means that it is out: the clocks of the services that need it stand still
/// from now on. Something there ends that.
pub async fn count(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, there, noted): (StockItemId, Quantity, Noted<'_>),
) -> Result<(), StockError> {
    load(cx, id).await?;
    let note = worded(noted.note)?;
    let entry = Entry { note: &note, key: noted.key, ..Entry::of(StockMove::Counted, there) };
    let row = write(cx, (office, id), entry).await?;
    if there.is_out() {
        out(cx, &row).await?;
    } else {
        back(cx, &row).await?;
    }
    again(cx, office, id).await?;
    cx.audit("stock.counted", ("stock_item", Some(id.0)))?;
    Ok(())
}

/// It is out: enters that into the ledger of outages, unless it stands there already.
async fn out(cx: &mut Cx<'_>, row: &stock_item::Model) -> Result<(), StockError> {
    // One that was refused, or worked around, stops no clock.
    if open_outage(cx, row).await?.is_some_and(|one| one.times.stops_at(cx.now())) {
        return Ok(());
    }
    let scope = store::scope(cx, row).await?;
    // What no service needs stops none.
    if scope.services.is_empty() {
        return Ok(());
    }
    let kind = row.kind.outage();
    let new = NewOutage {
        kind,
        provider: kind.usual_provider(),
        scope,
        from: cx.now(),
        until: None,
        reference: String::new(),
        note: format!("{} dihitung habis.", row.kind.label()),
    };
    let outage = match outages::enter(cx, &new).await {
        Ok(id) | Err(OutageError::Already(id)) => id,
        Err(error) => return Err(error.into()),
    };
    points_to(cx, row, Some(outage)).await
}

/// There is some again: ends the outage, unless somebody has done so already, or something else that it stands for is still
/// out.
async fn back(cx: &mut Cx<'_>, row: &stock_item::Model) -> Result<(), StockError> {
    let Some(outage) = open_outage(cx, row).await?.map(|one| one.id) else { return Ok(()) };
    // Of two that come at the same time the second sees that the first has come.
    outages::held(cx, outage).await?;
    points_to(cx, row, None).await?;
    let others = stock_item::Column::OutageId.eq(outage);
    if !cx.tx().find::<stock_item::Entity>().filter(others).exists().await? {
        outages::end(cx, outage, cx.now()).await?;
    }
    Ok(())
}

async fn points_to(cx: &Cx<'_>, row: &stock_item::Model, outage: Option<OutageId>) -> Result<(), StockError> {
    let this = stock_item::Column::Id.eq(row.id);
    let change = cx.tx().change::<stock_item::Entity>(this).set(stock_item::Column::OutageId, outage);
    Ok(change.run_one().await?)
}

/// The outage that says that it is out, while it lasts.
async fn open_outage(cx: &Cx<'_>, row: &stock_item::Model) -> Outcome<Option<OutageView>> {
    let Some(id) = row.outage_id else { return Ok(None) };
    Ok(outages::outage(cx, id).await?.filter(|one| one.times.is_open()))
}

/// Foretells again, after a change.
async fn again(cx: &Cx<'_>, office: &Office, id: StockItemId) -> Outcome<()> {
    let row = find(cx, id).await?.ok_or(Fault::Inconsistent("a stock item just changed"))?;
    foretell(cx, office, &row).await
}

fn worded(note: &str) -> Result<String, StockError> {
    let note = note.trim().replace("\r\n", "\n");
    if note.chars().count() > LONGEST_NOTE {
        return Err(StockError::Invalid("Keterangan paling panjang 300 huruf."));
    }
    Ok(note)
}
