//! Accepting an invitation: with a new account, or as somebody who has one and has signed in.

use loket_core::{
    id::{InvitationId, UserId},
    kinds::{AccountStatus, InvitationOutcome, Role},
    text::{Email, PersonName},
};
use loket_entity::{invitation, office};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{
    error::PeopleError,
    first_admin,
    settle::{self, Settlement},
    store,
};
use crate::{
    domain::{
        accounts::{
            NewMembership, Password, PasswordHasher, Place, Ticket, account_by_email, grant_in, open_account,
            salt, standing_in,
        },
        tenancy::Office,
    },
    infra::{By, Fault, House, Outcome, PlatformTx},
};

/// What whoever follows a link is shown.
#[derive(Clone)]
pub struct Guest {
    /// The office that invites.
    pub office: Office,
    /// As what.
    pub role: Role,
    /// The address that was invited.
    pub email: String,
    /// How the inviter called them.
    pub name: String,
    /// The account of that address, if there is one.
    pub account: Option<UserId>,
}

/// The invitation behind a link; nothing when it was used, taken back, or is over.
pub async fn guest(house: &House, ticket: &Ticket) -> Outcome<Option<Guest>> {
    let tx = PlatformTx::read(house).await?;
    let Some(row) = find(&tx, ticket).await? else { return Ok(None) };
    let office =
        tx.find::<office::Entity>().filter(office::Column::Id.eq(row.office_id)).one(tx.on()).await?;
    let Some(office) = office.map(Office::from).filter(Office::is_open) else { return Ok(None) };
    let account = match Email::parse(&row.email) {
        Ok(email) => account_by_email(&tx, &email).await?,
        Err(_) => None,
    };
    if account.as_ref().is_some_and(|person| person.status != AccountStatus::Active) {
        return Ok(None);
    }
    let account = account.map(|person| person.id);
    Ok(Some(Guest { office, role: row.role, email: row.email, name: row.name, account }))
}

/// Accepts with a new account. The name is the guest's to correct.
pub async fn accept_new(
    house: &House,
    hasher: &PasswordHasher,
    ticket: &Ticket,
    name: &PersonName,
    password: &Password,
) -> Result<UserId, PeopleError> {
    let guest = guest(house, ticket).await?.ok_or(PeopleError::Over)?;
    if guest.account.is_some() {
        return Err(PeopleError::invalid("Alamat ini sudah punya akun. Masuk dahulu, lalu terima undangan."));
    }
    password
        .check_new_for(&[name.expose(), &guest.email])
        .map_err(|refusal| PeopleError::Invalid(refusal.to_string()))?;
    let hash = hasher.hash(password, salt(house)).await?;
    let email = Email::parse(&guest.email).map_err(|_| Fault::Inconsistent("an invited address"))?;
    let mut tx = PlatformTx::write(house).await?;
    let row = find(&tx, ticket).await?.ok_or(PeopleError::Over)?;
    let user = open_account(&tx, By::Visitor, (&email, name), hash).await?;
    seat(&mut tx, row, user).await?;
    tx.commit().await?;
    Ok(user)
}

/// Accepts as somebody who has signed in; only the owner of the invited address may.
pub async fn accept_as(house: &House, ticket: &Ticket, user: UserId) -> Result<(), PeopleError> {
    let guest = guest(house, ticket).await?.ok_or(PeopleError::Over)?;
    if guest.account != Some(user) {
        return Err(PeopleError::invalid("Undangan ini untuk alamat surel lain."));
    }
    let mut tx = PlatformTx::write(house).await?;
    let row = find(&tx, ticket).await?.ok_or(PeopleError::Over)?;
    seat(&mut tx, row, user).await?;
    Ok(tx.commit().await?)
}

async fn seat(tx: &mut PlatformTx<'_>, row: invitation::Model, user: UserId) -> Result<(), PeopleError> {
    if row.invited_by == user {
        return Err(loket_core::staffing::StaffRefusal::OwnRole.into());
    }
    // The inviter's own right may have ended since the letter went out; an invitation gives no more than they have.
    store::hold(tx, row.office_id).await?;
    let inviter = standing_in(tx, row.invited_by, row.office_id).await?;
    let administers = inviter.is_some_and(|standing| standing.administers());
    if !administers && !first_admin::may_still_invite(tx, &row).await? {
        return Err(PeopleError::Over);
    }
    let closed = tx
        .change::<invitation::Entity>()
        .col_expr(invitation::Column::Outcome, Expr::value(InvitationOutcome::Accepted.word()))
        .col_expr(invitation::Column::ClosedAt, Expr::value(tx.now()))
        .col_expr(invitation::Column::AccountId, Expr::value(user))
        .filter(invitation::Column::Id.eq(row.id))
        .filter(invitation::Column::ClosedAt.is_null())
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    if closed.rows_affected != 1 {
        return Err(PeopleError::Over);
    }
    let scope = serde_json::from_value(row.scope).map_err(|_| Fault::Inconsistent("scope"))?;
    let place = Place::Office(row.office_id);
    let new = NewMembership { account: user, place, role: row.role, scope, from: None, until: None };
    if store::memberships(tx, row.office_id, &[user]).await?.is_empty() {
        grant_in(tx, By::Account(row.invited_by), new).await?;
    }
    let title = (!row.title.is_empty()).then_some(row.title);
    let settlement = Settlement { title, ..Settlement::of(row.office_id, user, row.invited_by) };
    settle::queue(tx, &settlement).await?;
    let detail = serde_json::json!({ "office": row.office_id, "role": row.role });
    tx.audit(By::Account(user), "invitation.accepted", ("invitation", Some(row.id.0)), Some(&detail)).await?;
    Ok(())
}

async fn find(tx: &PlatformTx<'_>, ticket: &Ticket) -> Outcome<Option<invitation::Model>> {
    Ok(tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(InvitationId(ticket.subject)))
        .filter(invitation::Column::Link.eq(ticket.id))
        .filter(invitation::Column::ClosedAt.is_null())
        .filter(invitation::Column::ExpiresAt.gt(tx.now()))
        .one(tx.on())
        .await?)
}
