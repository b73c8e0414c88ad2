//! A letter by which somebody acts for the head of an office.

use loket_core::{
    acting::ActingKind,
    clock::Instant,
    id::{DelegationId, OfficeId, UserId},
};
use sea_orm::entity::prelude::*;

use crate::sealed::Sealed;

/// A letter by which somebody acts for the head of an office.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    /// The letter.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DelegationId,
    /// In which office.
    pub office_id: OfficeId,
    /// Who acts.
    pub account_id: UserId,
    /// As what.
    pub kind: ActingKind,
    /// From when: midnight of the office's own clock.
    pub valid_from: Instant,
    /// Until when: the midnight after the last day.
    pub valid_until: Instant,
    /// The letter's number.
    pub number: String,
    /// Why, as the letter says.
    pub basis: Sealed<String>,
    /// Who entered it.
    pub named_by: UserId,
    /// When it was entered.
    pub named_at: Instant,
    /// When it was ended before its time.
    pub ended_at: Option<Instant>,
    /// By whom.
    pub ended_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
