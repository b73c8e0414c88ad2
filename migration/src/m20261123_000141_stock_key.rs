//! The key of the form that a line of stock comes from, so that one that is sent twice is written once.

use sea_orm_migration::{prelude::*, schema::uuid_null};

use crate::wall::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let key = uuid_null("form_key").to_owned();
        m.alter_table(Table::alter().table("stock_entry").add_column(key).to_owned()).await?;
        run(
            m,
            "CREATE UNIQUE INDEX ix_stock_entry_form ON stock_entry (tenant_id, form_key) WHERE form_key IS NOT NULL",
        )
        .await
    }
}
