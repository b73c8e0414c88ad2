//! The history of a request, in the words of the interface.

use loket_core::{
    clock::Instant,
    compensation::{LapseReason, OfferWay},
    consignment::{ConsignmentWay, ReturnReason},
    request::{AskReason, CloseReason, PaperReason, ReopenReason, RequestEventKind},
    visit::VisitResult,
};

use crate::{
    domain::{requests::EventView, tenancy::Office},
    web::parts::{Happening, When},
};

/// A line of it.
pub(super) fn happening(event: &EventView, office: &Office, now: Instant) -> Happening {
    let what = match &event.paper {
        Some(paper) => format!("{}: {paper}", event.kind.label()),
        None => event.kind.label().to_owned(),
    };
    Happening {
        when: When::plain(event.at, now, office.zone),
        who: event.who.clone(),
        what,
        detail: event.reason.as_deref().map(|code| match event.kind {
            RequestEventKind::ConsignmentReturned => returned_words(code),
            _ => reason_words(code),
        }),
        said: event.said.clone(),
        tone: event_tone(event),
    }
}

/// Why a consignment came back: some of its codes stand in other lists too.
fn returned_words(code: &str) -> String {
    code.parse::<ReturnReason>().map_or_else(|_| reason_words(code), |why| why.label().to_owned())
}

/// The words of a coded reason, whichever list it is from.
fn reason_words(code: &str) -> String {
    let known = code
        .parse::<CloseReason>()
        .map(CloseReason::label)
        .or_else(|_| code.parse::<ReopenReason>().map(ReopenReason::label))
        .or_else(|_| code.parse::<PaperReason>().map(PaperReason::label))
        .or_else(|_| code.parse::<AskReason>().map(AskReason::label))
        .or_else(|_| code.parse::<ConsignmentWay>().map(ConsignmentWay::label))
        .or_else(|_| code.parse::<VisitResult>().map(VisitResult::label))
        .or_else(|_| code.parse::<OfferWay>().map(OfferWay::label))
        .or_else(|_| code.parse::<LapseReason>().map(LapseReason::sentence));
    known.map_or_else(|_| code.replace('_', " "), str::to_owned)
}

fn event_tone(event: &EventView) -> &'static str {
    if event.kind == RequestEventKind::Note && event.said.is_some() {
        return "warn";
    }
    use RequestEventKind::{
        AppointmentAttended, AppointmentMissed, Asked, Cancelled, ConsignmentArrived, ConsignmentDelivered,
        ConsignmentReturned, ConsignmentSent, DeclaredComplete, Finished, Forwarded, HandedOver, Opened,
        PaperAccepted, PaperReceived, PaperRejected, Ready, Rejected, Reopened, ResultUploaded, Sent,
    };
    match event.kind {
        PaperAccepted | DeclaredComplete | Ready | Sent | HandedOver | Finished | AppointmentAttended
        | ConsignmentArrived | ConsignmentDelivered => "ok",
        PaperRejected | Asked | Reopened | AppointmentMissed | ConsignmentReturned => "warn",
        Rejected | Cancelled => "bad",
        PaperReceived | ResultUploaded | Opened | Forwarded | ConsignmentSent => "info",
        _ => "quiet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coded_reason_is_printed_in_words() {
        assert_eq!(reason_words("dicabut_warga"), "Dicabut oleh warga");
        assert_eq!(reason_words("keberatan"), "Keberatan warga");
        assert_eq!(reason_words("ambil_alih"), "ambil alih");
    }
}
