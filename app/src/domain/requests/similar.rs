//! Requests for the same person and service, by NIK: linked to each other and never refused.
//!
//! The link is found and not stored: both are in the office's index of NIK, so that each leads to the other.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant, permission::Permission, receipt::ReceiptNumber, reply::EarlierLike,
    request::RequestEventKind,
};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{history::Line, store};
use crate::infra::{Cx, Outcome};

/// Two requests are similar when they were opened within this time of each other. A lost KTP-el that is asked for again
/// after two months is a new loss; the same line sent again within a month is mostly impatience.
pub const SIMILAR_WITHIN: TimeDelta = TimeDelta::days(30);
/// More similar requests than this are not shown.
const MOST: u64 = 5;

/// An earlier request that is like a new one.
#[derive(Debug, Clone)]
pub struct Similar {
    /// Its receipt, if whoever handed in the new one handed it in too: to anybody else it is no business of theirs.
    pub receipt: Option<ReceiptNumber>,
    /// When it was opened.
    pub at: Instant,
    /// Whether it is still under way.
    pub open: bool,
    /// Since when whoever asks again waits already for a first answer.
    pub(super) turn: Option<Instant>,
}

impl Similar {
    /// As it is told.
    pub(super) const fn told(&self) -> EarlierLike<'_> {
        EarlierLike { receipt: self.receipt.as_ref(), at: self.at, open: self.open }
    }
}

/// Those that are like a request; nothing when it has no NIK.
fn like(row: &request::Model) -> Option<Condition> {
    let nik = row.nik_idx.clone()?;
    Some(
        Condition::all()
            .add(request::Column::NikIdx.eq(nik))
            .add(request::Column::ServiceId.eq(row.service_id))
            .add(request::Column::Id.ne(row.id))
            .add(request::Column::OpenedAt.gte(row.opened_at - SIMILAR_WITHIN)),
    )
}

/// Finds the newest request that is like one just opened, and writes into the history of both that they are linked.
pub(super) async fn link(cx: &mut Cx<'_>, row: &request::Model) -> Outcome<Option<Similar>> {
    let Some(like) = like(row) else { return Ok(None) };
    let found = cx.tx().find::<request::Entity>().filter(like);
    let Some(earlier) = found.sorted_descending(request::Column::OpenedAt).one().await? else {
        return Ok(None);
    };
    Line::new(RequestEventKind::Linked).because(earlier.receipt.clone()).write(cx, row).await?;
    Line::new(RequestEventKind::Linked)
        .by(row.channel)
        .because(row.receipt.clone())
        .write(cx, &earlier)
        .await?;
    cx.audit("request.linked", ("request", Some(earlier.id.0)))?;
    let same = row.submitter_id.is_some() && row.submitter_id == earlier.submitter_id;
    Ok(Some(Similar {
        receipt: ReceiptNumber::parse(&earlier.receipt).ok().filter(|_| same),
        at: earlier.opened_at,
        open: earlier.closed_at.is_none(),
        turn: if same { turn(cx, row).await? } else { None },
    }))
}

/// Since when whoever handed in a request waits for the first answer to one like it.
async fn turn(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<Instant>> {
    let Some(like) = like(row) else { return Ok(None) };
    let waits = like
        .add(request::Column::SubmitterId.eq(row.submitter_id))
        .add(request::Column::ClosedAt.is_null())
        .add(request::Column::AnsweredAt.is_null());
    let first = cx.tx().find::<request::Entity>().filter(waits).ascending(request::Column::TurnAt);
    Ok(first.one().await?.map(|one| one.turn_at))
}

/// The requests within reach that are like one, before it and after it, newest first: one statement.
pub(super) async fn of(cx: &Cx<'_>, row: &request::Model) -> Outcome<Vec<request::Model>> {
    let Some(like) = like(row) else { return Ok(Vec::new()) };
    store::within(cx, Permission::ReadRequests)
        .filter(like)
        .filter(request::Column::OpenedAt.lte(row.opened_at + SIMILAR_WITHIN))
        .sorted_descending(request::Column::OpenedAt)
        .up_to(MOST)
        .await
}
