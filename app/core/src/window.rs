//! The 24 hours in which a number may answer a citizen freely.
//!
//! They run from the citizen's last message or call to that number; after them only a template may be
//! sent. Meta's clock and ours differ a little and a send takes time, so the window is taken to close a
//! margin early.

use chrono::TimeDelta;

use crate::clock::Instant;

/// How long the window stays open after the last inbound message.
pub const WINDOW: TimeDelta = TimeDelta::hours(24);

/// How much earlier we stop answering freely.
pub const MARGIN: TimeDelta = TimeDelta::minutes(2);

/// How long a free answer may still be sent; zero when the window is closed or nobody ever wrote. A
/// message from the future (a clock that runs ahead) opens no more than one window.
pub fn remaining(last_inbound: Option<Instant>, now: Instant, margin: TimeDelta) -> TimeDelta {
    let Some(last) = last_inbound else {
        return TimeDelta::zero();
    };
    let open_for = WINDOW - margin.max(TimeDelta::zero());
    let gone = now.signed_duration_since(last).max(TimeDelta::zero());
    (open_for - gone).max(TimeDelta::zero())
}

/// Whether a free answer may be sent now.
pub fn window_open(last_inbound: Option<Instant>, now: Instant, margin: TimeDelta) -> bool {
    remaining(last_inbound, now, margin) > TimeDelta::zero()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    const NOW: Instant = DateTime::UNIX_EPOCH;

    #[test]
    fn the_window_closes_two_minutes_early() {
        for (minutes_ago, open) in [(0, true), (23 * 60 + 57, true), (23 * 60 + 58, false), (24 * 60, false)]
        {
            let last = NOW - TimeDelta::minutes(minutes_ago);
            assert_eq!(window_open(Some(last), NOW, MARGIN), open, "{minutes_ago}");
        }
    }

    #[test]
    fn nobody_wrote_means_no_window() {
        assert!(!window_open(None, NOW, MARGIN));
        assert_eq!(remaining(None, NOW, MARGIN), TimeDelta::zero());
    }

    #[test]
    fn what_remains_shrinks_with_time() {
        let last = NOW - TimeDelta::hours(20);
        assert_eq!(remaining(Some(last), NOW, MARGIN), TimeDelta::minutes(238));
    }

    proptest! {
        #[test]
        fn no_more_than_a_window_is_ever_open(seconds in -1_000_000_000_000_i64..1_000_000_000_000, margin in -10_i64..3000) {
            let left = remaining(Some(NOW + TimeDelta::seconds(seconds)), NOW, TimeDelta::minutes(margin));
            prop_assert!(left >= TimeDelta::zero() && left <= WINDOW);
        }
    }
}
