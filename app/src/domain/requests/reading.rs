//! What messages to an office are read by: its formats of today, with the villages of its area.
//!
//! Making an office's formats ready costs more than reading a line by them, so what was made is kept for the office
//! until its formats or its area are others.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use chrono::NaiveDate;
use loket_core::{
    format::{FormatDefinition, Grammar, Message},
    id::OfficeId,
};

use crate::{
    domain::{catalogue::Catalogue, regions, tenancy::Office},
    infra::Cx,
};

/// Reads messages to one office, on one day.
pub struct Reader {
    grammar: Arc<Grammar>,
    today: NaiveDate,
}

impl Reader {
    /// What reads today's messages to the office.
    pub fn new(cx: &Cx<'_>, office: &Office, catalogue: &Catalogue) -> Self {
        Self {
            grammar: prepared(office.id, &office.region_code, &catalogue.formats),
            today: office.zone.date(cx.now()),
        }
    }

    /// The requests in a message.
    pub fn read(&self, text: &str) -> Message {
        self.grammar.parse(text, self.today)
    }
}

/// An office's formats, made ready once.
fn prepared(office: OfficeId, region: &str, formats: &[FormatDefinition]) -> Arc<Grammar> {
    static KEPT: LazyLock<Mutex<HashMap<OfficeId, Arc<Grammar>>>> = LazyLock::new(Mutex::default);
    let regions = regions::index(region);
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(&office).cloned();
    if let Some(kept) = kept.filter(|kept| kept.is_of(formats, &regions)) {
        return kept;
    }
    let made = Arc::new(Grammar::new(formats.iter().cloned(), regions));
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(office, Arc::clone(&made));
    made
}

#[cfg(test)]
mod tests {
    use loket_core::format::tangerang_formats;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_office_is_made_ready_once_until_its_formats_or_its_area_change() {
        let (office, mut formats) = (OfficeId(Uuid::from_u128(7)), tangerang_formats());
        let first = prepared(office, "3603", &formats);
        assert!(Arc::ptr_eq(&first, &prepared(office, "3603", &formats)));
        assert!(!Arc::ptr_eq(&first, &prepared(office, "3579", &formats)));
        let other = prepared(OfficeId(Uuid::from_u128(8)), "3603", &formats);
        assert!(!Arc::ptr_eq(&first, &other));
        formats.pop();
        let fewer = prepared(office, "3603", &formats);
        assert_eq!(fewer.definitions().count(), 4);
        assert!(Arc::ptr_eq(&fewer, &prepared(office, "3603", &formats)));
    }
}
