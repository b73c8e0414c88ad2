//! A citizen as an office knows them.

use loket_core::{
    clock::Instant,
    id::{ContactId, OfficeId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A citizen as an office knows them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The contact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContactId,
    /// The name their profile shows.
    pub name: Option<Sealed<String>>,
    /// When they first wrote.
    pub created_at: Instant,
    /// When the number behind them last changed; nothing while it never did.
    pub changed_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
