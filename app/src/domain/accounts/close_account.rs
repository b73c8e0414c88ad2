//! Closing an account: nobody signs in with it any more, and who is in is out.

use loket_core::{id::UserId, kinds::AccountStatus};
use loket_entity::account;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::sign_out::end_all;
use crate::infra::{By, House, Outcome, PlatformTx};

/// Closes an account and ends its sessions.
pub async fn close_account(house: &House, by: By, user: UserId) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    tx.change::<account::Entity>()
        .col_expr(account::Column::Status, Expr::value(AccountStatus::Closed.word()))
        .filter(account::Column::Id.eq(user))
        .exec(tx.on())
        .await?;
    end_all(&tx, user, None).await?;
    tx.audit(by, "account.closed", ("account", Some(user.0)), None).await?;
    tx.commit().await
}
