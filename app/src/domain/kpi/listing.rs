//! The rows behind a figure, page by page and as an export: the same condition that counts them.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{PaperId, RequestId},
    kpi::Metric,
    permission::{Permission, Standing},
    request::PaperReason,
};
use loket_entity::{paper, request, request_event};
use sea_orm::ColumnTrait;

use super::{
    filter::Selection,
    select::{self, EVENTS, REQUESTS},
};
use crate::{
    domain::{
        requests::{self, Cursor, QueueRow},
        tenancy::Office,
    },
    infra::{Cx, Outcome, Scoped},
};

/// The most rows of an export.
pub const EXPORTED: u64 = 5_000;
/// Rows read at once for an export.
const CHUNK: u64 = 500;

/// A row behind a figure.
#[derive(Debug, Clone)]
pub struct ListRow {
    /// The request; its names masked.
    pub row: QueueRow,
    /// When it was counted: came in, was closed, was answered, as the figure says.
    pub at: Instant,
    /// How long it took, where the figure measures a span.
    pub took: Option<TimeDelta>,
    /// The rejected paper, where the figure counts those.
    pub paper: Option<(String, Option<PaperReason>)>,
}

/// A page of rows.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The rows.
    pub rows: Vec<ListRow>,
    /// Where the next page begins; nothing when there is none.
    pub next: Option<Cursor>,
}

/// Whether lists show what figures count: whoever sees figures of more than they may read gets no list.
pub fn may_list(standing: &Standing) -> bool {
    let reach = standing.reach(Permission::ReadRequests);
    !reach.is_nothing() && reach == standing.reach(Permission::ReadFigures)
}

/// How many rows stand behind a figure.
pub async fn count(cx: &Cx<'_>, office: &Office, selection: &Selection) -> Outcome<u64> {
    if selection.metric == Metric::Incomplete {
        events(cx, office, selection).count().await
    } else {
        found(cx, office, selection).count().await
    }
}

/// A page of them, behind a cursor; looking is one line of the audit trail.
pub async fn list(
    cx: &mut Cx<'_>,
    office: &Office,
    selection: &Selection,
    (behind, most): (Option<Cursor>, u64),
) -> Outcome<Listed> {
    let listed = page(cx, office, selection, (behind, most)).await?;
    let detail = selection.recorded(listed.rows.len() as u64);
    cx.audit_with("figures.listed", ("request", None), Some(&detail))?;
    Ok(listed)
}

/// All of them, at most [`EXPORTED`]; one line of the audit trail.
pub async fn export(cx: &mut Cx<'_>, office: &Office, selection: &Selection) -> Outcome<Vec<ListRow>> {
    let mut rows = Vec::new();
    let mut behind = None;
    while (rows.len() as u64) < EXPORTED {
        let mut one = page(cx, office, selection, (behind, CHUNK)).await?;
        rows.append(&mut one.rows);
        behind = one.next;
        if behind.is_none() {
            break;
        }
    }
    let detail = selection.recorded(rows.len() as u64);
    cx.audit_with("figures.exported", ("request", None), Some(&detail))?;
    Ok(rows)
}

async fn page(
    cx: &Cx<'_>,
    office: &Office,
    selection: &Selection,
    (behind, most): (Option<Cursor>, u64),
) -> Outcome<Listed> {
    if selection.metric == Metric::Incomplete {
        return rejections(cx, office, selection, (behind, most)).await;
    }
    let column = select::moment(selection.metric);
    let mut query = found(cx, office, selection);
    // What has waited longest first; of what happened, the newest.
    let oldest_first = selection.metric == Metric::Backlog;
    if let Some(cursor) = behind {
        query = query.filter(cursor.past((column, request::Column::Id), oldest_first));
    }
    let query = if oldest_first {
        query.ascending(column).ascending(request::Column::Id)
    } else {
        query.descending(column).descending(request::Column::Id)
    };
    let mut models = query.up_to(most + 1).await?;
    let more = models.len() as u64 > most;
    models.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let counted: Vec<(Instant, Option<TimeDelta>)> =
        models.iter().map(|row| counted(selection.metric, row)).collect();
    let rows = requests::rows(cx, models).await?;
    let rows: Vec<ListRow> = rows
        .into_iter()
        .zip(counted)
        .map(|(row, (at, took))| ListRow { row, at, took, paper: None })
        .collect();
    let next = rows.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.row.id.0 });
    Ok(Listed { rows, next })
}

/// When a request was counted for a figure, and what it measured.
fn counted(metric: Metric, row: &request::Model) -> (Instant, Option<TimeDelta>) {
    let opened = row.opened_at;
    match metric {
        Metric::Settled | Metric::FirstTimeRight => (row.closed_at.unwrap_or(opened), None),
        Metric::Late => (row.due_at.unwrap_or(opened), None),
        Metric::Response | Metric::AnsweredInTime => {
            let at = row.answered_at.unwrap_or(opened);
            (at, Some(span(row.first_message_at, at)))
        }
        Metric::Settlement | Metric::OnTime | Metric::PromiseKept => {
            let at = row.ready_at.unwrap_or(opened);
            (at, row.complete_from.map(|from| span(from, at)))
        }
        Metric::Backlog => (row.first_message_at, None),
        Metric::Arrived | Metric::Incomplete => (opened, None),
    }
}

/// Never below zero, as it is counted: Meta's clock and ours may differ.
fn span(from: Instant, to: Instant) -> TimeDelta {
    Ord::max(to - from, TimeDelta::zero())
}

/// The requests behind a figure that whoever asks may read.
fn found<'t>(cx: &'t Cx<'_>, office: &Office, selection: &Selection) -> Scoped<'t, request::Entity> {
    let span = selection.filter.period.instants(office.zone);
    cx.tx()
        .find::<request::Entity>()
        .filter(select::requests(selection, span, cx.now()))
        .filter(REQUESTS.reached(&cx.reach(Permission::ReadFigures)))
        .filter(REQUESTS.reached(&cx.reach(Permission::ReadRequests)))
}

/// The lines of history behind the figure of rejected papers.
fn events<'t>(cx: &'t Cx<'_>, office: &Office, selection: &Selection) -> Scoped<'t, request_event::Entity> {
    let span = selection.filter.period.instants(office.zone);
    cx.tx()
        .find::<request_event::Entity>()
        .filter(select::rejections(selection, &[span]))
        .filter(EVENTS.reached(&cx.reach(Permission::ReadFigures)))
        .filter(EVENTS.reached(&cx.reach(Permission::ReadRequests)))
}

async fn rejections(
    cx: &Cx<'_>,
    office: &Office,
    selection: &Selection,
    (behind, most): (Option<Cursor>, u64),
) -> Outcome<Listed> {
    use request_event::Column;
    let mut query = events(cx, office, selection);
    if let Some(cursor) = behind {
        query = query.filter(cursor.past((Column::At, Column::Id), false));
    }
    let mut found = query.descending(Column::At).descending(Column::Id).up_to(most + 1).await?;
    let more = found.len() as u64 > most;
    found.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|last| Cursor { at: last.at, id: last.id.0 });
    let rows = by_id(cx, &found).await?;
    let names = paper_names(cx, &found).await?;
    let row = |event: request_event::Model| {
        let name = event.paper_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default();
        let reason = event.reason.as_deref().and_then(|word| word.parse().ok());
        let row = rows.get(&event.request_id)?.clone();
        Some(ListRow { row, at: event.at, took: None, paper: Some((name, reason)) })
    };
    Ok(Listed { rows: found.into_iter().filter_map(row).collect(), next })
}

async fn by_id(cx: &Cx<'_>, events: &[request_event::Model]) -> Outcome<HashMap<RequestId, QueueRow>> {
    if events.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = events.iter().map(|event| event.request_id);
    let which = request::Column::Id.is_in(ids);
    let models = cx.tx().find::<request::Entity>().filter(which).up_to(CHUNK + 1).await?;
    Ok(requests::rows(cx, models).await?.into_iter().map(|row| (row.id, row)).collect())
}

async fn paper_names(cx: &Cx<'_>, events: &[request_event::Model]) -> Outcome<HashMap<PaperId, String>> {
    if events.is_empty() {
        return Ok(HashMap::new());
    }
    let which = paper::Column::Id.is_in(events.iter().filter_map(|event| event.paper_id));
    let papers = cx.tx().find::<paper::Entity>().filter(which).up_to(CHUNK + 1).await?;
    Ok(papers.into_iter().map(|paper| (paper.id, paper.name)).collect())
}
