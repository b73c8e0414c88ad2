//! Whoever waits for a request is told that something keeps the office from working on it, and when that is over.
//!
//! One message for each conversation, however many requests wait in it; only where Meta lets the office write freely now.

use std::collections::BTreeMap;

use loket_core::{
    id::{ConversationId, RequestId},
    outage::OutageStep,
    receipt::ReceiptNumber,
    reply::{OutageBegun, OutageOver, Subject},
    request::RequestState,
    text::PersonName,
    window,
};
use loket_entity::{conversation, outage_told, request};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Query, SelectStatement},
};

use super::{
    due::{Due, Prospect, follow},
    recount::touched,
    store::{open, reload},
    telling::Addressed,
};
use crate::{
    domain::{
        catalogue,
        outages::{self, Inform, OutageView},
        tenancy::Office,
        whatsapp,
    },
    infra::{Cx, Outcome, Scoped},
};

/// How many conversations are told at once.
const PART: u64 = 50;
/// More waiting requests are not counted one by one.
const MOST: u64 = 5_000;

/// The states in which a citizen waits for the office.
pub(super) const WAITING: [RequestState; 3] =
    [RequestState::Received, RequestState::Verification, RequestState::InProcess];

/// Who would hear of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Audience {
    /// Conversations in which it may be told now, up to [`MOST`] requests.
    pub conversations: u64,
    /// Whether there are more.
    pub more: bool,
    /// Requests in whose conversations 24 hours have passed: Meta allows no free message there; up to [`MOST`].
    pub closed_windows: u64,
    /// Requests without a conversation, from the counter or another office; up to [`MOST`].
    pub without: u64,
}

/// A waiting request, cut to where it is talked about.
#[derive(FromQueryResult)]
struct Waiting {
    id: RequestId,
    conversation_id: Option<ConversationId>,
}

/// Counts who would hear of it now.
pub async fn audience(cx: &Cx<'_>, outage: &OutageView, step: OutageStep) -> Outcome<Audience> {
    let (all, more) = reachable(cx, outage, step).await?;
    let conversation = request::Column::ConversationId;
    let some = async |found: Scoped<'_, request::Entity>| -> Outcome<u64> {
        let rows: Vec<Waiting> = found.columns([request::Column::Id, conversation], MOST).await?;
        Ok(rows.len() as u64)
    };
    let closed = untold(cx, outage, step).filter(conversation.not_in_subquery(open_windows(cx)));
    let without = cx.tx().find::<request::Entity>().filter(waiting(outage)).filter(conversation.is_null());
    Ok(Audience {
        conversations: all.len() as u64,
        more,
        closed_windows: some(closed).await?,
        without: some(without).await?,
    })
}

/// Tells the next of them; gives what is still to be done, or nothing when all heard it or as many as were allowed.
pub async fn tell_of_outage(
    cx: &mut Cx<'_>,
    (office, outage): (&Office, &OutageView),
    inform: Inform,
) -> Outcome<Option<Inform>> {
    // Somebody said meanwhile that it is over, or that it was not.
    if outage.times.news(cx.now()) != inform.step {
        return Ok(None);
    }
    let (all, _) = reachable(cx, outage, inform.step).await?;
    let most = PART.min(inform.most);
    let mut heard = 0;
    for (conversation, requests) in all.into_iter().take(usize::try_from(most).unwrap_or(usize::MAX)) {
        if outages::remember_told(cx, (outage.id, inform.step), conversation).await? {
            tell(cx, (office, outage), (inform.step, conversation), &requests).await?;
        }
        heard += 1;
    }
    let rest = inform.most - heard;
    Ok((heard == PART && rest > 0).then_some(Inform { most: rest, ..inform }))
}

async fn tell(
    cx: &mut Cx<'_>,
    (office, outage): (&Office, &OutageView),
    (step, conversation): (OutageStep, ConversationId),
    requests: &[RequestId],
) -> Outcome<()> {
    let Some(newest) = requests.last() else { return Ok(()) };
    let row = reload(cx, *newest).await?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let (subject, head) = (addressed.subject(), addressed.head());
    let others = requests.len() - 1;
    let text = if step == OutageStep::ToldOver {
        let due = Due::of(cx, &row).await?;
        let prospect = match (row.complete_from, due) {
            (Some(from), Some(due)) if row.state == RequestState::InProcess => {
                due.promise(&row, (from, cx.now()))
            }
            _ => Prospect::Later,
        };
        let this = request::Column::Id.eq(row.id);
        // A date that was taken back and has no other in its place stays taken back.
        let withheld =
            if prospect.date().is_some() { None } else { prospect.withheld(cx.now()).or(row.withheld_at) };
        cx.tx()
            .change::<request::Entity>(this)
            .set(request::Column::PromisedAt, prospect.date().or(row.promised_at))
            .set(request::Column::WithheldAt, withheld)
            .set(request::Column::WarnedAt, row.warned_at.filter(|_| prospect.date().is_none()))
            .run_one()
            .await?;
        follow(cx, &row).await?;
        let (kind, since) = (outage.kind, outage.times.over());
        OutageOver { subject, kind, since, promise: prospect.promise(), others }.text(&head)
    } else {
        let promised = take_back(cx, outage, requests).await?;
        OutageBegun { subject, kind: outage.kind, from: outage.times.from, promised, others }.text(&head)
    };
    whatsapp::queue_text(cx, conversation, (Some(row.id), None), text).await?;
    Ok(())
}

/// Takes back the dates of requests that were not over when it began; whether there was one.
async fn take_back(cx: &Cx<'_>, outage: &OutageView, requests: &[RequestId]) -> Outcome<bool> {
    let moved = Condition::all()
        .add(request::Column::Id.is_in(requests.iter().copied()))
        .add(request::Column::PromisedAt.gt(outage.times.from))
        .add(request::Column::WithheldAt.is_null());
    let rows = cx.tx().find::<request::Entity>().filter(moved.clone()).up_to(requests.len() as u64).await?;
    cx.tx().change::<request::Entity>(moved).set(request::Column::WithheldAt, cx.now()).run().await?;
    for row in &rows {
        follow(cx, row).await?;
    }
    Ok(!rows.is_empty())
}

/// Conversations in which it may be told now and was not yet, each with its waiting requests, oldest first.
async fn reachable(
    cx: &Cx<'_>,
    outage: &OutageView,
    step: OutageStep,
) -> Outcome<(BTreeMap<ConversationId, Vec<RequestId>>, bool)> {
    let rows: Vec<Waiting> = untold(cx, outage, step)
        .filter(request::Column::ConversationId.in_subquery(open_windows(cx)))
        .ascending(request::Column::Id)
        .columns([request::Column::Id, request::Column::ConversationId], MOST + 1)
        .await?;
    let more = rows.len() as u64 > MOST;
    let mut all: BTreeMap<ConversationId, Vec<RequestId>> = BTreeMap::new();
    for row in rows {
        if let Some(conversation) = row.conversation_id {
            all.entry(conversation).or_default().push(row.id);
        }
    }
    Ok((all, more))
}

/// Open requests that wait for the office, that it touches, and in whose conversations it was not told yet. That it is over
/// hears who heard that it began, and who was told no date because it lasted.
fn untold<'t>(cx: &'t Cx<'_>, outage: &OutageView, step: OutageStep) -> Scoped<'t, request::Entity> {
    let told = |step: OutageStep| {
        Query::select()
            .column(outage_told::Column::ConversationId)
            .from(outage_told::Entity)
            .and_where(outage_told::Column::TenantId.eq(cx.office()))
            .and_where(outage_told::Column::OutageId.eq(outage.id))
            .and_where(outage_told::Column::Step.eq(step))
            .take()
    };
    let conversation = request::Column::ConversationId;
    let mut all =
        waiting(outage).add(conversation.is_not_null()).add(conversation.not_in_subquery(told(step)));
    if step == OutageStep::ToldOver {
        let withheld = request::Column::WithheldAt.gte(outage.times.from);
        let begun = conversation.in_subquery(told(OutageStep::ToldBegun));
        all = all.add(Condition::any().add(begun).add(withheld));
    }
    cx.tx().find::<request::Entity>().filter(all)
}

/// Open requests that it touches, on which this office works and for which a citizen waits.
fn waiting(outage: &OutageView) -> Condition {
    Condition::all()
        .add(open())
        .add(request::Column::State.is_in(WAITING))
        .add(request::Column::Elsewhere.eq(false))
        .add(touched(&outage.scope))
}

/// Conversations in which the office may write freely.
fn open_windows(cx: &Cx<'_>) -> SelectStatement {
    Query::select()
        .column(conversation::Column::Id)
        .from(conversation::Entity)
        .and_where(conversation::Column::TenantId.eq(cx.office()))
        .and_where(conversation::Column::LastInboundAt.gt(cx.now() - window::WINDOW + window::MARGIN))
        .take()
}

/// What somebody would read that it began, with a made-up name and number; nothing once it is over.
pub async fn outage_sample(cx: &Cx<'_>, office: &Office, outage: &OutageView) -> Outcome<Option<String>> {
    let catalogue = catalogue::load(cx).await?;
    let touched = |id| outage.scope.services.is_empty() || outage.scope.services.contains(&id);
    let service = catalogue.services.iter().find(|one| touched(one.id));
    let receipt = ReceiptNumber::at(&office.receipt_code, &office.zone.local(cx.now()), 42).ok();
    let name = PersonName::parse("NAMA PEMOHON").ok();
    let lasts = outage.times.stops_at(cx.now());
    let (Some(service), Some(receipt), true) = (service, receipt, lasts) else {
        return Ok(None);
    };
    let subject = Subject { name: name.as_ref(), service: &service.name, receipt: &receipt };
    let begun =
        OutageBegun { subject, kind: outage.kind, from: outage.times.from, promised: true, others: 0 };
    Ok(Some(begun.text(&office.head(service.free))))
}
