//! A province.

use loket_core::zone::OfficeZone;
use sea_orm::entity::prelude::*;

/// A province.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "province")]
pub struct Model {
    /// The two digits of Kemendagri's code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// Its name.
    pub name: String,
    /// The zone most of it keeps.
    pub zone: OfficeZone,
}

impl ActiveModelBehavior for ActiveModel {}
