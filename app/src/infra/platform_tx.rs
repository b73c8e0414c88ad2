//! A transaction above the offices: the directory, accounts and sessions, the webhook door, the queue.
//!
//! Its pool has a database role of its own, which cannot read a tenant table. What lies here of a
//! citizen lies sealed.

use std::sync::Arc;

use loket_core::clock::Instant;
use sea_orm::{
    AccessMode, DatabaseBackend, DatabaseTransaction, EntityTrait, Select, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use super::{database::Databases, fault::Outcome, house::House, seal::OfficeKeys};

/// One transaction above the offices.
pub struct PlatformTx<'h> {
    house: &'h House,
    inner: DatabaseTransaction,
    now: Instant,
    woken: bool,
}

impl<'h> PlatformTx<'h> {
    /// Opens a transaction that reads.
    pub async fn read(house: &'h House) -> Outcome<Self> {
        Self::begin(house, false).await
    }

    /// Opens a transaction that writes.
    pub async fn write(house: &'h House) -> Outcome<Self> {
        Self::begin(house, true).await
    }

    async fn begin(house: &'h House, write: bool) -> Outcome<Self> {
        let databases: &Databases = &house.databases;
        let options = TransactionOptions {
            access_mode: (!write && databases.backend() == DatabaseBackend::Postgres)
                .then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(if write {
                SqliteTransactionMode::Immediate
            } else {
                SqliteTransactionMode::Deferred
            }),
            ..TransactionOptions::default()
        };
        let inner = databases.platform(write).begin_with_options(options).await?;
        Ok(Self { house, inner, now: house.clock.now(), woken: false })
    }

    /// The one time of this operation.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// A new id.
    pub fn new_id<T: From<uuid::Uuid>>(&self) -> T {
        self.house.ids.uuid(self.now).into()
    }

    /// The platform's own keys.
    pub fn keys(&self) -> &Arc<OfficeKeys> {
        self.house.keyring.platform()
    }

    /// The house this operation runs in.
    pub fn house(&self) -> &'h House {
        self.house
    }

    /// Begins a query of a platform table.
    #[expect(clippy::disallowed_methods, reason = "the one place where a platform query begins")]
    pub fn find<E: EntityTrait>(&self) -> Select<E> {
        E::find()
    }

    /// The connection to run a platform query on.
    pub fn on(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Remembers that the queue has something new, to be told after the commit.
    pub(crate) fn wake_after_commit(&mut self) {
        self.woken = true;
    }

    /// Commits.
    pub async fn commit(self) -> Outcome<()> {
        self.inner.commit().await?;
        if self.woken {
            self.house.bell.ring();
        }
        Ok(())
    }
}
