//! What a citizen sees of a format: the line, an example, the poster, and the reply to a line with a fault.

use chrono::NaiveDate;
use loket_core::{
    format::{FormatDefinition, Message, Reading},
    reply::Correction,
    text::mask_numbers,
};

use crate::domain::{requests, tenancy::Office};

/// The longest line that is tried, in letters.
const LONGEST_TRIED: usize = 2_000;

/// What a citizen sees.
pub(super) struct Preview {
    /// The published line.
    pub line: String,
    /// The words of a poster.
    pub poster: String,
    /// A line in which the first field is missing, and what is answered; none where nothing can be missing.
    pub taught: Option<(String, String)>,
}

/// A line that was tried.
pub(super) struct Tried {
    /// What it was taken for.
    pub verdict: String,
    /// `ok`, `warn` or `quiet`.
    pub tone: &'static str,
    /// What was read: names of fields with their values, numbers masked.
    pub fields: Vec<(String, String)>,
    /// What is wrong, in the words that a citizen gets.
    pub problems: Vec<String>,
    /// What is worth knowing.
    pub notes: Vec<&'static str>,
    /// The line to copy, for one with a fault.
    pub corrected: Option<String>,
}

impl Preview {
    /// Draws it; `free` says whether the law makes the service free.
    pub fn of(
        one: &FormatDefinition,
        (service, free): (&str, bool),
        (office, today): (&Office, NaiveDate),
    ) -> Self {
        Self {
            line: one.line_template(),
            poster: one.poster_text(service),
            taught: taught(one, free, (office, today)),
        }
    }
}

/// The example without the first required field that a citizen types, and the reply to it.
fn taught(
    one: &FormatDefinition,
    free: bool,
    (office, today): (&Office, NaiveDate),
) -> Option<(String, String)> {
    let mut faulty = one.clone();
    let first = one.fields.iter().position(|field| field.required && !one.is_linked(field))?;
    faulty.fields.get_mut(first)?.example.clear();
    let line = faulty.example();
    let message = requests::try_line(office, one, &line, today);
    let reading = message.requests.first()?;
    let corrected_line = reading.corrected_line()?;
    let text = Correction {
        keyword: &reading.keyword,
        problems: &reading.problems,
        corrected_line,
        handed_over: false,
        hours: &office.hours,
    }
    .text(&office.head(free));
    Some((line, text))
}

impl Tried {
    /// Reads a line by a draft.
    pub fn of(one: &FormatDefinition, text: &str, (office, today): (&Office, NaiveDate)) -> Option<Self> {
        let text: String = text.chars().take(LONGEST_TRIED).collect();
        if text.trim().is_empty() {
            return None;
        }
        let Message { requests: readings, .. } = requests::try_line(office, one, &text, today);
        let Some(reading) = readings.first() else {
            let verdict = "Tidak dikenali sebagai baris format ini. Pesan akan dibaca petugas.".to_owned();
            return Some(Self::unread(verdict));
        };
        let linked = requests::asks_behind_a_link(one, reading);
        let (verdict, tone) = match (reading.is_complete(), readings.len()) {
            (true, 1) if linked => {
                ("Terbaca lengkap. Warga mendapat tautan untuk mengisi nomornya.".to_owned(), "ok")
            }
            (true, 1) => ("Terbaca lengkap. Permohonan langsung dibuka.".to_owned(), "ok"),
            (true, more) => (format!("Terbaca {more} permohonan. Yang pertama:"), "ok"),
            (false, _) => ("Dikenali, tetapi belum lengkap. Warga mendapat balasan ini.".to_owned(), "warn"),
        };
        Some(Self {
            verdict,
            tone,
            fields: fields(one, reading),
            problems: reading.problems.iter().map(loket_core::format::Problem::sentence).collect(),
            notes: reading.notes.iter().map(|note| note.kind.sentence()).collect(),
            corrected: reading.corrected_line().map(str::to_owned),
        })
    }

    fn unread(verdict: String) -> Self {
        Self {
            verdict,
            tone: "quiet",
            fields: Vec::new(),
            problems: Vec::new(),
            notes: Vec::new(),
            corrected: None,
        }
    }
}

fn fields(one: &FormatDefinition, reading: &Reading) -> Vec<(String, String)> {
    let read = one.fields.iter().filter_map(|field| Some((field, reading.fields.get(&field.key)?)));
    read.map(|(field, value)| (field.label.clone(), mask_numbers(value.expose()))).collect()
}
