//! What the form of the studio sends, and the format that it makes: whole rows, and buttons that add, move and take away.
//! Each press sends what was typed along, so that nothing is lost without scripts.

use loket_core::{
    edition::Problem,
    format::{Field, FieldKind, FormatDefinition, NumbersIn, OptionAlias, SEPARATORS},
    text::capital,
};

use super::super::fields::Fields;
use crate::{domain::regions, web::parts::Choice};

/// A date that cannot lie ahead; the word for it in the form.
const PAST: &str = "date_past";
/// Text that may hold the separator; the word for it in the form.
const OPEN: &str = "text_open";

/// More rows than a form can be meant to have.
const MOST_ROWS: usize = 40;

/// A row of the form.
pub(super) struct Row {
    /// Its label.
    pub label: String,
    /// Its kind among all.
    pub kinds: Vec<Choice>,
    /// Whether it must be filled in.
    pub need: Vec<Choice>,
    /// What stands for it in an example.
    pub example: String,
    /// Whether it is a choice.
    pub is_choice: bool,
    /// Its options, one a line, with other words behind `=`.
    pub options: String,
    /// What people write before it.
    pub labels: String,
    /// What is wrong, by input.
    problems: Vec<(String, String)>,
}

impl Row {
    /// What is wrong with one of its inputs.
    pub fn wrong(&self, input: &str) -> Option<&str> {
        self.problems.iter().find(|(known, _)| known == input).map(|(_, sentence)| sentence.as_str())
    }

    /// The row of the field in a place, with what is wrong with it.
    pub fn of((place, field): (usize, &Field), problems: &[Problem]) -> Self {
        let own = format!("fields.{place}.");
        let of_row = |one: &Problem| Some((one.part.strip_prefix(&own)?.to_owned(), one.sentence.clone()));
        let need =
            |word: &str, label: &str, required| Choice::new(word, label).chosen(field.required == required);
        Self {
            label: field.label.clone(),
            kinds: kinds(Some(word(field))),
            need: vec![need("wajib", "Wajib", true), need("boleh", "Boleh kosong", false)],
            example: field.example.clone(),
            is_choice: field.kind == FieldKind::Choice,
            options: field.options.iter().map(|option| line(field, option)).collect::<Vec<_>>().join("\n"),
            labels: field.labels.join(", "),
            problems: problems.iter().filter_map(of_row).collect(),
        }
    }
}

/// An option with its other words: `HILANG = KEHILANGAN, ILANG`.
fn line(field: &Field, option: &str) -> String {
    let others = field.option_aliases.iter().filter(|one| one.option == option);
    let others: Vec<&str> = others.map(|one| one.alias.as_str()).collect();
    if others.is_empty() { option.to_owned() } else { format!("{option} = {}", others.join(", ")) }
}

/// The word for a field's kind in the form.
fn word(field: &Field) -> &'static str {
    match field.kind {
        FieldKind::Date if field.past => PAST,
        FieldKind::Text if field.holds_separator => OPEN,
        kind => kind.word(),
    }
}

/// Every kind that can be chosen.
pub(super) fn kinds(chosen: Option<&str>) -> Vec<Choice> {
    let mut all: Vec<Choice> =
        FieldKind::ALL.iter().map(|kind| Choice::new(kind.word(), kind.label())).collect();
    let beside = [
        (FieldKind::Date, PAST, "Tanggal lahir atau yang sudah lewat"),
        (FieldKind::Text, OPEN, "Uraian panjang di akhir baris"),
    ];
    for (kind, word, label) in beside {
        let place = all.iter().position(|one| one.value == kind.word()).map_or(all.len(), |at| at + 1);
        all.insert(place, Choice::new(word, label));
    }
    all.into_iter()
        .map(|one| {
            let selected = Some(one.value.as_str()) == chosen;
            one.chosen(selected)
        })
        .collect()
}

/// Every separator.
pub(super) fn separators(chosen: char) -> Vec<Choice> {
    let said = |one: char| match one {
        '#' => "# (pagar)",
        ';' => "; (titik koma)",
        _ => "| (garis tegak)",
    };
    SEPARATORS.iter().map(|one| Choice::new(one.to_string(), said(*one)).chosen(*one == chosen)).collect()
}

/// Where identity numbers may be typed, what is advised first.
pub(super) fn numbers(chosen: NumbersIn) -> Vec<Choice> {
    [NumbersIn::Link, NumbersIn::Chat]
        .map(|one| Choice::new(one.word(), capital(one.label())).chosen(one == chosen))
        .to_vec()
}

/// A village and a kecamatan of the office, for examples that its citizens know.
#[derive(Debug, Default)]
pub(super) struct Nearby {
    village: String,
    district: String,
}

impl Nearby {
    /// Those of an area.
    pub fn of(region: &str) -> Self {
        let Some(district) = regions::districts(region).into_iter().next() else { return Self::default() };
        let village = regions::villages(district.code).next().unwrap_or_default();
        Self { village: village.to_uppercase(), district: district.name.to_uppercase() }
    }

    fn example(&self, kind: FieldKind) -> String {
        let known = match kind {
            FieldKind::Village => self.village.as_str(),
            FieldKind::District => self.district.as_str(),
            _ => "",
        };
        if known.is_empty() { Field::usual(kind).example } else { known.to_owned() }
    }
}

/// The format that a form makes of the one that is kept: what was typed, and what the pressed button does.
pub(super) fn read(kept: &FormatDefinition, fields: &Fields, nearby: &Nearby) -> FormatDefinition {
    let mut one = FormatDefinition {
        keyword: capitals(fields.one("keyword")),
        aliases: list(fields.one("aliases")).map(|word| capitals(&word)).collect(),
        separator: fields.one("separator").chars().next().unwrap_or('#'),
        trailing: fields.has("trailing"),
        numbers: fields.one("numbers").parse().unwrap_or(kept.numbers),
        fields: rows(kept, fields, nearby),
    };
    press(&mut one, (fields.one("action"), fields.one("new_kind")), nearby);
    one.settle_keys();
    one
}

fn rows(kept: &FormatDefinition, fields: &Fields, nearby: &Nearby) -> Vec<Field> {
    let places = fields.all("field_place");
    let of = |name: &str| fields.all(name);
    let (kinds, needs, examples) = (of("field_kind"), of("field_need"), of("field_example"));
    let (options, labels) = (of("field_options"), of("field_labels"));
    let at = |all: &[&str], row: usize| all.get(row).map(|text| (*text).to_owned()).unwrap_or_default();
    let named = of("field_label").into_iter().enumerate();
    named
        .take(MOST_ROWS)
        .map(|(row, label)| {
            let (kind, past, open) = kind(&at(&kinds, row));
            let old = places.get(row).and_then(|place| place.parse::<usize>().ok());
            let mut field = begun(old.and_then(|place| kept.fields.get(place)), kind);
            field.rename(collapse(label).as_str());
            field.required = at(&needs, row) != "boleh";
            (field.past, field.holds_separator) = (past, open);
            field.labels = list(&at(&labels, row)).collect();
            let example = collapse(&at(&examples, row));
            if kind == FieldKind::Choice {
                choose(&mut field, (&at(&options, row), example));
            } else {
                (field.options, field.option_aliases) = (Vec::new(), Vec::new());
                field.example = if example.is_empty() { nearby.example(kind) } else { example };
            }
            field
        })
        .collect()
}

/// The field as it is kept; as its new kind usually is where that has changed.
fn begun(old: Option<&Field>, kind: FieldKind) -> Field {
    match old {
        Some(old) if old.kind == kind => old.clone(),
        _ => Field::usual(kind),
    }
}

fn kind(word: &str) -> (FieldKind, bool, bool) {
    match word {
        PAST => (FieldKind::Date, true, false),
        OPEN => (FieldKind::Text, false, true),
        word => (word.parse().unwrap_or(FieldKind::Text), false, false),
    }
}

/// Options as they were typed, a line each, with other words behind `=`.
fn choose(field: &mut Field, (typed, example): (&str, String)) {
    (field.options, field.option_aliases) = (Vec::new(), Vec::new());
    for line in typed.lines() {
        let (option, others) = line.split_once('=').unwrap_or((line, ""));
        let option = capitals(option);
        if option.is_empty() {
            continue;
        }
        let others =
            list(others).map(|alias| OptionAlias { option: option.clone(), alias: capitals(&alias) });
        field.option_aliases.extend(others);
        field.options.push(option);
    }
    let known = field.options.contains(&example);
    field.example = if known { example } else { field.options.first().cloned().unwrap_or_default() };
}

/// A button: `tambah`, or what to do with the row of a place: `naik:2`.
fn press(one: &mut FormatDefinition, (action, new_kind): (&str, &str), nearby: &Nearby) {
    if action == "tambah" {
        let (kind, past, open) = kind(new_kind);
        one.add(kind);
        if let Some(field) = one.fields.last_mut() {
            (field.past, field.holds_separator) = (past, open);
            field.example = nearby.example(kind);
            if past {
                field.rename("Tanggal lahir");
            }
        }
        return;
    }
    let Some((verb, place)) = action.split_once(':') else { return };
    let Ok(place) = place.parse::<usize>() else { return };
    match verb {
        "naik" => one.move_up(place),
        "turun" => one.move_up(place.saturating_add(1)),
        "buang" => one.take_away(place),
        _ => {}
    }
}

fn capitals(text: &str) -> String {
    collapse(text).to_uppercase()
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words between commas or on lines of their own.
fn list(text: &str) -> impl Iterator<Item = String> {
    text.split([',', '\n']).map(collapse).filter(|word| !word.is_empty()).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use loket_core::format::POSTERS;
    use proptest::prelude::*;

    use super::*;

    /// What the form of a format sends when nothing was typed.
    fn sent(one: &FormatDefinition, action: &str) -> Vec<(String, String)> {
        let mut all = vec![
            ("keyword", one.keyword.clone()),
            ("aliases", one.aliases.join(", ")),
            ("separator", one.separator.to_string()),
            ("numbers", one.numbers.word().to_owned()),
            ("action", action.to_owned()),
            ("new_kind", "nik".to_owned()),
        ];
        if one.trailing {
            all.push(("trailing", "1".to_owned()));
        }
        for (place, field) in one.fields.iter().enumerate() {
            let row = Row::of((place, field), &[]);
            all.push(("field_place", place.to_string()));
            all.push(("field_label", row.label));
            all.push(("field_kind", word(field).to_owned()));
            all.push(("field_need", if field.required { "wajib" } else { "boleh" }.to_owned()));
            all.push(("field_example", row.example));
            all.push(("field_options", row.options));
            all.push(("field_labels", row.labels));
        }
        all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn pressed(one: &FormatDefinition, action: &str) -> FormatDefinition {
        read(one, &Fields::new(sent(one, action)), &Nearby::of("3603"))
    }

    fn labels(one: &FormatDefinition) -> Vec<&str> {
        one.fields.iter().map(|field| field.label.as_str()).collect()
    }

    #[test]
    fn a_form_sent_as_it_was_drawn_changes_nothing_but_keys_of_old() {
        for one in POSTERS.iter().flat_map(|poster| poster.formats()) {
            let mut settled = one.clone();
            settled.settle_keys();
            for (field, old) in settled.fields.iter_mut().zip(&one.fields) {
                // Options lie by option, whatever order their other words were printed in.
                field
                    .option_aliases
                    .sort_by_key(|other| old.options.iter().position(|option| *option == other.option));
            }
            assert_eq!(pressed(&one, ""), settled, "{}", one.keyword);
        }
    }

    #[test]
    fn buttons_add_move_and_take_away_fields() {
        let one = POSTERS[0].formats().remove(0);
        assert_eq!(labels(&one), ["Nomor KK", "Nama kepala keluarga", "Desa", "Kecamatan"]);
        let up = pressed(&one, "naik:1");
        assert_eq!(labels(&up), ["Nama kepala keluarga", "Nomor KK", "Desa", "Kecamatan"]);
        assert_eq!(labels(&pressed(&one, "turun:0")), labels(&up));
        assert_eq!(labels(&pressed(&one, "naik:0")), labels(&one));
        assert_eq!(labels(&pressed(&one, "buang:2")), ["Nomor KK", "Nama kepala keluarga", "Kecamatan"]);
        assert_eq!(pressed(&one, "tambah").fields.last().map(|field| field.kind), Some(FieldKind::Nik));
    }

    #[test]
    fn options_are_read_with_their_other_words_and_an_example_among_them() {
        let one = FormatDefinition::blank("KTP");
        let rows = [
            ("field_label", "Jenis"),
            ("field_kind", "choice"),
            ("field_options", "hilang = kehilangan, ilang\n\n rusak \n"),
        ];
        let sent = rows.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let read = read(&one, &Fields::new(sent), &Nearby::default());
        let field = &read.fields[0];
        assert_eq!(
            (&field.options, field.key.as_str()),
            (&vec!["HILANG".to_owned(), "RUSAK".to_owned()], "jenis")
        );
        assert_eq!(Row::of((0, field), &[]).options, "HILANG = KEHILANGAN, ILANG\nRUSAK");
        assert_eq!(field.example, "HILANG");
    }

    #[test]
    fn a_field_of_another_kind_has_the_key_and_the_example_of_that() {
        let mut one = FormatDefinition::blank("KTP");
        one.add(FieldKind::Name);
        let mut form = sent(&one, "");
        for (name, value) in &mut form {
            match name.as_str() {
                "field_kind" => "nik".clone_into(value),
                "field_example" => value.clear(),
                _ => {}
            }
        }
        let read = read(&one, &Fields::new(form), &Nearby::default());
        assert_eq!((read.fields[0].key.as_str(), read.fields[0].example.as_str()), ("nik", "16 angka NIK"));
    }

    proptest! {
        #[test]
        fn no_button_breaks_a_form(verb in "(tambah|buang|naik|turun|lain)", place in any::<u64>()) {
            for one in POSTERS[0].formats() {
                let after = pressed(&one, &format!("{verb}:{place}"));
                prop_assert!(after.fields.len() <= one.fields.len() + 1);
            }
        }
    }
}
