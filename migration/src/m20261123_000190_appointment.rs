//! What people come to a place for, and appointments of those who must come in person.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, blob_null, text, timestamp_with_time_zone, timestamp_with_time_zone_null, uuid,
        uuid_null,
    },
};

use crate::wall::{Writes, create_tenant, index, run, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // What there was until now is where things are collected.
        let purpose = text("purpose").default("ambil").to_owned();
        m.alter_table(Table::alter().table("pickup_point").add_column(purpose).to_owned()).await?;
        let mut appointment = tenant_table("appointment")
            .col(uuid("request_id"))
            .col(uuid("point_id"))
            .col(timestamp_with_time_zone("starts_at"))
            .col(timestamp_with_time_zone("ends_at"))
            .col(big_integer("seat"))
            .col(big_integer("number"))
            .col(timestamp_with_time_zone("given_at"))
            .col(timestamp_with_time_zone_null("told_start"))
            .col(timestamp_with_time_zone_null("remind_at"))
            .col(text("state"))
            .col(timestamp_with_time_zone_null("recorded_at"))
            .col(uuid_null("recorded_by"))
            .col(blob_null("note"))
            .to_owned();
        tenant_ref(&mut appointment, "appointment", "request_id", "request");
        tenant_ref(&mut appointment, "appointment", "point_id", "pickup_point");
        tenant_ref(&mut appointment, "appointment", "recorded_by", "officer");
        create_tenant(m, "appointment", appointment, Writes::Freely).await?;
        index(m, "appointment", &["tenant_id", "request_id", "id"], false).await?;
        index(m, "appointment", &["tenant_id", "point_id", "starts_at"], false).await?;
        index(m, "appointment", &["tenant_id", "starts_at"], false).await?;
        for sql in [
            // A seat has one citizen who is awaited, and a citizen one seat.
            "CREATE UNIQUE INDEX ix_appointment_seat ON appointment (tenant_id, point_id, starts_at, seat) \
             WHERE state = 'dijadwalkan'",
            "CREATE UNIQUE INDEX ix_appointment_awaited ON appointment (tenant_id, request_id) \
             WHERE state = 'dijadwalkan'",
            "CREATE INDEX ix_appointment_remind ON appointment (tenant_id, remind_at) \
             WHERE remind_at IS NOT NULL",
        ] {
            run(m, sql).await?;
        }
        Ok(())
    }
}
