//! What an office works with and looks after, and what happened to it.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, blob, blob_null, date, date_null, text, timestamp_with_time_zone,
        uuid, uuid_null,
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
        let mut piece = tenant_table("equipment")
            .col(text("kind"))
            .col(uuid_null("unit_id"))
            .col(blob("name"))
            .col(blob_null("serial"))
            .col(text("state"))
            .col(date_null("since"))
            .col(big_integer_null("every_months"))
            .col(date("planned_on"))
            .col(date_null("serviced_on"))
            .col(date_null("due_on"))
            .col(timestamp_with_time_zone("created_at"))
            .col(big_integer("version"))
            .to_owned();
        tenant_ref(&mut piece, "equipment", "unit_id", "unit");
        create_tenant(m, "equipment", piece, Writes::Freely).await?;
        index(m, "equipment", &["tenant_id", "state", "due_on"], false).await?;

        let mut entry = tenant_table("equipment_entry")
            .col(uuid("equipment_id"))
            .col(text("step"))
            .col(date("day"))
            .col(blob_null("note"))
            .col(uuid_null("actor_id"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("form_key"))
            .to_owned();
        tenant_ref(&mut entry, "equipment_entry", "equipment_id", "equipment");
        tenant_ref(&mut entry, "equipment_entry", "actor_id", "officer");
        create_tenant(m, "equipment_entry", entry, Writes::InsertOnly).await?;
        index(m, "equipment_entry", &["tenant_id", "equipment_id", "id"], false).await?;
        let key = "CREATE UNIQUE INDEX ix_equipment_entry_form ON equipment_entry (tenant_id, form_key) \
            WHERE form_key IS NOT NULL";
        run(m, key).await
    }
}
