//! What is under way, what lies at other offices and what ended lately; and the list that goes along with what is sent.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{
    consignment::ConsignmentState,
    id::{ConsignmentId, RequestId},
    permission::Permission,
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    super::{
        error::RequestError,
        places, store,
        views::{QueueRow, rows},
    },
    place_of,
};
use crate::{
    domain::{
        consignments::{self, ConsignmentView},
        pickup,
    },
    infra::{Cx, Outcome},
};

/// How many are listed: of what is under way those that were sent first, of what ended the latest.
pub const MOST_CONSIGNMENTS: u64 = 300;
/// For how long what ended is listed.
const LATELY: TimeDelta = TimeDelta::days(30);

/// What was sent, in a list.
#[derive(Debug, Clone)]
pub struct ConsignmentLine {
    /// The consignment.
    pub sent: ConsignmentView,
    /// Where it goes, in words.
    pub place: String,
    /// The request.
    pub row: QueueRow,
}

/// What is under way or lies at another office, as far as a permission reaches: what is late first, then the oldest.
pub async fn consignments_away(cx: &Cx<'_>) -> Outcome<Vec<ConsignmentLine>> {
    let found = away(cx, Permission::ReadRequests).await?;
    let ids: Vec<RequestId> = found.iter().map(|row| row.id).collect();
    let all = consignments::open_among(cx, ids).await?;
    let mut lines = lines(cx, all, found).await?;
    let now = cx.now();
    lines.sort_by_key(|one| (!one.sent.course.is_late(now), one.sent.course.sent_at, one.sent.id));
    Ok(lines)
}

async fn away(cx: &Cx<'_>, permission: Permission) -> Outcome<Vec<request::Model>> {
    let away = store::within(cx, permission)
        .filter(request::Column::AwaySince.is_not_null())
        .filter(request::Column::Elsewhere.eq(false));
    let away = away.ascending(request::Column::AwaySince).ascending(request::Column::Id);
    away.up_to(MOST_CONSIGNMENTS).await
}

/// What ended in the last thirty days, the latest first, as far as a permission reaches.
pub async fn consignments_ended(cx: &Cx<'_>) -> Outcome<Vec<ConsignmentLine>> {
    let all = consignments::ended_since(cx, cx.now() - LATELY, MOST_CONSIGNMENTS).await?;
    let ids: Vec<RequestId> = all.iter().map(|one| one.request).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::within(cx, Permission::ReadRequests).filter(request::Column::Id.is_in(ids));
    let found = found.up_to(MOST_CONSIGNMENTS).await?;
    lines(cx, all, found).await
}

/// Each with its request, in the order of the consignments; what is of a request beyond whoever looks is left out.
async fn lines(
    cx: &Cx<'_>,
    all: Vec<ConsignmentView>,
    found: Vec<request::Model>,
) -> Outcome<Vec<ConsignmentLine>> {
    if all.is_empty() || found.is_empty() {
        return Ok(Vec::new());
    }
    let points = pickup::points(cx).await?;
    let known: HashMap<RequestId, QueueRow> =
        rows(cx, found).await?.into_iter().map(|row| (row.id, row)).collect();
    let line = |sent: ConsignmentView| {
        let row = known.get(&sent.request)?.clone();
        Some(ConsignmentLine { place: place_of(&sent, &points), sent, row })
    };
    Ok(all.into_iter().filter_map(line).collect())
}

/// A line of the list that goes along.
#[derive(Debug, Clone)]
pub struct ConsignmentSheetLine {
    /// The request in a line.
    pub row: QueueRow,
    /// Whom it is about, in full.
    pub name: String,
    /// What was sent.
    pub sent: ConsignmentView,
}

/// The list that goes along with what is sent to one place, with one courier or to one office.
#[derive(Debug, Clone)]
pub struct ConsignmentSheet {
    /// The consignment whose list it is: it says how, and where to.
    pub like: ConsignmentView,
    /// Where it goes, or with whom.
    pub place: String,
    /// What goes along, what was sent first first.
    pub lines: Vec<ConsignmentSheetLine>,
}

/// The list of what goes where a consignment goes and is under way. It is written down that it was made, and of how many.
///
/// # Errors
/// That there is no such consignment for this person, or it is under way no more.
pub async fn consignment_sheet(cx: &mut Cx<'_>, id: ConsignmentId) -> Result<ConsignmentSheet, RequestError> {
    let under_way = |one: &ConsignmentView| one.state == ConsignmentState::UnderWay;
    let like = consignments::consignment(cx, id).await?.ok_or(RequestError::NotFound)?;
    store::load(cx, like.request, Permission::HandleRequests).await?;
    if !under_way(&like) {
        return Err(RequestError::NotFound);
    }
    let found = away(cx, Permission::HandleRequests).await?;
    let mut names = HashMap::new();
    for row in &found {
        let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
        names.insert(row.id, name);
    }
    let ids: Vec<RequestId> = found.iter().map(|row| row.id).collect();
    let mut all = consignments::open_among(cx, ids).await?;
    all.retain(|one| under_way(one) && one.goes_with(&like));
    all.sort_by_key(|one| (one.course.sent_at, one.id));
    let place = match like.carrier.as_str() {
        carrier if like.way == loket_core::consignment::ConsignmentWay::Courier => carrier.to_owned(),
        _ => place_of(&like, &pickup::points(cx).await?),
    };
    let lines = lines(cx, all, found).await?.into_iter().map(|one| ConsignmentSheetLine {
        name: names.remove(&one.row.id).unwrap_or_default(),
        row: one.row,
        sent: one.sent,
    });
    let lines: Vec<ConsignmentSheetLine> = lines.collect();
    let detail = serde_json::json!({ "count": lines.len() });
    cx.audit_with("consignment.sheet_opened", ("consignment", Some(id.0)), Some(&detail))?;
    Ok(ConsignmentSheet { like, place, lines })
}
