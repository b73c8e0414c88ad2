//! Requests that a kecamatan office hands on to its Dinas, and papers that came as files of their own.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, boolean, string, text, text_null, timestamp_with_time_zone,
        timestamp_with_time_zone_null, uuid, uuid_null,
    },
    sea_orm::DatabaseBackend,
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
        let takes = boolean("takes_forwarded").default(false).to_owned();
        m.alter_table(Table::alter().table("office").add_column(takes).to_owned()).await?;
        let elsewhere = boolean("elsewhere").default(false).to_owned();
        m.alter_table(Table::alter().table("request").add_column(elsewhere).to_owned()).await?;
        papers(m).await?;
        let mut forwarding = tenant_table("forwarding")
            .col(uuid("request_id"))
            .col(string("way"))
            .col(uuid_null("other_office"))
            .col(string("other_name"))
            .col(text_null("their_state"))
            .col(big_integer("their_version"))
            .col(timestamp_with_time_zone("at"))
            .to_owned();
        tenant_ref(&mut forwarding, "forwarding", "request_id", "request");
        create_tenant(m, "forwarding", forwarding, Writes::Freely).await?;
        index(m, "forwarding", &["tenant_id", "request_id"], true).await
    }
}

/// A paper may name a file of its own, of its own office. SQLite adds no reference of two columns to a table that is there,
/// so there the rows move into a new one.
async fn papers(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    if m.get_database_backend() == DatabaseBackend::Postgres {
        run(m, "ALTER TABLE paper ADD COLUMN file_id uuid").await?;
        let held = "ALTER TABLE paper ADD CONSTRAINT fk_paper_file_id FOREIGN KEY (tenant_id, file_id) \
                    REFERENCES file (tenant_id, id)";
        run(m, held).await?;
    } else {
        let mut paper = tenant_table("paper_held")
            .col(uuid("request_id"))
            .col(text("code"))
            .col(text("name"))
            .col(boolean("required"))
            .col(big_integer("position"))
            .col(text("state"))
            .col(uuid_null("media_id"))
            .col(text_null("reason"))
            .col(timestamp_with_time_zone_null("received_at"))
            .col(timestamp_with_time_zone_null("decided_at"))
            .col(uuid_null("decided_by"))
            .col(uuid_null("file_id"))
            .to_owned();
        for (column, to) in
            [("request_id", "request"), ("media_id", "media"), ("decided_by", "officer"), ("file_id", "file")]
        {
            tenant_ref(&mut paper, "paper_held", column, to);
        }
        m.create_table(paper).await?;
        run(m, "INSERT INTO paper_held SELECT *, NULL FROM paper").await?;
        run(m, "DROP TABLE paper").await?;
        run(m, "ALTER TABLE paper_held RENAME TO paper").await?;
        index(m, "paper", &["tenant_id", "request_id", "position"], false).await?;
    }
    // Who opens a file is asked which paper it is.
    index(m, "paper", &["tenant_id", "media_id"], false).await?;
    index(m, "paper", &["tenant_id", "file_id"], false).await
}
