//! What follows from a change of the ledger: what everybody is told of what lasts, and the clocks that it touches.

use loket_core::{
    clock::Instant,
    id::{OfficeId, OutageId, RequestId},
    outage::Disruption,
};
use serde::{Deserialize, Serialize};

use super::read;
use crate::{
    domain::tenancy,
    infra::{Actor, Cx, House, Outcome, SystemReason},
    queue::NewJob,
};

/// The job that lets pages, answers and clocks follow a change of the ledger.
pub const FOLLOW: &str = "outages.follow";

/// What [`FOLLOW`] carries: which entry changed, and how far the requests have been passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// Which entry.
    pub outage: OutageId,
    /// Nothing that ended before this is touched.
    pub since: Instant,
    /// Behind which open request it goes on; nothing at the beginning.
    #[serde(default)]
    pub open: Option<RequestId>,
    /// Behind which closed request it goes on, once the open ones are passed.
    #[serde(default)]
    pub closed: Option<(Instant, RequestId)>,
}

impl Follow {
    /// From the beginning.
    pub const fn since(outage: OutageId, since: Instant) -> Self {
        Self { outage, since, open: None, closed: None }
    }

    /// Whether nothing has been done yet.
    pub const fn is_first(&self) -> bool {
        self.open.is_none() && self.closed.is_none()
    }
}

/// The job.
pub(super) fn job(follow: Follow) -> Outcome<NewJob> {
    NewJob::new(FOLLOW, &follow)
}

/// Queues the rest of it.
pub async fn follows(cx: &mut Cx<'_>, rest: Follow) -> Outcome<()> {
    cx.enqueue(job(rest)?).await
}

/// Writes what lasts onto the office's row. A second time changes nothing.
pub async fn tell(house: &House, office: OfficeId) -> Outcome<()> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Outages)).await?;
    let lasting: Vec<Disruption> = read::lasting(&cx)
        .await?
        .into_iter()
        .filter(|one| one.times.stops_at(cx.now()))
        .map(|one| Disruption { kind: one.kind, from: one.times.from, scope: one.scope })
        .collect();
    drop(cx);
    tenancy::tell_disruptions(house, office, &lasting).await
}
