//! What an office prints with: blank cards, ribbon, film, paper. A ledger of what came, was used, spoiled and counted, and how
//! long what is left lasts.

mod forecast;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{outage::OutageKind, zone::number};

pub use forecast::{DAYS_READ, FEWEST_DAYS, LEAD_DAYS, Outlook, outlook, warns};

words!(/// What is kept in stock.
    StockKind {
    /// Blank cards for KTP-el; only the directorate-general prints and sends them.
    KtpCard = "ktp_card",
    /// Blank cards for KIA, which the office buys.
    KiaCard = "kia_card",
    /// Ribbon of a card printer.
    Ribbon = "ribbon",
    /// Film of a card printer.
    Film = "film",
    /// Paper for documents, HVS 80 g, A4.
    Paper = "paper",
    /// What a card printer is cleaned with.
    CleaningKit = "cleaning_kit",
});

impl StockKind {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::KtpCard => "Blangko KTP-el",
            Self::KiaCard => "Blangko KIA",
            Self::Ribbon => "Ribbon",
            Self::Film => "Film",
            Self::Paper => "Kertas HVS",
            Self::CleaningKit => "Perangkat pembersih",
        }
    }

    /// What it is counted in.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::KtpCard | Self::KiaCard => "keping",
            Self::Ribbon | Self::Film => "rol",
            Self::Paper => "lembar",
            Self::CleaningKit => "set",
        }
    }

    /// What is written into the ledger of outages when it is out.
    pub const fn outage(self) -> OutageKind {
        match self {
            Self::KtpCard => OutageKind::KtpCards,
            Self::KiaCard => OutageKind::KiaCards,
            _ => OutageKind::Supplies,
        }
    }
}

words!(/// What a line of the ledger says.
    StockMove {
    /// It came.
    Received = "received",
    /// A document was made with it.
    Used = "used",
    /// It is of no use any more.
    Spoiled = "spoiled",
    /// Somebody counted what is there: from now on that holds.
    Counted = "counted",
});

impl StockMove {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Received => "Diterima",
            Self::Used => "Dipakai",
            Self::Spoiled => "Rusak",
            Self::Counted => "Dihitung",
        }
    }
}

words!(/// Why something is of no use any more.
    SpoilReason {
    /// Somebody's particulars were printed wrongly, or not legibly.
    Misprint = "misprint",
    /// The printer spoiled it.
    Printer = "printer",
    /// It came like that.
    Defective = "defective",
    /// It is not where it should be.
    Missing = "missing",
    /// Something else, which the note says.
    Other = "other",
});

impl SpoilReason {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Misprint => "Salah cetak",
            Self::Printer => "Rusak di printer",
            Self::Defective => "Cacat sejak diterima",
            Self::Missing => "Hilang",
            Self::Other => "Lainnya",
        }
    }
}

/// A quantity in millionths of what it is counted in, so that a document may use the five-hundredth part of a roll. Below
/// nothing where more was used than the ledger knew of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub i64);

const MILLIONTHS: i64 = 1_000_000;

impl Quantity {
    /// The most that is written down at once, in pieces.
    pub const MOST_PIECES: u32 = 10_000_000;

    /// So many whole pieces.
    pub const fn pieces(pieces: u32) -> Self {
        Self(pieces as i64 * MILLIONTHS)
    }

    /// Reads what people type: `312`, `1.204`, `2,5`. Nothing for anything else, and for more than [`Self::MOST_PIECES`].
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, tenths) = text.trim().split_once(',').unwrap_or((text.trim(), ""));
        let mut groups = whole.split('.');
        let first = groups.next().unwrap_or_default();
        let grouped = groups.clone().count() > 0;
        let sound = |group: &str, longest| !group.is_empty() && group.len() <= longest;
        if !sound(first, if grouped { 3 } else { 8 }) || groups.any(|group| group.len() != 3) {
            return None;
        }
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let whole = whole.replace('.', "");
        if !digits(&whole) || !digits(tenths) || tenths.len() > 2 {
            return None;
        }
        let pieces: u32 = whole.parse().ok().filter(|pieces| *pieces <= Self::MOST_PIECES)?;
        let hundredths: i64 = format!("{tenths:0<2}").parse().ok()?;
        Some(Self::pieces(pieces) + Self(hundredths * (MILLIONTHS / 100)))
    }

    /// How many pieces, with their fraction.
    pub fn in_pieces(self) -> f64 {
        self.0 as f64 / MILLIONTHS as f64
    }

    /// Whether nothing is left.
    pub const fn is_out(self) -> bool {
        self.0 <= 0
    }
}

impl std::ops::Add for Quantity {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::ops::Sub for Quantity {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

/// `1.204`, `2,4`: whole pieces, or one digit behind the comma where there is a fraction of fewer than a hundred.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let tenths = (size + 50_000) / 100_000;
        let (whole, tenth) = (tenths / 10, tenths % 10);
        if self.0 < 0 && tenths > 0 {
            f.write_str("-")?;
        }
        if whole < 100 && tenth > 0 {
            return write!(f, "{whole},{tenth}");
        }
        let whole = if whole < 100 { whole } else { (size + 500_000) / 1_000_000 };
        f.write_str(&number(i64::try_from(whole).unwrap_or(i64::MAX)))
    }
}

/// How much of it one document takes: so many pieces for so many documents. One card for one, one roll for five hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    pieces: u32,
    documents: u32,
}

impl Ratio {
    /// The most pieces or documents.
    pub const MOST: u32 = 100_000;

    /// Nothing where one of them is none or too many.
    pub fn of(pieces: u32, documents: u32) -> Option<Self> {
        let sound = |number: u32| (1..=Self::MOST).contains(&number);
        (sound(pieces) && sound(documents)).then_some(Self { pieces, documents })
    }

    /// How many pieces.
    pub const fn pieces(self) -> u32 {
        self.pieces
    }

    /// For how many documents.
    pub const fn documents(self) -> u32 {
        self.documents
    }

    /// What one document takes, rounded to the millionth.
    pub const fn each(self) -> Quantity {
        let (pieces, documents) = (self.pieces as i64, self.documents as i64);
        Quantity((pieces * MILLIONTHS + documents / 2) / documents)
    }
}

#[cfg(test)]
mod tests;
