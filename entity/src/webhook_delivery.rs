//! A webhook body as it came in: the durable inbox.

use loket_core::{
    clock::Instant,
    id::{DeliveryId, OfficeId},
    kinds::DeliveryStage,
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A webhook body as it came in: the durable inbox.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// The delivery.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    /// The office whose path it came to.
    pub office_id: OfficeId,
    /// The path.
    pub path_key: String,
    /// SHA-256 of the raw body; with the path it makes redelivery harmless.
    pub body_hash: Vec<u8>,
    /// The raw body.
    pub body: Sealed<Vec<u8>>,
    /// How far it has come.
    pub state: DeliveryStage,
    /// When it was stored.
    pub received_at: Instant,
    /// When it may be tried next.
    pub due_at: Instant,
    /// Until when a worker holds it.
    pub lease_until: Option<Instant>,
    /// How often it was tried.
    pub attempts: i64,
}

impl ActiveModelBehavior for ActiveModel {}
