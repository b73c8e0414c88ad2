//! Tokens that show that a form was drawn for the session that sends it.
//!
//! The token is a keyed hash of the session's secret, masked anew in every page, so that compression
//! tells nothing about it (BREACH).

use aws_lc_rs::hmac;
use subtle::ConstantTimeEq;

use crate::infra::ids;

const HALF: usize = 16;

/// What the tokens of one session are made with.
#[derive(Clone)]
pub struct CsrfKey([u8; HALF]);

impl CsrfKey {
    /// The key of a session, from its secret.
    pub fn of(secret: &[u8]) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let tag = hmac::sign(&key, b"csrf");
        let mut half = [0_u8; HALF];
        half.copy_from_slice(tag.as_ref().get(..HALF).unwrap_or(&[0; HALF]));
        Self(half)
    }

    /// A token for one page.
    pub fn token(&self) -> String {
        let mut mask = [0_u8; HALF];
        ids::fill(&mut mask);
        let hidden: Vec<u8> = mask.iter().zip(self.0).map(|(mask, byte)| mask ^ byte).collect();
        hex::encode([mask.as_slice(), &hidden].concat())
    }

    /// Whether a token was made with this key; in constant time.
    pub fn accepts(&self, token: &str) -> bool {
        let Ok(bytes) = hex::decode(token) else { return false };
        if bytes.len() != 2 * HALF {
            return false;
        }
        let (mask, hidden) = bytes.split_at(HALF);
        let shown: Vec<u8> = mask.iter().zip(hidden).map(|(mask, byte)| mask ^ byte).collect();
        shown.ct_eq(&self.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_by_its_own_session_only_and_looks_new_each_time() {
        let (mine, other) = (CsrfKey::of(&[1; 32]), CsrfKey::of(&[2; 32]));
        let token = mine.token();
        assert_ne!(token, mine.token());
        assert!(mine.accepts(&token));
        assert!(!other.accepts(&token));
        for wrong in ["", "00", &token[1..], &format!("{token}00"), "zz"] {
            assert!(!mine.accepts(wrong), "{wrong}");
        }
    }
}
