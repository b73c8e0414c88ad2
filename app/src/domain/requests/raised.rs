//! Requests on whose clocks an alarm was raised lately, for those who are told of it.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{RequestId, ServiceId, UnitId},
    permission::Whereabouts,
    request::{Alarm, RequestEventKind},
};
use loket_entity::{request, request_event};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{
    domain::catalogue,
    infra::{Cx, Outcome},
};

/// More are not told at once.
const MOST: u64 = 2_000;
/// How much later than it came true an alarm may be noticed: papers may have lain unread, an outage may be refused. It only
/// bounds what the index is read for.
const NOTICED: TimeDelta = TimeDelta::days(400);

/// A request with an alarm. It names nobody.
#[derive(Debug, Clone)]
pub struct Raised {
    /// Its receipt number.
    pub receipt: String,
    /// Service and variant.
    pub service: String,
    /// What its clock says.
    pub alarm: Alarm,
    /// Until when it should be settled.
    pub due_at: Instant,
    service_id: ServiceId,
    unit_id: Option<UnitId>,
    district_code: Option<String>,
}

impl Raised {
    /// Where it belongs.
    pub fn whereabouts(&self) -> Whereabouts<'_> {
        Whereabouts {
            service: Some(self.service_id),
            unit: self.unit_id,
            district: self.district_code.as_deref(),
        }
    }
}

#[derive(FromQueryResult)]
struct Told {
    request_id: RequestId,
    recorded_at: Instant,
}

/// The requests whose alarm was raised between two moments and still stands, what is due first first; and until when all of
/// them were read, which is earlier where there are more than are told at once.
pub async fn raised(cx: &Cx<'_>, (since, until): (Instant, Instant)) -> Outcome<(Vec<Raised>, Instant)> {
    use request_event::Column::{At, Kind, RecordedAt, RequestId};
    let told: Vec<Told> = cx
        .tx()
        .find::<request_event::Entity>()
        .filter(Kind.is_in([RequestEventKind::Nearing, RequestEventKind::Overdue]))
        .filter(At.gte(since - NOTICED))
        .filter(At.lte(until))
        .filter(RecordedAt.gte(since))
        .filter(RecordedAt.lt(until))
        .ascending(RecordedAt)
        .columns([RequestId, RecordedAt], MOST)
        .await?;
    if told.is_empty() {
        return Ok((Vec::new(), until));
    }
    let last = told.last().filter(|_| told.len() as u64 == MOST);
    let until = last.map_or(until, |last| last.recorded_at);
    let rows = cx
        .tx()
        .find::<request::Entity>()
        .filter(request::Column::Id.is_in(told.iter().map(|one| one.request_id)))
        .filter(request::Column::Alarm.is_not_null())
        .filter(request::Column::Elsewhere.eq(false))
        .ascending(request::Column::DueAt)
        .up_to(MOST)
        .await?;
    let names: HashMap<_, _> = catalogue::variant_names(cx).await?.into_iter().collect();
    let raised = |row: request::Model| {
        let names = names.get(&row.variant_id);
        Some(Raised {
            alarm: row.alarm?,
            due_at: row.due_at?,
            receipt: row.receipt,
            service: names
                .map(|names| super::telling::label(&names.service, &names.variant))
                .unwrap_or_default(),
            service_id: row.service_id,
            unit_id: row.unit_id,
            district_code: row.district_code,
        })
    };
    Ok((rows.into_iter().filter_map(raised).collect(), until))
}
