//! The shelf of ready messages: each format as published and as people type it, questions, complaints.

use loket_core::format::{Field, FieldKind, FormatDefinition};

use super::people::{Person, spoken};

/// Messages of one sort.
pub struct ReadyGroup {
    /// What they have in common.
    pub title: &'static str,
    /// The messages.
    pub messages: Vec<ReadyMessage>,
}

/// A message that one press sends.
pub struct ReadyMessage {
    /// On the button.
    pub label: String,
    /// What is sent.
    pub text: String,
}

impl ReadyMessage {
    fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into() }
    }
}

const QUESTIONS: [(&str, &str); 4] = [
    ("Syarat KTP hilang", "Selamat pagi, syarat KTP hilang apa saja ya?"),
    ("Jam layanan", "Hari ini buka sampai jam berapa, Pak/Bu?"),
    ("Sudah sampai mana", "Permohonan saya minggu lalu sudah sampai mana ya?"),
    ("Salam saja", "Assalamualaikum"),
];

const COMPLAINTS: [(&str, &str); 3] = [
    ("Belum jadi", "Saya mau mengadu. KTP saya sudah dua minggu belum jadi, katanya satu hari."),
    ("Diminta uang", "Pengaduan: kemarin ada yang meminta uang untuk mengurus KK, bukankah gratis?"),
    ("Tidak dijawab", "Sudah tiga kali saya kirim pesan ke nomor ini, belum pernah dijawab."),
];

/// The shelf for a number with these formats and for this person.
pub fn shelf(formats: &[FormatDefinition], person: &Person) -> Vec<ReadyGroup> {
    let fixed = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(label, text)| ReadyMessage::new(*label, *text)).collect::<Vec<_>>()
    };
    let groups = [
        ReadyGroup { title: "Tepat", messages: formats.iter().flat_map(|f| exact(f, person)).collect() },
        ReadyGroup {
            title: "Salah ketik",
            messages: formats.first().map_or_else(Vec::new, |f| wrong(f, person)),
        },
        ReadyGroup { title: "Pertanyaan", messages: fixed(&QUESTIONS) },
        ReadyGroup { title: "Pengaduan", messages: fixed(&COMPLAINTS) },
    ];
    groups.into_iter().filter(|group| !group.messages.is_empty()).collect()
}

/// One message a format, or one an option where the format has a choice.
fn exact(format: &FormatDefinition, person: &Person) -> Vec<ReadyMessage> {
    let options = format.fields.iter().find(|field| field.kind == FieldKind::Choice);
    match options.map(|field| field.options.as_slice()) {
        Some(options) if !options.is_empty() => options
            .iter()
            .map(|option| {
                let label = format!("{} {}", format.keyword, option.to_lowercase());
                ReadyMessage::new(label, line(format, person, Some(option)))
            })
            .collect(),
        _ => vec![ReadyMessage::new(format.keyword.clone(), line(format, person, None))],
    }
}

/// The ways in which lines come in.
fn wrong(format: &FormatDefinition, person: &Person) -> Vec<ReadyMessage> {
    let good = line(format, person, None);
    let bare = good.trim_matches(format.separator);
    let spaced = bare.split(format.separator).collect::<Vec<_>>();
    let short = |number: &str| number.get(..15).unwrap_or(number).to_owned();
    let mut messages = vec![
        ReadyMessage::new("Huruf kecil, berspasi", format!("# {} ", spaced.join(" # ").to_lowercase())),
        ReadyMessage::new("Tanpa tanda pagar", spaced.join(" ")),
        ReadyMessage::new("Isian kurang", format!("#{}", spaced.get(..2).unwrap_or(&spaced).join("#"))),
        ReadyMessage::new("Contoh disalin mentah", format.line_template()),
        ReadyMessage::new("Ada salam di depan", format!("Selamat siang pak, {good} terima kasih")),
    ];
    let number = if good.contains(person.nik) { person.nik } else { person.kk };
    if good.contains(number) {
        messages.push(ReadyMessage::new("Kurang satu angka", good.replacen(number, &short(number), 1)));
        let letters = number.replace('0', "O");
        messages.push(ReadyMessage::new("Huruf O untuk nol", good.replacen(number, &letters, 1)));
    }
    messages
}

/// The line as published, with this person's values.
fn line(format: &FormatDefinition, person: &Person, option: Option<&str>) -> String {
    format.filled(|field| value(field, person, option))
}

fn value(field: &Field, person: &Person, option: Option<&str>) -> String {
    match field.kind {
        FieldKind::Nik => person.nik.to_owned(),
        FieldKind::Kk => person.kk.to_owned(),
        FieldKind::Name if field.key.contains("kepala") => person.head_of_family.to_owned(),
        FieldKind::Name => person.name.to_owned(),
        FieldKind::Village => person.village.to_owned(),
        FieldKind::District => person.district.to_owned(),
        FieldKind::Choice => {
            option.map(str::to_owned).or_else(|| field.options.first().cloned()).unwrap_or_default()
        }
        FieldKind::DocumentNumber => "SKPWNI/0000/10112026/0001".to_owned(),
        FieldKind::Address => "JALAN CONTOH NOMOR 1 RT 001 RW 002, KOTA BATU".to_owned(),
        FieldKind::Date => "12-10-2026".to_owned(),
        FieldKind::Phone => "0800 0000 0001".to_owned(),
        FieldKind::Text => format!("{} ikut keluarga", spoken(person.name)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use loket_core::format::{Grammar, Message, Reading, tangerang_formats};

    use super::*;
    use crate::{domain::regions, web::simulator::people::PEOPLE};

    fn read(region: &str, text: &str) -> Message {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
        Grammar::new(tangerang_formats(), regions::index(region)).parse(text, today)
    }

    #[test]
    fn every_exact_message_of_everybody_is_read_without_a_fault() {
        let formats = tangerang_formats();
        for person in &PEOPLE {
            let messages: Vec<_> = formats.iter().flat_map(|format| exact(format, person)).collect();
            assert_eq!(messages.len(), 7);
            for message in messages {
                let read = read(&person.kk[..4], &message.text);
                assert!(read.requests.iter().all(Reading::is_complete), "{}", message.label);
                assert_eq!(read.requests.len(), 1, "{}", message.label);
            }
        }
    }

    #[test]
    fn questions_and_complaints_are_no_formats() {
        for (label, text) in QUESTIONS.iter().chain(&COMPLAINTS) {
            assert!(read("3603", text).requests.is_empty(), "{label}");
        }
    }

    #[test]
    fn a_number_without_formats_has_no_lines_on_its_shelf() {
        let titles: Vec<_> = shelf(&[], &PEOPLE[0]).iter().map(|group| group.title).collect();
        assert_eq!(titles, ["Pertanyaan", "Pengaduan"]);
    }
}
