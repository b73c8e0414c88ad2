//! The section of variants and papers: whole rows in one form, and buttons that add, move and take away. Each press
//! sends what was typed along, so that nothing is lost without scripts.

use std::collections::HashSet;

use loket_core::standard::{Paper, Shown, Standard, Variant};

use super::{
    super::fields::Fields,
    isian::{Wrong, basis},
};

const LONGEST_CODE: usize = 40;

/// Reads the rows into the standard and does what the pressed button says.
pub(super) fn papers(standard: &mut Standard, fields: &Fields) -> Vec<Wrong> {
    if !fields.has("variant_name") && !fields.has("action") {
        return vec![("variant_name", "Isi paling sedikit satu varian.")];
    }
    let read = read(standard, fields);
    standard.variants = read;
    press(&mut standard.variants, fields.one("action"));
    for variant in &mut standard.variants {
        name_papers(variant);
    }
    name_variants(&mut standard.variants);
    Vec::new()
}

fn read(standard: &Standard, fields: &Fields) -> Vec<Variant> {
    let codes = fields.all("variant_code");
    let rows = fields.all("variant_name").into_iter().enumerate();
    rows.map(|(place, name)| Variant {
        code: codes.get(place).copied().unwrap_or_default().to_owned(),
        name: name.trim().to_owned(),
        basis: basis(fields, "variant_", place),
        papers: papers_of(standard, fields, place, codes.get(place).copied().unwrap_or_default()),
    })
    .collect()
}

/// The papers of one variant. What the form does not ask, such as the reasons, stays with its code.
fn papers_of(standard: &Standard, fields: &Fields, place: usize, variant: &str) -> Vec<Paper> {
    let (codes, needs, shows) =
        (fields.all("paper_code"), fields.all("paper_need"), fields.all("paper_shown"));
    let places = fields.all("paper_variant");
    let known = standard.variants.iter().find(|one| one.code == variant);
    let names = fields.all("paper_name").into_iter().enumerate();
    let own = names.filter(|(row, _)| places.get(*row).is_some_and(|at| *at == place.to_string()));
    own.map(|(row, name)| {
        let code = codes.get(row).copied().unwrap_or_default();
        let old = known.and_then(|one| one.papers.iter().find(|paper| paper.code == code));
        let shown = shows.get(row).and_then(|word| word.parse().ok()).unwrap_or(Shown::Photo);
        let same = old.filter(|old| old.shown == shown);
        Paper {
            code: code.to_owned(),
            name: name.trim().to_owned(),
            required: needs.get(row).is_none_or(|need| *need == "wajib"),
            shown,
            reasons: same.map_or_else(|| shown.reasons(), |old| old.reasons.clone()),
            basis: old.and_then(|old| old.basis.clone()),
        }
    })
    .collect()
}

/// A button: what to do, and the places of the variant and the paper.
fn press(variants: &mut Vec<Variant>, action: &str) {
    let mut words = action.split(':');
    let verb = words.next().unwrap_or_default();
    let mut place = || words.next().and_then(|word| word.parse::<usize>().ok()).unwrap_or(usize::MAX);
    let (at, paper) = (place(), place());
    match verb {
        "varian-tambah" => variants.push(Variant {
            code: String::new(),
            name: String::new(),
            basis: loket_core::standard::Basis::default(),
            papers: vec![blank()],
        }),
        "varian-buang" if at < variants.len() => {
            variants.remove(at);
        }
        "varian-naik" => up(variants, at),
        "varian-turun" => up(variants, at.saturating_add(1)),
        _ => {
            let Some(variant) = variants.get_mut(at) else { return };
            match verb {
                "tambah" => variant.papers.push(blank()),
                "buang" if paper < variant.papers.len() => {
                    variant.papers.remove(paper);
                }
                "naik" => up(&mut variant.papers, paper),
                "turun" => up(&mut variant.papers, paper.saturating_add(1)),
                _ => {}
            }
        }
    }
}

fn blank() -> Paper {
    let shown = Shown::Photo;
    Paper {
        code: String::new(),
        name: String::new(),
        required: true,
        shown,
        reasons: shown.reasons(),
        basis: None,
    }
}

/// Moves a row before the one above it; the first stays where it is.
fn up<T>(rows: &mut [T], at: usize) {
    if at > 0 && at < rows.len() {
        rows.swap(at - 1, at);
    }
}

/// A new row has its code from the first name that is given it, and keeps it.
fn name_papers(variant: &mut Variant) {
    let mut taken: HashSet<String> = variant.papers.iter().map(|paper| paper.code.clone()).collect();
    for paper in variant.papers.iter_mut().filter(|paper| paper.code.is_empty() && !paper.name.is_empty()) {
        paper.code = free(&paper.name, &mut taken);
    }
}

fn name_variants(variants: &mut [Variant]) {
    let mut taken: HashSet<String> = variants.iter().map(|one| one.code.clone()).collect();
    for one in variants.iter_mut().filter(|one| one.code.is_empty() && !one.name.is_empty()) {
        one.code = free(&one.name, &mut taken);
    }
}

fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let letters = name.to_lowercase();
    let words: Vec<String> = letters
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let mut code: String = words.join("_").chars().take(LONGEST_CODE - 4).collect();
    if code.is_empty() {
        code.push('x');
    }
    let first = code.clone();
    let mut count = 2;
    while !taken.insert(code.clone()) {
        code = format!("{first}_{count}");
        count += 1;
    }
    code
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::catalogue,
        infra::{Fault, Outcome},
    };

    fn ktp() -> Outcome<Standard> {
        let entry = catalogue::entry("KTP")?.ok_or(Fault::Inconsistent("KTP"))?;
        Ok(entry.answered(&BTreeMap::new()))
    }

    /// What the form of a standard sends when nothing was typed.
    fn sent(standard: &Standard, action: &str) -> Vec<(String, String)> {
        let mut all = vec![("action", action.to_owned())];
        for (place, variant) in standard.variants.iter().enumerate() {
            all.push(("variant_code", variant.code.clone()));
            all.push(("variant_name", variant.name.clone()));
            all.push(("variant_law", variant.basis.law.clone()));
            all.push(("variant_article", variant.basis.article.clone()));
            all.push(("variant_confidence", variant.basis.confidence.word().to_owned()));
            for paper in &variant.papers {
                all.push(("paper_variant", place.to_string()));
                all.push(("paper_code", paper.code.clone()));
                all.push(("paper_name", paper.name.clone()));
                all.push(("paper_need", if paper.required { "wajib" } else { "bila_ada" }.to_owned()));
                all.push(("paper_shown", paper.shown.word().to_owned()));
            }
        }
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn pressed(standard: &Standard, action: &str) -> Standard {
        let mut one = standard.clone();
        papers(&mut one, &Fields::new(sent(standard, action)));
        one
    }

    fn codes(standard: &Standard, variant: usize) -> Vec<&str> {
        standard.variants[variant].papers.iter().map(|paper| paper.code.as_str()).collect()
    }

    #[test]
    fn a_form_sent_as_it_was_drawn_changes_nothing() -> Outcome<()> {
        for entry in catalogue::shipped()? {
            let one = entry.answered(&BTreeMap::new());
            assert_eq!(pressed(&one, ""), one);
        }
        Ok(())
    }

    #[test]
    fn buttons_add_move_and_take_away_papers_and_variants() -> Outcome<()> {
        let one = ktp()?;
        assert_eq!(codes(&one, 1), ["kk", "surat_kehilangan"]);
        assert_eq!(codes(&pressed(&one, "turun:1:0"), 1), ["surat_kehilangan", "kk"]);
        assert_eq!(codes(&pressed(&one, "naik:1:1"), 1), ["surat_kehilangan", "kk"]);
        assert_eq!(codes(&pressed(&one, "naik:1:0"), 1), ["kk", "surat_kehilangan"]);
        assert_eq!(codes(&pressed(&one, "buang:1:0"), 1), ["surat_kehilangan"]);
        assert_eq!(codes(&pressed(&one, "tambah:1"), 1), ["kk", "surat_kehilangan", ""]);
        let names = |one: &Standard| one.variants.iter().map(|one| one.code.clone()).collect::<Vec<_>>();
        assert_eq!(names(&pressed(&one, "varian-turun:0"))[..2], ["hilang", "pemula"]);
        assert_eq!(names(&pressed(&one, "varian-buang:0"))[0], "hilang");
        assert_eq!(pressed(&one, "varian-tambah").variants.len(), one.variants.len() + 1);
        Ok(())
    }

    #[test]
    fn a_new_paper_has_its_code_from_its_name_and_keeps_it() -> Outcome<()> {
        let mut one = pressed(&ktp()?, "tambah:0");
        if let Some(paper) = one.variants[0].papers.last_mut() {
            paper.name = "KK (asli)".to_owned();
        }
        one = pressed(&one, "");
        assert_eq!(codes(&one, 0), ["kk", "kk_asli"]);
        if let Some(paper) = one.variants[0].papers.last_mut() {
            paper.name = "Kartu Keluarga asli".to_owned();
        }
        assert_eq!(codes(&pressed(&one, ""), 0), ["kk", "kk_asli"]);
        Ok(())
    }

    proptest! {
        #[test]
        fn no_button_breaks_a_form(
            verb in "(varian-)?(tambah|buang|naik|turun|lain)", at in any::<u16>(), paper in any::<u64>()
        ) {
            if let Ok(one) = ktp() {
                let after = pressed(&one, &format!("{verb}:{}:{paper}", at % 6));
                prop_assert!(after.variants.len() <= one.variants.len() + 1);
            }
        }
    }
}
