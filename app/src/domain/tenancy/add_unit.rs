//! The units of an office: adding one, changing one.

use loket_core::{id::UnitId, kinds::UnitKind};
use loket_entity::unit;
use sea_orm::{ActiveValue::Set, ColumnTrait};

use super::store;
use crate::infra::{Cx, Fault};

const LONGEST: usize = 120;

/// A unit as it is to be.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
    /// The kecamatan it serves: Kemendagri's code without dots.
    pub district_code: Option<String>,
}

/// Why a unit was not added or changed.
#[derive(Debug, thiserror::Error)]
pub enum UnitError {
    /// There is no such unit in this office.
    #[error("Unit tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// Nothing, or too much, was written as the name.
    #[error("Nama unit belum diisi atau lebih dari 120 huruf.")]
    Name,
    /// Another unit has the name.
    #[error("Nama unit ini sudah dipakai.")]
    Taken,
    /// It failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Adds a unit.
pub async fn add_unit(cx: &mut Cx<'_>, new: NewUnit) -> Result<UnitId, UnitError> {
    let id: UnitId = cx.new_id();
    let name = check(cx, &new, id).await?;
    let row = unit::ActiveModel {
        id: Set(id),
        name: Set(name),
        kind: Set(new.kind),
        district_code: Set(new.district_code),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<unit::Entity>(row).await?;
    cx.audit("unit.added", ("unit", Some(id.0)))?;
    Ok(id)
}

/// Changes a unit.
pub async fn change_unit(cx: &mut Cx<'_>, id: UnitId, new: NewUnit) -> Result<(), UnitError> {
    let name = check(cx, &new, id).await?;
    let old = store::unit(cx, id).await?.ok_or(UnitError::NotFound)?;
    let detail = serde_json::json!({ "old": [old.name, old.kind.word()], "new": [name, new.kind.word()] });
    cx.tx()
        .change::<unit::Entity>(unit::Column::Id.eq(id))
        .set(unit::Column::Name, name)
        .set(unit::Column::Kind, new.kind.word())
        .set(unit::Column::DistrictCode, new.district_code)
        .run_one()
        .await?;
    cx.audit_with("unit.changed", ("unit", Some(id.0)), Some(&detail))?;
    Ok(())
}

/// The name as it is kept, if whoever asks may and no other unit has it.
async fn check(cx: &Cx<'_>, new: &NewUnit, id: UnitId) -> Result<String, UnitError> {
    if !cx.administers() {
        return Err(UnitError::NotAllowed);
    }
    let name = new.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(UnitError::Name);
    }
    let same = cx.tx().find::<unit::Entity>().filter(unit::Column::Name.eq(name.as_str()));
    if same.filter(unit::Column::Id.ne(id)).exists().await? {
        return Err(UnitError::Taken);
    }
    Ok(name)
}
