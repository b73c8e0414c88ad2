//! Lines over time with the line that should be reached.

use std::fmt::Write;

use super::{
    Category, Coord, Measure, Scale, Series,
    axes::{Chart, Shape},
    band, frame, middle,
};

/// With more values than this, only the newest is marked.
const DOTTED: usize = 16;

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its colour and dash: the place of its series, from 1.
    pub color: usize,
    /// The `d` of a path; broken where values are missing.
    pub path: String,
    /// The `d` of a path that draws a dot for each value that is marked.
    pub dots: String,
}

/// What is pointed at.
#[derive(Debug, Clone, PartialEq)]
pub struct Pointed {
    /// Where the band begins.
    pub from: Coord,
    /// How wide it is.
    pub band: Coord,
    /// What is said.
    pub told: String,
}

/// The chart. The axis begins at zero unless all values lie close together far above it.
pub type LineChart = Chart<Lines>;

/// Lines over time.
#[derive(Debug, Clone, Copy)]
pub struct Lines;

impl Shape for Lines {
    // Dashed as the lines are.
    const KEY: &'static str = "chart__line";

    fn scale(chart: &LineChart) -> Scale {
        let target = chart.target.as_ref().map(|target| target.value);
        Scale::around(chart.values().chain(target), chart.measure)
    }
}

impl LineChart {
    /// A chart; every series has a value or a gap for every category.
    pub fn new(
        title: impl Into<String>,
        measure: Measure,
        categories: Vec<Category>,
        series: Vec<Series>,
    ) -> Self {
        Self::shaped(title.into(), measure, categories, series)
    }

    /// The lines.
    pub fn lines(&self) -> Vec<Line> {
        let scale = self.scale();
        let line = |(place, series): (usize, &Series)| {
            let points = self.points(series, &scale);
            Line { color: place + 1, path: path(&points), dots: dots(&points) }
        };
        self.series.iter().enumerate().map(line).collect()
    }

    /// What is said of each category when it is pointed at.
    pub fn pointed(&self) -> Vec<Pointed> {
        let band = band(self.categories.len());
        let one = |(index, category): (usize, &Category)| Pointed {
            from: Coord::at(band * index as f64),
            band: Coord::at(band),
            told: frame::pointed(self.measure, category, &self.series, index),
        };
        self.categories.iter().enumerate().map(one).collect()
    }

    /// What is read aloud.
    pub fn told(&self) -> String {
        let mut lines = self.told_of_series();
        lines.extend(
            self.target
                .as_ref()
                .map(|target| format!("Garis {}: {}.", target.label, self.measure.text(target.value))),
        );
        format!("{}. {}", self.title, lines.join(" "))
    }

    fn points(&self, series: &Series, scale: &Scale) -> Vec<Option<(Coord, Coord)>> {
        let count = self.categories.len();
        let place = |index| {
            let y = frame::height(scale, series.at(index)?);
            Some((Coord::at(middle(index, count)), Coord::at(y)))
        };
        (0..count).map(place).collect()
    }
}

/// A line through the points, lifted where one is missing.
pub(super) fn path(points: &[Option<(Coord, Coord)>]) -> String {
    let mut d = String::new();
    let mut down = false;
    for point in points {
        if let Some((x, y)) = point {
            // Writing into a String cannot fail.
            let _ = write!(d, "{}{x} {y}", if down { 'L' } else { 'M' });
        }
        down = point.is_some();
    }
    d
}

/// A dot for each point, or for the newest alone: strokes of no length with round ends, which stay round
/// however the plot is stretched.
fn dots(points: &[Option<(Coord, Coord)>]) -> String {
    let known: Vec<_> = points.iter().flatten().collect();
    let from = if known.len() > DOTTED { known.len() - 1 } else { 0 };
    known.iter().skip(from).map(|(x, y)| format!("M{x} {y}h0")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{HEIGHT, Target, WIDTH};
    use super::*;

    fn weeks(count: usize) -> Vec<Category> {
        (1..=count).map(|week| Category::new(format!("m{week}"), format!("Minggu {week}"))).collect()
    }

    #[test]
    fn a_gap_lifts_the_pen() {
        let series = vec![Series::with_gaps("Tepat waktu", [Some(0.0), Some(100.0), None, Some(50.0)])];
        let chart =
            LineChart::new("Tepat waktu", Measure::Percent, weeks(4), series).with_target(Target::new(95.0));
        let line = &chart.lines()[0];
        assert_eq!(line.path, "M12.5 160L37.5 0M87.5 80");
        assert_eq!(line.dots, "M12.5 160h0M37.5 0h0M87.5 80h0");
        assert_eq!(chart.target().map(|line| line.label).as_deref(), Some("target 95\u{a0}%"));
        assert_eq!(chart.pointed()[2].told, "Minggu 3: belum ada data");
    }

    proptest! {
        #[test]
        fn every_point_lies_inside_the_plot(
            rows in prop::collection::vec(prop::collection::vec(prop::option::of(any::<f64>()), 0..40), 0..4),
            target in prop::option::of(any::<f64>()),
        ) {
            let count = rows.iter().map(Vec::len).max().unwrap_or_default();
            let series: Vec<_> = rows.into_iter().map(|row| Series::with_gaps("x", row)).collect();
            let mut chart = LineChart::new("x", Measure::Minutes, weeks(count), series.clone());
            if let Some(target) = target {
                chart = chart.with_target(Target::new(target));
            }
            let scale = chart.scale();
            for (x, y) in series.iter().flat_map(|one| chart.points(one, &scale)).flatten() {
                prop_assert!((0.0..=WIDTH).contains(&x.value()) && (0.0..=HEIGHT).contains(&y.value()));
            }
            for line in chart.lines() {
                prop_assert!(!line.path.contains("NaN") && !line.path.contains("inf"));
            }
        }
    }
}
