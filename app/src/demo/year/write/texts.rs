//! What the office wrote to the citizen at each step, in the words that `loket_core::reply` has for it.

use loket_core::{
    handover::Collectors,
    reply::{
        Cancelled, Complete, Finished, Handover, Letterhead, PapersAgain, Promise, QuestionReceived,
        ReadyForPickup, ReceiptNotice, Rejected, RejectedPaper, Subject,
    },
    request::{CloseReason, PaperReason, RequestEventKind},
    text::PersonName,
};

use super::rows::Drawn;
use crate::{
    demo::{
        setup::{Trouble, trouble},
        year::history::Happening,
    },
    domain::requests,
};

/// Within how many days a mistake should be told.
const CHECK_WITHIN_DAYS: u32 = 7;
/// What was found when a NIK was checked.
const FOUND: &str = "NIK aktif dan sudah dikonsolidasi. Silakan mencoba kembali di instansi tujuan.";

/// A case with the names its letters need.
pub(super) struct Writer<'d> {
    drawn: &'d Drawn<'d>,
    name: PersonName,
    service: String,
    output: &'d str,
    free: bool,
    signer: &'d str,
}

impl<'d> Writer<'d> {
    pub(super) fn of(drawn: &'d Drawn<'d>) -> Result<Self, Trouble> {
        let (service, variant) = drawn.ledger.of(drawn.case)?;
        Ok(Self {
            drawn,
            name: PersonName::parse(&drawn.citizen.name).map_err(trouble)?,
            service: requests::service_label(&service.name, &variant.name),
            output: &service.output,
            free: service.free,
            signer: &drawn.ledger.officer(drawn.case)?.1,
        })
    }

    fn head(&self, signed: bool) -> Letterhead<'_> {
        let office = &self.drawn.ledger.office;
        Letterhead {
            office: &office.name,
            zone: office.zone,
            signer: signed.then_some(self.signer),
            complaints: None,
            free: self.free,
        }
    }

    fn subject(&self) -> Result<Subject<'_>, Trouble> {
        let receipt = self.drawn.ledger.receipt(self.drawn.number)?;
        Ok(Subject { name: Some(&self.name), service: &self.service, receipt })
    }

    fn paper(&self, required: usize) -> Result<&str, Trouble> {
        let (_, variant) = self.drawn.ledger.of(self.drawn.case)?;
        let rule = self.drawn.required.get(required).and_then(|place| variant.papers.get(*place));
        Ok(rule.map(|rule| rule.name.as_str()).unwrap_or_default())
    }

    /// Loket's answer to loose words.
    pub(super) fn greeting(&self) -> String {
        let arrival = &self.drawn.case.arrival;
        let hours = &self.drawn.ledger.office.hours;
        let now = self.drawn.at(arrival.first);
        QuestionReceived { name: Some(&self.name), now, opens_at: None, hours, disruption: None }
            .text(&self.head(false))
    }

    /// Loket's receipt. `come`: how many papers had come by then.
    pub(super) fn receipt(&self, come: usize) -> Result<String, Trouble> {
        let names: Result<Vec<&str>, Trouble> =
            (come..self.drawn.kind.papers).map(|paper| self.paper(paper)).collect();
        let turn = self.drawn.ledger.turns.of(self.drawn.number);
        let notice = ReceiptNotice {
            subject: self.subject()?,
            now: self.drawn.opened(),
            received_at: self.drawn.at(self.drawn.case.arrival.first),
            missing: &names?,
            unchecked: come,
            place: turn.map(|turn| turn.place),
            expected: turn.and_then(|turn| turn.expected),
            hours: &self.drawn.ledger.office.hours,
            similar: None,
            disruption: None,
        };
        Ok(notice.text(&self.head(false)))
    }

    /// What the officer wrote at a line of history; nothing at most of them.
    pub(super) fn letter(&self, line: &Happening) -> Result<Option<String>, Trouble> {
        let (subject, head) = (self.subject()?, self.head(true));
        let text = match line.kind {
            RequestEventKind::Asked => self.asking(subject)?,
            RequestEventKind::DeclaredComplete => {
                let from = self.drawn.standing.complete_from.unwrap_or(line.at);
                Complete { subject, complete_from: self.drawn.at(from), promise: Promise::Later }.text(&head)
            }
            RequestEventKind::Ready => self.ready(subject),
            RequestEventKind::Finished => {
                let product = self.output;
                Finished { subject, product, handover: self.handover(), check_within_days: CHECK_WITHIN_DAYS }
                    .text(&head)
            }
            RequestEventKind::Rejected => {
                Rejected { subject, reason: reason(line)?, basis: None, next_step: None }.text(&head)
            }
            RequestEventKind::Cancelled => Cancelled { subject, reason: reason(line)? }.text(&head),
            _ => return Ok(None),
        };
        Ok(Some(text))
    }

    fn asking(&self, subject: Subject<'_>) -> Result<String, Trouble> {
        let name = self.paper(self.drawn.kind.papers.saturating_sub(1))?;
        let why = self.drawn.lines.iter().find(|line| line.kind == RequestEventKind::PaperRejected);
        let why: Option<PaperReason> = why.and_then(|line| line.reason?.parse().ok());
        let rejected: Vec<_> = why.map(|reason| RejectedPaper { name, reason }).into_iter().collect();
        let missing: Vec<&str> = if why.is_none() { vec![name] } else { Vec::new() };
        let again =
            PapersAgain { subject, rejected: &rejected, missing: &missing, until: None, again: false };
        Ok(again.text(&self.head(true)))
    }

    fn ready(&self, subject: Subject<'_>) -> String {
        let hours = &self.drawn.ledger.office.hours;
        ReadyForPickup {
            subject,
            product: self.output,
            place: "Loket 3",
            hours,
            slot: None,
            who: Collectors::Family.told(),
            recipient: None,
        }
        .text(&self.head(true))
    }

    fn handover(&self) -> Handover<'static> {
        use loket_core::kinds::OutputDelivery::{Pdf, Pickup, Status};
        match self.drawn.kind.delivery {
            Pdf => Handover::Pdf,
            Pickup => Handover::HandedOver,
            Status => Handover::Told(FOUND),
        }
    }

    /// What stands under the document that is sent.
    pub(super) fn caption(&self) -> &str {
        self.output
    }
}

fn reason(line: &Happening) -> Result<CloseReason, Trouble> {
    line.reason.and_then(|word| word.parse().ok()).ok_or_else(|| "an end without a reason".to_owned())
}
