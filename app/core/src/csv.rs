//! Tables for spreadsheets: RFC 4180, and no cell that a spreadsheet would run as a formula.

/// What begins a formula, in one program or another.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Tells Excel that the text is UTF-8.
const MARK: char = '\u{feff}';

/// A table as it is written.
#[derive(Debug, Clone)]
pub struct CsvTable {
    text: String,
}

impl CsvTable {
    /// A table with its heading.
    pub fn new<'c>(heading: impl IntoIterator<Item = &'c str>) -> Self {
        let mut table = Self { text: MARK.to_string() };
        table.row(heading);
        table
    }

    /// Writes a row.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) {
        for (place, text) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            cell(&mut self.text, text);
        }
        self.text.push_str("\r\n");
    }

    /// The file.
    pub fn finish(self) -> String {
        self.text
    }
}

/// Always in quotes; what looks like a formula begins with an apostrophe, which spreadsheets take for text.
fn cell(out: &mut String, text: &str) {
    out.push('"');
    if text.trim_start_matches([' ', '\u{a0}', MARK]).starts_with(FORMULA) {
        out.push('\'');
    }
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\"\""),
            '\0' => {}
            letter => out.push(letter),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        cell(&mut out, text);
        out
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("TNG-2611-00042-K", "\"TNG-2611-00042-K\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("  =1+1", "\"'  =1+1\""),
            ("+62811", "\"'+62811\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("a=1", "\"a=1\""),
        ] {
            assert_eq!(written(text), cell);
        }
    }

    #[test]
    fn a_table_has_a_heading_and_rows() {
        let mut table = CsvTable::new(["Nomor", "Layanan"]);
        table.row(["A, B", "baris\nbaru"]);
        assert_eq!(table.finish(), "\u{feff}\"Nomor\",\"Layanan\"\r\n\"A, B\",\"baris\nbaru\"\r\n");
    }

    proptest! {
        #[test]
        fn whatever_it_holds_a_cell_is_one_cell(text in any::<String>()) {
            let cell = written(&text);
            let inner = &cell[1..cell.len() - 1];
            let ends_early = inner.replace("\"\"", "").contains('"');
            prop_assert!(!ends_early);
            let runs = inner.trim_start_matches([' ', '\u{a0}', MARK]).starts_with(FORMULA);
            prop_assert!(!runs);
        }
    }
}
