//! What stands in the address of a link: which one it is, and a mark that only the office's key makes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use loket_core::id::EntryLinkId;
use uuid::Uuid;

use crate::infra::{Cx, seal::IndexKind};

/// Bytes of an id.
const ID: usize = 16;

/// The token of a link: 43 letters.
pub(super) fn of(cx: &Cx<'_>, id: EntryLinkId) -> String {
    let mut bytes = id.0.as_bytes().to_vec();
    bytes.extend(cx.index(IndexKind::EntryLink, &id.to_string()).0);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Which link a token is of; nothing when it was not made by this office.
pub(super) fn read(cx: &Cx<'_>, token: &str) -> Option<EntryLinkId> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, mark) = bytes.split_at_checked(ID)?;
    let id = EntryLinkId(Uuid::from_slice(id).ok()?);
    let ours = cx.index(IndexKind::EntryLink, &id.to_string()).0;
    aws_lc_rs::constant_time::verify_slices_are_equal(&ours, mark).is_ok().then_some(id)
}
