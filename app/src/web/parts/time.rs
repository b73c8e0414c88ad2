//! Moments, spans and due times as they are printed.

use chrono::{Datelike, SecondsFormat, TimeDelta};
use loket_core::{
    clock::Instant,
    zone::{self, OfficeZone},
};

use super::Tone;

/// A moment: `iso` for machines, `text` in full, `ago` beside or instead of it (may be empty).
#[derive(Clone)]
pub struct When {
    /// RFC 3339 with the office's offset.
    pub iso: String,
    /// `Rabu 25 Nov 14.00 WITA`; with the year instead of the time when it was in another year.
    pub text: String,
    /// `38 menit lalu`, `38 menit`, `09.12` or nothing.
    pub ago: String,
}

impl When {
    /// A moment with how long ago it was.
    pub fn of(at: Instant, now: Instant, zone: OfficeZone) -> Self {
        Self { ago: zone::relative(at, now), ..Self::plain(at, now, zone) }
    }

    /// A moment by itself.
    pub fn plain(at: Instant, now: Instant, zone: OfficeZone) -> Self {
        let local = zone.local(at);
        let same_year = local.year() == zone.local(now).year();
        let text = if same_year { zone.short(at) } else { zone.long_date(at) };
        Self { iso: local.to_rfc3339_opts(SecondsFormat::Secs, false), text, ago: String::new() }
    }

    /// Since when somebody waits; `ago` is how long.
    pub fn waiting(since: Instant, now: Instant, zone: OfficeZone) -> Self {
        let plain = Self::plain(since, now, zone);
        Self { text: format!("sejak {}", plain.text), ago: zone::duration(now - since), ..plain }
    }

    /// A moment within a day that is named elsewhere; `ago` is the time alone.
    pub fn in_day(at: Instant, now: Instant, zone: OfficeZone) -> Self {
        Self { ago: zone.local(at).format("%H.%M").to_string(), ..Self::plain(at, now, zone) }
    }

    /// No moment: nothing happened yet. `word` is printed in its place.
    pub fn never(word: &str) -> Self {
        Self { iso: String::new(), text: word.to_owned(), ago: word.to_owned() }
    }
}

/// A span or due time. `text` `Rabu 14.00`, `rest` `sisa 3 jam kerja` (may be empty).
#[derive(Clone)]
pub struct Clock {
    /// The time, or the span.
    pub text: String,
    /// What it means; printed strong.
    pub rest: String,
    /// How much of the time is used, 0 to 100; nothing when there is no due time, and then no bar.
    pub percent: Option<u8>,
    /// How it looks.
    pub tone: Tone,
    /// Whether it stands still.
    pub paused: bool,
}

impl Clock {
    /// A clock that counts up, without a due time.
    pub fn running(since: Instant, now: Instant) -> Self {
        Self::told(zone::duration((now - since).max(TimeDelta::zero())), "info")
    }

    /// A clock that has stopped for good.
    pub fn stopped(from: Instant, until: Instant) -> Self {
        Self::told(zone::duration((until - from).max(TimeDelta::zero())), "ok")
    }

    /// A clock that does not count.
    pub fn still(text: &str) -> Self {
        Self { paused: true, ..Self::told(text.to_owned(), "quiet") }
    }

    fn told(text: String, tone: Tone) -> Self {
        Self { text, rest: String::new(), percent: None, tone, paused: false }
    }
}

/// Something that happened to a request.
pub struct Happening {
    /// When.
    pub when: When,
    /// Who did it.
    pub who: String,
    /// What.
    pub what: String,
    /// More of it.
    pub detail: Option<String>,
    /// What the citizen is told by it.
    pub said: Option<String>,
    /// How it looks.
    pub tone: Tone,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_moment_is_printed_for_people_and_for_machines() {
        let (then, now) = (at("2026-11-25T06:00:00Z"), at("2026-11-25T06:38:00Z"));
        let when = When::of(then, now, OfficeZone::Wita);
        assert_eq!(when.iso, "2026-11-25T14:00:00+08:00");
        assert_eq!(when.text, "Rabu 25 Nov 14.00 WITA");
        assert_eq!(when.ago, "38 menit lalu");
        let waiting = When::waiting(then, now, OfficeZone::Wita);
        assert_eq!(
            (waiting.text.as_str(), waiting.ago.as_str()),
            ("sejak Rabu 25 Nov 14.00 WITA", "38 menit")
        );
        assert_eq!(When::in_day(then, now, OfficeZone::Wita).ago, "14.00");
    }

    #[test]
    fn a_moment_of_another_year_is_printed_with_its_year() {
        let when = When::plain(at("2025-03-10T01:00:00Z"), at("2026-11-25T06:00:00Z"), OfficeZone::Wib);
        assert_eq!(when.text, "Senin, 10 Maret 2025");
    }

    #[test]
    fn a_clock_without_a_due_time_claims_none() {
        let clock = Clock::running(at("2026-11-25T06:00:00Z"), at("2026-11-25T09:12:00Z"));
        assert_eq!((clock.text.as_str(), clock.percent, clock.rest.as_str()), ("3 jam 12 menit", None, ""));
        assert!(Clock::still("Menunggu warga").paused);
    }
}
