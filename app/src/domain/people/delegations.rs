//! The letters by which somebody acts, acted, or will act for the head of an office.

use std::collections::HashMap;

use loket_core::{
    acting::{ActingKind, Days},
    clock::Instant,
    id::{DelegationId, OfficeId, UserId},
    kinds::Role,
};
use loket_entity::{account, delegation};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    places::BASIS,
    store,
    views::{self, Colleague, Tab},
};
use crate::{
    domain::tenancy::Office,
    infra::{House, Outcome, PlatformTx},
};

/// An office has a few a year: the last ones are shown.
const MOST: u64 = 100;

/// Where a letter stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// Its first day has not come.
    Coming,
    /// It is in force.
    Now,
    /// Its last day is over.
    Over,
    /// It was ended before its time.
    Ended(Instant),
}

/// A letter as it is shown.
#[derive(Debug, Clone)]
pub struct DelegationRow {
    /// The letter.
    pub id: DelegationId,
    /// Who acts.
    pub name: String,
    /// As what.
    pub kind: ActingKind,
    /// On which days.
    pub days: Days,
    /// Its number.
    pub number: String,
    /// Why.
    pub basis: String,
    /// Who entered it.
    pub named_by: String,
    /// When.
    pub named_at: Instant,
    /// Where it stands.
    pub course: Course,
}

/// The letters of an office, the latest first.
pub async fn delegations(house: &House, office: &Office) -> Outcome<Vec<DelegationRow>> {
    let tx = PlatformTx::read(house).await?;
    let rows = tx
        .find::<delegation::Entity>()
        .filter(delegation::Column::OfficeId.eq(office.id))
        .order_by_desc(delegation::Column::ValidFrom)
        .order_by_desc(delegation::Column::Id)
        .limit(MOST)
        .all(tx.on())
        .await?;
    let people: Vec<UserId> = rows.iter().flat_map(|row| [row.account_id, row.named_by]).collect();
    let people = tx.find::<account::Entity>().filter(account::Column::Id.is_in(people)).all(tx.on()).await?;
    let names: HashMap<UserId, String> = people.into_iter().map(|row| (row.id, row.name)).collect();
    let name = |user: UserId| names.get(&user).cloned().unwrap_or_default();
    let now = tx.now();
    let row = |row: delegation::Model| -> Outcome<DelegationRow> {
        Ok(DelegationRow {
            course: course(&row, now),
            days: Days::of(office.zone, row.valid_from, row.valid_until),
            name: name(row.account_id),
            named_by: name(row.named_by),
            id: row.id,
            kind: row.kind,
            number: row.number,
            basis: tx.keys().open(&row.basis, BASIS.of(row.id.0))?,
            named_at: row.named_at,
        })
    };
    rows.into_iter().map(row).collect()
}

fn course(row: &delegation::Model, now: Instant) -> Course {
    match row.ended_at {
        Some(at) => Course::Ended(at),
        None if row.valid_until <= now => Course::Over,
        None if row.valid_from > now => Course::Coming,
        None => Course::Now,
    }
}

/// Who may act for the head: everybody who works in the office, but the head and whoever asks.
pub async fn candidates(house: &House, office: OfficeId, except: UserId) -> Outcome<Vec<Colleague>> {
    let tx = PlatformTx::read(house).await?;
    let all = views::listed(&tx, office, Tab::Active)
        .filter(account::Column::Id.ne(except))
        .order_by_asc(account::Column::Name)
        .limit(store::MOST_MEMBERSHIPS)
        .all(tx.on())
        .await?;
    let ids: Vec<UserId> = all.iter().map(|person| person.id).collect();
    let held = store::memberships(&tx, office, &ids).await?;
    let heads: Vec<UserId> =
        held.into_iter().filter(|row| row.role == Role::Head).map(|row| row.account_id).collect();
    let all = all.into_iter().filter(|person| !heads.contains(&person.id));
    Ok(all.map(|person| Colleague { id: person.id, name: person.name }).collect())
}
