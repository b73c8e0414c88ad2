//! A draft tried on what citizens wrote: what would be read that is not, what would no longer be, and what is wrong.
//!
//! Whole messages are compared, by all formats of the office: a new keyword can take lines from another format.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::{
    layers::Layers,
    reading::{Message, Reading},
};

/// A message to try, on the day on which it was written.
pub struct BenchMessage {
    /// Its words.
    pub text: String,
    /// The day in the office's zone.
    pub day: NaiveDate,
}

/// What became of a message that is read differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was no complete line and would be one.
    Gained,
    /// It was a complete line and would be none.
    Lost,
    /// It stays complete, with other values.
    Changed,
}

/// How often something is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemCount {
    /// What is wrong: `NIK: jumlah angka tidak 16`.
    pub title: String,
    /// How often by what is current.
    pub before: usize,
    /// How often by the draft.
    pub after: usize,
}

/// What a draft does to the messages of an office.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bench {
    /// How many messages were tried.
    pub tried: usize,
    /// How many are complete by what is current.
    pub before: usize,
    /// How many would be complete by the draft.
    pub after: usize,
    /// How many would be complete that are not.
    pub gained: usize,
    /// How many would no longer be complete.
    pub lost: usize,
    /// How many would be complete with other values.
    pub changed: usize,
    /// What is wrong with lines, the most frequent by the draft first.
    pub problems: Vec<ProblemCount>,
    /// Which messages are read differently, by their place among those that were tried.
    pub differing: Vec<(usize, Fate)>,
}

impl Bench {
    /// Whether no message is read differently.
    pub fn is_even(&self) -> bool {
        self.gained + self.lost + self.changed == 0
    }
}

/// Reads every message by what is current and by the draft.
pub fn bench(messages: &[BenchMessage], current: &Layers, draft: &Layers) -> Bench {
    let mut told = Bench { tried: messages.len(), ..Bench::default() };
    let mut problems: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    // Many people send the same greeting.
    let mut known: HashMap<(&str, NaiveDate), Option<Fate>> = HashMap::new();
    for (place, message) in messages.iter().enumerate() {
        let (old, _) = current.read(&message.text, message.day);
        let (new, _) = draft.read(&message.text, message.day);
        told.before += usize::from(is_good(&old));
        told.after += usize::from(is_good(&new));
        count(&old, &mut problems, |counts| &mut counts.0);
        count(&new, &mut problems, |counts| &mut counts.1);
        let fate = fate(&old, &new);
        if known.insert((message.text.as_str(), message.day), fate).is_none()
            && let Some(fate) = fate
        {
            told.differing.push((place, fate));
        }
        match fate {
            Some(Fate::Gained) => told.gained += 1,
            Some(Fate::Lost) => told.lost += 1,
            Some(Fate::Changed) => told.changed += 1,
            None => {}
        }
    }
    let rows = problems.into_iter();
    told.problems = rows.map(|(title, (before, after))| ProblemCount { title, before, after }).collect();
    told.problems.sort_by_key(|one| std::cmp::Reverse((one.after, one.before)));
    told
}

fn is_good(message: &Message) -> bool {
    !message.requests.is_empty() && message.requests.iter().all(Reading::is_complete)
}

fn fate(old: &Message, new: &Message) -> Option<Fate> {
    match (is_good(old), is_good(new)) {
        (false, true) => Some(Fate::Gained),
        (true, false) => Some(Fate::Lost),
        (true, true) if values(old) != values(new) => Some(Fate::Changed),
        _ => None,
    }
}

/// What was read, without the names of fields: a field that is only called otherwise is no other value.
fn values(message: &Message) -> Vec<(&str, Vec<String>)> {
    let each = message.requests.iter();
    each.map(|one| {
        let mut all: Vec<String> = one.fields.iter().map(|(_, value)| value.expose().to_owned()).collect();
        all.sort();
        (one.keyword.as_str(), all)
    })
    .collect()
}

fn count(
    message: &Message,
    problems: &mut BTreeMap<String, (usize, usize)>,
    of: impl Fn(&mut (usize, usize)) -> &mut usize,
) {
    for problem in message.requests.iter().flat_map(|one| &one.problems) {
        let title = format!("{}: {}", problem.label, title(problem.kind.code()));
        *of(problems.entry(title).or_default()) += 1;
    }
}

/// A kind of problem in a few words, by its code.
fn title(code: &str) -> &'static str {
    match code {
        "missing" => "belum diisi",
        "length" => "jumlah angka tidak 16",
        "nik" | "kk" | "kk_date" => "susunan angkanya keliru",
        "same_number" | "which_number" => "NIK dan nomor KK tidak dapat dibedakan",
        "name" => "bukan nama",
        "option" => "bukan salah satu pilihan",
        "not_a_place" | "unknown_place" => "bukan wilayah kantor ini",
        "several_places" => "lebih dari satu wilayah bernama sama",
        "not_in_district" | "not_of_village" => "desa dan kecamatan tidak cocok",
        "document_number" => "bukan nomor dokumen",
        "date" | "future" => "tanggal keliru",
        "phone" => "bukan nomor telepon",
        "too_long" => "terlalu panjang",
        "too_many" => "isian terlalu banyak",
        _ => "tidak jelas",
    }
}
