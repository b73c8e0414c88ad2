//! NIK, the sixteen-digit number of a resident.
//!
//! Structure (PP 40/2019): six digits of region, day of birth (+40 for a woman), month, two digits of
//! the year, four digits of serial. There is no check digit, and codes of regions that were split
//! live on in old numbers, so a region nobody knows is not an error, and a well-formed NIK proves
//! nothing about existence.

use chrono::{Datelike, NaiveDate};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A well-formed NIK.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct Nik(String);

personal!(Nik, NikError);

words! {
    /// The sex a NIK says.
    Sex {
        /// Day of birth as it is.
        Male = "laki_laki",
        /// Day of birth plus forty.
        Female = "perempuan",
    }
}

/// Why a text is no NIK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum NikError {
    /// Nothing was written.
    Empty,
    /// Something else than digits, blanks, dots and dashes.
    NotDigits,
    /// Holds how many digits there are instead of 16.
    Length(usize),
    /// Digits 7 and 8 are neither 01-31 nor 41-71.
    Day,
    /// Digits 9 and 10 are not 01-12.
    Month,
    /// The month has no such day.
    Date,
    /// The last four digits are 0000.
    Serial,
}

impl NikError {
    /// What is wrong, in one Indonesian sentence without the number.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "NIK belum diisi.",
            Self::NotDigits => "NIK hanya boleh berisi angka.",
            Self::Length(_) => "NIK harus terdiri atas 16 angka.",
            Self::Day => "Angka ke-7 dan ke-8 NIK (tanggal lahir) tidak sesuai.",
            Self::Month => "Angka ke-9 dan ke-10 NIK (bulan lahir) tidak sesuai.",
            Self::Date => "Tanggal lahir di dalam NIK tidak ada pada kalender.",
            Self::Serial => "Empat angka terakhir NIK tidak boleh 0000.",
        }
    }
}

impl Nik {
    /// Reads a NIK; blanks, dots and dashes between the digits are ignored.
    pub fn parse(text: &str) -> Result<Self, NikError> {
        let nik = Self(super::without_gaps(text));
        if nik.0.is_empty() {
            return Err(NikError::Empty);
        }
        if !nik.0.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NikError::NotDigits);
        }
        if nik.0.len() != 16 {
            return Err(NikError::Length(nik.0.len()));
        }
        nik.check_date()?;
        if nik.number(12, 4) == 0 {
            return Err(NikError::Serial);
        }
        Ok(nik)
    }

    fn check_date(&self) -> Result<(), NikError> {
        if !matches!(self.number(6, 2), 1..=31 | 41..=71) {
            return Err(NikError::Day);
        }
        let month = self.number(8, 2);
        if !(1..=12).contains(&month) {
            return Err(NikError::Month);
        }
        // 2000 is a leap year, so this refuses only days that exist in no possible century.
        let year = i32::try_from(self.number(10, 2)).unwrap_or(0) + 2000;
        NaiveDate::from_ymd_opt(year, month, self.day()).map(|_| ()).ok_or(NikError::Date)
    }

    /// `len` digits from `start` as a number.
    fn number(&self, start: usize, len: usize) -> u32 {
        self.0.get(start..start + len).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    fn day(&self) -> u32 {
        let day = self.number(6, 2);
        if day > 40 { day - 40 } else { day }
    }

    /// Province, regency and district at first registration, six digits without dots. It says nothing
    /// about where the person lives now, and may be a code that no longer exists.
    pub fn region6(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// The sex at registration.
    pub fn sex(&self) -> Sex {
        if self.number(6, 2) > 40 { Sex::Female } else { Sex::Male }
    }

    /// The date of birth the number says, in the latest century that isn't after `reference`. People of
    /// a hundred years and more come out a century too young: a hint, never a proof. `None` only when
    /// that century has no such day (29 February 1900).
    pub fn birth(&self, reference: NaiveDate) -> Option<NaiveDate> {
        let two_digits = i32::try_from(self.number(10, 2)).ok()?;
        let century = reference.year().div_euclid(100) * 100;
        let date = |year| NaiveDate::from_ymd_opt(year, self.number(8, 2), self.day());
        match date(century + two_digits) {
            Some(born) if born <= reference => Some(born),
            _ => date(century - 100 + two_digits),
        }
    }

    /// First and last four digits: `3603********0001`.
    pub fn masked(&self) -> String {
        super::mask_sixteen(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn a_nik_of_a_woman_adds_forty_to_the_day() -> Result<(), NikError> {
        let nik = Nik::parse("3603036502900001")?;
        assert_eq!(nik.sex(), Sex::Female);
        assert_eq!(day(2026, 11, 21).and_then(|today| nik.birth(today)), day(1990, 2, 25));
        assert_eq!(nik.region6(), "360303");
        Ok(())
    }

    #[test]
    fn the_century_is_the_latest_that_is_not_in_the_future() -> Result<(), NikError> {
        let nik = Nik::parse("3603032511260001")?;
        assert_eq!(nik.sex(), Sex::Male);
        assert_eq!(day(2026, 11, 25).and_then(|today| nik.birth(today)), day(2026, 11, 25));
        assert_eq!(day(2026, 11, 24).and_then(|today| nik.birth(today)), day(1926, 11, 25));
        Ok(())
    }

    #[test]
    fn what_is_wrong_with_a_nik_is_named() {
        let table = [
            ("", NikError::Empty),
            (" . ", NikError::Empty),
            ("36030365029O0001", NikError::NotDigits),
            ("360303650290000", NikError::Length(15)),
            ("36030365029000011", NikError::Length(17)),
            ("3603030002900001", NikError::Day),
            ("3603033202900001", NikError::Day),
            ("3603034002900001", NikError::Day),
            ("3603037202900001", NikError::Day),
            ("3603036500900001", NikError::Month),
            ("3603036513900001", NikError::Month),
            ("3603033102900001", NikError::Date),
            ("3603036902910001", NikError::Date),
            ("3603036502900000", NikError::Serial),
        ];
        for (text, error) in table {
            assert_eq!(Nik::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_region_nobody_knows_is_no_error() {
        for text in ["6405016502900001", "9999996502900001", "0000000101000001"] {
            assert!(Nik::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn blanks_dots_and_invisible_marks_are_ignored() {
        let clear = Nik::parse("3603036502900001");
        assert_eq!(Nik::parse(" 3603.0365.0290.0001\u{a0}"), clear);
        assert_eq!(Nik::parse("\u{2066}360303 650290-0001\u{2069}"), clear);
        assert!(clear.is_ok());
    }

    #[test]
    fn a_nik_prints_masked_and_travels_in_clear_json() -> Result<(), Box<dyn std::error::Error>> {
        let nik = Nik::parse("3603036502900001")?;
        assert_eq!(format!("{nik}"), "3603********0001");
        assert_eq!(format!("{nik:?}"), "Nik(3603********0001)");
        let json = serde_json::to_string(&nik)?;
        assert_eq!(json, "\"3603036502900001\"");
        assert_eq!(serde_json::from_str::<Nik>(&json)?, nik);
        let refusal = serde_json::from_str::<Nik>("\"360303650290\"").err().map(|e| e.to_string());
        assert!(refusal.is_some_and(|text| text.contains("16 angka") && !text.contains("360303650290")));
        Ok(())
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_keeps_sixteen_digits(text in "\\PC{0,40}") {
            if let Ok(nik) = Nik::parse(&text) {
                prop_assert_eq!(nik.expose().len(), 16);
            }
        }

        #[test]
        fn every_date_of_either_sex_is_read_back(
            days in 0_i64..36_500, female: bool, serial in 1_u32..10_000, region in 0_u32..1_000_000,
        ) {
            let start = day(1927, 1, 1).unwrap_or_default();
            let born = start + chrono::TimeDelta::days(days);
            let today = day(2026, 11, 21).unwrap_or_default();
            prop_assume!(born <= today && born > day(1926, 11, 21).unwrap_or_default());
            let d = born.day() + if female { 40 } else { 0 };
            let text = format!("{region:06}{d:02}{:02}{:02}{serial:04}", born.month(), born.year() % 100);
            let nik = Nik::parse(&text).map_err(|e| TestCaseError::fail(e.sentence()))?;
            prop_assert_eq!(nik.birth(today), Some(born));
            prop_assert_eq!(nik.sex() == Sex::Female, female);
        }
    }
}
