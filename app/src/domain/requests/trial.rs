//! A draft of a format tried before it is published: on one line that an administrator types, and on what citizens wrote
//! to the office in the last thirty days.

use std::sync::Arc;

use chrono::TimeDelta;
use loket_core::{
    format::{Bench, BenchMessage, Fate, FormatDefinition, Grammar, Layers, Message, bench},
    id::ServiceId,
    permission::{Permission, Reach},
    text::mask_numbers,
};

use super::reading::{both, layers};
use crate::{
    domain::{
        catalogue::Catalogue,
        regions,
        tenancy::Office,
        whatsapp::{self, SaidLately},
    },
    infra::{Cx, Fault, Outcome},
};

/// How far back messages are tried.
const WITHIN: TimeDelta = TimeDelta::days(30);
/// At most so many messages are tried, the newest.
pub const MOST_TRIED: u32 = 3_000;
const MOST_EXAMPLES: usize = 10;
const LONGEST_EXAMPLE: usize = 160;

/// What a draft does to the messages of the last thirty days.
pub struct Trial {
    /// The figures.
    pub bench: Bench,
    /// Whether there were more messages than are tried.
    pub more: bool,
    /// Messages that are read differently, with their numbers masked; none for who may not read messages.
    pub examples: Vec<(Fate, String)>,
}

/// Tries a draft on what citizens wrote lately. The older editions that are accepted today stay behind both readings.
pub async fn trial(
    cx: &Cx<'_>,
    office: &Office,
    catalogue: &Catalogue,
    draft: (ServiceId, &FormatDefinition),
) -> Outcome<Trial> {
    let said = whatsapp::said_lately(cx, cx.now() - WITHIN, MOST_TRIED).await?;
    let more = said.len() >= MOST_TRIED as usize;
    let current = layers(cx, &office.region_code, catalogue);
    let (formats, region) = (with(catalogue, draft), office.region_code.clone());
    let day = |one: &SaidLately| office.zone.date(one.at);
    let messages: Vec<BenchMessage> =
        said.into_iter().map(|one| BenchMessage { day: day(&one), text: one.text }).collect();
    let sees = cx.reach(Permission::ReadRequests) == Reach::Everything;
    let tried = tokio::task::spawn_blocking(move || {
        let ready = |formats| Arc::new(Grammar::new(formats, regions::index(&region)));
        let drafted = current.led_by(both(&formats).into_iter().map(ready));
        let told = bench(&messages, &current, &drafted);
        let examples = if sees { examples(&told, &messages) } else { Vec::new() };
        Trial { bench: told, more, examples }
    });
    tried.await.map_err(|_| Fault::Inconsistent("a trial of a format"))
}

/// The formats of the office with the draft in the place of what it would follow.
fn with(catalogue: &Catalogue, (service, draft): (ServiceId, &FormatDefinition)) -> Vec<FormatDefinition> {
    let held = catalogue.format_of(service).map(|one| one.keyword.clone());
    let mut all: Vec<FormatDefinition> = vec![draft.clone()];
    all.extend(catalogue.formats.iter().filter(|one| Some(&one.keyword) != held.as_ref()).cloned());
    all
}

fn examples(told: &Bench, messages: &[BenchMessage]) -> Vec<(Fate, String)> {
    let shown = told.differing.iter().take(MOST_EXAMPLES);
    shown
        .filter_map(|(place, fate)| Some((*fate, messages.get(*place)?)))
        .map(|(fate, message)| (fate, mask_numbers(&message.text).chars().take(LONGEST_EXAMPLE).collect()))
        .collect()
}

/// Reads one line by a draft alone.
pub fn try_line(office: &Office, draft: &FormatDefinition, text: &str, today: chrono::NaiveDate) -> Message {
    let ready = |formats| (Arc::new(Grammar::new(formats, regions::index(&office.region_code))), 0);
    Layers::new(both(std::slice::from_ref(draft)).into_iter().map(ready)).read(text, today).0
}
