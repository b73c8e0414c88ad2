//! An entry as bytes, in one way only: every field led by its length, so that no two entries have the
//! same bytes. What is sealed stays sealed: the root is over the ciphertext.

use aws_lc_rs::digest::{Context, SHA256};
use loket_entity::audit_entry;

/// The root before the first.
pub(super) const NO_ROOT: [u8; 32] = [0; 32];

/// The root over a batch and the root before it.
pub(super) fn root(previous: &[u8], entries: &[audit_entry::Model]) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(b"loket audit 1");
    field(&mut context, previous);
    for entry in entries {
        add(&mut context, entry);
    }
    context.finish().as_ref().to_vec()
}

fn add(context: &mut Context, entry: &audit_entry::Model) {
    field(context, entry.tenant_id.0.as_bytes());
    field(context, entry.id.0.as_bytes());
    field(context, &entry.at.timestamp_micros().to_be_bytes());
    field(context, entry.actor_kind.word().as_bytes());
    optional(context, entry.actor_id.as_ref().map(|id| id.as_bytes().as_slice()));
    field(context, entry.action.as_bytes());
    field(context, entry.subject_kind.as_bytes());
    optional(context, entry.subject_id.as_ref().map(|id| id.as_bytes().as_slice()));
    optional(context, entry.detail.as_ref().map(|sealed| sealed.bytes()));
}

fn field(context: &mut Context, bytes: &[u8]) {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    context.update(&length.to_be_bytes());
    context.update(bytes);
}

/// Nothing is not the same as an empty value.
fn optional(context: &mut Context, bytes: Option<&[u8]>) {
    match bytes {
        Some(bytes) => {
            context.update(&[1]);
            field(context, bytes);
        }
        None => context.update(&[0]),
    }
}

#[cfg(test)]
mod tests {
    use loket_core::{
        id::{AuditId, OfficeId},
        kinds::ActorKind,
    };
    use loket_entity::sealed::Sealed;
    use uuid::Uuid;

    use super::*;
    use crate::testing::monday_morning;

    fn entry() -> audit_entry::Model {
        audit_entry::Model {
            tenant_id: OfficeId(Uuid::from_u128(1)),
            id: AuditId(Uuid::from_u128(2)),
            at: monday_morning(),
            actor_kind: ActorKind::Officer,
            actor_id: Some(Uuid::from_u128(3)),
            action: "request.taken".to_owned(),
            subject_kind: "request".to_owned(),
            subject_id: None,
            detail: Some(Sealed::from_bytes(vec![1, 2, 3])),
        }
    }

    #[test]
    fn every_field_and_the_order_are_part_of_the_root() {
        let whole = root(&NO_ROOT, &[entry()]);
        let changed = |change: fn(&mut audit_entry::Model)| {
            let mut other = entry();
            change(&mut other);
            root(&NO_ROOT, &[other])
        };
        for other in [
            changed(|e| e.tenant_id = OfficeId(Uuid::from_u128(9))),
            changed(|e| e.id = AuditId(Uuid::from_u128(9))),
            changed(|e| e.at += chrono::TimeDelta::microseconds(1)),
            changed(|e| e.actor_kind = ActorKind::System),
            changed(|e| e.actor_id = None),
            changed(|e| e.action = "request.take".to_owned()),
            changed(|e| (e.action, e.subject_kind) = ("request.takenr".to_owned(), "equest".to_owned())),
            changed(|e| e.subject_id = Some(Uuid::nil())),
            changed(|e| e.detail = None),
            changed(|e| e.detail = Some(Sealed::from_bytes(Vec::new()))),
            root(&[1; 32], &[entry()]),
            root(&NO_ROOT, &[]),
            root(&NO_ROOT, &[entry(), entry()]),
        ] {
            assert_ne!(other, whole);
        }
        assert_eq!(root(&NO_ROOT, &[entry()]), whole);
    }
}
