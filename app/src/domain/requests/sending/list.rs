//! What is under way, what lies at other offices and what ended lately; and the list that goes along with what is sent.

use std::collections::{BTreeSet, HashMap};

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    consignment::{ConsignmentState, ConsignmentWay},
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
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// How many of each state are listed: of what is open those that were sent first, of what ended the latest.
pub const MOST_CONSIGNMENTS: u64 = 500;
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
    /// Whether the actor handles the request.
    pub handles: bool,
}

/// Some of an office's consignments.
#[derive(Debug, Clone, Default)]
pub struct ConsignmentList {
    /// Those that a permission reaches.
    pub lines: Vec<ConsignmentLine>,
    /// Whether there may be more than were looked at.
    pub full: bool,
}

/// What is open and stands so, as far as the actor reaches: what is late first, then what was sent first.
pub async fn consignments_standing(cx: &Cx<'_>, state: ConsignmentState) -> Outcome<ConsignmentList> {
    let mut list = listed(cx, consignments::standing(cx, state, MOST_CONSIGNMENTS).await?).await?;
    let now = cx.now();
    list.lines.sort_by_key(|one| (!one.sent.course.is_late(now), one.sent.course.sent_at, one.sent.id));
    Ok(list)
}

/// What ended in the last thirty days, the latest first, as far as the actor reaches.
pub async fn consignments_ended(cx: &Cx<'_>) -> Outcome<ConsignmentList> {
    let all = consignments::ended_since(cx, cx.now() - LATELY, MOST_CONSIGNMENTS).await?;
    listed(cx, all).await
}

/// Each with its request, in their order; what is of a request beyond whoever looks is left out.
async fn listed(cx: &Cx<'_>, all: Vec<ConsignmentView>) -> Outcome<ConsignmentList> {
    let full = all.len() as u64 >= MOST_CONSIGNMENTS;
    let found = requests_of(cx, &all, Permission::ReadRequests).await?;
    Ok(ConsignmentList { lines: lines(cx, all, found).await?, full })
}

/// The requests of some consignments, as far as a permission reaches.
async fn requests_of(
    cx: &Cx<'_>,
    all: &[ConsignmentView],
    permission: Permission,
) -> Outcome<Vec<request::Model>> {
    let ids: BTreeSet<RequestId> = all.iter().map(|one| one.request).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let most = ids.len() as u64;
    store::within(cx, permission).filter(request::Column::Id.is_in(ids)).up_to(most).await
}

async fn lines(
    cx: &Cx<'_>,
    all: Vec<ConsignmentView>,
    found: Vec<request::Model>,
) -> Outcome<Vec<ConsignmentLine>> {
    if all.is_empty() || found.is_empty() {
        return Ok(Vec::new());
    }
    let points = pickup::points(cx).await?;
    let reach = cx.reach(Permission::HandleRequests);
    let handled: BTreeSet<RequestId> =
        found.iter().filter(|row| reach.covers(store::whereabouts(row))).map(|row| row.id).collect();
    let known: HashMap<RequestId, QueueRow> =
        rows(cx, found).await?.into_iter().map(|row| (row.id, row)).collect();
    let line = |sent: ConsignmentView| {
        let row = known.get(&sent.request)?.clone();
        let handles = handled.contains(&row.id);
        Some(ConsignmentLine { place: place_of(&sent, &points), sent, row, handles })
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

/// The list that goes along with what is sent on a day to one place, with one courier or to one office.
#[derive(Debug, Clone)]
pub struct ConsignmentSheet {
    /// The consignment whose list it is: it says how, and where to.
    pub like: ConsignmentView,
    /// The day on which it was sent.
    pub day: NaiveDate,
    /// Where it goes, or with whom.
    pub place: String,
    /// What goes along, what was sent first first.
    pub lines: Vec<ConsignmentSheetLine>,
}

/// The list of what was sent on the same day as a consignment, goes where it goes and is under way. It is written down that it
/// was made, and of how many.
///
/// # Errors
/// That there is no such consignment for this person, or it is under way no more; or that so many were sent on its day that the
/// list would not be whole.
pub async fn consignment_sheet(
    cx: &mut Cx<'_>,
    office: &Office,
    id: ConsignmentId,
) -> Result<ConsignmentSheet, RequestError> {
    let like = consignments::consignment(cx, id).await?.ok_or(RequestError::NotFound)?;
    store::load(cx, like.request, Permission::HandleRequests).await?;
    if like.state != ConsignmentState::UnderWay {
        return Err(RequestError::NotFound);
    }
    let day = office.zone.date(like.course.sent_at);
    let span = (office.zone.midnight(day), office.zone.midnight(day.succ_opt().unwrap_or(day)));
    let mut all = consignments::sent_between(cx, span, 4 * MOST_CONSIGNMENTS).await?;
    if all.len() as u64 >= 4 * MOST_CONSIGNMENTS {
        return Err(RequestError::Invalid(
            "Kiriman hari itu terlalu banyak untuk satu daftar. Catat dahulu yang sudah tiba.",
        ));
    }
    all.retain(|one| one.goes_with(&like));
    let found = requests_of(cx, &all, Permission::HandleRequests).await?;
    let mut names = HashMap::new();
    for row in &found {
        let name: String = cx.open(&row.subject, places::SUBJECT.of(row.id.0))?;
        names.insert(row.id, name);
    }
    let place = match like.way {
        ConsignmentWay::Courier => like.carrier.clone(),
        ConsignmentWay::Drop | ConsignmentWay::Office => place_of(&like, &pickup::points(cx).await?),
    };
    let lines = lines(cx, all, found).await?.into_iter().map(|one| ConsignmentSheetLine {
        name: names.remove(&one.row.id).unwrap_or_default(),
        row: one.row,
        sent: one.sent,
    });
    let lines: Vec<ConsignmentSheetLine> = lines.collect();
    let detail = serde_json::json!({ "count": lines.len() });
    cx.audit_with("consignment.sheet_opened", ("consignment", Some(id.0)), Some(&detail))?;
    Ok(ConsignmentSheet { like, day, place, lines })
}
