//! A Meta app: one webhook path, one secret.

use loket_core::{
    clock::Instant,
    id::{AppId, OfficeId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A Meta app: one webhook path, one secret.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wa_app")]
pub struct Model {
    /// The app.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AppId,
    /// The office that owns it.
    pub office_id: OfficeId,
    /// The last part of its webhook path.
    pub path_key: String,
    /// Signs the bodies.
    pub app_secret: Sealed<String>,
    /// The one before, while Meta rotates.
    pub old_app_secret: Option<Sealed<String>>,
    /// Answers the handshake.
    pub verify_token: Sealed<String>,
    /// When it was set up.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
