//! Forgetting those who were asked and never came.

use chrono::TimeDelta;
use loket_core::kinds::InvitationOutcome;
use loket_entity::invitation;
use sea_orm::{ColumnTrait, Condition, QueryFilter};

use crate::infra::{House, Outcome, PlatformTx};

/// How long an invitation that came to nothing is kept, so that it can be sent again or asked about.
const KEEP: TimeDelta = TimeDelta::days(90);

/// Deletes invitations that were taken back or not answered long ago; says how many. Who accepted one has an
/// account, and the invitation stays with it.
pub async fn tidy(house: &House) -> Outcome<u64> {
    let tx = PlatformTx::write(house).await?;
    let came_to_nothing = Condition::any()
        .add(invitation::Column::Outcome.is_null())
        .add(invitation::Column::Outcome.eq(InvitationOutcome::Withdrawn));
    let gone = tx
        .delete::<invitation::Entity>()
        .filter(invitation::Column::ExpiresAt.lt(tx.now() - KEEP))
        .filter(came_to_nothing)
        .exec(tx.on())
        .await?;
    tx.commit().await?;
    Ok(gone.rows_affected)
}
