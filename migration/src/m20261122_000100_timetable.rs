//! Offices whose hours follow their published timetable.

use sea_orm_migration::{prelude::*, schema::boolean};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let follows = boolean("timetabled").default(false).to_owned();
        m.alter_table(Table::alter().table("office").add_column(follows).to_owned()).await
    }
}
