//! A line the size of a word: how a number came about.

use super::{Coord, Measure, WIDTH, drawable, lines};

/// How high the little plot is.
pub const LOW: f64 = 28.0;
/// The room that the pen and the last dot need at each side.
const EDGE: f64 = 3.0;

/// The line.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// The `d` of a path.
    pub path: String,
    /// The `d` of the newest value's dot.
    pub dot: String,
    /// What is read aloud: `12 bulan: dari 81 % ke 87,5 %`.
    pub told: String,
}

impl Sparkline {
    /// A line through the values, oldest first; `period` names them: `12 bulan`. Nothing when fewer than two
    /// values are known.
    pub fn new(measure: Measure, period: &str, values: &[Option<f64>]) -> Option<Self> {
        let values: Vec<_> = values.iter().map(|value| value.and_then(drawable)).collect();
        let known: Vec<f64> = values.iter().copied().flatten().collect();
        let [first, .., last] = known.as_slice() else { return None };
        let points = points(&values, &known);
        let (x, y) = points.iter().rev().find_map(|point| *point)?;
        Some(Self {
            path: lines::path(&points),
            dot: format!("M{x} {y}h0"),
            told: format!("{period}: dari {} ke {}", measure.text(*first), measure.text(*last)),
        })
    }
}

fn points(values: &[Option<f64>], known: &[f64]) -> Vec<Option<(Coord, Coord)>> {
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let steps = values.len().saturating_sub(1).max(1) as f64;
    let place = |(index, value): (usize, &Option<f64>)| {
        let x = EDGE + index as f64 / steps * (WIDTH - 2.0 * EDGE);
        // Values that are all the same lie in the middle.
        let up = if high > low { ((*value)? - low) / (high - low) } else { (*value).map(|_| 0.5)? };
        Some((Coord::at(x), Coord::at(LOW - EDGE - up * (LOW - 2.0 * EDGE))))
    };
    values.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_goes_from_the_oldest_to_the_newest() {
        let line = Sparkline::new(Measure::Percent, "3 bulan", &[Some(80.0), None, Some(90.0)]);
        assert_eq!(
            line,
            Some(Sparkline {
                path: "M3 25M97 3".to_owned(),
                dot: "M97 3h0".to_owned(),
                told: "3 bulan: dari 80\u{a0}% ke 90\u{a0}%".to_owned(),
            })
        );
        assert_eq!(Sparkline::new(Measure::Count, "x", &[Some(1.0)]), None);
    }

    proptest! {
        #[test]
        fn every_point_lies_inside(values in prop::collection::vec(prop::option::of(any::<f64>()), 0..40)) {
            let values: Vec<_> = values.iter().map(|value| value.and_then(drawable)).collect();
            let known: Vec<f64> = values.iter().copied().flatten().collect();
            for (x, y) in points(&values, &known).into_iter().flatten() {
                prop_assert!((0.0..=WIDTH).contains(&x.value()) && (0.0..=LOW).contains(&y.value()));
            }
        }
    }
}
