//! What is ready and was sent: to a place, by courier, to another office.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob_null, boolean, text, text_null, timestamp_with_time_zone,
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
        let away = timestamp_with_time_zone_null("away_since").to_owned();
        m.alter_table(Table::alter().table("request").add_column(away).to_owned()).await?;
        let mut consignment = tenant_table("consignment")
            .col(uuid("request_id"))
            .col(text("way"))
            .col(text("state"))
            .col(uuid_null("point_id"))
            .col(blob_null("destination"))
            .col(blob_null("carrier"))
            .col(blob_null("number"))
            .col(blob_null("note"))
            .col(blob_null("receiver"))
            .col(timestamp_with_time_zone("sent_at"))
            .col(uuid_null("sent_by"))
            .col(timestamp_with_time_zone_null("expected_by"))
            .col(boolean("to_tell"))
            .col(timestamp_with_time_zone_null("told_at"))
            .col(text("collectors"))
            .col(timestamp_with_time_zone_null("arrived_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(text_null("reason"))
            .col(big_integer("version"))
            .to_owned();
        tenant_ref(&mut consignment, "consignment", "request_id", "request");
        tenant_ref(&mut consignment, "consignment", "point_id", "pickup_point");
        tenant_ref(&mut consignment, "consignment", "sent_by", "officer");
        create_tenant(m, "consignment", consignment, Writes::Freely).await?;
        index(m, "consignment", &["tenant_id", "request_id", "id"], false).await?;
        index(m, "consignment", &["tenant_id", "ended_at", "id"], false).await?;
        for sql in [
            // A request has one that is not over.
            "CREATE UNIQUE INDEX ix_consignment_open ON consignment (tenant_id, request_id) \
             WHERE ended_at IS NULL",
            "CREATE INDEX ix_consignment_standing ON consignment (tenant_id, state, sent_at, id) \
             WHERE ended_at IS NULL",
        ] {
            run(m, sql).await?;
        }
        Ok(())
    }
}
