//! Citizens as an office knows them, and what they and the office's numbers said to each other.

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
        contacts(m).await?;
        numbers(m).await?;
        conversations(m).await?;
        messages(m).await?;
        files(m).await
    }
}

async fn contacts(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let contact =
        tenant_table("contact").col(blob_null("name")).col(timestamp_with_time_zone("created_at")).to_owned();
    create_tenant(m, "contact", contact, Writes::Freely).await?;

    let mut identity = tenant_table("contact_identity")
        .col(uuid("contact_id"))
        .col(text("kind"))
        .col(blob("value"))
        .col(blob("value_idx"))
        .col(blob_null("tail_idx"))
        .to_owned();
    tenant_ref(&mut identity, "contact_identity", "contact_id", "contact");
    create_tenant(m, "contact_identity", identity, Writes::Freely).await?;
    index(m, "contact_identity", &["tenant_id", "kind", "value_idx"], true).await?;
    index(m, "contact_identity", &["tenant_id", "contact_id"], false).await?;
    index(m, "contact_identity", &["tenant_id", "tail_idx"], false).await
}

async fn numbers(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let number = tenant_table("wa_number")
        .col(text("phone_number_id"))
        .col(text("waba_id"))
        .col(text("label"))
        .col(blob("display"))
        .col(blob("token"))
        .col(timestamp_with_time_zone_null("last_inbound_at"))
        .col(boolean("active"))
        .to_owned();
    create_tenant(m, "wa_number", number, Writes::Freely).await?;
    index(m, "wa_number", &["tenant_id", "phone_number_id"], true).await?;

    let mut bound =
        tenant_table("wa_number_service").col(uuid("number_id")).col(uuid("service_id")).to_owned();
    tenant_ref(&mut bound, "wa_number_service", "number_id", "wa_number");
    tenant_ref(&mut bound, "wa_number_service", "service_id", "service");
    create_tenant(m, "wa_number_service", bound, Writes::Freely).await?;
    index(m, "wa_number_service", &["tenant_id", "number_id", "service_id"], true).await
}

async fn conversations(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut conversation = tenant_table("conversation")
        .col(uuid("contact_id"))
        .col(uuid("number_id"))
        .col(uuid_null("assigned_to"))
        .col(timestamp_with_time_zone_null("assigned_at"))
        .col(timestamp_with_time_zone_null("last_inbound_at"))
        .col(timestamp_with_time_zone_null("unanswered_since"))
        .col(timestamp_with_time_zone("last_message_at"))
        .col(big_integer("version"))
        .to_owned();
    tenant_ref(&mut conversation, "conversation", "contact_id", "contact");
    tenant_ref(&mut conversation, "conversation", "number_id", "wa_number");
    tenant_ref(&mut conversation, "conversation", "assigned_to", "officer");
    create_tenant(m, "conversation", conversation, Writes::Freely).await?;
    index(m, "conversation", &["tenant_id", "contact_id", "number_id"], true).await?;
    index(m, "conversation", &["tenant_id", "unanswered_since"], false).await?;
    index(m, "conversation", &["tenant_id", "last_message_at"], false).await
}

async fn messages(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let mut message = tenant_table("message")
        .col(uuid("conversation_id"))
        .col(uuid("number_id"))
        .col(uuid_null("request_id"))
        .col(text("direction"))
        .col(text("kind"))
        .col(blob_null("wamid"))
        .col(blob_null("wamid_idx"))
        .col(blob("content"))
        .col(uuid_null("author"))
        .col(text_null("delivery"))
        .col(timestamp_with_time_zone_null("delivery_at"))
        .col(big_integer("attempts"))
        .col(big_integer_null("error_code"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("recorded_at"))
        .col(timestamp_with_time_zone_null("read_at"))
        .to_owned();
    tenant_ref(&mut message, "message", "conversation_id", "conversation");
    tenant_ref(&mut message, "message", "number_id", "wa_number");
    create_tenant(m, "message", message, Writes::Freely).await?;
    // Meta sends the same message again for days: this index is what makes that harmless.
    index(m, "message", &["tenant_id", "number_id", "wamid_idx"], true).await?;
    index(m, "message", &["tenant_id", "conversation_id", "at"], false).await?;
    index(m, "message", &["tenant_id", "delivery", "delivery_at"], false).await?;

    let mut status = tenant_table("message_status")
        .col(uuid("message_id"))
        .col(text("status"))
        .col(big_integer_null("error_code"))
        .col(text_null("pricing_category"))
        .col(boolean_null("billable"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("recorded_at"))
        .to_owned();
    tenant_ref(&mut status, "message_status", "message_id", "message");
    create_tenant(m, "message_status", status, Writes::Freely).await?;
    index(m, "message_status", &["tenant_id", "message_id", "status"], true).await?;

    // A status may arrive before our own POST has returned the id it speaks of.
    let mut parked = tenant_table("parked_status")
        .col(uuid("number_id"))
        .col(blob("wamid_idx"))
        .col(text("status"))
        .col(big_integer_null("error_code"))
        .col(text_null("pricing_category"))
        .col(boolean_null("billable"))
        .col(timestamp_with_time_zone("at"))
        .col(timestamp_with_time_zone("recorded_at"))
        .to_owned();
    tenant_ref(&mut parked, "parked_status", "number_id", "wa_number");
    create_tenant(m, "parked_status", parked, Writes::Freely).await?;
    index(m, "parked_status", &["tenant_id", "number_id", "wamid_idx", "status"], true).await?;
    index(m, "parked_status", &["tenant_id", "recorded_at"], false).await
}

async fn files(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let file = tenant_table("file")
        .col(text("storage_key"))
        .col(text("mime"))
        .col(blob_null("name"))
        .col(big_integer("bytes"))
        .col(blob("sha256"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned();
    create_tenant(m, "file", file, Writes::Freely).await?;
    index(m, "file", &["tenant_id", "storage_key"], true).await?;

    let mut media = tenant_table("media")
        .col(uuid("message_id"))
        .col(blob("graph_id"))
        .col(text("mime"))
        .col(text("state"))
        .col(text_null("reason"))
        .col(uuid_null("file_id"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned();
    tenant_ref(&mut media, "media", "message_id", "message");
    tenant_ref(&mut media, "media", "file_id", "file");
    create_tenant(m, "media", media, Writes::Freely).await?;
    index(m, "media", &["tenant_id", "message_id"], true).await?;
    index(m, "media", &["tenant_id", "file_id"], false).await
}
