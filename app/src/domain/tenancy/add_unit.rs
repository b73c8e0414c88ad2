//! Adding a unit to an office.

use loket_core::{id::UnitId, kinds::UnitKind};
use loket_entity::unit;
use sea_orm::ActiveValue::Set;

use crate::infra::{Cx, Outcome};

/// A unit to be added.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The kecamatan it serves: Kemendagri's code without dots.
    pub district_code: Option<String>,
}

/// Adds a unit.
pub async fn add_unit(cx: &mut Cx<'_>, new: NewUnit) -> Outcome<UnitId> {
    let id: UnitId = cx.new_id();
    let row = unit::ActiveModel {
        id: Set(id),
        name: Set(new.name),
        kind: Set(new.kind),
        district_code: Set(new.district_code),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<unit::Entity>(row).await?;
    cx.audit("unit.added", ("unit", Some(id.0)))?;
    Ok(id)
}
