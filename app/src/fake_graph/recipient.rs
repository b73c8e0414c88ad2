//! Whom a message reaches, by the rules of the real one: they punish what is forgiving elsewhere.

use serde_json::{Value, json};

use super::wire;

/// The addressee as far as Meta makes one out.
pub(super) struct Addressee {
    /// The phone's key: digits or BSUID.
    pub(super) phone: String,
    /// What stood in the call.
    pub(super) input: String,
    /// Whether it is a telephone number (then the answer carries `wa_id`) or a BSUID.
    by_phone: bool,
}

impl Addressee {
    /// Reads `to` or `recipient`; where both are given, `to` wins.
    pub(super) fn of(body: &Value) -> Option<Self> {
        let given = |key: &str| body[key].as_str().map(str::trim).filter(|text| !text.is_empty());
        if let Some(to) = given("to") {
            return Some(Self { phone: dialled(to), input: to.to_owned(), by_phone: true });
        }
        let bsuid = given("recipient").filter(|text| is_bsuid(text))?;
        Some(Self { phone: wire::phone_of(bsuid), input: bsuid.to_owned(), by_phone: false })
    }

    /// Whether anybody can have this number: E.164 allows 15 digits, and no Indonesian number goes on with
    /// 0 or a second 62.
    pub(super) fn exists(&self) -> bool {
        if !self.by_phone {
            return true;
        }
        let doubled = self.phone.starts_with("620") || self.phone.starts_with("6262");
        (8..=15).contains(&self.phone.len()) && !doubled
    }

    /// How the answer names them.
    pub(super) fn to_json(&self) -> Value {
        let key = if self.by_phone { "wa_id" } else { "user_id" };
        let id = if self.by_phone { &self.phone } else { &self.input };
        json!({"input": self.input, key: id})
    }
}

/// Without `+`, Meta puts the business's own country code before whatever stands there. Letters vanish, which
/// is how a BSUID in the place of a phone ends up nowhere.
fn dialled(to: &str) -> String {
    let digits: String = to.chars().filter(char::is_ascii_digit).collect();
    if to.starts_with('+') {
        return digits;
    }
    format!("62{}", digits.strip_prefix('0').unwrap_or(&digits))
}

fn is_bsuid(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else { return false };
    let id = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=128).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_as_meta_dials_them() {
        let cases = [
            ("+6281234567890", "6281234567890", true),
            ("+62 812-3456-7890", "6281234567890", true),
            ("081234567890", "6281234567890", true),
            ("6281234567890", "626281234567890", false),
            ("ID.13491208655302741918", "6213491208655302741918", false),
            ("+1", "1", false),
        ];
        for (to, phone, exists) in cases {
            let read = Addressee::of(&json!({"to": to})).map(|who| (who.exists(), who.phone));
            assert_eq!(read, Some((exists, phone.to_owned())), "{to}");
        }
    }

    #[test]
    fn a_bsuid_is_taken_only_in_its_own_place_and_shape() {
        assert!(Addressee::of(&json!({"recipient": "ID.1349"})).is_some_and(|who| who.exists()));
        for odd in ["", "1349", "id.1349", "ID.", "ID.13 49", "IDN.1349"] {
            assert!(Addressee::of(&json!({"recipient": odd})).is_none(), "{odd}");
        }
    }
}
