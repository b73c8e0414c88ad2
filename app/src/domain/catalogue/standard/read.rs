//! What pages read of services: the list with what is missing, and one with its standard and its history.

use std::collections::BTreeMap;

use loket_core::{
    id::ServiceId,
    standard::{Basis, Component, Fee, Paper, ServiceGroup, Shown, Standard, Variant},
};
use loket_entity::service;

use super::super::{shipped, store};
use crate::{
    domain::editions::{self, Edition, Heading},
    infra::{Cx, Outcome},
};

/// A service of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceLine {
    /// Which.
    pub id: ServiceId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is offered.
    pub active: bool,
    /// The edition that holds.
    pub edition: Option<i64>,
    /// An edition that is published and holds from a later day on.
    pub coming: Option<i64>,
    /// Whether somebody is writing a draft.
    pub drafted: bool,
    /// What the edition that holds does not say.
    pub missing: Vec<Component>,
}

/// A service with its standard.
#[derive(Debug, Clone)]
pub struct ServiceSheet {
    /// Which.
    pub id: ServiceId,
    /// Whether it is offered.
    pub active: bool,
    /// Whether it has ever been offered.
    pub begun: bool,
    /// What holds: the current edition, or what the rows say of a service that was set up before there were editions.
    pub standard: Option<Standard>,
    /// The number of the edition that holds.
    pub edition: Option<i64>,
    /// The draft.
    pub draft: Option<Edition<Standard>>,
    /// Every edition, newest first.
    pub history: Vec<Heading>,
}

impl ServiceSheet {
    /// What it is called: by the draft as long as nothing holds.
    pub fn name(&self) -> &str {
        let written = self.standard.as_ref().or(self.draft.as_ref().map(|draft| &draft.document));
        written.map_or("Layanan", |standard| standard.name.as_str())
    }
}

/// Every service of the office, in order.
pub async fn lines(cx: &Cx<'_>) -> Outcome<Vec<ServiceLine>> {
    let now = cx.now();
    let rows = store::services(cx).await?;
    let mut editions = editions::all_with_history::<Standard>(cx, now).await?;
    let line = |row: service::Model| {
        let (current, all) = editions.remove(&row.id.0).unwrap_or_default();
        ServiceLine {
            id: row.id,
            code: row.code,
            name: row.name,
            active: row.active,
            edition: current.as_ref().map(|one| one.number),
            coming: editions::coming(&all, now),
            drafted: editions::drafted(&all),
            missing: current.map(|one| one.document.missing()).unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// The codes of every service of the office, offered or not.
pub async fn codes(cx: &Cx<'_>) -> Outcome<Vec<(ServiceId, String)>> {
    Ok(store::services(cx).await?.into_iter().map(|row| (row.id, row.code)).collect())
}

/// One service; nobody's and another office's are not there.
pub async fn sheet(cx: &Cx<'_>, id: ServiceId) -> Outcome<Option<ServiceSheet>> {
    let Some(row) = store::by_id(cx, id).await? else { return Ok(None) };
    let (current, history) = editions::with_history::<Standard>(cx, id.0, cx.now()).await?;
    let edition = current.as_ref().map(|one| one.number);
    let begun = !store::variants_of(cx, id).await?.is_empty();
    let standard = match current {
        Some(one) => Some(one.document),
        None if begun => Some(of_rows(cx, &row).await?),
        None => None,
    };
    Ok(Some(ServiceSheet {
        id,
        active: row.active,
        begun,
        standard,
        edition,
        draft: editions::draft(cx, id.0).await?,
        history,
    }))
}

/// The standard of a service that was set up before there were editions: its own names and papers, and what the
/// national catalogue says of the rest.
pub(super) async fn of_rows(cx: &Cx<'_>, row: &service::Model) -> Outcome<Standard> {
    let shipped = shipped::entry(&row.code)?.map(|entry| entry.answered(&BTreeMap::new()));
    let mut variants = Vec::new();
    for one in store::variants_of(cx, row.id).await?.into_iter().filter(|one| !one.retired) {
        let known = shipped.as_ref().and_then(|all| all.variants.iter().find(|other| other.code == one.code));
        let papers = store::papers_of(cx, one.id).await?.into_iter().map(|paper| {
            let known =
                known.and_then(|variant| variant.papers.iter().find(|other| other.code == paper.code));
            let shown = known.map_or(Shown::Photo, |one| one.shown);
            let reasons = known.map_or_else(|| shown.reasons(), |one| one.reasons.clone());
            Paper {
                code: paper.code,
                name: paper.name,
                required: paper.required,
                shown,
                reasons,
                basis: None,
            }
        });
        let papers = papers.collect();
        let basis = known.map_or_else(Basis::default, |variant| variant.basis.clone());
        variants.push(Variant { code: one.code, name: one.name, basis, papers });
    }
    let known = shipped.unwrap_or_else(|| unknown(row));
    let fee = match &known.fee {
        // Free by a row alone has no source yet; whoever publishes has to name it.
        Fee::NotStated if row.free_of_charge => Fee::Free { basis: Basis::default() },
        other => other.clone(),
    };
    Ok(Standard {
        name: row.name.clone(),
        output: row.output.clone(),
        delivery: row.delivery,
        unit: row.unit_id,
        fee,
        variants,
        ..known
    })
}

fn unknown(row: &service::Model) -> Standard {
    Standard {
        code: row.code.clone(),
        group: ServiceGroup::Population,
        name: row.name.clone(),
        output: row.output.clone(),
        delivery: row.delivery,
        unit: row.unit_id,
        forms: Vec::new(),
        fee: Fee::NotStated,
        times: Vec::new(),
        compensation: None,
        variants: Vec::new(),
        components: BTreeMap::new(),
        answers: BTreeMap::new(),
    }
}
