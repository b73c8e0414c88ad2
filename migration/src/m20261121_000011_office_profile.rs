//! What an office says of itself: where it is, how it is reached, and the head of its letters.

use sea_orm_migration::{prelude::*, schema::text};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds one column a statement. Offices that are there already say nothing yet.
        for column in ["address", "contact", "letterhead"] {
            let add = Table::alter().table("office").add_column(text(column).default("")).to_owned();
            m.alter_table(add).await?;
        }
        Ok(())
    }
}
