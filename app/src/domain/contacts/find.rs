//! Who wrote: the contact that has one of the addresses, or a new one.
//!
//! Several messages of a new person may be read at the same moment. The unique index over addresses
//! decides who is first; everybody else finds that contact.

use loket_core::{
    clock::Instant,
    id::{ContactId, IdentityId},
    kinds::IdentityKind,
    text::{Bsuid, WaId},
};
use loket_entity::{contact, contact_identity};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{places, store};
use crate::infra::{Cx, Fault, Outcome, seal::IndexKind};

/// The longest name that is kept of a profile.
const LONGEST_NAME: usize = 200;

/// What a message shows of its sender.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The telephone.
    pub wa_id: Option<WaId>,
    /// The BSUID.
    pub bsuid: Option<Bsuid>,
    /// What the profile shows.
    pub name: Option<String>,
}

/// Whose message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The person.
    pub contact: ContactId,
    /// Another contact that turned out to be the same person. Its addresses were taken over; what else
    /// hangs on it is for the caller to move.
    pub absorbed: Option<ContactId>,
}

/// Finds the person behind the addresses of a message, or remembers a new one.
///
/// # Errors
/// [`Fault::Inconsistent`] when no address is given at all.
pub async fn find_or_create(cx: &Cx<'_>, (seen, at): (&Seen, Instant)) -> Outcome<Found> {
    let addresses = addresses(seen);
    let known = store::owners(cx, &addresses.iter().map(|one| one.key(cx)).collect::<Vec<_>>()).await?;
    let (contact, mut absorbed) = match known.split_first() {
        Some((first, others)) => (*first, others.first().copied()),
        None => (create(cx, addresses.first(), at).await?, None),
    };
    for address in &addresses {
        if let Some(other) = claim(cx, (contact, at), address).await? {
            absorbed = Some(other);
        }
    }
    if let Some(other) = absorbed {
        take_over(cx, other, (contact, at)).await?;
    }
    if let Some(name) = &seen.name {
        keep_name(cx, contact, name).await?;
    }
    Ok(Found { contact, absorbed })
}

/// One address in clear.
struct Shown<'a> {
    kind: IdentityKind,
    value: &'a str,
}

impl Shown<'_> {
    fn key(&self, cx: &Cx<'_>) -> store::Key {
        let kind = match self.kind {
            IdentityKind::WaId => IndexKind::WaId,
            IdentityKind::Bsuid => IndexKind::Bsuid,
        };
        (self.kind, cx.index(kind, self.value))
    }

    /// Only telephones are looked for by their end.
    fn tail(&self) -> Option<&str> {
        match self.kind {
            IdentityKind::WaId => self.value.get(self.value.len().saturating_sub(4)..),
            IdentityKind::Bsuid => None,
        }
    }
}

/// Telephone first: every worker asks in this order, so that none waits for another in a circle.
fn addresses(seen: &Seen) -> Vec<Shown<'_>> {
    let phone = seen.wa_id.as_ref().map(|id| Shown { kind: IdentityKind::WaId, value: id.expose() });
    let bsuid = seen.bsuid.as_ref().map(|id| Shown { kind: IdentityKind::Bsuid, value: id.expose() });
    phone.into_iter().chain(bsuid).collect()
}

/// A new contact with its first address; or the one who got the address a moment before.
async fn create(cx: &Cx<'_>, address: Option<&Shown<'_>>, at: Instant) -> Outcome<ContactId> {
    let address = address.ok_or(Fault::Inconsistent("a sender without an address"))?;
    let id: ContactId = cx.new_id();
    let row = contact::ActiveModel {
        id: Set(id),
        name: Set(None),
        created_at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert::<contact::Entity>(row).await?;
    match claim(cx, (id, at), address).await? {
        None => Ok(id),
        Some(owner) => {
            cx.tx().delete::<contact::Entity>(contact::Column::Id.eq(id)).await?;
            Ok(owner)
        }
    }
}

/// Gives an address to a contact; says who has it, if that is somebody else.
///
/// A second telephone, or a second BSUID of one telephone (Meta makes a new one when somebody else holds the number), says
/// that the number behind the contact changed.
async fn claim(
    cx: &Cx<'_>,
    (contact, at): (ContactId, Instant),
    address: &Shown<'_>,
) -> Outcome<Option<ContactId>> {
    let id: IdentityId = cx.new_id();
    let key = address.key(cx);
    let row = contact_identity::ActiveModel {
        id: Set(id),
        contact_id: Set(contact),
        kind: Set(address.kind),
        value: Set(cx.seal(&address.value.to_owned(), places::VALUE.of(id.0))?),
        value_idx: Set(key.1.clone()),
        tail_idx: Set(address.tail().map(|tail| cx.index(IndexKind::PhoneTail, tail))),
        ..Default::default()
    };
    if cx.tx().insert_once::<contact_identity::Entity>(row).await? {
        if has_another(cx, contact, (address.kind, id)).await? {
            changed(cx, contact, at).await?;
        }
        return Ok(None);
    }
    let owners = store::owners(cx, &[key]).await?;
    let owner = owners.first().copied().ok_or(Fault::Inconsistent("an address without its owner"))?;
    Ok((owner != contact).then_some(owner))
}

/// Whether a contact has another address of a kind.
async fn has_another(
    cx: &Cx<'_>,
    contact: ContactId,
    (kind, than): (IdentityKind, IdentityId),
) -> Outcome<bool> {
    let others = Condition::all()
        .add(contact_identity::Column::ContactId.eq(contact))
        .add(contact_identity::Column::Kind.eq(kind))
        .add(contact_identity::Column::Id.ne(than));
    cx.tx().find::<contact_identity::Entity>().filter(others).exists().await
}

/// Everything that finds one contact finds another from now on, who turned out to be the same person: with two telephones
/// their number changed, and what is known of the one's number is known of the other's.
async fn take_over(cx: &Cx<'_>, from: ContactId, (to, at): (ContactId, Instant)) -> Outcome<()> {
    store::move_identities(cx, from, to).await?;
    let row = cx.tx().find::<contact::Entity>().filter(contact::Column::Id.eq(from)).one().await?;
    if let Some(known) = row.and_then(|row| row.changed_at) {
        changed(cx, to, known).await?;
    }
    for kind in [IdentityKind::WaId, IdentityKind::Bsuid] {
        let all = Condition::all()
            .add(contact_identity::Column::ContactId.eq(to))
            .add(contact_identity::Column::Kind.eq(kind));
        if cx.tx().find::<contact_identity::Entity>().filter(all).count().await? > 1 {
            changed(cx, to, at).await?;
        }
    }
    Ok(())
}

/// The number behind a contact changed: what is for them may no longer reach them. What is known of a later change stays.
pub async fn changed(cx: &Cx<'_>, contact: ContactId, at: Instant) -> Outcome<()> {
    let earlier =
        Condition::any().add(contact::Column::ChangedAt.is_null()).add(contact::Column::ChangedAt.lt(at));
    let this = Condition::all().add(contact::Column::Id.eq(contact)).add(earlier);
    cx.tx().change::<contact::Entity>(this).set(contact::Column::ChangedAt, at).run().await?;
    Ok(())
}

/// When the number behind a contact changed, if that was after a moment.
pub async fn changed_since(cx: &Cx<'_>, contact: ContactId, since: Instant) -> Outcome<Option<Instant>> {
    let row = cx.tx().find::<contact::Entity>().filter(contact::Column::Id.eq(contact)).one().await?;
    Ok(row.and_then(|row| row.changed_at).filter(|at| *at > since))
}

async fn keep_name(cx: &Cx<'_>, id: ContactId, name: &str) -> Outcome<()> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    if name.is_empty() || super::name(cx, id).await?.as_ref() == Some(&name) {
        return Ok(());
    }
    let sealed = cx.seal(&name, places::NAME.of(id.0))?;
    cx.tx()
        .change::<contact::Entity>(contact::Column::Id.eq(id))
        .set(contact::Column::Name, sealed)
        .run_one()
        .await
}
