//! What stands in the address of a citizen's page: which thing it is about, and a mark that only the office's key makes.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use loket_core::id::RequestId;
use uuid::Uuid;

use crate::infra::{Cx, seal::IndexKind};

/// Bytes of an id.
const ID: usize = 16;

/// What a token is of; that of one thing is none of another.
#[derive(Clone, Copy)]
pub(super) enum Of {
    /// A line that waits for its numbers.
    Link,
    /// The receipt of a request.
    Receipt,
    /// The request that a form will open.
    Form,
}

impl Of {
    const fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Receipt => "receipt",
            Self::Form => "form",
        }
    }

    fn mark(self, cx: &Cx<'_>, id: Uuid) -> Vec<u8> {
        cx.index(IndexKind::Address, &format!("{}\0{id}", self.word())).0
    }
}

/// The token of a thing: 43 letters.
pub(super) fn make(cx: &Cx<'_>, of: Of, id: impl Into<Uuid>) -> String {
    let id = id.into();
    let mut bytes = id.as_bytes().to_vec();
    bytes.extend(of.mark(cx, id));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Which thing a token is of; nothing when it was not made by this office.
pub(super) fn read<T: From<Uuid>>(cx: &Cx<'_>, of: Of, token: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (id, mark) = bytes.split_at_checked(ID)?;
    let id = Uuid::from_slice(id).ok()?;
    aws_lc_rs::constant_time::verify_slices_are_equal(&of.mark(cx, id), mark).is_ok().then(|| id.into())
}

/// A key for a form: the request that it opens has this id, so that a second tap opens nothing.
pub fn form_key(cx: &Cx<'_>) -> String {
    make(cx, Of::Form, cx.new_id::<Uuid>())
}

/// The id in the key of a form; a new one where the key is none of ours.
pub(super) fn id_in(cx: &Cx<'_>, key: &str) -> RequestId {
    read(cx, Of::Form, key).unwrap_or_else(|| cx.new_id())
}
