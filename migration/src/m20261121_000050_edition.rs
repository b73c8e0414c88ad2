//! Editions of what an office sets: at most one draft of a thing, and what was published stays as it is but for the
//! day until which it is accepted. A variant that is no longer offered is retired: requests go on naming it. Beside a
//! service stand the times it may take, beside a paper the reasons for which it is turned back.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

use crate::wall::{Writes, create_tenant, index, run, tenant_table};

/// Everything but `accepted_until`.
const KEPT: &str = "tenant_id, id, kind, subject_id, number, state, document, note, made_by, made_at, published_by, \
                    published_at, valid_from, revision";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let edition = tenant_table("edition")
            .col(text("kind"))
            .col(uuid("subject_id"))
            .col(big_integer("number"))
            .col(text("state"))
            .col(json_binary("document"))
            .col(text("note"))
            .col(uuid_null("made_by"))
            .col(timestamp_with_time_zone("made_at"))
            .col(uuid_null("published_by"))
            .col(timestamp_with_time_zone_null("published_at"))
            .col(timestamp_with_time_zone_null("valid_from"))
            .col(timestamp_with_time_zone_null("accepted_until"))
            .col(big_integer("revision"))
            .to_owned();
        create_tenant(m, "edition", edition, Writes::Freely).await?;
        index(m, "edition", &["tenant_id", "kind", "subject_id", "number"], true).await?;
        run(
            m,
            "CREATE UNIQUE INDEX ix_edition_draft ON edition (tenant_id, kind, subject_id) WHERE state = 'draft'",
        )
        .await?;
        keep_what_is_published(m).await?;
        let retired =
            Table::alter().table("variant").add_column(boolean("retired").default(false).take()).to_owned();
        m.alter_table(retired).await?;
        for (table, column) in [("service", "times"), ("requirement", "reasons")] {
            let said = Table::alter().table(table).add_column(json_binary_null(column)).to_owned();
            m.alter_table(said).await?;
        }
        Ok(())
    }
}

async fn keep_what_is_published(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let postgres = m.get_database_backend() == DatabaseBackend::Postgres;
    for (name, verb) in
        [("edition_kept", format!("UPDATE OF {KEPT}")), ("edition_stays", "DELETE".to_owned())]
    {
        let sql = if postgres {
            format!(
                "CREATE TRIGGER {name} BEFORE {verb} ON edition FOR EACH ROW \
                 WHEN (OLD.state = 'published') EXECUTE FUNCTION loket_insert_only()"
            )
        } else {
            format!(
                "CREATE TRIGGER {name} BEFORE {verb} ON edition WHEN OLD.state = 'published' \
                 BEGIN SELECT RAISE(ABORT, 'a published edition is never changed'); END"
            )
        };
        run(m, &sql).await?;
    }
    Ok(())
}
