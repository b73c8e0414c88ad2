//! Crooked session tokens, each of which must open nothing.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as B64};
use loket::domain::accounts::{Purpose, Ticket};
use loket_core::clock::Clock;
use loket_tests::{app::TestApp, on_both_databases};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::signing_in::{COOKIE, is_in, user, with_cookie};

on_both_databases!(no_crooked_token_gets_in,);

/// A token with this header and these claims, and somebody's signature.
fn token(header: &Value, claims: &Value, signature: &str) -> String {
    format!("{}.{}.{signature}", B64.encode(header.to_string()), B64.encode(claims.to_string()))
}

async fn no_crooked_token_gets_in(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let good = dewi.cookie(COOKIE).unwrap();
    assert!(is_in(&with_cookie(app, &good)).await);
    let parts: Vec<&str> = good.split('.').collect();
    let claims: Value = serde_json::from_slice(&B64.decode(parts[1]).unwrap()).unwrap();
    let header = json!({ "typ": "JWT", "alg": "HS256" });
    let now = app.clock.now();
    let ticket = Ticket {
        subject: claims["sub"].as_str().unwrap().parse().unwrap(),
        id: claims["jti"].as_str().unwrap().parse().unwrap(),
        until: now + chrono::TimeDelta::hours(1),
    };
    let issue = |purpose, ticket| app.assembly.site.tokens.issue(purpose, ticket, now).unwrap();
    let mut crooked: Vec<(String, String)> = Vec::new();
    let mut add = |why: &str, token: String| crooked.push((why.to_owned(), token));
    for purpose in [Purpose::Invitation, Purpose::PasswordReset, Purpose::Survey, Purpose::File] {
        add("made for something else", issue(purpose, ticket));
    }
    add("over", issue(Purpose::Session, Ticket { until: now, ..ticket }));
    add("of no session", issue(Purpose::Session, Ticket { id: Uuid::nil(), ..ticket }));
    let other = user(app, "kepala@kab-tangerang.loket.test").0;
    add("somebody else's name on it", issue(Purpose::Session, Ticket { subject: other, ..ticket }));
    for alg in ["none", "None", "nOnE", "NONE", "HS384", "RS256", "ES256", "EdDSA", ""] {
        for signature in ["", parts[2]] {
            add(alg, token(&json!({ "typ": "JWT", "alg": alg }), &claims, signature));
        }
    }
    for (key, value) in [
        ("exp", json!(9_999_999_999_i64)),
        ("sub", json!(other)),
        ("aud", json!("loket/file")),
        ("office", json!("x")),
    ] {
        let mut edited = claims.clone();
        edited[key] = value;
        add("edited", token(&header, &edited, parts[2]));
    }
    for extra in ["kid", "jku", "x5u", "jwk"] {
        let mut header = header.clone();
        header[extra] = json!("../../../../dev/null");
        add(extra, token(&header, &claims, parts[2]));
    }
    for cut in [1, good.len() / 2, good.len() - 1] {
        add("truncated", good[..cut].to_owned());
    }
    add("without a signature", format!("{}.{}.", parts[0], parts[1]));
    add("without a signature or dot", format!("{}.{}", parts[0], parts[1]));
    add("longer", format!("{good}A"));
    add("signed by another key", {
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"");
        let input = format!("{}.{}", parts[0], parts[1]);
        format!("{input}.{}", B64.encode(aws_lc_rs::hmac::sign(&key, input.as_bytes())))
    });
    add("huge", "x".repeat(30_000));
    add("empty", String::new());
    for (why, token) in &crooked {
        assert!(!is_in(&with_cookie(app, token)).await, "{why}: {}", &token[..token.len().min(60)]);
    }
    assert!(crooked.len() > 40);
    assert!(is_in(&dewi).await, "and the good one still stands");
}
