//! What keeps an office from working: the ledger with its history and evidence, who was told, and what everybody reads of it;
//! and the date that a citizen was told.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob, blob_null, json_binary, json_binary_null, text, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::wall::{Writes, create_tenant, index, run, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let told = json_binary_null("disruptions").to_owned();
        m.alter_table(Table::alter().table("office").add_column(told).to_owned()).await?;
        for column in ["promised_at", "withheld_at"] {
            let column = timestamp_with_time_zone_null(column).to_owned();
            m.alter_table(Table::alter().table("request").add_column(column).to_owned()).await?;
        }
        outage(m).await?;
        history(m).await?;
        // The requests whose clocks may be counted anew are passed one after the other.
        // Who may be written to freely.
        index(m, "conversation", &["tenant_id", "last_inbound_at"], false).await?;
        run(m, "CREATE INDEX ix_request_open_in_order ON request (tenant_id, id) WHERE closed_at IS NULL")
            .await
    }
}

async fn outage(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut outage = tenant_table("outage")
        .col(text("kind"))
        .col(text("provider"))
        .col(json_binary("scope"))
        .col(blob_null("reference"))
        .col(blob("note"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .col(timestamp_with_time_zone_null("around_at"))
        .col(timestamp_with_time_zone("entered_at"))
        .col(uuid_null("entered_by"))
        .col(uuid_null("ended_by"))
        .col(text("approval"))
        .col(uuid_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(big_integer("version"))
        .to_owned();
    for column in ["entered_by", "ended_by", "decided_by"] {
        tenant_ref(&mut outage, "outage", column, "officer");
    }
    create_tenant(m, "outage", outage, Writes::Freely).await?;
    index(m, "outage", &["tenant_id", "started_at"], false).await?;
    run(m, "CREATE INDEX ix_outage_open ON outage (tenant_id) WHERE ended_at IS NULL").await?;
    // Two officers who press at the same time enter it once.
    let once = "CREATE UNIQUE INDEX ix_outage_once ON outage (tenant_id, kind, scope) \
                WHERE ended_at IS NULL AND around_at IS NULL AND approval <> 'refused'";
    run(m, once).await
}

async fn history(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut event = tenant_table("outage_event")
        .col(uuid("outage_id"))
        .col(text("step"))
        .col(timestamp_with_time_zone("at"))
        .col(uuid_null("actor_id"))
        .col(json_binary_null("detail"))
        .to_owned();
    tenant_ref(&mut event, "outage_event", "outage_id", "outage");
    tenant_ref(&mut event, "outage_event", "actor_id", "officer");
    create_tenant(m, "outage_event", event, Writes::InsertOnly).await?;
    index(m, "outage_event", &["tenant_id", "outage_id", "at"], false).await?;

    let mut file = tenant_table("outage_file")
        .col(uuid("outage_id"))
        .col(uuid("file_id"))
        .col(timestamp_with_time_zone("added_at"))
        .to_owned();
    tenant_ref(&mut file, "outage_file", "outage_id", "outage");
    tenant_ref(&mut file, "outage_file", "file_id", "file");
    create_tenant(m, "outage_file", file, Writes::Freely).await?;
    index(m, "outage_file", &["tenant_id", "outage_id"], false).await?;
    index(m, "outage_file", &["tenant_id", "file_id"], true).await?;

    let mut told = tenant_table("outage_told")
        .col(uuid("outage_id"))
        .col(uuid("conversation_id"))
        .col(text("step"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    tenant_ref(&mut told, "outage_told", "outage_id", "outage");
    tenant_ref(&mut told, "outage_told", "conversation_id", "conversation");
    create_tenant(m, "outage_told", told, Writes::Freely).await?;
    index(m, "outage_told", &["tenant_id", "outage_id", "step", "conversation_id"], true).await?;
    index(m, "outage_told", &["tenant_id", "conversation_id"], false).await
}
