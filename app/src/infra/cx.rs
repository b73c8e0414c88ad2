//! `Cx`: everything one operation may use.
//!
//! One operation, one `Cx`, one transaction, one moment. It holds no mailer, no HTTP client and no
//! configuration: what must reach the outside is queued here and done by a job after the commit.

use std::sync::Arc;

use loket_core::{
    clock::Instant,
    id::{AuditId, ContactId, OfficeId, UserId},
    kinds::ActorKind,
    permission::{Permission, Reach, Standing},
};
use loket_entity::{
    audit_entry,
    sealed::{BlindIndex, Sealed},
};
use sea_orm::ActiveValue::Set;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{
    fault::{Fault, Outcome},
    house::House,
    memory::Remembered,
    seal::{Column, IndexKind, OfficeKeys, Place},
    tenant_tx::TenantTx,
};
use crate::queue::{self, NewJob};

const AUDIT_DETAIL: Column = Column::new("audit_entry", "detail");

/// Who an operation is done by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in officer, as they stand in this office.
    Officer(Arc<Standing>),
    /// A citizen, by what they sent.
    Citizen(ContactId),
    /// Loket itself.
    System(SystemReason),
}

impl Actor {
    /// The officer who may configure the whole of the office, if it is one.
    pub fn administrator(&self) -> Option<&Standing> {
        match self {
            Self::Officer(standing) => Some(standing.as_ref()).filter(|standing| standing.administers()),
            Self::Citizen(_) | Self::System(_) => None,
        }
    }

    /// The kind, as it is recorded.
    pub fn kind(&self) -> ActorKind {
        match self {
            Self::Officer(_) => ActorKind::Officer,
            Self::Citizen(_) => ActorKind::Citizen,
            Self::System(_) => ActorKind::System,
        }
    }

    /// Which one, as it is recorded.
    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Officer(standing) => Some(standing.user.0),
            Self::Citizen(id) => Some(id.0),
            Self::System(_) => None,
        }
    }
}

/// Why Loket itself writes. Only these may write without a line in the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemReason {
    /// Reading the webhook inbox.
    Ingest,
    /// Taking in a citizen's form, until it is known whose it is.
    Entry,
    /// Claiming and finishing deliveries to Meta.
    Outbox,
    /// Merging delivery states.
    StatusMerge,
    /// Fetching attachments.
    Media,
    /// Carrying a request between two offices that both own it.
    Forwarding,
    /// Sealing the audit trail itself.
    AuditSeal,
    /// Following who belongs to the office.
    People,
    /// Letting a published edition take effect.
    Editions,
    /// Following what keeps the office from working.
    Outages,
    /// Looking at what runs out of time.
    Clocks,
    /// Foretelling how long what is left lasts.
    Stock,
    /// Counting facts.
    Rollup,
    /// Finding out who may hear of a change.
    Live,
    /// Setting up an office's first data.
    Seed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Read,
    Write,
    System,
}

/// One operation in one office.
pub struct Cx<'h> {
    house: &'h House,
    tx: TenantTx,
    keys: Arc<OfficeKeys>,
    actor: Actor,
    now: Instant,
    mode: Mode,
    trail: Vec<audit_entry::ActiveModel>,
    woken: bool,
}

impl<'h> Cx<'h> {
    /// Opens an operation that reads.
    pub async fn read(house: &'h House, office: OfficeId, actor: Actor) -> Outcome<Self> {
        Self::open_in(house, office, actor, Mode::Read).await
    }

    /// Opens an operation that writes and must leave a line in the audit trail.
    pub async fn write(house: &'h House, office: OfficeId, actor: Actor) -> Outcome<Self> {
        Self::open_in(house, office, actor, Mode::Write).await
    }

    /// Opens an operation of Loket itself, for one of the few reasons that need no audit line.
    pub async fn system(house: &'h House, office: OfficeId, reason: SystemReason) -> Outcome<Self> {
        Self::open_in(house, office, Actor::System(reason), Mode::System).await
    }

    async fn open_in(house: &'h House, office: OfficeId, actor: Actor, mode: Mode) -> Outcome<Self> {
        let keys = house.keys(office).await?;
        let tx = TenantTx::begin(&house.databases, office, mode != Mode::Read).await?;
        Ok(Self { house, tx, keys, actor, now: house.clock.now(), mode, trail: Vec::new(), woken: false })
    }

    /// The office.
    pub fn office(&self) -> OfficeId {
        self.tx.tenant()
    }

    /// Who does this.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// From here on the operation is a citizen's: the webhook worker knows whose message it holds only
    /// after it has opened it.
    pub fn act_as(&mut self, actor: Actor) {
        self.actor = actor;
    }

    /// The officer who does this, if it is one.
    pub fn officer(&self) -> Option<UserId> {
        match &self.actor {
            Actor::Officer(standing) => Some(standing.user),
            Actor::Citizen(_) | Actor::System(_) => None,
        }
    }

    /// How far a permission reaches for whoever does this. Loket itself and a citizen's own message are
    /// not held by permissions: their use cases are.
    pub fn reach(&self, permission: Permission) -> Reach {
        match &self.actor {
            Actor::Officer(standing) => standing.reach(permission),
            Actor::Citizen(_) | Actor::System(_) => Reach::Everything,
        }
    }

    /// Whether whoever does this may configure the whole of the office.
    pub fn administers(&self) -> bool {
        self.reach(Permission::ConfigureOffice) == Reach::Everything
    }

    /// The one time of this operation.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The office's rows.
    pub fn tx(&self) -> &TenantTx {
        &self.tx
    }

    /// A new id.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.house.ids.uuid(self.now).into()
    }

    /// Seals a value at its place.
    pub fn seal<T: Serialize>(&self, value: &T, place: Place) -> Outcome<Sealed<T>> {
        self.keys.seal(value, place)
    }

    /// Opens a sealed value at its place.
    pub fn open<T: DeserializeOwned>(&self, sealed: &Sealed<T>, place: Place) -> Outcome<T> {
        self.keys.open(sealed, place)
    }

    /// The blind index of a normalised text.
    pub fn index(&self, kind: IndexKind, text: &str) -> BlindIndex {
        self.keys.index(kind, text)
    }

    /// What a form is known by that was sent: its key together with what it says, so that the same once more is known again,
    /// and whoever goes back and sends something else is not taken for it.
    pub fn mark(&self, key: Uuid, said: &str) -> Outcome<Uuid> {
        let mark = self.index(IndexKind::Address, &format!("{key}\0{said}"));
        let mark = mark.0.get(..16).and_then(|bytes| Uuid::from_slice(bytes).ok());
        mark.ok_or(Fault::Inconsistent("a mark shorter than an id"))
    }

    /// The office's keys, for what is sealed outside the database (files).
    pub fn keys(&self) -> &Arc<OfficeKeys> {
        &self.keys
    }

    /// Writes a line into the audit trail: what was done, as `request.taken`, and to what.
    pub fn audit(&mut self, action: &str, subject: (&str, Option<Uuid>)) -> Outcome<()> {
        self.audit_with(action, subject, None)
    }

    /// Writes a line with old and new, or with what was looked at; the detail is sealed.
    pub fn audit_with(
        &mut self,
        action: &str,
        subject: (&str, Option<Uuid>),
        detail: Option<&Json>,
    ) -> Outcome<()> {
        let id: AuditId = self.new_id();
        let detail = detail.map(|json| self.keys.seal(json, AUDIT_DETAIL.of(id.0))).transpose()?;
        self.trail.push(audit_entry::ActiveModel {
            tenant_id: Set(self.office()),
            id: Set(id),
            at: Set(self.now),
            actor_kind: Set(self.actor.kind()),
            actor_id: Set(self.actor.id()),
            action: Set(action.to_owned()),
            subject_kind: Set(subject.0.to_owned()),
            subject_id: Set(subject.1),
            detail: Set(detail),
        });
        Ok(())
    }

    /// What the office's operations kept under this key; see [`crate::infra::memory`].
    pub fn recall<T: Remembered>(&self, of: &str) -> Option<Arc<T>> {
        self.house.memory.recall(self.office(), of)
    }

    /// Keeps a value for the office's later operations.
    pub fn keep<T: Remembered>(&self, of: String, value: T) -> Arc<T> {
        self.house.memory.keep(self.office(), of, value)
    }

    /// Queues work that follows from this operation, in its own transaction. A domain's event is such a
    /// job too: its kind is the event's name, and `jobs::reactions` runs it.
    pub async fn enqueue(&mut self, job: NewJob) -> Outcome<()> {
        let id = self.new_id();
        queue::insert(self.tx.connection_for_queue(), &self.keys, (id, self.office(), self.now), job).await?;
        self.woken = true;
        Ok(())
    }

    /// Commits, once, at the edge, and tells the bus what changed. A write that recorded nothing is refused
    /// and rolled back.
    pub async fn commit(mut self) -> Outcome<()> {
        if self.mode == Mode::Write && self.trail.is_empty() {
            return Err(Fault::Unaudited);
        }
        let trail = std::mem::take(&mut self.trail);
        if !trail.is_empty() {
            self.tx.insert_all::<audit_entry::Entity>(trail).await?;
        }
        let office = self.office();
        let changed = self.tx.commit().await?;
        self.house.bus.tell(office, changed);
        if self.woken {
            self.house.bus.ring();
        }
        Ok(())
    }
}
