//! An office's formats of today, and behind them the older ones that are still accepted.
//!
//! A message is read by what is current. Only where an older edition makes more complete requests of it, and leaves no
//! more faulty, is it read by that: somebody who copied last year's poster is served until the day that was promised.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    grammar::Grammar,
    reading::{Message, Reading},
};

/// What messages to an office are read by, the newest first.
#[derive(Clone)]
pub struct Layers(Vec<Arc<Grammar>>);

impl Layers {
    /// What is current, then older editions in their order.
    pub fn new(current: Arc<Grammar>, older: Vec<Arc<Grammar>>) -> Self {
        Self(std::iter::once(current).chain(older).collect())
    }

    /// The same with something else in the place of what is current.
    #[must_use]
    pub fn led_by(&self, current: Arc<Grammar>) -> Self {
        Self::new(current, self.0.iter().skip(1).cloned().collect())
    }

    /// Reads a message; says by how many editions back, 0 for what is current.
    pub fn read(&self, text: &str, today: NaiveDate) -> (Message, usize) {
        let mut readings = self.0.iter().enumerate();
        let Some((_, current)) = readings.next() else { return (Message::default(), 0) };
        let mut best = (current.parse(text, today), 0);
        let (mut complete, mut faulty) = counted(&best.0);
        for (back, grammar) in readings {
            if faulty == 0 && complete > 0 {
                break;
            }
            let read = grammar.parse(text, today);
            let (more, left) = counted(&read);
            if more > complete && left <= faulty {
                (best, complete, faulty) = ((read, back), more, left);
            }
        }
        best
    }
}

/// How many requests of a message are complete, and how many are not.
fn counted(message: &Message) -> (usize, usize) {
    let complete = message.requests.iter().filter(|one| Reading::is_complete(one)).count();
    (complete, message.requests.len() - complete)
}
