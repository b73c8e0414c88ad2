//! Signing out: one session, or all of a person's.

use loket_core::id::{SessionId, UserId};
use loket_entity::session;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use crate::infra::{By, House, Outcome, PlatformTx};

/// Ends one of a person's own sessions; says whether it stood. Another's is as if it were not there.
pub async fn sign_out(house: &House, user: UserId, id: SessionId) -> Outcome<bool> {
    let tx = PlatformTx::write(house).await?;
    let ended = tx
        .change::<session::Entity>()
        .col_expr(session::Column::RevokedAt, Expr::value(tx.now()))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::AccountId.eq(user))
        .filter(session::Column::RevokedAt.is_null())
        .exec(tx.on())
        .await?
        .rows_affected
        == 1;
    if ended {
        tx.audit(By::Account(user), "sign_out.done", ("session", Some(id.0)), None).await?;
    }
    tx.commit().await?;
    Ok(ended)
}

/// Ends every session of a person.
pub async fn sign_out_everywhere(house: &House, by: By, user: UserId) -> Outcome<u64> {
    let tx = PlatformTx::write(house).await?;
    let ended = end_all(&tx, user, None).await?;
    tx.audit(by, "sign_out.everywhere", ("account", Some(user.0)), None).await?;
    tx.commit().await?;
    Ok(ended)
}

/// Ends a person's sessions but one; says how many.
pub async fn end_all(tx: &PlatformTx<'_>, user: UserId, except: Option<SessionId>) -> Outcome<u64> {
    let mut all = tx
        .change::<session::Entity>()
        .col_expr(session::Column::RevokedAt, Expr::value(tx.now()))
        .filter(session::Column::AccountId.eq(user))
        .filter(session::Column::RevokedAt.is_null());
    if let Some(kept) = except {
        all = all.filter(session::Column::Id.ne(kept));
    }
    Ok(all.exec(tx.on()).await?.rows_affected)
}
