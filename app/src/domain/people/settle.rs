//! Making an office's own rows follow who belongs to it: the officer's row, and the work in their hands.
//!
//! It looks at what holds now and not at what was done, so it may run late, twice, or in another order.

use std::sync::Arc;

use chrono::TimeDelta;
use loket_core::{
    id::{OfficeId, UserId},
    permission::{Permission, Reach, Standing},
};
use loket_entity::account;
use sea_orm::{ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        accounts::standing_in,
        requests::{self, HandOver},
        tenancy::{self, OfficerRow},
        whatsapp,
    },
    infra::{Actor, Cx, Fault, House, Outcome, PlatformTx, SystemReason},
    queue::NewJob,
};

/// The kind of its job.
pub const SETTLE: &str = "people.settle";
/// After this it is looked again: by then nothing that began before somebody left is still under way.
const ONCE_MORE: TimeDelta = TimeDelta::minutes(2);

/// Whom to look at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Settlement {
    /// In which office.
    pub office: OfficeId,
    /// The person.
    pub person: UserId,
    /// Their position, when it is new.
    pub title: Option<String>,
    /// Who gets what the person may no longer hold; nobody: everybody.
    pub hand_to: Option<UserId>,
    /// Who caused it; nobody for what was queued before this was known.
    #[serde(default)]
    pub by: Option<UserId>,
}

impl Settlement {
    /// Somebody of an office, because of what somebody did.
    pub(super) fn of(office: OfficeId, person: UserId, by: UserId) -> Self {
        Self { office, person, title: None, hand_to: None, by: Some(by) }
    }
}

/// Queues it in the caller's transaction, and once more a little later.
pub(super) async fn queue(tx: &mut PlatformTx<'_>, settlement: &Settlement) -> Outcome<()> {
    tx.enqueue(NewJob::new(SETTLE, settlement)?.priority(2)).await?;
    tx.enqueue(NewJob::new(SETTLE, settlement)?.after(ONCE_MORE)).await
}

/// Makes the office's rows follow.
pub async fn settle(house: &House, settlement: &Settlement) -> Outcome<()> {
    let Settlement { office, person, title, hand_to, by: _ } = settlement;
    let (name, standing, heir) = look(house, settlement).await?;
    let mut cx = Cx::write(house, *office, signed(settlement)).await?;
    let row = OfficerRow {
        user: *person,
        name,
        title: title.clone().unwrap_or_default(),
        unit: only_unit(standing.as_ref()),
    };
    let mut changed = tenancy::seat_officer(&mut cx, row, standing.is_some()).await?;
    // Work that changes hands is nobody's deed: figures would count it as theirs.
    cx.act_as(Actor::System(SystemReason::People));
    let keeps = reach(standing.as_ref());
    let heir = hand_to.zip(heir.as_ref().map(|standing| reach(Some(standing))));
    let over = HandOver { from: *person, keeps, to: heir };
    let requests = requests::hand_over(&mut cx, &over).await?;
    let conversations = whatsapp::hand_over(&mut cx, *person, over.keeps, over.to).await?;
    if standing.is_none() {
        changed |= whatsapp::unbind_officer(&cx, *person).await? > 0;
    }
    changed |= requests + conversations > 0;
    if !changed {
        return Ok(());
    }
    let detail = serde_json::json!({ "requests": requests, "conversations": conversations, "to": hand_to });
    cx.act_as(signed(settlement));
    cx.audit_with("officer.settled", ("officer", Some(person.0)), Some(&detail))?;
    cx.commit().await
}

/// Whoever caused it signs for it, whatever they may do in the office by now; and they may belong to none.
fn signed(settlement: &Settlement) -> Actor {
    match settlement.by {
        Some(user) => Actor::Officer(Arc::new(Standing { user, grants: Vec::new() })),
        None => Actor::System(SystemReason::People),
    }
}

type Seen = (String, Option<Standing>, Option<Standing>);

async fn look(house: &House, settlement: &Settlement) -> Outcome<Seen> {
    let tx = PlatformTx::read(house).await?;
    let person = tx.find::<account::Entity>().filter(account::Column::Id.eq(settlement.person));
    let person = person.one(tx.on()).await?.ok_or(Fault::Inconsistent("a person without an account"))?;
    let standing = standing_in(&tx, settlement.person, settlement.office).await?;
    let heir = match settlement.hand_to {
        Some(heir) => standing_in(&tx, heir, settlement.office).await?,
        None => None,
    };
    Ok((person.name, standing, heir))
}

fn reach(standing: Option<&Standing>) -> Reach {
    standing.map_or(Reach::Nothing, |standing| standing.reach(Permission::HandleRequests))
}

/// The unit of somebody whose every role is for that one unit.
fn only_unit(standing: Option<&Standing>) -> Option<loket_core::id::UnitId> {
    let mut units = standing?.grants.iter().map(|grant| match grant.scope.units.as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    let first = units.next().flatten()?;
    units.all(|unit| unit == Some(first)).then_some(first)
}
