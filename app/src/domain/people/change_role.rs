//! Changing what somebody may do in an office.

use loket_core::{
    id::{MembershipId, UserId},
    kinds::Role,
    permission::Scope,
    staffing::Change,
};
use loket_entity::membership;

use super::{
    error::PeopleError,
    settle::{self, Settlement},
    store,
    wish::{Wish, parts},
};
use crate::{
    domain::{
        accounts::{NewMembership, Place, grant_in, withdraw_in},
        tenancy::Office,
    },
    infra::{Actor, By, Cx, House, PlatformTx},
};

/// Puts a role in the place of one that somebody holds. The old one ends, so that what was held when stays
/// known. Work the person no longer reaches goes back to the queue.
pub async fn change_role(
    house: &House,
    office: &Office,
    actor: &Actor,
    (person, held): (UserId, MembershipId),
    wish: Wish,
) -> Result<(), PeopleError> {
    let by = store::admin(actor)?;
    let parts = {
        let cx = Cx::read(house, office.id, actor.clone()).await?;
        parts(&cx, office).await?
    };
    let mut tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let rows = store::memberships(&tx, office.id, &[person]).await?;
    let Some(old) = rows.iter().find(|row| row.id == held) else { return Err(PeopleError::NotFound) };
    let before = store::scope(old);
    wish.check_after(before.as_ref().unwrap_or(&Scope::default()), &parts)?;
    let others = rows.iter().filter(|row| row.id != held);
    let change = Change {
        own: person == by,
        leaves: false,
        admin_before: rows.iter().any(is_admin),
        admin_after: wish.role == Role::OfficeAdmin || others.into_iter().any(is_admin),
        other_admins: store::other_admins(&tx, office.id, person).await?,
    };
    change.check()?;
    if old.role == wish.role && before.as_ref() == Some(&wish.scope) {
        return Ok(());
    }
    let (user, by, until) = (by, By::Account(by), old.valid_until);
    withdraw_in(&tx, by, held).await?;
    let place = Place::Office(office.id);
    let new = NewMembership { account: person, place, role: wish.role, scope: wish.scope, from: None, until };
    grant_in(&tx, by, new).await?;
    settle::queue(&mut tx, &Settlement::of(office.id, person, user)).await?;
    Ok(tx.commit().await?)
}

/// Whether a role administers the whole office with no end in sight.
pub(super) fn is_admin(row: &membership::Model) -> bool {
    let whole = store::scope(row).is_some_and(|scope| scope.is_whole());
    row.role == Role::OfficeAdmin && row.valid_until.is_none() && whole
}
