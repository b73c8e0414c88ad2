//! Halves of letters, which JSON by the book does not know.
//!
//! A letter beyond the first 65,536 is written as two escapes, and whoever cuts a text by its length may
//! leave one of them. A whole body must not be unreadable for that.

use std::borrow::Cow;

/// The length of `\uXXXX`.
const ESCAPE: usize = 6;

/// The body with every half replaced by the sign for an unreadable letter. Borrowed when there is none.
pub(super) fn whole(body: &[u8]) -> Cow<'_, [u8]> {
    let mut body = Cow::Borrowed(body);
    let mut at = 0;
    while let Some(found) = body.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += found;
        at += match (unit(&body, at), unit(&body, at + ESCAPE)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 2 * ESCAPE,
            (Some(0xd800..=0xdfff), _) => {
                if let Some(half) = body.to_mut().get_mut(at..at + ESCAPE) {
                    half.copy_from_slice(b"\\ufffd");
                }
                ESCAPE
            }
            (Some(_), _) => ESCAPE,
            // Any other escape: what follows the backslash is not the beginning of one.
            (None, _) => 2,
        };
    }
    body
}

/// The number that an escape at this place stands for.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    let digits = body.get(at..at + ESCAPE)?.strip_prefix(b"\\u")?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(body: &str) -> Option<String> {
        serde_json::from_slice(&whole(body.as_bytes())).ok()
    }

    #[test]
    fn halves_become_unreadable_letters_and_whole_ones_stay() {
        for (body, text) in [
            (r#""a""#, "a"),
            (r#""\ud83d\ude00""#, "\u{1f600}"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\uDE00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\\ud83d""#, "\\ud83d"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
            (r#""\"\ud83d""#, "\"\u{fffd}"),
        ] {
            assert_eq!(read(body).as_deref(), Some(text), "{body}");
        }
        assert!(matches!(whole(br#"{"a":"\ud83d\ude00"}"#), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn what_was_readable_stays_what_it_was(text in ".*", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let written: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            prop_assert_eq!(read(&format!("\"{written}\"")), Some(text));
            prop_assert_eq!(whole(&bytes).len(), bytes.len());
        }
    }
}
