//! Lines that a desa, a kecamatan or a school handed in together: their numbers in one letter, and what is wrong with the
//! rest.

use super::{
    EarlierLike, LONGEST, Letterhead, asking::told, brief, clip, letter, numbered, opening::expected, typed,
};
use crate::{
    clock::Instant,
    format::Problem,
    receipt::ReceiptNumber,
    text::{PersonName, mask_numbers},
    zone::number,
};

/// What is left of a message beside its salutation and its ending, in characters.
const ROOM: usize = LONGEST - 2000;
/// The longest name of somebody or something in a line of the letter.
const LONGEST_NAME: usize = 90;
/// The longest sentence about one problem, in characters.
const LONGEST_PROBLEM: usize = 160;
/// More problems of one line than this are not told: the line to copy shows them all.
const MOST_PROBLEMS: usize = 3;
/// What is left for the papers of all services, in characters.
const ROOM_OF_PAPERS: usize = 900;

/// A request that was opened from a line.
#[derive(Clone, Copy)]
pub struct BatchLine<'a> {
    /// Its number.
    pub receipt: &'a ReceiptNumber,
    /// Whom it is about.
    pub subject: Option<&'a PersonName>,
    /// The service as the office calls it.
    pub service: &'a str,
    /// An earlier request for the same person and service.
    pub similar: Option<EarlierLike<'a>>,
}

/// A line that could not be read.
#[derive(Clone, Copy)]
pub struct BatchFault<'a> {
    /// The keyword that was meant.
    pub keyword: &'a str,
    /// Whom it is about, if that could be read.
    pub subject: Option<&'a PersonName>,
    /// What is wrong, in the order of the line.
    pub problems: &'a [Problem],
    /// The line to copy, from `Reading::corrected_line`.
    pub corrected_line: &'a str,
}

/// Lines that came together from somebody whom the office trusts.
#[derive(Clone, Copy)]
pub struct BatchReceived<'a> {
    /// Who handed them in: `Desa Pete`.
    pub from: &'a str,
    /// When that is told.
    pub now: Instant,
    /// When the last of them came.
    pub received_at: Instant,
    /// What was opened, in the order of the lines.
    pub opened: &'a [BatchLine<'a>],
    /// What could not be read.
    pub faulty: &'a [BatchFault<'a>],
    /// Whether what is wrong is told, or an officer looks at it.
    pub teaches: bool,
    /// The papers that each service asks for.
    pub papers: &'a [(&'a str, Vec<&'a str>)],
    /// By when a person has probably answered all of them; nothing where that cannot be said of one.
    pub expected: Option<Instant>,
    /// The office hours.
    pub hours: &'a str,
}

impl BatchReceived<'_> {
    /// The messages, in the order they are to be sent: each number stands in one of them, whole.
    pub fn texts(&self, head: &Letterhead<'_>) -> Vec<String> {
        let numbers = packed(self.opened.iter().zip(1..).map(|(line, place)| line.text(place)), "\n");
        let faults = packed(self.faulty.iter().filter(|_| self.teaches).map(BatchFault::text), "\n\n");
        let mut texts: Vec<Vec<String>> = Vec::with_capacity(numbers.len() + faults.len());
        for (place, lines) in numbers.into_iter().enumerate() {
            let opening = if place == 0 { self.salutation(head) } else { self.goes_on() };
            texts.push(vec![opening, lines]);
        }
        if let Some(last) = texts.last_mut() {
            last.push(self.lacking());
        }
        for (place, lines) in faults.into_iter().enumerate() {
            let opening = if place == 0 { self.unread() } else { self.goes_on() };
            texts.push(vec![opening, lines]);
        }
        if !self.teaches && !self.faulty.is_empty() {
            let unread = self.unread();
            match texts.last_mut() {
                Some(last) => last.push(unread),
                None => texts.push(vec![unread]),
            }
        }
        if let Some(last) = texts.last_mut() {
            let expected = self.expected.map(|at| expected(head, (self.now, at)));
            let hours = format!("Jam layanan: {}.", brief(self.hours));
            last.push(expected.into_iter().chain([hours]).collect::<Vec<_>>().join(" "));
        }
        texts.iter().map(|paragraphs| letter(head, paragraphs)).collect()
    }

    fn salutation(&self, head: &Letterhead<'_>) -> String {
        format!(
            "Yth. {}, {} permohonan telah kami terima pada {}. Mohon simpan nomornya:",
            name(self.from),
            count(self.opened.len()),
            head.zone.long(self.received_at)
        )
    }

    fn goes_on(&self) -> String {
        format!("Lanjutan untuk {}:", name(self.from))
    }

    fn unread(&self) -> String {
        let lines = count(self.faulty.len());
        if self.teaches {
            format!(
                "Yth. {}, {lines} baris belum menjadi permohonan. Mohon salin, lengkapi, lalu kirim kembali \
                 baris itu saja:",
                name(self.from)
            )
        } else {
            format!("{lines} baris belum menjadi permohonan dan akan diperiksa petugas.")
        }
    }

    fn lacking(&self) -> String {
        let lacking = |(service, papers): &(&str, Vec<&str>)| {
            format!("- {}: {}", name(service), numbered(papers.iter().copied()))
        };
        let asked = self.papers.iter().filter(|(_, papers)| !papers.is_empty());
        let mut services = packed_in(asked.map(lacking), "\n", ROOM_OF_PAPERS).into_iter();
        let Some(first) = services.next() else { return String::new() };
        let rest = services.map(|more| more.lines().count()).sum::<usize>();
        let rest = if rest > 0 { format!("\n- dan {} layanan lain", count(rest)) } else { String::new() };
        format!(
            "Berkas yang kami perlukan untuk tiap warga:\n{}{rest}\nMohon tulis nomor permohonannya sebagai \
             keterangan tiap foto. Waktu layanan dihitung setelah berkas lengkap.",
            clip(&first, ROOM_OF_PAPERS)
        )
    }
}

impl BatchLine<'_> {
    fn text(&self, place: usize) -> String {
        let similar = match self.similar {
            Some(EarlierLike { receipt: Some(receipt), .. }) => format!(" (serupa dengan *{receipt}*)"),
            Some(EarlierLike { receipt: None, .. }) => " (NIK ini sudah punya permohonan serupa)".to_owned(),
            None => String::new(),
        };
        let whose = self.subject.map(|subject| format!(" {},", name(subject.expose()))).unwrap_or_default();
        format!("{place}. *{}*{whose} {}{similar}", self.receipt, name(self.service))
    }
}

impl BatchFault<'_> {
    fn text(&self) -> String {
        let whose = self.subject.map(|subject| format!(" {}", name(subject.expose()))).unwrap_or_default();
        let problems = self.problems.iter().take(MOST_PROBLEMS);
        let problems: Vec<String> = problems.map(|problem| told(problem, LONGEST_PROBLEM)).collect();
        let line = clip(&mask_numbers(self.corrected_line), ROOM / 2);
        format!("*{}*{whose}\n{}\n{line}", name(self.keyword), problems.join("\n"))
    }
}

/// The name of somebody or something, short.
fn name(text: &str) -> String {
    clip(&typed(text), LONGEST_NAME)
}

fn count(of: usize) -> String {
    number(i64::try_from(of).unwrap_or(i64::MAX))
}

/// Lines put together as far as a message has room for them.
fn packed(lines: impl Iterator<Item = String>, between: &str) -> Vec<String> {
    packed_in(lines, between, ROOM)
}

fn packed_in(lines: impl Iterator<Item = String>, between: &str, room: usize) -> Vec<String> {
    let mut messages: Vec<String> = Vec::new();
    for line in lines {
        match messages.last_mut() {
            Some(last) if last.chars().count() + between.len() + line.chars().count() <= room => {
                last.push_str(between);
                last.push_str(&line);
            }
            _ => messages.push(line),
        }
    }
    messages
}
