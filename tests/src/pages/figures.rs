//! What was measured, printed with its bound.

#![expect(clippy::print_stdout, reason = "a command for people")]

use std::time::Duration;

use crate::metrics::Times;

/// Figures as they come in; remembers whether every bound held.
#[derive(Debug, Default)]
pub struct Figures {
    missed: u32,
}

impl Figures {
    /// Prints times; gives their median and their 99th percentile.
    pub fn times(&self, what: &str, times: &Times) -> (Duration, Duration) {
        let at = |percent| times.percentile(percent);
        println!("  {what}: p50 {:.1?}, p90 {:.1?}, p99 {:.1?} of {}", at(50), at(90), at(99), times.count());
        (at(50), at(99))
    }

    /// Judges a time.
    pub fn within(&mut self, what: &str, time: Duration, most: Duration) {
        self.judge(what, (format!("{time:.1?}"), format!("{most:.0?}")), time <= most);
    }

    /// Judges how much longer something took than something else.
    pub fn ratio(&mut self, what: &str, (time, than): (Duration, Duration), most: f64) {
        let ratio = time.as_secs_f64() / than.as_secs_f64().max(1e-9);
        self.judge(what, (format!("{ratio:.2}"), format!("{most:.2}")), ratio <= most);
    }

    /// Judges a count.
    pub fn count(&mut self, what: &str, count: u64, most: u64) {
        self.judge(what, (count.to_string(), most.to_string()), count <= most);
    }

    fn judge(&mut self, what: &str, (found, most): (String, String), holds: bool) {
        self.missed += u32::from(!holds);
        println!("  {}: {what} {found} (at most {most})", if holds { "holds" } else { "falls short" });
    }

    /// How many bounds were missed.
    pub const fn missed(&self) -> u32 {
        self.missed
    }
}
