//! National holidays and cuti bersama, as three ministers decree them each year, and days of an office's own.

use chrono::NaiveDate;

words!(/// What kind of holiday a day is.
    HolidayKind {
    /// Hari libur nasional (SKB of three ministers).
    National = "libur_nasional",
    /// Cuti bersama: an office that serves the public may open by shift (SKB of three ministers).
    JointLeave = "cuti_bersama",
    /// A day of a province or office.
    Local = "libur_daerah",
});

impl HolidayKind {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::National => "Libur nasional",
            Self::JointLeave => "Cuti bersama",
            Self::Local => "Libur daerah",
        }
    }
}

/// A day on which an office is closed unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
    /// What kind it is.
    pub kind: HolidayKind,
    /// What decrees it.
    pub source: String,
    /// Whether somebody has held it against its source.
    pub verified: bool,
}

/// A line of a list of holidays that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Baris {0} bukan hari libur: perlu tanggal, nama, jenis, dan dasarnya.")]
pub struct HolidayFault(pub usize);

/// Marks a line whose source nobody has looked at.
const UNVERIFIED: &str = "periksa";

/// Reads a list of holidays: `date,name,kind,decree`, the first line naming the columns.
///
/// # Errors
/// [`HolidayFault`] with the number of the first line that is none, counted from 1.
pub fn holidays(list: &str) -> Result<Vec<Holiday>, HolidayFault> {
    let mut reader = csv::Reader::from_reader(list.as_bytes());
    let mut found = Vec::new();
    for (index, row) in reader.records().enumerate() {
        let fault = HolidayFault(index + 2);
        let row = row.map_err(|_| fault)?;
        let [date, name, kind, source] =
            [0, 1, 2, 3].map(|at| row.get(at).map(str::trim).unwrap_or_default());
        if name.is_empty() || source.is_empty() {
            return Err(fault);
        }
        found.push(Holiday {
            date: date.parse().map_err(|_| fault)?,
            name: name.to_owned(),
            kind: kind.parse().map_err(|_| fault)?,
            verified: !source.contains(UNVERIFIED),
            source: source.to_owned(),
        });
    }
    Ok(found)
}
