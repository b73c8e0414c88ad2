//! An invitation to work in an office.

use loket_core::{
    clock::Instant,
    id::{InvitationId, OfficeId, UserId},
    kinds::{InvitationOutcome, Role},
};
use sea_orm::entity::prelude::*;

/// An invitation to work in an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// The invitation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    /// Into which office.
    pub office_id: OfficeId,
    /// The address, normalised.
    pub email_key: String,
    /// The address as typed.
    pub email: String,
    /// How the person is called.
    pub name: String,
    /// Their position.
    pub title: String,
    /// As what.
    pub role: Role,
    /// For what part of the office; see `loket_core::permission::Scope`.
    #[sea_orm(column_type = "JsonBinary")]
    pub scope: Json,
    /// Stands in the last link that was sent; an earlier one opens nothing.
    pub link: Uuid,
    /// Who invited.
    pub invited_by: UserId,
    /// When the last letter was sent.
    pub invited_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// How it ended.
    pub outcome: Option<InvitationOutcome>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// Who accepted it.
    pub account_id: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
