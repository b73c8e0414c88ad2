//! Whether an office takes requests by the public form.

use sea_orm_migration::{prelude::*, schema::boolean};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let column = boolean("web_form").default(false).to_owned();
        m.alter_table(Table::alter().table("office").add_column(column).to_owned()).await
    }
}
