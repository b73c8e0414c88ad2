//! A service that a ready answer belongs to.

use loket_core::id::{OfficeId, QuickReplyId, ServiceId};
use sea_orm::entity::prelude::*;

/// A service that a ready answer belongs to.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "quick_reply_service")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The binding.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The reply.
    pub reply_id: QuickReplyId,
    /// The service.
    pub service_id: ServiceId,
}

impl ActiveModelBehavior for ActiveModel {}
