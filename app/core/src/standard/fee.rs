//! What a service costs. That something is free is a legal statement and has its source; a letter of a kecamatan is
//! never free by silence.

use serde::{Deserialize, Serialize};

use super::Basis;
use crate::zone;

/// What is said where an office has not said anything.
const NOT_STATED: &str = "Ditetapkan kantor dengan dasar hukumnya";

/// What a service costs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fee {
    /// Nothing, by a law that says so.
    Free {
        /// The law.
        basis: Basis,
    },
    /// A tariff.
    Amount {
        /// In rupiah.
        rupiah: i64,
        /// The regulation that sets it.
        basis: Basis,
    },
    /// Nobody has said yet.
    #[default]
    NotStated,
}

impl Fee {
    /// Whether citizens may be told that it costs nothing: only with a source.
    pub fn is_free(&self) -> bool {
        matches!(self, Self::Free { basis } if basis.is_stated())
    }

    /// Where it stands.
    pub fn basis(&self) -> Option<&Basis> {
        match self {
            Self::Free { basis } | Self::Amount { basis, .. } => Some(basis),
            Self::NotStated => None,
        }
    }

    /// As people read it, without its source.
    pub fn words(&self) -> String {
        match self {
            Self::Free { basis } if basis.is_stated() => "Tidak dipungut biaya (GRATIS)".to_owned(),
            Self::Amount { rupiah, .. } => format!("Rp{}", zone::number(*rupiah)),
            Self::Free { .. } | Self::NotStated => NOT_STATED.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::Confidence;

    #[test]
    fn free_of_charge_is_said_only_with_its_source() {
        let basis =
            Basis { law: "UU 24/2013".into(), article: "Pasal 79A".into(), confidence: Confidence::High };
        let free = Fee::Free { basis };
        assert!(free.is_free() && free.words().contains("GRATIS"));
        for silent in [Fee::Free { basis: Basis::default() }, Fee::NotStated] {
            assert!(!silent.is_free());
            assert_eq!(silent.words(), "Ditetapkan kantor dengan dasar hukumnya");
        }
        let fee = Fee::Amount { rupiah: 25_000, basis: Basis::default() };
        assert_eq!(fee.words(), "Rp25.000");
    }
}
