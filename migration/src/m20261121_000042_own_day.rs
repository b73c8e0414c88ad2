//! An officer's own day by indexes, however much is open; and the turn in which an office's facts were counted.

use sea_orm_migration::{prelude::*, schema::big_integer};

use crate::wall::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for sql in [
            // Whose oldest unanswered message is asked for on every page of the queue.
            "CREATE INDEX ix_request_owed ON request (tenant_id, assigned_to, unanswered_since) \
             WHERE closed_at IS NULL AND unanswered_since IS NOT NULL",
            "CREATE INDEX ix_request_event_actor ON request_event (tenant_id, actor_id, at, kind) \
             WHERE actor_id IS NOT NULL",
        ] {
            run(m, sql).await?;
        }
        let turn = big_integer("turn").default(0).not_null().to_owned();
        m.alter_table(Table::alter().table("fact_office").add_column(turn).to_owned()).await
    }
}
