//! What an office owes whoever was not served in the time of its standard.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob_null, date_null, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
};

use crate::wall::{Writes, create_tenant, index, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut owed = tenant_table("compensation")
            .col(uuid("service_id"))
            .col(uuid_null("unit_id"))
            .col(text_null("district_code"))
            .col(text("kind"))
            .col(text("words"))
            .col(text("basis"))
            .col(timestamp_with_time_zone("missed_at"))
            .col(timestamp_with_time_zone("owed_at"))
            .col(text("state"))
            .col(timestamp_with_time_zone("since"))
            .col(timestamp_with_time_zone_null("offered_at"))
            .col(text_null("way"))
            .col(blob_null("delivered"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(date_null("given_on"))
            .col(blob_null("note"))
            .col(text_null("lapsed_because"))
            .col(big_integer("version"))
            .to_owned();
        tenant_ref(&mut owed, "compensation", "id", "request");
        tenant_ref(&mut owed, "compensation", "service_id", "service");
        tenant_ref(&mut owed, "compensation", "unit_id", "unit");
        create_tenant(m, "compensation", owed, Writes::Freely).await?;
        index(m, "compensation", &["tenant_id", "state", "missed_at", "id"], false).await
    }
}
