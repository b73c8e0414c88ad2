//! Fields typed one by one.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn filled(pairs: &[(&str, &str)]) -> Reading {
    let typed = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    OFFICES[0].fill("KTP", &typed, today()).unwrap_or_else(|| panic!("a format of Tangerang's"))
}

const GOOD: [(&str, &str); 6] = [
    ("nik", "3603036502900001"),
    ("no_kk", "3603 0312 0415 0007"),
    ("nama", "siti aminah"),
    ("desa", "kadu agung"),
    ("kecamatan", "Tigaraksa"),
    ("jenis", "ilang"),
];

#[test]
fn a_form_and_its_line_make_the_same_request() {
    let form = filled(&GOOD);
    assert!(form.is_complete(), "{:?}", sentences(&form));
    let line = form.canonical().unwrap_or_default();
    assert_eq!(line, format!("#KTP#{NIK}#{KK}#SITI AMINAH#Kadu Agung#Tigaraksa#HILANG#"));
    assert_eq!(values(&one(line)), values(&form));
}

#[test]
fn each_fault_is_told_at_its_field_and_nothing_is_put_elsewhere() {
    let mut typed = GOOD;
    typed[0].1 = "36030365";
    typed[1].1 = "";
    typed[4].1 = "Balaraja";
    let form = filled(&typed);
    let told: Vec<(&str, &str)> = form
        .problems
        .iter()
        .map(|problem| (problem.key.as_deref().unwrap_or_default(), problem.kind.code()))
        .collect();
    let places = [("desa", "not_in_district"), ("kecamatan", "not_of_village")];
    assert_eq!(told, [[("nik", "length"), ("no_kk", "missing")], places].concat());
    assert_eq!(form.fields.get("nama").map(FieldValue::expose), Some("SITI AMINAH"));
}

#[test]
fn what_the_format_does_not_ask_for_is_left_out_and_an_unknown_word_has_no_form() {
    let mut typed: BTreeMap<String, String> =
        GOOD.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    typed.insert("lain".to_owned(), "x".to_owned());
    let form = OFFICES[0].fill("ktp", &typed, today());
    assert!(form.is_some_and(|form| form.is_complete() && form.fields.get("lain").is_none()));
    assert!(OFFICES[0].fill("TIDAKADA", &typed, today()).is_none());
}

proptest! {
    #[test]
    fn any_text_in_a_field_is_a_value_or_a_sentence(
        texts in proptest::collection::vec(".{0,40}|[0-9 .]{12,20}|[a-z]{1,8}|.{1200}", 6),
    ) {
        let typed = GOOD.iter().zip(&texts).map(|((key, _), text)| ((*key).to_owned(), text.clone())).collect();
        for (office, poster) in OFFICES.iter().zip(POSTERS) {
            for format in poster.formats() {
                let Some(form) = office.fill(&format.keyword, &typed, today()) else { continue };
                for field in &format.fields {
                    let told = form.problems.iter().any(|problem| problem.key.as_deref() == Some(&field.key));
                    let read = form.fields.get(&field.key).is_some();
                    prop_assert!(told != read || !field.required && !told, "{} {}", format.keyword, field.key);
                }
            }
        }
    }
}
