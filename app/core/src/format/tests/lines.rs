//! Lines, one after another.

use super::*;
use crate::text::{NikError, mask_numbers};

#[test]
fn the_published_lines_are_exactly_those_of_the_posters() {
    let lines: Vec<_> =
        POSTERS.iter().flat_map(|poster| poster.formats()).map(|format| format.line_template()).collect();
    assert_eq!(
        lines,
        [
            "#KK#NO_KK#NAMA KEPALA KELUARGA#DESA#KECAMATAN",
            "#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#",
            "#KIA#NIK#NO_KK#NAMA#DESA#KECAMATAN",
            "#SKPWNI#NIK#NO_KK#NAMA#ALAMAT_PINDAH",
            "#SKDWN#NO_SKPWNI#KEPERLUAN",
            "#NIK#NIK#NAMA#INSTANSI#",
            "#SKPWNI#NIK#NO_KK#NAMA#ALAMAT_PINDAH",
            "#SKDWN#NO_SKPWNI#NAMA#KELURAHAN#KECAMATAN",
            "#KIA#NO_KK#NAMA ANAK#TANGGAL LAHIR#KELURAHAN#KECAMATAN",
            "#ADU#NAMA#ISI PENGADUAN",
            "#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK/UBAH",
            "#KK#NO_KK#NAMA KEPALA KELUARGA#DESA#KECAMATAN#BARU/HILANG/UBAH",
            "#AKL#NO_KK#NAMA ANAK#TANGGAL LAHIR#DESA#KECAMATAN",
            "#DOM#NIK#NAMA#KELURAHAN#KEPERLUAN",
            "#SKTM#NIK#NO_KK#NAMA#KELURAHAN#KEPERLUAN",
            "#RAMAI#NIK#NAMA#KELURAHAN#TANGGAL#ACARA#[HP]",
            "#KTP#NIK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK",
            "#KK#NO_KK#NAMA KEPALA KELUARGA#DESA#KECAMATAN",
        ]
    );
}

/// Ways to write one and the same request.
#[test]
fn one_request_is_read_however_it_is_typed() {
    let whole = one(&format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"));
    assert!(whole.is_complete(), "{:?}", sentences(&whole));
    assert_eq!(
        values(&whole).iter().map(|(_, v)| v.as_str()).collect::<Vec<_>>(),
        ["Pete", "HILANG", "Tigaraksa", "SITI AMINAH", NIK, KK]
    );
    for text in [
        format!("#ktp#{NIK}#{KK}#siti aminah#pete#tigaraksa#hilang"),
        format!("KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG"),
        format!("##KTP##{NIK}##{KK}##SITI AMINAH##PETE##TIGARAKSA##HILANG##"),
        format!(" # KTP # {NIK} # {KK} # Siti  Aminah # Pete # Tigaraksa # hilang # "),
        format!("KTP;{NIK};{KK};SITI AMINAH;PETE;TIGARAKSA;HILANG"),
        format!("KTP,{NIK},{KK},SITI AMINAH,PETE,TIGARAKSA,HILANG"),
        format!("KTP | {NIK} | {KK} | SITI AMINAH | PETE | TIGARAKSA | HILANG"),
        format!("KTP\n{NIK}\n{KK}\nSiti Aminah\nPete\nTigaraksa\nHilang"),
        format!("KTP {NIK} {KK} SITI AMINAH PETE TIGARAKSA HILANG"),
        format!("ktp hilang {NIK} {KK} siti aminah pete tigaraksa"),
        format!("#KTP HILANG#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA"),
        format!("#KTP {NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("#KTP{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("KTP/{NIK}/{KK}/SITI AMINAH/PETE/TIGARAKSA/HILANG"),
        format!("*KTP*{NIK}*{KK}*SITI AMINAH*PETE*TIGARAKSA*HILANG*"),
        format!("KTP - {NIK} - {KK} - SITI AMINAH - PETE - TIGARAKSA - HILANG"),
        format!("*#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#*"),
        format!("#E-KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("#ktp el#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("#KTPP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("Selamat pagi pak, #KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG# terima kasih"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG\nTerima kasih banyak 🙏"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG mohon dibantu ya"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#Ds. Pete#Kec. Tigaraksa#HILANG"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#Desa Pete RT 01/02#Kecamatan Tigaraksa Kab. Tangerang#HILANG"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#Petee#Tigaraksaa#ilang#"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#Tigaraksa#Pete#HILANG#"),
        format!("#KTP#{KK}#{NIK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("#KTP#SITI AMINAH#{NIK}#{KK}#PETE#TIGARAKSA#HILANG#"),
        format!("#KTP#HILANG#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#"),
        "#KTP#3603.0365.0290.0001#3603 0312 0415 0007#SITI AMINAH#PETE#TIGARAKSA#HILANG#".to_owned(),
        "#KTP#36O3O365O29OOOO1#36O3O3l2O4l5OOO7#SITI AMINAH#PETE#TIGARAKSA#HILANG#".to_owned(),
        "＃ＫＴＰ＃３６０３０３６５０２９００００１＃３６０３０３１２０４１５０００７＃SITI AMINAH＃PETE＃TIGARAKSA＃HILANG".to_owned(),
        format!("#K\u{200b}TP#{NIK}#\u{feff}{KK}#SITI\u{a0}AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("#KTP#NIK {NIK}#KK {KK}#NAMA SITI AMINAH#DESA PETE#KEC TIGARAKSA#HILANG#"),
        format!("#KTP\nNIK: {NIK}\nNo KK: {KK}\nNama: Siti Aminah\nDesa: Pete\nKecamatan: Tigaraksa\nJenis: Hilang"),
        format!("KTP\nKec : Tigaraksa\nDesa : Pete\nNama : Siti Aminah\nHilang\nNo. KK : {KK}\nNIK : {NIK}"),
        format!("Mau urus KTP hilang\nNIK = {NIK}\nKK = {KK}\nNama = Siti Aminah\nDesa = Pete\nKec = Tigaraksa"),
        format!("min mau urus ktp hilang nik {NIK} kk {KK} nama siti aminah desa pete kec tigaraksa"),
        format!("KTP NIK {NIK} KK {KK} NAMA SITI AMINAH DESA PETE KEC TIGARAKSA HILANG"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#PEMULA/HILANG/RUSAK#HILANG#"),
        format!("#KTP#NIK#{NIK}#NO_KK#{KK}#NAMA#SITI AMINAH#DESA#PETE#KECAMATAN#TIGARAKSA#HILANG#"),
        format!("#KTP#{NIK} {KK}#SITI AMINAH#PETE TIGARAKSA#HILANG#"),
        format!("#KTP#{NIK}#{KK}\n#SITI AMINAH#PETE#\n#TIGARAKSA#HILANG#"),
        format!("#KTP#{NIK}#{KK}#SITI AMINAH\nPETE\nTIGARAKSA\nHILANG"),
        format!("1. #KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#"),
        format!("NIK: {NIK}\nKK: {KK}\nNama: Siti Aminah\nDesa: Pete\nKec: Tigaraksa\nKTP hilang"),
    ] {
        let message = message("tangerang", &text);
        let read = message.requests.first().map(|reading| (values(reading), sentences(reading)));
        assert_eq!(read, Some((values(&whole), Vec::new())), "{text}");
        assert_eq!(message.requests.len(), 1, "{text}");
    }
}

#[test]
fn what_is_not_certain_is_asked() {
    let line = |change: &dyn Fn(&mut [&str])| {
        let mut values = [NIK, KK, "SITI AMINAH", "PETE", "TIGARAKSA", "HILANG"];
        change(&mut values);
        format!("#KTP#{}#", values.join("#"))
    };
    let table: Vec<(String, Vec<(&str, &str)>)> = vec![
        (line(&|v| v[1] = "3603"), vec![("no_kk", "length")]),
        (line(&|v| v[1] = NIK), vec![("no_kk", "same_number")]),
        (line(&|v| v[1] = "3603034204150007"), vec![("no_kk", "kk_date")]),
        (line(&|v| v[0] = "360303650290000"), vec![("nik", "length")]),
        (line(&|v| v[3] = "SUKAMAJU"), vec![("desa", "unknown_place")]),
        (line(&|v| v[4] = "BALARAJA"), vec![("desa", "not_in_district"), ("kecamatan", "not_of_village")]),
        (line(&|v| v[4] = ""), vec![]),
        (line(&|v| (v[3], v[4]) = ("MEKARSARI", "")), vec![("kecamatan", "missing")]),
        (line(&|v| v[4] = "12"), vec![("kecamatan", "not_a_place")]),
        (line(&|v| v[5] = "HILANG/RUSAK"), vec![("jenis", "option")]),
        (format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE TIGARAKSA#HILANG/RUSAK#"), vec![("jenis", "option")]),
        (format!("ktp {NIK} {KK} siti aminah pete tigaraksa hilang/rusak"), vec![("jenis", "option")]),
        (line(&|v| v[5] = "tidak hilang"), vec![("jenis", "option")]),
        (line(&|v| v[5] = "PEMULA/HILANG/RUSAK"), vec![("jenis", "missing")]),
        (line(&|v| v[2] = "S1TI"), vec![("nama", "name")]),
        (line(&|v| v[2] = "NAMA"), vec![("nama", "missing")]),
        (line(&|v| v[2] = "SITI AMINAH#AHMAD FAUZI"), vec![("nama", "unclear")]),
        (line(&|v| v[0] = MAN), vec![]),
        (format!("#KTP#{MAN}#SITI AMINAH#PETE#TIGARAKSA#HILANG"), vec![("no_kk", "missing")]),
        (
            format!("#KTP#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG"),
            vec![("nik", "which_number"), ("no_kk", "which_number")],
        ),
        (
            "#KTP#NIK#NO_KK#SITI AMINAH#PETE#TIGARAKSA#HILANG#".to_owned(),
            vec![("nik", "missing"), ("no_kk", "missing")],
        ),
        (
            "#KTP#####Pete#".to_owned(),
            ["nik", "no_kk", "nama", "desa", "kecamatan", "jenis"].map(|key| (key, "missing")).to_vec(),
        ),
        (format!("kia {NIK} {KK} SITI AMINAH"), vec![("desa", "missing"), ("kecamatan", "missing")]),
        (format!("#SKPWNI#{NIK}#{KK}#SITI AMINAH, S.Pd"), vec![("alamat_pindah", "missing")]),
        (format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#baru"), vec![("jenis", "option")]),
    ];
    for (text, expected) in table {
        let reading = one(&text);
        let mut found: Vec<_> =
            reading.problems.iter().map(|p| (p.key.as_deref().unwrap_or_default(), p.kind.code())).collect();
        found.retain(|(key, _)| !key.is_empty());
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn the_corrected_line_keeps_what_is_good_and_no_number() {
    for (text, line) in [
        (
            format!("#KTP#{NIK}#3603#siti aminah#pete#tigaraksa#hilang#"),
            "#KTP#NIK#NO_KK#SITI AMINAH#Pete#Tigaraksa#HILANG#",
        ),
        ("#SKDWN#NO_SKPWNI#pindah kerja".to_owned(), "#SKDWN#NO_SKPWNI#pindah kerja"),
        (format!("#KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA#HILANG"), "#KIA#NIK#NO_KK#SITI#Pete#Tigaraksa"),
        (format!("#SKPWNI#{NIK}##SITI#hubungi 0812 3456 7890"), "#SKPWNI#NIK#NO_KK#SITI#ALAMAT_PINDAH"),
    ] {
        let reading = one(&text);
        assert_eq!(reading.corrected_line(), Some(line), "{text}");
        assert_eq!(mask_numbers(line), line);
    }
    let extra = one(&format!("#KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA#HILANG"));
    assert_eq!(sentences(&extra), ["Isian setelah kata KIA terlalu banyak."]);
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
        "syarat KTP apa ya",
        "#KTP hilang syaratnya apa?",
        "bikin kia dong",
        "hashtag #ktpku#",
        "KTP, KK, dan akta sudah jadi semua",
        "3603036502900001",
        "ktp saya 3603036502900001 kok belum jadi",
    ] {
        assert!(message("tangerang", text).requests.is_empty(), "{text}");
    }
    for text in ["Lapor, jalan di depan kantor rusak, mohon diperbaiki", "mau lapor ada petugas minta uang"] {
        assert!(message("kupang", text).requests.is_empty(), "{text}");
    }
}

#[test]
fn data_without_a_keyword_are_no_format_but_suggest_one() {
    let read = message("tangerang", &format!("NIK: {NIK}\nKK: {KK}\nNama: Siti\nDesa: Pete\nKec: Tigaraksa"));
    assert!(read.requests.is_empty());
    assert_eq!(read.maybe.as_deref(), Some("KIA"));
    assert_eq!(message("tangerang", "halo").maybe, None);
}

#[test]
fn several_requests_in_one_message_are_each_read() {
    let kia = format!("#KIA#{NIK}#{KK}#SITI#PETE#TIGARAKSA");
    let ktp = format!("#KTP#{MAN}#{KK}#BUDI#PETE#TIGARAKSA#RUSAK#");
    for text in [
        format!("{kia}\n{ktp}"),
        format!("{kia} {ktp}"),
        format!("Assalamualaikum\n1. {kia}\n2. {ktp}\nTerima kasih"),
        format!("{kia}\n\n{}", ktp.trim_start_matches('#')),
    ] {
        let read = message("tangerang", &text);
        let found: Vec<_> = read.requests.iter().map(|r| (r.keyword.as_str(), sentences(r))).collect();
        assert_eq!(found, [("KIA", vec![]), ("KTP", vec![])], "{text}");
    }
    let list =
        format!("KIA\n1. {NIK}#{KK}#SITI#PETE#TIGARAKSA\n2. {MAN}#{KK}#BUDI#TAPOS#TIGARAKSA\nterima kasih");
    let read = message("tangerang", &list);
    assert_eq!(read.requests.len(), 2, "{read:?}");
    assert!(read.requests.iter().all(Reading::is_complete), "{read:?}");
}

#[test]
fn a_bare_keyword_lists_everything_that_is_missing() {
    let bare = one("#KK");
    assert_eq!(bare.problems.len(), 4);
    assert_eq!(bare.corrected_line(), Some("#KK#NO_KK#NAMA KEPALA KELUARGA#DESA#KECAMATAN"));
}

#[test]
fn the_same_name_of_two_villages_is_asked_for_its_district_and_found_in_it() {
    let read = one(&format!("#KK#{KK}#AHMAD#SUKAMULYA#CIKUPA"));
    assert_eq!(read.fields.get("kecamatan").map(FieldValue::expose), Some("Cikupa"));
    let swapped = one(&format!("#KK#{KK}#AHMAD#CIKUPA#SUKAMULYA"));
    assert!(swapped.is_complete());
    assert_eq!(swapped.notes.first().map(|note| note.kind), Some(NoteKind::PlacesSwapped));
    let labelled = one(&format!("#KK#{KK}#AHMAD#DESA CIKUPA#KEC SUKAMULYA"));
    assert!(!labelled.is_complete());
}

#[test]
fn a_nik_from_elsewhere_is_only_noted() {
    let read = one(&format!("#KIA#6405016502900001#{KK}#SITI#PETE#TIGARAKSA"));
    assert!(read.is_complete());
    assert_eq!(read.notes.first().map(|note| note.kind), Some(NoteKind::NikFromElsewhere));
}

#[test]
fn nothing_personal_is_printed() {
    let read = one(&format!("#KTP#{NIK}#3603#SITI AMINAH#PETE#TIGARAKSA#HILANG#"));
    let shown = format!("{read:?}");
    assert!(!shown.contains("AMINAH") && !shown.contains("Pete") && !shown.contains(NIK), "{shown}");
}

#[test]
fn a_definition_survives_its_json_and_older_json_is_read() -> Result<(), serde_json::Error> {
    for poster in POSTERS {
        let formats = poster.formats();
        let json = serde_json::to_string(&formats)?;
        assert_eq!(serde_json::from_str::<Vec<FormatDefinition>>(&json)?, formats);
    }
    let older = r##"{"keyword":"KIA","separator":"#","trailing":false,"fields":[{"key":"nik","label":"NIK",
        "placeholder":"NIK","example":"16 angka NIK","kind":"nik","required":true}]}"##;
    let read = serde_json::from_str::<FormatDefinition>(older)?;
    assert!(read.aliases.is_empty() && !read.fields[0].holds_separator);
    Ok(())
}

#[test]
fn odd_definitions_do_no_harm() {
    let odd = FormatDefinition {
        numbers: NumbersIn::Chat,
        keyword: " ".to_owned(),
        aliases: vec![String::new()],
        separator: 'é',
        trailing: true,
        fields: Vec::new(),
    };
    let blank = FormatDefinition { keyword: "KTP".to_owned(), separator: ' ', ..odd.clone() };
    let grammar = Grammar::new([odd, blank], Arc::new(Regions::default()));
    for text in ["é é", "halo KTP", "#KTP", "#KTP#a#b"] {
        let _ = grammar.parse(text, today());
    }
}

#[test]
fn a_sentence_about_a_second_nik_names_its_field() {
    let field = Field { label: "NIK ibu".to_owned(), ..tangerang_formats()[1].fields[0].clone() };
    let problem = Problem::of_field(&field, ProblemKind::Nik(NikError::Serial));
    assert_eq!(problem.sentence(), "NIK ibu: Empat angka terakhir NIK tidak boleh 0000.");
}
