//! A word of the subject's name, hashed, so that it can be found.

use loket_core::id::{OfficeId, RequestId};
use sea_orm::entity::prelude::*;

use crate::sealed::BlindIndex;

/// A word of the subject's name, hashed, so that it can be found.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "request_name")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The request.
    pub request_id: RequestId,
    /// The word.
    pub word_idx: BlindIndex,
}

impl ActiveModelBehavior for ActiveModel {}
