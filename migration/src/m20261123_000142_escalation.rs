//! Until when those in charge of an office were told of what runs out.

use sea_orm_migration::{prelude::*, schema::timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let told = timestamp_with_time_zone_null("escalated_at").to_owned();
        m.alter_table(Table::alter().table("office").add_column(told).to_owned()).await
    }
}
