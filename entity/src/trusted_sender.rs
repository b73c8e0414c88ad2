//! A desa, kecamatan or school that hands in lines for citizens from a telephone of its own.

use loket_core::{
    clock::Instant,
    id::{OfficeId, TrustedSenderId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::{BlindIndex, Sealed};

/// A desa, kecamatan or school that hands in lines for citizens from a telephone of its own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "trusted_sender")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The sender.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TrustedSenderId,
    /// What it is called: `Desa Pete`.
    pub name: String,
    /// Its telephone, as WhatsApp writes it.
    pub phone: Sealed<String>,
    /// By which it is found.
    pub phone_idx: BlindIndex,
    /// When it was added.
    pub created_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
