//! What a page shows of the other office.

use loket_core::{clock::Instant, kinds::ForwardingWay, request::RequestState};
use loket_entity::request;

use super::store;
use crate::infra::{Cx, Outcome};

/// That a request was handed on, or came so.
#[derive(Debug, Clone)]
pub struct ForwardingView {
    /// Which side this office is on.
    pub way: ForwardingWay,
    /// What the other is called.
    pub office: String,
    /// Whether news of it come by themselves.
    pub on_loket: bool,
    /// Where the request stands there, as far as was heard.
    pub their_state: Option<RequestState>,
    /// When it was handed on.
    pub at: Instant,
}

/// The other office of a request, if there is one.
pub(in super::super) async fn of(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<ForwardingView>> {
    let found = store::of(cx, row.id).await?;
    Ok(found.map(|one| ForwardingView {
        way: one.way,
        office: one.other_name,
        on_loket: one.other_office.is_some(),
        their_state: one.their_state,
        at: one.at,
    }))
}
