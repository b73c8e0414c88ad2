//! Work changes hands when somebody leaves, or may no longer do it.

use loket_core::{
    id::{RequestId, UserId},
    permission::Reach,
    request::RequestEventKind,
};
use loket_entity::request;
use sea_orm::{ColumnTrait, Value};

use super::{
    history::Line,
    store::{self, Edit},
};
use crate::infra::{Cx, Outcome};

const BATCH: u64 = 200;

/// Whose work goes where.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// Who had it.
    pub from: UserId,
    /// What they still reach, and so keep.
    pub keeps: Reach,
    /// Who gets what they reach themselves; the rest goes back to the queue.
    pub to: Option<(UserId, Reach)>,
}

/// How many requests somebody has in hand.
pub async fn in_hands_of(cx: &Cx<'_>, person: UserId) -> Outcome<u64> {
    cx.tx()
        .find::<request::Entity>()
        .filter(request::Column::AssignedTo.eq(person))
        .filter(store::open())
        .count()
        .await
}

/// Hands over every open request that somebody no longer reaches; says how many.
pub async fn hand_over(cx: &mut Cx<'_>, over: &HandOver) -> Outcome<u64> {
    let (mut last, mut count) = (RequestId::NIL, 0);
    loop {
        let rows = cx
            .tx()
            .find::<request::Entity>()
            .filter(request::Column::AssignedTo.eq(over.from))
            .filter(store::open())
            .filter(request::Column::Id.gt(last))
            .ascending(request::Column::Id)
            .up_to(BATCH)
            .await?;
        let Some(end) = rows.last() else { return Ok(count) };
        last = end.id;
        for row in &rows {
            count += u64::from(pass_on(cx, over, row).await?);
        }
    }
}

async fn pass_on(cx: &Cx<'_>, over: &HandOver, row: &request::Model) -> Outcome<bool> {
    let at = store::whereabouts(row);
    if over.keeps.covers(at) {
        return Ok(false);
    }
    let heir = over.to.as_ref().filter(|(_, reach)| reach.covers(at)).map(|(heir, _)| *heir);
    let (to, reason) = match heir {
        Some(heir) => (Value::from(heir), "serah_terima"),
        None => (Value::Uuid(None), "kembali_ke_antrean"),
    };
    Edit::of(row).set(request::Column::AssignedTo, to).save(cx).await?;
    Line::new(RequestEventKind::Assigned).because(reason).write(cx, row).await?;
    Ok(true)
}
