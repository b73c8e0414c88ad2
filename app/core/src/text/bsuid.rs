//! BSUID: the id WhatsApp gives a person towards one business, in place of the telephone number.
//!
//! Shape `^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$`: a country, for the parent form `ENT`, and
//! alphanumerics. It isn't a number and must never be cleaned like one.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A business-scoped user id.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct Bsuid(String);

personal!(Bsuid, BsuidError);

/// Why a text is no BSUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum BsuidError {
    /// Absent: the field is missing or empty.
    Empty,
    /// Not of the shape above.
    Shape,
}

impl BsuidError {
    /// What is wrong, in one Indonesian sentence without the id.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "ID WhatsApp tidak disertakan.",
            Self::Shape => "Bentuk ID WhatsApp tidak dikenal.",
        }
    }
}

impl Bsuid {
    /// Takes an id as Meta sends it.
    pub fn parse(text: &str) -> Result<Self, BsuidError> {
        if text.is_empty() {
            return Err(BsuidError::Empty);
        }
        let (country, rest) = text.split_once('.').ok_or(BsuidError::Shape)?;
        let own = rest.strip_prefix("ENT.").unwrap_or(rest);
        let country_fits = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
        let own_fits = (1..=128).contains(&own.len()) && own.bytes().all(|b| b.is_ascii_alphanumeric());
        if country_fits && own_fits { Ok(Self(text.to_owned())) } else { Err(BsuidError::Shape) }
    }

    /// Whether this is the parent form (`US.ENT....`), shared by the portfolios of one enterprise.
    pub fn is_parent(&self) -> bool {
        self.0.get(3..).is_some_and(|rest| rest.starts_with("ENT."))
    }

    /// The country and the end of a long id: `US.****1918`.
    pub fn masked(&self) -> String {
        let country = self.0.get(..2).unwrap_or_default();
        let own = self.0.rsplit('.').next().unwrap_or_default();
        let tail = if own.len() >= 12 { own.get(own.len() - 4..).unwrap_or_default() } else { "" };
        format!("{country}.****{tail}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_shape_is_exactly_metas() {
        let long = format!("ID.{}", "a".repeat(128));
        for text in
            ["US.13491208655302741918", "ID.a", "US.ENT.11815799212886844830", "ID.ENT", long.as_str()]
        {
            assert!(Bsuid::parse(text).is_ok(), "{text}");
        }
        let too_long = format!("ID.{}", "a".repeat(129));
        for text in [
            "us.1349",
            "USA.1349",
            "US.",
            "US.ENT.",
            "US.EN.12",
            "US1349",
            "US.13-49",
            "US.13 49",
            " US.1",
            ".1",
            "US.ENT.ENT.1",
            "6281212345678",
            too_long.as_str(),
            "US.é",
        ] {
            assert_eq!(Bsuid::parse(text), Err(BsuidError::Shape), "{text}");
        }
        assert_eq!(Bsuid::parse(""), Err(BsuidError::Empty));
    }

    #[test]
    fn a_bsuid_prints_masked() -> Result<(), BsuidError> {
        assert_eq!(Bsuid::parse("US.13491208655302741918")?.to_string(), "US.****1918");
        assert_eq!(format!("{:?}", Bsuid::parse("ID.abc")?), "Bsuid(ID.****)");
        assert!(Bsuid::parse("US.ENT.118157992128")?.is_parent());
        assert!(!Bsuid::parse("US.ENT")?.is_parent());
        Ok(())
    }

    proptest! {
        #[test]
        fn whatever_fits_the_shape_is_taken(id in "[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}") {
            prop_assert!(Bsuid::parse(&id).is_ok());
        }

        #[test]
        fn parsing_never_panics(text in "\\PC{0,30}") {
            let _ = Bsuid::parse(&text).map(|id| id.masked());
        }
    }
}
