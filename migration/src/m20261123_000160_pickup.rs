//! Where citizens collect what was made for them, when they come, and who received it.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob_null, boolean, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::wall::{Writes, create_tenant, index, run, tenant_ref, tenant_table, unheld};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What lies ready already: by the service's way of delivery, and without a document that is sent. Those of its citizens who
/// have a conversation were written to when it was ready; all are reminded from now on, where they hear it.
const LYING: &str = "INSERT INTO pickup (tenant_id, id, collectors, given_at, told_at, ready_at, remind_at, reminders) \
    SELECT request.tenant_id, request.id, 'proxy', request.ready_at, \
    CASE WHEN request.conversation_id IS NOT NULL THEN request.ready_at END, request.ready_at, request.ready_at, 0 \
    FROM request \
    JOIN service ON service.tenant_id = request.tenant_id AND service.id = request.service_id \
    WHERE request.state = 'siap' AND request.closed_at IS NULL AND request.ready_at IS NOT NULL \
    AND NOT request.elsewhere AND request.result_file_id IS NULL AND service.delivery = 'pickup'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut point = tenant_table("pickup_point")
            .col(uuid_null("unit_id"))
            .col(text("name"))
            .col(big_integer_null("minutes"))
            .col(big_integer("seats"))
            .col(text("collectors"))
            .col(boolean("active"))
            .col(timestamp_with_time_zone("created_at"))
            .col(big_integer("version"))
            .to_owned();
        tenant_ref(&mut point, "pickup_point", "unit_id", "unit");
        create_tenant(m, "pickup_point", point, Writes::Freely).await?;

        let mut pickup = tenant_table("pickup")
            .col(uuid_null("point_id"))
            .col(blob_null("place"))
            .col(timestamp_with_time_zone_null("starts_at"))
            .col(timestamp_with_time_zone_null("ends_at"))
            .col(big_integer_null("seat"))
            .col(big_integer_null("number"))
            .col(text("collectors"))
            .col(timestamp_with_time_zone("given_at"))
            .col(timestamp_with_time_zone_null("told_at"))
            .col(timestamp_with_time_zone("ready_at"))
            .col(timestamp_with_time_zone_null("remind_at"))
            .col(timestamp_with_time_zone_null("reminded_at"))
            .col(big_integer("reminders"))
            .col(timestamp_with_time_zone_null("collected_at"))
            .to_owned();
        tenant_ref(&mut pickup, "pickup", "id", "request");
        tenant_ref(&mut pickup, "pickup", "point_id", "pickup_point");
        create_tenant(m, "pickup", pickup, Writes::Freely).await?;
        // A seat has one citizen.
        index(m, "pickup", &["tenant_id", "point_id", "starts_at", "seat"], true).await?;
        index(m, "pickup", &["tenant_id", "starts_at"], false).await?;
        run(m, "CREATE INDEX ix_pickup_remind ON pickup (tenant_id, remind_at) WHERE remind_at IS NOT NULL")
            .await?;

        let mut handover = tenant_table("handover")
            .col(uuid("request_id"))
            .col(timestamp_with_time_zone("at"))
            .col(text_null("receiver"))
            .col(text_null("proof"))
            .col(blob_null("name"))
            .col(text_null("family_card"))
            .col(blob_null("letter"))
            .col(uuid_null("point_id"))
            .col(blob_null("assurance"))
            .col(uuid_null("file_id"))
            .col(blob_null("sha256"))
            .col(uuid_null("actor_id"))
            .to_owned();
        tenant_ref(&mut handover, "handover", "request_id", "request");
        tenant_ref(&mut handover, "handover", "point_id", "pickup_point");
        tenant_ref(&mut handover, "handover", "file_id", "file");
        tenant_ref(&mut handover, "handover", "actor_id", "officer");
        create_tenant(m, "handover", handover, Writes::InsertOnly).await?;
        index(m, "handover", &["tenant_id", "request_id"], false).await?;
        let changed = timestamp_with_time_zone_null("changed_at").to_owned();
        m.alter_table(Table::alter().table("contact").add_column(changed).to_owned()).await?;
        let hash = blob_null("result_sha256").to_owned();
        m.alter_table(Table::alter().table("request").add_column(hash).to_owned()).await?;
        unheld(m, &["request", "service", "pickup"], LYING).await
    }
}
