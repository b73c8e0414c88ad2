//! The rows above the offices that say who belongs to one. Every query names the office.

use loket_core::{
    id::{InvitationId, OfficeId, UserId},
    kinds::{AccountStatus, Role},
    permission::Scope,
};
use loket_entity::{account, invitation, membership, office};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};

use super::error::PeopleError;
use crate::infra::{Actor, Outcome, PlatformTx};

/// An office has hundreds of people at most; each holds a few roles.
pub(super) const MOST_MEMBERSHIPS: u64 = 2_000;

/// The administrator who asks; refuses everybody else.
pub(super) fn admin(actor: &Actor) -> Result<UserId, PeopleError> {
    actor.administrator().map(|standing| standing.user).ok_or(PeopleError::NotAllowed)
}

/// Two administrators change the people of one office one after the other.
pub(super) async fn hold(tx: &PlatformTx<'_>, id: OfficeId) -> Outcome<()> {
    tx.change::<office::Entity>()
        .col_expr(office::Column::Status, Expr::col(office::Column::Status))
        .filter(office::Column::Id.eq(id))
        .exec(tx.on())
        .await?;
    Ok(())
}

/// The condition of roles that are not over; one that begins later counts.
pub(super) fn standing(tx: &PlatformTx<'_>) -> Condition {
    let until = membership::Column::ValidUntil;
    Condition::all().add(until.is_null().or(until.gt(tx.now())))
}

/// The accounts that hold a role in an office, or ever held one.
pub(super) fn accounts_of(tx: &PlatformTx<'_>, id: OfficeId, now: bool) -> SelectStatement {
    let all = tx
        .find::<membership::Entity>()
        .select_only()
        .column(membership::Column::AccountId)
        .filter(membership::Column::OfficeId.eq(id));
    let all = if now { all.filter(standing(tx)) } else { all };
    all.into_query()
}

/// The roles of some people in an office that are not over, in order of grant.
pub(super) async fn memberships(
    tx: &PlatformTx<'_>,
    id: OfficeId,
    users: &[UserId],
) -> Outcome<Vec<membership::Model>> {
    Ok(tx
        .find::<membership::Entity>()
        .filter(membership::Column::OfficeId.eq(id))
        .filter(membership::Column::AccountId.is_in(users.iter().copied()))
        .filter(standing(tx))
        .order_by_asc(membership::Column::ValidFrom)
        .order_by_asc(membership::Column::Id)
        .limit(MOST_MEMBERSHIPS)
        .all(tx.on())
        .await?)
}

/// The account of somebody who holds or held a role in the office.
pub(super) async fn member(
    tx: &PlatformTx<'_>,
    id: OfficeId,
    user: UserId,
) -> Result<account::Model, PeopleError> {
    let row = tx
        .find::<account::Entity>()
        .filter(account::Column::Id.eq(user))
        .filter(account::Column::Id.in_subquery(accounts_of(tx, id, false)))
        .one(tx.on())
        .await;
    row.map_err(crate::infra::Fault::from)?.ok_or(PeopleError::NotFound)
}

/// How many people besides one administer the office with an open account and no end in sight.
pub(super) async fn other_admins(tx: &PlatformTx<'_>, id: OfficeId, user: UserId) -> Outcome<u64> {
    let rows = tx
        .find::<membership::Entity>()
        .filter(membership::Column::OfficeId.eq(id))
        .filter(membership::Column::AccountId.ne(user))
        .filter(membership::Column::Role.eq(Role::OfficeAdmin))
        .filter(membership::Column::ValidFrom.lte(tx.now()))
        .filter(membership::Column::ValidUntil.is_null())
        .limit(MOST_MEMBERSHIPS)
        .all(tx.on())
        .await?;
    let whole = rows.into_iter().filter(|row| scope(row).is_some_and(|scope| scope.is_whole()));
    let mut users: Vec<UserId> = whole.map(|row| row.account_id).collect();
    users.sort_unstable();
    users.dedup();
    let open = tx
        .find::<account::Entity>()
        .filter(account::Column::Id.is_in(users))
        .filter(account::Column::Status.eq(AccountStatus::Active));
    Ok(sea_orm::PaginatorTrait::count(open, tx.on()).await?)
}

/// What a role is held for; nothing when it cannot be read, and then the role gives nothing.
pub(super) fn scope(row: &membership::Model) -> Option<Scope> {
    serde_json::from_value(row.scope.clone()).ok()
}

/// An invitation of the office that has not ended.
pub(super) async fn open_invitation(
    tx: &PlatformTx<'_>,
    office: OfficeId,
    id: InvitationId,
) -> Result<invitation::Model, PeopleError> {
    let row = tx
        .find::<invitation::Entity>()
        .filter(invitation::Column::Id.eq(id))
        .filter(invitation::Column::OfficeId.eq(office))
        .filter(invitation::Column::ClosedAt.is_null())
        .one(tx.on())
        .await;
    row.map_err(crate::infra::Fault::from)?.ok_or(PeopleError::NotFound)
}
