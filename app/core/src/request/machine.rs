//! The state machine of a request: which step leads where, and why a step is refused.
//!
//! Pure: the caller loads the state and the papers' tally, asks, and stores the answer in the same
//! transaction.

use super::{AskReason, CloseReason, PaperTally, ReopenReason, RequestState};

words! {
    /// What somebody does to a request, without its particulars.
    StepKind {
        /// An officer takes it up and begins to check.
        Take = "take",
        /// The citizen is asked for something.
        AskCitizen = "ask_citizen",
        /// The citizen sent what was asked for.
        CitizenAnswered = "citizen_answered",
        /// The officer declares the papers complete (berkas lengkap).
        DeclareComplete = "declare_complete",
        /// The product is there.
        MarkReady = "mark_ready",
        /// The citizen has the product, or was told the result.
        Finish = "finish",
        /// The office refuses.
        Reject = "reject",
        /// The citizen withdraws, or it is closed for silence.
        Cancel = "cancel",
        /// A closed or ready request is taken up again.
        Reopen = "reopen",
    }
}

impl StepKind {
    /// The words on the button.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Take => "Ambil dan periksa",
            Self::AskCitizen => "Minta kelengkapan",
            Self::CitizenAnswered => "Warga sudah menjawab",
            Self::DeclareComplete => "Nyatakan berkas lengkap",
            Self::MarkReady => "Tandai siap",
            Self::Finish => "Selesaikan",
            Self::Reject => "Tolak",
            Self::Cancel => "Batalkan",
            Self::Reopen => "Buka kembali",
        }
    }
}

/// What somebody does to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// An officer takes it up.
    Take,
    /// The citizen is asked for something.
    AskCitizen {
        /// What for.
        reason: AskReason,
    },
    /// The citizen sent what was asked for.
    CitizenAnswered,
    /// The officer declares the papers complete; refused unless every required paper is accepted.
    DeclareComplete {
        /// How the required papers stand.
        papers: PaperTally,
    },
    /// The product is there.
    MarkReady,
    /// The citizen has the product, or was told the result of a service without one.
    Finish,
    /// The office refuses.
    Reject {
        /// Why; must be a reason to refuse.
        reason: CloseReason,
    },
    /// Withdrawn or closed for silence.
    Cancel {
        /// Why; must be a reason to cancel.
        reason: CloseReason,
    },
    /// Taken up again.
    Reopen {
        /// Why.
        reason: ReopenReason,
    },
}

impl Step {
    /// The step without its particulars.
    pub const fn kind(self) -> StepKind {
        match self {
            Self::Take => StepKind::Take,
            Self::AskCitizen { .. } => StepKind::AskCitizen,
            Self::CitizenAnswered => StepKind::CitizenAnswered,
            Self::DeclareComplete { .. } => StepKind::DeclareComplete,
            Self::MarkReady => StepKind::MarkReady,
            Self::Finish => StepKind::Finish,
            Self::Reject { .. } => StepKind::Reject,
            Self::Cancel { .. } => StepKind::Cancel,
            Self::Reopen { .. } => StepKind::Reopen,
        }
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum Refusal {
    /// Nobody has taken the request up yet.
    NotTaken,
    /// The request is closed.
    Closed(RequestState),
    /// The step leads nowhere from this state.
    NotFrom(RequestState, StepKind),
    /// Some required papers are not accepted.
    PapersIncomplete(PaperTally),
    /// A reason to cancel was given for a refusal, or the other way round.
    WrongReason(CloseReason),
    /// Another office works on the request and decides it.
    Elsewhere,
}

impl Refusal {
    /// Why, in one Indonesian sentence for the officer.
    pub fn sentence(&self) -> String {
        match self {
            Self::NotTaken => "Ambil permohonan ini terlebih dahulu.".to_owned(),
            Self::Closed(state) => {
                format!("Permohonan ini sudah {}; buka kembali bila perlu.", state.label().to_lowercase())
            }
            Self::NotFrom(state, step) => {
                format!("“{}” tidak dapat dilakukan pada status {}.", step.label(), state.label())
            }
            Self::PapersIncomplete(papers) => papers.sentence(),
            Self::WrongReason(reason) => {
                format!("Alasan “{}” tidak berlaku untuk langkah ini.", reason.label())
            }
            Self::Elsewhere => {
                "Langkah ini milik kantor tujuan, yang mengerjakan dan memutuskan permohonan ini.".to_owned()
            }
        }
    }
}

/// The steps that may lead somewhere from `state`; what a page offers.
pub const fn allowed(state: RequestState) -> &'static [StepKind] {
    use StepKind::{
        AskCitizen, Cancel, CitizenAnswered, DeclareComplete, Finish, MarkReady, Reject, Reopen, Take,
    };
    match state {
        RequestState::Received => &[Take, Cancel],
        RequestState::Verification => &[DeclareComplete, AskCitizen, Reject, Cancel],
        RequestState::WaitingForCitizen => &[CitizenAnswered, AskCitizen, Reject, Cancel],
        RequestState::InProcess => &[MarkReady, Finish, AskCitizen, Reject, Cancel],
        RequestState::Ready => &[Finish, Reopen, Cancel],
        RequestState::Finished | RequestState::Rejected | RequestState::Cancelled => &[Reopen],
    }
}

/// The state after `step`, or why it is refused.
pub fn next(state: RequestState, step: Step) -> Result<RequestState, Refusal> {
    if !allowed(state).contains(&step.kind()) {
        return Err(refusal(state, step.kind()));
    }
    match step {
        Step::DeclareComplete { papers } if !papers.is_complete() => Err(Refusal::PapersIncomplete(papers)),
        Step::Reject { reason } if !reason.rejects() => Err(Refusal::WrongReason(reason)),
        Step::Cancel { reason } if !reason.cancels() => Err(Refusal::WrongReason(reason)),
        Step::Take | Step::CitizenAnswered => Ok(RequestState::Verification),
        Step::AskCitizen { .. } => Ok(RequestState::WaitingForCitizen),
        Step::DeclareComplete { .. } => Ok(RequestState::InProcess),
        Step::MarkReady => Ok(RequestState::Ready),
        Step::Finish => Ok(RequestState::Finished),
        Step::Reject { .. } => Ok(RequestState::Rejected),
        Step::Cancel { .. } => Ok(RequestState::Cancelled),
        Step::Reopen { .. } => Ok(reopened(state)),
    }
}

/// A product that is there or was handed over is made again; anything else is checked again.
const fn reopened(state: RequestState) -> RequestState {
    match state {
        RequestState::Ready | RequestState::Finished => RequestState::InProcess,
        _ => RequestState::Verification,
    }
}

const fn refusal(state: RequestState, step: StepKind) -> Refusal {
    if state.is_terminal() {
        Refusal::Closed(state)
    } else if matches!(state, RequestState::Received) {
        Refusal::NotTaken
    } else {
        Refusal::NotFrom(state, step)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    const COMPLETE: PaperTally = PaperTally { required: 2, accepted: 2, received: 0, rejected: 0 };

    pub(in crate::request) fn step(kind: StepKind) -> Step {
        match kind {
            StepKind::Take => Step::Take,
            StepKind::AskCitizen => Step::AskCitizen { reason: AskReason::PapersMissing },
            StepKind::CitizenAnswered => Step::CitizenAnswered,
            StepKind::DeclareComplete => Step::DeclareComplete { papers: COMPLETE },
            StepKind::MarkReady => Step::MarkReady,
            StepKind::Finish => Step::Finish,
            StepKind::Reject => Step::Reject { reason: CloseReason::NotOurCompetence },
            StepKind::Cancel => Step::Cancel { reason: CloseReason::Withdrawn },
            StepKind::Reopen => Step::Reopen { reason: ReopenReason::Objection },
        }
    }

    #[test]
    fn every_state_meets_every_step() {
        use RequestState::{
            Cancelled as Can, Finished as Fin, InProcess as Pro, Ready as Rea, Received as Rec,
            Rejected as Rej, Verification as Ver, WaitingForCitizen as Wai,
        };
        // Take, AskCitizen, CitizenAnswered, DeclareComplete, MarkReady, Finish, Reject, Cancel, Reopen
        #[rustfmt::skip]
        let table = [
            (Rec, [Some(Ver), None,      None,      None,      None,      None,      None,      Some(Can), None]),
            (Ver, [None,      Some(Wai), None,      Some(Pro), None,      None,      Some(Rej), Some(Can), None]),
            (Wai, [None,      Some(Wai), Some(Ver), None,      None,      None,      Some(Rej), Some(Can), None]),
            (Pro, [None,      Some(Wai), None,      None,      Some(Rea), Some(Fin), Some(Rej), Some(Can), None]),
            (Rea, [None,      None,      None,      None,      None,      Some(Fin), None,      Some(Can), Some(Pro)]),
            (Fin, [None,      None,      None,      None,      None,      None,      None,      None,      Some(Pro)]),
            (Rej, [None,      None,      None,      None,      None,      None,      None,      None,      Some(Ver)]),
            (Can, [None,      None,      None,      None,      None,      None,      None,      None,      Some(Ver)]),
        ];
        assert_eq!(table.len(), RequestState::ALL.len());
        for (state, row) in table {
            for (kind, after) in StepKind::ALL.iter().zip(row) {
                assert_eq!(next(state, step(*kind)).ok(), after, "{state} {kind}");
                assert_eq!(allowed(state).contains(kind), after.is_some(), "{state} {kind}");
            }
        }
    }

    #[test]
    fn papers_are_complete_only_when_every_required_one_is_accepted() {
        for (papers, complete) in [
            (PaperTally { required: 2, accepted: 1, received: 1, rejected: 0 }, false),
            (PaperTally { required: 2, accepted: 1, received: 0, rejected: 1 }, false),
            (PaperTally { required: 2, accepted: 0, received: 0, rejected: 0 }, false),
            (PaperTally { required: 0, accepted: 0, received: 0, rejected: 0 }, true),
            (COMPLETE, true),
        ] {
            let after = next(RequestState::Verification, Step::DeclareComplete { papers });
            let expected =
                if complete { Ok(RequestState::InProcess) } else { Err(Refusal::PapersIncomplete(papers)) };
            assert_eq!(after, expected);
        }
    }

    #[test]
    fn a_reason_to_cancel_is_no_reason_to_reject() {
        let reject = next(RequestState::Verification, Step::Reject { reason: CloseReason::Withdrawn });
        assert_eq!(reject, Err(Refusal::WrongReason(CloseReason::Withdrawn)));
        let cancel = next(RequestState::Verification, Step::Cancel { reason: CloseReason::FalseData });
        assert_eq!(cancel, Err(Refusal::WrongReason(CloseReason::FalseData)));
    }

    #[test]
    fn a_refusal_says_why_in_one_sentence() {
        let refused = |state, kind| next(state, step(kind)).err().map(|r| r.to_string()).unwrap_or_default();
        assert_eq!(
            refused(RequestState::Received, StepKind::MarkReady),
            "Ambil permohonan ini terlebih dahulu."
        );
        assert_eq!(
            refused(RequestState::Rejected, StepKind::Take),
            "Permohonan ini sudah ditolak; buka kembali bila perlu."
        );
        assert_eq!(
            refused(RequestState::Ready, StepKind::AskCitizen),
            "“Minta kelengkapan” tidak dapat dilakukan pada status Siap."
        );
    }

    #[test]
    fn every_state_is_reached_from_the_first() {
        let mut reached = vec![RequestState::Received];
        let mut at = 0;
        while let Some(state) = reached.get(at).copied() {
            for after in StepKind::ALL.iter().filter_map(|kind| next(state, step(*kind)).ok()) {
                if !reached.contains(&after) {
                    reached.push(after);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), RequestState::ALL.len());
    }

    proptest! {
        #[test]
        fn a_closed_request_stays_closed_until_it_is_reopened(
            state in select(RequestState::ALL),
            steps in proptest::collection::vec(select(StepKind::ALL), 0..30),
        ) {
            let mut now = state;
            for kind in steps {
                let after = next(now, step(kind)).unwrap_or(now);
                if now.is_terminal() && kind != StepKind::Reopen {
                    prop_assert_eq!(after, now);
                }
                now = after;
            }
        }

        #[test]
        fn nothing_is_processed_before_its_papers_were_declared_complete(
            kinds in proptest::collection::vec(select(StepKind::ALL), 0..40),
        ) {
            let (mut now, mut declared) = (RequestState::Received, false);
            for kind in kinds {
                now = next(now, step(kind)).unwrap_or(now);
                declared |= now == RequestState::InProcess && kind == StepKind::DeclareComplete;
                let after_declaring =
                    matches!(now, RequestState::InProcess | RequestState::Ready | RequestState::Finished);
                prop_assert!(declared || !after_declaring);
            }
        }
    }
}
