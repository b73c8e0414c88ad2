//! A format as a form: its fields typed one by one, checked by the same rules as a line.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    evaluate::{Given, Plan, Setting, evaluate},
    grammar::Grammar,
    normalise::key,
    problem::ProblemKind,
    reading::Reading,
    values::{LONGEST_TEXT, is_blank},
};

impl Grammar {
    /// Reads what was typed into the fields of a format, by their keys. Nothing is guessed: a value belongs to the field
    /// in which it stands. `None` where no format begins with the keyword.
    pub fn fill(&self, keyword: &str, typed: &BTreeMap<String, String>, today: NaiveDate) -> Option<Reading> {
        let format = self.format(self.keyword(&key(keyword))?)?;
        let fields = &format.definition.fields;
        let mut plan = Plan::new(fields.len());
        for (index, field) in fields.iter().enumerate() {
            let Some(raw) = typed.get(&field.key).map(|text| text.trim()) else { continue };
            if raw.chars().count() > LONGEST_TEXT {
                plan.force(index, ProblemKind::TooLong(LONGEST_TEXT));
            } else if !is_blank(raw) {
                plan.give(index, Given { raw, labelled: true, moved: false });
            }
        }
        let setting = Setting { format, regions: &self.regions, today };
        Some(Reading::new(&format.definition, evaluate(setting, &plan)))
    }
}
