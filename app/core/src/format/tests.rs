//! What the reader of lines promises.

#![expect(clippy::panic, reason = "a test may stop")]

use proptest::{prelude::*, sample::select};

use super::*;
use crate::text::{NikError, mask_numbers};

const NIK: &str = "3603036502900001";
const KK: &str = "3603031204150007";

fn read(text: &str) -> Reading {
    parse(text, &tangerang_formats())
}

fn problems(reading: &Reading) -> Vec<String> {
    match reading {
        Reading::Faulty { problems, .. } => problems.iter().map(Problem::sentence).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn the_published_lines_are_exactly_tangerangs() {
    let lines: Vec<_> = tangerang_formats().iter().map(FormatDefinition::line_template).collect();
    assert_eq!(
        lines,
        [
            "#KK#NO_KK#NAMA KEPALA KELUARGA#DESA#KECAMATAN",
            "#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#",
            "#KIA#NIK#NO_KK#NAMA#DESA#KECAMATAN",
            "#SKPWNI#NIK#NO_KK#NAMA#ALAMAT_PINDAH",
            "#SKDWN#NO_SKPWNI#KEPERLUAN",
        ]
    );
}

#[test]
fn every_published_format_is_read() {
    for line in [
        format!("#KK#{KK}#AHMAD FAUZI#PETE#TIGARAKSA"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("#KIA#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA"),
        format!("#SKPWNI#{NIK}#{KK}#SITI AMINAH#Jalan Merdeka 7 RT 001, Kota Batu"),
        "#SKDWN#SKPWNI/3603/12082026/0001#ikut suami".to_owned(),
        format!("  #ktp # {NIK}# {KK} #Siti  Aminah#pete#tigaraksa#hilang  \n"),
        format!("#Kia#3603.0365.0290.0001#{KK}#SITI AMINAH#PETE#TIGARAKSA#"),
    ] {
        assert!(matches!(read(&line), Reading::Complete { .. }), "{line}: {:?}", problems(&read(&line)));
    }
}

#[test]
fn a_complete_line_gives_its_values() {
    let reading = read(&format!("#ktp#{NIK}#{KK}#Siti  Aminah#Pete#TIGARAKSA#hilang#"));
    let Reading::Complete { keyword, fields } = reading else { panic!("faulty: {:?}", problems(&reading)) };
    assert_eq!(keyword, "KTP");
    assert_eq!(fields.nik().map(crate::text::Nik::expose), Some(NIK));
    assert_eq!(fields.kk().map(crate::text::Kk::expose), Some(KK));
    assert_eq!(fields.name().map(crate::text::PersonName::expose), Some("Siti Aminah"));
    assert_eq!(fields.get("desa").map(FieldValue::expose), Some("Pete"));
    assert_eq!(fields.get("jenis").map(FieldValue::expose), Some("HILANG"));
    let shown = format!("{fields:?}");
    assert!(!shown.contains(NIK) && !shown.contains("Aminah") && !shown.contains("Pete"), "{shown}");
}

#[test]
fn a_faulty_line_names_the_wrong_field_and_teaches() {
    let kk = "Nomor KK harus terdiri atas 16 angka, yang terbaca 4 angka.";
    let table = [
        (
            format!("#KTP#{NIK}#3603#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
            vec![kk],
            "#KTP#NIK#NO_KK#SITI AMINAH#PETE#TIGARAKSA#HILANG#",
        ),
        (
            format!("#ktp#{NIK}#{KK}##pete#12#ilang"),
            vec![
                "Nama belum diisi.",
                "Kecamatan harus berupa nama wilayah.",
                "Jenis permohonan harus salah satu dari: PEMULA, HILANG, RUSAK.",
            ],
            "#KTP#NIK#NO_KK#NAMA#pete#KECAMATAN#PEMULA/HILANG/RUSAK#",
        ),
        (
            "#SKDWN#NO_SKPWNI#pindah kerja".to_owned(),
            vec!["Nomor SKPWNI belum diisi."],
            "#SKDWN#NO_SKPWNI#pindah kerja",
        ),
        (
            format!("#KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA#HILANG"),
            vec!["Isian setelah kata KIA terlalu banyak."],
            "#KIA#NIK#NO_KK#SITI#PETE#TIGARAKSA",
        ),
        (
            format!("Selamat pagi #KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA"),
            vec!["Pesan harus dimulai dengan baris format, tanpa tulisan lain."],
            "#KIA#NIK#NO_KK#SITI#PETE#TIGARAKSA",
        ),
        (
            format!("#KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA\nterima kasih"),
            vec!["Format harus ditulis dalam satu baris, tanpa tulisan lain di bawahnya."],
            "#KIA#NIK#NO_KK#SITI#PETE#TIGARAKSA",
        ),
        (
            format!("KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA"),
            vec!["Kata KIA dan setiap isian harus dipisahkan dengan tanda #."],
            "#KIA#NIK#NO_KK#SITI#PETE#TIGARAKSA",
        ),
        (
            format!("#KIA {NIK}#{KK}#SITI#PETE#TIGARAKSA"),
            vec!["Kata KIA dan setiap isian harus dipisahkan dengan tanda #."],
            "#KIA#NIK#NO_KK#SITI#PETE#TIGARAKSA",
        ),
        (
            format!("kia {NIK} {KK} SITI PETE TIGARAKSA"),
            vec!["Kata KIA dan setiap isian harus dipisahkan dengan tanda #."],
            "#KIA#NIK#NO_KK#NAMA#DESA#KECAMATAN",
        ),
    ];
    for (text, sentences, line) in table {
        let reading = read(&text);
        assert_eq!(problems(&reading), sentences, "{text}");
        assert_eq!(reading.corrected_line(), Some(line), "{text}");
    }
}

#[test]
fn good_fields_of_a_faulty_line_are_kept() {
    let reading = read(&format!("#KTP#{NIK}#3603#SITI AMINAH#PETE#TIGARAKSA#HILANG#"));
    let shown = format!("{reading:?}");
    let Reading::Faulty { fields, problems, .. } = reading else { panic!("{shown}") };
    assert!(!shown.contains("AMINAH") && !shown.contains("PETE") && !shown.contains(NIK), "{shown}");
    assert_eq!(fields.len(), 5);
    assert_eq!(fields.nik().map(crate::text::Nik::expose), Some(NIK));
    assert_eq!(problems.first().and_then(|p| p.key.as_deref()), Some("no_kk"));
}

#[test]
fn the_corrected_line_itself_still_asks_for_the_numbers() {
    let reading = read("#KTP#NIK#NO_KK#SITI AMINAH#PETE#TIGARAKSA#HILANG#");
    assert_eq!(problems(&reading), ["NIK belum diisi.", "Nomor KK belum diisi."]);
}

#[test]
fn questions_that_mention_a_keyword_are_no_format() {
    for text in [
        "",
        "#",
        "##",
        "Selamat pagi",
        "ktp ilang min",
        "KK blm jadi?",
        "syarat #KTPEL apa",
        "bikin kia dong",
        "hashtag #ktpku#",
        "3603036502900001",
    ] {
        assert_eq!(read(text), Reading::NoFormat, "{text}");
    }
}

#[test]
fn a_bare_keyword_lists_everything_that_is_missing() {
    assert_eq!(problems(&read("#KK")).len(), 4);
    assert_eq!(read("#KK").corrected_line(), Some("#KK#NO_KK#NAMA KEPALA KELUARGA#DESA#KECAMATAN"));
}

#[test]
fn a_definition_survives_its_json_and_odd_definitions_do_no_harm() -> Result<(), serde_json::Error> {
    let formats = tangerang_formats();
    let json = serde_json::to_string(&formats)?;
    assert_eq!(serde_json::from_str::<Vec<FormatDefinition>>(&json)?, formats);
    let odd =
        FormatDefinition { keyword: " ".to_owned(), separator: 'é', trailing: true, fields: Vec::new() };
    assert_eq!(parse("é é", std::slice::from_ref(&odd)), Reading::NoFormat);
    let blank = FormatDefinition { keyword: "KTP".to_owned(), separator: ' ', ..odd };
    assert!(parse("halo KTP", &[blank]).keyword().is_some());
    Ok(())
}

#[test]
fn a_sentence_about_a_second_nik_names_its_field() {
    let field = Field { label: "NIK ibu".to_owned(), ..tangerang_formats()[1].fields[0].clone() };
    let problem = Problem::of_field(&field, ProblemKind::Nik(NikError::Serial));
    assert_eq!(problem.sentence(), "NIK ibu: Empat angka terakhir NIK tidak boleh 0000.");
}

#[test]
fn a_message_of_a_million_separators_is_read_in_one_pass() {
    for text in ["#".repeat(1_000_000), "#KTP".repeat(250_000), "# ".repeat(500_000), "\n".repeat(1_000_000)]
    {
        let _ = read(&text);
    }
}

/// Text that is nearly a line.
fn nearly_a_line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("#".to_owned()),
        Just("#".to_owned()),
        select(vec!["KTP", "kk", "KIA", "SKPWNI", "SKDWN", "NIK", "HILANG", "\n", " ", "é", "\u{200b}"])
            .prop_map(str::to_owned),
        Just(NIK.to_owned()),
        Just("3603 0312 0415 0007".to_owned()),
        "[0-9 ./-]{0,20}",
        "\\PC{0,12}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_no_reply_repeats_a_long_number(
        text in prop_oneof![nearly_a_line(), "\\PC{0,200}".prop_map(|text| text)],
    ) {
        let reading = read(&text);
        if let Reading::Faulty { problems, corrected_line, .. } = &reading {
            prop_assert!(!problems.is_empty());
            prop_assert_eq!(&mask_numbers(corrected_line), corrected_line);
            for sentence in problems.iter().map(Problem::sentence) {
                prop_assert_eq!(mask_numbers(&sentence), sentence);
            }
        }
        let shown = format!("{reading:?}");
        prop_assert!(!shown.contains(NIK), "{}", shown);
    }

    #[test]
    fn a_line_with_good_values_is_complete_in_any_case(
        name in "[A-Za-z][A-Za-z '.]{0,30}[a-z]", village in "[A-Z]{2,20}", option in select(vec!["PEMULA", "hilang", "Rusak"]),
        keyword in select(vec!["KTP", "ktp", "Ktp"]), trailing: bool,
    ) {
        prop_assume!(!name.eq_ignore_ascii_case("nama") && village != "DESA");
        let end = if trailing { "#" } else { "" };
        let line = format!("#{keyword}#{NIK}#{KK}#{name}#{village}#TIGARAKSA#{option}{end}");
        let reading = read(&line);
        prop_assert!(matches!(reading, Reading::Complete { .. }), "{:?}", problems(&reading));
    }

    #[test]
    fn one_emptied_field_is_the_one_that_is_named(gone in 0_usize..6) {
        let mut values = [NIK, KK, "SITI AMINAH", "PETE", "TIGARAKSA", "HILANG"];
        values[gone] = " ";
        let reading = read(&format!("#KTP#{}#", values.join("#")));
        let Reading::Faulty { problems, fields, .. } = reading else {
            return Err(TestCaseError::fail("not faulty"));
        };
        prop_assert_eq!(problems.len(), 1);
        prop_assert_eq!(fields.len(), 5);
        prop_assert_eq!(problems[0].key.as_deref(), Some(["nik", "no_kk", "nama", "desa", "kecamatan", "jenis"][gone]));
    }
}
