//! Whether promises of time were kept. What is open and late counts against the office, so that leaving a hard
//! case open never makes the figure better.

/// Requests of services that declare a standard of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnTime {
    /// Settled within the standard.
    pub in_time: u64,
    /// Settled in all.
    pub settled: u64,
    /// Still open, and past the standard.
    pub overdue: u64,
}

impl OnTime {
    /// In hundredths; nothing when no service declares a standard, or nothing has fallen due.
    pub fn share(self) -> Option<f64> {
        let due = self.settled.saturating_add(self.overdue);
        (due > 0).then(|| self.in_time.min(self.settled) as f64 * 100.0 / due as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_and_late_counts_against_the_office() {
        let share = |in_time, settled, overdue| OnTime { in_time, settled, overdue }.share();
        assert_eq!(share(0, 0, 0), None);
        assert_eq!(share(9, 10, 0), Some(90.0));
        assert_eq!(share(9, 10, 10), Some(45.0));
        assert_eq!(share(0, 0, 3), Some(0.0));
    }
}
