//! Drafting, publishing and copying the format of a service.

use loket_core::{
    clock::Instant,
    edition::Document,
    format::{FormatDefinition, NUMBERS_RISK, POSTERS},
    id::ServiceId,
};
use loket_entity::service;

use super::{super::store, FormatError, read::problems_at};
use crate::{
    domain::editions::{self, EditionError, Publication},
    infra::{Cx, Fault, Outcome},
};

/// Why the first edition of a format that ships with Loket is there.
const FIRST: &str = "Edisi pertama dari format Loket";

/// Gives a service its first format, published at once.
pub async fn add_format(cx: &mut Cx<'_>, service: ServiceId, definition: &FormatDefinition) -> Outcome<()> {
    let broken = |_| Fault::Inconsistent("a shipped format");
    let draft = editions::put(cx, service.0, definition).await.map_err(broken)?;
    let how = Publication { expected: draft.revision, note: FIRST.to_owned(), from: None, old_until: None };
    editions::publish::<FormatDefinition>(cx, service.0, &how).await.map_err(broken)?;
    Ok(())
}

/// Keeps a format as the draft of a service: the draft of the revision that was read, or a first one for 0. Gives the new
/// revision.
///
/// # Errors
/// That somebody saved or began a draft in the meantime.
pub async fn amend_format(
    cx: &mut Cx<'_>,
    id: ServiceId,
    (expected, definition): (i64, &FormatDefinition),
) -> Result<i64, FormatError> {
    the_service(cx, id).await?;
    Ok(editions::keep(cx, id.0, (expected, definition)).await?)
}

/// Throws the draft of a service's format away.
pub async fn discard_format(cx: &mut Cx<'_>, id: ServiceId, expected: i64) -> Result<(), FormatError> {
    the_service(cx, id).await?;
    Ok(editions::discard::<FormatDefinition>(cx, id.0, expected).await?)
}

/// Publishes the draft of a service's format; gives its number and when it begins. `accepted`: whoever publishes has read
/// [`NUMBERS_RISK`], which is written down with their name where the format begins to ask for identity numbers in chats.
///
/// # Errors
/// What is wrong with it, beside the office's other formats too, and beside the variants of its service.
pub async fn publish_format(
    cx: &mut Cx<'_>,
    id: ServiceId,
    (how, accepted): (&Publication, bool),
) -> Result<(i64, Instant), FormatError> {
    editions::administers(cx)?;
    the_service(cx, id).await?;
    let draft = editions::draft::<FormatDefinition>(cx, id.0).await?.ok_or(EditionError::NotFound)?;
    let begins = how.from.unwrap_or(cx.now());
    let problems = problems_at(cx, (id, &draft.document), begins).await?;
    if !problems.is_empty() {
        return Err(EditionError::Invalid(problems).into());
    }
    let held = editions::current::<FormatDefinition>(cx, id.0, begins.max(cx.now())).await?;
    let risky = takes_risk(held.as_ref().map(|one| &one.document), &draft.document);
    if risky && !accepted {
        return Err(FormatError::Risk);
    }
    let (number, begins) = editions::publish::<FormatDefinition>(cx, id.0, how).await?;
    if risky {
        let read = serde_json::json!({ "edition": number, "read": NUMBERS_RISK });
        cx.audit_with("format.numbers_in_chat", ("service", Some(id.0)), Some(&read))?;
    }
    Ok((number, begins))
}

/// Whether a draft asks citizens for identity numbers in chats where what holds does not.
pub fn takes_risk(held: Option<&FormatDefinition>, draft: &FormatDefinition) -> bool {
    draft.asks_in_chat() && !held.is_some_and(FormatDefinition::asks_in_chat)
}

/// Begins the draft of a service that has none from a format that ships with Loket for a service of its code.
pub async fn sample_format(cx: &mut Cx<'_>, id: ServiceId) -> Result<(), FormatError> {
    editions::administers(cx)?;
    let row = the_service(cx, id).await?;
    let sample = sample(&row.code).ok_or(FormatError::NotFound)?;
    editions::put(cx, id.0, &sample).await?;
    Ok(())
}

/// The format that ships for a service of this code.
pub(super) fn sample(code: &str) -> Option<FormatDefinition> {
    let shipped = POSTERS.iter().flat_map(|poster| poster.formats());
    shipped.into_iter().find(|one| one.keyword.eq_ignore_ascii_case(code))
}

/// The format of a service as another office may take it, with the code of its service.
pub async fn copy_format_out(cx: &Cx<'_>, id: ServiceId) -> Result<(String, FormatDefinition), FormatError> {
    editions::administers(cx)?;
    let row = the_service(cx, id).await?;
    let held =
        editions::current::<FormatDefinition>(cx, id.0, cx.now()).await?.ok_or(FormatError::NotFound)?;
    Ok((row.code, held.document.elsewhere()))
}

/// Puts another office's format down as a draft of the service that has the same code.
///
/// # Errors
/// [`FormatError::NoService`], or that somebody is writing a draft of it.
pub async fn copy_format_in(
    cx: &mut Cx<'_>,
    (code, definition): (&str, &FormatDefinition),
) -> Result<ServiceId, FormatError> {
    editions::administers(cx)?;
    let row = store::by_code(cx, code).await?.ok_or_else(|| FormatError::NoService(code.to_owned()))?;
    editions::put(cx, row.id.0, definition).await?;
    Ok(row.id)
}

async fn the_service(cx: &Cx<'_>, id: ServiceId) -> Result<service::Model, FormatError> {
    store::by_id(cx, id).await?.ok_or(FormatError::NotFound)
}
