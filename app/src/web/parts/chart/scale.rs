//! The vertical axis: round ticks around the values, and where a value lies between them.

use super::{Measure, drawable};

/// At least so many parts an axis is divided into, where the measure allows.
const PARTS: f64 = 4.0;
/// A line whose lowest value reaches this share of its highest is drawn without the zero.
const FLAT: f64 = 0.6;

/// An axis from its first tick to its last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    first: i64,
    last: i64,
    step: f64,
}

impl Scale {
    /// An axis that begins at zero, or below it for values below zero: for bars, whose lengths are compared.
    pub fn from_zero(values: impl IntoIterator<Item = f64>, measure: Measure) -> Self {
        let (low, high) = extent(values);
        Self::between(low.min(0.0), high.max(0.0), measure)
    }

    /// An axis close around the values: for lines, whose heights are compared with each other.
    pub fn around(values: impl IntoIterator<Item = f64>, measure: Measure) -> Self {
        let (low, high) = extent(values);
        if low > 0.0 && low >= high * FLAT && measure != Measure::Count {
            return Self::between(low, high, measure);
        }
        Self::between(low.min(0.0), high.max(0.0), measure)
    }

    fn between(low: f64, high: f64, measure: Measure) -> Self {
        let step = measure.step((high - low) / PARTS);
        let first = (low / step + 1e-9).floor() as i64;
        let last = (high / step - 1e-9).ceil() as i64;
        Self { first, last: last.max(first + 1), step }
    }

    /// The ticks, rising.
    pub fn ticks(&self) -> Vec<f64> {
        (self.first..=self.last).map(|tick| tick as f64 * self.step).collect()
    }

    /// How far up a value lies: 0 at the first tick, 1 at the last; what lies outside is held there.
    pub fn share(&self, value: f64) -> f64 {
        let (low, high) = (self.first as f64 * self.step, self.last as f64 * self.step);
        drawable(value).map_or(0.0, |value| ((value - low) / (high - low)).clamp(0.0, 1.0))
    }
}

fn extent(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let mut values = values.into_iter().filter_map(drawable);
    let Some(first) = values.next() else { return (0.0, 0.0) };
    values.fold((first, first), |(low, high), value| (low.min(value), high.max(value)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ticks_are_round_numbers_around_the_values() {
        for (values, measure, ticks) in [
            (vec![3.0, 42.0], Measure::Count, vec![0.0, 20.0, 40.0, 60.0]),
            (vec![], Measure::Count, vec![0.0, 1.0]),
            (vec![0.0], Measure::Percent, vec![0.0, 0.01]),
            (vec![12.0, 100.0], Measure::Percent, vec![0.0, 50.0, 100.0]),
            (vec![90.0], Measure::Minutes, vec![0.0, 30.0, 60.0, 90.0]),
            (vec![-4.0, 8.0], Measure::Count, vec![-5.0, 0.0, 5.0, 10.0]),
        ] {
            assert_eq!(Scale::from_zero(values, measure).ticks(), ticks);
        }
    }

    #[test]
    fn a_line_high_above_zero_is_seen_from_near() {
        assert_eq!(Scale::around([91.0, 97.5], Measure::Percent).ticks(), [90.0, 92.0, 94.0, 96.0, 98.0]);
        assert_eq!(Scale::around([10.0, 97.5], Measure::Percent).ticks().first(), Some(&0.0));
        assert_eq!(Scale::around([80.0, 90.0], Measure::Count).ticks().first(), Some(&0.0));
    }

    fn measures() -> impl Strategy<Value = Measure> {
        prop_oneof![
            Just(Measure::Count),
            Just(Measure::Percent),
            Just(Measure::Minutes),
            Just(Measure::Score)
        ]
    }

    proptest! {
        #[test]
        fn ticks_rise_and_hold_every_value(
            values in prop::collection::vec(-1e9_f64..1e9, 0..20),
            measure in measures(),
            near: bool,
        ) {
            let scale = if near { Scale::around(values.clone(), measure) } else { Scale::from_zero(values.clone(), measure) };
            let ticks = scale.ticks();
            prop_assert!((2..=12).contains(&ticks.len()), "{} ticks", ticks.len());
            prop_assert!(ticks.windows(2).all(|two| matches!(two, [a, b] if a < b)));
            let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
            let slack = (high - low) * 1e-6;
            for value in values {
                prop_assert!(low - slack <= value && value <= high + slack, "{value} outside {low}..{high}");
            }
        }

        #[test]
        fn no_value_leaves_the_axis(value: f64, values in prop::collection::vec(any::<f64>(), 0..6), measure in measures()) {
            let share = Scale::around(values, measure).share(value);
            prop_assert!((0.0..=1.0).contains(&share));
        }
    }
}
