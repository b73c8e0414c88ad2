//! An officer a number is meant for.

use loket_core::id::{NumberId, OfficeId, UserId};
use sea_orm::entity::prelude::*;

/// An officer a number is meant for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wa_number_officer")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The binding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The number.
    pub number_id: NumberId,
    /// The officer.
    pub officer_id: UserId,
}

impl ActiveModelBehavior for ActiveModel {}
