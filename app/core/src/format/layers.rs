//! An office's formats of today, and behind them the older ones that are still accepted.
//!
//! A message is read by what is current. Only where an older edition makes more complete requests of it, and leaves no
//! more faulty, is it read by that: somebody who copied last year's poster is served until the day that was promised.
//! Numbers that are asked for behind a link are read from the chat all the same where somebody typed them.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    grammar::Grammar,
    reading::{Message, Reading},
};

/// What messages to an office are read by, each with how many editions back it is: the newest first, 0 for what is
/// current.
#[derive(Clone)]
pub struct Layers(Vec<(Arc<Grammar>, usize)>);

impl Layers {
    /// What messages are read by, in this order.
    pub fn new(all: impl IntoIterator<Item = (Arc<Grammar>, usize)>) -> Self {
        Self(all.into_iter().collect())
    }

    /// The same with something else in the place of what is current.
    #[must_use]
    pub fn led_by(&self, current: impl IntoIterator<Item = Arc<Grammar>>) -> Self {
        let older = self.0.iter().filter(|(_, back)| *back > 0).cloned();
        Self::new(current.into_iter().map(|one| (one, 0)).chain(older))
    }

    /// Reads a message; says by how many editions back, 0 for what is current.
    pub fn read(&self, text: &str, today: NaiveDate) -> (Message, usize) {
        let mut layers = self.0.iter();
        let Some((current, back)) = layers.next() else { return (Message::default(), 0) };
        let mut best = (current.parse(text, today), *back);
        let mut weight = Weight::of(&best.0);
        for (grammar, back) in layers {
            let twin = *back == best.1;
            if !twin && weight.faulty == 0 && weight.complete > 0 {
                break;
            }
            let read = grammar.parse(text, today);
            let other = Weight::of(&read);
            if other.faulty <= weight.faulty && (other.complete, other.numbers) > weight.bar(twin) {
                (best, weight) = ((read, *back), other);
            }
        }
        best
    }
}

/// What a reading makes of a message.
#[derive(Clone, Copy)]
struct Weight {
    complete: usize,
    faulty: usize,
    /// Identity numbers in complete requests.
    numbers: usize,
}

impl Weight {
    fn of(message: &Message) -> Self {
        let complete = || message.requests.iter().filter(|one| Reading::is_complete(one));
        let numbers =
            |one: &Reading| one.fields.iter().filter(|(_, value)| value.is_identity_number()).count();
        Self {
            complete: complete().count(),
            faulty: message.requests.len() - complete().count(),
            numbers: complete().map(numbers).sum(),
        }
    }

    /// What another reading must exceed. The same edition with all of its fields needs no more requests where it finds
    /// more numbers: somebody typed them all the same.
    const fn bar(self, twin: bool) -> (usize, usize) {
        (self.complete, if twin { self.numbers } else { usize::MAX })
    }
}
