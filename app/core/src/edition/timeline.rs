//! Which edition holds when.
//!
//! An edition is current from its own day until the next day on which another begins; of those that begin in the same
//! moment the one with the highest number is. Nothing is published into the past, so what was current stays what it was.

use crate::clock::Instant;

/// When a published edition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Its number.
    pub number: i64,
    /// From when on.
    pub valid_from: Instant,
    /// Until when what follows it is still accepted, once another is current.
    pub accepted_until: Option<Instant>,
}

/// The time in which an edition is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From when on.
    pub from: Instant,
    /// Until when; without an end as far as is known.
    pub until: Option<Instant>,
}

/// What a publication does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publishing {
    /// When the new edition begins.
    pub valid_from: Instant,
    /// The edition that it follows and until when that one is accepted.
    pub grace: Option<(i64, Instant)>,
}

/// Why a day cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhenProblem {
    /// The past stays what it was.
    #[error("Tanggal berlaku sudah lewat. Pilih hari ini atau hari sesudahnya.")]
    Past,
    /// An old edition cannot end before the new one begins.
    #[error(
        "Edisi lama diterima paling tidak sampai edisi baru berlaku. Pilih tanggal sesudahnya, atau kosongkan."
    )]
    GraceBeforeStart,
}

/// The edition that is current at an instant; none before the first begins.
pub fn current(all: &[Moment], at: Instant) -> Option<&Moment> {
    all.iter().filter(|one| one.valid_from <= at).max_by_key(|one| (one.valid_from, one.number))
}

/// The editions that are accepted at an instant: the current one first, then older ones that still are.
pub fn accepted(all: &[Moment], at: Instant) -> Vec<&Moment> {
    let now = current(all, at);
    let mut older: Vec<&Moment> = all
        .iter()
        .filter(|one| Some(one.number) != now.map(|now| now.number))
        .filter(|one| one.valid_from <= at && one.accepted_until.is_some_and(|until| at < until))
        .collect();
    older.sort_by_key(|one| std::cmp::Reverse((one.valid_from, one.number)));
    now.into_iter().chain(older).collect()
}

/// When an edition is current; never, if another that begins with it takes its place.
pub fn span(all: &[Moment], number: i64) -> Option<Span> {
    let one = all.iter().find(|one| one.number == number)?;
    if all.iter().any(|other| other.valid_from == one.valid_from && other.number > one.number) {
        return None;
    }
    let until = all.iter().map(|other| other.valid_from).filter(|from| *from > one.valid_from).min();
    Some(Span { from: one.valid_from, until })
}

/// What publishing now would do: `from` is when the new edition begins (at once without it), `old_until` until when the
/// one before it is accepted. What was promised for longer stays promised.
///
/// # Errors
/// When a day cannot be used.
pub fn publishing(
    all: &[Moment],
    now: Instant,
    (from, old_until): (Option<Instant>, Option<Instant>),
) -> Result<Publishing, WhenProblem> {
    let valid_from = from.unwrap_or(now);
    if valid_from < now {
        return Err(WhenProblem::Past);
    }
    if old_until.is_some_and(|until| until <= valid_from) {
        return Err(WhenProblem::GraceBeforeStart);
    }
    let before = current(all, valid_from);
    let grace = before
        .zip(old_until)
        .map(|(old, until)| (old.number, old.accepted_until.map_or(until, |promised| promised.max(until))));
    Ok(Publishing { valid_from, grace })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> Instant {
        DateTime::from_timestamp(1_790_000_000, 0).unwrap_or_default() + TimeDelta::minutes(minutes)
    }

    fn edition(number: i64, from: i64, until: Option<i64>) -> Moment {
        Moment { number, valid_from: at(from), accepted_until: until.map(at) }
    }

    /// Publications in a row: minutes since the one before, minutes until it begins, minutes of grace.
    fn published(steps: &[(i64, i64, Option<i64>)]) -> (Vec<Moment>, i64) {
        let (mut all, mut now) = (Vec::<Moment>::new(), 0);
        for (number, (later, ahead, grace)) in (1..).zip(steps) {
            now += later;
            let until = grace.map(|minutes| at(now + ahead + minutes));
            if let Ok(done) = publishing(&all, at(now), (Some(at(now + ahead)), until)) {
                for one in &mut all {
                    if let Some((_, until)) = done.grace.filter(|(old, _)| *old == one.number) {
                        one.accepted_until = Some(until);
                    }
                }
                all.push(Moment { number, valid_from: done.valid_from, accepted_until: None });
            }
        }
        (all, now)
    }

    #[test]
    fn an_older_edition_is_accepted_until_its_day_and_no_longer() {
        let all = [edition(1, 0, Some(30)), edition(2, 10, None)];
        let numbers = |minute| accepted(&all, at(minute)).iter().map(|one| one.number).collect::<Vec<_>>();
        assert_eq!(numbers(-1), Vec::<i64>::new());
        assert_eq!(numbers(9), [1]);
        assert_eq!(numbers(10), [2, 1]);
        assert_eq!(numbers(29), [2, 1]);
        assert_eq!(numbers(30), [2]);
    }

    #[test]
    fn nothing_is_published_into_the_past_and_no_grace_ends_before_it_begins() {
        let all = [edition(1, 0, None)];
        assert_eq!(publishing(&all, at(5), (Some(at(4)), None)), Err(WhenProblem::Past));
        let early = publishing(&all, at(5), (Some(at(9)), Some(at(9))));
        assert_eq!(early, Err(WhenProblem::GraceBeforeStart));
        let done = publishing(&all, at(5), (None, Some(at(9))));
        assert_eq!(done, Ok(Publishing { valid_from: at(5), grace: Some((1, at(9))) }));
        let promised = [edition(1, 0, Some(60))];
        let done = publishing(&promised, at(5), (None, Some(at(9)))).map(|done| done.grace);
        assert_eq!(done, Ok(Some((1, at(60)))), "what was promised stays promised");
    }

    fn steps() -> impl Strategy<Value = Vec<(i64, i64, Option<i64>)>> {
        let one = (0_i64..20, 0_i64..40, proptest::option::of(1_i64..30));
        proptest::collection::vec(one, 1..12)
    }

    proptest! {
        #[test]
        fn exactly_one_edition_is_current_at_each_instant_after_the_first_publication(steps in steps()) {
            let (all, _) = published(&steps);
            let first = all.iter().map(|one| one.valid_from).min().unwrap_or_default();
            for minute in 0..320 {
                let holding: Vec<i64> = all
                    .iter()
                    .filter_map(|one| Some((one.number, span(&all, one.number)?)))
                    .filter(|(_, span)| span.from <= at(minute) && span.until.is_none_or(|end| at(minute) < end))
                    .map(|(number, _)| number)
                    .collect();
                prop_assert_eq!(holding.len(), usize::from(at(minute) >= first), "minute {}: {:?}", minute, holding);
                prop_assert_eq!(current(&all, at(minute)).map(|one| one.number), holding.first().copied());
                let accepted = accepted(&all, at(minute));
                prop_assert_eq!(accepted.first().map(|one| one.number), holding.first().copied());
            }
        }

        #[test]
        fn what_was_current_stays_what_it_was(steps in steps()) {
            for count in 1..steps.len() {
                let (before, _) = published(&steps[..count]);
                let (after, now) = published(&steps[..=count]);
                for minute in 0..now {
                    let number = |all: &[Moment]| current(all, at(minute)).map(|one| one.number);
                    prop_assert_eq!(number(&before), number(&after));
                }
            }
        }
    }
}
