//! Asking the citizen: for a corrected line, or for papers once more.

use super::{Letterhead, Subject, brief, clip, letter, numbered, plain};
use chrono::TimeDelta;

use crate::{
    clock::Instant,
    format::Problem,
    request::{GO_ON, PaperReason},
    text::{collapse, mask_numbers},
};

/// More problems than this are not told at once: the line to copy shows them all.
const MOST_PROBLEMS: usize = 5;
/// The longest sentence about one problem, in characters.
const LONGEST_PROBLEM: usize = 240;

/// A line had faults: the reply that teaches.
#[derive(Clone, Copy)]
pub struct Correction<'a> {
    /// The keyword that was meant.
    pub keyword: &'a str,
    /// What is wrong, in the order of the line.
    pub problems: &'a [Problem],
    /// The line to copy, from `Reading::corrected_line`.
    pub corrected_line: &'a str,
    /// Whether this is not the first failure: an officer takes over with what was read.
    pub handed_over: bool,
    /// The office hours.
    pub hours: &'a str,
}

impl Correction<'_> {
    /// What is wrong, a line each, and the line to copy.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let sentences: Vec<_> =
            self.problems.iter().take(MOST_PROBLEMS).map(|problem| told(problem, LONGEST_PROBLEM)).collect();
        let next = if self.handed_over {
            format!(
                "Petugas kami akan membantu melalui percakapan ini pada jam layanan: {}. Yang sudah terbaca kami \
                 simpan, jadi tidak perlu diketik ulang.",
                brief(self.hours)
            )
        } else {
            "Mohon salin baris berikut, lengkapi, lalu kirim kembali:".to_owned()
        };
        let line = if self.handed_over { String::new() } else { mask_numbers(self.corrected_line) };
        letter(
            head,
            &[
                format!("Mohon maaf Bapak/Ibu, format {} belum dapat kami baca:", brief(self.keyword)),
                sentences.join("\n"),
                next,
                line,
            ],
        )
    }
}

/// What is wrong with a field, as an item of a list.
pub(super) fn told(problem: &Problem, longest: usize) -> String {
    format!("- {}", clip(&collapse(&mask_numbers(&problem.sentence())), longest))
}

/// A line was read, and its identity numbers are asked for outside the conversation.
#[derive(Clone, Copy)]
pub struct NumbersAsked<'a> {
    /// The service as the office calls it.
    pub service: &'a str,
    /// What is asked for: `NIK dan nomor KK`.
    pub what: &'a str,
    /// Where it is typed.
    pub address: &'a str,
    /// Until when.
    pub until: Instant,
}

impl NumbersAsked<'_> {
    /// What was read, the address, and why it is asked for there.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let what = brief(self.what);
        letter(
            head,
            &[
                format!(
                    "Baik Bapak/Ibu, data *{}* sudah kami baca. Satu langkah lagi: isi {what} di halaman berikut, \
                     supaya nomor itu tidak tersimpan di percakapan WhatsApp.",
                    brief(self.service)
                ),
                self.address.to_owned(),
                format!(
                    "Tautan berlaku sampai {}. Setelah diisi, nomor permohonan kami kirim ke percakapan ini.",
                    head.zone.long(self.until)
                ),
            ],
        )
    }
}

/// A paper that was found no good.
#[derive(Clone, Copy)]
pub struct RejectedPaper<'a> {
    /// The paper's name: `Kartu Keluarga`.
    pub name: &'a str,
    /// What is wrong with it.
    pub reason: PaperReason,
}

/// Papers were looked at, and some must come (again).
#[derive(Clone, Copy)]
pub struct PapersAgain<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// Papers that are no good.
    pub rejected: &'a [RejectedPaper<'a>],
    /// Papers that have not come.
    pub missing: &'a [&'a str],
    /// When the request is closed if they do not come.
    pub until: Option<Instant>,
    /// Whether they were asked for before.
    pub again: bool,
}

impl PapersAgain<'_> {
    /// Each paper with what is wrong and what to do.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let mut papers: Vec<_> = self
            .rejected
            .iter()
            .take(20)
            .map(|paper| {
                format!("- {} {}", brief(&plain(&mask_numbers(paper.name))), paper.reason.sentence())
            })
            .collect();
        if !self.missing.is_empty() {
            papers.push(format!("- Belum kami terima: {}.", numbered(self.missing.iter().copied())));
        }
        // The end is the midnight after the last day.
        let last = self.until.map(|until| head.zone.long_date(until - TimeDelta::minutes(1)));
        let until = last.map(|last| format!(" paling lambat *{last}*")).unwrap_or_default();
        let closing = self.until.map(|_| {
            format!(
                "Sesudah itu permohonan kami tutup. Membalas *{GO_ON}* kapan saja membukanya kembali, tanpa \
                 mengajukan ulang."
            )
        });
        let first = if self.again {
            format!(
                "{} kami masih menunggu kelengkapan berkas {}:",
                self.subject.salutation(),
                self.subject.request()
            )
        } else {
            format!(
                "{} berkas {} sudah kami periksa dan masih memerlukan perbaikan:",
                self.subject.salutation(),
                self.subject.request()
            )
        };
        letter(
            head,
            &[
                first,
                papers.join("\n"),
                format!(
                    "Mohon dikirim melalui percakapan ini{until}. Waktu layanan dihitung setelah berkas lengkap. \
                 Terima kasih."
                ),
                closing.unwrap_or_default(),
            ],
        )
    }
}
