//! A WhatsApp number of an office.

use loket_core::{
    clock::Instant,
    id::{NumberId, OfficeId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A WhatsApp number of an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "wa_number")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The number.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NumberId,
    /// Meta's id of it.
    pub phone_number_id: String,
    /// The business account it is in.
    pub waba_id: String,
    /// What the office calls it.
    pub label: String,
    /// The number as people dial it.
    pub display: Sealed<String>,
    /// What the Graph API asks for.
    pub token: Sealed<String>,
    /// Whether there is one: without it nothing goes out.
    pub has_token: bool,
    /// When it last received something.
    pub last_inbound_at: Option<Instant>,
    /// Whether it is in use.
    pub active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
