//! A form whose fields are those of a format: what the office publishes as a line is typed here field by field.

use std::collections::BTreeMap;

use loket_core::format::{Field, FieldKind, FormatDefinition, Problem};

use super::parts::Choice;
use crate::domain::{regions, requests::RECIPIENT, tenancy::Office};

/// What stands before the name of a field: formats are the office's own, and none of their keys may be taken for
/// another field of the page.
const PLAIN: &str = "isi.";

/// A field as it is drawn.
pub struct Input {
    /// What it is called.
    pub label: String,
    /// Its name in the form.
    pub name: String,
    /// How it is typed.
    pub shape: Shape,
    /// What was typed.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// How it is written.
    pub hint: Option<&'static str>,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// How a field is typed.
pub enum Shape {
    /// One line; the kind of keyboard that a telephone shows for it.
    Line(Option<&'static str>),
    /// Several lines.
    Lines,
    /// One of these.
    Choice(Vec<Choice>),
}

/// The fields of a form with what was typed and what is wrong; `required` says which must be filled in here.
pub fn inputs(
    form: &FormatDefinition,
    office: &Office,
    (typed, problems): (&BTreeMap<String, String>, &[Problem]),
    required: impl Fn(&Field) -> bool,
) -> Vec<Input> {
    let input = |field: &Field| {
        let value = typed.get(&field.key).cloned().unwrap_or_default();
        Input {
            label: field.label.clone(),
            name: plain_name(&field.key),
            shape: shape(field, office, &value),
            required: required(field),
            hint: hint(field),
            error: problems
                .iter()
                .find(|problem| problem.key.as_deref() == Some(&field.key))
                .map(Problem::sentence),
            value,
        }
    };
    form.fields.iter().map(input).collect()
}

/// The name of a field in the form.
pub fn plain_name(key: &str) -> String {
    format!("{PLAIN}{key}")
}

/// The key of a field by its name in the form.
pub fn plain_key(name: &str) -> Option<&str> {
    name.strip_prefix(PLAIN)
}

/// The fields among everything that was sent, by key.
pub fn typed(sent: Vec<(String, String)>) -> BTreeMap<String, String> {
    sent.into_iter().filter_map(|(name, value)| Some((plain_key(&name)?.to_owned(), value))).collect()
}

fn shape(field: &Field, office: &Office, value: &str) -> Shape {
    let choices = |all: Vec<&str>| {
        Shape::Choice(all.into_iter().map(|one| Choice::new(one, one).chosen(one == value)).collect())
    };
    match field.kind {
        FieldKind::Nik | FieldKind::Kk => Shape::Line(Some("numeric")),
        FieldKind::Phone => Shape::Line(Some("tel")),
        FieldKind::Text if field.key == RECIPIENT => Shape::Line(None),
        FieldKind::Text | FieldKind::Address => Shape::Lines,
        FieldKind::Choice => choices(field.options.iter().map(String::as_str).collect()),
        FieldKind::District => {
            choices(regions::districts(&office.region_code).into_iter().map(|one| one.name).collect())
        }
        FieldKind::Name | FieldKind::Village | FieldKind::DocumentNumber | FieldKind::Date => {
            Shape::Line(None)
        }
    }
}

fn hint(field: &Field) -> Option<&'static str> {
    match field.kind {
        FieldKind::Text if field.key == RECIPIENT => Some("Contoh: Sari Aminah, anak."),
        FieldKind::Name => Some("Seperti tertulis di KK."),
        FieldKind::Date => Some("Tanggal-bulan-tahun, contoh: 27-04-2019."),
        _ => None,
    }
}
