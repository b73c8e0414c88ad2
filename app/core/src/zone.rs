//! The three time zones of Indonesia, and times, numbers and spans as people write them there.
//!
//! Keppres 41/1987; no daylight saving. The zone's name stands after every clock time, hours and minutes
//! are parted by a dot, thousands by a dot, decimals by a comma.

use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Timelike,
};
use chrono_tz::Tz;

use crate::clock::Instant;

words! {
    /// The zone of an office.
    OfficeZone {
        /// Waktu Indonesia Barat, UTC+7.
        Wib = "WIB",
        /// Waktu Indonesia Tengah, UTC+8.
        Wita = "WITA",
        /// Waktu Indonesia Timur, UTC+9.
        Wit = "WIT",
    }
}

/// The weekdays, Monday first.
pub const WEEKDAYS: [&str; 7] = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"];
const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];
const SHORT_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];

impl OfficeZone {
    /// The zone's name in the IANA database.
    pub const fn iana(self) -> &'static str {
        match self {
            Self::Wib => "Asia/Jakarta",
            Self::Wita => "Asia/Makassar",
            Self::Wit => "Asia/Jayapura",
        }
    }

    /// The zone of an IANA name. Asia/Pontianak (Kalimantan Barat and Tengah) keeps WIB.
    pub fn from_iana(name: &str) -> Option<Self> {
        match name {
            "Asia/Jakarta" | "Asia/Pontianak" => Some(Self::Wib),
            "Asia/Makassar" | "Asia/Ujung_Pandang" => Some(Self::Wita),
            "Asia/Jayapura" => Some(Self::Wit),
            _ => None,
        }
    }

    /// The zone in chrono-tz.
    pub const fn tz(self) -> Tz {
        match self {
            Self::Wib => Tz::Asia__Jakarta,
            Self::Wita => Tz::Asia__Makassar,
            Self::Wit => Tz::Asia__Jayapura,
        }
    }

    /// Hours ahead of UTC, since 1988.
    const fn hours(self) -> i64 {
        match self {
            Self::Wib => 7,
            Self::Wita => 8,
            Self::Wit => 9,
        }
    }

    /// An instant as this zone's clocks show it.
    pub fn local(self, at: Instant) -> DateTime<Tz> {
        at.with_timezone(&self.tz())
    }

    /// The date on this zone's calendars.
    pub fn date(self, at: Instant) -> NaiveDate {
        self.local(at).date_naive()
    }

    /// The instant at which this zone's clocks show `local`. Times that clocks skipped or showed twice
    /// (before 1964) come out by today's offset or as the earlier one.
    pub fn instant(self, local: NaiveDateTime) -> Instant {
        match self.tz().from_local_datetime(&local) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.to_utc(),
            LocalResult::None => {
                local.checked_sub_signed(TimeDelta::hours(self.hours())).unwrap_or(local).and_utc()
            }
        }
    }

    /// When a day begins.
    pub fn midnight(self, day: NaiveDate) -> Instant {
        self.instant(day.and_time(NaiveTime::MIN))
    }

    /// `14.00 WITA`
    pub fn time(self, at: Instant) -> String {
        let local = self.local(at);
        format!("{:02}.{:02} {self}", local.hour(), local.minute())
    }

    /// `Rabu, 25 November 2026`
    pub fn long_date(self, at: Instant) -> String {
        long_date(self.date(at))
    }

    /// `Rabu, 25 November 2026, pukul 14.00 WITA`
    pub fn long(self, at: Instant) -> String {
        format!("{}, pukul {}", self.long_date(at), self.time(at))
    }

    /// `Rabu 25 Nov 14.00 WITA`
    pub fn short(self, at: Instant) -> String {
        format!("{} {}", short_date(self.date(at)), self.time(at))
    }

    /// A due time: `Rabu 25 Nov 14.00 WITA`; the end of a day is its 24.00, not the 00.00 of the next.
    pub fn deadline(self, at: Instant) -> String {
        let local = self.local(at);
        match local.date_naive().pred_opt().filter(|_| local.hour() == 0 && local.minute() == 0) {
            Some(day) => format!("{} 24.00 {self}", short_date(day)),
            None => self.short(at),
        }
    }

    /// A due time in full: `Rabu, 25 November 2026, pukul 14.00 WITA`; the end of a day is its 24.00.
    pub fn long_deadline(self, at: Instant) -> String {
        let local = self.local(at);
        match local.date_naive().pred_opt().filter(|_| local.hour() == 0 && local.minute() == 0) {
            Some(day) => format!("{}, pukul 24.00 {self}", long_date(day)),
            None => self.long(at),
        }
    }

    /// `pagi` (from 4), `siang` (from 11), `sore` (from 15) or `malam` (from 18 o'clock).
    pub fn greeting(self, now: Instant) -> &'static str {
        match self.local(now).hour() {
            4..=10 => "pagi",
            11..=14 => "siang",
            15..=17 => "sore",
            _ => "malam",
        }
    }
}

fn name_of(names: &[&'static str], index: u32) -> &'static str {
    names.get(index as usize).copied().unwrap_or_default()
}

/// `Rabu`
pub fn day_name(date: NaiveDate) -> &'static str {
    name_of(&WEEKDAYS, date.weekday().num_days_from_monday())
}

/// `November`
pub fn month_name(date: NaiveDate) -> &'static str {
    name_of(&MONTHS, date.month0())
}

/// `Rabu, 25 November 2026`
pub fn long_date(date: NaiveDate) -> String {
    format!("{}, {} {} {}", day_name(date), date.day(), month_name(date), date.year())
}

/// `Rabu 25 Nov`
pub fn short_date(date: NaiveDate) -> String {
    format!("{} {} {}", day_name(date), date.day(), name_of(&SHORT_MONTHS, date.month0()))
}

/// How long ago or how far ahead `at` is: `2 menit lalu`, `3 jam lagi`, `baru saja`, `sebentar lagi`. One
/// unit, rounded down.
pub fn relative(at: Instant, now: Instant) -> String {
    let apart = at.signed_duration_since(now);
    let (ahead, apart) = if apart > TimeDelta::zero() { (true, apart) } else { (false, -apart) };
    let (count, unit) = match apart {
        apart if apart.num_days() >= 365 => (apart.num_days() / 365, "tahun"),
        apart if apart.num_days() >= 30 => (apart.num_days() / 30, "bulan"),
        apart if apart.num_days() >= 1 => (apart.num_days(), "hari"),
        apart if apart.num_hours() >= 1 => (apart.num_hours(), "jam"),
        apart if apart.num_minutes() >= 1 => (apart.num_minutes(), "menit"),
        _ => return if ahead { "sebentar lagi" } else { "baru saja" }.to_owned(),
    };
    format!("{} {unit} {}", number(count), if ahead { "lagi" } else { "lalu" })
}

/// A span in its two largest units: `3 jam 12 menit`, `2 hari 4 jam`, `kurang dari 1 menit`. Days are 24
/// hours; a negative span loses its sign.
pub fn duration(span: TimeDelta) -> String {
    let minutes = span.num_minutes().saturating_abs();
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => "kurang dari 1 menit".to_owned(),
        (0, 0, minutes) => format!("{minutes} menit"),
        (0, hours, 0) => format!("{hours} jam"),
        (0, hours, minutes) => format!("{hours} jam {minutes} menit"),
        (days, 0, _) => format!("{} hari", number(days)),
        (days, hours, _) => format!("{} hari {hours} jam", number(days)),
    }
}

/// Time that was counted while an office works, whose days are not of 24 hours: `45 menit`, `112 jam 30 menit`.
pub fn working_time(span: TimeDelta) -> String {
    let minutes = span.num_minutes().max(0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} menit"),
        (hours, 0) => format!("{} jam", number(hours)),
        (hours, minutes) => format!("{} jam {minutes} menit", number(hours)),
    }
}

/// `1.234`
pub fn number(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// `1.234,5`: rounded to `places` decimals. What is no number is shown as `–`.
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let fixed = format!("{:.*}", places, value.abs());
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    // Beyond the range of i64 there is nothing to group.
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), number);
    let is_zero = fixed.bytes().all(|b| matches!(b, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{fraction}") }
}

/// `87,5 %`: a share in hundredths with at most one decimal, its sign held to it by a space that does not
/// break. What is no number is shown as `–`.
pub fn percent(hundredths: f64) -> String {
    let text = decimal(hundredths, 1);
    match text.strip_suffix(",0") {
        Some(whole) => format!("{whole}\u{a0}%"),
        None if text == "–" => text,
        None => format!("{text}\u{a0}%"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn a_time_is_written_with_its_zone() {
        let now = at("2026-11-25T06:00:00Z");
        assert_eq!(OfficeZone::Wita.short(now), "Rabu 25 Nov 14.00 WITA");
        assert_eq!(OfficeZone::Wib.time(now), "13.00 WIB");
        assert_eq!(OfficeZone::Wit.long(now), "Rabu, 25 November 2026, pukul 15.00 WIT");
        assert_eq!(OfficeZone::Wib.long_date(at("2026-11-24T17:00:00Z")), "Rabu, 25 November 2026");
        assert_eq!(OfficeZone::Wib.long_date(at("2026-11-24T16:59:59Z")), "Selasa, 24 November 2026");
    }

    #[test]
    fn zones_are_found_by_their_iana_names() {
        for zone in OfficeZone::ALL {
            assert_eq!(OfficeZone::from_iana(zone.iana()), Some(*zone));
            assert_eq!(zone.tz().name(), zone.iana());
        }
        assert_eq!(OfficeZone::from_iana("Asia/Pontianak"), Some(OfficeZone::Wib));
        assert_eq!(OfficeZone::from_iana("Europe/Paris"), None);
    }

    #[test]
    fn the_greeting_follows_the_local_hour() {
        for (utc, word) in [
            ("2026-11-24T21:00:00Z", "pagi"),
            ("2026-11-25T03:59:00Z", "pagi"),
            ("2026-11-25T04:00:00Z", "siang"),
            ("2026-11-25T08:00:00Z", "sore"),
            ("2026-11-25T11:00:00Z", "malam"),
            ("2026-11-24T20:59:00Z", "malam"),
        ] {
            assert_eq!(OfficeZone::Wib.greeting(at(utc)), word, "{utc}");
        }
    }

    #[test]
    fn distances_are_told_in_one_unit() {
        let now = at("2026-11-25T06:00:00Z");
        for (seconds, text) in [
            (0, "baru saja"),
            (-59, "baru saja"),
            (30, "sebentar lagi"),
            (-120, "2 menit lalu"),
            (3 * 3600 + 59 * 60, "3 jam lagi"),
            (-86_400, "1 hari lalu"),
            (45 * 86_400, "1 bulan lagi"),
            (-800 * 86_400, "2 tahun lalu"),
        ] {
            assert_eq!(relative(now + TimeDelta::seconds(seconds), now), text);
        }
    }

    #[test]
    fn spans_are_told_in_two_units() {
        for (minutes, text) in [
            (0, "kurang dari 1 menit"),
            (12, "12 menit"),
            (180, "3 jam"),
            (192, "3 jam 12 menit"),
            (1440, "1 hari"),
            (1441, "1 hari"),
            (52 * 60, "2 hari 4 jam"),
        ] {
            assert_eq!(duration(TimeDelta::minutes(minutes)), text);
        }
    }

    #[test]
    fn numbers_have_dots_for_thousands_and_a_comma_for_decimals() {
        for (value, text) in [
            (0, "0"),
            (999, "999"),
            (1234, "1.234"),
            (-2_307_648, "-2.307.648"),
            (i64::MIN, "-9.223.372.036.854.775.808"),
        ] {
            assert_eq!(number(value), text);
        }
        for (value, places, text) in [
            (1234.56, 1, "1.234,6"),
            (-0.04, 1, "0,0"),
            (-12.5, 1, "-12,5"),
            (88.31, 2, "88,31"),
            (7.0, 0, "7"),
            (f64::NAN, 2, "–"),
        ] {
            assert_eq!(decimal(value, places), text);
        }
    }

    #[test]
    fn a_share_is_written_with_its_sign_apart() {
        for (value, text) in [
            (87.5, "87,5\u{a0}%"),
            (87.54, "87,5\u{a0}%"),
            (100.0, "100\u{a0}%"),
            (99.96, "100\u{a0}%"),
            (0.0, "0\u{a0}%"),
            (f64::NAN, "–"),
        ] {
            assert_eq!(percent(value), text);
        }
    }

    proptest! {
        #[test]
        fn local_times_come_back_as_the_same_instant(seconds in 600_000_000_i64..4_000_000_000) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
            for zone in OfficeZone::ALL {
                prop_assert_eq!(zone.instant(zone.local(instant).naive_local()), instant);
            }
        }

        #[test]
        fn grouping_loses_no_digit(value: i64) {
            prop_assert_eq!(number(value).replace('.', ""), value.to_string());
        }

        #[test]
        fn no_time_and_no_number_panics(seconds: i64, minutes in i64::MIN / 60_000..i64::MAX / 60_000, value: f64) {
            let instant = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
            let _ = (relative(instant, DateTime::UNIX_EPOCH), duration(TimeDelta::minutes(minutes)), decimal(value, 2));
        }
    }
}
