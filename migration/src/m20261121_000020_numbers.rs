//! Whom a number concerns: units and officers beside the services, what a message without a format falls to, and
//! whether a token was saved at all.

use sea_orm_migration::{
    prelude::*,
    schema::{boolean, uuid},
};

use crate::wall::{Writes, create_tenant, index, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        // Every number so far was connected with its token.
        add(m, "wa_number", boolean("has_token").default(true)).await?;
        add(m, "wa_number_service", boolean("is_default").default(false)).await?;

        let mut unit = tenant_table("wa_number_unit")
            .col(uuid("number_id"))
            .col(uuid("unit_id"))
            .col(boolean("is_default"))
            .to_owned();
        tenant_ref(&mut unit, "wa_number_unit", "number_id", "wa_number");
        tenant_ref(&mut unit, "wa_number_unit", "unit_id", "unit");
        create_tenant(m, "wa_number_unit", unit, Writes::Freely).await?;
        index(m, "wa_number_unit", &["tenant_id", "number_id", "unit_id"], true).await?;

        let mut officer =
            tenant_table("wa_number_officer").col(uuid("number_id")).col(uuid("officer_id")).to_owned();
        tenant_ref(&mut officer, "wa_number_officer", "number_id", "wa_number");
        tenant_ref(&mut officer, "wa_number_officer", "officer_id", "officer");
        create_tenant(m, "wa_number_officer", officer, Writes::Freely).await?;
        index(m, "wa_number_officer", &["tenant_id", "number_id", "officer_id"], true).await
    }
}

async fn add(m: &SchemaManager<'_>, table: &'static str, column: &mut ColumnDef) -> Result<(), DbErr> {
    m.alter_table(Table::alter().table(table).add_column(column.take()).to_owned()).await
}
