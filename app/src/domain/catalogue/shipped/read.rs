//! Reading the national catalogue: files that name a source, a paper or a profile of components once and refer to it.

use std::collections::BTreeMap;

use loket_core::{
    kinds::OutputDelivery,
    request::{Channel, PaperReason},
    standard::{
        Basis, Component, Fee, Paper, ServiceGroup, Shown, Standard, Statement, TimeLimit, TimeUnit, Variant,
    },
};
use serde::{Deserialize, de::DeserializeOwned};

use super::entry::{Answer, Entry, OfficeChoice};

const SOURCES: &str = include_str!("../../../../data/catalogue/sources.json");
const PAPERS: &str = include_str!("../../../../data/catalogue/papers.json");
const PROFILES: &str = include_str!("../../../../data/catalogue/profiles.json");
const CHOICES: &str = include_str!("../../../../data/catalogue/choices.json");
const SERVICES: [&str; 3] = [
    include_str!("../../../../data/catalogue/dafduk.json"),
    include_str!("../../../../data/catalogue/capil.json"),
    include_str!("../../../../data/catalogue/kecamatan.json"),
];

/// A reference that leads nowhere, or a file that cannot be read.
type Broken = &'static str;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: ServiceGroup,
    services: Vec<RawService>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawService {
    code: String,
    name: String,
    output: String,
    delivery: OutputDelivery,
    profile: String,
    source: String,
    #[serde(default)]
    starter: bool,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    choices: Vec<String>,
    times: Option<Vec<RawTime>>,
    #[serde(default)]
    components: BTreeMap<Component, Vec<RawStatement>>,
    variants: Vec<RawVariant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVariant {
    code: String,
    name: String,
    source: Option<String>,
    papers: Vec<RawPaper>,
}

/// A paper by its code (`?` behind one that need not be there), or with what differs from the list.
#[derive(Deserialize, Clone)]
#[serde(untagged)]
enum RawPaper {
    Code(String),
    Whole { code: String, name: Option<String>, required: Option<bool> },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KnownPaper {
    name: String,
    shown: Shown,
    /// Whether it may be no longer valid.
    #[serde(default)]
    expires: bool,
}

impl KnownPaper {
    /// Why it is turned back: as papers that are shown so are, and for its age.
    fn reasons(&self) -> Vec<PaperReason> {
        let mut all = self.shown.reasons();
        if self.expires && !all.contains(&PaperReason::Expired) {
            all.push(PaperReason::Expired);
        }
        all
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStatement {
    text: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTime {
    amount: i64,
    unit: TimeUnit,
    channel: Option<Channel>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    fee: RawFee,
    times: Vec<RawTime>,
    components: BTreeMap<Component, Vec<RawStatement>>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum RawFee {
    Free { source: String },
    NotStated,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    question: String,
    default: String,
    options: Vec<RawOption>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOption {
    key: String,
    label: String,
    source: String,
    #[serde(default)]
    set: Vec<RawEffect>,
    #[serde(default)]
    remove: Vec<RawEffect>,
    #[serde(default)]
    say: Vec<RawSaying>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEffect {
    variant: String,
    paper: RawPaper,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSaying {
    component: Component,
    text: String,
}

/// What the files refer to.
struct Book {
    sources: BTreeMap<String, Basis>,
    papers: BTreeMap<String, KnownPaper>,
    profiles: BTreeMap<String, Profile>,
    choices: BTreeMap<String, RawChoice>,
}

/// Every entry, in order.
pub(super) fn entries() -> Result<Vec<Entry>, Broken> {
    let book = Book {
        sources: parsed(SOURCES, "shipped sources")?,
        papers: parsed(PAPERS, "shipped papers")?,
        profiles: parsed(PROFILES, "shipped profiles")?,
        choices: parsed(CHOICES, "shipped choices")?,
    };
    let mut all = Vec::new();
    for text in SERVICES {
        let file: File = parsed(text, "shipped services")?;
        for service in file.services {
            all.push(book.entry(file.group, service)?);
        }
    }
    Ok(all)
}

fn parsed<T: DeserializeOwned>(text: &str, what: Broken) -> Result<T, Broken> {
    serde_json::from_str(text).map_err(|_| what)
}

impl Book {
    fn entry(&self, group: ServiceGroup, raw: RawService) -> Result<Entry, Broken> {
        let profile = self.profiles.get(&raw.profile).ok_or("a shipped profile")?;
        let mut components = self.said(&profile.components)?;
        for (component, own) in self.said(&raw.components)? {
            components.entry(component).or_default().extend(own);
        }
        let variants = raw.variants.into_iter().map(|one| self.variant(one, &raw.source));
        let times = raw.times.as_ref().unwrap_or(&profile.times);
        let standard = Standard {
            code: raw.code,
            group,
            name: raw.name,
            output: raw.output,
            delivery: raw.delivery,
            unit: None,
            forms: raw.forms,
            fee: self.fee(&profile.fee)?,
            times: times.iter().map(|one| self.time(one)).collect::<Result<_, _>>()?,
            compensation: None,
            variants: variants.collect::<Result<_, _>>()?,
            components,
            answers: BTreeMap::new(),
        };
        let choices = raw.choices.iter().map(|key| self.choice(key)).collect::<Result<_, _>>()?;
        Ok(Entry { standard, choices, starter: raw.starter })
    }

    fn basis(&self, key: &str) -> Result<Basis, Broken> {
        self.sources.get(key).cloned().ok_or("a shipped source")
    }

    fn fee(&self, raw: &RawFee) -> Result<Fee, Broken> {
        match raw {
            RawFee::Free { source } => Ok(Fee::Free { basis: self.basis(source)? }),
            RawFee::NotStated => Ok(Fee::NotStated),
        }
    }

    fn time(&self, raw: &RawTime) -> Result<TimeLimit, Broken> {
        let basis = self.basis(&raw.source)?;
        Ok(TimeLimit { amount: raw.amount, unit: raw.unit, channel: raw.channel, basis })
    }

    fn said(
        &self,
        raw: &BTreeMap<Component, Vec<RawStatement>>,
    ) -> Result<BTreeMap<Component, Vec<Statement>>, Broken> {
        let statement = |one: &RawStatement| -> Result<Statement, Broken> {
            Ok(Statement { text: one.text.clone(), basis: self.basis(&one.source)? })
        };
        raw.iter()
            .map(|(key, all)| Ok((*key, all.iter().map(statement).collect::<Result<_, _>>()?)))
            .collect()
    }

    fn variant(&self, raw: RawVariant, source: &str) -> Result<Variant, Broken> {
        Ok(Variant {
            code: raw.code,
            name: raw.name,
            basis: self.basis(raw.source.as_deref().unwrap_or(source))?,
            papers: raw.papers.iter().map(|one| self.paper(one)).collect::<Result<_, _>>()?,
        })
    }

    fn paper(&self, raw: &RawPaper) -> Result<Paper, Broken> {
        let (code, name, required) = match raw {
            RawPaper::Code(code) => (code.trim_end_matches('?'), None, !code.ends_with('?')),
            RawPaper::Whole { code, name, required } => {
                (code.as_str(), name.clone(), required.unwrap_or(true))
            }
        };
        let known = self.papers.get(code).ok_or("a shipped paper")?;
        Ok(Paper {
            code: code.to_owned(),
            name: name.unwrap_or_else(|| known.name.clone()),
            required,
            shown: known.shown,
            reasons: known.reasons(),
            basis: None,
        })
    }

    fn choice(&self, key: &str) -> Result<OfficeChoice, Broken> {
        let raw = self.choices.get(key).ok_or("a shipped choice")?;
        Ok(OfficeChoice {
            key: key.to_owned(),
            question: raw.question.clone(),
            default: raw.default.clone(),
            options: raw.options.iter().map(|one| self.option(one)).collect::<Result<_, _>>()?,
        })
    }

    fn option(&self, raw: &RawOption) -> Result<Answer, Broken> {
        let basis = self.basis(&raw.source)?;
        let set =
            |one: &RawEffect| -> Result<_, Broken> { Ok((one.variant.clone(), self.paper(&one.paper)?)) };
        let removed = |one: &RawEffect| -> Result<_, Broken> {
            Ok((one.variant.clone(), self.paper(&one.paper)?.code))
        };
        let say =
            |one: &RawSaying| (one.component, Statement { text: one.text.clone(), basis: basis.clone() });
        Ok(Answer {
            key: raw.key.clone(),
            label: raw.label.clone(),
            sets: raw.set.iter().map(set).collect::<Result<_, _>>()?,
            removes: raw.remove.iter().map(removed).collect::<Result<_, _>>()?,
            says: raw.say.iter().map(say).collect(),
            basis,
        })
    }
}
