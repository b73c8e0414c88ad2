//! What came to an end and what was taken up again on a day, as history tells it: a request that is reopened later
//! stays closed on the days on which it was.
//!
//! Facts that were counted before do not have these, so every day is counted anew.

use sea_orm_migration::{prelude::*, schema::big_integer};

use crate::wall::count_anew;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // One at a time: SQLite adds one column a statement.
        for table in ["fact_day", "fact_case"] {
            for column in ["ended", "reopened"] {
                let add = Table::alter().table(table).add_column(big_integer(column).default(0)).to_owned();
                m.alter_table(add).await?;
            }
        }
        count_anew(m).await
    }
}
