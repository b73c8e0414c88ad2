//! Whoever hands in lines for many citizens from a telephone that an office knows.

use sea_orm_migration::{prelude::*, schema::*};

use crate::wall::{Writes, create_tenant, index, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let sender = tenant_table("trusted_sender")
            .col(string("name"))
            .col(blob("phone"))
            .col(blob("phone_idx"))
            .col(timestamp_with_time_zone("created_at"))
            .to_owned();
        create_tenant(m, "trusted_sender", sender, Writes::Freely).await?;
        index(m, "trusted_sender", &["tenant_id", "phone_idx"], true).await
    }
}
