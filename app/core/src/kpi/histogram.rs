//! How long things took, in buckets that add up: the median of a month over all offices is read from the sum of
//! the days' buckets, without going back to a single request.
//!
//! Bounds grow by a tenth from one minute to over three years. A quantile is told as the middle of the bucket it
//! lies in, which differs from the true value by at most 5 percent ([`ERROR`]); below one minute by at most half a
//! minute. The bounds are stored with the facts by their place in the row, so they never change.

use std::sync::LazyLock;

use chrono::TimeDelta;

/// By how much of itself a quantile above one minute may be off: half the growth of a bucket.
pub const ERROR: f64 = 0.05;

/// The first bound, in seconds: what is shorter is "less than a minute".
const FIRST: u64 = 60;
/// What is longer lies in the last bucket.
const LAST: u64 = 3 * 366 * 24 * 3600;
/// A bucket and its count, as stored.
const STORED: usize = 5;

/// The upper bounds of all buckets but the last, in seconds.
static BOUNDS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    std::iter::successors(Some(FIRST), |bound| Some(bound * 11 / 10).filter(|next| *next <= LAST)).collect()
});

/// Stored bytes that are no histogram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a histogram")]
pub struct BadHistogram;

/// Spans, counted in buckets. Only buckets with a count are kept, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram(Vec<(u8, u32)>);

impl Histogram {
    /// Counts a span; a negative one counts as none at all.
    pub fn add(&mut self, span: TimeDelta) {
        let seconds = u64::try_from(span.num_seconds()).unwrap_or(0);
        self.raise(bucket(seconds), 1);
    }

    /// Adds what another one counted.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.0 {
            self.raise(*bucket, *count);
        }
    }

    /// How much room it takes, roughly.
    pub fn bytes(&self) -> usize {
        self.0.len() * size_of::<(u8, u32)>()
    }

    /// How many spans were counted.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, count)| u64::from(*count)).sum()
    }

    /// The span that a share of all do not exceed, in minutes; nothing when nothing was counted. `0.5` is the
    /// median, `0.9` what nine of ten stay within.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        // The nearest rank: the smallest span that at least the share of all do not exceed.
        let rank = (share.clamp(0.0, 1.0) * total as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let found = self.0.iter().find(|(_, count)| {
            seen += u64::from(*count);
            seen >= rank
        });
        found.map(|(bucket, _)| middle(*bucket) / 60.0)
    }

    /// As it is stored: a byte for the bucket and four for the count, largest byte first.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0
            .iter()
            .flat_map(|(bucket, count)| std::iter::once(*bucket).chain(count.to_be_bytes()))
            .collect()
    }

    /// Reads what was stored.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadHistogram> {
        let mut read = Self::default();
        for stored in bytes.chunks(STORED) {
            let [bucket, count @ ..] = stored else { return Err(BadHistogram) };
            let count = <[u8; 4]>::try_from(count).map_err(|_| BadHistogram)?;
            if usize::from(*bucket) > BOUNDS.len() {
                return Err(BadHistogram);
            }
            read.raise(*bucket, u32::from_be_bytes(count));
        }
        Ok(read)
    }

    fn raise(&mut self, bucket: u8, by: u32) {
        match self.0.binary_search_by_key(&bucket, |(known, _)| *known) {
            Ok(at) => {
                if let Some((_, count)) = self.0.get_mut(at) {
                    *count = count.saturating_add(by);
                }
            }
            Err(at) => self.0.insert(at, (bucket, by)),
        }
    }
}

/// The bucket of a span in seconds.
fn bucket(seconds: u64) -> u8 {
    u8::try_from(BOUNDS.partition_point(|bound| *bound <= seconds)).unwrap_or(u8::MAX)
}

/// The number in a bucket that is off from its bounds by the same share; in seconds.
fn middle(bucket: u8) -> f64 {
    let at = usize::from(bucket);
    let bound = |at: usize| BOUNDS.get(at).map(|bound| *bound as f64);
    match (at.checked_sub(1).and_then(bound), bound(at)) {
        (None, Some(high)) => high / 2.0,
        (Some(low), Some(high)) => 2.0 * low * high / (low + high),
        (low, None) => low.unwrap_or(LAST as f64),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(seconds: &[i64]) -> Histogram {
        let mut all = Histogram::default();
        for one in seconds {
            all.add(TimeDelta::seconds(*one));
        }
        all
    }

    fn exact(seconds: &[i64], share: f64) -> f64 {
        let mut sorted = seconds.to_vec();
        sorted.sort_unstable();
        let rank = ((share * sorted.len() as f64).ceil() as usize).max(1);
        sorted[rank - 1] as f64 / 60.0
    }

    #[test]
    fn the_bounds_are_those_that_facts_were_stored_with() {
        assert_eq!(BOUNDS[..6], [60, 66, 72, 79, 86, 94]);
        assert_eq!((BOUNDS.len(), BOUNDS.last()), (151, Some(&89_698_108)));
    }

    #[test]
    fn an_empty_one_has_no_median() {
        assert_eq!(Histogram::default().quantile(0.5), None);
        assert_eq!(Histogram::from_bytes(&[]), Ok(Histogram::default()));
    }

    #[test]
    fn what_is_no_histogram_is_not_read() {
        for bytes in [&[1, 0, 0, 0][..], &[255, 0, 0, 0, 1], &[1, 0, 0, 0, 1, 7]] {
            assert_eq!(Histogram::from_bytes(bytes), Err(BadHistogram));
        }
    }

    proptest! {
        #[test]
        fn a_quantile_is_off_by_no_more_than_promised(
            seconds in prop::collection::vec(0_i64..90_000_000, 1..60), share in 0.01_f64..1.0
        ) {
            let told = of(&seconds).quantile(share).unwrap_or_default();
            let exact = exact(&seconds, share);
            let bound = if exact < 1.0 { 0.5 } else { exact * ERROR };
            // The very longest lie in the last bucket, which has no upper bound.
            prop_assume!(exact * 60.0 < 89_698_108.0);
            prop_assert!((told - exact).abs() <= bound + 1e-9, "{told} for {exact}");
        }

        #[test]
        fn merging_is_counting_everything_together(
            one in prop::collection::vec(-10_i64..90_000_000, 0..40), other in prop::collection::vec(0_i64..90_000_000, 0..40)
        ) {
            let mut merged = of(&one);
            merged.merge(&of(&other));
            prop_assert_eq!(&merged, &of(&[one.as_slice(), other.as_slice()].concat()));
            let mut turned = of(&other);
            turned.merge(&of(&one));
            prop_assert_eq!(merged, turned);
        }

        #[test]
        fn what_is_stored_comes_back(seconds in prop::collection::vec(0_i64..200_000_000, 0..60)) {
            let all = of(&seconds);
            prop_assert_eq!(Histogram::from_bytes(&all.to_bytes()), Ok(all));
        }

        #[test]
        fn longer_is_never_told_as_shorter(a in 0_i64..100_000_000, b in 0_i64..100_000_000) {
            let told = |seconds| of(&[seconds]).quantile(0.5).unwrap_or_default();
            prop_assert!(a > b || told(a) <= told(b));
        }
    }
}
