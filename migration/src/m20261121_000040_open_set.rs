//! Indexes of what is open, apart from what ever was: a queue's page and a head's page read these, so their cost
//! follows the work at hand and not the years behind it.
//!
//! What whoever asks may see (service, unit, kecamatan) stands behind the order, so that a narrow role is sorted
//! out inside the index. `closed_at` is empty exactly as long as a request is open.

use sea_orm_migration::prelude::*;

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
            "CREATE INDEX ix_request_turn ON request \
             (tenant_id, first_message_at, id, service_id, unit_id, district_code) \
             WHERE closed_at IS NULL AND assigned_to IS NULL",
            "CREATE INDEX ix_request_open ON request \
             (tenant_id, first_message_at, id, assigned_to, service_id, unit_id, district_code) \
             WHERE closed_at IS NULL",
            "CREATE INDEX ix_request_open_state ON request \
             (tenant_id, state, first_message_at, id, service_id, unit_id, district_code) \
             WHERE closed_at IS NULL",
            "CREATE INDEX ix_request_open_officer ON request \
             (tenant_id, assigned_to, first_message_at, id, state) WHERE closed_at IS NULL",
            // An officer's own answers of a day.
            "CREATE INDEX ix_message_author ON message (tenant_id, author, at) WHERE author IS NOT NULL",
            "CREATE INDEX ix_request_kk ON request (tenant_id, kk_idx) WHERE kk_idx IS NOT NULL",
            // Both held every request that ever was, and are asked for open ones only.
            "DROP INDEX ix_request_tenant_id_state_first_message_at",
            "DROP INDEX ix_request_tenant_id_assigned_to_state",
        ] {
            run(m, sql).await?;
        }
        Ok(())
    }
}
