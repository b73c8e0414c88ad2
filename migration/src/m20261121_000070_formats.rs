//! Format lines become editions: what was published is the first edition of its service's format. Beside them stands
//! which messages an edition read that another had followed, and an index by which a draft is tried on what citizens
//! wrote lately.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseBackend};

use crate::wall::{Writes, create_tenant, index, run, tenant_ref, tenant_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A service had one line so far; should it have had more, they follow each other as its editions.
const MOVE: &str = "INSERT INTO edition (tenant_id, id, kind, subject_id, number, state, document, note, made_by, made_at, \
     published_by, published_at, valid_from, accepted_until, revision) \
     SELECT tenant_id, id, 'format', service_id, \
     row_number() OVER (PARTITION BY tenant_id, service_id ORDER BY version, valid_from, keyword), \
     'published', definition, 'Format sebelum ada riwayat', NULL, valid_from, NULL, valid_from, valid_from, \
     valid_until, 1 FROM format";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let postgres = m.get_database_backend() == DatabaseBackend::Postgres;
        // The owner of the tables is held to the wall too, and has no office.
        if postgres {
            run(m, "ALTER TABLE format NO FORCE ROW LEVEL SECURITY").await?;
            run(m, "ALTER TABLE edition NO FORCE ROW LEVEL SECURITY").await?;
        }
        run(m, MOVE).await?;
        if postgres {
            run(m, "ALTER TABLE edition FORCE ROW LEVEL SECURITY").await?;
        }
        run(m, "DROP TABLE format").await?;

        let mut used = tenant_table("format_use")
            .col(uuid("service_id"))
            .col(big_integer("edition"))
            .col(timestamp_with_time_zone("at"))
            .to_owned();
        tenant_ref(&mut used, "format_use", "service_id", "service");
        create_tenant(m, "format_use", used, Writes::Freely).await?;
        index(m, "format_use", &["tenant_id", "service_id", "at"], false).await?;
        run(
            m,
            "CREATE INDEX ix_message_said ON message (tenant_id, at) WHERE direction = 'in' AND kind = 'text'",
        )
        .await
    }
}
