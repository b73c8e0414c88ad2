//! A format as a sheet: a column for each field, a row for each request, as a spreadsheet saves it (CSV).

use std::collections::BTreeMap;

use super::{
    normalise::key,
    schema::{Field, FormatDefinition},
};
use crate::csv::CsvTable;

/// More rows are several sheets: one is opened in one go.
pub const MOST_ROWS: usize = 100;
/// Between what cells may stand.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// A row of a sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Its line, as a spreadsheet counts: the heading is line 1.
    pub line: usize,
    /// What stands in it, by the key of the field.
    pub typed: BTreeMap<String, String>,
}

/// Why a sheet cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetFault {
    /// There is no row.
    Empty,
    /// There are too many rows.
    TooMany,
    /// A column that the format does not have.
    Unknown(String),
    /// A column that is not there.
    Missing(String),
    /// A column that is there twice.
    Twice(String),
    /// It is no table of text.
    Unreadable,
}

impl SheetFault {
    /// What is wrong, and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => {
                "Lembar belum berisi baris data. Isi mulai baris kedua, di bawah nama kolom.".to_owned()
            }
            Self::TooMany => {
                format!("Satu lembar paling banyak {MOST_ROWS} baris. Bagi menjadi beberapa lembar.")
            }
            Self::Unknown(column) => {
                format!("Kolom “{column}” tidak dikenal. Pakai nama kolom dari contoh lembar.")
            }
            Self::Missing(column) => format!("Kolom “{column}” belum ada di baris pertama."),
            Self::Twice(column) => format!("Kolom “{column}” ada dua kali."),
            Self::Unreadable => {
                "Berkas tidak terbaca. Simpan lembar sebagai CSV, lalu unggah lagi.".to_owned()
            }
        }
    }
}

/// The sheet to be filled in: its columns, and one row that shows how.
pub fn sample(form: &FormatDefinition) -> String {
    let mut table = CsvTable::new(form.fields.iter().map(|field| field.label.as_str()));
    table.row(form.fields.iter().map(|field| field.example.as_str()));
    table.finish()
}

/// The rows of a sheet. Columns are known by their heading, in any order; what is not required may be absent.
///
/// # Errors
/// The first thing that keeps the sheet from being read; what is wrong with a value is found out by
/// [`Grammar::fill`](super::Grammar::fill).
pub fn read(form: &FormatDefinition, text: &str) -> Result<Vec<SheetRow>, SheetFault> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(true)
        .from_reader(text.as_bytes());
    let columns = columns(form, reader.headers().map_err(|_| SheetFault::Unreadable)?)?;
    let mut rows = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|_| SheetFault::Unreadable)?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(SheetFault::TooMany);
        }
        let cells = columns.iter().zip(record.iter()).filter_map(|(field, cell)| Some(((*field)?, cell)));
        let typed = cells.map(|(field, cell)| (field.key.clone(), value(cell).to_owned())).collect();
        rows.push(SheetRow { line: place + 2, typed });
    }
    if rows.is_empty() { Err(SheetFault::Empty) } else { Ok(rows) }
}

/// A value as it was typed: an apostrophe before it only tells a spreadsheet that it is text.
fn value(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Whether a spreadsheet has taken a long number for an amount and thrown its last digits away: `3,57902E+15`.
pub fn is_spoilt(cell: &str) -> bool {
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit() || b".,".contains(&one));
    cell.split_once(['E', 'e'])
        .is_some_and(|(before, power)| digits(before) && power.strip_prefix('+').is_some_and(digits))
}

/// The field of each column; nothing for an empty heading.
fn columns<'f>(
    form: &'f FormatDefinition,
    heading: &csv::StringRecord,
) -> Result<Vec<Option<&'f Field>>, SheetFault> {
    let mut columns: Vec<Option<&Field>> = Vec::with_capacity(heading.len());
    for column in heading {
        let column = value(column);
        if column.is_empty() {
            columns.push(None);
            continue;
        }
        let field =
            known(form, column).ok_or_else(|| SheetFault::Unknown(column.chars().take(60).collect()))?;
        if columns.iter().flatten().any(|other| other.key == field.key) {
            return Err(SheetFault::Twice(field.label.clone()));
        }
        columns.push(Some(field));
    }
    let absent = |field: &&Field| !columns.iter().flatten().any(|one| one.key == field.key);
    match form.fields.iter().filter(|field| field.required).find(absent) {
        Some(field) => Err(SheetFault::Missing(field.label.clone())),
        None => Ok(columns),
    }
}

fn known<'f>(form: &'f FormatDefinition, column: &str) -> Option<&'f Field> {
    let column = key(column);
    form.fields.iter().find(|field| {
        let names = [&field.label, &field.key].into_iter().chain(&field.labels);
        names.into_iter().any(|name| key(name) == column)
    })
}

/// What stands between the cells: the commonest of the heading.
fn delimiter(text: &str) -> u8 {
    let heading = text.lines().next().unwrap_or_default();
    let often = |sign: &u8| heading.bytes().filter(|one| one == sign).count();
    // Of equals the last would win; a comma is what is meant where there is nothing.
    DELIMITERS.into_iter().rev().max_by_key(often).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{
        super::{FieldKind, NumbersIn},
        *,
    };

    fn form() -> FormatDefinition {
        let mut form = FormatDefinition { numbers: NumbersIn::Chat, ..FormatDefinition::blank("KTP") };
        for kind in [FieldKind::Nik, FieldKind::Name, FieldKind::Village] {
            form.add(kind);
        }
        form.fields[2].required = false;
        form
    }

    #[test]
    fn a_sheet_is_read_by_its_headings_whatever_stands_between_its_cells() {
        for text in [
            "NIK,Nama\n3603036502909001,\"AMINAH, SITI\"\n",
            "\u{feff}nama;nik;\r\n\"AMINAH, SITI\";'3603036502909001;\r\n;;\r\n",
            "NIK\tNama\n3603036502909001\tAMINAH, SITI",
        ] {
            let rows = read(&form(), text).unwrap_or_default();
            assert_eq!(rows.len(), 1, "{text}");
            assert_eq!(rows[0].typed["nik"], "3603036502909001");
            assert_eq!((rows[0].typed["nama"].as_str(), rows[0].line), ("AMINAH, SITI", 2));
        }
    }

    #[test]
    fn what_keeps_a_sheet_from_being_read_is_told() {
        let fault = |text: &str| read(&form(), text).err();
        assert_eq!(fault(""), Some(SheetFault::Missing("NIK".to_owned())));
        assert_eq!(fault("NIK,Nama\n"), Some(SheetFault::Empty));
        assert_eq!(fault("NIK,Nama,Agama\n1,2,3"), Some(SheetFault::Unknown("Agama".to_owned())));
        assert_eq!(fault("NIK\n1"), Some(SheetFault::Missing("Nama".to_owned())));
        assert_eq!(fault("NIK,Nama,nik\n1,2,3"), Some(SheetFault::Twice("NIK".to_owned())));
        let long = format!("NIK,Nama\n{}", "1,SITI\n".repeat(MOST_ROWS + 1));
        assert_eq!(fault(&long), Some(SheetFault::TooMany));
    }

    #[test]
    fn the_sample_is_read_as_it_stands() {
        let rows = read(&form(), &sample(&form())).unwrap_or_default();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].typed.len(), 3);
    }

    #[test]
    fn a_number_that_a_spreadsheet_has_rounded_is_noticed() {
        assert!(is_spoilt("3,57902E+15") && is_spoilt("3.579E+15"));
        assert!(!is_spoilt("3579016502909001") && !is_spoilt("E+15") && !is_spoilt("SITI E"));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reader(text in "\\PC*", cells in "[\",;\n\t'NIKNama0-9 ]{0,200}") {
            for text in [text, cells] {
                let rows = read(&form(), &text).unwrap_or_default();
                prop_assert!(rows.len() <= MOST_ROWS);
            }
        }
    }
}
