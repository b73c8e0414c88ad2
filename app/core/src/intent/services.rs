//! Which service a message names: by what people call it, by its code, or by the words of its own name.

use super::stems::{Stem, is_silent, stems};

/// A service as an office offers it.
#[derive(Debug, Clone)]
pub struct Offered<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its variants.
    pub variants: Vec<OfferedVariant<'a>>,
}

/// A variant of a service.
#[derive(Debug, Clone, Copy)]
pub struct OfferedVariant<'a> {
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// What people call the services of the national catalogue: phrases of stems, by code. A phrase is words that stand
/// in the message in any order.
const CALLED: [(&str, &[&str]); 12] = [
    ("KTP", &["ktp", "kartu penduduk"]),
    ("KK", &["kk", "kartu keluarga"]),
    ("KIA", &["kia", "kartu anak", "ktp anak", "kartu identitas anak"]),
    ("AKL", &["akta lahir", "surat lahir", "akl"]),
    ("AKM", &["akta mati", "surat mati"]),
    ("AKN", &["akta nikah"]),
    ("AKC", &["akta cerai"]),
    (
        "SKPWNI",
        &[
            "skpwni",
            "pindah",
            "surat pindah",
            "pindah keluar",
            "pindah domisili",
            "surat pindah domisili",
            "pindah alamat",
        ],
    ),
    ("SKDWN", &["skdwn", "pindah datang", "pindah masuk", "surat pindah datang"]),
    (
        "NIK",
        &[
            "validasi nik",
            "nik tidak daftar",
            "nik tidak aktif",
            "nik belum aktif",
            "nik ditolak",
            "nik belum daftar",
            "nik tidak daftar bpjs",
            "nik ditolak bpjs",
            "nik bpjs",
        ],
    ),
    ("DOM", &["domisili", "surat domisili"]),
    ("RAMAI", &["ramai", "izin ramai"]),
];

/// What people call variants, by code.
const VARIANTS: [(&str, &str); 6] = [
    ("hilang", "hilang"),
    ("rusak", "rusak"),
    ("pemula", "pemula"),
    ("perubahan", "ubah"),
    ("ubah", "ubah"),
    ("datang", "datang"),
];

/// A service, made ready.
#[derive(Debug, Clone)]
pub(super) struct Known {
    code: String,
    phrases: Vec<Vec<String>>,
    variants: Vec<(String, Vec<String>)>,
}

impl Known {
    pub(super) fn of(offered: &Offered<'_>) -> Self {
        let code = offered.code.to_uppercase();
        let called = CALLED.iter().find(|(known, _)| *known == code).map(|(_, phrases)| *phrases);
        let mut phrases: Vec<Vec<String>> = called
            .unwrap_or_default()
            .iter()
            .map(|phrase| phrase.split(' ').map(str::to_owned).collect())
            .collect();
        let own = telling(offered.name);
        // Its own name, unless that is a word that everybody uses for much else.
        if own.len() > 1 || own.first().is_some_and(|word| word.len() > 5) {
            phrases.push(own);
        }
        if called.is_none() {
            phrases.push(vec![code.to_lowercase()]);
        }
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        phrases.dedup();
        // Where there is one variant only, nothing is chosen by naming it.
        let choice = offered.variants.iter().filter(|_| offered.variants.len() > 1);
        let variants = choice.map(|one| (one.code.to_owned(), variant(one))).collect();
        Self { code, phrases, variants }
    }
}

/// The words of a name that say something, as stems.
fn telling(name: &str) -> Vec<String> {
    stems(name, 8).into_iter().filter(|word| !is_silent(&word.text)).map(|word| word.text).collect()
}

/// The words that name a variant.
fn variant(of: &OfferedVariant<'_>) -> Vec<String> {
    let called = VARIANTS.iter().find(|(code, _)| of.code.eq_ignore_ascii_case(code));
    called.map_or_else(|| telling(of.name), |(_, stem)| vec![(*stem).to_owned()])
}

/// A service that is named, with the variant if one is, and where its words stand.
struct Named<'k> {
    known: &'k Known,
    at: Vec<usize>,
}

/// The services that are named with their variants, and the words that name them.
pub(super) fn found(known: &[Known], words: &[Stem]) -> (Vec<(String, Option<String>)>, Vec<usize>) {
    let mut named: Vec<Named<'_>> = known.iter().filter_map(|one| named(one, words)).collect();
    // "KTP anak" names the KIA and not the KTP: what stands inside another's name names nothing.
    let lists: Vec<Vec<usize>> = named.iter().map(|one| one.at.clone()).collect();
    named.retain(|one| {
        !lists.iter().any(|other| other.len() > one.at.len() && one.at.iter().all(|at| other.contains(at)))
    });
    named.sort_by_key(|one| one.at.first().copied());
    let mut said = Vec::new();
    let mut services = Vec::new();
    for one in named {
        let (variant, at) = of_variant(one.known, words);
        said.extend(one.at.into_iter().chain(at));
        services.push((one.known.code.clone(), variant));
    }
    (services, said)
}

/// The longest phrase of a service that stands in the message.
fn named<'k>(known: &'k Known, words: &[Stem]) -> Option<Named<'k>> {
    known.phrases.iter().find_map(|phrase| all(phrase, words)).map(|at| Named { known, at })
}

/// The one variant that is named; none when two are.
fn of_variant(known: &Known, words: &[Stem]) -> (Option<String>, Vec<usize>) {
    let mut found = None;
    for (code, phrase) in &known.variants {
        let Some(at) = all(phrase, words).filter(|_| !phrase.is_empty()) else { continue };
        if found.is_some() {
            return (None, Vec::new());
        }
        found = Some((code.clone(), at));
    }
    found.map_or((None, Vec::new()), |(code, at)| (Some(code), at))
}

/// Where every word of a phrase stands, each time; nothing when one is missing.
fn all(phrase: &[String], words: &[Stem]) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    for part in phrase {
        let before = places.len();
        places.extend(words.iter().enumerate().filter(|(_, word)| word.text == *part).map(|(at, _)| at));
        if places.len() == before {
            return None;
        }
    }
    places.sort_unstable();
    Some(places)
}
