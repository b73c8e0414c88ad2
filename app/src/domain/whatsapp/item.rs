//! What becomes of one item of a webhook body.

use loket_core::{
    delivery::DeliveryState,
    id::DeliveryId,
    kinds::ItemOutcome,
    whatsapp::{Content, Item, ItemProblem},
};
use loket_entity::{wa_number, webhook_item};
use sea_orm::ActiveValue::Set;

use super::{numbers, receive, rules, status, store};
use crate::infra::{Cx, House, Outcome, PlatformTx};

/// What became of an item, for its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict {
    /// What it was: `message.text`, `status.read`, `notice.account_update`, ...
    pub(super) kind: String,
    /// What became of it.
    pub(super) outcome: ItemOutcome,
    /// Why, as a code, where that is not plain.
    pub(super) reason: Option<String>,
}

/// How an item ended, without its kind.
pub(super) type Ending = (ItemOutcome, Option<&'static str>);

/// Gives an item its effect, in the operation at hand.
pub(super) async fn judge(
    cx: &mut Cx<'_>,
    house: &House,
    walked: &Result<Item, ItemProblem>,
) -> Outcome<Verdict> {
    let kind = kind(walked);
    let (outcome, reason) = match walked {
        Ok(item) => effect(cx, house, item).await?,
        Err(problem) => (ItemOutcome::Quarantined, Some(problem.reason.word())),
    };
    Ok(Verdict { kind, outcome, reason: reason.map(str::to_owned) })
}

async fn effect(cx: &mut Cx<'_>, house: &House, item: &Item) -> Outcome<Ending> {
    match &item.content {
        Content::Message(inbound) => match number(cx, house, item).await? {
            Ok(number) => receive::receive(cx, &number, inbound).await,
            Err(reason) => Ok((ItemOutcome::Quarantined, Some(reason))),
        },
        Content::Status(update) => match number(cx, house, item).await? {
            Ok(number) => status::merge(cx, &number, update).await,
            Err(reason) => Ok((ItemOutcome::Quarantined, Some(reason))),
        },
        Content::Notice { field, .. } => {
            tracing::info!(office = %cx.office(), notice = %rules::notice_word(field), "Meta tells something");
            Ok((ItemOutcome::Kept, None))
        }
        Content::Errors(errors) => {
            let codes: Vec<i64> = errors.iter().filter_map(|error| error.code).collect();
            tracing::warn!(office = %cx.office(), ?codes, "Meta reports errors");
            Ok((ItemOutcome::Kept, None))
        }
    }
}

/// The office's number that an item came to; or why there is none. A body is signed by one office's app,
/// and nothing in it may reach another office's rows.
async fn number(cx: &Cx<'_>, house: &House, item: &Item) -> Outcome<Result<wa_number::Model, &'static str>> {
    let Some(id) = &item.phone_number_id else { return Ok(Err("without_number")) };
    if let Some(number) = numbers::by_graph_id(cx, id).await? {
        return Ok(Ok(number));
    }
    let tx = PlatformTx::read(house).await?;
    let elsewhere = store::route_of(tx.on(), id).await?.is_some_and(|route| route.office_id != cx.office());
    Ok(Err(if elsewhere { "foreign_number" } else { "unknown_number" }))
}

/// What an item is.
pub(super) fn kind(walked: &Result<Item, ItemProblem>) -> String {
    match walked.as_ref().map(|item| &item.content) {
        Ok(Content::Message(inbound)) => format!("message.{}", inbound.kind()),
        Ok(Content::Status(update)) => format!("status.{}", update.status),
        Ok(Content::Notice { field, .. }) => rules::notice_word(field),
        Ok(Content::Errors(_)) => "errors".to_owned(),
        Err(_) => "problem".to_owned(),
    }
}

/// Writes the line of an item; says whether it was the first.
pub(super) async fn record(
    cx: &Cx<'_>,
    (delivery, position): (DeliveryId, &str),
    verdict: &Verdict,
) -> Outcome<bool> {
    let row = webhook_item::ActiveModel {
        delivery_id: Set(delivery),
        position: Set(position.to_owned()),
        kind: Set(verdict.kind.clone()),
        outcome: Set(verdict.outcome),
        reason: Set(verdict.reason.clone()),
        at: Set(cx.now()),
        ..Default::default()
    };
    cx.tx().insert_once::<webhook_item::Entity>(row).await
}

/// The state a status word stands for.
pub(super) fn state(word: loket_core::whatsapp::StatusWord) -> Option<DeliveryState> {
    DeliveryState::from_meta(word.word())
}
