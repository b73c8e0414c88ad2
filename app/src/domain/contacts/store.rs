//! The rows of contacts.

use loket_core::{id::ContactId, kinds::IdentityKind};
use loket_entity::{contact, contact_identity, sealed::BlindIndex};
use sea_orm::{ColumnTrait, Condition};

use crate::infra::{Cx, Outcome, seal::IndexKind};

/// An address as it is found.
pub(super) type Key = (IdentityKind, BlindIndex);

/// More addresses than a person has.
const MOST_ADDRESSES: u64 = 20;
const MOST_FOUND: u64 = 200;

/// Who has these addresses, in the order of the addresses, each once.
pub(super) async fn owners(cx: &Cx<'_>, keys: &[Key]) -> Outcome<Vec<ContactId>> {
    let mut any = Condition::any();
    for (kind, index) in keys {
        any = any.add(
            Condition::all()
                .add(contact_identity::Column::Kind.eq(*kind))
                .add(contact_identity::Column::ValueIdx.eq(index.clone())),
        );
    }
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows = cx.tx().find::<contact_identity::Entity>().filter(any).up_to(MOST_ADDRESSES).await?;
    let mut owners = Vec::new();
    for (kind, index) in keys {
        let row = rows.iter().find(|row| row.kind == *kind && row.value_idx == *index);
        if let Some(row) = row
            && !owners.contains(&row.contact_id)
        {
            owners.push(row.contact_id);
        }
    }
    Ok(owners)
}

/// Gives every address of a contact to another.
pub(super) async fn move_identities(cx: &Cx<'_>, from: ContactId, to: ContactId) -> Outcome<u64> {
    cx.tx()
        .change::<contact_identity::Entity>(contact_identity::Column::ContactId.eq(from))
        .set(contact_identity::Column::ContactId, to)
        .run()
        .await
}

pub(super) async fn contacts(cx: &Cx<'_>, ids: &[ContactId]) -> Outcome<Vec<contact::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let limit = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    cx.tx()
        .find::<contact::Entity>()
        .filter(contact::Column::Id.is_in(ids.iter().copied()))
        .up_to(limit)
        .await
}

/// The addresses of contacts, newest first.
pub(super) async fn identities(cx: &Cx<'_>, ids: &[ContactId]) -> Outcome<Vec<contact_identity::Model>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let limit = u64::try_from(ids.len()).unwrap_or(MOST_FOUND).saturating_mul(MOST_ADDRESSES);
    cx.tx()
        .find::<contact_identity::Entity>()
        .filter(contact_identity::Column::ContactId.is_in(ids.iter().copied()))
        .sorted_descending(contact_identity::Column::Id)
        .up_to(limit)
        .await
}

pub(super) async fn with_tail(cx: &Cx<'_>, tail: &str) -> Outcome<Vec<ContactId>> {
    let index = cx.index(IndexKind::PhoneTail, tail);
    let rows = cx
        .tx()
        .find::<contact_identity::Entity>()
        .filter(contact_identity::Column::TailIdx.eq(index))
        .up_to(MOST_FOUND)
        .await?;
    let mut ids: Vec<ContactId> = rows.into_iter().map(|row| row.contact_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}
