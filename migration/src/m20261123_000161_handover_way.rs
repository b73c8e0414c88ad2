//! How something was handed over. What was before was received at a counter.

use sea_orm_migration::{prelude::*, schema::text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let way = text("way").default("counter").to_owned();
        m.alter_table(Table::alter().table("handover").add_column(way).to_owned()).await
    }
}
