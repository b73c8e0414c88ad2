//! What Loket answers by itself, what it takes a question for, and why it read a line as it did.

use sea_orm_migration::{
    prelude::*,
    schema::{json_binary_null, text, text_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Offices that are there have been answered for so far, and go on so.
        let mode = text("replies").default("assisted").to_owned();
        m.alter_table(Table::alter().table("office").add_column(mode).to_owned()).await?;
        let hint = Table::alter().table("conversation").add_column(text_null("hint")).to_owned();
        m.alter_table(hint).await?;
        let notes = Table::alter().table("request").add_column(json_binary_null("notes")).to_owned();
        m.alter_table(notes).await
    }
}
