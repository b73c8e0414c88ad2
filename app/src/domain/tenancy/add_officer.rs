//! An account seen from inside an office: the row that requests are given to, and whether work may be.

use loket_core::id::{UnitId, UserId};
use loket_entity::officer;
use sea_orm::{ActiveValue::Set, ColumnTrait};

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

/// Makes the officer's row follow whether the person belongs to the office; says whether anything changed. An
/// empty position leaves the one that is known; whoever has left keeps the name they left with.
pub async fn seat_officer(cx: &mut Cx<'_>, wanted: OfficerRow, belongs: bool) -> Outcome<bool> {
    let known = cx.tx().find::<officer::Entity>().filter(officer::Column::Id.eq(wanted.user)).one().await?;
    let Some(known) = known else {
        if belongs {
            add_officer(cx, wanted).await?;
        }
        return Ok(belongs);
    };
    let title = if wanted.title.is_empty() { known.title.clone() } else { wanted.title };
    let (name, unit) = if belongs { (wanted.name, wanted.unit) } else { (known.name.clone(), known.unit_id) };
    let same = known.active == belongs
        && (known.name.as_str(), known.title.as_str(), known.unit_id) == (&name, &title, unit);
    if same {
        return Ok(false);
    }
    cx.tx()
        .change::<officer::Entity>(officer::Column::Id.eq(wanted.user))
        .set(officer::Column::Name, name)
        .set(officer::Column::Title, title)
        .set(officer::Column::UnitId, unit)
        .set(officer::Column::Active, belongs)
        .run_one()
        .await?;
    let action = if belongs { "officer.changed" } else { "officer.retired" };
    cx.audit(action, ("officer", Some(wanted.user.0)))?;
    Ok(true)
}
