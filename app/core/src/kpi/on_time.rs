//! Whether times were kept: the standard of a service, or the date that a citizen was told.
//!
//! Every request counts once: on the day it was ready in time, or on the day its time ran out before. So nothing is gained by
//! leaving a hard case open, by closing many at the end of a month, or by taking one up again: what was wrong was not ready, so
//! a product that is made again is counted until it is right.

/// What was kept and what was missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OnTime {
    /// Ready in time.
    pub kept: u64,
    /// Not ready when the time ran out.
    pub missed: u64,
}

impl OnTime {
    /// All whose time was kept or ran out.
    pub const fn due(self) -> u64 {
        self.kept.saturating_add(self.missed)
    }

    /// In hundredths; nothing when nothing has fallen due.
    pub fn share(self) -> Option<f64> {
        (self.due() > 0).then(|| self.kept as f64 * 100.0 / self.due() as f64)
    }

    /// Adds others.
    pub fn merge(&mut self, other: Self) {
        self.kept += other.kept;
        self.missed += other.missed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_counts_against_the_office_whether_or_not_it_is_open() {
        let share = |kept, missed| OnTime { kept, missed }.share();
        assert_eq!(share(0, 0), None);
        assert_eq!(share(9, 1), Some(90.0));
        assert_eq!(share(9, 11), Some(45.0));
        assert_eq!(share(0, 3), Some(0.0));
    }
}
