//! What an office owes whoever was not served in the time of its standard: owed when that time runs out, offered by whoever
//! assigns the work, answered by the citizen, given.
//!
//! It follows the settlement clock: [`follow`] is asked at the moment the watcher raises its alarm, after each step, and when
//! an outage has moved due times. Nothing is deleted; what is not owed after all lapses.

mod follow;
mod letter;
mod list;
mod read;
mod steps;

pub(super) use follow::follow;
pub use letter::{CompensationLetter, compensation_letter};
pub use list::{
    CompensationLine, CompensationMonth, CompensationPage, compensation_counts, compensation_month,
    compensations, compensations_owed,
};
pub(super) use read::of;
pub use read::{CompensationView, Offering};
pub use steps::{
    CompensationGiven, CompensationOffer, answer_compensation, give_compensation, offer_compensation,
    waive_compensation,
};

use loket_core::{clock::Instant, id::RequestId};
use loket_entity::{compensation, request};
use sea_orm::ColumnTrait;

use crate::infra::{Cx, Outcome};

/// What stands of a request.
async fn find(cx: &Cx<'_>, id: RequestId) -> Outcome<Option<compensation::Model>> {
    cx.tx().find::<compensation::Entity>().filter(compensation::Column::Id.eq(id)).one().await
}

/// When a request was settled one way or another; nothing while it is open and nothing of it is ready.
fn ended(row: &request::Model) -> Option<Instant> {
    row.ready_at.or(row.closed_at)
}
