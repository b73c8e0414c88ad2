//! That a citizen was told of an outage, once for each step.

use loket_core::{
    clock::Instant,
    id::{ConversationId, OfficeId, OutageId},
    outage::OutageStep,
};
use sea_orm::entity::prelude::*;

/// That a citizen was told of an outage, once for each step.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outage_told")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which outage.
    pub outage_id: OutageId,
    /// In which conversation.
    pub conversation_id: ConversationId,
    /// That it began, or that it is over.
    pub step: OutageStep,
    /// When.
    pub at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
