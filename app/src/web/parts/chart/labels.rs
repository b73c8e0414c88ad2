//! The words below a plot, thinned out so that they never touch each other, on a phone or at a desk.

use super::{Category, Coord, WIDTH, middle};

/// What a plot measures at least on a phone, and in a card at a desk, in pixels of CSS.
pub(super) const NARROW: f64 = 236.0;
pub(super) const WIDE: f64 = 440.0;
/// How far a word may stick out of the plot: there is so much room beside it.
const BESIDE: f64 = 10.0;
/// A letter of the axis, and the air after a word.
const LETTER: f64 = 6.6;
const AIR: f64 = 8.0;

/// Where a label is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// On every screen.
    Always,
    /// Where the chart is wide.
    Wide,
}

/// A word below the plot.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisLabel {
    /// The word.
    pub text: String,
    /// Where it lies.
    pub x: Coord,
    /// The value of `text-anchor`.
    pub anchor: &'static str,
    /// On which screens.
    pub shown: Shown,
}

impl AxisLabel {
    /// The end of its class.
    pub fn class(&self) -> &'static str {
        match self.shown {
            Shown::Always => "",
            Shown::Wide => " chart__label--wide",
        }
    }
}

/// The labels of all bands; the last one, which is usually today, is always among them.
pub(super) fn labels(categories: &[Category]) -> Vec<AxisLabel> {
    let count = categories.len();
    let longest = categories.iter().map(|one| one.short.chars().count()).max().unwrap_or_default();
    let wide = stride(longest, count, WIDE);
    // The labels of a phone are some of those of a desk.
    let narrow = stride(longest, count, NARROW).div_ceil(wide) * wide;
    let outwards = (longest as f64 * LETTER - NARROW / count.max(1) as f64) / 2.0 > BESIDE;
    let mut all = Vec::new();
    for (index, category) in categories.iter().enumerate() {
        let from_end = count - 1 - index;
        let shown = match from_end {
            place if place.is_multiple_of(narrow) => Shown::Always,
            place if place.is_multiple_of(wide) => Shown::Wide,
            _ => continue,
        };
        let (x, anchor) = match (index, from_end) {
            (_, 0) if outwards => (WIDTH, "end"),
            (0, _) if outwards => (0.0, "start"),
            _ => (middle(index, count), "middle"),
        };
        let label = AxisLabel { text: category.short.clone(), x: Coord::at(x), anchor, shown };
        let fits = |width| span(&label, width).0 >= -BESIDE;
        if (fits(WIDE) && shown == Shown::Wide) || fits(NARROW) {
            all.push(label);
        }
    }
    all
}

/// Every how many bands a label has room: the outermost ones begin and end at the plot's edge, which brings
/// them half a label nearer to their neighbours.
fn stride(longest: usize, count: usize, plot: f64) -> usize {
    let label = longest as f64 * LETTER + AIR;
    let band = plot / count.max(1) as f64;
    if label <= band { 1 } else { (1.5 * label / band - 0.5).ceil().max(2.0) as usize }
}

/// From where to where a label reaches in a plot of so many pixels.
pub(super) fn span(label: &AxisLabel, plot: f64) -> (f64, f64) {
    let width = label.text.chars().count() as f64 * LETTER;
    let x = label.x.value() / WIDTH * plot;
    match label.anchor {
        "start" => (x, x + width),
        "end" => (x - width, x),
        _ => (x - width / 2.0, x + width / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn days(count: usize) -> Vec<Category> {
        (1..=count).map(|day| Category::new(format!("{day}/11"), format!("{day} November"))).collect()
    }

    #[test]
    fn few_words_all_stand_in_the_middle_of_their_bands() {
        let labels = labels(&days(4));
        assert_eq!(labels.len(), 4);
        assert!(labels.iter().all(|label| label.anchor == "middle" && label.shown == Shown::Always));
    }

    #[test]
    fn of_many_words_the_last_stays() {
        let labels = labels(&days(31));
        assert!(labels.len() < 31);
        assert_eq!(labels.last().map(|label| (label.text.as_str(), label.anchor)), Some(("31/11", "end")));
    }

    proptest! {
        #[test]
        fn no_two_words_touch(count in 1_usize..120, length in 1_usize..14) {
            let categories: Vec<_> = (0..count).map(|_| Category::new("n".repeat(length), String::new())).collect();
            let all = labels(&categories);
            prop_assert_eq!(all.last().map(|label| label.shown), Some(Shown::Always));
            for (plot, with) in [(NARROW, vec![Shown::Always]), (WIDE, vec![Shown::Always, Shown::Wide])] {
                let shown: Vec<_> = all.iter().filter(|label| with.contains(&label.shown)).map(|label| span(label, plot)).collect();
                for two in shown.windows(2) {
                    prop_assert!(two[0].1 <= two[1].0, "{:?} touches {:?}", two[0], two[1]);
                }
                prop_assert!(shown.iter().all(|(from, to)| *from >= -BESIDE && *to <= plot + BESIDE + 0.01));
            }
        }
    }
}
