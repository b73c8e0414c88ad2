//! A signed-in browser.

use loket_core::{
    clock::Instant,
    id::{SessionId, UserId},
};
use sea_orm::entity::prelude::*;

/// A signed-in browser.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// The `jti` of the cookie.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Who signed in.
    pub account_id: UserId,
    /// Keys the session's CSRF tokens.
    pub secret: Vec<u8>,
    /// The browser as it names itself, cut short.
    pub agent: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
    /// When it was ended.
    pub revoked_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
