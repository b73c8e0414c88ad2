//! What an administrator writes of a number, read and judged without asking anybody.

use std::fmt;

use loket_core::{id::NumberId, text::PhoneE164};

use super::binding::Bindings;
use crate::infra::Fault;

const LONGEST_LABEL: usize = 60;
const LONGEST_TOKEN: usize = 1000;

/// A field of the form of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberField {
    /// What the office calls it.
    Label,
    /// As people dial it.
    Display,
    /// Meta's id of it.
    PhoneNumberId,
    /// The business account.
    WabaId,
    /// The access token.
    Token,
    /// The service a message without a format falls to.
    DefaultService,
    /// The unit it falls to.
    DefaultUnit,
    /// None in particular.
    Whole,
}

/// What is wrong with one field, in a sentence.
pub type WrongField = (NumberField, &'static str);

/// Why something about a number was not done.
#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// There is no such number in this office.
    #[error("Nomor tidak ditemukan.")]
    NotFound,
    /// Whoever asks does not administer the office.
    #[error("Hanya admin kantor yang dapat melakukannya.")]
    NotAllowed,
    /// What was written cannot be used.
    #[error("Ada isian yang perlu diperbaiki.")]
    Invalid(Vec<WrongField>),
    /// Below the rules.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl NumberError {
    /// One field is wrong.
    pub(super) fn at(field: NumberField, sentence: &'static str) -> Self {
        Self::Invalid(vec![(field, sentence)])
    }
}

/// What an administrator writes of a number.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NumberEntry {
    /// What the office calls it.
    pub label: String,
    /// As people dial it.
    pub display: String,
    /// Meta's id of it.
    pub phone_number_id: String,
    /// The business account it is in.
    pub waba_id: String,
    /// The access token; empty leaves the one that is there.
    pub token: String,
    /// What it is meant for.
    pub bound: Bindings,
}

impl fmt::Debug for NumberEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NumberEntry").field("phone_number_id", &self.phone_number_id).finish_non_exhaustive()
    }
}

impl NumberEntry {
    /// The entry as it is kept, or everything that is wrong with it.
    pub(super) fn checked(&self) -> Result<Self, NumberError> {
        let kept = Self {
            label: self.label.split_whitespace().collect::<Vec<_>>().join(" "),
            display: self.display.split_whitespace().collect::<Vec<_>>().join(" "),
            phone_number_id: self.phone_number_id.trim().to_owned(),
            waba_id: self.waba_id.trim().to_owned(),
            token: self.token.trim().to_owned(),
            bound: self.bound.clone(),
        };
        let wrong: Vec<WrongField> = [
            (!is_label(&kept.label))
                .then_some((NumberField::Label, "Nama nomor belum diisi atau lebih dari 60 huruf.")),
            PhoneE164::parse(&kept.display).err().map(|error| (NumberField::Display, error.sentence())),
            (!is_id(&kept.phone_number_id)).then_some((
                NumberField::PhoneNumberId,
                "ID nomor telepon terdiri atas 5 sampai 20 angka, seperti di Meta.",
            )),
            (!is_id(&kept.waba_id)).then_some((
                NumberField::WabaId,
                "ID akun WhatsApp Business terdiri atas 5 sampai 20 angka, seperti di Meta.",
            )),
            (!kept.token.is_empty() && !is_secret(&kept.token, 1)).then_some((
                NumberField::Token,
                "Token tidak boleh berisi spasi dan paling panjang 1.000 huruf.",
            )),
            kept.bound.misfit(),
        ]
        .into_iter()
        .flatten()
        .collect();
        if wrong.is_empty() { Ok(kept) } else { Err(NumberError::Invalid(wrong)) }
    }
}

/// The app's secret as it is kept.
///
/// # Errors
/// [`NumberError::Invalid`] for what Meta does not give out as one.
pub(super) fn app_secret(written: &str) -> Result<&str, NumberError> {
    let secret = written.trim();
    if is_secret(secret, 16) {
        return Ok(secret);
    }
    Err(NumberError::at(
        NumberField::Whole,
        "Rahasia aplikasi paling pendek 16 huruf dan tanpa spasi. Salin dari Meta: Pengaturan Aplikasi, Dasar.",
    ))
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= LONGEST_LABEL
}

fn is_id(text: &str) -> bool {
    (5..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_secret(text: &str, shortest: usize) -> bool {
    (shortest..=LONGEST_TOKEN).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The refusal of a Meta id that some number has already: which one is nobody's business but its own office's.
pub(super) fn refused_id(taken: Taken) -> NumberError {
    let sentence = match taken {
        Taken::Elsewhere => "ID nomor telepon ini sudah terhubung di Loket. Periksa angkanya di Meta.",
        Taken::Here => "ID nomor telepon ini sudah ada di daftar nomor kantor ini.",
    };
    NumberError::at(NumberField::PhoneNumberId, sentence)
}

/// Where a Meta id is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// In this office.
    Here,
    /// In another.
    Elsewhere,
}

/// Which number a list of labels already calls so.
pub(super) fn is_called(labels: &[(NumberId, String)], label: &str, but: Option<NumberId>) -> bool {
    labels.iter().any(|(id, known)| Some(*id) != but && known.eq_ignore_ascii_case(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> NumberEntry {
        NumberEntry {
            label: " KTP-el  baru ".to_owned(),
            display: "+62 812-0000-3601".to_owned(),
            phone_number_id: "106540352242922".to_owned(),
            waba_id: " 102290129340398 ".to_owned(),
            token: String::new(),
            bound: Bindings::default(),
        }
    }

    fn fields(entry: &NumberEntry) -> Vec<NumberField> {
        match entry.checked() {
            Err(NumberError::Invalid(wrong)) => wrong.into_iter().map(|(field, _)| field).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn what_is_written_is_trimmed_and_kept() {
        let kept = entry().checked().unwrap_or_default();
        assert_eq!((kept.label.as_str(), kept.waba_id.as_str()), ("KTP-el baru", "102290129340398"));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        use NumberField::{Display, Label, PhoneNumberId, Token, WabaId};
        let wrong = NumberEntry {
            label: " ".to_owned(),
            display: "nomor kami".to_owned(),
            phone_number_id: "12ab".to_owned(),
            waba_id: String::new(),
            token: "EAA token".to_owned(),
            ..entry()
        };
        assert_eq!(fields(&wrong), [Label, Display, PhoneNumberId, WabaId, Token]);
        assert_eq!(fields(&NumberEntry { token: "x".repeat(1001), ..entry() }), [Token]);
        assert_eq!(fields(&entry()), []);
    }

    #[test]
    fn a_secret_is_long_and_has_no_blank() {
        assert_eq!(app_secret(" 0123456789abcdef ").ok(), Some("0123456789abcdef"));
        for wrong in ["", "pendek", "0123456789 abcdef", "0123456789abcdéf"] {
            assert!(app_secret(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_was_written_prints_no_token() {
        let written = NumberEntry { token: "EAArahasia".to_owned(), ..entry() };
        assert!(!format!("{written:?}").contains("EAArahasia"));
    }

    #[test]
    fn whose_number_it_is_is_not_told() {
        for taken in [Taken::Here, Taken::Elsewhere] {
            let refusal = refused_id(taken);
            assert!(
                matches!(&refusal, NumberError::Invalid(wrong) if wrong[0].0 == NumberField::PhoneNumberId)
            );
        }
    }
}
