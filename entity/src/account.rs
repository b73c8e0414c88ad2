//! A person who signs in.

use loket_core::{clock::Instant, id::UserId, kinds::AccountStatus};
use sea_orm::entity::prelude::*;

/// A person who signs in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// The account.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// The address, normalised: the sign-in name.
    pub email_key: String,
    /// The address as typed.
    pub email: String,
    /// How colleagues know them.
    pub name: String,
    /// A PHC string; its parameters tell whether to hash again.
    pub password_hash: String,
    /// Whether they may sign in.
    pub status: AccountStatus,
    /// When it was created.
    pub created_at: Instant,
    /// When the password was last set.
    pub password_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
