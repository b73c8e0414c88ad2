//! Who acts for the head of an office today. A letter's days are looked at when somebody asks, so that nothing needs
//! to run for it to begin or to end; and it adds to a role in the office, so that it is gone with the last of them.

use loket_core::{
    acting::{ActingKind, Days},
    clock::Instant,
    id::{OfficeId, UserId},
    kinds::{OfficeKind, Role},
    permission::{Grant, Scope},
    zone,
};
use loket_entity::{delegation, membership};
use sea_orm::{ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect};

use super::session::MOST_PLACES;
use crate::{
    domain::tenancy::Office,
    infra::{Outcome, PlatformTx},
};

/// A letter that is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acting {
    /// In which office.
    pub office: OfficeId,
    /// As what.
    pub kind: ActingKind,
    /// From when.
    pub from: Instant,
    /// Until when.
    pub until: Instant,
}

impl Acting {
    /// `Plh. Kepala Dinas sampai Jumat 27 Nov`
    pub fn words(&self, office: &Office) -> String {
        let until = Days::of(office.zone, self.from, self.until).until;
        format!("{} sampai {}", title(self.kind, office.kind), zone::short_date(until))
    }
}

/// `Plh. Kepala Dinas`, `Plt. Camat`
pub fn title(kind: ActingKind, office: OfficeKind) -> String {
    format!("{} {}", kind.short(), office.head())
}

/// What a letter gives: all that the head may do, for the whole office.
pub(super) fn grant() -> Grant {
    Grant { role: Role::Head, scope: Scope::default() }
}

/// The condition of letters that are in force at a moment.
fn in_force(now: Instant) -> Condition {
    Condition::all()
        .add(delegation::Column::EndedAt.is_null())
        .add(delegation::Column::ValidFrom.lte(now))
        .add(delegation::Column::ValidUntil.gt(now))
}

/// The letters by which somebody acts now.
pub(super) async fn acting_of(tx: &PlatformTx<'_>, user: UserId) -> Outcome<Vec<Acting>> {
    let rows = tx
        .find::<delegation::Entity>()
        .filter(delegation::Column::AccountId.eq(user))
        .filter(in_force(tx.now()))
        .order_by_asc(delegation::Column::ValidFrom)
        .limit(MOST_PLACES)
        .all(tx.on())
        .await?;
    let acting = |row: delegation::Model| Acting {
        office: row.office_id,
        kind: row.kind,
        from: row.valid_from,
        until: row.valid_until,
    };
    Ok(rows.into_iter().map(acting).collect())
}

/// Who acts for the head of an office now. A letter adds to a role in the office, so it is nothing without one.
pub async fn acting_in(tx: &PlatformTx<'_>, office: OfficeId) -> Outcome<Vec<UserId>> {
    let letters = tx
        .find::<delegation::Entity>()
        .filter(delegation::Column::OfficeId.eq(office))
        .filter(in_force(tx.now()))
        .limit(MOST_PLACES)
        .all(tx.on())
        .await?;
    let users: Vec<UserId> = letters.into_iter().map(|row| row.account_id).collect();
    let until = membership::Column::ValidUntil;
    let members = tx
        .find::<membership::Entity>()
        .filter(membership::Column::OfficeId.eq(office))
        .filter(membership::Column::AccountId.is_in(users))
        .filter(membership::Column::ValidFrom.lte(tx.now()))
        .filter(Condition::any().add(until.is_null()).add(until.gt(tx.now())))
        .limit(MOST_PLACES)
        .all(tx.on())
        .await?;
    let mut members: Vec<UserId> = members.into_iter().map(|row| row.account_id).collect();
    members.sort_unstable();
    members.dedup();
    Ok(members)
}
