//! The platform's rows of WhatsApp: apps, routes and the inbox of raw bodies.

use loket_core::{
    clock::Instant,
    id::{DeliveryId, NumberId, OfficeId},
    kinds::{DeliveryStage, ItemOutcome},
};
use loket_entity::{wa_app, wa_route, webhook_delivery, webhook_item};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::{Expr, OnConflict},
};

use crate::infra::{Fault, Outcome};

/// The oldest bodies among which turns are given.
const OLDEST: i64 = 1000;

/// Stores a body unless the same one came over the same path before; says whether it was stored.
#[expect(clippy::disallowed_methods, reason = "the door's one statement, outside any transaction")]
pub(super) async fn keep_body<C: ConnectionTrait>(
    on: &C,
    row: webhook_delivery::ActiveModel,
) -> Outcome<bool> {
    let seen = OnConflict::columns([webhook_delivery::Column::PathKey, webhook_delivery::Column::BodyHash])
        .do_nothing()
        .to_owned();
    let rows = webhook_delivery::Entity::insert(row).on_conflict(seen).exec_without_returning(on).await?;
    Ok(rows > 0)
}

#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn app_at<C: ConnectionTrait>(on: &C, path_key: &str) -> Outcome<Option<wa_app::Model>> {
    Ok(wa_app::Entity::find().filter(wa_app::Column::PathKey.eq(path_key)).one(on).await?)
}

#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn add_app<C: ConnectionTrait>(on: &C, row: wa_app::ActiveModel) -> Outcome<()> {
    wa_app::Entity::insert(row).exec_without_returning(on).await?;
    Ok(())
}

/// Enters a route unless the number has one; returns the one that holds.
#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn route<C: ConnectionTrait>(
    on: &C,
    row: wa_route::ActiveModel,
) -> Outcome<wa_route::Model> {
    let id = row.phone_number_id.clone().take().unwrap_or_default();
    wa_route::Entity::insert(row)
        .on_conflict(OnConflict::column(wa_route::Column::PhoneNumberId).do_nothing().to_owned())
        .exec_without_returning(on)
        .await?;
    route_of(on, &id).await?.ok_or(Fault::Inconsistent("a route just entered"))
}

#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn route_of<C: ConnectionTrait>(
    on: &C,
    phone_number_id: &str,
) -> Outcome<Option<wa_route::Model>> {
    Ok(wa_route::Entity::find().filter(wa_route::Column::PhoneNumberId.eq(phone_number_id)).one(on).await?)
}

/// Gives up the route of a number that has another Meta id now.
#[expect(clippy::disallowed_methods, reason = "a platform table, and the platform's right to delete")]
pub(super) async fn free_route<C: ConnectionTrait>(
    on: &C,
    phone_number_id: &str,
    number: NumberId,
) -> Outcome<()> {
    wa_route::Entity::delete_many()
        .filter(wa_route::Column::PhoneNumberId.eq(phone_number_id))
        .filter(wa_route::Column::NumberId.eq(number))
        .exec(on)
        .await?;
    Ok(())
}

/// Whether a body waits to be read.
pub(super) async fn anything_due<C: ConnectionTrait>(on: &C, now: Instant) -> Outcome<bool> {
    let sql = if on.get_database_backend() == DatabaseBackend::Postgres {
        "SELECT 1 FROM webhook_delivery WHERE state = $1 AND due_at <= $2 \
         AND (lease_until IS NULL OR lease_until < $2) LIMIT 1"
    } else {
        "SELECT 1 FROM webhook_delivery WHERE state = ?1 AND due_at <= ?2 \
         AND (lease_until IS NULL OR lease_until < ?2) LIMIT 1"
    };
    let values = [DeliveryStage::Waiting.word().into(), now.into()];
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(on.query_one_raw(statement).await?.is_some())
}

/// How many bodies are taken at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Batch {
    /// Of one office.
    pub(super) of_one_office: i64,
    /// In all.
    pub(super) in_all: i64,
}

/// Takes bodies that are due until `until`: the offices by turns, each with its oldest first.
pub(super) async fn lease<C: ConnectionTrait>(
    on: &C,
    (now, until): (Instant, Instant),
    batch: Batch,
) -> Outcome<Vec<webhook_delivery::Model>> {
    let postgres = on.get_database_backend() == DatabaseBackend::Postgres;
    let mark = |number: u8| if postgres { format!("${number}") } else { format!("?{number}") };
    let (until_at, waiting, now_at) = (mark(1), mark(2), mark(3));
    let (oldest, one_office, in_all) = (mark(4), mark(5), mark(6));
    let lock = if postgres { "FOR UPDATE SKIP LOCKED" } else { "" };
    let due = format!(
        "state = {waiting} AND due_at <= {now_at} AND (lease_until IS NULL OR lease_until < {now_at})"
    );
    let sql = format!(
        "UPDATE webhook_delivery SET lease_until = {until_at}, attempts = attempts + 1 WHERE id IN (\
         SELECT id FROM webhook_delivery WHERE {due} AND id IN (SELECT id FROM (\
         SELECT id, due_at, ROW_NUMBER() OVER (PARTITION BY office_id ORDER BY due_at) AS turn FROM (\
         SELECT id, office_id, due_at FROM webhook_delivery WHERE {due} ORDER BY due_at LIMIT {oldest}\
         ) AS oldest) AS ranked WHERE turn <= {one_office} ORDER BY turn, due_at LIMIT {in_all}) {lock}) \
         RETURNING *"
    );
    let values = [
        until.into(),
        DeliveryStage::Waiting.word().into(),
        now.into(),
        OLDEST.into(),
        batch.of_one_office.into(),
        batch.in_all.into(),
    ];
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    let rows = on.query_all_raw(statement).await?;
    rows.iter().map(|row| webhook_delivery::Model::from_query_result(row, "").map_err(Fault::from)).collect()
}

/// Holds a body longer; says whether it was still held by the same worker.
#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn hold_longer<C: ConnectionTrait>(
    on: &C,
    id: DeliveryId,
    (from, until): (Option<Instant>, Instant),
) -> Outcome<bool> {
    let held = webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::LeaseUntil, Expr::value(until))
        .filter(webhook_delivery::Column::Id.eq(id))
        .filter(webhook_delivery::Column::LeaseUntil.eq(from))
        .exec(on)
        .await?;
    Ok(held.rows_affected == 1)
}

/// A body was read to its end.
#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn finish<C: ConnectionTrait>(on: &C, id: DeliveryId, stage: DeliveryStage) -> Outcome<()> {
    webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::State, Expr::value(stage.word()))
        .col_expr(webhook_delivery::Column::LeaseUntil, Expr::value(Option::<Instant>::None))
        .filter(webhook_delivery::Column::Id.eq(id))
        .exec(on)
        .await?;
    Ok(())
}

/// A body is to be read again at `due`.
#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn put_back<C: ConnectionTrait>(on: &C, id: DeliveryId, due: Instant) -> Outcome<()> {
    webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::DueAt, Expr::value(due))
        .col_expr(webhook_delivery::Column::LeaseUntil, Expr::value(Option::<Instant>::None))
        .filter(webhook_delivery::Column::Id.eq(id))
        .exec(on)
        .await?;
    Ok(())
}

/// Gives back every lease: when a process that has the database to itself starts, nobody holds one.
#[expect(clippy::disallowed_methods, reason = "a platform table")]
pub(super) async fn forget_leases<C: ConnectionTrait>(on: &C) -> Outcome<u64> {
    let freed = webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::LeaseUntil, Expr::value(Option::<Instant>::None))
        .filter(webhook_delivery::Column::State.eq(DeliveryStage::Waiting))
        .filter(webhook_delivery::Column::LeaseUntil.is_not_null())
        .exec(on)
        .await?;
    Ok(freed.rows_affected)
}

/// Sets what was set aside of a body back, so that it is tried again.
#[expect(clippy::disallowed_methods, reason = "a platform table, and the platform's right to delete")]
pub(super) async fn reopen<C: ConnectionTrait>(
    on: &C,
    (office, id): (OfficeId, DeliveryId),
    now: Instant,
) -> Outcome<()> {
    let mine = webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::State, Expr::value(DeliveryStage::Waiting.word()))
        .col_expr(webhook_delivery::Column::DueAt, Expr::value(now))
        .col_expr(webhook_delivery::Column::LeaseUntil, Expr::value(Option::<Instant>::None))
        .col_expr(webhook_delivery::Column::Attempts, Expr::value(1_i64))
        .filter(webhook_delivery::Column::Id.eq(id))
        .filter(webhook_delivery::Column::OfficeId.eq(office))
        .exec(on)
        .await?;
    if mine.rows_affected == 1 {
        webhook_item::Entity::delete_many()
            .filter(webhook_item::Column::TenantId.eq(office))
            .filter(webhook_item::Column::DeliveryId.eq(id))
            .filter(webhook_item::Column::Outcome.eq(ItemOutcome::Quarantined))
            .exec(on)
            .await?;
    }
    Ok(())
}

/// When the oldest body that waits came in, and how many wait.
pub(super) async fn waiting<C: ConnectionTrait>(on: &C) -> Outcome<(Option<Instant>, i64)> {
    let sql = if on.get_database_backend() == DatabaseBackend::Postgres {
        "SELECT MIN(received_at) AS oldest, COUNT(*) AS bodies FROM webhook_delivery WHERE state = $1"
    } else {
        "SELECT MIN(received_at) AS oldest, COUNT(*) AS bodies FROM webhook_delivery WHERE state = ?1"
    };
    let values = [DeliveryStage::Waiting.word().into()];
    let row = on
        .query_one_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values))
        .await?
        .ok_or(Fault::Inconsistent("a count without a row"))?;
    Ok((row.try_get("", "oldest")?, row.try_get("", "bodies")?))
}
