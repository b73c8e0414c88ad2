//! What is typed about stock.

use loket_core::{
    id::VariantId,
    stock::{Quantity, Ratio, SpoilReason, StockKind},
};
use serde::Deserialize;

use crate::{
    domain::{
        catalogue::Catalogue,
        stock::{NewItem, Noted},
    },
    web::{form::ids, parts::Choice},
};

const QUANTITY: &str = "Tulis jumlah dengan angka, misalnya 500 atau 2,5.";
const RATIO: &str = "Tulis takaran dengan angka bulat, misalnya 1 rol untuk 500 dokumen.";

/// What was sent, of whichever form.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub unit: String,
    #[serde(default)]
    pub pieces: String,
    #[serde(default)]
    pub documents: String,
    #[serde(default)]
    pub uses: Vec<String>,
    #[serde(default)]
    pub quantity: String,
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub key: String,
}

impl Sent {
    /// What is sent with a line; a key that is none of ours keeps nothing from being written.
    pub fn noted(&self) -> Noted<'_> {
        Noted { note: &self.note, key: self.key.parse().ok() }
    }

    /// How much was typed.
    pub fn quantity(&self) -> Result<Quantity, &'static str> {
        Quantity::parse(&self.quantity).ok_or(QUANTITY)
    }

    /// Why it spoiled.
    pub fn reason(&self) -> Result<SpoilReason, &'static str> {
        self.reason.parse().map_err(|_| "Pilih penyebabnya dari daftar.")
    }

    /// How much a document takes.
    pub fn ratio(&self) -> Result<Ratio, &'static str> {
        let number = |text: &str| text.trim().replace('.', "").parse().ok();
        number(&self.pieces)
            .zip(number(&self.documents))
            .and_then(|(pieces, documents)| Ratio::of(pieces, documents))
            .ok_or(RATIO)
    }

    /// Whose documents are made with it.
    pub fn uses(&self) -> Result<Vec<VariantId>, &'static str> {
        ids(&self.uses).map_err(|_| "Pilih layanan kantor ini.")
    }

    /// What is to be kept.
    pub fn item(&self) -> Result<NewItem, &'static str> {
        let kind: StockKind = self.kind.parse().map_err(|_| "Pilih barangnya.")?;
        let unit = match self.unit.trim() {
            "" => None,
            id => Some(id.parse().map_err(|_| "Pilih unit kantor ini.")?),
        };
        Ok(NewItem { kind, unit, ratio: self.ratio()?, uses: self.uses()?, there: self.quantity()? })
    }
}

/// The services with their variants, to be ticked.
pub(super) struct Group {
    pub service: String,
    pub variants: Vec<Choice>,
}

/// The office's services; what is ticked already is `chosen`.
pub(super) fn groups(catalogue: &Catalogue, chosen: &[String]) -> Vec<Group> {
    let choice = |id: VariantId, name: &str| {
        let id = id.to_string();
        let ticked = chosen.contains(&id);
        Choice::new(id, name).chosen(ticked)
    };
    let group = |service: &crate::domain::catalogue::ServiceView| Group {
        service: service.name.clone(),
        variants: service.variants.iter().map(|one| choice(one.id, &one.name)).collect(),
    };
    catalogue.services.iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_or_says_what_to_type() {
        let sent = Sent {
            kind: "ribbon".to_owned(),
            pieces: "1".to_owned(),
            documents: "1.000".to_owned(),
            quantity: "2,5".to_owned(),
            ..Sent::default()
        };
        let item = sent.item().map(|item| (item.kind, item.ratio.documents(), item.there));
        assert_eq!(item, Ok((StockKind::Ribbon, 1_000, Quantity(2_500_000))));
        let without = |sent: Sent| sent.item().map(|_| ());
        assert_eq!(without(Sent { quantity: "banyak".to_owned(), ..sent.clone() }), Err(QUANTITY));
        assert_eq!(without(Sent { pieces: "0".to_owned(), ..sent.clone() }), Err(RATIO));
        assert!(without(Sent { kind: String::new(), ..sent.clone() }).is_err());
        assert!(without(Sent { unit: "x".to_owned(), ..sent.clone() }).is_err());
        assert!(without(Sent { uses: vec!["x".to_owned()], ..sent }).is_err());
    }
}
