//! When somebody must look at a request because of its time: before it runs out, when it has, and before a date that the
//! citizen was told is missed.

use chrono::TimeDelta;

use super::Silence;
use crate::clock::Instant;

/// How much of what a request may take is gone when those in charge are told, in hundredths. No law names it.
pub const NEARING: i32 = 80;

/// A citizen is told that a date may not hold when a twentieth of the time between complete papers and that date is left:
/// a day before for three weeks, three hours before for two and a half days.
const LAST_PART: i32 = 20;

words! {
    /// What the clock of an open request says to those in charge.
    Alarm {
        /// Four fifths of its time are gone.
        Nearing = "nearing",
        /// Its time is over.
        Over = "over",
    }
}

impl Alarm {
    /// The word on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nearing => "mendekati tenggat",
            Self::Over => "lewat tenggat",
        }
    }
}

/// A date that a citizen was told and that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The date.
    pub date: Instant,
    /// Since when the request is counted.
    pub from: Instant,
    /// Whether they were told that it may not hold.
    pub warned: bool,
}

impl Told {
    /// From when on they are told that it may not hold.
    pub fn warning(&self) -> Instant {
        self.date - ((self.date - self.from) / LAST_PART).max(TimeDelta::zero())
    }
}

/// What is watched of an open request; nothing of one that is ready, or on which nobody here works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Watch {
    /// When [`NEARING`] of its time is gone; nothing while its clock stands still.
    pub nearing: Option<Instant>,
    /// When its time is over; nothing while its clock stands still.
    pub due: Option<Instant>,
    /// What the citizen was told; nothing once that was missed, or while it is their move.
    pub told: Option<Told>,
    /// While it is the citizen's move; nothing while they wait for an answer all the same.
    pub silence: Option<Silence>,
}

impl Watch {
    /// What it says at a moment.
    pub fn alarm(&self, at: Instant) -> Option<Alarm> {
        let passed = |moment: Option<Instant>| moment.is_some_and(|moment| moment <= at);
        match (passed(self.due), passed(self.nearing)) {
            (true, _) => Some(Alarm::Over),
            (false, true) => Some(Alarm::Nearing),
            (false, false) => None,
        }
    }

    /// Whether the citizen is to be told now that their date may not hold.
    pub fn warns(&self, at: Instant) -> bool {
        self.told.is_some_and(|told| !told.warned && told.warning() <= at && at < told.date)
    }

    /// The date that was told and missed by now.
    pub fn missed(&self, at: Instant) -> Option<Instant> {
        self.told.map(|told| told.date).filter(|date| *date <= at)
    }

    /// Whether the citizen is to be reminded now.
    pub fn reminds(&self, at: Instant) -> bool {
        self.silence.and_then(|silence| silence.remind_at).is_some_and(|remind| remind <= at)
    }

    /// Whether it is to be closed now because nobody answered.
    pub fn closes(&self, at: Instant) -> bool {
        self.silence.and_then(|silence| silence.until).is_some_and(|until| until <= at)
    }

    /// When somebody must look at it next, after an alarm that was given; this may lie in the past.
    pub fn next(&self, given: Option<Alarm>) -> Option<Instant> {
        self.moments(given).into_iter().flatten().min()
    }

    /// When somebody must look at it again who has just looked.
    pub fn next_after(&self, now: Instant) -> Option<Instant> {
        self.moments(None).into_iter().flatten().filter(|at| *at > now).min()
    }

    fn moments(&self, given: Option<Alarm>) -> [Option<Instant>; 6] {
        let warning = self.told.filter(|told| !told.warned).map(|told| told.warning());
        [
            self.nearing.filter(|_| given.is_none()),
            self.due.filter(|_| given != Some(Alarm::Over)),
            warning,
            self.told.map(|told| told.date),
            self.silence.and_then(|silence| silence.remind_at),
            self.silence.and_then(|silence| silence.until),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::{option, prelude::*, sample::select};

    use super::*;

    fn at(minutes: i64) -> Instant {
        Instant::default() + TimeDelta::minutes(minutes)
    }

    fn watches() -> impl Strategy<Value = Watch> {
        let told = (0_i64..500, 0_i64..500, any::<bool>()).prop_map(|(from, after, warned)| Told {
            date: at(from + after),
            from: at(from),
            warned,
        });
        let silence = option::of((option::of(0_i64..900), option::of(0_i64..900)));
        (option::of((0_i64..500, 0_i64..500)), option::of(told), silence).prop_map(
            |(clock, told, silence)| Watch {
                nearing: clock.map(|(nearing, _)| at(nearing)),
                due: clock.map(|(nearing, after)| at(nearing + after)),
                told,
                silence: silence
                    .map(|(remind, until)| Silence { remind_at: remind.map(at), until: until.map(at) }),
            },
        )
    }

    #[test]
    fn a_citizen_is_warned_in_the_last_twentieth_of_what_they_were_told() {
        let told = Told { date: at(2000), from: at(0), warned: false };
        let watch = Watch { told: Some(told), ..Watch::default() };
        assert_eq!(
            (watch.warns(at(1899)), watch.warns(at(1900)), watch.warns(at(2000))),
            (false, true, false)
        );
        assert_eq!((watch.missed(at(1999)), watch.missed(at(2000))), (None, Some(at(2000))));
        let warned = Watch { told: Some(Told { warned: true, ..told }), ..watch };
        assert!(!warned.warns(at(1950)));
        assert_eq!(warned.next(None), Some(at(2000)));
    }

    #[test]
    fn an_alarm_is_given_once_and_the_graver_one_after_it() {
        let watch = Watch { nearing: Some(at(80)), due: Some(at(100)), ..Watch::default() };
        let said: Vec<_> = [79, 80, 99, 100].map(|minutes| watch.alarm(at(minutes))).into();
        assert_eq!(said, [None, Some(Alarm::Nearing), Some(Alarm::Nearing), Some(Alarm::Over)]);
        let next = |given| watch.next(given);
        assert_eq!(
            (next(None), next(Some(Alarm::Nearing)), next(Some(Alarm::Over))),
            (Some(at(80)), Some(at(100)), None)
        );
    }

    #[test]
    fn a_silent_citizen_is_reminded_and_then_the_request_is_closed() {
        let silence = Silence { remind_at: Some(at(10)), until: Some(at(20)) };
        let watch = Watch { silence: Some(silence), ..Watch::default() };
        let said = |minutes| (watch.reminds(at(minutes)), watch.closes(at(minutes)));
        assert_eq!([said(9), said(10), said(20)], [(false, false), (true, false), (true, true)]);
        assert_eq!([watch.next_after(at(9)), watch.next_after(at(10))], [Some(at(10)), Some(at(20))]);
        assert_eq!(watch.next_after(at(20)), None);
    }

    #[test]
    fn an_alarm_has_its_word_and_a_label() {
        assert_eq!(
            Alarm::ALL.iter().map(|one| one.label()).collect::<Vec<_>>(),
            ["mendekati tenggat", "lewat tenggat"]
        );
    }

    #[test]
    fn a_clock_that_stands_asks_for_nothing() {
        assert_eq!((Watch::default().alarm(at(9)), Watch::default().next(None)), (None, None));
    }

    proptest! {
        #[test]
        fn nothing_is_to_be_done_before_somebody_must_look(
            watch in watches(), given in option::of(select(Alarm::ALL)), now in 0_i64..1200
        ) {
            let (now, given) = (at(now), given.filter(|given| Some(*given) <= watch.alarm(at(now))));
            if watch.next(given).is_none_or(|next| next > now) {
                prop_assert!(watch.alarm(now) <= given && !watch.warns(now) && watch.missed(now).is_none());
                prop_assert!(!watch.reminds(now) && !watch.closes(now));
            }
        }

        #[test]
        fn whoever_looked_looks_again_later_and_misses_nothing(watch in watches(), now in 0_i64..1200, later in 0_i64..1200) {
            let (now, later) = (at(now), at(now + later));
            let next = watch.next_after(now);
            prop_assert!(next.is_none_or(|next| next > now));
            if next.is_none_or(|next| next > later) {
                prop_assert_eq!(watch.alarm(now), watch.alarm(later));
                prop_assert_eq!(watch.missed(now), watch.missed(later));
                prop_assert_eq!((watch.reminds(now), watch.closes(now)), (watch.reminds(later), watch.closes(later)));
            }
        }
    }
}
