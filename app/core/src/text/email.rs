//! E-mail addresses, of officers and of citizens who ask for their papers by mail.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// An address in lower case, so that one mailbox is one key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct Email(String);

personal!(Email, EmailError);

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum EmailError {
    /// Nothing was written.
    Empty,
    /// Not `name@domain.tld`.
    Shape,
    /// Longer than an address may be (64 before the @, 254 together).
    TooLong,
}

impl EmailError {
    /// What is wrong, in one Indonesian sentence without the address.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "Alamat surel belum diisi.",
            Self::Shape => "Alamat surel tidak sesuai, contoh: nama@contoh.go.id.",
            Self::TooLong => "Alamat surel terlalu panjang.",
        }
    }
}

impl Email {
    /// Reads an address and puts it in lower case. The rule is deliberately plain: ASCII, one `@`, a
    /// domain with a dot; a mail that arrives is the real proof.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let address = text.trim().to_ascii_lowercase();
        if address.is_empty() {
            return Err(EmailError::Empty);
        }
        let (local, domain) = address.split_once('@').ok_or(EmailError::Shape)?;
        let local_fits = !local.is_empty()
            && local.split('.').all(|part| !part.is_empty())
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        if !local_fits || !is_domain(domain) {
            return Err(EmailError::Shape);
        }
        if local.len() > 64 || address.len() > 254 {
            return Err(EmailError::TooLong);
        }
        Ok(Self(address))
    }

    /// The normalised form by which an account is found. The same as the clear value.
    pub fn key(&self) -> &str {
        &self.0
    }

    /// The first letter and the domain: `s***@contoh.go.id`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').unwrap_or_default();
        let first = local.get(..1).unwrap_or_default();
        format!("{first}***@{domain}")
    }
}

fn is_domain(domain: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_has_one_key() {
        assert_eq!(Email::parse(" Siti.Aminah@Contoh.GO.id "), Email::parse("siti.aminah@contoh.go.id"));
        assert_eq!(
            Email::parse("siti@contoh.go.id").map(|e| e.to_string()),
            Ok("s***@contoh.go.id".to_owned())
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "siti",
            "@contoh.id",
            "siti@",
            "siti@contoh",
            "a b@contoh.id",
            "a@b@c.id",
            ".a@b.id",
            "a@-b.id",
            "a@b..id",
        ] {
            assert_eq!(Email::parse(text), Err(EmailError::Shape), "{text}");
        }
        assert_eq!(Email::parse("  "), Err(EmailError::Empty));
        assert_eq!(Email::parse(&format!("{}@b.id", "a".repeat(65))), Err(EmailError::TooLong));
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_stable(text in "\\PC{0,30}|[a-z.]{1,9}@[a-z.]{1,9}") {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(Email::parse(email.expose()), Ok(email.clone()));
            }
        }
    }
}
