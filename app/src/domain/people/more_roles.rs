//! A further role for somebody of an office, and the end of one of several.

use loket_core::{
    id::{MembershipId, UserId},
    kinds::Role,
    staffing::Change,
};

use super::{
    change_role::is_admin,
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

/// Roles of one person in one office.
const MOST: usize = 10;

/// Gives somebody of the office a further role, beside what they hold.
pub async fn add_role(
    house: &House,
    office: &Office,
    actor: &Actor,
    (person, wish): (UserId, Wish),
) -> Result<(), PeopleError> {
    let by = store::admin(actor)?;
    {
        let cx = Cx::read(house, office.id, actor.clone()).await?;
        wish.check(&parts(&cx, office).await?)?;
    }
    let mut tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let rows = store::memberships(&tx, office.id, &[person]).await?;
    if rows.is_empty() {
        return Err(PeopleError::NotFound);
    }
    let change = Change {
        own: person == by,
        leaves: false,
        admin_before: rows.iter().any(is_admin),
        admin_after: wish.role == Role::OfficeAdmin || rows.iter().any(is_admin),
        other_admins: store::other_admins(&tx, office.id, person).await?,
    };
    change.check()?;
    if rows.iter().any(|row| row.role == wish.role && store::scope(row).as_ref() == Some(&wish.scope)) {
        return Err(PeopleError::invalid("Peran itu sudah dipegang, untuk bagian kantor yang sama."));
    }
    if rows.len() >= MOST {
        return Err(PeopleError::invalid(
            "Paling banyak sepuluh peran untuk satu orang. Ubah salah satunya.",
        ));
    }
    let place = Place::Office(office.id);
    let new =
        NewMembership { account: person, place, role: wish.role, scope: wish.scope, from: None, until: None };
    grant_in(&tx, By::Account(by), new).await?;
    settle::queue(&mut tx, &Settlement::of(office.id, person, by)).await?;
    Ok(tx.commit().await?)
}

/// Takes one of several roles back. The last one ends by leaving the office.
pub async fn end_role(
    house: &House,
    office: &Office,
    actor: &Actor,
    (person, held): (UserId, MembershipId),
) -> Result<(), PeopleError> {
    let by = store::admin(actor)?;
    let mut tx = PlatformTx::write(house).await?;
    store::hold(&tx, office.id).await?;
    let rows = store::memberships(&tx, office.id, &[person]).await?;
    if !rows.iter().any(|row| row.id == held) {
        return Err(PeopleError::NotFound);
    }
    if rows.len() == 1 {
        return Err(PeopleError::invalid(
            "Ini peran satu-satunya. Untuk mengakhirinya, keluarkan dari kantor.",
        ));
    }
    let change = Change {
        own: person == by,
        leaves: false,
        admin_before: rows.iter().any(is_admin),
        admin_after: rows.iter().filter(|row| row.id != held).any(is_admin),
        other_admins: store::other_admins(&tx, office.id, person).await?,
    };
    change.check()?;
    withdraw_in(&tx, By::Account(by), held).await?;
    settle::queue(&mut tx, &Settlement::of(office.id, person, by)).await?;
    Ok(tx.commit().await?)
}
