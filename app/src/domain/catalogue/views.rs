//! The catalogue as the rest of Loket reads it: one value, loaded once in an operation.

use std::collections::HashMap;

use loket_core::{
    format::FormatDefinition,
    id::{ServiceId, UnitId, VariantId},
    kinds::OutputDelivery,
    request::PaperReason,
    standard::TimeLimit,
};

use loket_entity::{requirement, service};

use super::store;
use crate::{
    domain::editions::{self, Edition},
    infra::{Cx, Fault, Outcome},
};

/// More editions that are accepted at once than an office promises; further back nothing is read.
pub const MOST_OLDER: usize = 3;

/// Everything an office offers today.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The services, in order.
    pub services: Vec<ServiceView>,
    /// The format lines of today, in the order of their services.
    pub formats: Vec<FormatDefinition>,
    /// Older format lines that are still accepted.
    pub older: Vec<OlderFormat>,
    /// What is no longer offered, with the services it is of: requests go on naming it.
    retired: Vec<ServiceView>,
    by_keyword: HashMap<String, ServiceId>,
}

/// A format line that another has followed and that is still accepted.
#[derive(Debug, Clone)]
pub struct OlderFormat {
    /// The service it asks for.
    pub service: ServiceId,
    /// How many editions lie between it and the one of today, at least one.
    pub back: usize,
    /// The number of its edition.
    pub edition: i64,
    /// The line.
    pub definition: FormatDefinition,
}

/// A service.
#[derive(Debug, Clone)]
pub struct ServiceView {
    /// The service.
    pub id: ServiceId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the citizen gets.
    pub output: String,
    /// How they get it.
    pub delivery: OutputDelivery,
    /// The unit that provides it.
    pub unit: Option<UnitId>,
    /// Whether the law makes it free.
    pub free: bool,
    /// How long its published standard says that it may take; empty where it says nothing.
    pub times: Vec<TimeLimit>,
    /// Its variants, in order.
    pub variants: Vec<VariantView>,
}

/// A variant of a service.
#[derive(Debug, Clone)]
pub struct VariantView {
    /// The variant.
    pub id: VariantId,
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The papers it asks for, in order.
    pub papers: Vec<PaperRule>,
}

/// A paper a variant asks for.
#[derive(Debug, Clone)]
pub struct PaperRule {
    /// Its short code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
}

impl Catalogue {
    /// A service by id.
    pub fn service(&self, id: ServiceId) -> Option<&ServiceView> {
        self.services.iter().find(|service| service.id == id)
    }

    /// A service by its short code, in any case.
    pub fn by_code(&self, code: &str) -> Option<&ServiceView> {
        self.services.iter().find(|service| service.code.eq_ignore_ascii_case(code))
    }

    /// Whether the law makes everything free that is offered.
    pub fn is_free(&self) -> bool {
        self.services.iter().all(|service| service.free)
    }

    /// The service that a format's keyword asks for, of today's formats or of those that are still accepted.
    pub fn by_keyword(&self, keyword: &str) -> Option<&ServiceView> {
        self.by_keyword.get(&keyword.to_uppercase()).and_then(|id| self.service(*id))
    }

    /// The format of a keyword: today's, else an older one that is still accepted.
    pub fn format(&self, keyword: &str) -> Option<&FormatDefinition> {
        let of = |one: &&FormatDefinition| one.keyword == keyword;
        self.formats.iter().find(of).or_else(|| self.older.iter().map(|one| &one.definition).find(of))
    }

    /// The format of a service.
    pub fn format_of(&self, service: ServiceId) -> Option<&FormatDefinition> {
        let of = |one: &&FormatDefinition| self.by_keyword(&one.keyword).is_some_and(|of| of.id == service);
        self.formats.iter().find(of)
    }

    /// What messages were read by some editions back: each service's format of then, or today's where that is older.
    pub fn formats_back(&self, back: usize) -> Vec<FormatDefinition> {
        let older = |today: &FormatDefinition| {
            let service = self.by_keyword(&today.keyword)?.id;
            self.older.iter().find(|one| one.service == service && one.back == back)
        };
        let of = |today: &FormatDefinition| older(today).map_or(today, |one| &one.definition).clone();
        self.formats.iter().map(of).collect()
    }

    /// The format of a keyword as a message was read by it, some editions back.
    pub fn format_back(&self, keyword: &str, back: usize) -> Option<&FormatDefinition> {
        let then = self.older.iter().find(|one| one.back == back && one.definition.keyword == keyword);
        then.map(|one| &one.definition).or_else(|| self.format(keyword))
    }

    /// The edition of a service's format that a message was read by, if another has followed it.
    pub fn edition_back(&self, service: ServiceId, back: usize) -> Option<i64> {
        let one = self.older.iter().find(|one| one.service == service && one.back == back);
        one.map(|one| one.edition)
    }

    /// Takes in the editions of a service's format that are accepted, today's first.
    fn read_by(&mut self, service: ServiceId, accepted: Vec<Edition<FormatDefinition>>) {
        for (back, one) in accepted.into_iter().enumerate() {
            let keyword = one.document.keyword.to_uppercase();
            // A word that two formats begin with asks for the one that stands first; publication refuses a second.
            self.by_keyword.entry(keyword).or_insert(service);
            if back == 0 {
                self.formats.push(one.document);
            } else if back <= MOST_OLDER {
                self.older.push(OlderFormat { service, back, edition: one.number, definition: one.document });
            }
        }
    }

    /// A variant that is offered, with its service.
    pub fn variant(&self, id: VariantId) -> Option<(&ServiceView, &VariantView)> {
        among(&self.services, id)
    }

    /// A variant that is or was offered, with its service: what an earlier request may be of.
    pub fn known_variant(&self, id: VariantId) -> Option<(&ServiceView, &VariantView)> {
        self.variant(id).or_else(|| among(&self.retired, id))
    }
}

fn among(services: &[ServiceView], id: VariantId) -> Option<(&ServiceView, &VariantView)> {
    services.iter().find_map(|service| {
        service.variants.iter().find(|variant| variant.id == id).map(|found| (service, found))
    })
}

impl ServiceView {
    fn of(row: service::Model, variants: Vec<VariantView>) -> Outcome<Self> {
        let times = row.times.map(serde_json::from_value).transpose();
        Ok(Self {
            times: times.map_err(|_| Fault::Inconsistent("times of a service"))?.unwrap_or_default(),
            id: row.id,
            code: row.code,
            name: row.name,
            output: row.output,
            delivery: row.delivery,
            unit: row.unit_id,
            free: row.free_of_charge,
            variants,
        })
    }

    /// The variant that an option of a line names, else the first one.
    pub fn variant_named(&self, line: &FormatDefinition, option: Option<&str>) -> Option<&VariantView> {
        let names = |variant: &&VariantView| {
            let (choice, option) = line.variant_choice().zip(option)?;
            choice.option_names(option, (&variant.code, &variant.name)).then_some(())
        };
        self.variants.iter().find(|one| names(one).is_some()).or_else(|| self.variants.first())
    }
}

/// A service by its name.
pub type Named = (ServiceId, String);

/// The names of the services an office offers, and of those it no longer does.
pub async fn names(cx: &Cx<'_>) -> Outcome<(Vec<Named>, Vec<Named>)> {
    let (active, retired): (Vec<_>, Vec<_>) =
        store::services(cx).await?.into_iter().partition(|row| row.active);
    let named = |rows: Vec<service::Model>| rows.into_iter().map(|row| (row.id, row.name)).collect();
    Ok((named(active), named(retired)))
}

/// What a variant and its service are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantNames {
    /// The service's name.
    pub service: String,
    /// The variant's name.
    pub variant: String,
}

/// What every variant is called, offered today or not: one query.
pub async fn variant_names(cx: &Cx<'_>) -> Outcome<HashMap<VariantId, VariantNames>> {
    let names = store::names(cx).await?;
    Ok(names.into_iter().map(|(id, service, variant)| (id, VariantNames { service, variant })).collect())
}

/// Why each paper of a variant is turned back, by the paper's code; what nobody said of, and what is no longer asked
/// for, is not among them.
pub async fn reasons(cx: &Cx<'_>, id: VariantId) -> Outcome<HashMap<String, Vec<PaperReason>>> {
    let said = |row: requirement::Model| row.reasons.map(|list| (row.code, list));
    let rows = store::papers_of(cx, id).await?;
    rows.into_iter()
        .filter_map(said)
        .map(|(code, list)| {
            let list = serde_json::from_value(list).map_err(|_| Fault::Inconsistent("reasons of a paper"))?;
            Ok((code, list))
        })
        .collect()
}

type Variants = HashMap<ServiceId, Vec<VariantView>>;

/// Loads the office's catalogue: five queries, whatever its size. A service that is closed has no format.
pub async fn load(cx: &Cx<'_>) -> Outcome<Catalogue> {
    let mut papers: HashMap<VariantId, Vec<PaperRule>> = HashMap::new();
    for row in store::papers(cx).await? {
        let rule = PaperRule { code: row.code, name: row.name, required: row.required };
        papers.entry(row.variant_id).or_default().push(rule);
    }
    let (mut offered, mut gone) = (Variants::new(), Variants::new());
    for row in store::variants(cx).await? {
        let papers = papers.remove(&row.id).unwrap_or_default();
        let view = VariantView { id: row.id, code: row.code, name: row.name, papers };
        let place = if row.retired { &mut gone } else { &mut offered };
        place.entry(row.service_id).or_default().push(view);
    }
    let mut catalogue = Catalogue::default();
    for row in store::services(cx).await? {
        let live = offered.remove(&row.id).unwrap_or_default();
        let mut past = gone.remove(&row.id).unwrap_or_default();
        if row.active {
            catalogue.services.push(ServiceView::of(row.clone(), live)?);
        } else {
            past.extend(live);
        }
        if !past.is_empty() {
            catalogue.retired.push(ServiceView::of(row, past)?);
        }
    }
    let mut accepted = editions::all_accepted::<FormatDefinition>(cx, cx.now()).await?;
    let offered: Vec<ServiceId> = catalogue.services.iter().map(|service| service.id).collect();
    for service in offered {
        catalogue.read_by(service, accepted.remove(&service.0).unwrap_or_default());
    }
    Ok(catalogue)
}
