//! What pages read of formats: the list, one with its draft, its history and how much an older edition is still used,
//! and what is wrong with it beside the office's other formats and its service.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    edition::Problem,
    format::{FormatDefinition, clashes, nameless},
    id::ServiceId,
};
use loket_entity::service;

use super::{super::store, change::sample, used};
use crate::{
    domain::editions::{self, Edition, Heading},
    infra::{Cx, Outcome},
};

/// A service of the list with its format.
#[derive(Debug, Clone)]
pub struct FormatLine {
    /// Which service.
    pub id: ServiceId,
    /// Its name.
    pub service: String,
    /// Whether the service is offered.
    pub active: bool,
    /// The format of today with the number of its edition.
    pub current: Option<Edition<FormatDefinition>>,
    /// An edition that holds from a later day on.
    pub coming: Option<i64>,
    /// Whether somebody is writing a draft.
    pub drafted: bool,
    /// How many lines of the last thirty days were read by an older edition.
    pub old_uses: u64,
}

/// A service with its format.
#[derive(Debug, Clone)]
pub struct FormatSheet {
    /// Which service.
    pub id: ServiceId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub service: String,
    /// Whether its law makes it free.
    pub free: bool,
    /// The format of today.
    pub current: Option<Edition<FormatDefinition>>,
    /// The draft.
    pub draft: Option<Edition<FormatDefinition>>,
    /// Every edition, newest first.
    pub history: Vec<Heading>,
    /// Lines of the last thirty days that an older edition read, by its number.
    pub old_uses: HashMap<i64, u64>,
    /// Whether a format ships with Loket for a service of this code.
    pub has_sample: bool,
}

/// Every service of the office with its format, in order.
pub async fn format_lines(cx: &Cx<'_>) -> Outcome<Vec<FormatLine>> {
    let now = cx.now();
    let rows = store::services(cx).await?;
    let mut editions = editions::all_with_history::<FormatDefinition>(cx, now).await?;
    let uses = used::counted(cx, None).await?;
    let line = |row: service::Model| {
        let (current, all) = editions.remove(&row.id.0).unwrap_or_default();
        let old_uses =
            uses.iter().filter(|((service, _), _)| *service == row.id).map(|(_, count)| count).sum();
        FormatLine {
            id: row.id,
            active: row.active,
            current,
            coming: editions::coming(&all, now),
            drafted: editions::drafted(&all),
            old_uses,
            service: row.name,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// One service with its format; nobody's and another office's are not there.
pub async fn format_sheet(cx: &Cx<'_>, id: ServiceId) -> Outcome<Option<FormatSheet>> {
    let Some(row) = store::by_id(cx, id).await? else { return Ok(None) };
    let uses = used::counted(cx, Some(id)).await?;
    let (current, history) = editions::with_history(cx, id.0, cx.now()).await?;
    Ok(Some(FormatSheet {
        id,
        free: row.free_of_charge,
        current,
        draft: editions::draft(cx, id.0).await?,
        history,
        old_uses: uses.into_iter().map(|((_, edition), count)| (edition, count)).collect(),
        has_sample: sample(&row.code).is_some(),
        service: row.name,
        code: row.code,
    }))
}

/// What is wrong with a draft beside the office's other formats, and beside the variants of its service.
pub async fn format_problems(cx: &Cx<'_>, of: (ServiceId, &FormatDefinition)) -> Outcome<Vec<Problem>> {
    problems_at(cx, of, cx.now()).await
}

/// The same on the day from which the draft would hold, with what holds or is accepted until then.
pub(super) async fn problems_at(
    cx: &Cx<'_>,
    (id, definition): (ServiceId, &FormatDefinition),
    begins: Instant,
) -> Outcome<Vec<Problem>> {
    let services = store::services(cx).await?;
    let mut others = Vec::new();
    let mut times = vec![cx.now(), begins.max(cx.now())];
    times.dedup();
    for at in times {
        for (subject, accepted) in editions::all_accepted::<FormatDefinition>(cx, at).await? {
            let service = services.iter().find(|row| row.id.0 == subject && row.id != id);
            others.extend(service.into_iter().flat_map(|row| {
                accepted.iter().map(|one| (row.name.clone(), one.document.clone())).collect::<Vec<_>>()
            }));
        }
    }
    let mut found = clashes(definition, others.iter().map(|(name, other)| (name.as_str(), other)));
    let variants = store::variants_of(cx, id).await?;
    let offered = variants.iter().filter(|row| !row.retired);
    let offered: Vec<_> = offered.map(|row| (row.code.as_str(), row.name.as_str())).collect();
    found.extend(nameless(definition, &offered));
    Ok(found)
}
