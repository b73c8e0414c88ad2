//! Which office a phone number id belongs to.

use loket_core::id::{NumberId, OfficeId};
use sea_orm::entity::prelude::*;

/// Which office a phone number id belongs to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wa_route")]
pub struct Model {
    /// Meta's id of the number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub phone_number_id: String,
    /// The office.
    pub office_id: OfficeId,
    /// Its number.
    pub number_id: NumberId,
}

impl ActiveModelBehavior for ActiveModel {}
