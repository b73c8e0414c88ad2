//! One value of one field.

use chrono::NaiveDate;
use zeroize::Zeroizing;

use super::{
    courtesy::postpones,
    dates,
    numbers::{Digits, digits, is_kk_date, look_alike},
    options::{Chosen, Options},
    problem::ProblemKind,
    schema::{Field, FieldKind},
    value::{Confidence, FieldValue},
};
use crate::text::{Kk, KkError, Nik, NikError, PersonName, PhoneE164, collapse};

/// What a value was read as.
pub(super) type Read = Result<(FieldValue, Confidence), ProblemKind>;

/// Longest free text, document number and name, in characters.
pub(super) const LONGEST_TEXT: usize = 1000;
const LONGEST_NUMBER: usize = 60;
const LONGEST_NAME: usize = 100;
/// No name has more words.
const MOST_NAMES: usize = 9;

/// Words that no name holds.
const TALK: [&str; 28] = [
    "saya",
    "sy",
    "aku",
    "mau",
    "ingin",
    "untuk",
    "utk",
    "tolong",
    "mohon",
    "minta",
    "bikin",
    "urus",
    "terimakasih",
    "makasih",
    "yang",
    "yg",
    "adalah",
    "adik",
    "istri",
    "suami",
    "ini",
    "karena",
    "belum",
    "lupa",
    "menyusul",
    "sama",
    "tidak",
    "kosong",
];

/// Reads a value that stands for itself: anything but a place.
pub(super) fn read(field: &Field, options: Option<&Options>, raw: &str, today: NaiveDate) -> Read {
    match field.kind {
        FieldKind::Nik => nik(raw),
        FieldKind::Kk => kk(raw, today),
        FieldKind::Name => name(raw),
        FieldKind::Choice => choice(field, options, raw),
        FieldKind::Phone => phone(raw),
        FieldKind::Date => date(field, raw, today),
        FieldKind::DocumentNumber => document(raw),
        FieldKind::Village | FieldKind::District | FieldKind::Text | FieldKind::Address => text(raw),
    }
}

/// Whether nothing stands there, or only what people put where they have nothing.
pub(super) fn is_blank(raw: &str) -> bool {
    let key = super::normalise::key(raw);
    matches!(
        key.as_str(),
        "" | "kosong"
            | "tidakada"
            | "tdkada"
            | "nihil"
            | "belumada"
            | "null"
            | "none"
            | "xx"
            | "xxx"
            | "xxxx"
            | "isi"
            | "belumadanama"
    )
}

/// The digits of a number, without what people add to it: "(NIK saya)".
fn number(raw: &str) -> Option<Digits> {
    digits(raw).or_else(|| {
        if raw.len() > 80 {
            return None;
        }
        let said = |word: &&str| {
            !matches!(
                super::normalise::key(word).as_str(),
                "nik" | "kk" | "no" | "nomor" | "nokk" | "ktp" | "saya" | "ya" | "pak" | "bu" | "itu" | "ini"
            )
        };
        let rest = Zeroizing::new(raw.split_whitespace().filter(said).collect::<Vec<_>>().join(" "));
        digits(&rest).map(|found| Digits { tidied: true, ..found })
    })
}

pub(super) fn nik(raw: &str) -> Read {
    // Too few digits to be taken for a number are told as too few.
    let short = || ProblemKind::Nik(Nik::parse(raw).err().unwrap_or(NikError::NotDigits));
    let found = number(raw).ok_or_else(short)?;
    let nik = Nik::parse(&found.text).map_err(ProblemKind::Nik)?;
    Ok((FieldValue::Nik(nik), found.confidence()))
}

pub(super) fn kk(raw: &str, today: NaiveDate) -> Read {
    let short = || ProblemKind::Kk(Kk::parse(raw).err().unwrap_or(KkError::NotDigits));
    let found = number(raw).ok_or_else(short)?;
    let kk = Kk::parse(&found.text).map_err(ProblemKind::Kk)?;
    if !is_kk_date(&found.text, today) {
        return Err(ProblemKind::KkDate);
    }
    Ok((FieldValue::Kk(kk), found.confidence()))
}

/// Whether a text can be the name of a person: letters, with the signs that names have.
pub(super) fn is_name(raw: &str) -> bool {
    name(raw).is_ok()
}

fn name(raw: &str) -> Read {
    let line = Zeroizing::new(collapse(raw));
    let kept = |c: &char| c.is_alphanumeric() || c.is_ascii() || matches!(c, '\u{300}'..='\u{36f}');
    let letters = Zeroizing::new(line.chars().filter(kept).collect::<String>());
    let trimmed = trim_name(on_behalf(&letters));
    if trimmed.chars().any(|c| !(c.is_alphabetic() || is_name_sign(c))) {
        return Err(ProblemKind::NotAName);
    }
    if trimmed.split(' ').any(|word| TALK.contains(&super::normalise::key(word).as_str())) {
        return Err(ProblemKind::NotAName);
    }
    if trimmed.chars().filter(|c| c.is_alphabetic()).count() < 2 || trimmed.split(' ').count() > MOST_NAMES {
        return Err(ProblemKind::NotAName);
    }
    if trimmed.chars().count() > LONGEST_NAME {
        return Err(ProblemKind::TooLong(LONGEST_NAME));
    }
    let upper = Zeroizing::new(collapse(&trimmed.to_uppercase()));
    let exact = *upper == raw;
    let name = PersonName::parse(&upper).map_err(ProblemKind::Name)?;
    Ok((FieldValue::Name(name), if exact { Confidence::Exact } else { Confidence::Tidied }))
}

/// The name behind "a.n." or "a/n".
fn on_behalf(text: &str) -> &str {
    match text.trim_start().split_once(' ') {
        Some((first, rest))
            if first.contains(['.', '/']) && super::normalise::key(first) == "an" && first.len() <= 4 =>
        {
            rest
        }
        _ => text,
    }
}

const fn is_name_sign(c: char) -> bool {
    matches!(c, ' ' | '\'' | '.' | ',' | '-' | '/' | '\u{300}'..='\u{36f}')
}

/// The name without signs around it; a full stop stays behind an initial or a title.
fn trim_name(text: &str) -> &str {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_start_matches(['.', ' ']);
    let last = text.rsplit([' ', ',']).next().unwrap_or_default();
    let bare = last.trim_end_matches('.');
    let keeps = bare.contains('.') || bare.chars().count() == 1;
    if last != bare && !keeps { text.trim_end_matches('.').trim_end() } else { text }
}

fn choice(field: &Field, options: Option<&Options>, raw: &str) -> Read {
    let Some(options) = options else { return Err(ProblemKind::NotAnOption(field.options.clone())) };
    match options.within(raw) {
        Chosen::One(index, confidence) => {
            Ok((FieldValue::Choice(options.name(index).to_owned()), confidence))
        }
        Chosen::Several | Chosen::Nothing => Err(ProblemKind::NotAnOption(field.options.clone())),
    }
}

pub(super) fn phone(raw: &str) -> Read {
    let mended: Zeroizing<String> =
        Zeroizing::new(raw.chars().map(|c| look_alike(c).filter(|_| c != '!').unwrap_or(c)).collect());
    let phone = PhoneE164::parse(&mended).map_err(ProblemKind::Phone)?;
    let exact = phone.expose() == raw;
    Ok((FieldValue::Phone(phone), if exact { Confidence::Exact } else { Confidence::Tidied }))
}

fn date(field: &Field, raw: &str, today: NaiveDate) -> Read {
    let day = dates::day(raw, field.past, today).ok_or(ProblemKind::NotADate)?;
    if field.past && day > today {
        return Err(ProblemKind::Future);
    }
    let written = day.to_string();
    let confidence = if written == raw { Confidence::Exact } else { Confidence::Tidied };
    Ok((FieldValue::Plain(Zeroizing::new(written)), confidence))
}

fn document(raw: &str) -> Read {
    let bare = raw.trim_matches(|c: char| !c.is_alphanumeric());
    // What stands on the next line is something else.
    if bare.contains(['\n', '\r']) {
        return Err(ProblemKind::Unclear);
    }
    let line: Zeroizing<String> =
        Zeroizing::new(collapse(bare).chars().filter(|c| *c != ' ').flat_map(char::to_uppercase).collect());
    if line.chars().count() > LONGEST_NUMBER {
        return Err(ProblemKind::TooLong(LONGEST_NUMBER));
    }
    if line.bytes().filter(u8::is_ascii_digit).count() < 2 {
        return Err(ProblemKind::NotADocumentNumber);
    }
    Ok(plain(line, raw))
}

fn text(raw: &str) -> Read {
    let line = Zeroizing::new(collapse(raw.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(')));
    if !line.contains(char::is_alphanumeric) || postpones(&line) {
        return Err(ProblemKind::Missing);
    }
    // A number alone is no purpose and no address, but a value that belongs elsewhere.
    if !line.contains(char::is_alphabetic) {
        return Err(ProblemKind::Unclear);
    }
    if line.chars().count() > LONGEST_TEXT {
        return Err(ProblemKind::TooLong(LONGEST_TEXT));
    }
    Ok(plain(line, raw))
}

fn plain(line: Zeroizing<String>, raw: &str) -> (FieldValue, Confidence) {
    let confidence = if *line == raw { Confidence::Exact } else { Confidence::Tidied };
    (FieldValue::Plain(line), confidence)
}

/// Whether a text is a telephone number.
pub(super) fn is_phone(raw: &str) -> bool {
    raw.len() <= 30 && phone(raw).is_ok()
}
