//! What happens between the papers and the product.

use super::{Letterhead, Subject, brief, letter, passage};
use crate::clock::Instant;

/// A date for the citizen, or why there is none.
#[derive(Clone, Copy)]
pub enum Promise<'a> {
    /// None is promised yet.
    Later,
    /// It is finished by then at the latest, by a rule of the office's standard: `paling lama 3 hari kerja`.
    By(Instant, &'a str),
    /// Stock is out or a system down: no date may be promised. Holds the reason in the office's words,
    /// without a full stop.
    Withheld(&'a str),
}

impl Promise<'_> {
    pub(super) fn sentence(&self, head: &Letterhead<'_>) -> String {
        match self {
            Self::Later => "Kami akan mengabari Bapak/Ibu begitu selesai.".to_owned(),
            Self::By(at, rule) => {
                format!("Selesai paling lambat *{}* (standar: {}).", head.zone.deadline(*at), brief(rule))
            }
            Self::Withheld(reason) => format!(
                "Saat ini kami belum dapat menyampaikan tanggal selesai karena {}. Kami akan mengabari \
                 Bapak/Ibu, dan permohonan tidak perlu diajukan ulang.",
                passage(reason)
            ),
        }
    }
}

/// The officer declared the papers complete.
#[derive(Clone, Copy)]
pub struct Complete<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// Since when the settlement clock runs: the arrival of the last required paper.
    pub complete_from: Instant,
    /// The date.
    pub promise: Promise<'a>,
}

impl Complete<'_> {
    /// Complete since, and the dated promise.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} berkas {} telah dinyatakan lengkap. Waktu layanan dihitung sejak {}.",
                    self.subject.salutation(),
                    self.subject.request(),
                    head.zone.long(self.complete_from)
                ),
                self.promise.sentence(head),
            ],
        )
    }
}

/// The request is being worked on.
#[derive(Clone, Copy)]
pub struct InProcess<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// The date.
    pub promise: Promise<'a>,
}

impl InProcess<'_> {
    /// Where it stands, and the date as it is now.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!("{} {} sedang diproses.", self.subject.salutation(), self.subject.request()),
                self.promise.sentence(head),
                match self.promise {
                    Promise::Later => String::new(),
                    Promise::By(..) | Promise::Withheld(_) => {
                        "Kami akan mengabari Bapak/Ibu begitu selesai.".to_owned()
                    }
                },
            ],
        )
    }
}

/// The date that the citizen was told may not hold.
#[derive(Clone, Copy)]
pub struct MayBeLate<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// The date.
    pub date: Instant,
}

impl MayBeLate<'_> {
    /// Which date, that it is worked on, and that there is nothing to do.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} {} belum selesai dan mungkin melewati waktu yang kami sampaikan, *{}*. Kami mohon maaf.",
                    self.subject.salutation(),
                    self.subject.request(),
                    head.zone.deadline(self.date)
                ),
                "Petugas tetap mengerjakannya, dan permohonan tidak perlu diajukan ulang. Kabar berikutnya kami sampaikan di \
                 percakapan ini."
                    .to_owned(),
            ],
        )
    }
}

/// The request was handed on to the office that makes the product.
#[derive(Clone, Copy)]
pub struct Forwarded<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// To whom: `Disdukcapil Kota Bengkulu`.
    pub to: &'a str,
    /// Whether a date was told, which that office now decides.
    pub promised: bool,
}

impl Forwarded<'_> {
    /// To whom, that the number stays, and where news comes.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} berkas {} telah kami teruskan ke *{}*, yang memproses dan memutuskannya.",
                    self.subject.salutation(),
                    self.subject.request(),
                    brief(self.to)
                ),
                if self.promised {
                    "Tanggal selesai yang sudah kami sampaikan tidak berlaku lagi: kantor itu yang menentukannya.".to_owned()
                } else {
                    String::new()
                },
                "Nomor permohonan tetap sama dan tidak perlu mengajukan ulang. Kabar selanjutnya kami sampaikan dalam \
                 percakapan ini."
                    .to_owned(),
            ],
        )
    }
}
