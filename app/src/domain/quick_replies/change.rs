//! An administrator writes a ready answer, changes it, moves it up and down, switches it off and on.

use loket_core::{
    id::{QuickReplyId, ServiceId},
    reply::quick::{self, QuickText},
};
use loket_entity::quick_reply;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::{
    error::{QuickReplyError, QuickReplyField, field_of},
    store,
};
use crate::infra::{Change, Cx, Outcome};

/// A ready answer as it is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewQuickReply {
    /// What is typed after a slash.
    pub code: String,
    /// What officers call it.
    pub title: String,
    /// Its words, with placeholders.
    pub text: String,
    /// The services it is for; every one when empty.
    pub services: Vec<ServiceId>,
}

/// Which way one is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Before the one above.
    Up,
    /// Behind the one below.
    Down,
}

/// Adds a ready answer at the end.
///
/// # Errors
/// [`QuickReplyError::Invalid`] names every field that cannot be used.
pub async fn add(cx: &mut Cx<'_>, new: &NewQuickReply) -> Result<QuickReplyId, QuickReplyError> {
    let kept = checked(cx, new, None).await?;
    let rows = store::all(cx).await?;
    if rows.len() as u64 >= store::MOST {
        let sentence = "Balasan cepat paling banyak 200. Ubah yang sudah tidak dipakai.";
        return Err(QuickReplyError::at(QuickReplyField::Whole, sentence));
    }
    let id: QuickReplyId = cx.new_id();
    let row = quick_reply::ActiveModel {
        id: Set(id),
        code: Set(kept.code),
        title: Set(kept.title),
        body: Set(kept.text),
        position: Set(rows.last().map_or(0, |last| last.position + 1)),
        active: Set(true),
        created_at: Set(cx.now()),
        changed_at: Set(cx.now()),
        version: Set(1),
        ..Default::default()
    };
    cx.tx().insert::<quick_reply::Entity>(row).await?;
    store::bind(cx, id, &kept.services).await?;
    cx.audit("quick_reply.added", ("quick_reply", Some(id.0)))?;
    Ok(id)
}

/// Changes a ready answer.
///
/// # Errors
/// As [`add`]; [`QuickReplyError::NotFound`] for one of nobody or of another office.
pub async fn change(cx: &mut Cx<'_>, id: QuickReplyId, new: &NewQuickReply) -> Result<(), QuickReplyError> {
    administers(cx)?;
    let old = store::by_id(cx, id).await?.ok_or(QuickReplyError::NotFound)?;
    let kept = checked(cx, new, Some(id)).await?;
    let detail = serde_json::json!({
        "old": [old.code, old.title, old.body], "new": [kept.code, kept.title, kept.text],
    });
    same(cx, &old)
        .set(quick_reply::Column::Code, kept.code)
        .set(quick_reply::Column::Title, kept.title)
        .set(quick_reply::Column::Body, kept.text)
        .set(quick_reply::Column::ChangedAt, cx.now())
        .run_one()
        .await?;
    store::bind(cx, id, &kept.services).await?;
    Ok(cx.audit_with("quick_reply.changed", ("quick_reply", Some(id.0)), Some(&detail))?)
}

/// Offers a ready answer to officers, or no longer.
pub async fn switch(cx: &mut Cx<'_>, id: QuickReplyId, on: bool) -> Result<(), QuickReplyError> {
    administers(cx)?;
    let old = store::by_id(cx, id).await?.ok_or(QuickReplyError::NotFound)?;
    let now = cx.now();
    same(cx, &old)
        .set(quick_reply::Column::Active, on)
        .set(quick_reply::Column::ChangedAt, now)
        .run_one()
        .await?;
    let action = if on { "quick_reply.switched_on" } else { "quick_reply.switched_off" };
    Ok(cx.audit(action, ("quick_reply", Some(id.0)))?)
}

/// Moves a ready answer by one place. At the end of the list it stays where it is.
pub async fn arrange(cx: &mut Cx<'_>, id: QuickReplyId, direction: Direction) -> Result<(), QuickReplyError> {
    administers(cx)?;
    let mut order: Vec<QuickReplyId> = store::all(cx).await?.iter().map(|row| row.id).collect();
    let at = order.iter().position(|one| *one == id).ok_or(QuickReplyError::NotFound)?;
    let other = match direction {
        Direction::Up => at.saturating_sub(1),
        Direction::Down => (at + 1).min(order.len().saturating_sub(1)),
    };
    order.swap(at, other);
    for (position, id) in (0_i64..).zip(order) {
        let moved = Condition::all()
            .add(quick_reply::Column::Id.eq(id))
            .add(quick_reply::Column::Position.ne(position));
        cx.tx()
            .change::<quick_reply::Entity>(moved)
            .set(quick_reply::Column::Position, position)
            .run()
            .await?;
    }
    Ok(cx.audit("quick_reply.moved", ("quick_reply", Some(id.0)))?)
}

fn administers(cx: &Cx<'_>) -> Result<(), QuickReplyError> {
    cx.administers().then_some(()).ok_or(QuickReplyError::NotAllowed)
}

/// A change of a row that still is as it was read.
fn same<'t>(cx: &'t Cx<'_>, old: &quick_reply::Model) -> Change<'t, quick_reply::Entity> {
    let unchanged = Condition::all()
        .add(quick_reply::Column::Id.eq(old.id))
        .add(quick_reply::Column::Version.eq(old.version));
    cx.tx().change::<quick_reply::Entity>(unchanged).set(quick_reply::Column::Version, old.version + 1)
}

/// A reply as it is kept, if whoever asks may and everything about it can be used.
async fn checked(
    cx: &Cx<'_>,
    new: &NewQuickReply,
    but: Option<QuickReplyId>,
) -> Result<NewQuickReply, QuickReplyError> {
    administers(cx)?;
    let (code, title, text) = (quick::code(&new.code), quick::title(&new.title), QuickText::parse(&new.text));
    let mut wrong = Vec::new();
    for problem in [code.as_ref().err(), title.as_ref().err(), text.as_ref().err()].into_iter().flatten() {
        wrong.push((field_of(problem), problem.to_string()));
    }
    if let Ok(code) = &code
        && is_taken(cx, code, but).await?
    {
        wrong.push((QuickReplyField::Code, "Kode ini sudah dipakai balasan lain.".to_owned()));
    }
    let mut services = new.services.clone();
    services.sort_unstable();
    services.dedup();
    if !store::knows(cx, &services).await? {
        wrong.push((QuickReplyField::Whole, "Pilih layanan dari daftar kantor ini.".to_owned()));
    }
    match (code, title, text) {
        (Ok(code), Ok(title), Ok(text)) if wrong.is_empty() => {
            Ok(NewQuickReply { code, title, text: text.text().to_owned(), services })
        }
        _ => Err(QuickReplyError::Invalid(wrong)),
    }
}

async fn is_taken(cx: &Cx<'_>, code: &str, but: Option<QuickReplyId>) -> Outcome<bool> {
    let named =
        cx.tx().find::<quick_reply::Entity>().filter(quick_reply::Column::Code.eq(code)).one().await?;
    Ok(named.is_some_and(|row| Some(row.id) != but))
}
