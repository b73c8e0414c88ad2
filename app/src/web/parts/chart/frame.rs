//! What all charts with axes share: categories, series, the grid, the target, and the table behind.

use super::{Coord, HEIGHT, Measure, Scale};

/// One place of the horizontal axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Below the plot: `23/11`.
    pub short: String,
    /// In the table and when pointed at: `Senin 23 Nov`.
    pub full: String,
}

impl Category {
    /// A place with its short and its full name.
    pub fn new(short: impl Into<String>, full: impl Into<String>) -> Self {
        Self { short: short.into(), full: full.into() }
    }
}

/// One row of values, a value or none for each category.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// In the measure's unit. What is missing at the end is none.
    pub values: Vec<Option<f64>>,
}

impl Series {
    /// A row with a value for every category.
    pub fn new(name: impl Into<String>, values: impl IntoIterator<Item = f64>) -> Self {
        Self::with_gaps(name, values.into_iter().map(Some))
    }

    /// A row that may have gaps.
    pub fn with_gaps(name: impl Into<String>, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self { name: name.into(), values: values.into_iter().collect() }
    }

    pub(super) fn at(&self, index: usize) -> Option<f64> {
        self.values.get(index).copied().flatten().and_then(super::drawable)
    }
}

/// Whether more or less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// More is better.
    High,
    /// Less is better.
    Low,
    /// Neither: a number that only informs.
    Neither,
}

/// The line that should be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// In the measure's unit.
    pub value: f64,
    /// Its word; the value is printed behind it.
    pub label: String,
}

impl Target {
    /// `target 95 %`
    pub fn new(value: f64) -> Self {
        Self { value, label: "target".to_owned() }
    }
}

/// A horizontal line with what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct GridLine {
    /// How far down.
    pub y: Coord,
    /// What stands beside it.
    pub label: String,
}

/// The numbers of a chart.
#[derive(Debug, Clone)]
pub struct ChartTable {
    /// What the rows are.
    pub corner: String,
    /// The columns' names.
    pub columns: Vec<String>,
    /// Each row's name and its values.
    pub rows: Vec<(String, Vec<String>)>,
}

/// How far down a value lies.
pub(super) fn height(scale: &Scale, value: f64) -> f64 {
    (1.0 - scale.share(value)) * HEIGHT
}

pub(super) fn grid(scale: &Scale, measure: Measure) -> Vec<GridLine> {
    let line = |tick: f64| GridLine { y: Coord::at(height(scale, tick)), label: measure.tick(tick) };
    scale.ticks().into_iter().map(line).collect()
}

pub(super) fn target_line(scale: &Scale, measure: Measure, target: &Target) -> GridLine {
    GridLine {
        y: Coord::at(height(scale, target.value)),
        label: format!("{} {}", target.label, measure.text(target.value)),
    }
}

/// The class of the room left of the plot, by its longest label.
pub(super) fn gutter(grid: &[GridLine]) -> &'static str {
    match grid.iter().map(|line| line.label.chars().count()).max().unwrap_or_default() {
        0..=3 => "s",
        4..=5 => "m",
        _ => "l",
    }
}

pub(super) fn table(
    corner: &str,
    measure: Measure,
    categories: &[Category],
    series: &[Series],
) -> ChartTable {
    let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| measure.text(value));
    let row = |(index, category): (usize, &Category)| {
        (category.full.clone(), series.iter().map(|one| cell(one.at(index))).collect())
    };
    ChartTable {
        corner: corner.to_owned(),
        columns: series.iter().map(|one| one.name.clone()).collect(),
        rows: categories.iter().enumerate().map(row).collect(),
    }
}

/// What is said of a category when it is pointed at.
pub(super) fn pointed(measure: Measure, category: &Category, series: &[Series], index: usize) -> String {
    let mut parts = Vec::new();
    for one in series {
        let Some(value) = one.at(index) else { continue };
        let text = measure.text(value);
        parts.push(if series.len() == 1 { text } else { format!("{} {text}", one.name) });
    }
    let values = if parts.is_empty() { "belum ada data".to_owned() } else { parts.join(", ") };
    format!("{}: {values}", category.full)
}

/// What is read aloud of one row: its newest, highest and lowest value.
pub(super) fn told(measure: Measure, categories: &[Category], name: &str, values: &[Option<f64>]) -> String {
    let known: Vec<(&str, f64)> = categories
        .iter()
        .zip(values)
        .filter_map(|(category, value)| Some((category.full.as_str(), (*value)?)))
        .collect();
    let by = |a: &&(&str, f64), b: &&(&str, f64)| a.1.total_cmp(&b.1);
    let (Some(last), Some(high), Some(low)) =
        (known.last(), known.iter().max_by(by), known.iter().min_by(by))
    else {
        return format!("{name}: belum ada data.");
    };
    let place = |(category, value): &(&str, f64)| format!("{} ({category})", measure.text(*value));
    format!("{name}: terakhir {}, tertinggi {}, terendah {}.", place(last), place(high), place(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_told_by_its_newest_highest_and_lowest_value() {
        let days = [Category::new("1", "Senin"), Category::new("2", "Selasa"), Category::new("3", "Rabu")];
        assert_eq!(
            told(Measure::Count, &days, "Masuk", &[Some(3.0), Some(1.0), None]),
            "Masuk: terakhir 1 (Selasa), tertinggi 3 (Senin), terendah 1 (Selasa)."
        );
        assert_eq!(told(Measure::Count, &days, "Masuk", &[None]), "Masuk: belum ada data.");
    }

    #[test]
    fn the_table_has_a_cell_for_every_value_and_every_gap() {
        let days = [Category::new("1", "Senin"), Category::new("2", "Selasa")];
        let table = table("Hari", Measure::Percent, &days, &[Series::new("Tepat waktu", [87.5])]);
        assert_eq!(table.rows[0], ("Senin".to_owned(), vec!["87,5\u{a0}%".to_owned()]));
        assert_eq!(table.rows[1].1, ["–"]);
    }
}
