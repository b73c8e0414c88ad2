//! What an office's administrator chooses with one press: what Loket answers by itself, the public form, and what other
//! offices may hand on.

use loket_core::kinds::ReplyMode;
use loket_entity::office::Column;
use sea_orm::Value;
use serde::Serialize;

use super::{
    change_office::change_office,
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::infra::{Actor, By, House, PlatformTx};

/// Changes what Loket answers by itself. What was written until now stays as it was answered.
pub async fn change_replies(
    house: &House,
    office: &Office,
    actor: &Actor,
    mode: ReplyMode,
) -> Result<(), DirectoryError> {
    let action = (Column::Replies, "office.replies_changed");
    choose(house, (office, actor), action, (office.replies, mode)).await
}

/// Changes how long citizens have to send what they are asked for, from now on; nothing where requests wait without an end.
pub async fn change_answer_days(
    house: &House,
    office: &Office,
    actor: &Actor,
    days: Option<i64>,
) -> Result<(), DirectoryError> {
    let action = (Column::AnswerDays, "office.answer_days_changed");
    choose(house, (office, actor), action, (office.answer_days, days)).await
}

/// Changes within how many minutes of its service hours the office means to answer; nothing where it sets itself no time. What
/// came until now is counted by what held then.
pub async fn change_answer_minutes(
    house: &House,
    office: &Office,
    actor: &Actor,
    minutes: Option<i64>,
) -> Result<(), DirectoryError> {
    let action = (Column::AnswerMinutes, "office.answer_minutes_changed");
    choose(house, (office, actor), action, (office.answer_minutes, minutes)).await
}

/// Changes by how many hours requests of people of whom more care is taken are put ahead. Who was put ahead keeps their turn.
pub async fn change_care_ahead(
    house: &House,
    office: &Office,
    actor: &Actor,
    hours: i64,
) -> Result<(), DirectoryError> {
    let action = (Column::CareAhead, "office.care_ahead_changed");
    choose(house, (office, actor), action, (office.care_ahead, hours)).await
}

/// Opens or closes the public form.
pub async fn change_web_form(
    house: &House,
    office: &Office,
    actor: &Actor,
    open: bool,
) -> Result<(), DirectoryError> {
    let action = (Column::WebForm, "office.web_form_changed");
    choose(house, (office, actor), action, (office.web_form, open)).await
}

/// Takes what the kecamatan offices of its area hand on, or no longer. What came until now goes on.
pub async fn change_forwarded(
    house: &House,
    office: &Office,
    actor: &Actor,
    takes: bool,
) -> Result<(), DirectoryError> {
    let action = (Column::TakesForwarded, "office.takes_forwarded_changed");
    choose(house, (office, actor), action, (office.takes_forwarded, takes)).await
}

/// Writes what was chosen; only who administers the whole of the office may.
async fn choose<T: Serialize + Into<Value>>(
    house: &House,
    (office, actor): (&Office, &Actor),
    (column, action): (Column, &'static str),
    (old, new): (T, T),
) -> Result<(), DirectoryError> {
    let standing = actor.administrator().ok_or(OfficeRefusal::NotAllowed)?;
    let detail = serde_json::json!({ "old": old, "new": new });
    let tx = PlatformTx::write(house).await?;
    change_office(&tx, office.id, [(column, new.into())]).await?;
    tx.audit(By::Account(standing.user), action, ("office", Some(office.id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}
