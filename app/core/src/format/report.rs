//! A reading as programs get it: one JSON object, with the keys that every office's fields share.

use serde_json::{Map, Value, json};

use super::{
    grammar::Grammar,
    problem::Problem,
    reading::{Message, Reading},
    schema::{FieldKind, FormatDefinition},
};

impl FieldKind {
    /// The key under which programs get a field of this kind, whatever the office calls it.
    pub const fn report_key(self) -> &'static str {
        match self {
            Self::Nik => "nik",
            Self::Kk => "kk",
            Self::Name => "name",
            Self::Village => "village",
            Self::District => "district",
            Self::Choice => "option",
            Self::Text => "purpose",
            Self::Address => "address",
            Self::DocumentNumber => "document_no",
            Self::Date => "date",
            Self::Phone => "phone",
        }
    }
}

impl Message {
    /// The message as one JSON object: `outcome` (`parsed`, `needs_correction`, `not_a_format`), `service`,
    /// `fields`, `problems`, `canonical`, `corrected`, and `more` for further requests. Holds identity numbers:
    /// for the command line and tests.
    pub fn report(&self, grammar: &Grammar) -> Value {
        let mut requests = self.requests.iter().map(|reading| one(reading, grammar));
        let Some(mut first) = requests.next() else {
            return json!({
                "outcome": "not_a_format", "service": null, "fields": {}, "problems": [], "canonical": null,
                "corrected": null, "maybe": self.maybe,
            });
        };
        let more: Vec<_> = requests.collect();
        if let (Some(object), false) = (first.as_object_mut(), more.is_empty()) {
            object.insert("more".to_owned(), Value::Array(more));
        }
        first
    }
}

fn one(reading: &Reading, grammar: &Grammar) -> Value {
    let definition = grammar.definitions().find(|definition| definition.keyword == reading.keyword);
    let key = |key: &str| -> &'static str {
        definition.and_then(|d| d.field(key)).map_or("", |field| field.kind.report_key())
    };
    let mut fields = Map::new();
    let mut confidence = Map::new();
    for (name, value) in reading.fields.iter() {
        fields.insert(key(name).to_owned(), json!(value.expose()));
        confidence.insert(key(name).to_owned(), json!(reading.fields.confidence(name)));
    }
    let notes: Vec<_> = reading
        .notes
        .iter()
        .map(|note| json!({ "field": note.key.as_deref().map(key), "code": note.kind.word() }))
        .collect();
    json!({
        "outcome": if reading.is_complete() { "parsed" } else { "needs_correction" },
        "service": reading.keyword,
        "fields": fields,
        "confidence": confidence,
        "problems": reading.problems.iter().map(|problem| of_field(problem, definition)).collect::<Vec<_>>(),
        "notes": notes,
        "canonical": reading.canonical(),
        "corrected": reading.corrected_line(),
    })
}

fn of_field(problem: &Problem, definition: Option<&FormatDefinition>) -> Value {
    let field = problem.key.as_deref().and_then(|key| definition?.field(key));
    json!({ "field": field.map(|field| field.kind.report_key()), "code": problem.kind.code() })
}
