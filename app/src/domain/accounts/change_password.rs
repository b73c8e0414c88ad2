//! Changing one's own password; every other session ends with the old one.

use loket_core::id::{SessionId, UserId};
use loket_entity::account;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{
    create_account::salt,
    forgotten::tell_changed,
    hasher::PasswordHasher,
    password::{Password, PasswordRefusal},
    sign_out::end_all,
    throttle,
};
use crate::infra::{By, Fault, House, PlatformTx};

/// Why a password was not changed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordChangeError {
    /// The old one is not the one.
    #[error("Kata sandi lama tidak cocok.")]
    Wrong,
    /// Too many old ones were tried.
    #[error("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi.")]
    TooOften,
    /// The new one does not do.
    #[error(transparent)]
    Refused(#[from] PasswordRefusal),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Changes a password after the old one was given again, and ends the person's other sessions.
pub async fn change_password(
    house: &House,
    hasher: &PasswordHasher,
    (user, current): (UserId, SessionId),
    old: &Password,
    new: &Password,
) -> Result<(), PasswordChangeError> {
    let person = {
        let tx = PlatformTx::read(house).await?;
        let row = tx.find::<account::Entity>().filter(account::Column::Id.eq(user)).one(tx.on()).await;
        row.map_err(Fault::from)?.ok_or(Fault::Inconsistent("the account of a session"))?
    };
    new.check_new_for(&[&person.name, &person.email])?;
    {
        let tx = PlatformTx::write(house).await?;
        let too_often = throttle::old_password_too_often(&tx, user).await?;
        tx.commit().await?;
        if too_often {
            return Err(PasswordChangeError::TooOften);
        }
    }
    let stored = person.password_hash.clone();
    if !old.is_possible() || !hasher.verify(old, Some(&stored)).await?.fits {
        return Err(PasswordChangeError::Wrong);
    }
    let hash = hasher.hash(new, salt(house)).await?;
    let mut tx = PlatformTx::write(house).await?;
    let changed = tx
        .change::<account::Entity>()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .col_expr(account::Column::PasswordAt, Expr::value(tx.now()))
        .filter(account::Column::Id.eq(user))
        .filter(account::Column::PasswordHash.eq(stored))
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    if changed.rows_affected != 1 {
        return Err(Fault::Stale.into());
    }
    end_all(&tx, user, Some(current)).await?;
    tell_changed(&mut tx, &person).await?;
    tx.audit(By::Account(user), "password.changed", ("account", Some(user.0)), None).await?;
    Ok(tx.commit().await?)
}
