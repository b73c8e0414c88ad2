//! What is ready is sent instead of lying at a counter: to a place, by courier, to another office. It is written down what came
//! of it; a citizen is called only once there is something to collect.

mod later;
mod list;
mod send;
mod steps;

use loket_core::{
    consignment::{Away, ConsignmentWay, Misstep},
    id::{ConsignmentId, RequestId},
    permission::Permission,
    request::{Refusal, RequestEventKind},
};
use loket_entity::request;

pub use self::{
    later::tell_consignments,
    list::{
        ConsignmentLine, ConsignmentList, ConsignmentSheet, ConsignmentSheetLine, MOST_CONSIGNMENTS,
        consignment_sheet, consignments_ended, consignments_standing,
    },
    send::{Consigning, send_consignment},
    steps::{
        Reported, acknowledge_consignment, acknowledge_consignments, deliver_consignment, return_consignment,
    },
};
use super::{error::RequestError, history::Line, store};
use crate::{
    domain::{
        consignments::{self, ConsignmentView},
        pickup::{self, PointView},
    },
    infra::{Cx, Outcome},
};

/// How many letters a name or a number has at most.
const LONGEST: usize = 120;

impl From<Misstep> for RequestError {
    fn from(why: Misstep) -> Self {
        Self::Invalid(why.sentence())
    }
}

/// Refuses what only holds of something that is here.
pub(super) fn not_away(row: &request::Model) -> Result<(), RequestError> {
    match row.away_since.filter(|_| !row.elsewhere) {
        None => Ok(()),
        Some(_) => Err(RequestError::Invalid(
            "Produk ini sedang dikirim. Catat dahulu bahwa kirimannya tiba atau kembali, di bagian Kiriman.",
        )),
    }
}

/// A request, what it sent, and what becomes of that: if nobody changed it since it was read.
async fn load(
    cx: &Cx<'_>,
    (id, of): (RequestId, (ConsignmentId, i64)),
) -> Result<(request::Model, ConsignmentView), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    if row.elsewhere {
        return Err(Refusal::Elsewhere.into());
    }
    let one = consignments::open_of(cx, id).await?.filter(|one| (one.id, one.version) == of);
    Ok((row, one.ok_or(Misstep::Written)?))
}

/// What a request sent is wanted no more. The request was saved before.
pub(super) async fn recall(cx: &Cx<'_>, row: &request::Model) -> Outcome<()> {
    if row.away_since.is_some() && consignments::recall(cx, row.id).await? {
        Line::new(RequestEventKind::ConsignmentRecalled).record(cx, row).await?;
    }
    Ok(())
}

/// How the product of a request was sent, each with where it goes, the latest first.
pub(super) async fn of(cx: &Cx<'_>, id: RequestId) -> Outcome<Vec<(ConsignmentView, String)>> {
    let all = consignments::of_request(cx, id).await?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let points = pickup::points(cx).await?;
    Ok(all.into_iter().map(|one| (place_of(&one, &points), one)).map(|(place, one)| (one, place)).collect())
}

/// Where what some requests sent is by now; nothing of what is here.
pub(super) async fn away(cx: &Cx<'_>, requests: Vec<RequestId>) -> Outcome<Vec<(RequestId, Away, String)>> {
    let all = consignments::open_among(cx, requests).await?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let points = pickup::points(cx).await?;
    let one = |one: ConsignmentView| {
        let place = match one.way {
            ConsignmentWay::Courier => one.carrier.clone(),
            ConsignmentWay::Drop | ConsignmentWay::Office => place_of(&one, &points),
        };
        (one.request, Away::of(one.way, one.state), place)
    };
    Ok(all.into_iter().map(one).collect())
}

/// Where a consignment goes, in words.
fn place_of(one: &ConsignmentView, points: &[PointView]) -> String {
    match one.point {
        None => one.destination.clone(),
        Some(id) => points
            .iter()
            .find(|point| point.id == id)
            .map(|point| point.said.name.clone())
            .unwrap_or_default(),
    }
}
