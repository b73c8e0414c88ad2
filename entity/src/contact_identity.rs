//! One address of a contact.

use loket_core::{
    id::{ContactId, IdentityId, OfficeId},
    kinds::IdentityKind,
};
use sea_orm::entity::prelude::*;

use crate::sealed::{BlindIndex, Sealed};

/// One address of a contact.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_identity")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdentityId,
    /// Whose.
    pub contact_id: ContactId,
    /// What it is.
    pub kind: IdentityKind,
    /// As Meta sent it.
    pub value: Sealed<String>,
    /// Finds it exactly.
    pub value_idx: BlindIndex,
    /// Finds a phone by its last four digits.
    pub tail_idx: Option<BlindIndex>,
}

impl ActiveModelBehavior for ActiveModel {}
