//! Whom an outage that lasts keeps from being served at a place today and tomorrow. Nobody is moved by that alone: it leads to
//! the days, where a person does it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    clock::Instant,
    id::{PickupPointId, RequestId},
    outage::Approval,
    permission::{Permission, Whereabouts},
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::store;
use crate::{
    domain::{
        appointments::{self, MOST_OF_DAY},
        outages::OutageView,
        pickup::{self, PointView},
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// A day at a place, with how many are awaited whom an outage touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedDay {
    /// Where.
    pub point: PointView,
    /// When.
    pub day: NaiveDate,
    /// How many come.
    pub awaited: u64,
}

/// Somebody who comes: for which request, where and when.
type Comer = (RequestId, PickupPointId, Instant);

/// The days, by place, as far as whoever looks reaches; none once it is over or work goes on by another way.
pub async fn touched_days(cx: &Cx<'_>, office: &Office, outage: &OutageView) -> Outcome<Vec<TouchedDay>> {
    let times = &outage.times;
    if !times.is_open() || times.around.is_some() || times.approval == Approval::Refused {
        return Ok(Vec::new());
    }
    let today = office.zone.midnight(office.zone.date(cx.now()));
    let span = (today.max(times.from - TimeDelta::hours(1)), today + TimeDelta::days(2));
    let comers = comers(cx, span, times.from).await?;
    if comers.is_empty() {
        return Ok(Vec::new());
    }
    let ids: BTreeSet<RequestId> = comers.iter().map(|(id, ..)| *id).collect();
    let theirs = store::within(cx, Permission::ReadRequests).filter(request::Column::Id.is_in(ids));
    let theirs = theirs.filter(store::open()).up_to(2 * MOST_OF_DAY).await?;
    let theirs: BTreeMap<RequestId, request::Model> = theirs.into_iter().map(|row| (row.id, row)).collect();
    let points = pickup::points(cx).await?;
    let mut days: BTreeMap<(usize, NaiveDate), u64> = BTreeMap::new();
    for (id, at, from) in comers {
        let place = points.iter().enumerate().find(|(_, point)| point.id == at);
        let Some(((number, point), row)) = place.zip(theirs.get(&id)) else { continue };
        if !point.said.purpose.is_stopped_by(outage.kind) {
            continue;
        }
        let here = store::whereabouts(row);
        let there = Whereabouts { unit: point.said.unit, ..here };
        if outage.scope.covers(here) || outage.scope.covers(there) {
            *days.entry((number, office.zone.date(from))).or_default() += 1;
        }
    }
    let day = |((number, day), awaited): ((usize, NaiveDate), u64)| {
        points.get(number).map(|point| TouchedDay { point: point.clone(), day, awaited })
    };
    Ok(days.into_iter().filter_map(day).collect())
}

/// Whoever comes in a span and is not served before something began, for an appointment or to collect something.
async fn comers(cx: &Cx<'_>, span: (Instant, Instant), began: Instant) -> Outcome<Vec<Comer>> {
    let awaited = appointments::between(cx, span).await?.into_iter();
    let mut all: Vec<Comer> = awaited
        .filter(|one| one.timing.slot.end > began)
        .map(|one| (one.request, one.point, one.timing.slot.start))
        .collect();
    let lying = pickup::between(cx, span).await?.into_iter();
    all.extend(lying.filter(|(_, _, slot)| slot.end > began).map(|(id, at, slot)| (id, at, slot.start)));
    Ok(all)
}
