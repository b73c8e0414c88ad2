//! What keeps a format from being published: a sentence for each fault, at the field in which it is put right.
//!
//! A part is `keyword`, `aliases`, `separator`, `fields`, or one input of a row: `fields.2.label`, `.kind`, `.example`,
//! `.options`, `.labels`.

use std::collections::HashMap;

use super::super::{
    normalise::key,
    schema::{Field, FieldKind, FormatDefinition},
};
use super::draw::is_key;
use crate::{edition::Problem, text::mask_numbers};

/// What may stand between fields: signs that dates, addresses and WhatsApp's own marks leave free.
pub const SEPARATORS: [char; 3] = ['#', ';', '|'];

const LONGEST_KEYWORD: usize = 12;
const MOST_ALIASES: usize = 8;
const MOST_FIELDS: usize = 12;
const LONGEST_LABEL: usize = 40;
const LONGEST_EXAMPLE: usize = 80;
const MOST_OPTIONS: usize = 12;
const LONGEST_OPTION: usize = 30;
const MOST_LABELS: usize = 12;
/// Longer lines are no longer typed without a slip.
const LONGEST_LINE: usize = 300;

/// What is wrong with a format by itself.
pub(super) fn check(one: &FormatDefinition) -> Vec<Problem> {
    let mut found = words(one);
    if !SEPARATORS.contains(&one.separator) {
        found.push(Problem::new("separator", "Pilih tanda pemisah dari daftar."));
    }
    found.extend(whole(one));
    for (at, field) in one.fields.iter().enumerate() {
        found.extend(row(one, (at, field)));
        if field.kind == FieldKind::Choice {
            found.extend(options(at, field));
        }
    }
    found.extend(apart(one));
    found
}

/// Words that another format of the office begins with; `others` are the names of services with their formats.
pub fn clashes<'a>(
    one: &FormatDefinition,
    others: impl IntoIterator<Item = (&'a str, &'a FormatDefinition)>,
) -> Vec<Problem> {
    let mut taken: HashMap<String, &str> = HashMap::new();
    for (service, other) in others {
        for word in std::iter::once(&other.keyword).chain(&other.aliases) {
            taken.entry(key(word)).or_insert(service);
        }
    }
    let part = |at: usize| if at == 0 { "keyword" } else { "aliases" };
    let words = std::iter::once(&one.keyword).chain(&one.aliases).enumerate();
    words
        .filter_map(|(at, word)| Some((at, word, taken.get(&key(word))?)))
        .map(|(at, word, service)| {
            Problem::new(part(at), format!("Kata {word} sudah dipakai format {service}. Pilih kata lain."))
        })
        .collect()
}

/// Options that no variant of the service is called by; `variants` are their codes and names. A choice between variants
/// is never guessed, so every option must name one; a service of one variant has nothing to choose.
pub fn nameless<'a>(one: &FormatDefinition, variants: &[(&'a str, &'a str)]) -> Option<Problem> {
    let place = one.fields.iter().position(|field| field.kind == FieldKind::Choice)?;
    let choice = one.fields.get(place).filter(|_| variants.len() > 1)?;
    let names = |option: &&String| variants.iter().any(|variant| choice.option_names(option, *variant));
    let unknown = choice.options.iter().find(|option| !names(option))?;
    let known: Vec<&str> = variants.iter().map(|(_, name)| *name).collect();
    let sentence = format!(
        "Pilihan {unknown} bukan jenis layanan ini. Jenisnya: {}. Tulis kata yang sama, atau tambahkan setelah tanda \
         sama dengan, misalnya {unknown} = {}.",
        known.join(", "),
        known.first().copied().unwrap_or_default().to_uppercase(),
    );
    Some(Problem::new(at(place, "options"), sentence))
}

fn at(place: usize, input: &str) -> String {
    format!("fields.{place}.{input}")
}

/// Keyword and aliases.
fn words(one: &FormatDefinition) -> Vec<Problem> {
    let mut found = Vec::new();
    let good = |word: &str| {
        let key = key(word);
        word.chars().count() <= LONGEST_KEYWORD
            && key.len() >= 2
            && key.chars().any(|letter| letter.is_ascii_alphabetic())
            && word.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | ' '))
    };
    if one.keyword.is_empty() {
        found.push(Problem::new("keyword", "Isi kata kunci, contoh: KTP."));
    } else if !good(&one.keyword) {
        found.push(Problem::new(
            "keyword",
            "Kata kunci terdiri atas 2 sampai 12 huruf atau angka, contoh: KTP.",
        ));
    }
    if let Some(wrong) = one.aliases.iter().find(|word| !good(word)) {
        let sentence = format!("{wrong}: kata lain terdiri atas 2 sampai 12 huruf atau angka.");
        found.push(Problem::new("aliases", sentence));
    }
    if one.aliases.len() > MOST_ALIASES {
        found.push(Problem::new("aliases", format!("Paling banyak {MOST_ALIASES} kata lain.")));
    }
    let all: Vec<String> = std::iter::once(&one.keyword).chain(&one.aliases).map(|word| key(word)).collect();
    if let Some((_, word)) =
        twice(&all).and_then(|place| Some((place, one.aliases.get(place.checked_sub(1)?)?)))
    {
        found.push(Problem::new(
            "aliases",
            format!("{word} sama dengan kata lain di atasnya. Hapus salah satu."),
        ));
    }
    found
}

/// The first place whose text stood before.
fn twice(all: &[String]) -> Option<usize> {
    (1..all.len()).find(|place| all.get(*place).is_some_and(|one| all.iter().take(*place).any(|e| e == one)))
}

/// How many fields there are, and how long the line is.
fn whole(one: &FormatDefinition) -> Option<Problem> {
    let in_chat = |field: &&Field| !one.is_linked(field);
    let sentence = if one.fields.is_empty() {
        "Tambahkan paling sedikit satu isian.".to_owned()
    } else if one.fields.iter().filter(in_chat).all(|field| !field.required)
        && one.fields.iter().any(|field| field.required)
    {
        "Selain NIK dan nomor KK, paling sedikit satu isian wajib diketik di percakapan, misalnya nama."
            .to_owned()
    } else if one.fields.iter().all(|field| !field.required) {
        "Paling sedikit satu isian harus wajib, agar baris kosong tidak diterima.".to_owned()
    } else if one.fields.len() > MOST_FIELDS {
        format!("Paling banyak {MOST_FIELDS} isian dalam satu baris. Warga sulit mengetik lebih dari itu.")
    } else if one.line_template().chars().count() > LONGEST_LINE {
        format!("Barisnya lebih dari {LONGEST_LINE} huruf. Pendekkan nama isian atau kurangi pilihan.")
    } else if !well_keyed(one) {
        "Ada dua isian dengan kunci yang sama. Hapus salah satu, lalu tambahkan lagi.".to_owned()
    } else {
        return None;
    };
    Some(Problem::new("fields", sentence))
}

fn well_keyed(one: &FormatDefinition) -> bool {
    let keys: Vec<String> = one.fields.iter().map(|field| field.key.clone()).collect();
    keys.iter().all(|key| is_key(key)) && twice(&keys).is_none()
}

/// What is wrong within one field.
fn row(one: &FormatDefinition, (place, field): (usize, &Field)) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut say = |input: &str, sentence: &str| found.push(Problem::new(at(place, input), sentence));
    if key(&field.label).is_empty() || field.label.chars().count() > LONGEST_LABEL {
        say("label", "Isi nama isian, paling banyak 40 huruf.");
    } else if holds(one, &field.label) || holds(one, &field.placeholder) {
        say("label", "Nama isian tidak boleh memuat tanda pemisah.");
    }
    let last = place + 1 == one.fields.len();
    if field.holds_separator && !(last && field.kind.is_text()) {
        say("kind", "Uraian yang boleh memuat tanda pemisah hanya dapat menjadi isian terakhir.");
    }
    let next = one.fields.get(place + 1);
    if !field.required && field.kind.is_loose() && next.is_some_and(|next| next.kind.is_loose()) {
        say(
            "required",
            "Isian yang boleh kosong tidak dapat berada tepat sebelum nama, uraian, atau alamat.",
        );
    }
    if field.kind != FieldKind::Choice {
        if key(&field.example).is_empty() || field.example.chars().count() > LONGEST_EXAMPLE {
            say("example", "Isi contoh, paling banyak 80 huruf.");
        } else if mask_numbers(&field.example) != field.example {
            say(
                "example",
                "Jangan memakai nomor yang dapat menjadi milik orang. Tulis misalnya: 16 angka NIK.",
            );
        } else if holds(one, &field.example) && !field.holds_separator {
            say("example", "Contoh tidak boleh memuat tanda pemisah.");
        }
    }
    let long =
        field.labels.iter().any(|label| key(label).is_empty() || label.chars().count() > LONGEST_LABEL);
    if long || field.labels.len() > MOST_LABELS {
        say("labels", "Paling banyak 12 sebutan lain, masing-masing paling banyak 40 huruf.");
    }
    found
}

fn holds(one: &FormatDefinition, text: &str) -> bool {
    text.contains(one.separator) || text.contains('\n')
}

/// What is wrong with the options of a choice.
fn options(place: usize, field: &Field) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut say = |sentence: String| found.push(Problem::new(at(place, "options"), sentence));
    if field.options.len() < 2 {
        say("Isi paling sedikit dua pilihan, satu pilihan tiap baris.".to_owned());
        return found;
    }
    if field.options.len() > MOST_OPTIONS {
        say(format!("Paling banyak {MOST_OPTIONS} pilihan."));
    }
    let usable = |text: &str| {
        !key(text).is_empty()
            && text.chars().count() <= LONGEST_OPTION
            && !text.chars().any(|letter| SEPARATORS.contains(&letter) || matches!(letter, '/' | '\n'))
    };
    let others = field.option_aliases.iter().map(|one| one.alias.as_str());
    let all: Vec<&str> = field.options.iter().map(String::as_str).chain(others).collect();
    if let Some(wrong) = all.iter().find(|word| !usable(word)) {
        say(format!("Pilihan \"{wrong}\" paling banyak 30 huruf, tanpa garis miring dan tanda pemisah."));
    }
    let keys: Vec<String> = all.iter().map(|word| key(word)).collect();
    if let Some(word) = twice(&keys).and_then(|place| all.get(place)) {
        say(format!(
            "Pilihan {word} tertulis dua kali, atau hanya berbeda huruf besar, spasi, dan tanda baca."
        ));
    }
    if field.option_aliases.iter().any(|one| !field.options.contains(&one.option)) {
        say("Ada sebutan untuk pilihan yang tidak ada lagi.".to_owned());
    }
    found
}

/// Fields that could be taken for each other.
fn apart(one: &FormatDefinition) -> Vec<Problem> {
    let mut found = Vec::new();
    let labels: Vec<String> = one.fields.iter().map(|field| key(&field.label)).collect();
    if let Some(place) = twice(&labels) {
        found.push(Problem::new(at(place, "label"), "Nama isian ini sudah dipakai. Beri nama yang berbeda."));
    }
    for (place, field) in one.fields.iter().enumerate() {
        let mut before = one.fields.iter().take(place);
        let same = |other: &Field| other.kind == field.kind;
        match field.kind {
            FieldKind::Village | FieldKind::District if before.clone().any(same) => {
                let sentence =
                    format!("{} hanya dapat diminta satu kali dalam satu baris.", field.kind.label());
                found.push(Problem::new(at(place, "kind"), sentence));
            }
            FieldKind::Choice => {
                let shared =
                    |other: &Field| field.options.iter().find(|word| has_option(other, word)).cloned();
                if let Some((other, word)) = before.find_map(|other| Some((other, shared(other)?))) {
                    let sentence =
                        format!("Pilihan {word} juga ada pada isian {}. Beri kata lain.", other.label);
                    found.push(Problem::new(at(place, "options"), sentence));
                }
            }
            _ => {}
        }
        let shared = one.fields.iter().filter(|other| same(other)).count() > 1;
        if shared && bare(field.kind).contains(&key(&field.label).as_str()) {
            let kind = field.kind.label();
            let sentence = format!(
                "Ada lebih dari satu isian {kind}, sehingga nama \"{}\" belum membedakannya. Tulis milik siapa, \
                 misalnya {} anak.",
                field.label, field.label
            );
            found.push(Problem::new(at(place, "label"), sentence));
        }
    }
    found
}

fn has_option(field: &Field, word: &str) -> bool {
    let same = |one: &String| key(one) == key(word);
    field.kind == FieldKind::Choice && field.options.iter().any(same)
}

/// Names that say no more than the kind itself, by key.
const fn bare(kind: FieldKind) -> &'static [&'static str] {
    match kind {
        FieldKind::Nik => &["nik", "nonik", "nomornik"],
        FieldKind::Kk => &["kk", "nokk", "nomorkk", "kartukeluarga", "nomorkartukeluarga"],
        FieldKind::Name => &["nama", "namalengkap", "namaorang"],
        FieldKind::DocumentNumber => &["nomor", "nosurat", "nomorsurat", "nomordokumen"],
        FieldKind::Date => &["tanggal", "tgl"],
        FieldKind::Phone => &["hp", "nohp", "nomorhp", "telepon", "nomortelepon", "wa", "nomorwa"],
        FieldKind::Choice => &["pilihan"],
        FieldKind::Address => &["alamat"],
        FieldKind::Text => &["uraian", "keterangan"],
        FieldKind::Village | FieldKind::District => &[],
    }
}
