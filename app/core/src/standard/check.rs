//! What keeps a standard from being published, each with the section of the form where it is put right.

use std::collections::BTreeSet;

use super::{Fee, Paper, Standard, Variant};
use crate::{
    compensation::{CompensationKind, LONGEST_BASIS, LONGEST_WORDS},
    edition::Problem,
};

const LONGEST_NAME: usize = 120;
const LONGEST_TEXT: usize = 2_000;
const MOST_VARIANTS: usize = 30;
const MOST_PAPERS: usize = 40;
const LONGEST_WAIT: i64 = 3_650;

pub(super) fn check(standard: &Standard) -> Vec<Problem> {
    let mut all = Vec::new();
    general(standard, &mut all);
    fee_and_time(standard, &mut all);
    compensation(standard, &mut all);
    variants(standard, &mut all);
    for (component, statements) in &standard.components {
        for statement in statements {
            if statement.text.trim().is_empty() || statement.text.chars().count() > LONGEST_TEXT {
                let sentence =
                    format!("Isi {}: 1 sampai {LONGEST_TEXT} huruf.", component.label().to_lowercase());
                all.push(Problem::new(component.word(), sentence));
            }
        }
    }
    all
}

fn general(standard: &Standard, all: &mut Vec<Problem>) {
    if !is_name(&standard.name) {
        all.push(Problem::new("umum", format!("Isi nama layanan, paling banyak {LONGEST_NAME} huruf.")));
    }
    if !is_name(&standard.output) {
        all.push(Problem::new("umum", format!("Isi hasil layanan, paling banyak {LONGEST_NAME} huruf.")));
    }
    if !is_service_code(&standard.code) {
        all.push(Problem::new("umum", "Kode layanan terdiri atas 2 sampai 12 huruf besar atau angka."));
    }
}

fn fee_and_time(standard: &Standard, all: &mut Vec<Problem>) {
    match &standard.fee {
        Fee::Free { basis } if !basis.is_stated() => all.push(Problem::new(
            "biaya",
            "Layanan hanya dapat dinyatakan gratis bersama dasar hukumnya. Isi dasar hukumnya.",
        )),
        Fee::Amount { basis, .. } if !basis.is_stated() => {
            all.push(Problem::new("biaya", "Tarif perlu dasar hukum. Isi peraturan yang menetapkannya."));
        }
        Fee::Amount { rupiah, .. } if !(1..=100_000_000).contains(rupiah) => {
            all.push(Problem::new("biaya", "Tarif diisi dengan angka rupiah, mulai dari 1."));
        }
        Fee::Free { .. } | Fee::Amount { .. } | Fee::NotStated => {}
    }
    if standard.times.iter().any(|time| !(1..=LONGEST_WAIT).contains(&time.amount)) {
        all.push(Problem::new("biaya", "Jangka waktu diisi dengan angka, mulai dari 1."));
    }
    let channels: BTreeSet<_> = standard.times.iter().map(|time| time.channel).collect();
    if channels.len() < standard.times.len() {
        all.push(Problem::new("biaya", "Isi satu jangka waktu saja untuk setiap kanal."));
    }
}

fn compensation(standard: &Standard, all: &mut Vec<Problem>) {
    let Some(rule) = &standard.compensation else { return };
    if rule.kind == CompensationKind::Other && rule.words.trim().is_empty() {
        all.push(Problem::new("kompensasi", "Tulis kompensasinya seperti yang akan dibaca warga."));
    }
    if rule.words.trim().chars().count() > LONGEST_WORDS {
        let sentence = format!("Kalimat kompensasi paling panjang {LONGEST_WORDS} huruf.");
        all.push(Problem::new("kompensasi", sentence));
    }
    if rule.basis.trim().chars().count() > LONGEST_BASIS {
        let sentence = format!("Dasar kompensasi paling panjang {LONGEST_BASIS} huruf.");
        all.push(Problem::new("kompensasi", sentence));
    }
}

fn variants(standard: &Standard, all: &mut Vec<Problem>) {
    if standard.variants.is_empty() || standard.variants.len() > MOST_VARIANTS {
        all.push(Problem::new(
            "syarat",
            format!("Isi paling sedikit 1 dan paling banyak {MOST_VARIANTS} varian."),
        ));
    }
    let codes: BTreeSet<_> = standard.variants.iter().map(|one| one.code.to_lowercase()).collect();
    if codes.len() < standard.variants.len() {
        all.push(Problem::new("syarat", "Dua varian memakai kode yang sama. Bedakan kodenya."));
    }
    for variant in &standard.variants {
        if !is_name(&variant.name) || !is_code(&variant.code) {
            all.push(Problem::new(
                "syarat",
                "Isi nama setiap varian; kodenya huruf kecil, angka, atau garis bawah, paling banyak 40.",
            ));
        }
        papers(variant, all);
    }
}

fn papers(variant: &Variant, all: &mut Vec<Problem>) {
    let name = variant.name.as_str();
    if !variant.papers.iter().any(|paper| paper.required) {
        all.push(Problem::new("syarat", format!("Varian {name} perlu paling sedikit satu berkas wajib.")));
    }
    if variant.papers.len() > MOST_PAPERS {
        all.push(Problem::new("syarat", format!("Varian {name}: paling banyak {MOST_PAPERS} berkas.")));
    }
    let codes: BTreeSet<_> = variant.papers.iter().map(|paper| paper.code.as_str()).collect();
    if codes.len() < variant.papers.len() {
        all.push(Problem::new("syarat", format!("Varian {name}: dua berkas memakai kode yang sama.")));
    }
    let wrong = |paper: &&Paper| !is_name(&paper.name) || !is_code(&paper.code);
    if variant.papers.iter().any(|paper| wrong(&paper)) {
        all.push(Problem::new("syarat", format!("Varian {name}: isi nama setiap berkas.")));
    }
}

fn is_name(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().count() <= LONGEST_NAME
}

fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Whether a text can be the short code of a service.
fn is_service_code(text: &str) -> bool {
    (2..=12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use crate::{
        compensation::{Compensation, CompensationKind},
        edition::{Change, Document, difference},
        kinds::OutputDelivery,
        standard::*,
    };

    fn paper(code: &str, required: bool) -> Paper {
        let shown = Shown::Photo;
        let reasons = shown.reasons();
        Paper { code: code.into(), name: code.to_uppercase(), required, shown, reasons, basis: None }
    }

    fn standard() -> Standard {
        let variant = |code: &str, papers| Variant {
            code: code.into(),
            name: code.to_uppercase(),
            basis: Basis::default(),
            papers,
        };
        Standard {
            code: "KTP".into(),
            group: ServiceGroup::Population,
            name: "KTP elektronik".into(),
            output: "KTP-el".into(),
            delivery: OutputDelivery::Pickup,
            unit: None,
            forms: vec!["F-1.02".into()],
            fee: Fee::NotStated,
            times: Vec::new(),
            compensation: None,
            variants: vec![
                variant("pemula", vec![paper("kk", true)]),
                variant("hilang", vec![paper("kk", true)]),
            ],
            components: Default::default(),
            answers: Default::default(),
        }
    }

    fn wrong(change: impl FnOnce(&mut Standard)) -> Vec<String> {
        let mut standard = standard();
        change(&mut standard);
        standard.check().into_iter().map(|problem| problem.part).collect()
    }

    #[test]
    fn a_standard_that_cannot_be_published_says_where() {
        assert_eq!(wrong(|_| {}), Vec::<String>::new());
        assert_eq!(wrong(|one| one.name.clear()), ["umum"]);
        assert_eq!(wrong(|one| one.code = "ktp el".into()), ["umum"]);
        assert_eq!(wrong(|one| one.fee = Fee::Free { basis: Basis::default() }), ["biaya"]);
        assert_eq!(wrong(|one| one.fee = Fee::Amount { rupiah: 5, basis: Basis::default() }), ["biaya"]);
        let time =
            |amount| TimeLimit { amount, unit: TimeUnit::Minutes, channel: None, basis: Basis::default() };
        assert_eq!(wrong(|one| one.times = vec![time(0)]), ["biaya"]);
        assert_eq!(wrong(|one| one.times = vec![time(1), time(2)]), ["biaya"]);
        assert_eq!(wrong(|one| one.variants.clear()), ["syarat"]);
        assert_eq!(wrong(|one| one.variants[1].code = "pemula".into()), ["syarat"]);
        assert_eq!(wrong(|one| one.variants[0].papers[0].required = false), ["syarat"]);
        assert_eq!(wrong(|one| one.variants[0].papers.push(paper("kk", false))), ["syarat"]);
        assert_eq!(wrong(|one| one.variants[0].papers[0].name = " ".into()), ["syarat"]);
    }

    fn rule(kind: CompensationKind, words: &str) -> Compensation {
        Compensation { kind, words: words.to_owned(), basis: String::new() }
    }

    #[test]
    fn a_compensation_has_words_and_a_change_of_it_shows() {
        use CompensationKind::{Apology, Other};
        let with = |kind, words: &str| wrong(|one| one.compensation = Some(rule(kind, words)));
        assert_eq!(with(Apology, ""), Vec::<String>::new(), "an apology has its usual words");
        assert_eq!(with(Other, " "), ["kompensasi"]);
        assert_eq!(with(Other, "Payung"), Vec::<String>::new());
        assert_eq!(with(Apology, &"a".repeat(300)), Vec::<String>::new());
        assert_eq!(with(Apology, &"a".repeat(301)), ["kompensasi"]);
        let (old, mut new) = (standard(), standard());
        new.compensation = Some(rule(Apology, ""));
        let told = difference(&old.parts(), &new.parts());
        assert!(told.iter().any(|one| one.key == "compensation" && matches!(one.change, Change::Came(_))));
    }

    #[test]
    fn a_standard_that_was_kept_before_there_were_compensations_still_reads() {
        let stored = serde_json::to_value(standard()).unwrap_or_default();
        assert!(stored.get("compensation").is_none());
        let read: Result<Standard, _> = serde_json::from_value(stored);
        assert!(read.is_ok_and(|read| read == standard()));
        let with = Standard { compensation: Some(rule(CompensationKind::Apology, "")), ..standard() };
        let again: Result<Standard, _> =
            serde_json::from_value(serde_json::to_value(&with).unwrap_or_default());
        assert!(again.is_ok_and(|again| again == with));
    }

    #[test]
    fn what_is_missing_of_the_fourteen_components_is_named_and_typed_parts_count() {
        let mut one = standard();
        assert!(one.missing().contains(&Component::Fee) && !one.missing().contains(&Component::Requirements));
        assert_eq!(one.missing().len(), 12);
        one.fee = Fee::Amount { rupiah: 5, basis: Basis::default() };
        let statement = Statement { text: "Kotak saran.".into(), basis: Basis::default() };
        one.components.insert(Component::Complaints, vec![statement]);
        assert_eq!(one.missing().len(), 10);
        assert_eq!(one.unverified(), 4, "fee, two checklists and the statement have no source");
    }

    #[test]
    fn the_difference_of_two_standards_names_the_paper_that_came() {
        let (old, mut new) = (standard(), standard());
        new.variants[1].papers.push(paper("surat_kehilangan", true));
        let told = difference(&old.parts(), &new.parts());
        let came = |one: &crate::edition::Difference| matches!(&one.change, Change::Came(_));
        assert_eq!(told.iter().filter(|one| came(one)).count(), 1);
        assert!(told.iter().any(|one| one.key == "variant-hilang-surat_kehilangan" && came(one)));
    }

    #[test]
    fn what_belongs_to_one_office_only_stays_there() {
        let mut one = standard();
        one.unit = Some(crate::id::UnitId::NIL);
        one.compensation = Some(rule(CompensationKind::Apology, ""));
        assert_eq!(one.elsewhere(), standard());
    }
}
