//! When somebody must look at a request because of its time, what was said of it then, and figures of dates that were kept.
//!
//! Facts that were counted before do not have these figures, so every day is counted anew.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, text_null, timestamp_with_time_zone_null},
};

use crate::wall::{count_anew, run, unheld};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let times = ["next_check", "warned_at", "promise_missed_at"].map(timestamp_with_time_zone_null);
        for mut column in [text_null("alarm")].into_iter().chain(times) {
            let column = column.take();
            m.alter_table(Table::alter().table("request").add_column(column).to_owned()).await?;
        }
        // How long a citizen may take to answer, where the office says so; and what was told of it.
        let days = big_integer_null("answer_days").to_owned();
        m.alter_table(Table::alter().table("office").add_column(days).to_owned()).await?;
        for column in ["remind_at", "answer_until"] {
            let column = timestamp_with_time_zone_null(column).to_owned();
            m.alter_table(Table::alter().table("request").add_column(column).to_owned()).await?;
        }
        for table in ["fact_day", "fact_case"] {
            for column in ["in_time", "late", "kept", "missed"] {
                let add = Table::alter().table(table).add_column(big_integer(column).default(0)).to_owned();
                m.alter_table(add).await?;
            }
        }
        for index in [
            // What is to be looked at: nothing of what is ready, ended or waits.
            "CREATE INDEX ix_request_next_check ON request (tenant_id, next_check) WHERE next_check IS NOT NULL",
            "CREATE INDEX ix_request_alarm ON request (tenant_id, due_at, id) WHERE alarm IS NOT NULL",
            "CREATE INDEX ix_request_due ON request (tenant_id, due_at) WHERE due_at IS NOT NULL",
            "CREATE INDEX ix_request_missed ON request (tenant_id, promise_missed_at) \
             WHERE promise_missed_at IS NOT NULL",
        ] {
            run(m, index).await?;
        }
        // What runs already is looked at for the first time; what ran out before is known by its times.
        for sql in [
            "UPDATE request SET next_check = complete_from WHERE terms IS NOT NULL AND complete_from IS NOT NULL \
             AND ready_at IS NULL AND closed_at IS NULL AND elsewhere = false",
            "UPDATE request SET promise_missed_at = promised_at WHERE ready_at > promised_at \
             AND withheld_at IS NULL AND elsewhere = false",
        ] {
            unheld(m, &["request"], sql).await?;
        }
        count_anew(m).await
    }
}
