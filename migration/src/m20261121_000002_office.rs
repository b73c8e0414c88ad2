//! An office from the inside: its units, its officers as its own rows, its catalogue of services
//! with variants, required papers and format lines, and its audit trail.

use sea_orm_migration::{prelude::*, schema::*};

use crate::wall::{Writes, create_tenant, index, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        people(m).await?;
        catalogue(m).await?;
        audit(m).await
    }
}

async fn people(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let unit = tenant_table("unit")
        .col(text("name"))
        .col(text("kind"))
        .col(text_null("district_code"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned();
    create_tenant(m, "unit", unit, Writes::Freely).await?;

    // The id is the account's: an officer is an account seen from inside one office.
    let mut officer = tenant_table("officer")
        .col(text("name"))
        .col(text("title"))
        .col(uuid_null("unit_id"))
        .col(boolean("active"))
        .to_owned();
    tenant_ref(&mut officer, "officer", "unit_id", "unit");
    create_tenant(m, "officer", officer, Writes::Freely).await
}

async fn catalogue(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut service = tenant_table("service")
        .col(text("code"))
        .col(text("name"))
        .col(text("output"))
        .col(text("delivery"))
        .col(uuid_null("unit_id"))
        .col(boolean("free_of_charge"))
        .col(big_integer("position"))
        .col(boolean("active"))
        .to_owned();
    tenant_ref(&mut service, "service", "unit_id", "unit");
    create_tenant(m, "service", service, Writes::Freely).await?;
    index(m, "service", &["tenant_id", "code"], true).await?;

    let mut variant = tenant_table("variant")
        .col(uuid("service_id"))
        .col(text("code"))
        .col(text("name"))
        .col(big_integer("position"))
        .to_owned();
    tenant_ref(&mut variant, "variant", "service_id", "service");
    create_tenant(m, "variant", variant, Writes::Freely).await?;
    index(m, "variant", &["tenant_id", "service_id", "code"], true).await?;

    let mut requirement = tenant_table("requirement")
        .col(uuid("variant_id"))
        .col(text("code"))
        .col(text("name"))
        .col(boolean("required"))
        .col(big_integer("position"))
        .to_owned();
    tenant_ref(&mut requirement, "requirement", "variant_id", "variant");
    create_tenant(m, "requirement", requirement, Writes::Freely).await?;
    index(m, "requirement", &["tenant_id", "variant_id", "code"], true).await?;

    let mut format = tenant_table("format")
        .col(uuid("service_id"))
        .col(text("keyword"))
        .col(big_integer("version"))
        .col(json_binary("definition"))
        .col(timestamp_with_time_zone("valid_from"))
        .col(timestamp_with_time_zone_null("valid_until"))
        .to_owned();
    tenant_ref(&mut format, "format", "service_id", "service");
    create_tenant(m, "format", format, Writes::Freely).await?;
    index(m, "format", &["tenant_id", "keyword", "version"], true).await
}

async fn audit(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let entry = tenant_table("audit_entry")
        .col(timestamp_with_time_zone("at"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(text("action"))
        .col(text("subject_kind"))
        .col(uuid_null("subject_id"))
        .col(blob_null("detail"))
        .to_owned();
    create_tenant(m, "audit_entry", entry, Writes::InsertOnly).await?;
    index(m, "audit_entry", &["tenant_id", "subject_id", "at"], false).await?;
    index(m, "audit_entry", &["tenant_id", "at"], false).await?;

    let seal = tenant_table("audit_seal")
        .col(big_integer("seq"))
        .col(blob("entries"))
        .col(blob("root"))
        .col(blob("previous"))
        .col(big_integer("entry_count"))
        .col(timestamp_with_time_zone("sealed_until"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    create_tenant(m, "audit_seal", seal, Writes::InsertOnly).await?;
    index(m, "audit_seal", &["tenant_id", "seq"], true).await
}
