//! What the pages of an office's people read. Lists are bounded and paged; every query names the office.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    id::{InvitationId, MembershipId, OfficeId, ServiceId, UserId},
    kinds::Role,
    permission::{Grant, Permission, Scope, Standing, preset},
};
use loket_entity::{account, invitation, membership, officer, session};
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::{error::PeopleError, store};
use crate::infra::{Cx, House, Outcome, PlatformTx};

const PAGE: u64 = 25;
/// Past the end of any list.
const MOST_PAGES: u64 = 1_000_000;
const MOST_OFFICERS: u64 = 2_000;

/// Which people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Those who hold a role now.
    Active,
    /// Those who were asked.
    Invited,
    /// Those who held one.
    Gone,
}

/// How many people each list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// Who hold a role.
    pub active: u64,
    /// Open invitations.
    pub invited: u64,
    /// Who held one.
    pub gone: u64,
}

/// Somebody of the office.
#[derive(Debug, Clone)]
pub struct PersonRow {
    /// The account.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their position; empty until [`titled`], and for those who have none.
    pub title: String,
    /// What they hold: none for those who left.
    pub held: Vec<HeldRole>,
    /// When they last signed in, as far as it is kept.
    pub signed_in_at: Option<Instant>,
}

/// A role somebody holds.
#[derive(Debug, Clone)]
pub struct HeldRole {
    /// The membership.
    pub id: MembershipId,
    /// The role.
    pub role: Role,
    /// For what part of the office.
    pub scope: Scope,
    /// Until when.
    pub until: Option<Instant>,
}

/// Somebody who was asked and has not answered.
#[derive(Debug, Clone)]
pub struct InvitationRow {
    /// The invitation.
    pub id: InvitationId,
    /// How they are called.
    pub name: String,
    /// Their address.
    pub email: String,
    /// As what.
    pub role: Role,
    /// For what part of the office.
    pub scope: Scope,
    /// When the last letter went out.
    pub invited_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
}

impl From<invitation::Model> for InvitationRow {
    fn from(row: invitation::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
            scope: serde_json::from_value(row.scope).unwrap_or_default(),
            invited_at: row.invited_at,
            expires_at: row.expires_at,
        }
    }
}

/// Somebody who can be given work.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// The account.
    pub id: UserId,
    /// Their name.
    pub name: String,
}

/// Counts the lists of an office.
pub async fn numbers(house: &House, office: OfficeId) -> Outcome<Numbers> {
    let tx = PlatformTx::read(house).await?;
    Ok(Numbers {
        active: listed(&tx, office, Tab::Active).count(tx.on()).await?,
        invited: open(&tx, office).count(tx.on()).await?,
        gone: listed(&tx, office, Tab::Gone).count(tx.on()).await?,
    })
}

/// A page of the people who hold a role, or held one, by name, without their positions; says whether there is a
/// next page.
pub async fn people(
    house: &House,
    office: OfficeId,
    (tab, page): (Tab, u64),
) -> Outcome<(Vec<PersonRow>, bool)> {
    let tx = PlatformTx::read(house).await?;
    let found = listed(&tx, office, tab)
        .order_by_asc(account::Column::Name)
        .order_by_asc(account::Column::Id)
        .offset(Ord::min(page, MOST_PAGES) * PAGE)
        .limit(PAGE + 1)
        .all(tx.on())
        .await?;
    rows(&tx, office, found).await.map(cut)
}

/// One of them, without their position.
pub async fn person(house: &House, office: OfficeId, id: UserId) -> Result<PersonRow, PeopleError> {
    let tx = PlatformTx::read(house).await?;
    let found = store::member(&tx, office, id).await?;
    rows(&tx, office, vec![found]).await?.pop().ok_or(PeopleError::NotFound)
}

/// Adds the positions, which only the office knows, and to those who left the name they left with. Apart from the rest, so that nobody holds two of the few readers
/// of SQLite at once.
pub async fn titled(cx: &Cx<'_>, mut rows: Vec<PersonRow>) -> Outcome<Vec<PersonRow>> {
    let ids: Vec<UserId> = rows.iter().map(|row| row.id).collect();
    let mut seats = seats(cx, &ids).await?;
    for row in &mut rows {
        let Some(seat) = seats.remove(&row.id) else { continue };
        row.title = seat.title;
        if row.held.is_empty() {
            row.name = seat.name;
        }
    }
    Ok(rows)
}

/// A page of the open invitations, newest first; says whether there is a next page.
pub async fn invitations(house: &House, office: OfficeId, page: u64) -> Outcome<(Vec<InvitationRow>, bool)> {
    let tx = PlatformTx::read(house).await?;
    let found = open(&tx, office)
        .order_by_desc(invitation::Column::InvitedAt)
        .order_by_desc(invitation::Column::Id)
        .offset(Ord::min(page, MOST_PAGES) * PAGE)
        .limit(PAGE + 1)
        .all(tx.on())
        .await?;
    Ok(cut(found.into_iter().map(InvitationRow::from).collect()))
}

/// Who else handles requests in the office, by name.
pub async fn colleagues(house: &House, office: OfficeId, except: UserId) -> Outcome<Vec<Colleague>> {
    let handles = |standing: &Standing| standing.may(Permission::HandleRequests);
    with_standing(house, office, |standing| standing.user != except && handles(standing)).await
}

/// Who handles requests of a service, by name.
pub async fn serving(house: &House, office: OfficeId, service: ServiceId) -> Outcome<Vec<Colleague>> {
    let serves = |grant: &Grant| grant.scope.services.is_empty() || grant.scope.services.contains(&service);
    let handles = |grant: &Grant| preset(grant.role).contains(&Permission::HandleRequests);
    with_standing(house, office, |standing| standing.grants.iter().any(|one| handles(one) && serves(one)))
        .await
}

async fn with_standing(
    house: &House,
    office: OfficeId,
    wanted: impl Fn(&Standing) -> bool,
) -> Outcome<Vec<Colleague>> {
    let tx = PlatformTx::read(house).await?;
    let all = listed(&tx, office, Tab::Active)
        .order_by_asc(account::Column::Name)
        .limit(MOST_OFFICERS)
        .all(tx.on())
        .await?;
    let ids: Vec<UserId> = all.iter().map(|person| person.id).collect();
    let mut grants: HashMap<UserId, Vec<Grant>> = HashMap::new();
    for row in store::memberships(&tx, office, &ids).await? {
        let Some(scope) = store::scope(&row) else { continue };
        grants.entry(row.account_id).or_default().push(Grant { role: row.role, scope });
    }
    let stands = |user: UserId| {
        let grants = grants.get(&user).cloned().unwrap_or_default();
        wanted(&Standing { user, grants })
    };
    let all = all.into_iter().filter(|person| stands(person.id));
    Ok(all.map(|person| Colleague { id: person.id, name: person.name }).collect())
}

pub(super) fn listed(tx: &PlatformTx<'_>, office: OfficeId, tab: Tab) -> Select<account::Entity> {
    let now = store::accounts_of(tx, office, true);
    let all = tx.find::<account::Entity>();
    match tab {
        Tab::Gone => all
            .filter(account::Column::Id.in_subquery(store::accounts_of(tx, office, false)))
            .filter(account::Column::Id.not_in_subquery(now)),
        Tab::Active | Tab::Invited => all.filter(account::Column::Id.in_subquery(now)),
    }
}

fn open(tx: &PlatformTx<'_>, office: OfficeId) -> Select<invitation::Entity> {
    tx.find::<invitation::Entity>()
        .filter(invitation::Column::OfficeId.eq(office))
        .filter(invitation::Column::ClosedAt.is_null())
}

async fn rows(tx: &PlatformTx<'_>, office: OfficeId, found: Vec<account::Model>) -> Outcome<Vec<PersonRow>> {
    let ids: Vec<UserId> = found.iter().map(|person| person.id).collect();
    let last = last_sign_ins(tx, &ids).await?;
    let mut held: HashMap<UserId, Vec<HeldRole>> = HashMap::new();
    for row in store::memberships(tx, office, &ids).await? {
        held.entry(row.account_id).or_default().push(held_role(row));
    }
    let row = |person: account::Model| {
        let held = held.remove(&person.id).unwrap_or_default();
        PersonRow {
            title: String::new(),
            // Where somebody who left signs in now is no business of this office.
            signed_in_at: last.get(&person.id).copied().filter(|_| !held.is_empty()),
            held,
            id: person.id,
            name: person.name,
            email: person.email,
        }
    };
    Ok(found.into_iter().map(row).collect())
}

fn held_role(row: membership::Model) -> HeldRole {
    HeldRole {
        scope: store::scope(&row).unwrap_or_default(),
        id: row.id,
        role: row.role,
        until: row.valid_until,
    }
}

async fn seats(cx: &Cx<'_>, ids: &[UserId]) -> Outcome<HashMap<UserId, officer::Model>> {
    let rows = cx
        .tx()
        .find::<officer::Entity>()
        .filter(officer::Column::Id.is_in(ids.iter().copied()))
        .up_to(MOST_OFFICERS)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn last_sign_ins(tx: &PlatformTx<'_>, ids: &[UserId]) -> Outcome<HashMap<UserId, Instant>> {
    let rows = tx
        .find::<session::Entity>()
        .select_only()
        .column(session::Column::AccountId)
        .column_as(Expr::col(session::Column::CreatedAt).max(), "last")
        .filter(session::Column::AccountId.is_in(ids.iter().copied()))
        .group_by(session::Column::AccountId)
        .into_tuple::<(UserId, Instant)>()
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().collect())
}

fn cut<T>(mut rows: Vec<T>) -> (Vec<T>, bool) {
    let more = rows.len() as u64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    (rows, more)
}
