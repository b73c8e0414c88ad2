//! A number with its meaning: target, change, course, how it is counted, and the rows behind it.

use loket_core::zone;

use super::{
    Tag, Tone,
    chart::{Aim, Measure, Sparkline, Target},
};

/// Against which share of the earlier value a change is still called none.
const STILL: f64 = 0.0005;

/// The tile. Only `label` and `value` must be there.
#[derive(Debug, Clone)]
pub struct Tile {
    /// What is counted.
    pub label: String,
    /// The number.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// A remark.
    pub note: String,
    /// How the number looks; empty for plain.
    pub tone: Tone,
    /// The target and whether it is reached.
    pub target: Option<Tag>,
    /// Against the period before.
    pub change: Option<Change>,
    /// How it came about.
    pub spark: Option<Sparkline>,
    /// How it is counted.
    pub definition: String,
    /// The rows it counts.
    pub href: Option<String>,
}

impl Tile {
    /// A number with its name.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            value: value.into(),
            unit: String::new(),
            note: String::new(),
            tone: "",
            target: None,
            change: None,
            spark: None,
            definition: String::new(),
            href: None,
        }
    }

    /// A number of a measure; `–` with a remark when it is not known.
    pub fn of(label: impl Into<String>, measure: Measure, value: Option<f64>) -> Self {
        match value {
            Some(value) => Self::new(label, measure.text(value)),
            None => Self::new(label, "–").note("Belum ada data."),
        }
    }

    /// With a unit behind the number.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        Self { unit: unit.into(), ..self }
    }

    /// With a remark.
    #[must_use]
    pub fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// With a look.
    #[must_use]
    pub fn tone(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }

    /// With a target, and whether `value` reaches it.
    #[must_use]
    pub fn target(self, measure: Measure, value: f64, (target, aim): (&Target, Aim)) -> Self {
        let words = format!("{} {}", target.label, measure.text(target.value));
        let reached = match aim {
            Aim::High => value >= target.value,
            Aim::Low => value <= target.value,
            Aim::Neither => return Self { target: Some(Tag::new(words, "quiet")), ..self },
        };
        let tag = if reached {
            Tag::new(format!("{words} tercapai"), "ok")
        } else {
            Tag::new(format!("{words} belum tercapai"), "warn")
        };
        Self { target: Some(tag), ..self }
    }

    /// With what changed since the period before.
    #[must_use]
    pub fn change(self, change: Change) -> Self {
        Self { change: Some(change), ..self }
    }

    /// With the line of how it came about.
    #[must_use]
    pub fn spark(self, spark: Option<Sparkline>) -> Self {
        Self { spark, ..self }
    }

    /// With how it is counted.
    #[must_use]
    pub fn definition(self, definition: impl Into<String>) -> Self {
        Self { definition: definition.into(), ..self }
    }

    /// With the way to the rows it counts.
    #[must_use]
    pub fn href(self, href: Option<String>) -> Self {
        Self { href, ..self }
    }
}

/// What changed against the period before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `naik 2,3 poin`, `turun 12 %`, `tetap`.
    pub text: String,
    /// Against what: `dari 85,2 % bulan lalu`.
    pub than: String,
    /// An icon of `icons.svg`.
    pub mark: &'static str,
    /// `"ok"` for better, `"warn"` for worse, `"quiet"` otherwise.
    pub tone: Tone,
}

impl Change {
    /// The change from `before` to `now`. Percents differ by points, spans by a span, counts by percent of
    /// the earlier count. `period` names the one before: `bulan lalu`.
    pub fn between(measure: Measure, (now, before): (f64, f64), aim: Aim, period: &str) -> Self {
        let apart = now - before;
        let than = format!("dari {} {period}", measure.text(before));
        if !apart.is_finite() || apart.abs() <= before.abs() * STILL || by(measure, apart, before).is_empty()
        {
            return Self { text: "tetap".to_owned(), than, mark: "minus", tone: "quiet" };
        }
        let (word, mark) = if apart > 0.0 { ("naik", "arrow-up") } else { ("turun", "arrow-down") };
        let tone = match (aim, apart > 0.0) {
            (Aim::Neither, _) => "quiet",
            (Aim::High, true) | (Aim::Low, false) => "ok",
            _ => "warn",
        };
        Self { text: format!("{word} {}", by(measure, apart, before)), than, mark, tone }
    }
}

/// By how much; empty when it rounds to nothing.
fn by(measure: Measure, apart: f64, before: f64) -> String {
    let apart = apart.abs();
    match measure {
        Measure::Percent if apart < 0.05 => String::new(),
        Measure::Percent => format!("{} poin", zone::decimal(apart, 1)),
        Measure::Minutes if apart < 1.0 => String::new(),
        Measure::Minutes => measure.text(apart),
        Measure::Score => zone::decimal(apart, 2),
        Measure::Count if before.abs() < 1.0 => zone::decimal(apart, 0),
        Measure::Count => zone::percent((apart / before.abs() * 100.0).round()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_its_direction_by_word_and_whether_it_is_good_by_look() {
        for (measure, now, before, aim, text, tone) in [
            (Measure::Percent, 87.5, 85.2, Aim::High, "naik 2,3 poin", "ok"),
            (Measure::Percent, 80.0, 85.2, Aim::High, "turun 5,2 poin", "warn"),
            (Measure::Minutes, 178.0, 192.0, Aim::Low, "turun 14 menit", "ok"),
            (Measure::Count, 56.0, 50.0, Aim::Neither, "naik 12\u{a0}%", "quiet"),
            (Measure::Count, 3.0, 0.0, Aim::Low, "naik 3", "warn"),
            (Measure::Count, 50.0, 50.0, Aim::Low, "tetap", "quiet"),
            (Measure::Percent, 85.21, 85.2, Aim::High, "tetap", "quiet"),
            (Measure::Score, 3.62, 3.5, Aim::High, "naik 0,12", "ok"),
            (Measure::Score, f64::NAN, 3.5, Aim::High, "tetap", "quiet"),
        ] {
            let change = Change::between(measure, (now, before), aim, "bulan lalu");
            assert_eq!((change.text.as_str(), change.tone), (text, tone), "{now} after {before}");
        }
    }

    #[test]
    fn a_target_says_whether_it_is_reached() {
        let target = Target::new(95.0);
        for (value, aim, word, tone) in [
            (96.0, Aim::High, "target 95\u{a0}% tercapai", "ok"),
            (94.9, Aim::High, "target 95\u{a0}% belum tercapai", "warn"),
            (94.9, Aim::Low, "target 95\u{a0}% tercapai", "ok"),
            (94.9, Aim::Neither, "target 95\u{a0}%", "quiet"),
        ] {
            let tile = Tile::new("x", "y").target(Measure::Percent, value, (&target, aim));
            assert_eq!(tile.target.map(|tag| (tag.word, tag.tone)), Some((word.to_owned(), tone)));
        }
    }

    #[test]
    fn what_is_not_known_is_not_zero() {
        assert_eq!(Tile::of("IKM", Measure::Score, None).value, "–");
        assert_eq!(Tile::of("IKM", Measure::Score, Some(3.5)).value, "3,50");
    }
}
