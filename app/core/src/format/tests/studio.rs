//! Drawing, checking and trying formats.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::edition::Document;

fn line_of(kinds: &[FieldKind]) -> FormatDefinition {
    let mut one = FormatDefinition { numbers: NumbersIn::Chat, ..FormatDefinition::blank("KTP") };
    for kind in kinds {
        one.add(*kind);
    }
    one
}

fn parts(one: &FormatDefinition) -> Vec<String> {
    one.check().into_iter().map(|problem| problem.part).collect()
}

fn grammar(all: Vec<FormatDefinition>) -> Arc<Grammar> {
    Arc::new(Grammar::new(all, Arc::new(region("3603"))))
}

#[test]
fn what_the_offices_of_the_demonstration_publish_is_without_fault() {
    for poster in POSTERS {
        let formats = poster.formats();
        for (place, one) in formats.iter().enumerate() {
            assert_eq!(one.check(), [], "{} {}", poster.office, one.keyword);
            let others = formats.iter().enumerate().filter(|(other, _)| *other != place);
            assert_eq!(clashes(one, others.map(|(_, other)| ("lain", other))), [], "{}", one.keyword);
        }
    }
}

#[test]
fn each_wrong_definition_gets_a_sentence_at_its_field() {
    use FieldKind::{Choice, Date, District, Name, Nik, Text};
    let choice = |options: &[&str]| {
        let mut one = line_of(&[Nik, Choice]);
        one.fields[1].options = options.iter().map(|option| (*option).to_owned()).collect();
        one
    };
    let changed = |kinds: &[FieldKind], change: fn(&mut FormatDefinition)| {
        let mut one = line_of(kinds);
        change(&mut one);
        one
    };
    let long = "PERMOHONAN YANG PANJANG SEKALI";
    let many: Vec<String> = (0..11).map(|place| format!("{long:.26} {place}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let cases: Vec<(FormatDefinition, &str)> = vec![
        (line_of(&[]), "fields"),
        (changed(&[Nik], |one| one.keyword.clear()), "keyword"),
        (changed(&[Nik], |one| one.keyword = "K".into()), "keyword"),
        (changed(&[Nik], |one| one.keyword = "#KTP".into()), "keyword"),
        (changed(&[Nik], |one| one.keyword = "123".into()), "keyword"),
        (changed(&[Nik], |one| one.aliases = vec!["k.t.p".into()]), "aliases"),
        (changed(&[Nik], |one| one.aliases = vec!["E-KTP".into(), "EKTP".into()]), "aliases"),
        (changed(&[Nik], |one| one.aliases = vec!["K-TP".into()]), "aliases"),
        (changed(&[Nik], |one| one.separator = 'x'), "separator"),
        (changed(&[Nik], |one| one.fields[0].required = false), "fields"),
        (line_of(&[Nik, Nik]), "fields.1.label"),
        (changed(&[Name, Name], |one| one.fields[1].rename("Nama anak")), "fields.0.label"),
        (changed(&[District, District], |one| one.fields[1].rename("Kecamatan asal")), "fields.1.kind"),
        (choice(&[]), "fields.1.options"),
        (choice(&["HILANG"]), "fields.1.options"),
        (choice(&["HILANG", "hi-lang"]), "fields.1.options"),
        (choice(&["HILANG", "RUSAK/PATAH"]), "fields.1.options"),
        (choice(&["HILANG", "RUSAK#"]), "fields.1.options"),
        (changed(&[Text, Nik], |one| one.fields[0].holds_separator = true), "fields.0.kind"),
        (changed(&[Name, Text], |one| one.fields[0].required = false), "fields.0.required"),
        (changed(&[Nik], |one| one.fields[0].label.clear()), "fields.0.label"),
        (changed(&[Nik], |one| one.fields[0].rename("NIK # anak")), "fields.0.label"),
        (changed(&[Nik], |one| one.fields[0].example = "3603036502900001".into()), "fields.0.example"),
        (changed(&[Date], |one| one.fields[0].example = " ".into()), "fields.0.example"),
        (choice(&many), "fields"),
    ];
    for (one, part) in cases {
        assert!(parts(&one).iter().any(|found| found == part), "{part}: {:?}", one.check());
        assert!(one.check().iter().all(|problem| problem.sentence.ends_with('.')), "{:?}", one.check());
    }
}

#[test]
fn two_fields_of_one_kind_are_good_once_their_names_tell_them_apart() {
    let mut one = line_of(&[FieldKind::Nik, FieldKind::Nik]);
    assert_eq!(parts(&one), ["fields.1.label", "fields.0.label", "fields.1.label"]);
    one.fields[0].rename("NIK ayah");
    one.fields[1].rename("NIK anak");
    one.settle_keys();
    assert_eq!(one.check(), []);
    let keys: Vec<&str> = one.fields.iter().map(|field| field.key.as_str()).collect();
    assert_eq!(keys, ["nik", "nik_anak"], "requests find the first");
}

#[test]
fn a_keyword_of_another_format_of_the_office_is_refused_however_it_is_spelled() {
    let held = tangerang_formats();
    let mut one = line_of(&[FieldKind::Nik]);
    one.keyword = "EKTP".to_owned();
    one.aliases = vec!["BARU".to_owned(), "k-k".to_owned()];
    let found = clashes(&one, held.iter().map(|other| ("KTP elektronik", other)));
    let told: Vec<&str> = found.iter().map(|problem| problem.part.as_str()).collect();
    assert_eq!(told, ["keyword", "aliases"]);
    assert_eq!(found[0].sentence, "Kata EKTP sudah dipakai format KTP elektronik. Pilih kata lain.");
}

#[test]
fn an_option_that_names_no_variant_is_refused_and_its_other_words_count() {
    let mut one = line_of(&[FieldKind::Nik, FieldKind::Choice]);
    let variants = [("pemula", "Pemula"), ("perubahan", "Perubahan data")];
    let choice = &mut one.fields[1];
    choice.options = ["PEMULA", "UBAH"].map(str::to_owned).to_vec();
    let found = nameless(&one, &variants).map(|problem| (problem.part, problem.sentence));
    let (part, sentence) = found.unwrap_or_default();
    assert_eq!(part, "fields.1.options");
    assert!(sentence.starts_with("Pilihan UBAH bukan jenis layanan ini. Jenisnya: Pemula, Perubahan data."));
    assert_eq!(nameless(&one, &variants[..1]), None, "one variant leaves nothing to choose");

    let other = OptionAlias { option: "UBAH".to_owned(), alias: "Perubahan  data".to_owned() };
    one.fields[1].option_aliases = vec![other];
    assert_eq!(nameless(&one, &variants), None);
    let named = |option| variants.iter().position(|variant| one.fields[1].option_names(option, *variant));
    assert_eq!((named("UBAH"), named("pemula"), named("perubahan data")), (Some(1), Some(0), Some(1)));
}

#[test]
fn a_drawn_format_reads_what_its_poster_asks_for() {
    use FieldKind::{District, Kk, Name, Nik, Village};
    let one = line_of(&[Nik, Kk, Name, Village, District]);
    assert_eq!(one.check(), []);
    assert_eq!(one.line_template(), "#KTP#NIK#NOMOR KK#NAMA#DESA#KECAMATAN");
    let read = grammar(vec![one]);
    let text = format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA");
    let message = read.parse(&text, today());
    assert!(message.requests.first().is_some_and(Reading::is_complete), "{message:?}");
    let fields = message.requests[0].fields.expose();
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["desa", "kecamatan", "nama", "nik", "no_kk"]);
}

#[test]
fn digits_that_come_together_where_a_sign_went_are_not_said_back() {
    let one = line_of(&[FieldKind::Nik, FieldKind::Text]);
    let typed = [(one.fields[1].key.clone(), "27 April 2019##27-04-2019##27-04-2019".to_owned())];
    let read = grammar(vec![one]).fill("KTP", &typed.into(), today());
    let line = read.and_then(|read| read.corrected_line().map(str::to_owned)).unwrap_or_default();
    assert!(line.starts_with("#KTP#NIK#") && crate::text::mask_numbers(&line) == line, "{line}");
}

/// The old line asks for a NIK, a name and a KK number; the new one for a telephone number too.
fn two_editions() -> (FormatDefinition, FormatDefinition) {
    let old = line_of(&[FieldKind::Nik, FieldKind::Name]);
    let mut new = old.clone();
    new.add(FieldKind::Phone);
    (old, new)
}

#[test]
fn numbers_behind_a_link_are_not_asked_for_in_a_line_but_read_where_they_stand() {
    use FieldKind::{District, Kk, Name, Nik, Village};
    let mut one = line_of(&[Nik, Kk, Name, Village, District]);
    one.numbers = NumbersIn::Link;
    assert_eq!(one.line_template(), "#KTP#NAMA#DESA#KECAMATAN");
    assert!(one.poster_text("KTP").contains("lewat tautan") && !one.example().contains("16 angka"));
    let layers = Layers::new([(grammar(vec![one.in_chat()]), 0), (grammar(vec![one.clone()]), 0)]);
    let read = |text: &str| layers.read(text, today()).0.requests.remove(0);
    let line = read("#KTP#SITI AMINAH#PETE#TIGARAKSA");
    assert!(line.is_complete() && line.fields.nik().is_none());
    let whole = read(&format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA"));
    assert!(whole.is_complete() && whole.fields.nik().is_some() && whole.fields.kk().is_some());
    for labelled in [
        format!("#KTP\nNIK: {NIK}\nKK: {KK}\nNama: SITI AMINAH\nDesa: PETE\nKecamatan: TIGARAKSA"),
        format!("KTP NIK {NIK}, KK {KK}, SITI AMINAH, PETE, TIGARAKSA"),
    ] {
        let read = read(&labelled);
        assert!(read.is_complete() && read.fields.nik().is_some() && read.fields.kk().is_some(), "{read:?}");
    }
    let faulty = read("#KTP#SITI AMINAH#PETE#BALARAJA");
    assert!(!faulty.corrected_line().unwrap_or_default().contains("NIK"), "{faulty:?}");

    let only = FormatDefinition { numbers: NumbersIn::Link, ..line_of(&[Nik, Kk]) };
    assert_eq!(parts(&only), ["fields"], "nothing would be left to type");
}

#[test]
fn a_line_of_the_old_edition_is_read_by_it_as_long_as_it_is_accepted() {
    let (old, new) = two_editions();
    let both = Layers::new([(grammar(vec![new.clone()]), 0), (grammar(vec![old]), 1)]);
    let strict = Layers::new([(grammar(vec![new]), 0)]);
    let lost = format!("#KTP#{NIK}#SITI AMINAH");
    let (message, back) = both.read(&lost, today());
    assert!(message.requests[0].is_complete() && back == 1, "{message:?}");
    assert!(!strict.read(&lost, today()).0.requests[0].is_complete());
    let (message, back) = both.read(&format!("{lost}#081234567890"), today());
    assert!(message.requests[0].is_complete() && back == 0, "what is new is read by the new");
    let (message, back) = both.read("#KTP#36#SITI AMINAH", today());
    assert!(!message.requests[0].is_complete() && back == 0, "what is wrong by both is taught by the new");
    assert_eq!(both.read("selamat pagi", today()), (Message::default(), 0));
}

#[test]
fn the_bench_counts_what_comes_what_goes_and_why() {
    let (old, mut new) = two_editions();
    new.aliases = vec!["BARU".to_owned()];
    let text = |text: String| BenchMessage { text, day: today() };
    let messages = [
        text(format!("#KTP#{NIK}#SITI AMINAH")),
        text(format!("#KTP#{NIK}#SITI AMINAH")),
        text(format!("#KTP#{NIK}#SITI AMINAH#081234567890")),
        text(format!("#BARU#{NIK}#SITI AMINAH#081234567890")),
        text("Selamat pagi, apa syarat KTP?".to_owned()),
    ];
    let by = |one: &FormatDefinition| Layers::new([(grammar(vec![one.clone()]), 0)]);
    let told = bench(&messages, &by(&old), &by(&new));
    assert_eq!((told.tried, told.before, told.after), (5, 3, 2), "{told:?}");
    assert_eq!((told.gained, told.lost, told.changed), (1, 2, 1), "{told:?}");
    let differing = [(0, Fate::Lost), (2, Fate::Changed), (3, Fate::Gained)];
    assert_eq!(told.differing, differing, "a text that came twice is shown once");
    let missing = told.problems.iter().find(|one| one.title == "Nomor HP: belum diisi");
    assert_eq!(missing.map(|one| (one.before, one.after)), Some((0, 2)), "{told:?}");
    assert!(bench(&messages, &by(&old), &by(&old)).is_even());
}

fn drawn() -> impl Strategy<Value = FormatDefinition> {
    let kinds = proptest::collection::vec(proptest::sample::select(FieldKind::ALL.to_vec()), 0..8);
    (kinds, "[A-Z]{2,8}").prop_map(|(kinds, keyword)| {
        let mut one = line_of(&kinds);
        one.keyword = keyword;
        for (place, field) in one.fields.iter_mut().enumerate() {
            field.rename(&format!("Isian {}", char::from(b'a' + u8::try_from(place).unwrap_or(0))));
            if field.kind == FieldKind::Choice {
                field.options = vec![format!("SATU {place}"), format!("DUA {place}")];
            }
        }
        one.settle_keys();
        one
    })
}

proptest! {
    #[test]
    fn every_key_stands_once_whatever_is_added_moved_and_taken_away(
        kinds in proptest::collection::vec(proptest::sample::select(FieldKind::ALL.to_vec()), 0..10),
        steps in proptest::collection::vec((any::<bool>(), 0_usize..12), 0..20),
    ) {
        let mut one = line_of(&kinds);
        for (up, place) in steps {
            if up { one.move_up(place) } else { one.take_away(place) }
            let mut keys: Vec<&str> = one.fields.iter().map(|field| field.key.as_str()).collect();
            prop_assert!(keys.iter().all(|key| is_key(key)), "{:?}", keys);
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), one.fields.len());
        }
    }

    #[test]
    fn a_format_survives_its_storage_and_differs_from_itself_in_nothing(one in drawn()) {
        let kept: Option<FormatDefinition> =
            serde_json::to_value(&one).ok().and_then(|json| serde_json::from_value(json).ok());
        prop_assert_eq!(kept.as_ref(), Some(&one));
        prop_assert!(crate::edition::difference(&one.parts(), &one.parts()).is_empty());
        prop_assert!(one.poster_text("KTP").contains(&one.line_template()));
    }

    #[test]
    fn every_part_that_is_checked_is_one_that_the_page_shows(one in drawn()) {
        for problem in one.check() {
            let known = ["keyword", "aliases", "separator", "fields"].contains(&problem.part.as_str());
            let row = problem.part.strip_prefix("fields.").and_then(|rest| rest.split_once('.'));
            let input = |word: &str| ["label", "kind", "required", "example", "options", "labels"].contains(&word);
            let shown = row.is_some_and(|(place, word)| {
                place.parse::<usize>().is_ok_and(|place| place < one.fields.len()) && input(word)
            });
            prop_assert!(known || shown, "{}", problem.part);
        }
    }
}
