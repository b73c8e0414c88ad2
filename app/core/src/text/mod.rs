//! Texts that have a shape: identity numbers, telephones, WhatsApp addresses, names, e-mail.
//!
//! Text comes in at the edge of the program and leaves it as a type. Every type here is personal
//! data: `Debug` and `Display` print it masked, `expose` is the one door to the clear value, and the
//! memory is wiped when it is dropped. Serde carries the clear value, for JSON that is sealed.

mod bsuid;
mod email;
mod kk;
mod mask;
mod name;
mod nik;
mod phone;

pub use bsuid::{Bsuid, BsuidError};
pub use email::{Email, EmailError};
pub use kk::{Kk, KkError};
pub(crate) use mask::mask_solid_runs;
pub use mask::{mask_identity_numbers, mask_numbers};
pub use name::{NameError, PersonName};
pub use nik::{Nik, NikError, Sex};
pub use phone::{PhoneE164, PhoneError, WaId, WaIdError};

/// Whether a character shows nothing: keyboards and WhatsApp put these around pasted text.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text without what people put between the digits of a number: blanks, dots, dashes.
pub(crate) fn without_gaps(text: &str) -> String {
    text.chars().filter(|c| !is_gap(*c)).collect()
}

/// Whether people put this character between the digits of one number.
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace() || is_invisible(c) || matches!(c, '.' | '-' | '\u{2010}'..='\u{2015}')
}

/// The text with its first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The text in one line: outer and doubled blanks gone, invisible and control characters dropped.
pub(crate) fn collapse(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let before = line.len();
        if before > 0 {
            line.push(' ');
        }
        let start = line.len();
        line.extend(word.chars().filter(|c| !is_invisible(*c)));
        if line.len() == start {
            line.truncate(before);
        }
    }
    line
}

/// Four digits, stars, four digits: how a NIK or KK number is shown.
fn mask_sixteen(digits: &str) -> String {
    let head = digits.get(..4).unwrap_or_default();
    let tail = digits.get(12..).unwrap_or_default();
    format!("{head}********{tail}")
}
