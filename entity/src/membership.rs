//! An account's place: an office, a province, or the platform.

use loket_core::{
    clock::Instant,
    id::{MembershipId, OfficeId, UserId},
    kinds::Role,
};
use sea_orm::entity::prelude::*;

/// An account's place: an office, a province, or the platform.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// The membership.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MembershipId,
    /// Whose it is.
    pub account_id: UserId,
    /// The office, for a role in one.
    pub office_id: Option<OfficeId>,
    /// The province, for a provincial role.
    pub province_code: Option<String>,
    /// The preset of permissions.
    pub role: Role,
    /// What the permissions are held for; see `accounts::rules::Scope`.
    #[sea_orm(column_type = "JsonBinary")]
    pub scope: Json,
    /// From when.
    pub valid_from: Instant,
    /// Until when, for delegations and timed access.
    pub valid_until: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
