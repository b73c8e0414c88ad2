//! The rows of a draft's forms as they are drawn: what is kept or was typed, and one empty row to write in.

use loket_core::{
    compensation::CompensationKind,
    request::Channel,
    standard::{Basis, Component, Confidence, Fee, Paper, Shown, Standard, Statement, TimeLimit, TimeUnit},
};

use super::super::fields::Fields;
use crate::web::parts::Choice;

/// The fields of a source.
pub(super) struct SourceRow {
    /// The law.
    pub law: String,
    /// The article.
    pub article: String,
    /// How sure it is.
    pub confidence: Vec<Choice>,
}

/// A variant with its papers.
pub(super) struct PaperRows {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where its checklist stands.
    pub source: SourceRow,
    /// Its papers.
    pub papers: Vec<PaperRow>,
}

/// A paper.
pub(super) struct PaperRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub need: Vec<Choice>,
    /// How it is shown.
    pub shown: Vec<Choice>,
}

/// Fee and times.
pub(super) struct FeeRows {
    /// Free, a tariff, or not stated.
    pub kinds: Vec<Choice>,
    /// The tariff as it was typed.
    pub rupiah: String,
    /// Where it stands.
    pub source: SourceRow,
    /// The times, and one empty row.
    pub times: Vec<TimeRow>,
}

/// A time.
pub(super) struct TimeRow {
    /// How many, as it was typed.
    pub amount: String,
    /// Of what.
    pub units: Vec<Choice>,
    /// For which channel.
    pub channels: Vec<Choice>,
    /// Where it stands.
    pub source: SourceRow,
}

/// What whoever is not served in time gets.
pub(super) struct CompensationRow {
    /// What is given; nothing chosen where nothing is promised.
    pub kinds: Vec<Choice>,
    /// As the citizen reads it.
    pub words: String,
    /// The decree that it stands in.
    pub basis: String,
}

/// What is said of a component.
pub(super) struct ComponentRows {
    /// Its name.
    pub label: &'static str,
    /// What belongs in it.
    pub hint: &'static str,
    /// The statements, and one empty row.
    pub rows: Vec<(String, SourceRow)>,
    /// All fourteen: name, address, whether something is said, whether it is this one.
    pub all: Vec<(String, String, bool, bool)>,
}

impl SourceRow {
    fn of(basis: &Basis) -> Self {
        let label = |one: Confidence| match one {
            Confidence::High => "sudah dicocokkan dengan naskahnya",
            Confidence::Medium => "belum dibaca di naskahnya",
            Confidence::Low => "belum diverifikasi",
        };
        let choice = |one: &Confidence| Choice::new(one.word(), label(*one)).chosen(*one == basis.confidence);
        Self {
            law: basis.law.clone(),
            article: basis.article.clone(),
            confidence: Confidence::ALL.iter().map(choice).collect(),
        }
    }
}

impl PaperRows {
    /// The variants of a standard.
    pub fn of(standard: &Standard) -> Vec<Self> {
        let rows = standard.variants.iter().map(|one| Self {
            code: one.code.clone(),
            name: one.name.clone(),
            source: SourceRow::of(&one.basis),
            papers: one.papers.iter().map(PaperRow::of).collect(),
        });
        rows.collect()
    }
}

impl PaperRow {
    fn of(paper: &Paper) -> Self {
        let needs = [("wajib", "wajib", true), ("bila_ada", "bila ada", false)];
        Self {
            code: paper.code.clone(),
            name: paper.name.clone(),
            need: needs
                .iter()
                .map(|(word, label, required)| Choice::new(*word, *label).chosen(*required == paper.required))
                .collect(),
            shown: Shown::ALL
                .iter()
                .map(|one| Choice::new(one.word(), one.label()).chosen(*one == paper.shown))
                .collect(),
        }
    }
}

impl FeeRows {
    /// Fee and times of a standard; numbers as they were typed.
    pub fn of(standard: &Standard, typed: Option<&Fields>) -> Self {
        let (kind, rupiah) = match &standard.fee {
            Fee::Free { .. } => ("free", String::new()),
            Fee::Amount { rupiah, .. } => ("amount", rupiah.to_string()),
            Fee::NotStated => ("not_stated", String::new()),
        };
        let kinds =
            [("not_stated", "Belum dinyatakan"), ("free", "Gratis, dengan dasar hukum"), ("amount", "Tarif")];
        let mut times: Vec<TimeRow> = standard.times.iter().map(|one| TimeRow::of(Some(one))).collect();
        if let Some(fields) = typed {
            let amounts = fields.all("time_amount").into_iter().filter(|text| !text.trim().is_empty());
            for (row, amount) in times.iter_mut().zip(amounts) {
                amount.clone_into(&mut row.amount);
            }
        }
        times.push(TimeRow::of(None));
        Self {
            kinds: kinds
                .iter()
                .map(|(word, label)| Choice::new(*word, *label).chosen(*word == kind))
                .collect(),
            rupiah: typed.map_or(rupiah, |fields| fields.one("rupiah").to_owned()),
            source: SourceRow::of(standard.fee.basis().unwrap_or(&Basis::default())),
            times,
        }
    }
}

impl TimeRow {
    fn of(time: Option<&TimeLimit>) -> Self {
        let unit = time.map_or(TimeUnit::WorkingDays, |one| one.unit);
        let channel = time.and_then(|one| one.channel);
        Self {
            amount: time.map(|one| one.amount.to_string()).unwrap_or_default(),
            units: TimeUnit::ALL
                .iter()
                .map(|one| Choice::new(one.word(), one.label()).chosen(*one == unit))
                .collect(),
            channels: Channel::ALL
                .iter()
                .map(|one| Choice::new(one.word(), one.label()).chosen(Some(*one) == channel))
                .collect(),
            source: SourceRow::of(time.map_or(&Basis::default(), |one| &one.basis)),
        }
    }
}

impl CompensationRow {
    /// The compensation of a standard; words as they were typed.
    pub fn of(standard: &Standard, typed: Option<&Fields>) -> Self {
        let rule = standard.compensation.as_ref();
        let written = |name: &str| typed.map(|fields| fields.one(name).to_owned());
        let choice = |one: &CompensationKind| {
            Choice::new(one.word(), one.label()).chosen(rule.is_some_and(|rule| rule.kind == *one))
        };
        Self {
            kinds: CompensationKind::ALL.iter().map(choice).collect(),
            words: written("words").or_else(|| rule.map(|rule| rule.words.clone())).unwrap_or_default(),
            basis: written("basis").or_else(|| rule.map(|rule| rule.basis.clone())).unwrap_or_default(),
        }
    }
}

impl ComponentRows {
    /// What a standard says of a component.
    pub fn of(standard: &Standard, component: Component, at: &dyn Fn(&str) -> String) -> Self {
        let row = |one: &Statement| (one.text.clone(), SourceRow::of(&one.basis));
        let mut rows: Vec<_> = standard.statements(component).iter().map(row).collect();
        rows.push((String::new(), SourceRow::of(&Basis::default())));
        let link = |one: &Component| {
            (one.label().to_owned(), at(one.word()), standard.says(*one), *one == component)
        };
        Self {
            label: component.label(),
            hint: component.hint(),
            rows,
            all: Component::ALL.iter().map(link).collect(),
        }
    }
}
