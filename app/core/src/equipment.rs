//! What an office works with and must look after: printers, scanners, cameras. What it is, how it stands, and when it is
//! due for maintenance.

use chrono::{Months, NaiveDate};

words!(/// What a piece of equipment is.
    EquipmentKind {
    /// Prints KTP-el and KIA cards.
    CardPrinter = "card_printer",
    /// Prints documents.
    DocumentPrinter = "document_printer",
    /// Records irises.
    IrisScanner = "iris_scanner",
    /// Records fingerprints.
    FingerprintScanner = "fingerprint_scanner",
    /// Takes the photo of a person who is recorded.
    Camera = "camera",
    /// Records signatures.
    SignaturePad = "signature_pad",
    /// Reads the chip of a KTP-el.
    CardReader = "card_reader",
    /// A workstation.
    Computer = "computer",
    /// A server.
    Server = "server",
    /// What connects the office.
    Network = "network",
    /// What bridges a power cut: UPS or generator.
    Power = "power",
    /// What brings the service to people.
    Vehicle = "vehicle",
    /// Something else, which its name says.
    Other = "other",
});

impl EquipmentKind {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::CardPrinter => "Printer KTP-el dan KIA",
            Self::DocumentPrinter => "Printer dokumen",
            Self::IrisScanner => "Pemindai iris",
            Self::FingerprintScanner => "Pemindai sidik jari",
            Self::Camera => "Kamera perekaman",
            Self::SignaturePad => "Papan tanda tangan",
            Self::CardReader => "Pembaca KTP-el",
            Self::Computer => "Komputer",
            Self::Server => "Server",
            Self::Network => "Perangkat jaringan",
            Self::Power => "UPS atau genset",
            Self::Vehicle => "Kendaraan pelayanan keliling",
            Self::Other => "Lainnya",
        }
    }
}

words!(/// How a piece of equipment stands.
    EquipmentState {
    /// It works.
    Working = "working",
    /// It does not.
    Broken = "broken",
    /// Nobody uses it any more.
    Retired = "retired",
});

words!(/// What happened to a piece of equipment.
    EquipmentStep {
    /// It was entered.
    Entered = "entered",
    /// Somebody looked after it.
    Serviced = "serviced",
    /// It stopped working.
    Broke = "broke",
    /// It works again.
    Repaired = "repaired",
    /// It is used no more.
    Retired = "retired",
    /// It is used again.
    Returned = "returned",
    /// What is said of it was changed.
    Changed = "changed",
});

impl EquipmentStep {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Entered => "Dicatat",
            Self::Serviced => "Dirawat",
            Self::Broke => "Rusak",
            Self::Repaired => "Diperbaiki",
            Self::Retired => "Tidak dipakai lagi",
            Self::Returned => "Dipakai lagi",
            Self::Changed => "Keterangan diubah",
        }
    }

    /// How a piece of equipment stands after it, if it can happen to one that stands so.
    pub const fn after(self, state: EquipmentState) -> Option<EquipmentState> {
        use EquipmentState::{Broken, Retired, Working};
        match (self, state) {
            (Self::Serviced, Working) | (Self::Repaired, Broken) | (Self::Returned, Retired) => Some(Working),
            (Self::Serviced, Broken) | (Self::Broke, Working) => Some(Broken),
            (Self::Retired, Working | Broken) => Some(Retired),
            (Self::Changed, state) => Some(state),
            _ => None,
        }
    }
}

/// The first day that is taken for one on which something was done to what an office still keeps: whoever types a year with
/// two digits means another.
pub const EARLIEST: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// How often it is looked after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Every(u32);

impl Every {
    /// The longest that is planned, in months.
    pub const MOST: u32 = 60;

    /// Every so many months; nothing for none, and for more than [`Self::MOST`].
    pub const fn months(months: u32) -> Option<Self> {
        if months == 0 || months > Self::MOST { None } else { Some(Self(months)) }
    }

    /// How many months.
    pub const fn count(self) -> u32 {
        self.0
    }

    /// When it is due after a day on which it was looked after: the same day of a later month, or that month's last.
    pub fn after(self, day: NaiveDate) -> NaiveDate {
        day.checked_add_months(Months::new(self.0)).unwrap_or(day)
    }
}

/// How near maintenance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// Its day is over.
    Over,
    /// It is due within two weeks.
    Soon,
    /// Not yet.
    Later,
}

/// Days ahead in which somebody must be called.
const SOON: i64 = 14;

/// How near a day is.
pub fn nearness(due: NaiveDate, today: NaiveDate) -> Nearness {
    match (due - today).num_days() {
        ..0 => Nearness::Over,
        0..=SOON => Nearness::Soon,
        _ => Nearness::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn maintenance_is_due_on_the_same_day_of_a_later_month_or_its_last() {
        let after = |months, from: &str| Every::months(months).map(|every| every.after(day(from)));
        assert_eq!(after(3, "2026-11-23"), Some(day("2027-02-23")));
        assert_eq!(after(1, "2026-01-31"), Some(day("2026-02-28")));
        assert_eq!(after(60, "2028-02-29"), Some(day("2033-02-28")));
        assert_eq!((Every::months(0), Every::months(61)), (None, None));
    }

    #[test]
    fn what_is_due_within_two_weeks_is_near() {
        let near = |due: &str| nearness(day(due), day("2026-11-23"));
        assert_eq!(near("2026-11-22"), Nearness::Over);
        assert_eq!((near("2026-11-23"), near("2026-12-07")), (Nearness::Soon, Nearness::Soon));
        assert_eq!(near("2026-12-08"), Nearness::Later);
    }

    #[test]
    fn what_is_broken_is_repaired_and_what_is_retired_only_returns() {
        use EquipmentState::{Broken, Retired, Working};
        for step in EquipmentStep::ALL {
            for state in EquipmentState::ALL {
                let told = step.after(*state);
                let expected = match (step, state) {
                    (EquipmentStep::Entered, _) => None,
                    (EquipmentStep::Serviced, Working) => Some(Working),
                    (EquipmentStep::Serviced, Broken) => Some(Broken),
                    (EquipmentStep::Broke, Working) => Some(Broken),
                    (EquipmentStep::Repaired, Broken) => Some(Working),
                    (EquipmentStep::Retired, Working | Broken) => Some(Retired),
                    (EquipmentStep::Returned, Retired) => Some(Working),
                    (EquipmentStep::Changed, state) => Some(*state),
                    _ => None,
                };
                assert_eq!(told, expected, "{step} of what is {state}");
            }
        }
    }
}
