//! A published format line.

use loket_core::{
    clock::Instant,
    id::{FormatId, OfficeId, ServiceId},
};
use sea_orm::entity::prelude::*;

/// A published format line.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "format")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The format.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FormatId,
    /// The service it asks for.
    pub service_id: ServiceId,
    /// The word it begins with, upper case.
    pub keyword: String,
    /// Counts up.
    pub version: i64,
    /// The fields; `loket_core::format::FormatDefinition`.
    #[sea_orm(column_type = "JsonBinary")]
    pub definition: Json,
    /// From when it is understood.
    pub valid_from: Instant,
    /// Until when.
    pub valid_until: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
