//! What came in and was answered hour by hour, counted with the other facts.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Timelike};
use loket_core::{
    id::{FactId, ServiceId, UnitId},
    kpi::Happened,
    request::Channel,
    zone::OfficeZone,
};
use loket_entity::fact_hour;
use sea_orm::ActiveValue::Set;

use super::{live::Event, store::stored};
use crate::infra::Cx;

type Key = (NaiveDate, u32, ServiceId, Option<UnitId>);

/// Written requests that came in and that were answered for the first time, by hour, service and unit.
#[derive(Default)]
pub(super) struct Hours(BTreeMap<Key, (u64, u64)>);

impl Hours {
    /// Counts what happened, where it is one of these.
    pub(super) fn count(&mut self, zone: OfficeZone, event: &Event<Happened>) {
        let (arrived, answered) = match event.what {
            Happened::Arrived => (1, 0),
            Happened::Answered(_) => (0, 1),
            _ => return,
        };
        if !Channel::WRITTEN.contains(&event.place.channel) {
            return;
        }
        let local = zone.local(event.at);
        let key = (local.date_naive(), local.hour(), event.place.service_id, event.place.unit_id);
        let counts = self.0.entry(key).or_default();
        *counts = (counts.0 + arrived, counts.1 + answered);
    }

    /// As facts.
    pub(super) fn rows(&self, cx: &Cx<'_>) -> Vec<fact_hour::ActiveModel> {
        let row =
            |((day, hour, service, unit), (arrived, answered)): (&Key, &(u64, u64))| fact_hour::ActiveModel {
                tenant_id: Set(cx.office()),
                id: Set(cx.new_id::<FactId>()),
                day: Set(*day),
                hour: Set(i64::from(*hour)),
                service_id: Set(*service),
                unit_id: Set(*unit),
                arrived: Set(stored(*arrived)),
                answered: Set(stored(*answered)),
            };
        self.0.iter().map(row).collect()
    }
}
