//! What an office of the demonstration prints with: a count, deliveries, and a card for every product of the last weeks.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{RequestId, StockItemId, UserId},
    kinds::Role,
    stock::{Quantity, StockKind, StockMove},
};
use loket_entity::{stock_entry, stock_item, stock_use};
use sea_orm::ActiveValue::Set;

use super::{
    ids::{self, Table},
    ledger::Ledger,
};
use crate::{
    demo::{
        setup::{Trouble, trouble},
        year::{
            history::{Standing, history},
            profile,
        },
    },
    infra::{Actor, Cx, House, SystemReason},
};

/// How long ago the ledgers began.
const KEPT: TimeDelta = TimeDelta::days(56);
/// Between two deliveries.
const DELIVERED: TimeDelta = TimeDelta::days(20);
/// Things are counted before the counters open.
const BEFORE_OPENING: TimeDelta = TimeDelta::minutes(20);
/// Working days in that time, roughly.
const WORKING_DAYS: u32 = 40;
/// Whose documents are cards.
const CARDS: [(&str, StockKind); 2] = [("KTP", StockKind::KtpCard), ("KIA", StockKind::KiaCard)];
/// A card that was printed.
struct Printed {
    at: Instant,
    request: RequestId,
}

/// Writes them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let supervisor = ledger.of_role(Role::Supervisor)?;
    let actor = Actor::System(SystemReason::Seed);
    let mut cx = Cx::write(house, ledger.office.id, actor).await.map_err(trouble)?;
    let mut written = 0;
    for ((code, kind), place) in CARDS.into_iter().zip(0..) {
        let printed = printed(ledger, code)?;
        if !printed.is_empty() {
            written += keep(&cx, ledger, (kind, code, place), (&printed, supervisor)).await?;
        }
    }
    cx.audit("demo.stock_written", ("stock_item", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(written)
}

/// The cards of the last weeks, in the order in which they were printed.
fn printed(ledger: &Ledger, code: &str) -> Result<Vec<Printed>, Trouble> {
    let since = ledger.at(ledger.plan.until) - KEPT;
    let since = ledger.clocks.service.next_opening(since).unwrap_or(since);
    let mut all = Vec::new();
    for (number, case) in ledger.plan.cases.iter().enumerate() {
        if case.ready.is_none_or(|ready| ledger.at(ready) < since) || ledger.of(case)?.0.code != code {
            continue;
        }
        let kind = ledger.plan.kind(case);
        let standing = Standing::after(&history(case, kind, ledger.plan.until), case, kind);
        if let Some(at) = standing.ready.map(|at| ledger.at(at)).filter(|at| *at >= since) {
            let opened = ledger.at(case.arrival.opened);
            all.push(Printed {
                at,
                request: ids::id(ledger.plan.place, (Table::Request, ids::part(number, 0)), opened),
            });
        }
    }
    all.sort_by_key(|one| (one.at, one.request));
    Ok(all)
}

/// Something that moved what is left: when, how, how much, for which request.
type Moved = (Instant, StockMove, u32, Option<RequestId>);

/// What came and was used: what is left lasts nine working days at the first office, longer at the next. Where cards were out,
/// the ledger says so too.
fn moves(ledger: &Ledger, kind: StockKind, printed: &[Printed]) -> Vec<Moved> {
    let until = ledger.at(ledger.plan.until);
    let opens = |at: Instant| ledger.clocks.service.next_opening(at).unwrap_or(at);
    let began = opens(until - KEPT) - BEFORE_OPENING;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let used = number(printed.len());
    let lasts = 9 + 4 * u32::try_from(ledger.plan.place).unwrap_or(0);
    let left = (used * lasts).div_ceil(WORKING_DAYS);
    let outs = ledger.plan.incidents.iter().filter(|(one, _)| one.what == profile::Trouble::NoCards);
    let ends = outs.map(|(_, (_, until))| ledger.at(*until)).filter(|until| *until > began);
    let out = ends.max().filter(|_| kind == StockKind::KtpCard);
    let mut lines: Vec<Moved> = match out {
        Some(again) => {
            let before = number(printed.iter().filter(|one| one.at < again).count());
            vec![
                (began, StockMove::Counted, before - before / 3, None),
                (opens(began + DELIVERED / 2), StockMove::Received, before / 3, None),
                (again, StockMove::Received, used - before + left, None),
            ]
        }
        None => vec![
            (began, StockMove::Counted, left + used - 2 * (used / 3), None),
            (opens(began + DELIVERED), StockMove::Received, used / 3, None),
            (opens(began + DELIVERED * 2), StockMove::Received, used / 3, None),
        ],
    };
    lines.retain(|(_, step, pieces, _)| *step == StockMove::Counted || *pieces > 0);
    lines.extend(printed.iter().map(|one| (one.at, StockMove::Used, 1, Some(one.request))));
    lines.sort_by_key(|(at, ..)| *at);
    lines
}

/// Writes the ledger of one kind of card.
async fn keep(
    cx: &Cx<'_>,
    ledger: &Ledger,
    (kind, code, item): (StockKind, &str, u64),
    (printed, supervisor): (&[Printed], UserId),
) -> Result<usize, Trouble> {
    let place = ledger.plan.place;
    let lines = moves(ledger, kind, printed);
    let began = lines.first().map_or_else(|| ledger.at(ledger.plan.until), |(at, ..)| *at);
    let id: StockItemId = ids::id(place, (Table::StockItem, item), began);
    let mut balance = Quantity::default();
    let mut rows = Vec::new();
    for ((at, step, pieces, request), number) in lines.into_iter().zip(0_u64..) {
        let quantity = Quantity::pieces(pieces);
        balance = match step {
            StockMove::Counted => quantity,
            StockMove::Received => balance + quantity,
            StockMove::Used | StockMove::Spoiled => Quantity(balance.0 - quantity.0),
        };
        rows.push(stock_entry::ActiveModel {
            tenant_id: Set(ledger.office.id),
            id: Set(ids::id(place, (Table::StockEntry, item << 32 | number), at)),
            item_id: Set(id),
            step: Set(step),
            quantity: Set(quantity.0),
            balance: Set(balance.0),
            reason: Set(None),
            note: Set(None),
            request_id: Set(request),
            actor_id: Set(request.is_none().then_some(supervisor)),
            at: Set(at),
            day: Set(ledger.office.zone.date(at)),
            form_key: Set(None),
        });
    }
    let service = ledger.catalogue.services.iter().find(|one| one.code == code);
    let variants = service.map(|service| service.variants.as_slice()).unwrap_or_default();
    let uses: Vec<stock_use::ActiveModel> = variants
        .iter()
        .zip(0_u64..)
        .map(|(variant, number)| stock_use::ActiveModel {
            tenant_id: Set(ledger.office.id),
            id: Set(ids::id(place, (Table::StockUse, item << 32 | number), began)),
            item_id: Set(id),
            variant_id: Set(variant.id),
        })
        .collect();
    let row = stock_item::ActiveModel {
        tenant_id: Set(ledger.office.id),
        id: Set(id),
        kind: Set(kind),
        unit_id: Set(None),
        pieces: Set(1),
        documents: Set(1),
        balance: Set(balance.0),
        counted_at: Set(Some(began)),
        changed_at: Set(printed.last().map_or(began, |one| one.at)),
        days: Set(None),
        careful: Set(None),
        waiting: Set(0),
        looked_at: Set(None),
        low_since: Set(None),
        outage_id: Set(None),
        created_at: Set(began),
    };
    let written = 1 + uses.len() + rows.len();
    cx.tx().insert::<stock_item::Entity>(row).await.map_err(trouble)?;
    cx.tx().insert_all::<stock_use::Entity>(uses).await.map_err(trouble)?;
    cx.tx().insert_all::<stock_entry::Entity>(rows).await.map_err(trouble)?;
    Ok(written)
}
