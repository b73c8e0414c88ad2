//! What pages read of what an office owes of one request.

use chrono::NaiveDate;
use loket_core::{
    clock::Instant,
    compensation::{CompensationKind, CompensationState, LapseReason, OfferWay, source},
    permission::Permission,
    reply::CompensationOffered,
};
use loket_entity::{compensation, request, sealed::Sealed};

use super::{
    super::{places, store, telling::Addressed, watch::is_heard},
    ended, find,
};
use crate::infra::{Cx, Outcome, seal::Column};

/// What an office owes of a request, or owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompensationView {
    /// What is given.
    pub kind: CompensationKind,
    /// As the citizen reads it.
    pub words: String,
    /// The decree that it stands in, or that there is none.
    pub basis: String,
    /// The due time that was missed.
    pub missed_at: Instant,
    /// When the request was settled all the same; nothing while it is not.
    pub ended_at: Option<Instant>,
    /// Whether it came to no product.
    pub dropped: bool,
    /// How far it has come, and since when.
    pub state: (CompensationState, Instant),
    /// When the citizen was told, and how.
    pub offered: Option<(Instant, OfferWay)>,
    /// How the printed letter reached them; empty where they were written to.
    pub delivered: String,
    /// When their answer was written down.
    pub answered_at: Option<Instant>,
    /// The day on which it was given.
    pub given_on: Option<NaiveDate>,
    /// What was given, in words.
    pub note: String,
    /// Why it is not owed after all.
    pub lapsed_because: Option<LapseReason>,
    /// Which change of it this is.
    pub version: i64,
    /// What offering it would do; only for whoever may, while it is to be offered.
    pub offering: Option<Offering>,
}

/// What offering it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offering {
    /// The message that the citizen would get; nothing where none would reach them, and the letter is handed over instead.
    pub preview: Option<String>,
}

/// What stands of a request; nothing where nothing was ever owed.
pub(in crate::domain::requests) async fn of(
    cx: &Cx<'_>,
    row: &request::Model,
    addressed: &Addressed<'_>,
) -> Outcome<Option<CompensationView>> {
    // Nothing is due before the papers are complete.
    if row.complete_from.is_none() {
        return Ok(None);
    }
    let Some(one) = find(cx, row.id).await? else { return Ok(None) };
    let mut view = view(cx, row, &one)?;
    let may = cx.reach(Permission::AssignRequests).covers(store::whereabouts(row));
    if may && one.state == CompensationState::Owed {
        let heard = is_heard(cx, row).await?;
        view.offering = Some(Offering { preview: heard.then(|| text(row, &one, addressed)) });
    }
    Ok(Some(view))
}

pub(super) fn view(
    cx: &Cx<'_>,
    row: &request::Model,
    one: &compensation::Model,
) -> Outcome<CompensationView> {
    let words = |sealed: &Option<Sealed<String>>, column: Column| -> Outcome<String> {
        let words = sealed.as_ref().map(|words| cx.open(words, column.of(one.id.0))).transpose()?;
        Ok(words.unwrap_or_default())
    };
    Ok(CompensationView {
        kind: one.kind,
        words: one.words.clone(),
        basis: source(&one.basis).to_owned(),
        missed_at: one.missed_at,
        ended_at: ended(row),
        dropped: row.ready_at.is_none() && row.closed_at.is_some(),
        state: (one.state, one.since),
        offered: one.offered_at.zip(one.way),
        delivered: words(&one.delivered, places::COMPENSATION_DELIVERED)?,
        answered_at: one.answered_at,
        given_on: one.given_on,
        note: words(&one.note, places::COMPENSATION_NOTE)?,
        lapsed_because: one.lapsed_because,
        version: one.version,
        offering: None,
    })
}

/// What the citizen is told.
pub(super) fn text(row: &request::Model, one: &compensation::Model, addressed: &Addressed<'_>) -> String {
    CompensationOffered {
        subject: addressed.subject(),
        due: one.missed_at,
        ended: ended(row),
        dropped: row.ready_at.is_none() && row.closed_at.is_some(),
        words: &one.words,
        basis: &one.basis,
    }
    .text(&addressed.head())
}
