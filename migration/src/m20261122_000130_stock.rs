//! What offices print with: how much is left, what it is used for, and the ledger of what came, was used, spoiled and counted.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob_null, date, text, text_null, timestamp_with_time_zone,
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
        item(m).await?;
        let mut used = tenant_table("stock_use").col(uuid("item_id")).col(uuid("variant_id")).to_owned();
        tenant_ref(&mut used, "stock_use", "item_id", "stock_item");
        tenant_ref(&mut used, "stock_use", "variant_id", "variant");
        create_tenant(m, "stock_use", used, Writes::Freely).await?;
        index(m, "stock_use", &["tenant_id", "variant_id", "item_id"], true).await?;
        index(m, "stock_use", &["tenant_id", "item_id"], false).await?;
        ledger(m).await
    }
}

async fn item(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut item = tenant_table("stock_item")
        .col(text("kind"))
        .col(uuid_null("unit_id"))
        .col(big_integer("pieces"))
        .col(big_integer("documents"))
        .col(big_integer("balance"))
        .col(timestamp_with_time_zone_null("counted_at"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(big_integer_null("days"))
        .col(big_integer_null("careful"))
        .col(big_integer("waiting"))
        .col(timestamp_with_time_zone_null("looked_at"))
        .col(timestamp_with_time_zone_null("low_since"))
        .col(uuid_null("outage_id"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned();
    tenant_ref(&mut item, "stock_item", "unit_id", "unit");
    tenant_ref(&mut item, "stock_item", "outage_id", "outage");
    create_tenant(m, "stock_item", item, Writes::Freely).await?;
    // One of a kind at one place.
    index(m, "stock_item", &["tenant_id", "unit_id", "kind"], true).await?;
    index(m, "stock_item", &["tenant_id", "outage_id"], false).await?;
    run(m, "CREATE UNIQUE INDEX ix_stock_item_office ON stock_item (tenant_id, kind) WHERE unit_id IS NULL")
        .await
}

async fn ledger(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut entry = tenant_table("stock_entry")
        .col(uuid("item_id"))
        .col(text("step"))
        .col(big_integer("quantity"))
        .col(big_integer("balance"))
        .col(text_null("reason"))
        .col(blob_null("note"))
        .col(uuid_null("request_id"))
        .col(uuid_null("actor_id"))
        .col(timestamp_with_time_zone("at"))
        .col(date("day"))
        .to_owned();
    tenant_ref(&mut entry, "stock_entry", "item_id", "stock_item");
    tenant_ref(&mut entry, "stock_entry", "request_id", "request");
    tenant_ref(&mut entry, "stock_entry", "actor_id", "officer");
    create_tenant(m, "stock_entry", entry, Writes::InsertOnly).await?;
    index(m, "stock_entry", &["tenant_id", "request_id"], false).await?;
    for sql in [
        // What was used day by day, without the lines themselves.
        "CREATE INDEX ix_stock_entry_used ON stock_entry (tenant_id, item_id, day, quantity) WHERE step = 'used'",
        // What people wrote, latest first.
        "CREATE INDEX ix_stock_entry_written ON stock_entry (tenant_id, item_id, id) WHERE step <> 'used'",
    ] {
        run(m, sql).await?;
    }
    Ok(())
}
