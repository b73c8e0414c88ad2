//! What messages to an office are read by: its formats of today, with the villages of its area.
//!
//! Making an office's formats ready costs more than reading a line by them, so what was made is kept for the office
//! until its formats or its area are others.

use std::sync::Arc;

use chrono::NaiveDate;
use loket_core::format::{FormatDefinition, Grammar, Layers, Message};

use crate::{
    domain::{catalogue::Catalogue, regions, tenancy::Office},
    infra::{Cx, memory::Remembered},
};

/// What a definition made ready takes, roughly: the words of its labels and options. Villages are shared.
const A_FORMAT: usize = 24 << 10;

impl Remembered for Grammar {
    fn bytes(&self) -> usize {
        self.definitions().count() * A_FORMAT
    }
}

/// Reads messages to one office, on one day.
pub struct Reader {
    layers: Layers,
    today: NaiveDate,
}

impl Reader {
    /// What reads today's messages to the office.
    pub fn new(cx: &Cx<'_>, office: &Office, catalogue: &Catalogue) -> Self {
        Self { layers: layers(cx, &office.region_code, catalogue), today: office.zone.date(cx.now()) }
    }

    /// The requests in a message.
    pub fn read(&self, text: &str) -> Message {
        self.read_back(text).0
    }

    /// The requests in a message, and how many editions back the formats are that read it.
    pub fn read_back(&self, text: &str) -> (Message, usize) {
        self.layers.read(text, self.today)
    }
}

/// The formats of today, and behind them the older ones that are still accepted.
pub(super) fn layers(cx: &Cx<'_>, region: &str, catalogue: &Catalogue) -> Layers {
    let most = catalogue.older.iter().map(|one| one.back).max().unwrap_or(0);
    let of = |back: usize| {
        let formats = if back == 0 { catalogue.formats.clone() } else { catalogue.formats_back(back) };
        let name = |what: &str| format!("{region}-{back}{what}");
        let each = both(&formats).into_iter().zip(["", "-whole"]);
        each.map(|(formats, what)| (prepared(cx, (region, &name(what)), &formats), back)).collect::<Vec<_>>()
    };
    Layers::new((0..=most).flat_map(of))
}

/// Formats as lines are read by them, and behind those the whole ones where something is typed behind a link.
pub(super) fn both(formats: &[FormatDefinition]) -> Vec<Vec<FormatDefinition>> {
    let in_chat: Vec<FormatDefinition> = formats.iter().map(FormatDefinition::in_chat).collect();
    if in_chat == formats { vec![in_chat] } else { vec![in_chat, formats.to_vec()] }
}

/// The office's formats, made ready once and kept under a name.
fn prepared(cx: &Cx<'_>, (region, name): (&str, &str), formats: &[FormatDefinition]) -> Arc<Grammar> {
    let regions = regions::index(region);
    let kept = cx.recall::<Grammar>(name).filter(|kept| kept.is_of(formats, &regions));
    kept.unwrap_or_else(|| cx.keep(name.to_owned(), Grammar::new(formats.iter().cloned(), regions)))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]
mod tests {
    use loket_core::format::tangerang_formats;

    use super::*;
    use crate::{infra::SystemReason, testing::TestHouse};

    #[tokio::test]
    async fn an_office_is_made_ready_once_until_its_formats_or_its_area_change() {
        let (test, office) = TestHouse::with_office().await;
        let cx = Cx::system(&test.house, office, SystemReason::Rollup).await.unwrap();
        let mut formats = tangerang_formats();
        let first = prepared(&cx, ("3603", "3603"), &formats);
        assert!(Arc::ptr_eq(&first, &prepared(&cx, ("3603", "3603"), &formats)));
        assert!(!Arc::ptr_eq(&first, &prepared(&cx, ("3579", "3579"), &formats)));
        formats.pop();
        let fewer = prepared(&cx, ("3603", "3603"), &formats);
        assert_eq!(fewer.definitions().count(), 4);
        assert!(Arc::ptr_eq(&fewer, &prepared(&cx, ("3603", "3603"), &formats)));
    }
}
