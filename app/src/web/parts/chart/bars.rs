//! Standing bars over categories; several series are stacked.

use super::{
    Category, Coord, HEIGHT, Measure, Scale, Series,
    axes::{Chart, Shape},
    band, drawable, frame, middle,
};

/// How much of its band a bar fills, and how wide it is at most.
const FILLED: f64 = 0.68;
const WIDEST: f64 = 12.0;

/// A part of a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Segment {
    /// Its colour: the place of its series, from 1.
    pub color: usize,
    /// How far down it begins.
    pub y: Coord,
    /// How high it is.
    pub height: Coord,
}

/// A bar of one category.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Where it begins.
    pub x: Coord,
    /// How wide it is.
    pub width: Coord,
    /// Where its band begins, which is what one points at.
    pub from: Coord,
    /// How wide the band is.
    pub band: Coord,
    /// Its parts, from below.
    pub segments: Vec<Segment>,
    /// What is said when it is pointed at.
    pub told: String,
}

/// The chart. Values below zero count as zero.
pub type BarChart = Chart<Bars>;

/// Standing bars.
#[derive(Debug, Clone, Copy)]
pub struct Bars;

impl Shape for Bars {
    const KEY: &'static str = "chart__key";

    fn scale(chart: &BarChart) -> Scale {
        let sum = |index| chart.series.iter().filter_map(|one: &Series| one.at(index)).sum::<f64>();
        let sums = (0..chart.categories.len()).map(sum);
        Scale::from_zero(sums.chain(chart.target.as_ref().map(|target| target.value)), chart.measure)
    }
}

impl BarChart {
    /// A chart; every series has a value for every category.
    pub fn new(
        title: impl Into<String>,
        measure: Measure,
        categories: Vec<Category>,
        series: Vec<Series>,
    ) -> Self {
        let clean = |one: Series| Series {
            values: one
                .values
                .into_iter()
                .map(|value| value.and_then(drawable).map(|v| v.max(0.0)))
                .collect(),
            ..one
        };
        let series = series.into_iter().map(clean).collect();
        Self::shaped(title.into(), measure, categories, series)
    }

    /// The bars.
    pub fn bars(&self) -> Vec<Bar> {
        let scale = self.scale();
        let bar = |(index, category)| self.bar(index, category, &scale);
        self.categories.iter().enumerate().map(bar).collect()
    }

    /// What is read aloud.
    pub fn told(&self) -> String {
        format!("{}. {}", self.title, self.told_of_series().join(" "))
    }

    fn bar(&self, index: usize, category: &Category, scale: &Scale) -> Bar {
        let band = band(self.categories.len());
        let width = (band * FILLED).min(WIDEST);
        let mut below = 0.0;
        let mut segments = Vec::new();
        for (place, series) in self.series.iter().enumerate() {
            let Some(value) = series.at(index).filter(|value| *value > 0.0) else { continue };
            let (bottom, top) = (frame::height(scale, below), frame::height(scale, below + value));
            below += value;
            let y = Coord::at(top);
            // From the rounded top, so that a bar never ends below the plot.
            let height = Coord::at((bottom - y.value()).clamp(0.0, HEIGHT));
            segments.push(Segment { color: place + 1, y, height });
        }
        Bar {
            x: Coord::at(middle(index, self.categories.len()) - width / 2.0),
            width: Coord::at(width),
            from: Coord::at(band * index as f64),
            band: Coord::at(band),
            segments,
            told: frame::pointed(self.measure, category, &self.series, index),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{HEIGHT, Target, WIDTH};
    use super::*;

    fn days(count: usize) -> Vec<Category> {
        (1..=count).map(|day| Category::new(format!("{day}/11"), format!("{day} Nov"))).collect()
    }

    #[test]
    fn parts_of_a_bar_stand_on_each_other() {
        let chart = BarChart::new(
            "Masuk",
            Measure::Count,
            days(2),
            vec![Series::new("KTP", [20.0, 10.0]), Series::new("KK", [20.0, 0.0])],
        );
        let bars = chart.bars();
        assert_eq!(bars[0].segments.len(), 2);
        assert_eq!(bars[1].segments.len(), 1, "what is zero is not drawn");
        assert_eq!(bars[0].segments[0].y.value(), 80.0);
        assert_eq!(bars[0].segments[1].y.value(), 0.0);
        assert_eq!(bars[0].told, "1 Nov: KTP 20, KK 20");
        assert_eq!(chart.legend(), ["KTP", "KK"]);
    }

    #[test]
    fn a_chart_without_values_says_so() {
        let chart = BarChart::new("Masuk", Measure::Count, days(2), vec![Series::with_gaps("KTP", [None])]);
        assert!(chart.is_empty());
        assert_eq!(chart.told(), "Masuk. KTP: belum ada data.");
    }

    proptest! {
        #[test]
        fn every_bar_lies_inside_the_plot(
            rows in prop::collection::vec(prop::collection::vec(any::<f64>(), 0..12), 0..4),
            target in prop::option::of(any::<f64>()),
        ) {
            let count = rows.iter().map(Vec::len).max().unwrap_or_default();
            let series = rows.into_iter().map(|row| Series::new("x", row)).collect();
            let mut chart = BarChart::new("x", Measure::Count, days(count), series);
            if let Some(target) = target {
                chart = chart.with_target(Target::new(target));
            }
            for bar in chart.bars() {
                prop_assert!(bar.x.value() >= 0.0 && bar.x.value() + bar.width.value() <= WIDTH + 0.02);
                for part in bar.segments {
                    prop_assert!(part.y.value() >= 0.0 && part.height.value() >= 0.0);
                    prop_assert!(part.y.value() + part.height.value() <= HEIGHT + 0.02);
                }
            }
            for line in chart.grid().into_iter().chain(chart.target()) {
                prop_assert!((0.0..=HEIGHT).contains(&line.y.value()));
            }
        }
    }
}
