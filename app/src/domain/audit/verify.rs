//! Looking whether the seals still hold.

use std::collections::HashSet;

use loket_core::id::AuditId;
use loket_entity::{audit_entry, audit_seal};
use sea_orm::{ColumnTrait, ExprTrait};

use super::{
    canonical::{self, NO_ROOT},
    seal::{self, OVERLAP},
};
use crate::infra::{Cx, Fault, Outcome};

const PAGE: u64 = 50;

/// What held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many seals.
    pub seals: i64,
    /// How many entries they seal.
    pub entries: usize,
    /// How many entries no seal holds although their time has passed: committed later than the sealer
    /// looks back, or slipped in.
    pub missed: u64,
}

/// Why the trail cannot be trusted.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// From this seal on something was changed, removed or slipped in.
    #[error("the audit trail was tampered with at seal {seq}")]
    Tampered {
        /// The number of the first seal that does not hold.
        seq: i64,
    },
    /// It could not be read.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Follows the chain from its beginning.
///
/// # Errors
/// [`SealError::Tampered`] with the first seal that is missing, out of order, or whose entries are not
/// those that were sealed.
pub async fn verify(cx: &Cx<'_>) -> Result<Verified, SealError> {
    let mut walk = Walk { previous: NO_ROOT.to_vec(), found: Verified::default(), seen: HashSet::new() };
    loop {
        let page = cx
            .tx()
            .find::<audit_seal::Entity>()
            .filter(audit_seal::Column::Seq.gt(walk.found.seals))
            .ascending(audit_seal::Column::Seq)
            .up_to(PAGE)
            .await?;
        if page.is_empty() {
            break;
        }
        for seal in page {
            walk.step(cx, seal).await?;
        }
    }
    let old = cx.tx().find::<audit_entry::Entity>().filter(audit_entry::Column::At.lt(cx.now() - OVERLAP));
    walk.found.missed = missed(cx, old.count().await?, &walk.seen).await?;
    Ok(walk.found)
}

struct Walk {
    previous: Vec<u8>,
    found: Verified,
    seen: HashSet<AuditId>,
}

impl Walk {
    async fn step(&mut self, cx: &Cx<'_>, seal: audit_seal::Model) -> Result<(), SealError> {
        let seq = self.found.seals + 1;
        let tampered = SealError::Tampered { seq };
        let ids = seal::ids(&seal.entries);
        let entries = seal::load(cx, &ids).await?;
        let counted = usize::try_from(seal.entry_count).is_ok_and(|count| count == ids.len());
        let once = ids.iter().all(|id| self.seen.insert(*id));
        let same = entries.iter().map(|entry| entry.id).eq(ids.iter().copied());
        let chained = seal.seq == seq && seal.previous == self.previous;
        let rooted = canonical::root(&self.previous, &entries) == seal.root;
        if !(counted && once && same && chained && rooted) {
            return Err(tampered);
        }
        self.found.seals = seq;
        self.found.entries += entries.len();
        self.previous = seal.root;
        Ok(())
    }
}

/// How many of the `old` entries are in no seal.
async fn missed(cx: &Cx<'_>, old: u64, seen: &HashSet<AuditId>) -> Outcome<u64> {
    let horizon = cx.now() - OVERLAP;
    let mut sealed_old = 0_u64;
    let ids: Vec<_> = seen.iter().copied().collect();
    for chunk in ids.chunks(1000) {
        let of_chunk = audit_entry::Column::Id.is_in(chunk.iter().copied());
        let both = of_chunk.and(audit_entry::Column::At.lt(horizon));
        sealed_old += cx.tx().find::<audit_entry::Entity>().filter(both).count().await?;
    }
    Ok(old.saturating_sub(sealed_old))
}
