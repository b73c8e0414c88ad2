//! What happened to a request of the year, line by line, and how it stands after it: the same lines and the same
//! standing that the use cases would have written.

use loket_core::{
    kinds::OutputDelivery,
    request::{AskReason, Channel, CloseReason, PaperReason, PaperState, RequestEventKind, RequestState},
};

use super::{
    calendar::Local,
    case::{Case, Fate, Fault},
};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// The citizen.
    Citizen,
    /// The officer who has it.
    Officer,
}

/// A line of history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening {
    /// What happened.
    pub kind: RequestEventKind,
    /// When.
    pub at: Local,
    /// When it was written down.
    pub recorded: Local,
    /// Who did it.
    pub who: Who,
    /// From what state to what.
    pub moving: Option<(RequestState, RequestState)>,
    /// A coded reason.
    pub reason: Option<&'static str>,
    /// Which of the required papers, by its place among them.
    pub paper: Option<usize>,
}

/// What is known of the service a request is of.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// How many papers are required.
    pub papers: usize,
    /// How the product reaches the citizen.
    pub delivery: OutputDelivery,
    /// Whether the office reads format lines.
    pub formats: bool,
}

/// Everything that happened to a request before `until`, in the order in which it was written down.
pub fn history(case: &Case, kind: Kind, until: Local) -> Vec<Happening> {
    let mut telling = Telling { case, kind, lines: Vec::with_capacity(12), state: RequestState::Received };
    telling.opening();
    telling.first_look();
    telling.answer();
    telling.product();
    telling.lines.retain(|line| line.recorded < until);
    telling.lines
}

impl Happening {
    fn new(kind: RequestEventKind, at: Local, who: Who) -> Self {
        Self { kind, at, recorded: at, who, moving: None, reason: None, paper: None }
    }

    fn recorded(self, recorded: Local) -> Self {
        Self { recorded, ..self }
    }

    fn because(self, reason: &'static str) -> Self {
        Self { reason: Some(reason), ..self }
    }

    fn paper(self, paper: usize) -> Self {
        Self { paper: Some(paper), ..self }
    }
}

struct Telling<'c> {
    case: &'c Case,
    kind: Kind,
    lines: Vec<Happening>,
    state: RequestState,
}

impl Telling<'_> {
    fn tell(&mut self, line: Happening) {
        self.lines.push(line);
    }

    /// A line that leads to another state.
    fn moves(&mut self, line: Happening, to: RequestState) {
        let from = std::mem::replace(&mut self.state, to);
        self.tell(Happening { moving: Some((from, to)), ..line });
    }

    fn is_written(&self) -> bool {
        self.case.arrival.channel == Channel::WhatsApp
    }

    /// The paper something is wrong with is the last one.
    fn last(&self) -> usize {
        self.kind.papers.saturating_sub(1)
    }

    fn fault(&self) -> Option<Fault> {
        match self.case.fate {
            Fate::Asked(fault) | Fate::Silent(fault) => Some(fault),
            _ => None,
        }
    }

    fn opening(&mut self) {
        let arrival = &self.case.arrival;
        let by_itself = self.is_written() && self.kind.formats;
        let who = if by_itself { Who::Citizen } else { Who::Officer };
        self.tell(Happening::new(RequestEventKind::Opened, arrival.first, who).recorded(arrival.opened));
        if !self.is_written() {
            return;
        }
        let come = if self.fault() == Some(Fault::Missing) { self.last() } else { self.kind.papers };
        let span = self.case.papers - arrival.first;
        for (paper, number) in (0..come).zip(1..) {
            let at = arrival.first + span * number / i64::try_from(come).unwrap_or(1);
            let line = Happening::new(RequestEventKind::PaperReceived, at, who).paper(paper);
            self.tell(line.recorded((at + 1).max(arrival.opened)));
        }
    }

    fn first_look(&mut self) {
        let Some(taken) = self.case.taken else { return };
        let line = Happening::new(RequestEventKind::Taken, taken, Who::Officer);
        self.moves(line, RequestState::Verification);
        let Some(checked) = self.case.checked else { return };
        match self.case.fate {
            Fate::Refused(reason) => self.ends(RequestEventKind::Rejected, checked, reason),
            Fate::Dropped(reason) => self.ends(RequestEventKind::Cancelled, checked, reason),
            Fate::Through | Fate::LeftLying => self.completes(checked, 0),
            Fate::Asked(fault) | Fate::Silent(fault) => self.asks(checked, fault),
        }
    }

    fn asks(&mut self, at: Local, fault: Fault) {
        let last = self.last();
        self.accepts(at, 0..last);
        let reason = match fault {
            Fault::Missing => AskReason::PapersMissing,
            Fault::NoGood(reason) => {
                let line = Happening::new(RequestEventKind::PaperRejected, at, Who::Officer);
                self.tell(line.paper(last).because(reason.word()));
                AskReason::PapersRejected
            }
        };
        let line = Happening::new(RequestEventKind::Asked, at, Who::Officer).because(reason.word());
        self.moves(line, RequestState::WaitingForCitizen);
    }

    fn accepts(&mut self, at: Local, papers: std::ops::Range<usize>) {
        for paper in papers {
            self.tell(Happening::new(RequestEventKind::PaperAccepted, at, Who::Officer).paper(paper));
        }
    }

    fn completes(&mut self, at: Local, from: usize) {
        self.accepts(at, from..self.kind.papers);
        let line = Happening::new(RequestEventKind::DeclaredComplete, at, Who::Officer);
        self.moves(line, RequestState::InProcess);
    }

    fn answer(&mut self) {
        if let Some(again) = self.case.again {
            let last = self.last();
            let line = |kind| Happening::new(kind, again, Who::Citizen).recorded(again + 1);
            self.tell(line(RequestEventKind::PaperReceived).paper(last));
            self.moves(line(RequestEventKind::StateChanged), RequestState::Verification);
            if let Some(complete) = self.case.complete {
                self.completes(complete, last);
            }
        }
        if let (Fate::Silent(_), Some(closed)) = (self.case.fate, self.case.closed) {
            self.ends(RequestEventKind::Cancelled, closed, CloseReason::NoAnswer);
        }
    }

    fn product(&mut self) {
        let Some(ready) = self.case.ready else { return };
        let delivery = self.kind.delivery;
        let there = |kind| Happening::new(kind, ready, Who::Officer);
        match delivery {
            OutputDelivery::Pdf => {
                self.moves(there(RequestEventKind::ResultUploaded), RequestState::Ready);
            }
            OutputDelivery::Pickup => self.moves(there(RequestEventKind::Ready), RequestState::Ready),
            OutputDelivery::Status => {}
        }
        let Some(closed) = self.case.closed else { return };
        if delivery == OutputDelivery::Pickup && self.case.fate == Fate::LeftLying {
            return self.ends(RequestEventKind::Cancelled, closed, CloseReason::NotPickedUp);
        }
        let how = match delivery {
            OutputDelivery::Pdf => RequestEventKind::Sent,
            OutputDelivery::Pickup => RequestEventKind::HandedOver,
            OutputDelivery::Status => RequestEventKind::ResultUploaded,
        };
        self.tell(Happening::new(how, closed, Who::Officer));
        let line = Happening::new(RequestEventKind::Finished, closed, Who::Officer);
        self.moves(line, RequestState::Finished);
    }

    fn ends(&mut self, kind: RequestEventKind, at: Local, reason: CloseReason) {
        let to = if reason.cancels() { RequestState::Cancelled } else { RequestState::Rejected };
        self.moves(Happening::new(kind, at, Who::Officer).because(reason.word()), to);
    }
}

/// How a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperStanding {
    /// Where.
    pub state: PaperState,
    /// When it came.
    pub received: Option<Local>,
    /// When an officer decided.
    pub decided: Option<Local>,
    /// Why it was rejected.
    pub reason: Option<PaperReason>,
}

/// How a request stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where.
    pub state: RequestState,
    /// Whether an officer has it.
    pub taken: bool,
    /// When a person first answered.
    pub answered: Option<Local>,
    /// The first thing nobody has answered.
    pub unanswered: Option<Local>,
    /// Arrival of the last required paper.
    pub complete_from: Option<Local>,
    /// When the papers were declared complete.
    pub declared: Option<Local>,
    /// When the product was there.
    pub ready: Option<Local>,
    /// When it ended.
    pub closed: Option<Local>,
    /// Why it was refused or cancelled.
    pub reason: Option<&'static str>,
    /// When it last changed.
    pub changed: Local,
    /// How often it changed.
    pub version: i64,
    /// Its required papers.
    pub papers: Vec<PaperStanding>,
}

impl Standing {
    /// After these lines.
    pub fn after(lines: &[Happening], case: &Case, kind: Kind) -> Self {
        let absent = PaperStanding { state: PaperState::Absent, received: None, decided: None, reason: None };
        let written = case.arrival.channel == Channel::WhatsApp;
        let mut standing = Self {
            state: RequestState::Received,
            taken: false,
            answered: None,
            unanswered: written.then_some(case.arrival.first),
            complete_from: None,
            declared: None,
            ready: None,
            closed: None,
            reason: None,
            changed: case.arrival.opened,
            version: 0,
            papers: vec![absent; kind.papers],
        };
        for line in lines {
            standing.follow(line, case.arrival.first);
        }
        standing
    }

    /// How many required papers are accepted.
    pub fn accepted(&self) -> usize {
        self.papers.iter().filter(|paper| paper.state == PaperState::Accepted).count()
    }

    fn follow(&mut self, line: &Happening, first: Local) {
        self.version += 1;
        self.changed = line.recorded;
        if let Some((_, to)) = line.moving {
            self.state = to;
        }
        if let Some(paper) = line.paper.and_then(|place| self.papers.get_mut(place)) {
            paper.follow(line);
        }
        match line.kind {
            RequestEventKind::Taken => self.taken = true,
            RequestEventKind::PaperReceived => self.unanswered = self.unanswered.or(Some(line.at)),
            RequestEventKind::Asked => self.answer(line.at),
            RequestEventKind::DeclaredComplete => {
                self.answer(line.at);
                self.complete_from =
                    self.papers.iter().filter_map(|paper| paper.received).max().or(Some(first));
                self.declared = Some(line.at);
            }
            RequestEventKind::Ready => self.ready = Some(line.at),
            RequestEventKind::ResultUploaded if line.moving.is_some() => self.ready = Some(line.at),
            RequestEventKind::Finished => {
                self.ready = self.ready.or(Some(line.at));
                self.close(line);
            }
            RequestEventKind::Rejected | RequestEventKind::Cancelled => self.close(line),
            _ => {}
        }
    }

    fn answer(&mut self, at: Local) {
        self.answered = self.answered.or(Some(at));
        self.unanswered = None;
    }

    fn close(&mut self, line: &Happening) {
        self.answer(line.at);
        (self.closed, self.reason) = (Some(line.at), line.reason);
    }
}

impl PaperStanding {
    fn follow(&mut self, line: &Happening) {
        match line.kind {
            RequestEventKind::PaperReceived => {
                *self = Self {
                    state: PaperState::Received,
                    received: Some(line.at),
                    decided: self.decided,
                    reason: None,
                };
            }
            RequestEventKind::PaperAccepted => {
                (self.state, self.decided, self.reason) = (PaperState::Accepted, Some(line.at), None);
            }
            RequestEventKind::PaperRejected => {
                let reason = line.reason.and_then(|word| word.parse().ok());
                (self.state, self.decided, self.reason) = (PaperState::Rejected, Some(line.at), reason);
            }
            _ => {}
        }
    }
}
