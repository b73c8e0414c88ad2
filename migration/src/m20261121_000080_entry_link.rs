//! Lines that wait for their identity numbers: what was read of them, until somebody follows the link.

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
        let mut link = tenant_table("entry_link")
            .col(uuid("conversation_id"))
            .col(uuid("message_id"))
            .col(uuid("variant_id"))
            .col(blob("fields"))
            .col(json_binary_null("notes"))
            .col(timestamp_with_time_zone("written_at"))
            .col(timestamp_with_time_zone("since"))
            .col(timestamp_with_time_zone("until"))
            .col(timestamp_with_time_zone_null("told_at"))
            .col(uuid_null("request_id"))
            .to_owned();
        tenant_ref(&mut link, "entry_link", "conversation_id", "conversation");
        tenant_ref(&mut link, "entry_link", "message_id", "message");
        tenant_ref(&mut link, "entry_link", "variant_id", "variant");
        tenant_ref(&mut link, "entry_link", "request_id", "request");
        create_tenant(m, "entry_link", link, Writes::Freely).await?;
        index(m, "entry_link", &["tenant_id", "conversation_id", "written_at"], false).await
    }
}
