//! The requests somebody handed in, for the page of their conversation.

use loket_core::id::ContactId;
use loket_entity::request;

use super::{
    sending, store,
    views::{QueueRow, rows},
};
use crate::{
    domain::capacity,
    infra::{Cx, Outcome},
};

const MOST: u64 = 20;

/// The requests of a contact within reach, newest first, those that wait for a first answer with their turn, what was sent with
/// where it is; at most 20.
pub async fn of_contact(cx: &Cx<'_>, contact: ContactId) -> Outcome<Vec<QueueRow>> {
    let found = store::of_contacts(cx, vec![contact], MOST).await?;
    let waits = |row: &&request::Model| row.answered_at.is_none() && row.closed_at.is_none();
    let turns = capacity::turns(cx, found.iter().filter(waits).map(|row| row.id).collect()).await?;
    let mut rows = rows(cx, found).await?;
    let away = |row: &&QueueRow| row.away && !row.elsewhere;
    let sent = sending::away(cx, rows.iter().filter(away).map(|row| row.id).collect()).await?;
    for row in &mut rows {
        row.turn = turns.get(&row.id).copied();
        let known = sent.iter().find(|(id, ..)| *id == row.id);
        row.sent = known.map(|(_, away, place)| (*away, place.clone()));
    }
    Ok(rows)
}
