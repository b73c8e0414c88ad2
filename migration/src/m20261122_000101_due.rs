//! What a request is counted by, frozen when it was opened, and until when it is due.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary_null, timestamp_with_time_zone_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for mut column in [json_binary_null("terms"), timestamp_with_time_zone_null("due_at")] {
            let column = column.take();
            m.alter_table(Table::alter().table("request").add_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
