//! What a citizen of the demonstration writes first: the line of the office's format, loose words where there is none.

use loket_core::format::{Field, FieldKind, FormatDefinition, NumbersIn};

use super::{offices::DemoOffice, plan::Case};
use crate::domain::regions;

/// What a line is filled in with.
pub(super) struct Typed<'a> {
    pub(super) name: &'a str,
    pub(super) nik: &'a str,
    pub(super) kk: &'a str,
    pub(super) village: &'a str,
    pub(super) district: &'a str,
    /// Which variant is asked for, where the line knows it.
    pub(super) option: &'a str,
}

impl Typed<'_> {
    /// The line of a format, with its numbers wherever they are asked for: people go on typing what they always typed.
    pub(super) fn line(&self, format: &FormatDefinition) -> String {
        let whole = FormatDefinition { numbers: NumbersIn::Chat, ..format.clone() };
        whole.filled(|field| self.value(field))
    }

    fn value(&self, field: &Field) -> String {
        let text = match field.kind {
            FieldKind::Nik => self.nik,
            FieldKind::Kk => self.kk,
            FieldKind::Name => self.name,
            FieldKind::Village => self.village,
            FieldKind::District => self.district,
            FieldKind::Choice => return self.chosen(field),
            FieldKind::Address => "Jalan Merdeka 10, Kota Batu",
            FieldKind::DocumentNumber => "SKPWNI/3579/2026/0042",
            FieldKind::Phone => "",
            FieldKind::Text | FieldKind::Date => field.example.as_str(),
        };
        text.to_owned()
    }

    fn chosen(&self, field: &Field) -> String {
        let known =
            field.options.iter().find(|option| field.option_names(option, (self.option, self.option)));
        known.or(field.options.first()).cloned().unwrap_or_default()
    }
}

/// What somebody writes to an office without formats.
pub(super) fn loose_words(name: &str) -> String {
    format!("Selamat pagi, saya {name} mau mengurus, berkasnya saya kirim di sini.")
}

/// What the citizen of a case writes: the line of the office's format for the service, loose words where it has none.
pub(super) fn first_words(office: &DemoOffice, case: &Case) -> String {
    let formats = office.formats();
    let Some(format) = formats.iter().find(|format| format.keyword == case.service) else {
        return loose_words(case.citizen);
    };
    let districts = regions::districts(office.region);
    let district = districts.get(usize::try_from(case.lot >> 8).unwrap_or(0) % districts.len().max(1));
    let (code, district) = district.map_or(("000000", ""), |one| (one.code, one.name));
    let village = regions::villages(code).next().unwrap_or_default();
    let day = 1 + case.lot % 28;
    let month = 1 + (case.lot >> 5) % 12;
    let serial = 9000 + (case.lot >> 16) % 999;
    let nik = format!("{code}{day:02}{month:02}{:02}{serial:04}", 60 + (case.lot >> 24) % 40);
    let kk = format!("{code}{day:02}{month:02}15{serial:04}");
    let occasion = ["PEMULA", "HILANG", "RUSAK"].get(usize::try_from(case.lot % 3).unwrap_or(0)).copied();
    let typed = Typed {
        name: &case.citizen.to_uppercase(),
        nik: &nik,
        kk: &kk,
        village,
        district,
        option: occasion.unwrap_or("HILANG"),
    };
    typed.line(format)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test")]

    use loket_core::{
        format::{Grammar, Reading, nameless},
        zone::OfficeZone,
    };

    use super::*;
    use crate::{
        demo::{offices::OFFICES, plan::cases},
        domain::catalogue,
        testing::monday_morning,
    };

    #[test]
    fn every_line_of_the_story_is_read_whole_by_the_offices_formats() {
        let now = monday_morning();
        for (place, office) in OFFICES.iter().enumerate() {
            let grammar = Grammar::new(office.formats(), regions::index(office.region));
            let mut lines = 0;
            for case in cases(place, office, OfficeZone::Wib, now) {
                let words = first_words(office, &case);
                let message = grammar.parse(&words, OfficeZone::Wib.date(now));
                assert!(message.requests.iter().all(Reading::is_complete), "{}: {words}", office.slug);
                assert!(message.requests.iter().all(|one| one.keyword == case.service), "{words}");
                lines += message.requests.len();
            }
            assert!(lines > 10, "{}: {lines} lines", office.slug);
        }
    }

    #[test]
    fn every_option_of_the_offices_lines_names_a_variant() {
        for office in &OFFICES {
            for format in office.formats() {
                let Some(entry) = catalogue::entry(&format.keyword).unwrap() else { continue };
                let shipped = entry.standard.variants.iter();
                let mut variants: Vec<_> =
                    shipped.map(|one| (one.code.as_str(), one.name.as_str())).collect();
                let own = office.within.iter().filter(|(code, _, _)| *code == format.keyword);
                variants.extend(own.map(|(_, _, [code, name])| (*code, *name)));
                assert_eq!(nameless(&format, &variants), None, "{} {}", office.slug, format.keyword);
            }
        }
    }
}
