//! Opening an account.

use loket_core::{
    id::UserId,
    kinds::AccountStatus,
    text::{Email, NameError, PersonName},
};
use loket_entity::account;
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter};

use super::{
    hasher::PasswordHasher,
    password::{Password, PasswordRefusal},
};
use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// An account to be opened.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// The sign-in name.
    pub email: Email,
    /// How colleagues know them.
    pub name: String,
    /// The first password.
    pub password: Password,
}

/// Why an account was not opened.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Somebody has the address.
    #[error("Alamat surel ini sudah terdaftar.")]
    EmailTaken,
    /// The name does not do.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The password does not do.
    #[error(transparent)]
    Password(#[from] PasswordRefusal),
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Opens an account. It holds nothing until [`super::grant`] gives it a place.
pub async fn create_account(
    house: &House,
    hasher: &PasswordHasher,
    by: By,
    new: NewAccount,
) -> Result<UserId, AccountError> {
    new.password.check_new_for(&[&new.name, new.email.expose()])?;
    let name = PersonName::parse(&new.name)?;
    let hash = hasher.hash(&new.password, salt(house)).await?;
    let tx = PlatformTx::write(house).await?;
    let id = open_account(&tx, by, (&new.email, &name), hash).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens an account within the caller's transaction, with a password that was hashed outside of it.
pub async fn open_account(
    tx: &PlatformTx<'_>,
    by: By,
    (email, name): (&Email, &PersonName),
    hash: String,
) -> Result<UserId, AccountError> {
    if is_taken(tx, email).await? {
        return Err(AccountError::EmailTaken);
    }
    let id: UserId = tx.new_id();
    tx.insert::<account::Entity>(account::ActiveModel {
        id: Set(id),
        email_key: Set(email.key().to_owned()),
        email: Set(email.expose().to_owned()),
        name: Set(name.expose().to_owned()),
        password_hash: Set(hash),
        status: Set(AccountStatus::Active),
        created_at: Set(tx.now()),
        password_at: Set(tx.now()),
    })
    .await?;
    tx.audit(by, "account.created", ("account", Some(id.0)), None).await?;
    Ok(id)
}

/// The account of an address.
pub async fn account_by_email(tx: &PlatformTx<'_>, email: &Email) -> Outcome<Option<account::Model>> {
    Ok(tx.find::<account::Entity>().filter(account::Column::EmailKey.eq(email.key())).one(tx.on()).await?)
}

async fn is_taken(tx: &PlatformTx<'_>, email: &Email) -> Outcome<bool> {
    let same = tx.find::<account::Entity>().filter(account::Column::EmailKey.eq(email.key()));
    Ok(same.count(tx.on()).await? > 0)
}

/// Sixteen bytes for the hash of a password. The last ones: ids that repeat for tests differ there.
pub fn salt(house: &House) -> [u8; 16] {
    let mut salt = [0_u8; 16];
    salt.iter_mut().rev().zip(house.ids.secret().iter().rev()).for_each(|(to, from)| *to = *from);
    salt
}
