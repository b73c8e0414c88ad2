//! The number of a family card (Kartu Keluarga).
//!
//! Sixteen digits: region, date of entry (DDMMYY, no +40), serial. By its pattern alone it can't be
//! told from a man's NIK, so nothing but the length is held against it.

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A KK number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Zeroize, ZeroizeOnDrop)]
pub struct Kk(String);

personal!(Kk, KkError);

/// Why a text is no KK number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum KkError {
    /// Nothing was written.
    Empty,
    /// Something else than digits, blanks, dots and dashes.
    NotDigits,
    /// Holds how many digits there are instead of 16.
    Length(usize),
    /// The last four digits are 0000.
    Serial,
}

impl KkError {
    /// What is wrong, in one Indonesian sentence without the number.
    pub const fn sentence(&self) -> &'static str {
        match self {
            Self::Empty => "Nomor KK belum diisi.",
            Self::NotDigits => "Nomor KK hanya boleh berisi angka.",
            Self::Length(_) => "Nomor KK harus terdiri atas 16 angka.",
            Self::Serial => "Empat angka terakhir nomor KK tidak boleh 0000.",
        }
    }
}

impl Kk {
    /// Reads a KK number; blanks, dots and dashes between the digits are ignored.
    pub fn parse(text: &str) -> Result<Self, KkError> {
        let kk = Self(super::without_gaps(text));
        if kk.0.is_empty() {
            return Err(KkError::Empty);
        }
        if !kk.0.bytes().all(|b| b.is_ascii_digit()) {
            return Err(KkError::NotDigits);
        }
        if kk.0.len() != 16 {
            return Err(KkError::Length(kk.0.len()));
        }
        if kk.0.ends_with("0000") {
            return Err(KkError::Serial);
        }
        Ok(kk)
    }

    /// Region of issue: six digits without dots; may be a code that no longer exists.
    pub fn region6(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }

    /// First and last four digits: `3603********0007`.
    pub fn masked(&self) -> String {
        super::mask_sixteen(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kk_number_is_sixteen_digits_with_a_serial() {
        let table = [
            ("3603031204150007", None),
            ("3603 0312 0415 0007", None),
            ("", Some(KkError::Empty)),
            ("tidak ada", Some(KkError::NotDigits)),
            ("360303120415", Some(KkError::Length(12))),
            ("3603031204150000", Some(KkError::Serial)),
        ];
        for (text, error) in table {
            assert_eq!(Kk::parse(text).err(), error, "{text}");
        }
    }

    #[test]
    fn a_kk_number_prints_masked() -> Result<(), KkError> {
        let kk = Kk::parse("3603031204150007")?;
        assert_eq!(kk.to_string(), "3603********0007");
        assert_eq!(format!("{kk:?}"), "Kk(3603********0007)");
        Ok(())
    }
}
