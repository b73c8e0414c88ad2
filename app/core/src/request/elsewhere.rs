//! A request that was handed on: another office makes the product and decides, this one keeps the citizen.

use super::{
    RequestState,
    machine::{Refusal, Step, StepKind, next},
};

/// The steps of an office that handed a request on: the other one makes the product and decides, this one asks the citizen
/// for what the other found wanting.
pub const fn allowed_elsewhere(state: RequestState) -> &'static [StepKind] {
    use StepKind::{AskCitizen, Cancel, CitizenAnswered, DeclareComplete, Take};
    match state {
        RequestState::Received => &[Take, Cancel],
        RequestState::Verification => &[DeclareComplete, AskCitizen, Cancel],
        RequestState::WaitingForCitizen => &[CitizenAnswered, AskCitizen, Cancel],
        RequestState::InProcess | RequestState::Ready => &[Cancel],
        RequestState::Finished | RequestState::Rejected | RequestState::Cancelled => &[],
    }
}

/// As [`next`], for an office that handed the request on.
pub fn next_elsewhere(state: RequestState, step: Step) -> Result<RequestState, Refusal> {
    if allowed_elsewhere(state).contains(&step.kind()) { next(state, step) } else { Err(Refusal::Elsewhere) }
}

/// Where a request stands with the office that handed it on, once the office that works on it has brought it to `theirs`.
pub const fn mirrored(ours: RequestState, theirs: RequestState) -> RequestState {
    match theirs {
        // They are at work, and what they asked for may still be on its way to them.
        RequestState::Received | RequestState::Verification | RequestState::InProcess => match ours {
            RequestState::Ready
            | RequestState::Finished
            | RequestState::Rejected
            | RequestState::Cancelled => RequestState::InProcess,
            still => still,
        },
        theirs => theirs,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::machine::tests::step, *};

    #[test]
    fn an_office_that_handed_a_request_on_keeps_the_citizen_and_leaves_the_decision() {
        for state in RequestState::ALL {
            for kind in StepKind::ALL {
                let here = next(*state, step(*kind));
                let elsewhere = next_elsewhere(*state, step(*kind));
                let decides = matches!(
                    kind,
                    StepKind::MarkReady | StepKind::Finish | StepKind::Reject | StepKind::Reopen
                );
                let asks_over_them = *kind == StepKind::AskCitizen && *state == RequestState::InProcess;
                if decides || asks_over_them || here.is_err() {
                    assert_eq!(elsewhere, Err(Refusal::Elsewhere), "{state} {kind}");
                } else {
                    assert_eq!(elsewhere, here, "{state} {kind}");
                }
            }
        }
    }

    #[test]
    fn what_the_other_office_decides_stands_in_both() {
        use RequestState::{InProcess, Verification, WaitingForCitizen};
        for theirs in RequestState::ALL {
            for ours in RequestState::ALL {
                let stands = mirrored(*ours, *theirs);
                if theirs.is_terminal() || matches!(theirs, RequestState::Ready | WaitingForCitizen) {
                    assert_eq!(stands, *theirs, "{ours} {theirs}");
                } else {
                    assert!(!stands.is_terminal() && stands != RequestState::Ready, "{ours} {theirs}");
                }
            }
        }
        assert_eq!(mirrored(WaitingForCitizen, InProcess), WaitingForCitizen);
        assert_eq!(mirrored(Verification, Verification), Verification);
        assert_eq!(mirrored(RequestState::Finished, InProcess), InProcess);
    }
}
