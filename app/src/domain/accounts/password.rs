//! A password on its way to the hasher: never printed, wiped when dropped, taken exactly as typed.

use std::fmt;

use serde::{Deserialize, Deserializer};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::common;

/// Bytes. Beyond it hashing would be work for an attacker's benefit (OWASP ASVS 5.0 6.2.9 asks for 64).
const LONGEST: usize = 1024;
/// Characters of a new one (OWASP ASVS 5.0 6.2.1).
const SHORTEST: usize = 8;

/// A password as typed: nothing trimmed, nothing folded.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

/// Why a new password was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum PasswordRefusal {
    /// Fewer than eight characters.
    TooShort,
    /// More than 1,024 bytes.
    TooLong,
    /// One of the commonest, with or without digits around it.
    Common,
    /// Hardly more than the person's own name, address or office.
    Own,
}

impl PasswordRefusal {
    /// What is wrong, in one Indonesian sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TooShort => "Kata sandi paling sedikit 8 karakter.",
            Self::TooLong => "Kata sandi terlalu panjang.",
            Self::Common => {
                "Kata sandi ini terlalu umum dan mudah ditebak. Pakai tiga kata atau lebih yang tidak biasa disebut bersama."
            }
            Self::Own => {
                "Kata sandi ini hanya nama, surel, atau kantor Anda. Tambahkan beberapa kata lain yang sulit ditebak."
            }
        }
    }
}

impl Password {
    /// Takes a password as typed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Whether it can be a password at all: 1 to 1,024 bytes.
    pub fn is_possible(&self) -> bool {
        (1..=LONGEST).contains(&self.0.len())
    }

    /// Whether it may become somebody's password.
    pub fn check_new(&self) -> Result<(), PasswordRefusal> {
        if self.0.chars().count() < SHORTEST {
            Err(PasswordRefusal::TooShort)
        } else if self.0.len() > LONGEST {
            Err(PasswordRefusal::TooLong)
        } else if common::is_common(&self.0) {
            Err(PasswordRefusal::Common)
        } else {
            Ok(())
        }
    }

    /// Whether it may become the password of somebody of whom `own` is known: name, address, office.
    pub fn check_new_for(&self, own: &[&str]) -> Result<(), PasswordRefusal> {
        self.check_new()?;
        if common::is_made_of(&self.0, own) { Err(PasswordRefusal::Own) } else { Ok(()) }
    }

    /// Whether somebody who was asked to type it twice did.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_password_has_at_least_eight_characters() {
        for (text, found) in [
            ("", Err(PasswordRefusal::TooShort)),
            ("1234567", Err(PasswordRefusal::TooShort)),
            ("éèéèéèéê", Ok(())),
            (" sepatu ", Ok(())),
            (&"x7".repeat(512), Ok(())),
            (&"x7".repeat(513), Err(PasswordRefusal::TooLong)),
        ] {
            assert_eq!(Password::new(text).check_new(), found, "{} bytes", text.len());
        }
        assert!(!Password::new("").is_possible() && !Password::new("x".repeat(1025)).is_possible());
    }

    #[test]
    fn a_password_does_not_print() {
        assert_eq!(format!("{:?}", Password::new("rahasia")), "Password(…)");
    }
}
