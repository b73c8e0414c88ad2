//! A transaction above the offices: the directory, accounts and sessions, the webhook door, the queue.
//!
//! Its pool has a database role of its own, which cannot read a tenant table. What lies here of a
//! citizen lies sealed.

use std::sync::Arc;

use loket_core::{
    clock::Instant,
    id::{AuditId, OfficeId, UserId},
    kinds::ActorKind,
};
use loket_entity::platform_audit;
use sea_orm::{
    AccessMode, ActiveValue::Set, DatabaseBackend, DatabaseTransaction, DeleteMany, EntityTrait, Select,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, UpdateMany, sea_query::OnConflict,
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    database::Databases,
    fault::Outcome,
    house::House,
    seal::{Column, OfficeKeys},
};
use crate::queue::{self, NewJob};

const AUDIT_DETAIL: Column = Column::new("platform_audit", "detail");

/// Who did something above the offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A signed-in person.
    Account(UserId),
    /// Somebody not signed in, at the web's door.
    Visitor,
    /// Loket itself, or whoever runs its commands on the server.
    System,
}

impl By {
    fn kind(self) -> ActorKind {
        match self {
            Self::Account(_) => ActorKind::Officer,
            Self::Visitor => ActorKind::Visitor,
            Self::System => ActorKind::System,
        }
    }

    fn id(self) -> Option<Uuid> {
        match self {
            Self::Account(user) => Some(user.0),
            Self::Visitor | Self::System => None,
        }
    }
}

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

    /// Inserts a row of a platform table.
    #[expect(clippy::disallowed_methods, reason = "the one place where platform rows are inserted")]
    pub async fn insert<E: EntityTrait>(&self, row: E::ActiveModel) -> Outcome<()>
    where
        E::ActiveModel: Send,
    {
        E::insert(row).exec_without_returning(&self.inner).await?;
        Ok(())
    }

    /// Inserts a row unless one with the same unique key is there; says whether it was inserted.
    #[expect(clippy::disallowed_methods, reason = "the one place where platform rows are inserted")]
    pub async fn insert_once<E: EntityTrait>(&self, row: E::ActiveModel) -> Outcome<bool>
    where
        E::ActiveModel: Send,
    {
        let nothing = OnConflict::new().do_nothing().to_owned();
        Ok(E::insert(row).on_conflict(nothing).exec_without_returning(&self.inner).await? > 0)
    }

    /// Begins a change of rows of a platform table.
    #[expect(clippy::disallowed_methods, reason = "the one place where platform rows are changed")]
    pub fn change<E: EntityTrait>(&self) -> UpdateMany<E> {
        E::update_many()
    }

    /// Begins a deletion of rows of a platform table.
    #[expect(clippy::disallowed_methods, reason = "the one place where platform rows are deleted")]
    pub fn delete<E: EntityTrait>(&self) -> DeleteMany<E> {
        E::delete_many()
    }

    /// Writes a line into the audit trail above the offices: what was done, as `account.created`, and
    /// to what; the detail is sealed with the platform's key.
    pub async fn audit(
        &self,
        by: By,
        action: &str,
        subject: (&str, Option<Uuid>),
        detail: Option<&Json>,
    ) -> Outcome<()> {
        let id: AuditId = self.new_id();
        let detail = detail.map(|json| self.keys().seal(json, AUDIT_DETAIL.of(id.0))).transpose()?;
        self.insert::<platform_audit::Entity>(platform_audit::ActiveModel {
            id: Set(id),
            at: Set(self.now),
            actor_kind: Set(by.kind()),
            actor_id: Set(by.id()),
            action: Set(action.to_owned()),
            subject_kind: Set(subject.0.to_owned()),
            subject_id: Set(subject.1),
            detail: Set(detail),
        })
        .await
    }

    /// The connection to run a platform query on.
    pub fn on(&self) -> &DatabaseTransaction {
        &self.inner
    }

    /// Queues work that follows from this operation, in its own transaction; its payload is sealed with the
    /// platform's key.
    pub async fn enqueue(&mut self, job: NewJob) -> Outcome<()> {
        let id = self.new_id();
        queue::insert(&self.inner, self.keys(), (id, OfficeId::NIL, self.now), job).await?;
        self.woken = true;
        Ok(())
    }

    /// Remembers that the queue has something new, to be told after the commit.
    pub(crate) fn wake_after_commit(&mut self) {
        self.woken = true;
    }

    /// Commits.
    pub async fn commit(self) -> Outcome<()> {
        self.inner.commit().await?;
        if self.woken {
            self.house.bus.ring();
        }
        Ok(())
    }
}
