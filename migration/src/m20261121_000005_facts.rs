//! Counted facts: what happened in an office on a day, so that no page reads history to add it up.

use sea_orm_migration::{prelude::*, schema::*};

use crate::wall::{Writes, create_platform, create_tenant, index, open_to_offices, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        above(m).await?;
        within(m).await?;
        // Each figure is counted by the day of one of these times.
        index(m, "request", &["tenant_id", "answered_at"], false).await?;
        index(m, "request", &["tenant_id", "ready_at"], false).await
    }
}

/// What a province sees of an office. Nothing here is of a person.
async fn above(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut day = Table::create()
        .table("fact_day")
        .col(uuid("tenant_id"))
        .col(date("day"))
        .col(uuid("service_id"))
        .primary_key(Index::create().col("tenant_id").col("day").col("service_id"))
        .to_owned();
    create_platform(m, "fact_day", counts(&mut day)).await?;
    open_to_offices(m, "fact_day", "SELECT, INSERT, DELETE").await?;

    let office = Table::create()
        .table("fact_office")
        .col(uuid("tenant_id").primary_key())
        .col(date_null("built_through"))
        .col(big_integer("open"))
        .col(big_integer("untaken"))
        .col(timestamp_with_time_zone_null("oldest_untaken_at"))
        .col(timestamp_with_time_zone_null("last_message_at"))
        .col(timestamp_with_time_zone("counted_at"))
        .to_owned();
    create_platform(m, "fact_office", office).await?;
    open_to_offices(m, "fact_office", "SELECT, INSERT, UPDATE").await
}

/// The finer facts, which only the office itself reads.
async fn within(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut case = tenant_table("fact_case");
    let case = counts(&mut place(&mut case));
    create_tenant(m, "fact_case", case, Writes::Freely).await?;
    index(m, "fact_case", &["tenant_id", "day"], false).await?;

    let mut paper = tenant_table("fact_paper");
    let paper = place(&mut paper).col(text("reason")).col(big_integer("rejected")).to_owned();
    create_tenant(m, "fact_paper", paper, Writes::Freely).await?;
    index(m, "fact_paper", &["tenant_id", "day"], false).await?;

    // A moment whose day must be counted again, because what was counted on it is no longer so.
    let stale = tenant_table("fact_stale").col(timestamp_with_time_zone("at")).to_owned();
    create_tenant(m, "fact_stale", stale, Writes::Freely).await?;
    index(m, "fact_stale", &["tenant_id", "at"], false).await
}

fn place(table: &mut TableCreateStatement) -> TableCreateStatement {
    table
        .col(date("day"))
        .col(uuid("service_id"))
        .col(uuid("variant_id"))
        .col(uuid_null("unit_id"))
        .col(text_null("district_code"))
        .col(text("channel"))
        .to_owned()
}

fn counts(table: &mut TableCreateStatement) -> TableCreateStatement {
    table
        .col(big_integer("arrived"))
        .col(big_integer("finished"))
        .col(big_integer("rejected"))
        .col(big_integer("cancelled"))
        .col(big_integer("first_right"))
        .col(blob("response"))
        .col(blob("settlement"))
        .to_owned()
}
