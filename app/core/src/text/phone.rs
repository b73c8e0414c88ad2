//! Telephone numbers in E.164 and the digits WhatsApp uses as an address.
//!
//! Citizens write `0812...`, `62812...`, `+62 812-...` or `812...`; all mean the same number. WhatsApp's
//! own id is kept as Meta sends it: it isn't always the dialled number, so it is a type of its own.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A telephone number as `+` and up to 15 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct PhoneE164(String);

personal!(PhoneE164, PhoneError);

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum PhoneError {
    /// Nothing was written.
    Empty,
    /// Something else than digits and what is put between them.
    NotDigits,
    /// Neither an Indonesian beginning (0, 62, +62, 8) nor another country's `+`.
    Prefix,
    /// Too few or too many digits.
    Length,
}

impl PhoneError {
    /// What is wrong, in one Indonesian sentence without the number.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "Nomor telepon belum diisi.",
            Self::NotDigits => "Nomor telepon hanya boleh berisi angka.",
            Self::Prefix => "Nomor telepon diawali 08, 62, atau tanda + dan kode negara.",
            Self::Length => "Jumlah angka nomor telepon tidak sesuai.",
        }
    }
}

impl PhoneE164 {
    /// Reads an Indonesian number (`08..`, `628..`, `+628..`, `8..`, `+6208..`, landlines `021..`) or
    /// another country's number with `+`.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let written = zeroize::Zeroizing::new(
            text.chars().filter(|c| !super::is_gap(*c) && !matches!(c, '(' | ')')).collect::<String>(),
        );
        if written.is_empty() {
            return Err(PhoneError::Empty);
        }
        let international = written.strip_prefix('+');
        let digits = international.unwrap_or(&written);
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PhoneError::NotDigits);
        }
        if let Some(national) = indonesian_part(digits, international.is_some()) {
            return indonesian(national.strip_prefix('0').unwrap_or(national));
        }
        match international {
            Some(digits) if digits.starts_with('0') => Err(PhoneError::Prefix),
            Some(digits) if (7..=15).contains(&digits.len()) => Ok(Self(format!("+{digits}"))),
            Some(_) => Err(PhoneError::Length),
            None => Err(PhoneError::Prefix),
        }
    }

    /// Whether this is an Indonesian mobile number.
    pub fn is_indonesian_mobile(&self) -> bool {
        self.0.starts_with("+628")
    }

    /// The id WhatsApp gives an Indonesian number: the digits without `+`.
    pub fn wa_id(&self) -> WaId {
        WaId(self.0.trim_start_matches('+').to_owned())
    }

    /// The last four digits, which a citizen gives beside a receipt number.
    pub fn last_four(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default()
    }

    /// Country, operator and the last four digits: `+62812****5678`.
    pub fn masked(&self) -> String {
        format!("+{}", mask_digits(self.0.trim_start_matches('+')))
    }
}

/// The digits after Indonesia's country code, if they are meant as an Indonesian number.
fn indonesian_part(digits: &str, international: bool) -> Option<&str> {
    if let Some(rest) = digits.strip_prefix("0062").or_else(|| digits.strip_prefix("62")) {
        return Some(rest);
    }
    if international {
        return None;
    }
    if digits.starts_with('8') { Some(digits) } else { digits.strip_prefix('0') }
}

/// A number from its digits after 62: mobile numbers begin with 8 and have 9 to 12, landlines 7 to 11.
fn indonesian(national: &str) -> Result<PhoneE164, PhoneError> {
    let fits = match national.bytes().next() {
        Some(b'8') => (9..=12).contains(&national.len()),
        Some(b'2'..=b'9') => (7..=11).contains(&national.len()),
        Some(_) => return Err(PhoneError::Prefix),
        None => false,
    };
    if fits { Ok(PhoneE164(format!("+62{national}"))) } else { Err(PhoneError::Length) }
}

/// What WhatsApp calls a person's number: digits, kept as Meta sends them, the address to reply to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct WaId(String);

personal!(WaId, WaIdError);

/// Why a text is no WhatsApp id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum WaIdError {
    /// Absent: since 2026 Meta leaves the field out or empty for people with a user name.
    Empty,
    /// Something else than 5 to 20 digits.
    Shape,
}

impl WaIdError {
    /// What is wrong, in one Indonesian sentence without the number.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "Nomor WhatsApp tidak disertakan.",
            Self::Shape => "Nomor WhatsApp harus terdiri atas 5 sampai 20 angka.",
        }
    }
}

impl WaId {
    /// Takes the digits as they are; nothing is cleaned or corrected.
    pub fn parse(text: &str) -> Result<Self, WaIdError> {
        if text.is_empty() {
            return Err(WaIdError::Empty);
        }
        if !(5..=20).contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(WaIdError::Shape);
        }
        Ok(Self(text.to_owned()))
    }

    /// The telephone number these digits are in most countries. For matching only: Brazil, Argentina and
    /// Mexico have ids that differ from the dialled number.
    pub fn phone(&self) -> Option<PhoneE164> {
        PhoneE164::parse(&format!("+{}", self.0)).ok()
    }

    /// Country, operator and the last four digits: `62812****5678`.
    pub fn masked(&self) -> String {
        mask_digits(&self.0)
    }
}

/// Shows the ends of a number; at least three digits stay hidden.
fn mask_digits(digits: &str) -> String {
    let (head, tail) = match digits.len() {
        12.. => (5, 4),
        9..=11 => (3, 3),
        _ => (0, 2),
    };
    let start = digits.get(..head).unwrap_or_default();
    let end = digits.get(digits.len().saturating_sub(tail)..).unwrap_or_default();
    format!("{start}****{end}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_way_of_writing_an_indonesian_number_is_one_number() {
        for text in [
            "081212345678",
            "6281212345678",
            "+62 812-1234-5678",
            "81212345678",
            "+62081212345678",
            "0062 812 1234 5678",
            "(0812) 1234.5678",
            "\u{202a}+62 812\u{2011}1234\u{2011}5678\u{202c}",
        ] {
            let phone = PhoneE164::parse(text).map(|p| p.expose().to_owned());
            assert_eq!(phone, Ok("+6281212345678".to_owned()), "{text}");
        }
    }

    #[test]
    fn landlines_and_other_countries_are_numbers_too() {
        for (text, e164) in [
            ("021 5991234", "+62215991234"),
            ("+60 12-345 6789", "+60123456789"),
            ("+16505551234", "+16505551234"),
        ] {
            let phone = PhoneE164::parse(text).map(|p| p.expose().to_owned());
            assert_eq!(phone, Ok(e164.to_owned()));
        }
    }

    #[test]
    fn what_is_wrong_with_a_number_is_named() {
        for (text, error) in [
            ("", PhoneError::Empty),
            ("+", PhoneError::NotDigits),
            ("0812abc", PhoneError::NotDigits),
            ("08123456", PhoneError::Length),
            ("0812345678901234", PhoneError::Length),
            ("16505551234", PhoneError::Prefix),
            ("0112345678", PhoneError::Prefix),
            ("+0123456789", PhoneError::Prefix),
            ("+12345", PhoneError::Length),
        ] {
            assert_eq!(PhoneE164::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_number_prints_masked() -> Result<(), Box<dyn std::error::Error>> {
        let phone = PhoneE164::parse("081212345678")?;
        assert_eq!(phone.to_string(), "+62812****5678");
        assert_eq!(format!("{phone:?}"), "PhoneE164(+62812****5678)");
        assert_eq!(phone.last_four(), "5678");
        assert_eq!(phone.wa_id().to_string(), "62812****5678");
        assert_eq!(phone.wa_id().phone().as_ref(), Some(&phone));
        assert_eq!(PhoneE164::parse("+1234567")?.to_string(), "+****67");
        assert_eq!(WaId::parse("12345")?.to_string(), "****45");
        Ok(())
    }

    #[test]
    fn an_empty_whatsapp_id_is_an_absent_one() {
        assert_eq!(WaId::parse(""), Err(WaIdError::Empty));
        assert_eq!(WaId::parse("+628121234"), Err(WaIdError::Shape));
        assert_eq!(WaId::parse("US.1349"), Err(WaIdError::Shape));
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_stable(text in "\\PC{0,30}|[+0-9 .-]{0,20}") {
            if let Ok(phone) = PhoneE164::parse(&text) {
                prop_assert!(phone.expose().len() <= 16);
                prop_assert_eq!(PhoneE164::parse(phone.expose()), Ok(phone.clone()));
                let hidden = phone.expose().len() - phone.masked().replace('*', "").len();
                prop_assert!(hidden >= 3);
            }
        }
    }
}
