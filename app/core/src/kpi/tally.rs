//! What happened in a while, counted. Tallies of days, services and offices add up to the tally of all of them.

use chrono::TimeDelta;

use super::{Histogram, OnTime};
use crate::request::RequestState;

/// One thing that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// A request came in.
    Arrived,
    /// It was closed in this state.
    Closed(RequestState),
    /// It was finished without ever having waited for the citizen.
    FirstTimeRight,
    /// A person answered it for the first time, after this long.
    Answered(TimeDelta),
    /// Its product was ready this long after its papers were complete.
    Ready(TimeDelta),
    /// It came to an end, whatever became of it later.
    Ended,
    /// It was taken up again after its end.
    Reopened,
    /// Its product was ready within the standard of time.
    InTime,
    /// Its standard of time ran out before.
    Late,
    /// Its product was ready by the date that the citizen was told.
    Kept,
    /// That date was missed.
    Missed,
    /// A person first answered by the time that the office set itself.
    AnsweredInTime,
    /// Nobody had answered by then.
    AnsweredLate,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Requests that came in.
    pub arrived: u64,
    /// Requests that were finished.
    pub finished: u64,
    /// Requests that were refused.
    pub rejected: u64,
    /// Requests that were cancelled.
    pub cancelled: u64,
    /// Finished ones that never waited for the citizen.
    pub first_right: u64,
    /// Requests that came to an end, whatever became of them later: what is reopened was closed until then.
    pub ended: u64,
    /// Requests that were taken up again after their end.
    pub reopened: u64,
    /// Requests and the standard of time.
    pub on_time: OnTime,
    /// Requests and the dates that citizens were told.
    pub promises: OnTime,
    /// First answers and the time that the office set itself.
    pub answers: OnTime,
    /// From the first message to the first answer by a person.
    pub response: Histogram,
    /// From complete papers to the product.
    pub settlement: Histogram,
}

impl Tally {
    /// Counts one thing.
    pub fn count(&mut self, what: Happened) {
        match what {
            Happened::Arrived => self.arrived += 1,
            Happened::Closed(RequestState::Finished) => self.finished += 1,
            Happened::Closed(RequestState::Rejected) => self.rejected += 1,
            Happened::Closed(RequestState::Cancelled) => self.cancelled += 1,
            Happened::Closed(_) => {}
            Happened::FirstTimeRight => self.first_right += 1,
            Happened::Answered(span) => self.response.add(span),
            Happened::Ready(span) => self.settlement.add(span),
            Happened::Ended => self.ended += 1,
            Happened::Reopened => self.reopened += 1,
            Happened::InTime => self.on_time.kept += 1,
            Happened::Late => self.on_time.missed += 1,
            Happened::Kept => self.promises.kept += 1,
            Happened::Missed => self.promises.missed += 1,
            Happened::AnsweredInTime => self.answers.kept += 1,
            Happened::AnsweredLate => self.answers.missed += 1,
        }
    }

    /// Adds another tally.
    pub fn merge(&mut self, other: &Self) {
        self.arrived += other.arrived;
        self.finished += other.finished;
        self.rejected += other.rejected;
        self.cancelled += other.cancelled;
        self.first_right += other.first_right;
        self.ended += other.ended;
        self.reopened += other.reopened;
        self.on_time.merge(other.on_time);
        self.promises.merge(other.promises);
        self.answers.merge(other.answers);
        self.response.merge(&other.response);
        self.settlement.merge(&other.settlement);
    }

    /// Every request that was closed, however it ended.
    pub fn closed(&self) -> u64 {
        self.finished + self.rejected + self.cancelled
    }

    /// By how many requests the backlog grew; less than zero when it shrank.
    pub fn growth(&self) -> i64 {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        number(self.arrived).saturating_add(number(self.reopened)).saturating_sub(number(self.ended))
    }

    /// Finished without ever waiting for the citizen, of all finished; in hundredths.
    pub fn first_time_right(&self) -> Option<f64> {
        (self.finished > 0).then(|| self.first_right as f64 * 100.0 / self.finished as f64)
    }
}

impl<'t> FromIterator<&'t Tally> for Tally {
    fn from_iter<I: IntoIterator<Item = &'t Tally>>(all: I) -> Self {
        all.into_iter().fold(Self::default(), |mut sum, one| {
            sum.merge(one);
            sum
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    fn happened() -> impl Strategy<Value = Happened> {
        prop_oneof![
            Just(Happened::Arrived),
            select(RequestState::ALL).prop_map(Happened::Closed),
            Just(Happened::FirstTimeRight),
            (0_i64..9_000_000).prop_map(|s| Happened::Answered(TimeDelta::seconds(s))),
            (0_i64..9_000_000).prop_map(|s| Happened::Ready(TimeDelta::seconds(s))),
            Just(Happened::Ended),
            Just(Happened::Reopened),
            select([Happened::InTime, Happened::Late, Happened::Kept, Happened::Missed].as_slice()),
            select([Happened::AnsweredInTime, Happened::AnsweredLate].as_slice()),
        ]
    }

    fn tally(all: &[Happened]) -> Tally {
        let mut sum = Tally::default();
        all.iter().for_each(|what| sum.count(*what));
        sum
    }

    #[test]
    fn a_share_of_nothing_is_unknown_and_not_zero() {
        assert_eq!(Tally::default().first_time_right(), None);
        let finished = Happened::Closed(RequestState::Finished);
        assert_eq!(tally(&[finished, finished, Happened::FirstTimeRight]).first_time_right(), Some(50.0));
        assert_eq!(tally(&[finished, Happened::Closed(RequestState::Rejected)]).closed(), 2);
    }

    #[test]
    fn a_backlog_grows_by_what_comes_or_comes_back_and_shrinks_by_what_ends() {
        use Happened::{Arrived, Ended, Reopened};
        assert_eq!(tally(&[Arrived, Arrived, Ended]).growth(), 1);
        assert_eq!(tally(&[Ended, Ended, Reopened]).growth(), -1);
        // What is said to be closed today is no measure: it is taken back when the request is reopened.
        assert_eq!(tally(&[Happened::Closed(RequestState::Finished)]).growth(), 0);
    }

    proptest! {
        #[test]
        fn days_add_up_to_the_whole(
            one in prop::collection::vec(happened(), 0..30), other in prop::collection::vec(happened(), 0..30)
        ) {
            let sum: Tally = [tally(&one), tally(&other)].iter().collect();
            prop_assert_eq!(sum, tally(&[one, other].concat()));
        }
    }
}
