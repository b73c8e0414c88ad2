//! What Loket writes to a citizen in the main job: pure text builders in Bahasa Indonesia.
//!
//! Formal and short: "Bapak/Ibu", no capitals but GRATIS, the receipt number, the service, the next step.
//! Never a full NIK or KK number, never a date while stock or SIAK is down ([`Promise::Withheld`]), never a
//! request for an OTP or PIN. The inputs have no `Debug`: they carry what people wrote. Every text fits one WhatsApp message. Sending is somebody else's matter.

pub mod answers;
mod appointing;
mod asking;
mod batch;
mod closing;
mod collecting;
mod compensating;
mod opening;
mod outage;
mod patience;
mod progress;
pub mod quick;
mod sending;
mod visiting;

pub use appointing::{
    AppointmentCancelled, AppointmentMissed, AppointmentReminder, AppointmentSet, Slot as AppointmentSlot,
};
pub use asking::{Correction, NumbersAsked, PapersAgain, RejectedPaper};
pub use batch::{BatchFault, BatchLine, BatchReceived};
pub use closing::{Cancelled, Finished, GoesOn, Handover, Rejected};
pub use collecting::{PickupMoved, PickupReminder, ReadyForPickup};
pub use compensating::CompensationOffered;
pub use opening::{EarlierLike, QuestionReceived, ReceiptNotice, about};
pub use outage::{OutageBegun, OutageOver, disruption};
pub use patience::{Attempt, Lesson, a_working_day_after, lesson};
pub use progress::{Complete, Forwarded, InProcess, MayBeLate, Promise};
pub use sending::{AtOtherOffice, CameBack, CollectedElsewhere, SentByCourier};
pub use visiting::{Days as VisitDays, VisitCancelled, VisitPlanned};

use crate::{
    receipt::ReceiptNumber,
    text::{PersonName, mask_identity_numbers, mask_numbers, mask_solid_runs},
    zone::OfficeZone,
};

/// The longest text WhatsApp takes in one message, in characters.
pub const LONGEST: usize = 4096;

/// Who writes. Configuration of the office; passed to every builder.
#[derive(Debug, Clone, Copy)]
pub struct Letterhead<'a> {
    /// As it signs: `Disdukcapil Kabupaten Tangerang`.
    pub office: &'a str,
    /// Its zone.
    pub zone: OfficeZone,
    /// The officer's alias, where an officer writes.
    pub signer: Option<&'a str>,
    /// Where to complain: a number or an address of the office.
    pub complaints: Option<&'a str>,
    /// Whether the law makes the service free (UU 24/2013 ps. 79A: adminduk). Letters of a kecamatan are
    /// not covered, so nothing is said of their charge.
    pub free: bool,
}

/// Which request a text is about, and to whom it goes.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The name to address, if it is known.
    pub name: Option<&'a PersonName>,
    /// The service as the office calls it: `KTP-el hilang`.
    pub service: &'a str,
    /// The request's number.
    pub receipt: &'a ReceiptNumber,
}

impl Subject<'_> {
    /// `Yth. Bapak/Ibu SITI AMINAH,`
    fn salutation(&self) -> String {
        format!("Yth. {},", addressee(self.name))
    }

    /// `permohonan *KTP-el hilang* nomor *TNG-2611-00042-K*`
    fn request(&self) -> String {
        format!("permohonan *{}* nomor *{}*", brief(self.service), self.receipt)
    }
}

/// A citizen's name is what somebody typed: it loses marks that WhatsApp would format, and numbers.
fn addressee(name: Option<&PersonName>) -> String {
    let name = name.map(|name| typed(name.expose())).unwrap_or_default();
    if name.is_empty() { "Bapak/Ibu".to_owned() } else { format!("Bapak/Ibu {name}") }
}

/// The text without the marks that WhatsApp formats by.
fn plain(text: &str) -> String {
    crate::text::collapse(&text.replace(['*', '_', '~', '`'], " "))
}

/// What somebody typed, in a line: without the marks that WhatsApp formats by, and without long numbers.
fn typed(text: &str) -> String {
    brief(&mask_numbers(&plain(text)))
}

/// A name of something: one line of at most 120 characters.
fn brief(text: &str) -> String {
    clip(&crate::text::collapse(text), 120)
}

/// What an officer or administrator wrote: at most 600 characters, without identity numbers.
fn passage(text: &str) -> String {
    clip(&mask_identity_numbers(text.trim()), 600)
}

/// `(1) a; (2) b`: at most twenty things, the rest counted.
fn numbered<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<_> = items.into_iter().collect();
    let shown = items.iter().take(20).enumerate();
    let mut list: Vec<_> =
        shown.map(|(i, item)| format!("({}) {}", i + 1, brief(&mask_numbers(item)))).collect();
    if items.len() > 20 {
        list.push(format!("dan {} lainnya", items.len() - 20));
    }
    list.join("; ")
}

/// At most `longest` characters; what is cut ends in `…`.
fn clip(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

/// Paragraphs, then what every text says: free of charge, where to complain, who writes.
fn letter(head: &Letterhead<'_>, paragraphs: &[String]) -> String {
    let free = head.free.then(|| "Layanan ini *GRATIS*.".to_owned());
    let complaints = head.complaints.map(|complaints| format!("Pengaduan: {}.", brief(complaints)));
    let charge = [free, complaints].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let signature = match head.signer {
        Some(signer) => format!("{}\n{}", brief(signer), brief(head.office)),
        None => brief(head.office),
    };
    let body =
        paragraphs.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n\n");
    let ending =
        [charge, signature].iter().filter(|p| !p.is_empty()).fold(String::new(), |all, p| all + "\n\n" + p);
    // The ending always stays whole; only an overlong body is cut.
    let room = LONGEST.saturating_sub(ending.chars().count());
    mask_solid_runs(&(clip(&body, room) + &ending))
}

#[cfg(test)]
mod tests;
