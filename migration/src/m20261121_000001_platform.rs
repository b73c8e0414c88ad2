//! What lies above the offices: provinces, the office directory and its keys, people who sign in,
//! the door for WhatsApp's bodies, and the job queue.

use sea_orm_migration::{prelude::*, schema::*};

use crate::wall::{create_platform, forbid_changes, index, open_to_offices, show_history};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        directory(m).await?;
        accounts(m).await?;
        door(m).await?;
        queue(m).await?;
        show_history(m).await
    }
}

async fn directory(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let province = Table::create()
        .table("province")
        .col(text("code").primary_key())
        .col(text("name"))
        .col(text("zone"))
        .to_owned();
    create_platform(m, "province", province).await?;

    let office = Table::create()
        .table("office")
        .col(uuid("id").primary_key())
        .col(text_uniq("slug"))
        .col(text("name"))
        .col(text("kind"))
        .col(text_uniq("receipt_code"))
        .col(text("province_code"))
        .col(text("region_code"))
        .col(text("zone"))
        .col(text("village_word"))
        .col(text("district_word"))
        .col(text("hours"))
        .col(text("status"))
        .col(boolean("demo"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_office_province")
                .from("office", "province_code")
                .to("province", "code"),
        )
        .to_owned();
    create_platform(m, "office", office).await?;
    index(m, "office", &["province_code"], false).await?;

    // The secret of an office, wrapped by the master key that never enters the database.
    let key = Table::create()
        .table("office_key")
        .col(uuid("office_id"))
        .col(big_integer("version"))
        .col(blob("wrapped"))
        .col(timestamp_with_time_zone("created_at"))
        .primary_key(Index::create().col("office_id").col("version"))
        .to_owned();
    create_platform(m, "office_key", key).await
}

async fn accounts(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let account = Table::create()
        .table("account")
        .col(uuid("id").primary_key())
        .col(text_uniq("email_key"))
        .col(text("email"))
        .col(text("name"))
        .col(text("password_hash"))
        .col(text("status"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("password_at"))
        .to_owned();
    create_platform(m, "account", account).await?;

    let membership = Table::create()
        .table("membership")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(uuid_null("office_id"))
        .col(text_null("province_code"))
        .col(text("role"))
        .col(json_binary("scope"))
        .col(timestamp_with_time_zone("valid_from"))
        .col(timestamp_with_time_zone_null("valid_until"))
        .foreign_key(
            ForeignKey::create()
                .name("fk_membership_account")
                .from("membership", "account_id")
                .to("account", "id"),
        )
        .foreign_key(
            ForeignKey::create()
                .name("fk_membership_office")
                .from("membership", "office_id")
                .to("office", "id"),
        )
        .to_owned();
    create_platform(m, "membership", membership).await?;
    index(m, "membership", &["account_id"], false).await?;
    index(m, "membership", &["office_id"], false).await?;

    let session = Table::create()
        .table("session")
        .col(uuid("id").primary_key())
        .col(uuid("account_id"))
        .col(blob("secret"))
        .col(text("agent"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(
            ForeignKey::create().name("fk_session_account").from("session", "account_id").to("account", "id"),
        )
        .to_owned();
    create_platform(m, "session", session).await?;
    index(m, "session", &["account_id", "revoked_at"], false).await?;
    index(m, "session", &["expires_at"], false).await?;

    let throttle = Table::create()
        .table("throttle")
        .col(blob("bucket").primary_key())
        .col(big_integer("hits"))
        .col(timestamp_with_time_zone("window_ends_at"))
        .to_owned();
    create_platform(m, "throttle", throttle).await?;
    index(m, "throttle", &["window_ends_at"], false).await?;

    // Sign-ins and refusals happen before an office is known.
    let audit = Table::create()
        .table("platform_audit")
        .col(uuid("id").primary_key())
        .col(timestamp_with_time_zone("at"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(text("action"))
        .col(text("subject_kind"))
        .col(uuid_null("subject_id"))
        .col(blob_null("detail"))
        .to_owned();
    create_platform(m, "platform_audit", audit).await?;
    index(m, "platform_audit", &["actor_id", "at"], false).await?;
    forbid_changes(m, "platform_audit").await
}

async fn door(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let app = Table::create()
        .table("wa_app")
        .col(uuid("id").primary_key())
        .col(uuid("office_id"))
        .col(text_uniq("path_key"))
        .col(blob("app_secret"))
        .col(blob_null("old_app_secret"))
        .col(blob("verify_token"))
        .col(timestamp_with_time_zone("created_at"))
        .foreign_key(
            ForeignKey::create().name("fk_wa_app_office").from("wa_app", "office_id").to("office", "id"),
        )
        .to_owned();
    create_platform(m, "wa_app", app).await?;
    index(m, "wa_app", &["office_id"], false).await?;

    let route = Table::create()
        .table("wa_route")
        .col(text("phone_number_id").primary_key())
        .col(uuid("office_id"))
        .col(uuid("number_id"))
        .foreign_key(
            ForeignKey::create().name("fk_wa_route_office").from("wa_route", "office_id").to("office", "id"),
        )
        .to_owned();
    create_platform(m, "wa_route", route).await?;

    let delivery = Table::create()
        .table("webhook_delivery")
        .col(uuid("id").primary_key())
        .col(uuid("office_id"))
        .col(text("path_key"))
        .col(blob("body_hash"))
        .col(blob("body"))
        .col(text("state"))
        .col(timestamp_with_time_zone("received_at"))
        .col(timestamp_with_time_zone("due_at"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(big_integer("attempts"))
        .to_owned();
    create_platform(m, "webhook_delivery", delivery).await?;
    index(m, "webhook_delivery", &["path_key", "body_hash"], true).await?;
    index(m, "webhook_delivery", &["state", "due_at"], false).await?;

    let item = Table::create()
        .table("webhook_item")
        .col(uuid("tenant_id"))
        .col(uuid("delivery_id"))
        .col(text("position"))
        .col(text("kind"))
        .col(text("outcome"))
        .col(text_null("reason"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("tenant_id").col("delivery_id").col("position"))
        .to_owned();
    create_platform(m, "webhook_item", item).await?;
    index(m, "webhook_item", &["tenant_id", "outcome", "at"], false).await?;
    open_to_offices(m, "webhook_item", "SELECT, INSERT, UPDATE").await
}

async fn queue(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let job = Table::create()
        .table("job")
        .col(uuid("id").primary_key())
        .col(uuid("tenant_id"))
        .col(text("kind"))
        .col(blob("payload"))
        .col(text("state"))
        .col(text_null("unique_key"))
        .col(big_integer("priority"))
        .col(big_integer("attempts"))
        .col(timestamp_with_time_zone("run_at"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(text_null("last_error"))
        .col(timestamp_with_time_zone("created_at"))
        .to_owned();
    create_platform(m, "job", job).await?;
    index(m, "job", &["state", "run_at", "priority"], false).await?;
    index(m, "job", &["tenant_id", "unique_key"], true).await?;
    open_to_offices(m, "job", "SELECT, INSERT, UPDATE").await?;

    let schedule = Table::create()
        .table("schedule")
        .col(text("name").primary_key())
        .col(timestamp_with_time_zone("next_at"))
        .to_owned();
    create_platform(m, "schedule", schedule).await
}
