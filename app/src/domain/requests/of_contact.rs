//! The requests somebody handed in, for the page of their conversation.

use loket_core::id::ContactId;

use super::{
    store,
    views::{QueueRow, rows},
};
use crate::infra::{Cx, Outcome};

const MOST: u64 = 20;

/// The requests of a contact within reach, newest first; at most 20.
pub async fn of_contact(cx: &Cx<'_>, contact: ContactId) -> Outcome<Vec<QueueRow>> {
    let found = store::of_contacts(cx, vec![contact], MOST).await?;
    rows(cx, found).await
}
