//! A signed-in browser, checked on every request against its row, its account and its places.

use std::fmt;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{MembershipId, OfficeId, SessionId, UserId},
    kinds::{AccountStatus, Role},
    permission::{Grant, Scope, Standing},
};
use loket_entity::{account, membership, office, session};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, RelationDef,
    sea_query::Expr,
};
use zeroize::Zeroizing;

use super::acting::{self, Acting, acting_of};
use crate::{
    domain::tenancy::Office,
    infra::{House, Outcome, PlatformTx},
};

/// A session that was not used for this long has ended (OWASP ASVS 5.0 7.3.1): a working day and the
/// way home, so that nobody signs in twice a day and a forgotten browser is closed by the morning.
pub(super) const IDLE: TimeDelta = TimeDelta::hours(12);
/// A session ends this long after sign-in, however busy (OWASP ASVS 5.0 7.3.2).
pub(super) const ABSOLUTE: TimeDelta = TimeDelta::days(7);
/// How exactly the last use is kept; finer would be a write for every page.
const TOUCH: TimeDelta = TimeDelta::minutes(1);
pub(super) const MOST_PLACES: u64 = 200;
const MOST_SESSIONS: u64 = 100;

/// Where a role is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seat {
    /// In an office.
    Office(Box<Office>),
    /// In a province, by its two digits.
    Province(String),
    /// Above everything.
    Platform,
}

/// A role somebody holds today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The membership.
    pub id: MembershipId,
    /// The preset of permissions.
    pub role: Role,
    /// For what part of the office.
    pub scope: Scope,
    /// Where.
    pub seat: Seat,
    /// Until when, for delegations and timed access.
    pub until: Option<Instant>,
}

/// A session that stands, with who it is and what they hold now.
#[derive(Clone)]
pub struct LiveSession {
    /// The session.
    pub id: SessionId,
    /// Who signed in.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their address as they typed it.
    pub email: String,
    /// Keys the session's CSRF tokens.
    pub secret: Zeroizing<Vec<u8>>,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
    /// When it ends at the latest.
    pub expires_at: Instant,
    /// What they hold today, in order of grant.
    pub places: Vec<Held>,
    /// Where they act for the head today.
    pub acting: Vec<Acting>,
}

impl fmt::Debug for LiveSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveSession").field("id", &self.id).field("user", &self.user).finish_non_exhaustive()
    }
}

impl LiveSession {
    /// The person as they stand in an office; nothing when they hold no role there.
    pub fn standing(&self, office: OfficeId) -> Option<Standing> {
        standing(self.user, office, (&self.places, &self.acting))
    }

    /// The letter by which they act for the head of an office they belong to.
    pub fn acting(&self, office: OfficeId) -> Option<&Acting> {
        let belongs = self.offices().iter().any(|known| known.id == office);
        self.acting.iter().find(|acting| belongs && acting.office == office)
    }

    /// The offices they hold a role in, each once, in order of grant.
    pub fn offices(&self) -> Vec<&Office> {
        let mut offices: Vec<&Office> = Vec::new();
        for held in &self.places {
            if let Seat::Office(office) = &held.seat
                && offices.iter().all(|known| known.id != office.id)
            {
                offices.push(office);
            }
        }
        offices
    }

    /// Whether they hold a role in a province.
    pub fn is_in_province(&self, code: &str) -> bool {
        self.places.iter().any(|held| matches!(&held.seat, Seat::Province(seat) if seat == code))
    }

    /// Whether they hold a role above everything.
    pub fn is_on_platform(&self) -> bool {
        self.places.iter().any(|held| held.seat == Seat::Platform)
    }

    /// Whether its last use is so long ago that it should be written down.
    pub fn wants_touch(&self, now: Instant) -> bool {
        now - self.seen_at >= TOUCH
    }
}

/// The session of an id, if it stands: not ended, not idle, not too old, its account open. Three
/// queries, on every request: what was taken away is gone at once.
pub async fn session_by_id(house: &House, id: SessionId) -> Outcome<Option<LiveSession>> {
    let tx = PlatformTx::read(house).await?;
    let row = tx
        .find::<session::Entity>()
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::RevokedAt.is_null())
        .join(JoinType::InnerJoin, account_of_session())
        .filter(account::Column::Status.eq(AccountStatus::Active))
        .select_also(account::Entity)
        .one(tx.on())
        .await?;
    let Some((row, Some(person))) = row else { return Ok(None) };
    if row.expires_at <= tx.now() || tx.now() - row.seen_at > IDLE {
        return Ok(None);
    }
    let places = places_of(&tx, person.id).await?;
    let acting = acting_of(&tx, person.id).await?;
    Ok(Some(LiveSession {
        id: row.id,
        user: person.id,
        name: person.name,
        email: person.email,
        secret: Zeroizing::new(row.secret),
        created_at: row.created_at,
        seen_at: row.seen_at,
        expires_at: row.expires_at,
        places,
        acting,
    }))
}

/// A person as they stand in an office today, whether or not they have signed in.
pub async fn standing_in(tx: &PlatformTx<'_>, user: UserId, office: OfficeId) -> Outcome<Option<Standing>> {
    let (held, acting) = (places_of(tx, user).await?, acting_of(tx, user).await?);
    Ok(standing(user, office, (&held, &acting)))
}

/// Whether somebody holds a seat above the offices of a province today.
pub async fn oversees(tx: &PlatformTx<'_>, user: UserId, province: &str) -> Outcome<bool> {
    let above = |held: &Held| match &held.seat {
        Seat::Office(_) => false,
        Seat::Province(code) => code == province,
        Seat::Platform => true,
    };
    Ok(places_of(tx, user).await?.iter().any(above))
}

/// Every role held in an office, and the head's for who acts for the head. Nothing without a role of one's own.
fn standing(user: UserId, office: OfficeId, (held, acts): (&[Held], &[Acting])) -> Option<Standing> {
    let here = |held: &&Held| matches!(&held.seat, Seat::Office(seat) if seat.id == office);
    let own = held.iter().filter(here).map(|held| Grant { role: held.role, scope: held.scope.clone() });
    let mut grants: Vec<Grant> = own.collect();
    if grants.is_empty() {
        return None;
    }
    grants.extend(acts.iter().filter(|one| one.office == office).map(|_| acting::grant()));
    Some(Standing { user, grants })
}

fn account_of_session() -> RelationDef {
    session::Entity::belongs_to(account::Entity)
        .from(session::Column::AccountId)
        .to(account::Column::Id)
        .into()
}

fn office_of_membership() -> RelationDef {
    membership::Entity::belongs_to(office::Entity)
        .from(membership::Column::OfficeId)
        .to(office::Column::Id)
        .into()
}

async fn places_of(tx: &PlatformTx<'_>, user: UserId) -> Outcome<Vec<Held>> {
    let now = tx.now();
    let rows = tx
        .find::<membership::Entity>()
        .filter(membership::Column::AccountId.eq(user))
        .filter(membership::Column::ValidFrom.lte(now))
        .filter(membership::Column::ValidUntil.is_null().or(membership::Column::ValidUntil.gt(now)))
        .order_by_asc(membership::Column::ValidFrom)
        .order_by_asc(membership::Column::Id)
        .limit(MOST_PLACES)
        .join(JoinType::LeftJoin, office_of_membership())
        .select_also(office::Entity)
        .all(tx.on())
        .await?;
    Ok(rows.into_iter().filter_map(|(row, office)| held(row, office)).collect())
}

/// A membership whose scope cannot be read gives nothing.
fn held(row: membership::Model, office: Option<office::Model>) -> Option<Held> {
    let Ok(scope) = serde_json::from_value::<Scope>(row.scope) else {
        tracing::error!(membership = %row.id, "a membership's scope cannot be read");
        return None;
    };
    let seat = match (office, row.province_code, row.role) {
        (Some(office), None, _) => Seat::Office(Box::new(office.into())),
        (None, Some(code), Role::ProvinceAdmin) => Seat::Province(code),
        (None, None, Role::PlatformAdmin) => Seat::Platform,
        _ => return None,
    };
    Some(Held { id: row.id, role: row.role, scope, seat, until: row.valid_until })
}

/// Writes down that a session is in use, at most once a minute.
pub async fn touch(house: &House, id: SessionId) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    tx.change::<session::Entity>()
        .col_expr(session::Column::SeenAt, Expr::value(tx.now()))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::SeenAt.lt(tx.now()))
        .exec(tx.on())
        .await?;
    tx.commit().await
}

/// One of a person's own sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The session.
    pub id: SessionId,
    /// The browser as it names itself, cut short.
    pub agent: String,
    /// When it began.
    pub created_at: Instant,
    /// When it was last used, to the minute.
    pub seen_at: Instant,
}

/// A person's standing sessions, the last used first.
pub async fn sessions_of(tx: &PlatformTx<'_>, user: UserId) -> Outcome<Vec<SessionRow>> {
    let rows = tx
        .find::<session::Entity>()
        .filter(session::Column::AccountId.eq(user))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(tx.now()))
        .filter(session::Column::SeenAt.gte(tx.now() - IDLE))
        .order_by_desc(session::Column::SeenAt)
        .limit(MOST_SESSIONS)
        .all(tx.on())
        .await?;
    let row = |row: session::Model| SessionRow {
        id: row.id,
        agent: row.agent,
        created_at: row.created_at,
        seen_at: row.seen_at,
    };
    Ok(rows.into_iter().map(row).collect())
}
