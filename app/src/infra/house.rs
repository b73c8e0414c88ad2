//! What every operation is opened in: the pools, the keys, the clock, the ids and the bus.

use std::sync::Arc;

use loket_core::{
    clock::{Clock, Ids},
    id::OfficeId,
};
use loket_entity::office_key;
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use super::{
    bus::Bus,
    database::Databases,
    fault::{Fault, Outcome},
    memory::Memory,
    platform_tx::PlatformTx,
    seal::{Keyring, OfficeKeys},
};

/// The ground every operation stands on. Cheap to clone.
#[derive(Clone)]
pub struct House {
    /// The pools.
    pub databases: Databases,
    /// The keys.
    pub keyring: Arc<Keyring>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and secrets.
    pub ids: Arc<dyn Ids>,
    /// Wakes the workers, and tells what changed.
    pub bus: Bus,
    /// What was worked out before.
    pub memory: Arc<Memory>,
}

impl House {
    /// The keys of an office, from memory or from the directory.
    pub async fn keys(&self, office: OfficeId) -> Outcome<Arc<OfficeKeys>> {
        if let Some(keys) = self.keyring.known(office) {
            return Ok(keys);
        }
        let tx = PlatformTx::read(self).await?;
        let row = tx
            .find::<office_key::Entity>()
            .filter(office_key::Column::OfficeId.eq(office))
            .order_by_desc(office_key::Column::Version)
            .one(tx.on())
            .await?
            .ok_or(Fault::Inconsistent("an office without a key"))?;
        self.keyring.unwrap(office, &row.wrapped)
    }
}
