//! Every half minute, in every office: messages whose fate is open are settled.

use chrono::TimeDelta;
use loket_core::id::OfficeId;
use loket_entity::office;
use sea_orm::{QueryOrder, QuerySelect};

use crate::{
    domain::whatsapp::reconcile::{Patience, RECONCILE, reconcile},
    infra::{House, Outcome, PlatformTx},
    queue::{Handler, JobError, Schedule, Ticket},
};

/// More offices than one deployment has.
const MOST_OFFICES: u64 = 2000;

/// Its schedule and its kind.
pub const KIND: &str = RECONCILE;

/// When it runs.
pub fn schedule() -> Schedule {
    Schedule { name: KIND, every: TimeDelta::seconds(30) }
}

/// Runs [`KIND`].
pub struct Reconcile(pub House);

impl Reconcile {
    async fn offices(&self) -> Outcome<Vec<OfficeId>> {
        let tx = PlatformTx::read(&self.0).await?;
        let offices = tx.find::<office::Entity>().select_only().column(office::Column::Id);
        let offices = offices.order_by_asc(office::Column::Id).limit(MOST_OFFICES);
        Ok(offices.into_tuple::<OfficeId>().all(tx.on()).await?)
    }
}

#[async_trait::async_trait]
impl Handler for Reconcile {
    async fn run(&self, _: Ticket) -> Result<(), JobError> {
        for office in self.offices().await? {
            // One office's trouble is not another's.
            if let Err(fault) = reconcile(&self.0, office, Patience::default()).await {
                tracing::warn!(%office, fault = %fault, "an office could not be reconciled");
            }
        }
        Ok(())
    }
}
