//! What a faulty line is answered with: the reply that teaches, that a person takes over, or nothing more.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    format::Reading,
    id::{ConversationId, MessageId},
    reply::{Attempt, Correction, Lesson, lesson},
};

use super::{
    prepared::{Ground, Prepared},
    reading::Reader,
};
use crate::{
    domain::{tenancy::Office, whatsapp},
    infra::{Cx, Outcome},
};

/// How far back attempts are looked for: a working day passes within it, whatever day it is.
const MEMORY: TimeDelta = TimeDelta::days(4);

/// What the fault of a message is answered with, after what came before it in its conversation.
pub(super) async fn due(
    cx: &Cx<'_>,
    (office, reader): (&Office, &Reader),
    conversation: ConversationId,
    (message, at): (MessageId, Instant),
) -> Outcome<Lesson> {
    let texts = whatsapp::texts_since(cx, conversation, at - MEMORY).await?;
    let before = texts.iter().filter(|said| said.id != message && said.at <= at);
    let attempts = before.filter_map(|said| Some((said.at, attempt(&reader.read(&said.text).requests)?)));
    Ok(lesson(attempts, at, office.zone))
}

/// What a message was as an attempt; nothing when it holds no line.
fn attempt(readings: &[Reading]) -> Option<Attempt> {
    let complete = readings.iter().filter(|reading| reading.is_complete()).count();
    match (complete, readings.len() - complete) {
        (0, 0) => None,
        (_, 0) => Some(Attempt::Good),
        (0, _) => Some(Attempt::Faulty),
        _ => Some(Attempt::Mixed),
    }
}

/// The reply to one faulty line.
pub(super) fn words(ground: &Ground<'_>, reading: &Reading, handed_over: bool) -> Option<String> {
    let corrected_line = reading.corrected_line()?;
    let free = ground.catalogue.by_keyword(&reading.keyword).is_some_and(|service| service.free);
    let correction = Correction {
        keyword: &reading.keyword,
        problems: &reading.problems,
        corrected_line,
        handed_over,
        hours: &ground.office.hours,
    };
    Some(correction.text(&ground.office.head(free)))
}

/// The reply to the last faulty line of a message, as an officer may send it.
pub(super) fn correction(ground: &Ground<'_>, readings: &[Reading], handed_over: bool) -> Option<Prepared> {
    let reading = readings.iter().rev().find(|reading| !reading.is_complete())?;
    let text = words(ground, reading, handed_over)?;
    Some(Prepared {
        code: "siap-format".to_owned(),
        title: format!("Perbaikan format {}", reading.keyword),
        text,
    })
}
