//! How an office comes to a service: at its beginning, from the national catalogue with its answers, by its own hand,
//! or from another of the same person's offices.

use std::collections::BTreeMap;

use loket_core::{
    edition::Document,
    id::{ServiceId, UnitId},
    kinds::OutputDelivery,
    standard::{Basis, Fee, ServiceGroup, Standard, Variant},
};
use loket_entity::service;
use sea_orm::ActiveValue::Set;

use super::{
    super::{
        shipped::{self, Entry},
        store,
    },
    StandardError, publish,
};
use crate::{
    domain::editions::{self, Publication},
    infra::{Cx, Fault, Outcome},
};

/// Why the first edition of an office's first services is there.
const FIRST: &str = "Edisi pertama dari katalog nasional Loket";

/// A service that is in no catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnService {
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the citizen gets.
    pub output: String,
}

/// Gives an office a service of the national catalogue, published at once with the answers most offices give.
pub async fn add_service(
    cx: &mut Cx<'_>,
    entry: &Entry,
    unit: Option<UnitId>,
    position: i64,
) -> Outcome<ServiceId> {
    let standard = Standard { unit, ..entry.answered(&BTreeMap::new()) };
    let broken = |_| Fault::Inconsistent("a shipped service");
    let id = insert(cx, &standard, position).await?;
    let draft = editions::put(cx, id.0, &standard).await.map_err(broken)?;
    let how = Publication { expected: draft.revision, note: FIRST.to_owned(), from: None, old_until: None };
    publish::publish(cx, id, &how).await.map_err(|_| Fault::Inconsistent("a shipped service"))?;
    cx.audit("service.added", ("service", Some(id.0)))?;
    Ok(id)
}

/// Copies a service of the national catalogue into a draft, with the office's answers where offices differ.
///
/// # Errors
/// [`StandardError::Taken`] if the office has a service of that code.
pub async fn take(
    cx: &mut Cx<'_>,
    code: &str,
    answers: &BTreeMap<String, String>,
) -> Result<ServiceId, StandardError> {
    let entry = shipped::entry(code)?.ok_or(StandardError::NotFound)?;
    begin(cx, &entry.answered(answers)).await
}

/// Begins a service of the office's own: a draft with one variant and nothing asked for yet.
///
/// # Errors
/// [`StandardError::Taken`] or [`StandardError::Code`].
pub async fn own(cx: &mut Cx<'_>, new: &OwnService, group: ServiceGroup) -> Result<ServiceId, StandardError> {
    let variant = Variant {
        code: "umum".to_owned(),
        name: "Umum".to_owned(),
        basis: Basis::default(),
        papers: Vec::new(),
    };
    let standard = Standard {
        code: new.code.trim().to_uppercase(),
        group,
        name: new.name.trim().to_owned(),
        output: new.output.trim().to_owned(),
        delivery: OutputDelivery::Pickup,
        unit: None,
        forms: Vec::new(),
        fee: Fee::NotStated,
        times: Vec::new(),
        compensation: None,
        variants: vec![variant],
        components: BTreeMap::new(),
        answers: BTreeMap::new(),
    };
    begin(cx, &standard).await
}

/// The standard of a service as another office may take it.
///
/// # Errors
/// [`StandardError::NotFound`] where nothing is published; [`StandardError::NotAllowed`].
pub async fn copy_out(cx: &Cx<'_>, id: ServiceId) -> Result<Standard, StandardError> {
    editions::administers(cx)?;
    let held = editions::current::<Standard>(cx, id.0, cx.now()).await?.ok_or(StandardError::NotFound)?;
    Ok(held.document.elsewhere())
}

/// Puts down another office's standard as a draft: of the service that has its code, or of a new one.
///
/// # Errors
/// That somebody is writing a draft of it; [`StandardError::NotAllowed`].
pub async fn copy_in(cx: &mut Cx<'_>, standard: &Standard) -> Result<ServiceId, StandardError> {
    editions::administers(cx)?;
    let Some(row) = store::by_code(cx, &standard.code).await? else { return begin(cx, standard).await };
    editions::put(cx, row.id.0, standard).await?;
    Ok(row.id)
}

async fn begin(cx: &mut Cx<'_>, standard: &Standard) -> Result<ServiceId, StandardError> {
    editions::administers(cx)?;
    if standard.check().iter().any(|problem| problem.part == "umum") {
        return Err(StandardError::Code);
    }
    let rows = store::services(cx).await?;
    if rows.iter().any(|row| row.code == standard.code) {
        return Err(StandardError::Taken);
    }
    if rows.len() as u64 >= store::MOST_SERVICES {
        return Err(StandardError::TooMany);
    }
    let position = rows.last().map_or(0, |last| last.position + 1);
    let id = insert(cx, standard, position).await?;
    editions::put(cx, id.0, standard).await?;
    cx.audit("service.begun", ("service", Some(id.0)))?;
    Ok(id)
}

/// The row of a service that is not offered yet.
async fn insert(cx: &Cx<'_>, standard: &Standard, position: i64) -> Outcome<ServiceId> {
    let id: ServiceId = cx.new_id();
    let row = service::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        code: Set(standard.code.clone()),
        name: Set(standard.name.clone()),
        output: Set(standard.output.clone()),
        delivery: Set(standard.delivery),
        unit_id: Set(standard.unit),
        free_of_charge: Set(standard.fee.is_free()),
        times: Set(None),
        position: Set(position),
        active: Set(false),
    };
    cx.tx().insert::<service::Entity>(row).await?;
    Ok(id)
}
