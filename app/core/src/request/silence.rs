//! How long a citizen may take to send what they were asked for, and when they are reminded.
//!
//! No law says when a request may be closed because nobody answers: the office chooses how many days, the letter that asks
//! says until when, and one word of the citizen opens the request again.

use chrono::{Days, NaiveTime, TimeDelta};

use crate::{clock::Instant, window, zone::OfficeZone};

/// How many days an office may give.
pub const CHOICES: [i64; 4] = [7, 14, 30, 60];
/// What a citizen writes to go on with a request that was closed because nobody answered.
pub const GO_ON: &str = "LANJUT";
/// The second reminder comes so many days before the end.
const BEFORE_THE_END: TimeDelta = TimeDelta::days(3);
/// Nobody is reminded of what they were asked for just now.
const SOONEST: TimeDelta = TimeDelta::hours(3);
/// Before Meta's window closes.
const IN_TIME: TimeDelta = TimeDelta::hours(1);
/// Nobody is written to before this hour, or after that one.
const DAYTIME: (u32, u32) = (7, 20);

/// A request that waits for its citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// When they are reminded next; nothing once they were, as often as they are.
    pub remind_at: Option<Instant>,
    /// When it is closed; nothing where no end was told.
    pub until: Option<Instant>,
}

impl Silence {
    /// Of who is asked now, whose last message came at a moment, and who has so many days if an end is told.
    pub fn begins(
        asked: Instant,
        last_inbound: Option<Instant>,
        (days, zone): (Option<i64>, OfficeZone),
    ) -> Self {
        let until = days.and_then(|days| u64::try_from(days).ok()).and_then(|days| {
            // The whole of the last day is theirs.
            let date = zone.date(asked).checked_add_days(Days::new(days))?.succ_opt()?;
            Some(zone.midnight(date))
        });
        let first = last_inbound
            .map(|last| in_daytime(last + window::WINDOW - IN_TIME, zone))
            .filter(|at| *at >= asked + SOONEST && until.is_none_or(|until| *at < until));
        let mut silence = Self { remind_at: first, until };
        if first.is_none() {
            silence.remind_at = silence.second(asked);
        }
        silence
    }

    /// After a reminder at a moment.
    #[must_use]
    pub fn reminded(self, now: Instant) -> Self {
        Self { remind_at: self.second(now), ..self }
    }

    fn second(self, now: Instant) -> Option<Instant> {
        let noon = TimeDelta::hours(12);
        self.until.map(|until| until - BEFORE_THE_END - noon).filter(|at| *at >= now + SOONEST)
    }
}

/// The moment itself by day, the evening before it by night.
fn in_daytime(at: Instant, zone: OfficeZone) -> Instant {
    let local = zone.local(at).naive_local();
    let evening = NaiveTime::from_hms_opt(DAYTIME.1, 0, 0).unwrap_or_default();
    let morning = NaiveTime::from_hms_opt(DAYTIME.0, 0, 0).unwrap_or_default();
    let date = local.date();
    match local.time() {
        time if time < morning => zone.instant(date.pred_opt().unwrap_or(date).and_time(evening)),
        time if time > evening => zone.instant(date.and_time(evening)),
        _ => at,
    }
}

/// Whether a message says nothing but that its writer wants to go on.
pub fn goes_on(text: &str) -> bool {
    text.trim_matches(|letter: char| !letter.is_alphanumeric()).eq_ignore_ascii_case(GO_ON)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ZONE: OfficeZone = OfficeZone::Wita;

    fn at(local: &str) -> Instant {
        ZONE.instant(chrono::NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H.%M").unwrap_or_default())
    }

    #[test]
    fn a_citizen_is_reminded_before_the_window_closes_and_three_days_before_the_end() {
        let asked = at("2026-11-23 10.00");
        let silence = Silence::begins(asked, Some(at("2026-11-23 09.00")), (Some(14), ZONE));
        assert_eq!(silence.until, Some(at("2026-12-08 00.00")), "all of 7 December is theirs");
        assert_eq!(silence.remind_at, Some(at("2026-11-24 08.00")));
        let again = silence.reminded(at("2026-11-24 08.00"));
        assert_eq!(again.remind_at, Some(at("2026-12-04 12.00")));
        assert_eq!(again.reminded(at("2026-12-04 12.00")).remind_at, None);
    }

    #[test]
    fn nobody_is_reminded_by_night_or_of_what_they_were_just_asked() {
        let asked = at("2026-11-23 08.00");
        let first = |last: &str| Silence::begins(asked, Some(at(last)), (None, ZONE)).remind_at;
        assert_eq!(
            first("2026-11-23 05.00"),
            Some(at("2026-11-23 20.00")),
            "its window closes at five in the morning"
        );
        assert_eq!(first("2026-11-22 11.30"), None, "two and a half hours after the letter");
        let (seven, before) = ("2026-11-23 08.00", "2026-11-23 07.59");
        assert_eq!(first(seven), Some(at("2026-11-24 07.00")), "as soon as it is day");
        assert_eq!(first(before), Some(at("2026-11-23 20.00")));
        assert_eq!(Silence::begins(asked, None, (None, ZONE)), Silence { remind_at: None, until: None });
    }

    #[test]
    fn one_word_goes_on_however_it_is_written() {
        for text in ["LANJUT", " lanjut ", "Lanjut.", "*LANJUT*", "\"lanjut\"!"] {
            assert!(goes_on(text), "{text}");
        }
        for text in ["", "lanjutkan", "lanjut ya", "LANJ UT", "tidak lanjut"] {
            assert!(!goes_on(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reminders_come_by_day_after_the_letter_and_before_the_end(
            asked in 0_i64..60 * 24 * 30, before in 0_i64..60 * 48, days in proptest::option::of(1_i64..90)
        ) {
            let asked = at("2026-11-01 00.00") + TimeDelta::minutes(asked);
            let last = asked - TimeDelta::minutes(before);
            let mut silence = Silence::begins(asked, Some(last), (days, ZONE));
            let (mut now, mut count) = (asked, 0);
            while let Some(next) = silence.remind_at {
                prop_assert!(next >= now + SOONEST && silence.until.is_none_or(|until| next < until));
                let hour = chrono::Timelike::hour(&ZONE.local(next));
                prop_assert!((DAYTIME.0..=DAYTIME.1).contains(&hour), "{hour}");
                (now, count) = (next, count + 1);
                silence = silence.reminded(next);
            }
            prop_assert!(count <= 2);
        }
    }
}
