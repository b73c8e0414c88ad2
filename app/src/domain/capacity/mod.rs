//! How much an office can answer: the pace of each queue, what citizens are told of their turn, and how long queues last.
//!
//! A queue is what waits for a person's first answer in a service at a unit, the oldest first. Its pace is read from what was
//! answered lately (`loket_core::queue`). What a citizen was told is kept with what it was told from, and compared with what
//! came of it.

mod paces;
mod read;
mod told;
mod turn;

pub use read::{CapacityView, HourCount, QueueLine, capacity};
pub use told::{Kept, kept};
pub use turn::{Turn, foretell, turn, turns};

use loket_core::{
    id::{ServiceId, UnitId},
    permission::Whereabouts,
    request::Channel,
};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

/// One queue of an office: those who answer a service at one unit do not answer it at another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lane {
    /// For this service.
    pub service: ServiceId,
    /// At this unit.
    pub unit: Option<UnitId>,
}

impl Lane {
    /// Of a request.
    pub const fn of(row: &request::Model) -> Self {
        Self { service: row.service_id, unit: row.unit_id }
    }

    /// What a reach is asked about.
    pub const fn whereabouts(self) -> Whereabouts<'static> {
        Whereabouts { service: Some(self.service), unit: self.unit, district: None }
    }
}

/// What waits for a person's first answer.
fn unanswered() -> Condition {
    Condition::all()
        .add(request::Column::ClosedAt.is_null())
        .add(request::Column::AnsweredAt.is_null())
        .add(request::Column::Elsewhere.eq(false))
        .add(request::Column::Channel.is_in(Channel::WRITTEN))
}

/// What waits in one queue.
fn waiting_in(lane: Lane) -> Condition {
    let unit = match lane.unit {
        Some(unit) => request::Column::UnitId.eq(unit),
        None => request::Column::UnitId.is_null(),
    };
    unanswered().add(request::Column::ServiceId.eq(lane.service)).add(unit)
}
