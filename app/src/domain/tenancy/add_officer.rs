//! An account seen from inside an office: the row that requests are given to.

use loket_core::id::{UnitId, UserId};
use loket_entity::officer;
use sea_orm::ActiveValue::Set;

use crate::infra::{Cx, Outcome};

/// An officer as the office knows them.
#[derive(Debug, Clone)]
pub struct OfficerRow {
    /// The account.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their position.
    pub title: String,
    /// Their unit.
    pub unit: Option<UnitId>,
}

/// Adds an officer to the office; what they may do there is their memberships' to say.
pub async fn add_officer(cx: &mut Cx<'_>, new: OfficerRow) -> Outcome<()> {
    let row = officer::ActiveModel {
        id: Set(new.user),
        name: Set(new.name),
        title: Set(new.title),
        unit_id: Set(new.unit),
        active: Set(true),
        ..Default::default()
    };
    cx.tx().insert::<officer::Entity>(row).await?;
    cx.audit("officer.added", ("officer", Some(new.user.0)))
}
