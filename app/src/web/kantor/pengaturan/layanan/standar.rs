//! A standard as it is read: facts, checklists and the fourteen components, each statement with its source and its mark.

use loket_core::{
    id::UnitId,
    standard::{Basis, Component, Paper, Standard, Statement, Variant},
};

/// A standard as it is read.
pub(super) struct StandardView {
    /// Short facts: output, delivery, unit, forms.
    pub facts: Vec<(&'static str, String)>,
    /// Its variants.
    pub variants: Vec<VariantView>,
    /// The components, in the order of the law.
    pub components: Vec<ComponentView>,
    /// How many components say something.
    pub said: usize,
    /// How many statements are not compared with their source.
    pub unverified: usize,
}

/// A variant with its checklist.
pub(super) struct VariantView {
    /// Its name.
    pub name: String,
    /// Where its checklist stands.
    pub source: Source,
    /// Its papers.
    pub papers: Vec<PaperView>,
}

/// A paper of a checklist.
pub(super) struct PaperView {
    /// Its name.
    pub name: String,
    /// Whether it must be there, and how it is shown.
    pub how: String,
    /// Why it may be turned back.
    pub reasons: String,
    /// Where it stands, if not with the rest.
    pub source: Option<Source>,
}

/// A component with what is said of it.
pub(super) struct ComponentView {
    /// Its letter in the law.
    pub letter: &'static str,
    /// Its name.
    pub label: &'static str,
    /// Whether it has to be published.
    pub published: bool,
    /// What is said.
    pub lines: Vec<Line>,
}

/// A statement.
pub(super) struct Line {
    /// Its words.
    pub text: String,
    /// Where it stands.
    pub source: Option<Source>,
}

/// A source as it is read.
pub(super) struct Source {
    /// Its words.
    pub line: String,
    /// Whether it carries the mark.
    pub unverified: bool,
}

impl StandardView {
    /// Draws a standard; `units` are the units of the office by name.
    pub fn of(standard: &Standard, units: &[(UnitId, String)]) -> Self {
        let unit = standard.unit.and_then(|id| units.iter().find(|(known, _)| *known == id));
        let mut facts = vec![
            ("Kelompok", standard.group.label().to_owned()),
            ("Hasil", standard.output.clone()),
            ("Penyerahan", standard.delivery.label().to_owned()),
            ("Unit", unit.map_or_else(|| "Seluruh kantor".to_owned(), |(_, name)| name.clone())),
        ];
        let rule = standard.compensation.as_ref();
        facts.push((
            "Kompensasi bila terlambat",
            rule.map_or_else(|| "belum dijanjikan".to_owned(), |rule| rule.told()),
        ));
        if !standard.forms.is_empty() {
            facts.push(("Formulir", standard.forms.join(", ")));
        }
        Self {
            facts,
            variants: standard.variants.iter().map(VariantView::of).collect(),
            components: Component::ALL.iter().map(|one| ComponentView::of(standard, *one)).collect(),
            said: Component::ALL.len() - standard.missing().len(),
            unverified: standard.unverified(),
        }
    }
}

impl VariantView {
    fn of(variant: &Variant) -> Self {
        Self {
            name: variant.name.clone(),
            source: Source::of(&variant.basis),
            papers: variant.papers.iter().map(PaperView::of).collect(),
        }
    }
}

impl PaperView {
    fn of(paper: &Paper) -> Self {
        Self {
            name: paper.name.clone(),
            how: paper.how(),
            reasons: paper.why_rejected(),
            source: paper.basis.as_ref().map(Source::of),
        }
    }
}

impl ComponentView {
    fn of(standard: &Standard, component: Component) -> Self {
        let mut lines = typed(standard, component);
        lines.extend(standard.statements(component).iter().map(Line::of));
        Self {
            letter: component.word(),
            label: component.label(),
            published: component.is_published(),
            lines,
        }
    }
}

/// What the typed parts of a standard say of a component.
fn typed(standard: &Standard, component: Component) -> Vec<Line> {
    let line = |text: String, basis: Option<&Basis>| Line { text, source: basis.map(Source::of) };
    match component {
        Component::Requirements => {
            let variant = |one: &Variant| {
                let names: Vec<_> = one.papers.iter().map(|paper| paper.name.as_str()).collect();
                line(format!("{}: {}.", one.name, names.join("; ")), Some(&one.basis))
            };
            standard.variants.iter().filter(|one| !one.papers.is_empty()).map(variant).collect()
        }
        Component::Time => {
            standard.times.iter().map(|time| line(sentence(&time.words()), Some(&time.basis))).collect()
        }
        Component::Fee => vec![line(format!("{}.", standard.fee.words()), standard.fee.basis())],
        Component::Product => vec![line(format!("{}.", standard.output), None)],
        _ => Vec::new(),
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

impl Line {
    fn of(statement: &Statement) -> Self {
        Self { text: statement.text.clone(), source: Some(Source::of(&statement.basis)) }
    }
}

impl Source {
    /// A source as it is read.
    pub fn of(basis: &Basis) -> Self {
        Self { line: basis.line(), unverified: basis.is_unverified() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{
        domain::catalogue,
        infra::{Fault, Outcome},
    };

    #[test]
    fn whatever_nobody_compared_with_its_source_says_so_where_it_is_read() -> Outcome<()> {
        for entry in catalogue::shipped()? {
            let standard = entry.answered(&BTreeMap::new());
            let view = StandardView::of(&standard, &[]);
            let lines = view.components.iter().flat_map(|one| &one.lines);
            let marked = lines.filter(|line| line.source.as_ref().is_some_and(|one| one.unverified)).count();
            let of_papers = view.variants.iter().flat_map(|one| &one.papers);
            let papers =
                of_papers.filter(|one| one.source.as_ref().is_some_and(|one| one.unverified)).count();
            assert_eq!(marked + papers, view.unverified, "{}", standard.code);
        }
        Ok(())
    }

    #[test]
    fn a_letter_of_a_kecamatan_says_that_its_fee_is_not_stated() -> Outcome<()> {
        let entry = catalogue::entry("SKCK")?.ok_or(Fault::Inconsistent("SKCK"))?;
        let view = StandardView::of(&entry.standard, &[]);
        let fee = view.components.iter().find(|one| one.letter == "e");
        let said: Vec<_> =
            fee.into_iter().flat_map(|one| &one.lines).map(|line| line.text.as_str()).collect();
        assert_eq!(said, ["Ditetapkan kantor dengan dasar hukumnya."]);
        Ok(())
    }
}
