//! What stands behind a line and in it without being its data, and what only looks like data.

use super::*;

/// The office, the message, the fields as `key=value`, the questions as `key:code`.
type Case<'t> = (&'t str, &'t str, &'t [&'t str], &'t [&'t str]);

fn check(cases: &[Case<'_>]) {
    for (office, text, fields, questions) in cases {
        let read = message(office, text);
        assert_eq!(read.requests.len(), 1, "{text}");
        let reading = &read.requests[0];
        let found: Vec<_> = values(reading).iter().map(|(key, value)| format!("{key}={value}")).collect();
        let asked: Vec<_> = reading
            .problems
            .iter()
            .map(|p| format!("{}:{}", p.key.as_deref().unwrap_or_default(), p.kind.code()))
            .collect();
        for field in *fields {
            assert!(found.iter().any(|found| found == field), "{text}: {field} in {found:?} {asked:?}");
        }
        assert_eq!(asked, *questions, "{text}: {found:?}");
    }
}

const NTT: &str = "5371051708920021";
const BENGKULU: &str = "1771044302950002";

#[test]
fn text_ends_at_the_closing_separator() {
    for tail in [
        "#\nMakasih kaka",
        "# mokasih pak",
        "#tarimo kasih uda",
        "#\nmauliate bah",
        "# hatur nuhun kang",
        "#\nmatur nuwun mas",
    ] {
        check(&[
            ("kupang", &format!("#NIK#{NTT}#STEFANUS NDUN#BANK BRI{tail}"), &["instansi=BANK BRI"], &[]),
            (
                "bangkahulu",
                &format!("#DOM#{BENGKULU}#Lensi Oktari#Kandang Limun#daftar CPNS{tail}"),
                &["keperluan=daftar CPNS"],
                &[],
            ),
        ]);
    }
    let line = format!("#DOM#{BENGKULU}#Lensi Oktari#Kandang Limun#melamar kerja#besok saya ambil");
    check(&[
        ("bangkahulu", &line, &["nama=LENSI OKTARI"], &["keperluan:unclear"]),
        ("kupang", "#ADU#Yosef Tanu#Nomor #pindah lambat", &["isi_pengaduan=Nomor #pindah lambat"], &[]),
        (
            "kupang",
            "#ADU#Yosef Tanu#belum jadi, tolong dibantu",
            &["isi_pengaduan=belum jadi, tolong dibantu"],
            &[],
        ),
    ]);
}

#[test]
fn what_is_told_below_a_complete_line_is_left_out_with_a_note() {
    let line = format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#");
    let told = one(&format!("{line}\n\nKalo ada yang kurang saya susulkan besok."));
    assert!(told.is_complete(), "{:?}", sentences(&told));
    assert_eq!(told.notes.last().map(|note| note.kind), Some(NoteKind::WordsLeftOut));
    let thanks = one(&format!("{line}\nMauliate"));
    assert!(thanks.is_complete() && thanks.notes.is_empty());
    for more in [
        format!("\nyang satu lagi {MAN}"),
        "\nmaaf desanya salah, Tapos".to_owned(),
        "\nsekalian KIA anak saya".to_owned(),
        "\nAlamat surat: rumah ibu saya".to_owned(),
        "\nBUDI#TAPOS#TIGARAKSA".to_owned(),
        " nanti saya ambil sendiri".to_owned(),
    ] {
        let reading = &message("tangerang", &format!("{line}{more}")).requests[0];
        assert!(!reading.is_complete(), "{more}");
    }
    let faulty = format!("#KTP#{NIK}#{KK}#SITI AMINAH#PETE#TIGARAKSA#\nbesok saya ke kantor");
    assert!(!one(&faulty).is_complete());
}

#[test]
fn one_piece_for_a_name_and_a_text_is_asked_about_unless_it_is_certain() {
    check(&[
        ("kupang", &format!("#NIK#{NTT}#BPJS#"), &["instansi=BPJS"], &["nama:missing"]),
        ("kupang", &format!("#NIK#{NTT}#BANK NTT#"), &["instansi=BANK NTT"], &["nama:missing"]),
        ("kupang", &format!("#NIK#{NTT}#MARIA#"), &[], &["nama:unclear", "instansi:unclear"]),
        ("kupang", &format!("#NIK#{NTT}#MARIA LAKAPU#"), &["nama=MARIA LAKAPU"], &["instansi:missing"]),
        (
            "bangkahulu",
            &format!("#DOM#{BENGKULU}#Kandang Limun#Nyaleg#"),
            &["keperluan=Nyaleg"],
            &["nama:missing"],
        ),
        (
            "bangkahulu",
            &format!("#DOM#{BENGKULU}#Lensi#Kandang Limun#"),
            &["nama=LENSI"],
            &["keperluan:missing"],
        ),
        (
            "kupang",
            "#ADU#sudah lama KK saya belum jadi, tolong dibantu",
            &["isi_pengaduan=sudah lama KK saya belum jadi, tolong dibantu"],
            &["nama:missing"],
        ),
        (
            "kupang",
            "#KIA#NO_KK#NAMA ANAK#TANGGAL LAHIR#KELURAHAN#KECAMATAN",
            &[],
            &[
                "no_kk:missing",
                "nama_anak:missing",
                "tanggal_lahir:missing",
                "desa:missing",
                "kecamatan:missing",
            ],
        ),
    ]);
}

#[test]
fn a_question_with_a_number_is_no_format() {
    for text in [format!("NIK {NTT} su aktif ko belum kaka?"), "#ADU# syaratnya apa saja ya kaka?".to_owned()]
    {
        assert!(message("kupang", &text).requests.is_empty(), "{text}");
    }
}

#[test]
fn many_letters_for_digits_are_read_only_as_a_good_number() {
    let line = |nik: &str| format!("#KTP#{nik}#{KK}#SITI AMINAH#PETE#TIGARAKSA#HILANG#");
    check(&[
        ("tangerang", &line("36O3IIS8IO8SOOOI"), &["nik=3603115810850001"], &[]),
        ("tangerang", &line("37O3IIS8IO8SOOOI"), &[], &["nik:nik"]),
        ("tangerang", &line("36O3IIS8I38SOOOI"), &[], &["nik:nik"]),
    ]);
}

#[test]
fn places_are_found_through_dashes_missing_parts_and_the_city() {
    let batu = "3579011102920002";
    check(&[
        (
            "batu",
            &format!("KTP-{batu}-Bagus Setiawan-Oro-oro Ombo-Batu-Hilang"),
            &["desa=Oro-oro Ombo", "nama=BAGUS SETIAWAN"],
            &[],
        ),
        (
            "tangerang",
            &format!("#KTP#{NIK}#{KK}#SITI#Pagedangan#Kronjo#hilang#"),
            &["kecamatan=Kronjo"],
            &["desa:several_places"],
        ),
        (
            "tangerang",
            &format!("#KTP#{NIK}#{KK}#SITI#PASIR#TIGARAKSA#HILANG#"),
            &[],
            &["desa:not_in_district", "kecamatan:not_of_village"],
        ),
    ]);
    let mut city = RegionsBuilder::new("3579", ["Kota Batu"], Arc::new(PlaceWords::default()));
    city.district("Batu");
    city.village("Songgokerto");
    city.district("Bumiaji");
    city.village("Sumber Brantas");
    let grammar = Grammar::new(POSTERS[4].formats(), Arc::new(city.build()));
    for (village, district) in
        [("Songgokrto", Some("Batu")), ("Sumber Brantaz", None), ("Sumber Brantas", Some("Bumiaji"))]
    {
        let text = format!("#KTP#{batu}#Didik Hermawan#{village}#Kota Batu#hilang");
        let read = grammar.parse(&text, today());
        let reading = &read.requests[0];
        assert_eq!(reading.fields.get("kecamatan").map(FieldValue::expose), district, "{village}");
    }
}
