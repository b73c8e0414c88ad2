//! The head of an office's letters in its parts: telephone, mail, site and logo; and one office only for an area and
//! a kind.

use sea_orm_migration::{
    prelude::*,
    schema::{text, uuid_null},
};

use crate::wall::{index, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds one column a statement.
        for column in ["phone", "email", "website"] {
            let add = Table::alter().table("office").add_column(text(column).default("")).to_owned();
            m.alter_table(add).await?;
        }
        let add = Table::alter().table("office").add_column(uuid_null("logo_file_id")).to_owned();
        m.alter_table(add).await?;
        // What was written as one free text stands where most of it belongs, for its admin to part.
        run(m, "UPDATE office SET phone = contact").await?;
        m.alter_table(Table::alter().table("office").drop_column("contact").to_owned()).await?;
        index(m, "office", &["region_code", "kind"], true).await
    }
}
