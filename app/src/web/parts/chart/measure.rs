//! What the numbers of a chart are, how they are printed, and which steps of an axis are round for them.

use chrono::TimeDelta;
use loket_core::zone;

use super::LARGEST;

/// What is measured. Every value of a chart or a change is given in the unit named here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Things, counted: `1.234`.
    Count,
    /// Hundredths, 0 to 100: `87,5 %`.
    Percent,
    /// A span in minutes: `3 jam 12 menit`.
    Minutes,
    /// A mark with two decimals: `3,62`.
    Score,
}

const HOUR: f64 = 60.0;
const DAY: f64 = 1_440.0;
/// Round spans below a day, in minutes.
const SPANS: [f64; 11] = [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0, 480.0, 720.0];

impl Measure {
    /// The value in full.
    pub fn text(self, value: f64) -> String {
        match self {
            Self::Count => zone::decimal(value, 0),
            Self::Percent => zone::percent(value),
            Self::Minutes => span(value),
            Self::Score => zone::decimal(value, 2),
        }
    }

    /// The value as it stands beside an axis: as short as it can be.
    pub fn tick(self, value: f64) -> String {
        match self {
            Self::Minutes if value.abs() < 0.5 => "0".to_owned(),
            Self::Minutes if value % DAY == 0.0 => format!("{} hari", zone::decimal(value / DAY, 0)),
            Self::Minutes if value % HOUR == 0.0 => format!("{} jam", zone::decimal(value / HOUR, 0)),
            Self::Minutes => format!("{} mnt", zone::decimal(value, 0)),
            Self::Percent => format!("{}\u{a0}%", plain(value)),
            Self::Count | Self::Score => plain(value),
        }
    }

    /// The smallest round step that is at least `least`.
    pub(super) fn step(self, least: f64) -> f64 {
        match self {
            Self::Count => round(least.max(1.0)),
            Self::Minutes if least > 720.0 => DAY * round((least / DAY).max(1.0)),
            Self::Minutes => SPANS.into_iter().find(|span| *span >= least).unwrap_or(DAY),
            Self::Percent | Self::Score => round(least.max(0.01)),
        }
    }
}

/// 1, 2 or 5 times a power of ten.
fn round(least: f64) -> f64 {
    let power = 10_f64.powf(least.log10().floor());
    // A hair's breadth above a round number still counts as it.
    let over = least / power - 1e-9;
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| *factor >= over).unwrap_or(10.0);
    factor * power
}

fn plain(value: f64) -> String {
    let places = (0..=2).find(|places| is_whole(value * 10_f64.powi(*places))).unwrap_or(2);
    zone::decimal(value, usize::try_from(places).unwrap_or_default())
}

fn is_whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-6
}

fn span(minutes: f64) -> String {
    if !minutes.is_finite() {
        return "–".to_owned();
    }
    let minutes = minutes.clamp(-LARGEST, LARGEST).round() as i64;
    zone::duration(TimeDelta::try_minutes(minutes).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_printed_as_people_write_them() {
        for (measure, value, text, tick) in [
            (Measure::Count, 1_234.0, "1.234", "1.234"),
            (Measure::Percent, 87.5, "87,5\u{a0}%", "87,5\u{a0}%"),
            (Measure::Percent, 100.0, "100\u{a0}%", "100\u{a0}%"),
            (Measure::Minutes, 192.0, "3 jam 12 menit", "192 mnt"),
            (Measure::Minutes, 0.0, "kurang dari 1 menit", "0"),
            (Measure::Minutes, 120.0, "2 jam", "2 jam"),
            (Measure::Minutes, 2_880.0, "2 hari", "2 hari"),
            (Measure::Score, 3.62, "3,62", "3,62"),
            (Measure::Score, 3.5, "3,50", "3,5"),
            (Measure::Minutes, f64::NAN, "–", "– mnt"),
        ] {
            assert_eq!((measure.text(value).as_str(), measure.tick(value).as_str()), (text, tick));
        }
    }

    #[test]
    fn steps_are_round() {
        for (measure, least, step) in [
            (Measure::Count, 0.3, 1.0),
            (Measure::Count, 3.0, 5.0),
            (Measure::Count, 12.0, 20.0),
            (Measure::Count, 100.0, 100.0),
            (Measure::Percent, 0.6, 1.0),
            (Measure::Percent, 21.0, 50.0),
            (Measure::Minutes, 11.0, 15.0),
            (Measure::Minutes, 61.0, 120.0),
            (Measure::Minutes, 800.0, 1_440.0),
            (Measure::Minutes, 4_000.0, 7_200.0),
        ] {
            assert_eq!(measure.step(least), step, "{measure:?} {least}");
        }
    }
}
