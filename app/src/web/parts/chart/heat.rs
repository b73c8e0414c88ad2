//! A map of two ways to divide: a table whose cells are the darker the larger their number.

use super::{Category, Measure, drawable};

/// The darkest cell; the lightest is 0.
pub const DARKEST: u8 = 5;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeatCell {
    /// The value; `–` where there is none.
    pub text: String,
    /// How dark, 0 to [`DARKEST`].
    pub level: u8,
}

/// One row.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Its name.
    pub label: String,
    /// Its cells, one a column.
    pub cells: Vec<HeatCell>,
}

/// The map.
#[derive(Debug, Clone)]
pub struct HeatMap {
    /// What it shows.
    pub title: String,
    /// What the rows are: `Kecamatan`.
    pub corner: String,
    /// The columns: short ones for a phone.
    pub columns: Vec<Category>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// The largest value, for the legend.
    pub largest: String,
}

impl HeatMap {
    /// A map of rows with a value or a gap for each column.
    pub fn new(
        title: impl Into<String>,
        corner: impl Into<String>,
        measure: Measure,
        columns: Vec<Category>,
        rows: Vec<(String, Vec<Option<f64>>)>,
    ) -> Self {
        let known = rows.iter().flat_map(|row| &row.1).filter_map(|value| value.and_then(drawable));
        let largest = known.fold(0.0, f64::max);
        let row = |(label, values): (String, Vec<Option<f64>>)| HeatRow {
            label,
            cells: (0..columns.len())
                .map(|column| cell(values.get(column).copied().flatten(), largest, measure))
                .collect(),
        };
        let rows = rows.into_iter().map(row).collect();
        Self { title: title.into(), corner: corner.into(), columns, rows, largest: measure.text(largest) }
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() || self.columns.is_empty()
    }

    /// The steps of the legend.
    pub fn levels(&self) -> impl Iterator<Item = u8> + use<> {
        0..=DARKEST
    }
}

fn cell(value: Option<f64>, largest: f64, measure: Measure) -> HeatCell {
    let Some(value) = value.and_then(drawable) else {
        return HeatCell { text: "–".to_owned(), level: 0 };
    };
    HeatCell { text: measure.text(value), level: level(value, largest) }
}

/// Zero is the lightest; whatever is more is at least one step darker.
fn level(value: f64, largest: f64) -> u8 {
    if value <= 0.0 || largest <= 0.0 {
        return 0;
    }
    let step = (value / largest * f64::from(DARKEST)).ceil();
    (1..=DARKEST).rev().find(|level| f64::from(*level) <= step).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_are_the_darker_the_larger_their_number() {
        for (value, dark) in [(0.0, 0), (0.1, 1), (20.0, 1), (20.1, 2), (60.0, 3), (100.0, 5), (-4.0, 0)] {
            assert_eq!(level(value, 100.0), dark, "{value}");
        }
    }

    #[test]
    fn a_row_that_is_too_short_is_filled_up() {
        let columns = vec![Category::new("KTP", "KTP elektronik"), Category::new("KK", "Kartu keluarga")];
        let map = HeatMap::new(
            "x",
            "Kecamatan",
            Measure::Count,
            columns,
            vec![("Pete".to_owned(), vec![Some(4.0)])],
        );
        assert_eq!(map.rows[0].cells[1], HeatCell { text: "–".to_owned(), level: 0 });
        assert_eq!(map.largest, "4");
    }

    proptest! {
        #[test]
        fn more_is_never_lighter(a: f64, b: f64, largest: f64) {
            let (less, more) = if a <= b { (a, b) } else { (b, a) };
            if a.is_finite() && b.is_finite() {
                prop_assert!(level(less, largest) <= level(more, largest));
            }
            prop_assert!(level(more, largest) <= DARKEST);
        }
    }
}
