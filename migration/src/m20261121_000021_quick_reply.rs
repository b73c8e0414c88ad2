//! Ready answers of an office, each for every service or for some.

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
        let reply = tenant_table("quick_reply")
            .col(text("code"))
            .col(text("title"))
            .col(text("body"))
            .col(big_integer("position"))
            .col(boolean("active"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("changed_at"))
            .col(big_integer("version"))
            .to_owned();
        create_tenant(m, "quick_reply", reply, Writes::Freely).await?;
        index(m, "quick_reply", &["tenant_id", "code"], true).await?;

        let mut service =
            tenant_table("quick_reply_service").col(uuid("reply_id")).col(uuid("service_id")).to_owned();
        tenant_ref(&mut service, "quick_reply_service", "reply_id", "quick_reply");
        tenant_ref(&mut service, "quick_reply_service", "service_id", "service");
        create_tenant(m, "quick_reply_service", service, Writes::Freely).await?;
        index(m, "quick_reply_service", &["tenant_id", "reply_id", "service_id"], true).await
    }
}
