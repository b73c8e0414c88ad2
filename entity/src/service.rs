//! A service an office offers.

use loket_core::{
    id::{OfficeId, ServiceId, UnitId},
    kinds::OutputDelivery,
};
use sea_orm::entity::prelude::*;

/// A service an office offers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "service")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The service.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the citizen gets.
    pub output: String,
    /// How they get it.
    pub delivery: OutputDelivery,
    /// The unit that provides it.
    pub unit_id: Option<UnitId>,
    /// Whether the law makes it free (UU 24/2013 ps. 79A for adminduk).
    pub free_of_charge: bool,
    /// How long it may take, as a list of `loket_core::standard::TimeLimit`; nothing before its standard is published.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub times: Option<Json>,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is offered.
    pub active: bool,
}

impl ActiveModelBehavior for ActiveModel {}
