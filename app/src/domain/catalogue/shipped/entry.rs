//! An entry of the national catalogue, and what an office's answers make of it.

use std::collections::BTreeMap;

use loket_core::standard::{Basis, Component, Paper, Standard, Statement};

/// A service as shipped.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its standard, before anything is chosen.
    pub standard: Standard,
    /// What offices answer differently.
    pub choices: Vec<OfficeChoice>,
    /// Whether a new office begins with it.
    pub starter: bool,
}

/// A question on which offices differ.
#[derive(Debug, Clone)]
pub struct OfficeChoice {
    /// Its key.
    pub key: String,
    /// The question.
    pub question: String,
    /// The key of what is taken where nobody answers.
    pub default: String,
    /// The possible answers.
    pub options: Vec<Answer>,
}

/// An answer and what it does.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its key.
    pub key: String,
    /// Its words.
    pub label: String,
    /// Who does it so.
    pub basis: Basis,
    /// Papers it adds, or puts in place of those with their code; the variant is `*` for all.
    pub sets: Vec<(String, Paper)>,
    /// Papers it takes away, by variant and code.
    pub removes: Vec<(String, String)>,
    /// What it adds to the components.
    pub says: Vec<(Component, Statement)>,
}

impl Entry {
    /// The standard with a choice made on every question: the office's answer, or the default.
    pub fn answered(&self, answers: &BTreeMap<String, String>) -> Standard {
        let mut standard = self.standard.clone();
        for choice in &self.choices {
            if let Some(option) = choice.chosen(answers.get(&choice.key).map(String::as_str)) {
                option.apply(&mut standard);
                standard.answers.insert(choice.key.clone(), option.key.clone());
            }
        }
        standard
    }
}

impl OfficeChoice {
    /// The option of an answer; the default for one that is none.
    pub fn chosen(&self, answer: Option<&str>) -> Option<&Answer> {
        let named = |key: &str| self.options.iter().find(|option| option.key == key);
        answer.and_then(named).or_else(|| named(&self.default))
    }
}

impl Answer {
    fn apply(&self, standard: &mut Standard) {
        for variant in &mut standard.variants {
            let code = variant.code.clone();
            let meant = |name: &str| name == "*" || name == code;
            for (_, paper) in self.sets.iter().filter(|(name, _)| meant(name)) {
                // A paper that only some offices ask for stands on their practice, not on the variant's source.
                let paper = Paper { basis: Some(self.basis.clone()), ..paper.clone() };
                match variant.papers.iter_mut().find(|one| one.code == paper.code) {
                    Some(place) => *place = paper,
                    None => variant.papers.push(paper),
                }
            }
            let gone = |code: &str| self.removes.iter().any(|(name, out)| meant(name) && out == code);
            let kept: Vec<Paper> =
                variant.papers.iter().filter(|paper| !gone(&paper.code)).cloned().collect();
            variant.papers = kept;
        }
        for (component, statement) in &self.says {
            standard.components.entry(*component).or_default().push(statement.clone());
        }
    }
}
