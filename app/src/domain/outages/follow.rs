//! What follows from a change of the ledger: what everybody is told of what lasts, and the clocks that it touches.

use chrono::TimeDelta;
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

/// Longer than any operation takes that read the ledger before it changed.
const LATER: TimeDelta = TimeDelta::minutes(1);

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
    /// Whether all of them were passed once.
    #[serde(default)]
    pub again: bool,
}

impl Follow {
    /// From the beginning.
    pub const fn since(outage: OutageId, since: Instant) -> Self {
        Self { outage, since, open: None, closed: None, again: false }
    }

    /// The same once more: for what was declared complete while the ledger changed, before its change was seen.
    pub const fn once_more(self) -> Option<Self> {
        if self.again { None } else { Some(Self { again: true, ..Self::since(self.outage, self.since) }) }
    }

    /// Whether nothing has been done yet.
    pub const fn is_first(&self) -> bool {
        self.open.is_none() && self.closed.is_none() && !self.again
    }
}

/// The job.
pub(super) fn job(follow: Follow) -> Outcome<NewJob> {
    NewJob::new(FOLLOW, &follow)
}

/// Queues what is left to do: the next part at once, all of it once more a little later.
pub async fn follows(cx: &mut Cx<'_>, (done, rest): (Follow, Option<Follow>)) -> Outcome<()> {
    match (rest, done.once_more()) {
        (Some(rest), _) => cx.enqueue(job(rest)?).await,
        (None, Some(again)) => cx.enqueue(job(again)?.after(LATER)).await,
        (None, None) => Ok(()),
    }
}

/// Writes what lasts onto the office's row. The row is held before the ledger is read, so that of two changes the later one
/// has the word; a second time changes nothing.
pub async fn tell(house: &House, office: OfficeId) -> Outcome<()> {
    tenancy::tell_disruptions(house, office, async || {
        let cx = Cx::read(house, office, Actor::System(SystemReason::Outages)).await?;
        let lasting = read::lasting(&cx).await?.into_iter();
        let stops = lasting.filter(|one| one.times.stops_at(cx.now()));
        Ok(stops.map(|one| Disruption { kind: one.kind, from: one.times.from, scope: one.scope }).collect())
    })
    .await
}
