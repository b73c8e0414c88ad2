//! A chart with axes: what bars and lines have in common. They differ by their shape alone.

use std::marker::PhantomData;

use super::{AxisLabel, Category, ChartTable, GridLine, Measure, Scale, Series, Target, frame, labels};

/// What is drawn into the plot.
pub trait Shape: Sized {
    /// The class of the legend's keys.
    const KEY: &'static str;

    /// The scale on which all values and the target lie.
    fn scale(chart: &Chart<Self>) -> Scale;
}

/// The chart.
#[derive(Debug, Clone)]
pub struct Chart<S> {
    /// What it shows.
    pub title: String,
    /// What the categories are: `Hari`.
    pub corner: String,
    pub(super) measure: Measure,
    pub(super) categories: Vec<Category>,
    pub(super) series: Vec<Series>,
    pub(super) target: Option<Target>,
    shape: PhantomData<S>,
}

impl<S: Shape> Chart<S> {
    pub(super) fn shaped(
        title: String,
        measure: Measure,
        categories: Vec<Category>,
        series: Vec<Series>,
    ) -> Self {
        Self {
            title,
            corner: "Waktu".to_owned(),
            measure,
            categories,
            series,
            target: None,
            shape: PhantomData,
        }
    }

    /// Names what the categories are.
    #[must_use]
    pub fn over(self, corner: impl Into<String>) -> Self {
        Self { corner: corner.into(), ..self }
    }

    /// Draws a line that should be reached.
    #[must_use]
    pub fn with_target(self, target: Target) -> Self {
        Self { target: Some(target), ..self }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.values().next().is_none()
    }

    /// The names of the legend; a single series needs none.
    pub fn legend(&self) -> Vec<&str> {
        if self.series.len() < 2 {
            Vec::new()
        } else {
            self.series.iter().map(|one| one.name.as_str()).collect()
        }
    }

    /// The class of the legend's keys.
    pub fn key(&self) -> &'static str {
        S::KEY
    }

    /// The lines behind.
    pub fn grid(&self) -> Vec<GridLine> {
        frame::grid(&self.scale(), self.measure)
    }

    /// The line that should be reached.
    pub fn target(&self) -> Option<GridLine> {
        self.target.as_ref().map(|target| frame::target_line(&self.scale(), self.measure, target))
    }

    /// The class of the room for the axis.
    pub fn gutter(&self) -> &'static str {
        frame::gutter(&self.grid())
    }

    /// The words below.
    pub fn labels(&self) -> Vec<AxisLabel> {
        labels::labels(&self.categories)
    }

    /// The numbers.
    pub fn table(&self) -> ChartTable {
        frame::table(&self.corner, self.measure, &self.categories, &self.series)
    }

    /// What is read aloud of each series.
    pub(super) fn told_of_series(&self) -> Vec<String> {
        let one = |series: &Series| frame::told(self.measure, &self.categories, &series.name, &series.values);
        self.series.iter().map(one).collect()
    }

    /// Every value that stands at a category.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        let count = self.categories.len();
        self.series.iter().flat_map(move |one| (0..count).filter_map(|index| one.at(index)))
    }

    pub(super) fn scale(&self) -> Scale {
        S::scale(self)
    }
}
