//! For whom an office takes more care, when their requests have their turn, and rounds of home visits.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob, blob_null, date, date_null, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
    sea_orm::DatabaseBackend,
};

use crate::wall::{Writes, create_tenant, index, run, tenant_ref, tenant_table, unheld};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        turns(m).await?;
        let mut care = tenant_table("care")
            .col(blob("reasons"))
            .col(blob_null("needs"))
            .col(blob_null("address"))
            .col(text("consent_by"))
            .col(text("consent_way"))
            .col(timestamp_with_time_zone("noted_at"))
            .col(uuid_null("noted_by"))
            .to_owned();
        tenant_ref(&mut care, "care", "id", "request");
        tenant_ref(&mut care, "care", "noted_by", "officer");
        create_tenant(m, "care", care, Writes::Freely).await?;

        let mut round = tenant_table("visit_round")
            .col(blob("title"))
            .col(date("from_day"))
            .col(date("until_day"))
            .col(uuid_null("unit_id"))
            .col(text("state"))
            .col(blob_null("plan"))
            .col(blob_null("report"))
            .col(big_integer("others_served"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("closed_at"))
            .col(big_integer("version"))
            .to_owned();
        tenant_ref(&mut round, "visit_round", "unit_id", "unit");
        create_tenant(m, "visit_round", round, Writes::Freely).await?;
        index(m, "visit_round", &["tenant_id", "from_day", "id"], false).await?;

        let mut visit = tenant_table("visit")
            .col(uuid("round_id"))
            .col(uuid("request_id"))
            .col(text("result"))
            .col(blob_null("note"))
            .col(timestamp_with_time_zone("added_at"))
            .col(date_null("told_from"))
            .col(date_null("told_until"))
            .col(timestamp_with_time_zone_null("recorded_at"))
            .col(uuid_null("recorded_by"))
            .to_owned();
        tenant_ref(&mut visit, "visit", "round_id", "visit_round");
        tenant_ref(&mut visit, "visit", "request_id", "request");
        tenant_ref(&mut visit, "visit", "recorded_by", "officer");
        create_tenant(m, "visit", visit, Writes::Freely).await?;
        index(m, "visit", &["tenant_id", "round_id", "id"], false).await?;
        index(m, "visit", &["tenant_id", "request_id", "id"], false).await?;
        // Whoever waits for a visit is on one round.
        run(m, "CREATE UNIQUE INDEX ix_visit_awaited ON visit (tenant_id, request_id) WHERE result = 'belum'")
            .await
    }
}

/// The queue is read by the turn of a request, which is when it came unless more care is taken of its person.
async fn turns(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    for column in ["turn_at", "care_since", "visit_wanted_at"] {
        let column = timestamp_with_time_zone_null(column).to_owned();
        m.alter_table(Table::alter().table("request").add_column(column).to_owned()).await?;
    }
    let ahead = big_integer("care_ahead").default(24).to_owned();
    m.alter_table(Table::alter().table("office").add_column(ahead).to_owned()).await?;
    unheld(m, &["request"], "UPDATE request SET turn_at = first_message_at").await?;
    if m.get_database_backend() == DatabaseBackend::Postgres {
        // SQLite, which has one process, cannot add this later; every insert writes it.
        run(m, "ALTER TABLE request ALTER COLUMN turn_at SET NOT NULL").await?;
    }
    for sql in [
        "DROP INDEX ix_request_turn",
        "CREATE INDEX ix_request_turn ON request \
         (tenant_id, turn_at, id, service_id, unit_id, district_code) \
         WHERE closed_at IS NULL AND assigned_to IS NULL",
        "DROP INDEX ix_request_unanswered",
        "CREATE INDEX ix_request_unanswered ON request \
         (tenant_id, service_id, unit_id, turn_at, id, first_message_at) \
         WHERE closed_at IS NULL AND answered_at IS NULL",
        "CREATE INDEX ix_request_visit_wanted ON request (tenant_id, turn_at, id) \
         WHERE closed_at IS NULL AND visit_wanted_at IS NOT NULL",
    ] {
        run(m, sql).await?;
    }
    Ok(())
}
