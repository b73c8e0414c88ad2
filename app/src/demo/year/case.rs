//! One request of the demonstration's year: what it is of, what becomes of it, and when.

use loket_core::request::{CloseReason, PaperReason};

use super::{
    arrivals::Arrival,
    calendar::{Local, Times},
};
use crate::demo::lots::Lots;

/// What is wrong with the papers at the first look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The last one has not come.
    Missing,
    /// The last one is no good.
    NoGood(PaperReason),
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes its way.
    Through,
    /// The citizen is asked, answers, and it goes its way.
    Asked(Fault),
    /// The citizen is asked and never answers.
    Silent(Fault),
    /// It is refused at the first look.
    Refused(CloseReason),
    /// It is cancelled at the first look.
    Dropped(CloseReason),
    /// Its product is never collected.
    LeftLying,
}

/// A request of the year. What has not happened when the year ends is not there.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Who came, for what.
    pub arrival: Arrival,
    /// Which variant of the service, by its place.
    pub variant: usize,
    /// Who has it, by their place among the office's people.
    pub desk: usize,
    /// What becomes of it.
    pub fate: Fate,
    /// When the papers had come that came by themselves.
    pub papers: Local,
    /// An officer took it up.
    pub taken: Option<Local>,
    /// The first look was over, and something was decided.
    pub checked: Option<Local>,
    /// The citizen sent what was asked for.
    pub again: Option<Local>,
    /// The papers were declared complete.
    pub complete: Option<Local>,
    /// The product was there.
    pub ready: Option<Local>,
    /// It ended.
    pub closed: Option<Local>,
}

const FAULTS: [(Fault, u32); 8] = [
    (Fault::Missing, 38),
    (Fault::NoGood(PaperReason::Blurred), 21),
    (Fault::NoGood(PaperReason::Cropped), 10),
    (Fault::NoGood(PaperReason::NotOriginal), 9),
    (Fault::NoGood(PaperReason::DataDiffer), 9),
    (Fault::NoGood(PaperReason::WrongPaper), 6),
    (Fault::NoGood(PaperReason::Incomplete), 5),
    (Fault::NoGood(PaperReason::Expired), 2),
];
const REFUSALS: [(CloseReason, u32); 5] = [
    (CloseReason::ConditionsNotMet, 45),
    (CloseReason::NotOurCompetence, 25),
    (CloseReason::FalseData, 15),
    (CloseReason::CourtDecisionNeeded, 10),
    (CloseReason::NotEntitled, 5),
];
const DROPS: [(CloseReason, u32); 3] =
    [(CloseReason::Withdrawn, 45), (CloseReason::Duplicate, 40), (CloseReason::OpenedByMistake, 15)];
/// Shares of all requests.
const REFUSED: f64 = 0.022;
const DROPPED: f64 = 0.018;
const LEFT_LYING: f64 = 0.008;
/// Of those who are asked.
const SILENT: f64 = 0.11;

impl Case {
    /// A case at its beginning. `asked` is the share whose papers must come again; only who writes is asked, at a desk
    /// it is said before the request is opened.
    pub fn begin(
        arrival: Arrival,
        (variants, people): (usize, &[(usize, u32)]),
        (asked, written, formats): (f64, bool, bool),
    ) -> (Self, Lots) {
        let mut lots = Lots::new(arrival.lot);
        let variant = lots.place(variants);
        let desk = lots.weighted(people).unwrap_or(0);
        let fate = fate(&mut lots, if written { asked } else { 0.0 });
        let papers = match (written, formats) {
            (false, _) => arrival.first,
            // Photos follow the line, mostly within minutes.
            (true, true) if lots.chance(0.8) => arrival.opened + lots.between(60, 16 * 60),
            (true, true) => arrival.opened + lots.between(16 * 60, 4 * 3600),
            // They came with the words, before anybody made a request of it.
            (true, false) => arrival.first + (arrival.opened - arrival.first) * lots.between(3, 9) / 10,
        };
        let case = Self {
            arrival,
            variant,
            desk,
            fate,
            papers,
            taken: None,
            checked: None,
            again: None,
            complete: None,
            ready: None,
            closed: None,
        };
        (case, lots)
    }

    /// Takes back what lies at or after the end of the year.
    pub fn cut(&mut self, until: Local) {
        let times = [
            &mut self.taken,
            &mut self.checked,
            &mut self.again,
            &mut self.complete,
            &mut self.ready,
            &mut self.closed,
        ];
        for time in times {
            *time = time.filter(|at| *at < until);
        }
    }
}

fn fate(lots: &mut Lots, asked: f64) -> Fate {
    let (lot, silent) = (lots.unit(), lots.chance(SILENT));
    let fault = lots.weighted(&FAULTS).unwrap_or(Fault::Missing);
    let refusal = lots.weighted(&REFUSALS).unwrap_or(CloseReason::ConditionsNotMet);
    let drop = lots.weighted(&DROPS).unwrap_or(CloseReason::Withdrawn);
    let bounds = [REFUSED, REFUSED + DROPPED, REFUSED + DROPPED + LEFT_LYING];
    match lot {
        lot if lot < bounds[0] => Fate::Refused(refusal),
        lot if lot < bounds[1] => Fate::Dropped(drop),
        lot if lot < bounds[2] => Fate::LeftLying,
        lot if lot < bounds[2] + asked && silent => Fate::Silent(fault),
        lot if lot < bounds[2] + asked => Fate::Asked(fault),
        _ => Fate::Through,
    }
}

/// When the citizen sends what was asked for: within the hour, today or in the next days, never at night.
pub fn answers_at(asked: Local, lots: &mut Lots) -> Local {
    let span = lots.weighted(&[
        ((600, 3_600), 34),
        ((3_600, 18_000), 30),
        ((18_000, 86_400), 20),
        ((86_400, 400_000), 16),
    ]);
    let (from, to) = span.unwrap_or((600, 3_600));
    let at = asked + lots.between(from, to);
    let second = at.rem_euclid(super::calendar::DAY);
    // Who thinks of it at night writes in the morning.
    if second < 6 * 3_600 { at + 6 * 3_600 - second + lots.between(0, 5_000) } else { at }
}

/// When a product is collected: mostly within a day or two, some weeks later.
pub fn collected_at(ready: Local, desk: &Times, lots: &mut Lots) -> Option<Local> {
    let mut days = 0;
    while days < 20 && lots.chance(0.52) {
        days += 1;
    }
    if lots.chance(0.04) {
        days += lots.between(8, 30);
    }
    if days == 0 {
        return desk.done(ready, lots.between(1_200, 12_000));
    }
    let mut day = super::calendar::day_of(ready);
    for _ in 0..days {
        day = desk.day_from(super::calendar::plus(day, 1))?;
    }
    let share = lots.unit().min(lots.unit() + 0.2).min(0.999);
    desk.part_of(day, share)
}
