//! Why somebody acts for a head may tell of an illness, so it is sealed. What lies in clear cannot be sealed here, where
//! there is no key, so the table is made anew: before this only demonstrations had letters in it.

use sea_orm_migration::{prelude::*, schema::*};

use crate::wall::{create_platform, index};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("delegation").to_owned()).await?;
        let mut delegation = Table::create()
            .table("delegation")
            .col(uuid("id").primary_key())
            .col(uuid("office_id"))
            .col(uuid("account_id"))
            .col(text("kind"))
            .col(timestamp_with_time_zone("valid_from"))
            .col(timestamp_with_time_zone("valid_until"))
            .col(text("number"))
            .col(blob("basis"))
            .col(uuid("named_by"))
            .col(timestamp_with_time_zone("named_at"))
            .col(timestamp_with_time_zone_null("ended_at"))
            .col(uuid_null("ended_by"))
            .to_owned();
        for (name, column, to) in [
            ("fk_delegation_office", "office_id", "office"),
            ("fk_delegation_account", "account_id", "account"),
            ("fk_delegation_namer", "named_by", "account"),
            ("fk_delegation_ender", "ended_by", "account"),
        ] {
            let mut key = ForeignKey::create();
            key.name(name).from("delegation", column).to(to, "id");
            delegation.foreign_key(&mut key);
        }
        create_platform(m, "delegation", delegation).await?;
        index(m, "delegation", &["account_id", "valid_until"], false).await?;
        index(m, "delegation", &["office_id", "valid_from"], false).await
    }
}
