//! Clearing away what has run out.

use chrono::TimeDelta;
use loket_entity::{session, throttle};
use sea_orm::{ColumnTrait, QueryFilter};

use crate::infra::{House, Outcome, PlatformTx};

/// How long an ended session's row is kept, so that its owner's questions can be answered.
const KEEP: TimeDelta = TimeDelta::days(30);

/// Deletes counts whose window has passed and sessions that ended long ago; says how many rows went.
pub async fn tidy(house: &House) -> Outcome<u64> {
    let tx = PlatformTx::write(house).await?;
    let counts = tx
        .delete::<throttle::Entity>()
        .filter(throttle::Column::WindowEndsAt.lte(tx.now()))
        .exec(tx.on())
        .await?;
    let sessions = tx
        .delete::<session::Entity>()
        .filter(session::Column::ExpiresAt.lt(tx.now() - KEEP))
        .exec(tx.on())
        .await?;
    tx.commit().await?;
    Ok(counts.rows_affected + sessions.rows_affected)
}
