//! What citizens were told of their turn, and what came in and was answered hour by hour.
//!
//! Days that were counted before have no hours, so every day is counted anew.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, date, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

use crate::wall::{Writes, count_anew, create_tenant, index, run, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut forecast = tenant_table("answer_forecast")
            .col(uuid("request_id"))
            .col(uuid("service_id"))
            .col(uuid_null("unit_id"))
            .col(big_integer("place"))
            .col(timestamp_with_time_zone_null("expected_at"))
            .col(big_integer_null("answers"))
            .col(big_integer_null("busy_minutes"))
            .col(big_integer_null("officers"))
            .col(timestamp_with_time_zone_null("since"))
            .col(timestamp_with_time_zone("made_at"))
            .to_owned();
        for (column, to) in [("request_id", "request"), ("service_id", "service"), ("unit_id", "unit")] {
            tenant_ref(&mut forecast, "answer_forecast", column, to);
        }
        create_tenant(m, "answer_forecast", forecast, Writes::InsertOnly).await?;
        index(m, "answer_forecast", &["tenant_id", "request_id"], true).await?;
        index(m, "answer_forecast", &["tenant_id", "expected_at"], false).await?;

        let hour = tenant_table("fact_hour")
            .col(date("day"))
            .col(big_integer("hour"))
            .col(uuid("service_id"))
            .col(uuid_null("unit_id"))
            .col(big_integer("arrived"))
            .col(big_integer("answered"))
            .to_owned();
        create_tenant(m, "fact_hour", hour, Writes::Freely).await?;
        index(m, "fact_hour", &["tenant_id", "day"], false).await?;

        // The queue of each service and unit, the oldest first.
        run(
            m,
            "CREATE INDEX ix_request_unanswered ON request (tenant_id, service_id, unit_id, first_message_at, id) \
             WHERE closed_at IS NULL AND answered_at IS NULL",
        )
        .await?;
        count_anew(m).await
    }
}
