//! Figures: percentiles of what was measured, and single values out of a Prometheus page.

use std::time::Duration;

/// Waiting times, from shortest to longest.
#[derive(Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Puts the times in order.
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self(times)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `percent` of them do not exceed (nearest rank); zero where there is none.
    pub fn percentile(&self, percent: usize) -> Duration {
        let rank = (self.0.len() * percent).div_ceil(100).max(1);
        self.0.get(rank - 1).copied().unwrap_or_default()
    }
}

/// The age in seconds of the oldest webhook that is not processed yet: zero where none waits, nothing where the page
/// does not say.
pub fn oldest_webhook(page: &str) -> Option<f64> {
    sample(page, "loket_webhook_oldest_unprocessed_seconds")
}

/// The sum of all samples of `name` on a Prometheus page, whatever their labels; nothing where there is none.
pub fn sample(page: &str, name: &str) -> Option<f64> {
    let values = page.lines().filter_map(|line| {
        let rest = line.strip_prefix(name)?;
        if !rest.starts_with([' ', '{']) {
            return None;
        }
        rest.rsplit(' ').next()?.parse::<f64>().ok()
    });
    values.fold(None, |sum, value| Some(sum.unwrap_or(0.0) + value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!(times.percentile(50), Duration::from_millis(100));
        assert_eq!(times.percentile(99), Duration::from_millis(198));
        assert_eq!(Times::default().percentile(99), Duration::ZERO);
    }

    #[test]
    fn samples_of_one_name_add_up_and_longer_names_stay_apart() {
        let page = "# TYPE a counter\na{x=\"1\"} 2\na{x=\"2\"} 3\na_total 9\nb 1.5\n";
        assert_eq!(sample(page, "a"), Some(5.0));
        assert_eq!(sample(page, "b"), Some(1.5));
        assert_eq!(sample(page, "c"), None);
    }
}
