//! Lying bars, longest first: causes, places, people. The bars stand in a table, so the numbers are there.

use super::{Coord, Measure, WIDTH, drawable};

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct RankBar {
    /// What it counts.
    pub label: String,
    /// Its value.
    pub text: String,
    /// How long it is, of the longest.
    pub width: Coord,
    /// What share of all it is; empty where a sum means nothing.
    pub share: String,
    /// The rows it counts.
    pub href: Option<String>,
}

/// The chart.
#[derive(Debug, Clone)]
pub struct RankChart {
    /// What it shows.
    pub title: String,
    /// What the rows are: `Sebab`.
    pub corner: String,
    /// What the values are: `Permohonan`.
    pub unit: String,
    /// The bars.
    pub bars: Vec<RankBar>,
}

impl RankChart {
    /// A chart of rows with a label, a value and where they are listed, sorted by value; values below zero
    /// count as zero.
    pub fn new(
        title: impl Into<String>,
        (corner, unit): (&str, &str),
        measure: Measure,
        rows: Vec<(String, f64, Option<String>)>,
    ) -> Self {
        let mut rows: Vec<_> = rows
            .into_iter()
            .map(|(label, value, href)| (label, drawable(value).unwrap_or_default().max(0.0), href))
            .collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        let longest = rows.first().map_or(0.0, |row| row.1);
        let sum: f64 = rows.iter().map(|row| row.1).sum();
        let bar = |(label, value, href): (String, f64, Option<String>)| RankBar {
            label,
            text: measure.text(value),
            width: Coord::at(if longest > 0.0 { value / longest * WIDTH } else { 0.0 }),
            share: match measure {
                Measure::Count if sum > 0.0 => Measure::Percent.text((value / sum * 100.0).round()),
                _ => String::new(),
            },
            href,
        };
        Self {
            title: title.into(),
            corner: corner.to_owned(),
            unit: unit.to_owned(),
            bars: rows.into_iter().map(bar).collect(),
        }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.bars.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_bar_stands_first_and_fills_the_width() {
        let row = |label: &str, value| (label.to_owned(), value, None);
        let chart = RankChart::new(
            "Sebab",
            ("Sebab", "Permohonan"),
            Measure::Count,
            vec![row("buram", 10.0), row("tidak ada", 30.0)],
        );
        assert_eq!((chart.bars[0].label.as_str(), chart.bars[0].width.value()), ("tidak ada", 100.0));
        assert_eq!((chart.bars[1].text.as_str(), chart.bars[1].share.as_str()), ("10", "25\u{a0}%"));
    }

    proptest! {
        #[test]
        fn no_bar_is_longer_than_the_plot(values in prop::collection::vec(any::<f64>(), 0..20)) {
            let rows = values.into_iter().map(|value| (String::new(), value, None)).collect();
            let chart = RankChart::new("x", ("x", "y"), Measure::Minutes, rows);
            prop_assert!(chart.bars.iter().all(|bar| (0.0..=WIDTH).contains(&bar.width.value())));
        }
    }
}
