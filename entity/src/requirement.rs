//! A paper a variant asks for.

use loket_core::id::{OfficeId, RequirementId, VariantId};
use sea_orm::entity::prelude::*;

/// A paper a variant asks for.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "requirement")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The requirement.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequirementId,
    /// The variant.
    pub variant_id: VariantId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Why it is turned back, as a list of `loket_core::request::PaperReason`; nothing where nobody said.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub reasons: Option<Json>,
    /// Its place in the list.
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
