//! The first answers: a request is registered, or a question waits for an officer.

use super::{Letterhead, Subject, addressee, brief, letter, numbered, passage};
use crate::{
    clock::Instant,
    receipt::ReceiptNumber,
    text::PersonName,
    zone::{OfficeZone, number},
};

/// A request came in and is registered.
#[derive(Clone, Copy)]
pub struct ReceiptNotice<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// When that is told.
    pub now: Instant,
    /// When it came in.
    pub received_at: Instant,
    /// Required papers that have not come.
    pub missing: &'a [&'a str],
    /// Attachments that came and nobody has looked at.
    pub unchecked: usize,
    /// The place in the queue, counted from 1.
    pub place: Option<u32>,
    /// By when a person probably answers.
    pub expected: Option<Instant>,
    /// The office hours: `Senin–Kamis 08.00–15.00, Jumat 08.00–15.30 WIB`.
    pub hours: &'a str,
    /// What is down or out of stock at the moment, in the office's words.
    pub disruption: Option<&'a str>,
    /// An earlier request for the same person and service.
    pub similar: Option<EarlierLike<'a>>,
}

/// An earlier request that is like the one that came in.
#[derive(Clone, Copy)]
pub struct EarlierLike<'a> {
    /// Its number, if whoever is told handed it in.
    pub receipt: Option<&'a ReceiptNumber>,
    /// When it came in.
    pub at: Instant,
    /// Whether it is still under way.
    pub open: bool,
}

impl EarlierLike<'_> {
    fn sentence(&self, head: &Letterhead<'_>) -> String {
        let together = if self.open { " Petugas memeriksa keduanya bersama." } else { "" };
        match self.receipt {
            Some(receipt) => format!(
                "Permohonan serupa nomor *{receipt}* sudah kami terima pada {}.{together}",
                head.zone.long_date(self.at)
            ),
            None => format!("Untuk NIK yang sama sudah ada permohonan serupa di kantor kami.{together}"),
        }
    }
}

impl ReceiptNotice<'_> {
    /// The receipt: number, what is missing, place in the queue, hours.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} {} telah kami terima pada {}. Mohon simpan nomor ini.",
                    self.subject.salutation(),
                    self.subject.request(),
                    head.zone.long(self.received_at)
                ),
                self.similar.map(|similar| similar.sentence(head)).unwrap_or_default(),
                self.papers(),
                self.queue(head),
                self.disruption.map(passage).unwrap_or_default(),
            ],
        )
    }

    fn papers(&self) -> String {
        let mut text = String::new();
        if self.unchecked > 0 {
            text.push_str(&format!("{} berkas sudah masuk dan belum diperiksa. ", self.unchecked));
        }
        if !self.missing.is_empty() {
            text.push_str(&format!(
                "Masih kami perlukan: {}. Mohon dikirim melalui percakapan ini. \
                 Waktu layanan dihitung setelah berkas lengkap.",
                numbered(self.missing.iter().copied())
            ));
        } else if self.unchecked == 0 {
            text.push_str("Berkas akan diperiksa petugas.");
        }
        text.trim_end().to_owned()
    }

    fn queue(&self, head: &Letterhead<'_>) -> String {
        let place =
            self.place.map(|place| format!("Bapak/Ibu berada di antrean ke-{}.", number(i64::from(place))));
        let expected = self.expected.map(|at| expected(head, (self.now, at)));
        let hours = format!("Jam layanan: {}.", brief(self.hours));
        [place, expected, Some(hours)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// By when a person probably answers. An estimate is told as one.
pub(super) fn expected(head: &Letterhead<'_>, (told, at): (Instant, Instant)) -> String {
    format!("Perkiraan dijawab petugas: {}.", about(head.zone, told, at))
}

/// `hari ini, sekitar pukul 10.30 WITA`; on another day with its date.
pub fn about(zone: OfficeZone, told: Instant, at: Instant) -> String {
    let day = if zone.date(told) == zone.date(at) { "hari ini".to_owned() } else { zone.long_date(at) };
    format!("{day}, sekitar pukul {}", zone.time(at))
}

/// A question came in and waits for an officer.
#[derive(Clone, Copy)]
pub struct QuestionReceived<'a> {
    /// The name to address, if it is known.
    pub name: Option<&'a PersonName>,
    /// Decides pagi, siang, sore or malam.
    pub now: Instant,
    /// When an officer is next at work; `None` when the office is open.
    pub opens_at: Option<Instant>,
    /// The office hours.
    pub hours: &'a str,
    /// What keeps the office from working at the moment.
    pub disruption: Option<&'a str>,
}

impl QuestionReceived<'_> {
    /// The greeting: the message is kept and an officer will answer.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let waiting = match self.opens_at {
            None => "Pesan Bapak/Ibu sudah kami catat dan akan dijawab oleh petugas.".to_owned(),
            Some(opens_at) => format!(
                "Saat ini di luar jam layanan. Pesan Bapak/Ibu sudah kami catat dan akan dijawab petugas \
                 mulai {}.",
                head.zone.long(opens_at)
            ),
        };
        letter(
            head,
            &[
                format!("Selamat {} {}.", head.zone.greeting(self.now), addressee(self.name)),
                format!("Terima kasih telah menghubungi {}. {waiting}", brief(head.office)),
                self.disruption.map(passage).unwrap_or_default(),
                format!("Jam layanan: {}.", brief(self.hours)),
                "Mohon tidak mengirim kode OTP atau PIN apa pun.".to_owned(),
            ],
        )
    }
}
