//! By when a person should first answer, where the office set itself a time, and how often that was kept.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, timestamp_with_time_zone_null},
};

use crate::wall::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let minutes = big_integer_null("answer_minutes").to_owned();
        m.alter_table(Table::alter().table("office").add_column(minutes).to_owned()).await?;
        let by = timestamp_with_time_zone_null("answer_by").to_owned();
        m.alter_table(Table::alter().table("request").add_column(by).to_owned()).await?;
        // Nothing had a time until now, so that nothing was kept or missed on the days that are counted.
        for table in ["fact_day", "fact_case"] {
            for column in ["answered_in_time", "answered_late"] {
                let add = Table::alter().table(table).add_column(big_integer(column).default(0)).to_owned();
                m.alter_table(add).await?;
            }
        }
        run(
            m,
            "CREATE INDEX ix_request_answer_by ON request (tenant_id, answer_by) WHERE answer_by IS NOT NULL",
        )
        .await
    }
}
