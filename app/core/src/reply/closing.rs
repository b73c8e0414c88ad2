//! The last message of a request, always with a way back.

use super::{Letterhead, Subject, brief, letter, passage, typed};
use crate::request::{CloseReason, GO_ON};

/// How the citizen got the product.
#[derive(Clone, Copy)]
pub enum Handover<'a> {
    /// As a signed PDF beside this message.
    Pdf,
    /// It was picked up or handed over.
    HandedOver,
    /// Somebody else brought it, and says who received it: by whom or where, and who.
    Reported(&'a str, &'a str),
    /// There is no product; the result is told.
    Told(&'a str),
}

/// The request is finished.
#[derive(Clone, Copy)]
pub struct Finished<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What: `Kartu Keluarga`.
    pub product: &'a str,
    /// How it reached the citizen.
    pub handover: Handover<'a>,
    /// Within how many days a mistake should be told.
    pub check_within_days: u32,
}

impl Finished<'_> {
    /// What was delivered, how to use it, and until when to tell a mistake.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let product = brief(self.product);
        let result = match self.handover {
            Handover::Pdf => format!(
                "*{product}* telah terbit, bertanda tangan elektronik, dan kami kirim sebagai PDF dalam \
                 percakapan ini. Dokumen dapat dicetak sendiri pada kertas HVS A4 80 gram dan tidak perlu \
                 dilegalisir; keasliannya dapat dicek dengan memindai kode QR."
            ),
            Handover::HandedOver => format!("*{product}* telah diserahkan."),
            Handover::Reported(by, receiver) => format!(
                "Menurut laporan {}, *{product}* sudah diterima oleh {}. Bila belum, mohon segera membalas pesan ini.",
                brief(by),
                typed(receiver)
            ),
            Handover::Told(result) => format!("Hasil: {}", passage(result)),
        };
        letter(
            head,
            &[
                format!("{} {} telah selesai.", self.subject.salutation(), self.subject.request()),
                result,
                format!(
                    "Mohon diperiksa kembali. Bila ada kekeliruan, mohon beri tahu kami dalam {} hari dengan \
                 membalas pesan ini.",
                    self.check_within_days
                ),
            ],
        )
    }
}

/// A request that was closed because nobody answered is open again.
#[derive(Clone, Copy)]
pub struct GoesOn<'a> {
    /// Which request.
    pub subject: Subject<'a>,
}

impl GoesOn<'_> {
    /// That it is open, and what comes next.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!("{} {} kami buka kembali.", self.subject.salutation(), self.subject.request()),
                "Berkas yang sudah masuk tetap tersimpan. Bila masih ada yang kurang, silakan kirim sekarang melalui \
                 percakapan ini; petugas memeriksanya."
                    .to_owned(),
            ],
        )
    }
}

/// The office refuses.
#[derive(Clone, Copy)]
pub struct Rejected<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// Why.
    pub reason: CloseReason,
    /// The rule it rests on: `Perpres 96/2018`.
    pub basis: Option<&'a str>,
    /// What the citizen can do instead.
    pub next_step: Option<&'a str>,
}

impl Rejected<'_> {
    /// Why, on what basis, what to do, and how to object.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let basis = self.basis.map(|basis| format!("Dasar: {}.", brief(basis))).unwrap_or_default();
        let step = self.next_step.map(|step| format!("Langkah yang dapat ditempuh: {}", passage(step)));
        letter(
            head,
            &[
                format!(
                    "{} mohon maaf, {} belum dapat kami proses karena {}. {basis}",
                    self.subject.salutation(),
                    self.subject.request(),
                    self.reason.clause()
                )
                .trim_end()
                .to_owned(),
                step.unwrap_or_default(),
                "Bila keberatan, Bapak/Ibu dapat membalas pesan ini untuk ditinjau atasan petugas."
                    .to_owned(),
            ],
        )
    }
}

/// The request was withdrawn or closed.
#[derive(Clone, Copy)]
pub struct Cancelled<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// Why.
    pub reason: CloseReason,
}

impl Cancelled<'_> {
    /// Why, and how to go on.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} {} telah dibatalkan karena {}.",
                    self.subject.salutation(),
                    self.subject.request(),
                    self.reason.clause()
                ),
                if matches!(self.reason, CloseReason::NoAnswer) {
                    format!("Bila layanan ini masih diperlukan, Bapak/Ibu cukup membalas *{GO_ON}*.")
                } else {
                    "Bila layanan ini masih diperlukan, Bapak/Ibu cukup membalas pesan ini.".to_owned()
                },
            ],
        )
    }
}
