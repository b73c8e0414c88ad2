//! What whoever waits is told when something keeps the office from working, and when it is over.

use super::{Letterhead, Promise, Subject, letter};
use crate::{clock::Instant, outage::OutageKind, zone::OfficeZone};

/// Something keeps the office from working on a request.
#[derive(Clone, Copy)]
pub struct OutageBegun<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What it is.
    pub kind: OutageKind,
    /// Since when.
    pub from: Instant,
    /// Whether a date was told that was not over yet, and moves now.
    pub promised: bool,
    /// How many more requests of the same conversation wait for it.
    pub others: usize,
}

impl OutageBegun<'_> {
    /// What happened, that nothing is lost, and what becomes of the date.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let moved = if self.promised {
            " Tanggal selesai yang sudah kami sampaikan mundur selama gangguan ini."
        } else {
            ""
        };
        letter(
            head,
            &[
                format!(
                    "{} {}{} tertunda karena {} sejak {}.",
                    self.subject.salutation(),
                    self.subject.request(),
                    and_others(self.others),
                    self.kind.words(),
                    head.zone.long(self.from)
                ),
                format!(
                    "Permohonan tetap tersimpan dan tidak perlu diajukan ulang.{moved} Kabar berikutnya kami sampaikan di \
                     percakapan ini; bila lewat sehari belum ada kabar, silakan kirim pesan di sini."
                ),
                self.kind.meanwhile().unwrap_or_default().to_owned(),
            ],
        )
    }
}

/// What kept the office from working on a request is over.
#[derive(Clone, Copy)]
pub struct OutageOver<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What it was.
    pub kind: OutageKind,
    /// Since when it is over; nothing where work goes on though it lasts, or where it was none.
    pub since: Option<Instant>,
    /// The date as it is now.
    pub promise: Promise<'a>,
    /// How many more requests of the same conversation go on.
    pub others: usize,
}

impl OutageOver<'_> {
    /// That work goes on, and the date.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let (salutation, request) = (self.subject.salutation(), self.subject.request());
        let others = and_others(self.others);
        let first = match self.since {
            Some(since) => format!(
                "{salutation} {} sejak {}, dan {request}{others} kami lanjutkan.",
                self.kind.recovered(),
                head.zone.long(since)
            ),
            None => format!(
                "{salutation} {request}{others}, yang tertunda karena {}, kami lanjutkan.",
                self.kind.words()
            ),
        };
        letter(head, &[first, self.promise.sentence(head)])
    }
}

/// ` dan 3 permohonan lain`
fn and_others(others: usize) -> String {
    match others {
        0 => String::new(),
        _ => format!(" dan {others} permohonan lain"),
    }
}

/// What stands in the first answers while something is out: `Saat ini terjadi gangguan SIAK sejak …`.
pub fn disruption(zone: OfficeZone, kind: OutageKind, from: Instant) -> String {
    let said = format!(
        "Saat ini {} sejak {}. Permohonan tetap kami catat dan kami kerjakan begitu layanan pulih.",
        kind.happening(),
        zone.long(from)
    );
    kind.meanwhile().map_or(said.clone(), |meanwhile| format!("{said} {meanwhile}"))
}
