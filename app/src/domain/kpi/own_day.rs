//! An officer's own day: what they took, whom they answered, what they closed, and who waits longest for them.

use loket_core::{
    clock::Instant,
    request::RequestEventKind::{Assigned, Cancelled, Finished, Rejected, Taken},
    zone::OfficeZone,
};
use sea_orm::Value;

use super::store::number;
use crate::infra::{Cx, Fault, Outcome, ScopedSql};

/// The day of one officer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnDay {
    /// Requests they took.
    pub taken: u64,
    /// Conversations into which they wrote themselves.
    pub answered: u64,
    /// Requests they closed, however these ended.
    pub closed: u64,
    /// The oldest message to them that nobody has answered.
    pub waiting_since: Option<Instant>,
}

/// The day of whoever asks; nothing for who is no officer. One statement, each part of it by an index.
pub async fn own_day(cx: &Cx<'_>, zone: OfficeZone) -> Outcome<Option<OwnDay>> {
    let Some(me) = cx.officer() else { return Ok(None) };
    let since: Value = zone.midnight(zone.date(cx.now())).into();
    let (me, word) = (Value::from(me), |kind: loket_core::request::RequestEventKind| kind.word().into());
    let taken = [word(Taken), word(Assigned), since.clone(), me.clone()];
    let closed = [word(Finished), word(Rejected), word(Cancelled), since.clone(), me.clone()];
    let values = [[me.clone(), since].as_slice(), &taken, &closed, &[me]].concat();
    // What they wrote is found before it is counted: SQLite would else walk through all conversations of the office to
    // have each once.
    let sql = ScopedSql::new(
        "WITH wrote AS MATERIALIZED (SELECT conversation_id FROM message WHERE tenant_id = :tenant \
         AND author = ? AND at >= ?) \
         SELECT (SELECT count(*) FROM request_event WHERE tenant_id = :tenant \
         AND kind IN (?, ?) AND at >= ? AND actor_id = ?) AS taken, \
         (SELECT count(*) FROM request_event WHERE tenant_id = :tenant \
         AND kind IN (?, ?, ?) AND at >= ? AND actor_id = ?) AS closed, \
         (SELECT count(DISTINCT conversation_id) FROM wrote) AS answered, \
         (SELECT min(unanswered_since) FROM request WHERE tenant_id = :tenant \
         AND closed_at IS NULL AND unanswered_since IS NOT NULL AND assigned_to = ?) AS waiting_since",
        values,
    )?;
    let rows = cx.tx().rows(sql).await?;
    let row = rows.first().ok_or(Fault::Inconsistent("a count without a row"))?;
    Ok(Some(OwnDay {
        taken: number(row.try_get("", "taken")?),
        answered: number(row.try_get("", "answered")?),
        closed: number(row.try_get("", "closed")?),
        waiting_since: row.try_get("", "waiting_since")?,
    }))
}
