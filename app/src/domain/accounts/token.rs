//! Signed tokens: the session cookie, and links with one purpose each.
//!
//! HMAC-SHA-256 only, a key and an audience of its own for every purpose, so that a token made for one
//! thing opens no other. A session token holds nothing but the names of a person and a session row; the
//! row is looked at on every request, which is what makes signing out immediate.

use std::fmt;

use aws_lc_rs::hkdf;
use chrono::DateTime;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use loket_core::clock::Instant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::infra::{Fault, Outcome};

const ISSUER: &str = "loket";
/// Bytes. Ours take about 330; a longer one is nobody's.
const LONGEST: usize = 1024;

/// What a token is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The cookie of a signed-in browser. `subject` is the account, `id` the session.
    Session,
    /// A link that makes a first password.
    Invitation,
    /// A link that makes a new password.
    PasswordReset,
    /// A link to a survey.
    Survey,
    /// A link to one file.
    File,
}

impl Purpose {
    const ALL: [Self; 5] = [Self::Session, Self::Invitation, Self::PasswordReset, Self::Survey, Self::File];

    const fn audience(self) -> &'static str {
        match self {
            Self::Session => "loket/session",
            Self::Invitation => "loket/invitation",
            Self::PasswordReset => "loket/password-reset",
            Self::Survey => "loket/survey",
            Self::File => "loket/file",
        }
    }
}

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// Whom or what it is about.
    pub subject: Uuid,
    /// Which row stands behind it.
    pub id: Uuid,
    /// From when on it is worth nothing (whole seconds).
    pub until: Instant,
}

/// Why a token was refused. One case: what was wrong is nobody's business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is not valid")]
pub struct TokenRefusal;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: Uuid,
    jti: Uuid,
    iat: i64,
    exp: i64,
}

struct Pair {
    encoding: EncodingKey,
    decoding: DecodingKey,
}

/// Makes and reads tokens of every purpose.
pub struct Tokens {
    pairs: [Pair; Purpose::ALL.len()],
    /// Keys what has no session yet: the anonymous form's double submit and the flash.
    visitor: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}

impl Tokens {
    /// Draws the keys of all purposes from the cookie key.
    pub fn new(cookie_key: &[u8; 32]) -> Outcome<Self> {
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"loket tokens").extract(cookie_key);
        let derive = |label: &str| {
            let mut key = Zeroizing::new([0_u8; 32]);
            prk.expand(&[label.as_bytes()], hkdf::HKDF_SHA256)
                .and_then(|okm| okm.fill(&mut *key))
                .map_err(|_| Fault::Sealed("token keys"))?;
            Ok::<_, Fault>(key)
        };
        let pair = |purpose: Purpose| {
            let key = derive(purpose.audience())?;
            Ok::<_, Fault>(Pair {
                encoding: EncodingKey::from_secret(&*key),
                decoding: DecodingKey::from_secret(&*key),
            })
        };
        let [session, invitation, reset, survey, file] = Purpose::ALL;
        Ok(Self {
            pairs: [pair(session)?, pair(invitation)?, pair(reset)?, pair(survey)?, pair(file)?],
            visitor: derive("loket/visitor")?,
        })
    }

    /// The key for what belongs to a visitor who has no session.
    pub fn visitor_key(&self) -> &[u8; 32] {
        &self.visitor
    }

    /// Makes a token.
    pub fn issue(&self, purpose: Purpose, ticket: Ticket, now: Instant) -> Outcome<String> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: purpose.audience().to_owned(),
            sub: ticket.subject,
            jti: ticket.id,
            iat: now.timestamp(),
            exp: ticket.until.timestamp(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.pair(purpose).encoding)
            .map_err(|_| Fault::Sealed("token"))
    }

    /// Reads a token; signature, algorithm, issuer, audience, purpose and time must all be right.
    pub fn read(&self, purpose: Purpose, token: &str, now: Instant) -> Result<Ticket, TokenRefusal> {
        if token.len() > LONGEST {
            return Err(TokenRefusal);
        }
        let data = jsonwebtoken::decode::<Claims>(token, &self.pair(purpose).decoding, &rules(purpose))
            .map_err(|_| TokenRefusal)?;
        let Claims { sub, jti, iat, exp, .. } = data.claims;
        let typed = data.header.typ.as_deref() == Some("JWT");
        // The library would ask the machine's clock; ours is handed in, and there is no leeway.
        if !typed || exp <= now.timestamp() || iat > now.timestamp() {
            return Err(TokenRefusal);
        }
        let until = DateTime::from_timestamp(exp, 0).ok_or(TokenRefusal)?;
        Ok(Ticket { subject: sub, id: jti, until })
    }

    fn pair(&self, purpose: Purpose) -> &Pair {
        let [session, invitation, reset, survey, file] = &self.pairs;
        match purpose {
            Purpose::Session => session,
            Purpose::Invitation => invitation,
            Purpose::PasswordReset => reset,
            Purpose::Survey => survey,
            Purpose::File => file,
        }
    }
}

fn rules(purpose: Purpose) -> Validation {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.algorithms = vec![Algorithm::HS256];
    rules.leeway = 0;
    rules.validate_exp = false;
    rules.validate_aud = true;
    rules.set_audience(&[purpose.audience()]);
    rules.set_issuer(&[ISSUER]);
    rules.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
    rules
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use aws_lc_rs::hmac;
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as B64};
    use chrono::TimeDelta;
    use serde_json::json;

    use super::*;
    use crate::testing::monday_morning;

    fn tokens() -> Tokens {
        Tokens::new(&[9; 32]).unwrap()
    }

    fn ticket() -> Ticket {
        Ticket {
            subject: Uuid::from_u128(1),
            id: Uuid::from_u128(2),
            until: monday_morning() + TimeDelta::hours(1),
        }
    }

    #[test]
    fn a_token_says_what_it_was_given_until_its_second() {
        let token = tokens().issue(Purpose::Session, ticket(), monday_morning()).unwrap();
        assert!(token.len() < 400, "{}", token.len());
        let at = |seconds| monday_morning() + TimeDelta::seconds(seconds);
        assert_eq!(tokens().read(Purpose::Session, &token, at(0)), Ok(ticket()));
        assert_eq!(tokens().read(Purpose::Session, &token, at(3599)), Ok(ticket()));
        assert_eq!(tokens().read(Purpose::Session, &token, at(3600)), Err(TokenRefusal));
        assert_eq!(tokens().read(Purpose::Session, &token, at(-1)), Err(TokenRefusal));
    }

    #[test]
    fn a_token_of_one_purpose_opens_no_other() {
        for made in Purpose::ALL {
            let token = tokens().issue(made, ticket(), monday_morning()).unwrap();
            for read in Purpose::ALL {
                assert_eq!(tokens().read(read, &token, monday_morning()).is_ok(), made == read);
            }
        }
        let token = tokens().issue(Purpose::Session, ticket(), monday_morning()).unwrap();
        let stranger = Tokens::new(&[8; 32]).unwrap();
        assert_eq!(stranger.read(Purpose::Session, &token, monday_morning()), Err(TokenRefusal));
    }

    /// Signs whatever is given with the right key, so that only the claims can be what is refused.
    fn signed(header: &str, claims: &str) -> String {
        let tokens = tokens();
        let input = format!("{}.{}", B64.encode(header), B64.encode(claims));
        let key = hmac::Key::new(hmac::HMAC_SHA256, tokens.pairs[0].encoding.as_bytes());
        let mac = hmac::sign(&key, input.as_bytes());
        format!("{input}.{}", B64.encode(mac.as_ref()))
    }

    #[test]
    fn every_crooked_token_is_refused() {
        let header = r#"{"typ":"JWT","alg":"HS256"}"#;
        let exp = ticket().until.timestamp();
        let good = json!({"iss": "loket", "aud": "loket/session", "sub": Uuid::from_u128(1),
            "jti": Uuid::from_u128(2), "iat": monday_morning().timestamp(), "exp": exp});
        let read = |token: &str| tokens().read(Purpose::Session, token, monday_morning());
        assert_eq!(read(&signed(header, &good.to_string())), Ok(ticket()));

        let mut crooked = vec![String::new(), ".".to_owned(), "..".to_owned(), "a.b.c".to_owned()];
        for alg in ["none", "None", "nOnE", "HS384", "HS512", "RS256", "ES256", "EdDSA", ""] {
            crooked.push(signed(&format!(r#"{{"typ":"JWT","alg":"{alg}"}}"#), &good.to_string()));
        }
        crooked.push(signed(r#"{"alg":"HS256"}"#, &good.to_string()));
        crooked.push(signed(r#"{"typ":"at+jwt","alg":"HS256"}"#, &good.to_string()));
        for (key, value) in [
            ("exp", json!(monday_morning().timestamp())),
            ("exp", json!(1.5e99)),
            ("exp", json!(f64::from(u32::MAX) + 0.5)),
            ("exp", json!(i64::MAX)),
            ("exp", json!("9999999999")),
            ("exp", json!(-1)),
            ("iat", json!(monday_morning().timestamp() + 1)),
            ("aud", json!("loket/file")),
            ("aud", json!(["loket/session", "loket/file"])),
            ("iss", json!("loket2")),
            ("sub", json!("../../etc")),
            ("jti", json!("' OR 1=1")),
            ("office", json!("kab-dua")),
        ] {
            let mut claims = good.clone();
            claims[key] = value;
            crooked.push(signed(header, &claims.to_string()));
        }
        for key in ["iss", "aud", "sub", "jti", "iat", "exp"] {
            let mut claims = good.clone();
            claims.as_object_mut().unwrap().remove(key);
            crooked.push(signed(header, &claims.to_string()));
        }
        let doubled = good.to_string().replacen('{', r#"{"sub":"00000000-0000-0000-0000-000000000009","#, 1);
        crooked.push(signed(header, &doubled));
        let whole = signed(header, &good.to_string());
        crooked.push(whole.get(..whole.len() - 1).unwrap().to_owned());
        crooked.push(format!("{whole}A"));
        crooked.push(whole.rsplit_once('.').unwrap().0.to_owned() + ".");
        crooked.push("x".repeat(100_000));
        for token in crooked {
            assert_eq!(read(&token), Err(TokenRefusal), "{}", token.get(..60).unwrap_or(&token));
        }
    }
}
