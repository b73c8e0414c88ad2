//! The queue's rows.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{JobId, OfficeId},
    kinds::JobState,
};
use loket_entity::job;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
    sea_query::{Expr, OnConflict},
};
use serde::Serialize;
use serde_json::Value as Json;

use crate::infra::{
    fault::{Fault, Outcome},
    house::House,
    platform_tx::PlatformTx,
    seal::{Column, OfficeKeys},
};

pub(super) const PAYLOAD: Column = Column::new("job", "payload");

/// Work to be queued.
#[derive(Debug, Clone)]
pub struct NewJob {
    kind: &'static str,
    payload: Json,
    unique_key: Option<String>,
    priority: i64,
    delay: TimeDelta,
}

impl NewJob {
    /// A job of a kind, with what its handler needs.
    pub fn new(kind: &'static str, payload: &impl Serialize) -> Outcome<Self> {
        let payload = serde_json::to_value(payload).map_err(|_| Fault::Inconsistent("job payload"))?;
        Ok(Self { kind, payload, unique_key: None, priority: 10, delay: TimeDelta::zero() })
    }

    /// At most one waiting job of the office carries this key; a second one is not queued.
    #[must_use]
    pub fn unique(mut self, key: impl Into<String>) -> Self {
        self.unique_key = Some(key.into());
        self
    }

    /// Runs before those of a larger number; 10 unless said.
    #[must_use]
    pub fn priority(mut self, priority: i64) -> Self {
        self.priority = priority;
        self
    }

    /// Runs not before this much later.
    #[must_use]
    pub fn after(mut self, delay: TimeDelta) -> Self {
        self.delay = delay;
        self
    }
}

/// Inserts a job on the caller's own connection.
///
/// A job that waits under the same unique key is touched, not left alone: the touch holds its row until
/// the caller commits, so that no worker can run it in between and miss what the caller wrote.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub async fn insert<C: ConnectionTrait>(
    on: &C,
    keys: &OfficeKeys,
    (id, tenant, now): (JobId, OfficeId, Instant),
    new: NewJob,
) -> Outcome<()> {
    let row = job::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        kind: Set(new.kind.to_owned()),
        payload: Set(keys.seal(&new.payload, PAYLOAD.of(id.0))?),
        state: Set(JobState::Queued),
        unique_key: Set(new.unique_key),
        priority: Set(new.priority),
        attempts: Set(0),
        run_at: Set(now + new.delay),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(now),
    };
    let waiting = OnConflict::columns([job::Column::TenantId, job::Column::UniqueKey])
        .update_column(job::Column::UniqueKey)
        .to_owned();
    job::Entity::insert(row).on_conflict(waiting).exec_without_returning(on).await?;
    Ok(())
}

/// Claims up to `limit` due jobs until `until`. A claimed job gives its unique key back, so that what
/// happens from now on is queued again.
pub(super) async fn claim<C: ConnectionTrait>(
    on: &C,
    (now, until): (Instant, Instant),
    limit: i64,
) -> Outcome<Vec<job::Model>> {
    let postgres = on.get_database_backend() == DatabaseBackend::Postgres;
    let (one, two, three, four, lock) = if postgres {
        ("$1", "$2", "$3", "$4", "FOR UPDATE SKIP LOCKED")
    } else {
        ("?1", "?2", "?3", "?4", "")
    };
    let sql = format!(
        "UPDATE job SET lease_until = {one}, attempts = attempts + 1, unique_key = NULL WHERE id IN (\
         SELECT id FROM job WHERE state = {two} AND run_at <= {three} \
         AND (lease_until IS NULL OR lease_until < {three}) ORDER BY priority, run_at LIMIT {four} {lock}) RETURNING *"
    );
    let statement = Statement::from_sql_and_values(
        on.get_database_backend(),
        sql,
        [until.into(), JobState::Queued.word().into(), now.into(), limit.into()],
    );
    let rows = on.query_all_raw(statement).await?;
    rows.iter().map(|row| job::Model::from_query_result(row, "").map_err(Fault::from)).collect()
}

/// Holds jobs longer: those of them that somebody holds.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub(super) async fn renew<C: ConnectionTrait>(on: &C, ids: Vec<JobId>, until: Instant) -> Outcome<()> {
    job::Entity::update_many()
        .col_expr(job::Column::LeaseUntil, Expr::value(until))
        .filter(job::Column::Id.is_in(ids))
        .filter(job::Column::LeaseUntil.is_not_null())
        .exec(on)
        .await?;
    Ok(())
}

/// Gives back what a process that died still holds. Only for a process that has the database to itself.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub async fn forget_leases(house: &House) -> Outcome<u64> {
    let tx = PlatformTx::write(house).await?;
    let freed = job::Entity::update_many()
        .col_expr(job::Column::LeaseUntil, Expr::value(Option::<Instant>::None))
        .filter(job::Column::LeaseUntil.is_not_null())
        .exec(tx.on())
        .await?;
    tx.commit().await?;
    Ok(freed.rows_affected)
}

/// A job is done: its row goes.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub(super) async fn finish<C: ConnectionTrait>(on: &C, id: JobId) -> Outcome<()> {
    job::Entity::delete_many().filter(job::Column::Id.eq(id)).exec(on).await?;
    Ok(())
}

/// A job failed: it runs again at `run_at`, or waits for a person.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub(super) async fn put_back<C: ConnectionTrait>(
    on: &C,
    id: JobId,
    run_at: Option<Instant>,
    error: &str,
) -> Outcome<()> {
    let state = if run_at.is_some() { JobState::Queued } else { JobState::Parked };
    let mut update = job::Entity::update_many()
        .filter(job::Column::Id.eq(id))
        .col_expr(job::Column::State, Expr::value(state.word()))
        .col_expr(job::Column::LeaseUntil, Expr::value(Option::<Instant>::None))
        .col_expr(job::Column::LastError, Expr::value(error));
    if let Some(at) = run_at {
        update = update.col_expr(job::Column::RunAt, Expr::value(at));
    }
    update.exec(on).await?;
    Ok(())
}

/// When the next job is due, if one waits.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub(super) async fn next_due<C: ConnectionTrait>(on: &C) -> Outcome<Option<Instant>> {
    Ok(job::Entity::find()
        .select_only()
        .column(job::Column::RunAt)
        .filter(job::Column::State.eq(JobState::Queued))
        .filter(job::Column::LeaseUntil.is_null())
        .order_by_asc(job::Column::RunAt)
        .limit(1)
        .into_tuple::<Instant>()
        .one(on)
        .await?)
}

/// How far behind the queue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// How long the oldest due job has been waiting; zero when none is due.
    pub oldest: TimeDelta,
    /// How many jobs failed for good and wait for a person.
    pub parked: u64,
}

/// Looks how far behind the queue is.
#[expect(clippy::disallowed_methods, reason = "the queue's own table")]
pub async fn backlog(house: &House) -> Outcome<Backlog> {
    let tx = PlatformTx::read(house).await?;
    let due = next_due(tx.on()).await?;
    let parked = job::Entity::find().filter(job::Column::State.eq(JobState::Parked)).count(tx.on()).await?;
    let oldest = due.map_or(TimeDelta::zero(), |due| (tx.now() - due).max(TimeDelta::zero()));
    Ok(Backlog { oldest, parked })
}
