//! Requests, their papers and their append-only history.

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
        let counter = tenant_table("receipt_counter").col(text("month")).col(big_integer("last")).to_owned();
        create_tenant(m, "receipt_counter", counter, Writes::Freely).await?;
        index(m, "receipt_counter", &["tenant_id", "month"], true).await?;
        requests(m).await?;
        history(m).await?;
        papers(m).await
    }
}

async fn requests(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut request = tenant_table("request")
        .col(text("receipt"))
        .col(uuid("service_id"))
        .col(uuid("variant_id"))
        .col(uuid_null("unit_id"))
        .col(uuid_null("conversation_id"))
        .col(uuid_null("submitter_id"))
        .col(text("channel"))
        .col(text("state"))
        .col(uuid_null("assigned_to"))
        .col(blob("subject"))
        .col(blob("fields"))
        .col(blob_null("nik_idx"))
        .col(blob_null("kk_idx"))
        .col(text_null("district_code"))
        .col(text_null("district"))
        .col(big_integer("papers_required"))
        .col(big_integer("papers_accepted"))
        .col(uuid_null("result_file_id"))
        .col(timestamp_with_time_zone("first_message_at"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(timestamp_with_time_zone_null("unanswered_since"))
        .col(timestamp_with_time_zone_null("complete_from"))
        .col(timestamp_with_time_zone_null("complete_declared_at"))
        .col(timestamp_with_time_zone_null("ready_at"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(text_null("close_reason"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(big_integer("version"))
        .to_owned();
    tenant_ref(&mut request, "request", "service_id", "service");
    tenant_ref(&mut request, "request", "variant_id", "variant");
    tenant_ref(&mut request, "request", "unit_id", "unit");
    tenant_ref(&mut request, "request", "conversation_id", "conversation");
    tenant_ref(&mut request, "request", "submitter_id", "contact");
    tenant_ref(&mut request, "request", "assigned_to", "officer");
    tenant_ref(&mut request, "request", "result_file_id", "file");
    create_tenant(m, "request", request, Writes::Freely).await?;
    index(m, "request", &["tenant_id", "receipt"], true).await?;
    index(m, "request", &["tenant_id", "state", "first_message_at"], false).await?;
    index(m, "request", &["tenant_id", "assigned_to", "state"], false).await?;
    index(m, "request", &["tenant_id", "conversation_id"], false).await?;
    index(m, "request", &["tenant_id", "submitter_id"], false).await?;
    index(m, "request", &["tenant_id", "nik_idx"], false).await?;
    index(m, "request", &["tenant_id", "opened_at"], false).await?;
    index(m, "request", &["tenant_id", "closed_at"], false).await?;

    // A name is found by its whole words, each hashed with the office's key.
    let mut name = tenant_table("request_name").col(uuid("request_id")).col(blob("word_idx")).to_owned();
    tenant_ref(&mut name, "request_name", "request_id", "request");
    create_tenant(m, "request_name", name, Writes::Freely).await?;
    index(m, "request_name", &["tenant_id", "word_idx"], false).await
}

async fn history(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut event = tenant_table("request_event")
        .col(uuid("request_id"))
        .col(text("kind"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(text("channel"))
        .col(uuid_null("unit_id"))
        .col(uuid("service_id"))
        .col(uuid("variant_id"))
        .col(text_null("district_code"))
        .col(text_null("from_state"))
        .col(text_null("to_state"))
        .col(text_null("reason"))
        .col(uuid_null("paper_id"))
        .col(blob_null("payload"))
        .to_owned();
    tenant_ref(&mut event, "request_event", "request_id", "request");
    create_tenant(m, "request_event", event, Writes::InsertOnly).await?;
    index(m, "request_event", &["tenant_id", "request_id", "recorded_at"], false).await?;
    index(m, "request_event", &["tenant_id", "kind", "at"], false).await
}

async fn papers(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut paper = tenant_table("paper")
        .col(uuid("request_id"))
        .col(text("code"))
        .col(text("name"))
        .col(boolean("required"))
        .col(big_integer("position"))
        .col(text("state"))
        .col(uuid_null("media_id"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone_null("received_at"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(uuid_null("decided_by"))
        .to_owned();
    tenant_ref(&mut paper, "paper", "request_id", "request");
    tenant_ref(&mut paper, "paper", "media_id", "media");
    tenant_ref(&mut paper, "paper", "decided_by", "officer");
    create_tenant(m, "paper", paper, Writes::Freely).await?;
    index(m, "paper", &["tenant_id", "request_id", "position"], false).await
}
