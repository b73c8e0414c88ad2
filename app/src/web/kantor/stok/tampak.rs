//! How stock reads: what is left, how long it lasts, and what is to be done.

use loket_core::stock::Quantity;

use crate::{
    domain::stock::StockLine,
    web::{
        parts::{Chip, Tag, count},
        routes,
    },
};

/// The state of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Somebody counted, and there was nothing.
    Out,
    /// By the ledger nothing is left, and nobody has counted that.
    Uncounted,
    /// It runs short.
    Short,
    /// It lasts.
    Enough,
    /// Too little is known.
    Unknown,
}

impl State {
    /// Of an item.
    pub fn of(line: &StockLine) -> Self {
        if line.outage.is_some() || line.counted_out {
            Self::Out
        } else if line.balance.is_out() {
            Self::Uncounted
        } else if line.low_since.is_some() {
            Self::Short
        } else if line.careful.is_some() {
            Self::Enough
        } else {
            Self::Unknown
        }
    }

    /// As a badge.
    pub fn tag(self) -> Tag {
        match self {
            Self::Out => Tag::new("habis", "bad"),
            Self::Uncounted => Tag::new("hitung ulang", "bad"),
            Self::Short => Tag::new("menipis", "warn"),
            Self::Enough => Tag::new("cukup", "ok"),
            Self::Unknown => Tag::new("belum dapat diperkirakan", "quiet"),
        }
    }
}

/// The states of the numbers have their place beside them.
const MOST_CHIPS: usize = 2;

/// `312 keping`
pub(super) fn quantity(line: &StockLine, quantity: Quantity) -> String {
    format!("{quantity} {}", line.kind.unit())
}

/// `Blangko KTP-el`, or with its unit: `Blangko KTP-el, UPTD Wilayah I`.
pub(super) fn name(line: &StockLine) -> String {
    match &line.unit {
        Some(unit) => format!("{}, {unit}", line.kind.label()),
        None => line.kind.label().to_owned(),
    }
}

/// How long it lasts, in words; nothing where that cannot be foretold.
pub(super) fn lasts(line: &StockLine) -> Option<String> {
    line.careful?;
    Some(match line.days {
        Some(0) => "kurang dari 1 hari kerja".to_owned(),
        Some(days) => format!("{} hari kerja", count(u64::try_from(days).unwrap_or_default())),
        None => "lebih dari setahun".to_owned(),
    })
}

/// What stands in the top bar: what is short or out first, then the rest.
pub fn chips(lines: &[StockLine], slug: &str) -> Vec<Chip> {
    let mut all: Vec<(State, &StockLine)> = lines.iter().map(|line| (State::of(line), line)).collect();
    all.sort_by_key(|(state, _)| *state as u8);
    let chip = |(state, line): (State, &StockLine)| Chip {
        label: match (state, lasts(line)) {
            (State::Out, _) => format!("{} habis", name(line)),
            (State::Uncounted, _) => format!("{}: hitung ulang", name(line)),
            (_, Some(lasts)) => format!("{} {}, cukup {lasts}", name(line), line.balance),
            (_, None) => format!("{} {}", name(line), line.balance),
        },
        tone: state.tag().tone,
        href: Some(routes::StockItem::at(slug, line.id)),
    };
    all.into_iter().take(MOST_CHIPS).map(chip).collect()
}

#[cfg(test)]
mod tests {
    use loket_core::{
        clock::Instant,
        id::{OutageId, StockItemId},
        stock::{Quantity, StockKind},
    };

    use super::*;

    fn line(balance: u32, (days, careful): (Option<i64>, Option<i64>)) -> StockLine {
        StockLine {
            id: StockItemId::NIL,
            kind: StockKind::KtpCard,
            unit: None,
            balance: Quantity::pieces(balance),
            counted_at: None,
            days,
            careful,
            waiting: 0,
            low_since: careful.filter(|days| *days < 8).map(|_| Instant::UNIX_EPOCH),
            counted_out: false,
            outage: None,
        }
    }

    #[test]
    fn an_item_says_how_long_it_lasts_and_what_is_to_be_done() {
        let told = |line: &StockLine| {
            let state = State::of(line);
            (state.tag().word, lasts(line).unwrap_or_default())
        };
        let said = |word: &str, lasts: &str| (word.to_owned(), lasts.to_owned());
        assert_eq!(told(&line(312, (Some(9), Some(8)))), said("cukup", "9 hari kerja"));
        assert_eq!(told(&line(312, (Some(7), Some(6)))), said("menipis", "7 hari kerja"));
        assert_eq!(told(&line(3, (Some(0), Some(0)))), said("menipis", "kurang dari 1 hari kerja"));
        assert_eq!(told(&line(0, (Some(0), Some(0)))).0, "hitung ulang");
        assert_eq!(told(&line(9_000, (None, Some(250)))), said("cukup", "lebih dari setahun"));
        assert_eq!(told(&line(312, (None, None))), said("belum dapat diperkirakan", ""));
    }

    #[test]
    fn what_is_out_stands_first() {
        let out = StockLine {
            outage: Some(OutageId::NIL),
            unit: Some("UPTD I".to_owned()),
            ..line(0, (None, None))
        };
        let all = chips(&[line(312, (Some(9), Some(8))), out], "kab");
        let told: Vec<(&str, &str)> = all.iter().map(|chip| (chip.label.as_str(), chip.tone)).collect();
        let lines = [line(0, (None, None)), StockLine { counted_out: true, ..line(0, (None, None)) }];
        assert_eq!(lines.map(|line| State::of(&line)), [State::Uncounted, State::Out]);
        let enough = "Blangko KTP-el 312, cukup 9 hari kerja";
        assert_eq!(told, [("Blangko KTP-el, UPTD I habis", "bad"), (enough, "ok")]);
    }
}
