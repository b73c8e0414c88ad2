//! Charts: the geometry behind the macros of `templates/ui/chart.html`.
//!
//! A chart is drawn into a plot that is [`WIDTH`] units wide and [`HEIGHT`] units high. The macros read the
//! units across as percent of the width there is, so that a chart fills a phone as well as a desk without
//! its letters growing or shrinking. Everything is plain arithmetic on values that the page hands in; each
//! chart also carries the sentence that is read aloud and the table of its numbers.

mod axes;
mod bars;
mod frame;
mod heat;
mod labels;
mod lines;
mod measure;
mod rank;
mod scale;
mod spark;

pub use axes::{Chart, Shape};
pub use bars::{Bar, BarChart, Bars, Segment};
pub use frame::{Aim, Category, ChartTable, GridLine, Series, Target};
pub use heat::{HeatCell, HeatMap, HeatRow};
pub use labels::{AxisLabel, Shown};
pub use lines::{Line, LineChart, Lines};
pub use measure::Measure;
pub use rank::{RankBar, RankChart};
pub use scale::Scale;
pub use spark::Sparkline;

use std::fmt;

/// How wide every plot is.
pub const WIDTH: f64 = 100.0;
/// How high a plot with axes is.
pub const HEIGHT: f64 = 160.0;
/// Beyond this no figure of an office lies; what is larger is drawn as this, so that nothing overflows.
const LARGEST: f64 = 1e12;

/// A place in a plot, printed with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Coord(f64);

impl Coord {
    /// A place; what is no number lies at the origin.
    pub fn at(value: f64) -> Self {
        // The zero takes a sign away.
        Self(if value.is_finite() { (value * 100.0).round() / 100.0 + 0.0 } else { 0.0 })
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.0
    }
}

impl fmt::Display for Coord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value that can be drawn.
fn drawable(value: f64) -> Option<f64> {
    value.is_finite().then(|| value.clamp(-LARGEST, LARGEST))
}

/// How wide the band of each of `count` categories is.
fn band(count: usize) -> f64 {
    WIDTH / count.max(1) as f64
}

/// The middle of a category's band.
fn middle(index: usize, count: usize) -> f64 {
    (index as f64 + 0.5) * band(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_printed_short() {
        for (value, text) in
            [(0.0, "0"), (33.333_333, "33.33"), (12.5, "12.5"), (f64::NAN, "0"), (f64::INFINITY, "0")]
        {
            assert_eq!(Coord::at(value).to_string(), text);
        }
    }

    #[test]
    fn bands_lie_side_by_side() {
        assert_eq!((middle(0, 4), middle(3, 4)), (12.5, 87.5));
        assert!(band(0).is_finite());
    }
}
