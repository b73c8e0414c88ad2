//! What is decided about messages without asking anybody.

use std::time::Duration;

use chrono::TimeDelta;
use loket_core::{id::MessageId, whatsapp::MessageKind};

use crate::infra::graph::FailureClass;

/// Meta's code for "the 24 hours are over".
pub(super) const WINDOW_CLOSED: i64 = 131_047;

/// How often a message is handed to Meta when Meta itself keeps answering with an error.
const MOST_ATTEMPTS: i64 = 12;
/// The longest pause between two tries.
const LONGEST_PAUSE: TimeDelta = TimeDelta::minutes(15);
/// How long a number whose channel is shut is left alone.
pub(super) const CHANNEL_PAUSE: TimeDelta = TimeDelta::minutes(10);
/// Meta refuses now and then inside the window; a plain second try then works (chatwoot#10143).
const WINDOW_SECOND_TRY: TimeDelta = TimeDelta::seconds(45);

/// Whether a message of this kind was written by the citizen and so opens the 24 hours anew.
pub(super) const fn opens_window(kind: MessageKind) -> bool {
    !matches!(kind, MessageKind::System | MessageKind::Edit | MessageKind::Revoke)
}

/// Whether a message of this kind waits for an answer: an emoji or a notice does not.
pub(super) const fn asks_for_answer(kind: MessageKind) -> bool {
    !matches!(
        kind,
        MessageKind::System | MessageKind::Revoke | MessageKind::Reaction | MessageKind::RequestWelcome
    )
}

/// What becomes of a message that was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It goes back into the outbox and not out before this.
    Requeue(TimeDelta),
    /// It waits until somebody has repaired the number.
    Hold,
    /// It will not go out.
    Fail,
    /// It may have gone out.
    Uncertain,
}

/// One try and how it ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tried {
    /// Which message.
    pub(super) message: MessageId,
    /// How often it was handed over, this time included.
    pub(super) attempts: i64,
    /// How it ended.
    pub(super) class: FailureClass,
    /// Whether Meta gave a code.
    pub(super) coded: bool,
    /// Whether it had been refused for its window before.
    pub(super) refused_before: bool,
}

/// What is to be done after a try that Meta did not accept.
///
/// A message is only handed over when our own clock says that the window is open; so a first refusal for
/// the window is tried once more.
pub(super) fn after_failure(tried: Tried) -> Fate {
    match tried.class {
        FailureClass::Retry { .. } if tried.coded && tried.attempts >= MOST_ATTEMPTS => Fate::Fail,
        FailureClass::Retry { after } => Fate::Requeue(pause(after, tried.attempts) + jitter(tried.message)),
        FailureClass::PairRate => {
            Fate::Requeue(pair_pause(tried.attempts).min(LONGEST_PAUSE) + jitter(tried.message))
        }
        FailureClass::WindowClosed if tried.refused_before => Fate::Fail,
        FailureClass::WindowClosed => Fate::Requeue(WINDOW_SECOND_TRY),
        FailureClass::Permanent => Fate::Fail,
        FailureClass::Channel => Fate::Hold,
        FailureClass::Unknown => Fate::Uncertain,
    }
}

/// Twice as long after each try.
fn pause(first: Duration, attempts: i64) -> TimeDelta {
    let doublings = u32::try_from((attempts - 1).clamp(0, 10)).unwrap_or(0);
    let first = TimeDelta::from_std(first).unwrap_or(LONGEST_PAUSE);
    first.checked_mul(2_i32.saturating_pow(doublings)).unwrap_or(LONGEST_PAUSE).min(LONGEST_PAUSE.max(first))
}

/// Meta's own advice: 4^X seconds.
fn pair_pause(attempts: i64) -> TimeDelta {
    TimeDelta::seconds(4_i64.saturating_pow(u32::try_from(attempts.clamp(1, 6)).unwrap_or(1)))
}

/// Up to a second that differs from message to message, so that not all come back at once.
fn jitter(message: MessageId) -> TimeDelta {
    TimeDelta::milliseconds(i64::from(message.0.as_bytes()[15]) * 4)
}

/// The type a sender claims for a file, as it may be stored in clear: a plain `kind/name` without what
/// follows it, or the type of bytes. Databases take no NUL, and nobody's number belongs there.
pub(super) fn claimed_type(claimed: Option<&str>) -> String {
    let essence = claimed.and_then(|claimed| claimed.split(';').next()).unwrap_or_default().trim();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'+' | b'-');
    let digits = essence.bytes().filter(u8::is_ascii_digit).count();
    if essence.len() <= 100 && essence.contains('/') && essence.bytes().all(plain) && digits < 4 {
        essence.to_ascii_lowercase()
    } else {
        "application/octet-stream".to_owned()
    }
}

/// A category of Meta's price list, if it is a plain word.
pub(super) fn price_category(told: &str) -> Option<String> {
    let plain = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-');
    (!told.is_empty() && told.len() <= 48 && told.bytes().all(plain)).then(|| told.to_owned())
}

/// A word for Meta's name of a subscription: what came may be anything, and the word is shown and stored.
pub(super) fn notice_word(field: &str) -> String {
    let plain = !field.is_empty()
        && field.len() <= 48
        && field.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let digits = field.bytes().filter(u8::is_ascii_digit).count();
    if plain && digits < 4 { format!("notice.{field}") } else { "notice.other".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(class: FailureClass, attempts: i64) -> Tried {
        let message = MessageId(uuid::Uuid::nil());
        Tried { message, attempts, class, coded: true, refused_before: false }
    }

    fn retry(seconds: u64) -> FailureClass {
        FailureClass::Retry { after: Duration::from_secs(seconds) }
    }

    #[test]
    fn each_try_waits_longer_and_the_last_one_fails() {
        let table = [
            (tried(retry(5), 1), Fate::Requeue(TimeDelta::seconds(5))),
            (tried(retry(5), 3), Fate::Requeue(TimeDelta::seconds(20))),
            (tried(retry(5), 11), Fate::Requeue(LONGEST_PAUSE)),
            (tried(retry(3600), 2), Fate::Requeue(TimeDelta::hours(1))),
            (tried(retry(5), 12), Fate::Fail),
            (Tried { coded: false, ..tried(retry(15), 40) }, Fate::Requeue(LONGEST_PAUSE)),
            (tried(FailureClass::PairRate, 1), Fate::Requeue(TimeDelta::seconds(4))),
            (tried(FailureClass::PairRate, 3), Fate::Requeue(TimeDelta::seconds(64))),
            (tried(FailureClass::PairRate, 90), Fate::Requeue(LONGEST_PAUSE)),
            (tried(FailureClass::Permanent, 1), Fate::Fail),
            (tried(FailureClass::Channel, 1), Fate::Hold),
            (tried(FailureClass::Unknown, 1), Fate::Uncertain),
        ];
        for (tried, fate) in table {
            assert_eq!(after_failure(tried), fate, "{tried:?}");
        }
    }

    #[test]
    fn a_refusal_inside_the_window_is_tried_once_more_only() {
        let first = tried(FailureClass::WindowClosed, 1);
        assert_eq!(after_failure(first), Fate::Requeue(WINDOW_SECOND_TRY));
        assert_eq!(after_failure(Tried { refused_before: true, ..first }), Fate::Fail);
    }

    #[test]
    fn a_claimed_type_is_a_plain_one_or_none() {
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
        for (claimed, kept) in [
            (Some("image/jpeg"), "image/jpeg"),
            (Some("audio/ogg; codecs=opus"), "audio/ogg"),
            (Some("Application/PDF"), "application/pdf"),
            (Some(word), word),
            (Some("video/3gpp"), "video/3gpp"),
            (Some("image/jpeg\0"), "application/octet-stream"),
            (Some("image/3603280101900001"), "application/octet-stream"),
            (Some("Siti Aminah"), "application/octet-stream"),
            (Some(&*"a/".repeat(60)), "application/octet-stream"),
            (None, "application/octet-stream"),
        ] {
            assert_eq!(claimed_type(claimed), kept, "{claimed:?}");
        }
    }

    #[test]
    fn a_price_category_is_a_plain_word_or_none() {
        for known in ["service", "utility", "authentication-international", "marketing_lite"] {
            assert_eq!(price_category(known).as_deref(), Some(known));
        }
        for strange in ["", "ser\0vice", "3603280101900001", "dua kata", &"a".repeat(60)] {
            assert_eq!(price_category(strange), None, "{strange}");
        }
    }

    #[test]
    fn what_meta_calls_a_subscription_cannot_carry_anything_else() {
        assert_eq!(notice_word("account_update"), "notice.account_update");
        for strange in ["", "3603280101900001", "Nama Orang", "a\nb", &"a".repeat(60)] {
            assert_eq!(notice_word(strange), "notice.other");
        }
    }
}
