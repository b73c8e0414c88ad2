//! `X-Hub-Signature-256`: that a webhook body really comes from Meta.
//!
//! Meta signs the raw bytes of the body with the app's secret (HMAC-SHA256). The bytes are escaped JSON;
//! the same JSON written anew never matches, so the check runs before anything is decoded.

use aws_lc_rs::hmac;

/// The header that carries the signature.
pub const HEADER: &str = "X-Hub-Signature-256";

/// Whether `header` is the signature of `body` under one of `secrets` (two during a rotation).
///
/// Fails closed: no header, another form than `sha256=` and 64 lower-case hex digits, an empty secret or
/// no secret at all mean no. The comparison takes the same time wherever the difference lies.
pub fn verifies<S: AsRef<[u8]>>(secrets: &[S], body: &[u8], header: Option<&str>) -> bool {
    let Some(given) = header.and_then(digest_of) else { return false };
    secrets.iter().map(AsRef::as_ref).filter(|secret| !secret.is_empty()).any(|secret| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        hmac::verify(&key, body, &given).is_ok()
    })
}

/// The header's value for `body`: what the fake Meta and the tests send.
pub fn sign(secret: impl AsRef<[u8]>, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_ref());
    format!("sha256={}", hex::encode(hmac::sign(&key, body)))
}

fn digest_of(header: &str) -> Option<[u8; 32]> {
    let digits = header.strip_prefix("sha256=")?;
    if !digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut digest = [0_u8; 32];
    hex::decode_to_slice(digits, &mut digest).ok()?;
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "test_app_secret";
    const EMPTY: &[u8] = br#"{"object":"whatsapp_business_account","entry":[]}"#;
    const EMPTY_SIGNED: &str = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756";
    const ESCAPED: &[u8] = br#"{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"value":{"messages":[{"text":{"body":"J\u2019ai mang\u00e9 des p\u00e2tes https:\/\/x.id"}}]},"field":"messages"}]}]}"#;
    const ESCAPED_SIGNED: &str = "sha256=c52e9a7f57ba23c0a88233ba5e449836c986c5272ef58349d242065e2d4afa7b";

    #[test]
    fn the_known_vectors_are_signed_and_verified() {
        for (body, signed) in [(EMPTY, EMPTY_SIGNED), (ESCAPED, ESCAPED_SIGNED)] {
            assert_eq!(sign(SECRET, body), signed);
            assert!(verifies(&[SECRET], body, Some(signed)));
            assert!(verifies(&["older", SECRET], body, Some(signed)));
        }
    }

    #[test]
    fn nothing_but_the_exact_signature_of_the_exact_bytes_passes() {
        let upper = EMPTY_SIGNED.to_uppercase().replace("SHA256", "sha256");
        let twice = format!("{EMPTY_SIGNED}, {EMPTY_SIGNED}");
        let long = format!("{EMPTY_SIGNED}00");
        let headers = [
            None,
            Some(""),
            Some("sha256="),
            Some("sha256"),
            Some("sha1=dec6a680679a968e7e0319355b23599cbfc54502"),
            Some(&EMPTY_SIGNED[7..]),
            Some(&EMPTY_SIGNED[..EMPTY_SIGNED.len() - 2]),
            Some(long.as_str()),
            Some(upper.as_str()),
            Some(twice.as_str()),
            Some(" sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
            Some("SHA256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"),
            Some("sha256=ＤＥc6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c6337"),
            Some("sha256=0000000000000000000000000000000000000000000000000000000000000000"),
            Some(ESCAPED_SIGNED),
        ];
        for header in headers {
            assert!(!verifies(&[SECRET], EMPTY, header), "{header:?}");
        }
    }

    #[test]
    fn a_changed_byte_an_empty_body_or_json_written_anew_does_not_pass() {
        let anew =
            serde_json::from_slice::<serde_json::Value>(ESCAPED).and_then(|json| serde_json::to_vec(&json));
        for body in [EMPTY, b"", anew.unwrap_or_default().as_slice()] {
            assert!(!verifies(&[SECRET], body, Some(ESCAPED_SIGNED)));
        }
    }

    #[test]
    fn without_a_secret_nobody_passes() {
        let signed_with_nothing = sign("", EMPTY);
        assert!(!verifies::<&str>(&[], EMPTY, Some(EMPTY_SIGNED)));
        assert!(!verifies(&[""], EMPTY, Some(&signed_with_nothing)));
        assert!(!verifies(&["other"], EMPTY, Some(EMPTY_SIGNED)));
    }
}
