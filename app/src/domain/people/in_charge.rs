//! The people who are told of what goes wrong in an office.

use std::collections::BTreeMap;

use loket_core::{
    id::{OfficeId, UserId},
    kinds::{AccountStatus, Role},
    permission::Scope,
};
use loket_entity::{account, membership};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect};

use super::store::{self, MOST_MEMBERSHIPS};
use crate::{
    domain::accounts,
    infra::{Outcome, PlatformTx},
};

/// Somebody in charge.
#[derive(Debug, Clone)]
pub struct InCharge {
    /// Their address.
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they hold, and for which part of the office.
    pub held: Vec<(Role, Scope)>,
}

/// Everybody with an open account who holds one of some roles in an office now; whoever acts for the head holds the head's.
pub async fn in_charge(tx: &PlatformTx<'_>, id: OfficeId, roles: &[Role]) -> Outcome<Vec<InCharge>> {
    let rows = tx
        .find::<membership::Entity>()
        .filter(membership::Column::OfficeId.eq(id))
        .filter(membership::Column::Role.is_in(roles.iter().copied()))
        .filter(membership::Column::ValidFrom.lte(tx.now()))
        .filter(store::standing(tx))
        .limit(MOST_MEMBERSHIPS)
        .all(tx.on())
        .await?;
    let mut held: BTreeMap<UserId, Vec<(Role, Scope)>> = BTreeMap::new();
    for row in &rows {
        if let Some(scope) = store::scope(row) {
            held.entry(row.account_id).or_default().push((row.role, scope));
        }
    }
    if roles.contains(&Role::Head) {
        for user in accounts::acting_in(tx, id).await? {
            held.entry(user).or_default().push((Role::Head, Scope::default()));
        }
    }
    let accounts = tx
        .find::<account::Entity>()
        .filter(account::Column::Id.is_in(held.keys().copied()))
        .filter(account::Column::Status.eq(AccountStatus::Active))
        .limit(MOST_MEMBERSHIPS)
        .all(tx.on())
        .await?;
    let person = |row: account::Model| {
        let held = held.remove(&row.id).unwrap_or_default();
        InCharge { email: row.email, name: row.name, held }
    };
    Ok(accounts.into_iter().map(person).collect())
}
