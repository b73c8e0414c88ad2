//! What messages ask for, one after another, and what no message ever does.

use proptest::prelude::*;

use super::*;

/// The services of an office like Tangerang's or Kupang's.
fn lexicon() -> Lexicon {
    let offered = |code, name, variants: &[(&'static str, &'static str)]| Offered {
        code,
        name,
        variants: variants.iter().map(|(code, name)| OfferedVariant { code, name }).collect(),
    };
    Lexicon::new([
        offered("KK", "Kartu Keluarga", &[("perubahan", "Perubahan data"), ("hilang", "Hilang")]),
        offered("KTP", "KTP elektronik", &[("pemula", "Pemula"), ("hilang", "Hilang"), ("rusak", "Rusak")]),
        offered("KIA", "Kartu Identitas Anak", &[("baru", "Baru")]),
        offered("SKPWNI", "Surat pindah keluar", &[("antar_kabupaten", "Antarkabupaten/kota")]),
        offered("SKDWN", "Pindah datang", &[("datang", "Dari kabupaten/kota lain")]),
        offered("NIK", "Validasi NIK", &[("konsolidasi", "Ditolak instansi")]),
        offered("AKL", "Akta kelahiran", &[("baru", "Kelahiran baru")]),
        offered("SKTM", "Surat keterangan tidak mampu", &[("umum", "Umum")]),
        offered("RAMAI", "Rekomendasi izin keramaian", &[("umum", "Umum")]),
    ])
}

/// A guess in short: `requirements:AKL`, `status:KK`, `hours`, joined by `|`; a certain one ends in `!`.
fn short(guess: &Guess) -> String {
    let one = |asked: &Asked| {
        let parts = [Some(asked.want.word()), asked.service.as_deref(), asked.variant.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(":")
    };
    let all = guess.asked.iter().map(one).collect::<Vec<_>>().join("|");
    if guess.certain { format!("{all}!") } else { all }
}

fn check(table: &[(&str, &str)]) {
    let lexicon = lexicon();
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, short(&lexicon.guess(text))))
        .filter(|(_, expected, found)| found != *expected)
        .map(|(text, expected, found)| format!("{text}: {found}, not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn questions_are_understood_as_people_type_them() {
    check(&[
        ("ktp ilang min", "service:KTP:hilang!"),
        ("KTP saya hilang", "service:KTP:hilang!"),
        ("e-ktp rusak gmn ya min", "service:KTP:rusak!"),
        ("bikin kia", "service:KIA!"),
        ("mau buat kartu identitas anak", "service:KIA!"),
        ("mau urus surat pindah", "service:SKPWNI!"),
        ("ngurus pindah datang", "service:SKDWN!"),
        ("nik tdk terdaftar bpjs", "service:NIK!"),
        ("urus sktm", "service:SKTM!"),
        ("syarat akte lahir", "requirements:AKL!"),
        ("Syarat KTP hilang apa saja ya?", "requirements:KTP:hilang!"),
        ("sarat bikin kk brp ya", "requirements:KK!"),
        ("persyaratannya kia apa aja kak", "requirements:KIA!"),
        ("syarat2 pindah keluar", "requirements:SKPWNI!"),
        ("syaratttt kk dong", "requirements:KK!"),
        ("cara bikin akta kelahiran gimana", "requirements:AKL!"),
        ("bikin kia bawa apa aja min?", "requirements:KIA!"),
        ("kk blm jadi?", "status:KK!"),
        ("ktp saya udah jadi blm ya", "status:KTP!"),
        ("kapan jadi min", "status!"),
        ("KTP saya sudah selesai?", "status:KTP!"),
        ("cek status kk", "status:KK!"),
        ("sudah sampai mana ya", "status!"),
        ("kok lama bgt blm jadi", "status"),
        ("buka jam brp", "hours!"),
        ("jam pelayanan?", "hours!"),
        ("kantor buka sampai jam brp min", "hours!"),
        ("hari sabtu buka gak?", "hours!"),
        ("jam buka loket", "hours!"),
        ("alamat kantor dimana", "location!"),
        ("lokasi dukcapil dmn min", "location!"),
        ("kantornya dimana ya", "location!"),
        ("shareloc dong min", "location!"),
    ]);
}

#[test]
fn what_could_be_two_things_gives_both_and_is_never_certain() {
    check(&[
        ("syarat kk sama ktp hilang", "requirements:KK:hilang|requirements:KTP:hilang"),
        ("mau urus kk dan ktp", "service:KK|service:KTP"),
        ("syaratnya apa dan buka jam berapa", "requirements|hours"),
        ("alamat kantor dan jam buka", "hours|location"),
        ("syarat kk ktp kia", ""),
    ]);
}

#[test]
fn a_message_that_says_more_is_suggested_and_not_certain() {
    check(&[
        ("syarat kia untuk anak saya umur 3 tahun ditolak sekolah", "requirements:KIA"),
        ("KK saya sudah jadi tapi nama istri salah", "status:KK"),
        ("alhamdulillah kk sudah jadi makasih min", "status:KK"),
        ("kk saya sudah jadi, terima kasih", "status:KK"),
        ("buka jam brp besok lebaran", "hours"),
        ("bukan ktp tapi kk yang hilang", "service:KTP:hilang|service:KK:hilang"),
        ("alamat kantor lurah pete dimana", "location"),
        ("persyarattan kk apa", "requirements:KK"),
        ("petugas minta uang 50rb buat kk, saya mau lapor", "complaint:KK"),
    ]);
}

#[test]
fn what_nobody_can_tell_gives_nothing() {
    check(&[
        ("", ""),
        ("Halo?", ""),
        ("selamat pagi min", ""),
        ("ok makasih", ""),
        ("🙏🙏", ""),
        ("besok saya ke sana", ""),
        ("3603036502900001", ""),
        ("alamat saya di jalan raya", ""),
        ("saya kerja jam 8", ""),
    ]);
}

#[test]
fn a_service_is_named_only_where_the_office_offers_it() {
    let small =
        Lexicon::new([Offered { code: "DOM", name: "Surat keterangan domisili", variants: Vec::new() }]);
    assert_eq!(short(&small.guess("syarat surat domisili")), "requirements:DOM!");
    assert_eq!(short(&small.guess("syarat akte lahir")), "requirements");
    assert_eq!(small.guess("bikin kia"), Guess::default());
    let own = Offered { code: "PETI", name: "Peminjaman tenda kecamatan", variants: Vec::new() };
    assert_eq!(short(&Lexicon::new([own]).guess("syarat peminjaman tenda kecamatan")), "requirements:PETI!");
}

proptest! {
    #[test]
    fn no_text_makes_it_stumble_and_what_is_certain_is_one_thing(text in "\\PC{0,200}") {
        let guess = lexicon().guess(&text);
        prop_assert!(guess.asked.len() <= MOST);
        prop_assert!(!guess.certain || guess.asked.len() == 1);
    }

    #[test]
    fn a_word_that_nobody_knows_takes_the_certainty(
        at in 0_usize..8,
        word in "[bcdfghj]{4}[aeiou][klmnp]{3}",
    ) {
        let certain = [
            "ktp ilang min", "syarat akte lahir", "kk blm jadi?", "bikin kia", "buka jam brp", "alamat kantor dimana",
            "jam pelayanan?", "cek status kk",
        ];
        let text = certain.get(at).copied().unwrap_or_default();
        prop_assert!(lexicon().guess(text).certain, "{}", text);
        let more = lexicon().guess(&format!("{text} {word}"));
        prop_assert!(!more.certain, "{} {}", text, word);
    }
}
