//! Ready answers: an office's own words with a few placeholders, checked when they are written and filled when an
//! officer picks one.
//!
//! Only what Loket holds and may say has a placeholder: nothing of a citizen but the receipt they were given.

use super::LONGEST;

/// The longest code, in letters.
pub const LONGEST_CODE: usize = 20;
/// The longest title, in letters.
pub const LONGEST_TITLE: usize = 60;

words!(/// What may stand between braces.
    Placeholder {
    /// The office's name.
    Office = "kantor",
    /// The office's service hours.
    Hours = "jam",
    /// The receipt number of the request at hand.
    Receipt = "resi",
    /// The service of the request at hand.
    Service = "layanan",
});

impl Placeholder {
    /// What is put in its place.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Office => "nama kantor",
            Self::Hours => "jam pelayanan",
            Self::Receipt => "nomor permohonan",
            Self::Service => "nama layanan",
        }
    }

    /// Whether it means something only where there is a request.
    pub const fn needs_request(self) -> bool {
        matches!(self, Self::Receipt | Self::Service)
    }

    /// The most letters that may come in its place: what the office's profile, the receipts and the catalogue allow.
    const fn longest(self) -> usize {
        match self {
            Self::Hours => 500,
            Self::Office | Self::Service => 120,
            Self::Receipt => 20,
        }
    }
}

/// What is wrong with a ready answer. The fragment is the administrator's own text and is shown to them only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuickReplyProblem {
    /// The code cannot be typed after a slash.
    #[error("Kode terdiri atas 2 sampai 20 huruf kecil, angka, atau tanda hubung, contoh: syarat.")]
    Code,
    /// No title, or too long a one.
    #[error("Judul belum diisi atau lebih dari 60 huruf.")]
    Title,
    /// No words.
    #[error("Tulis isi balasannya.")]
    Empty,
    /// More than WhatsApp takes once every placeholder is filled.
    #[error("Balasan terlalu panjang. Setelah isian terisi, WhatsApp menerima paling banyak 4.096 huruf.")]
    TooLong,
    /// Something between braces that Loket cannot fill.
    #[error("Isian {0} tidak dikenal. Yang dapat dipakai: {{kantor}}, {{jam}}, {{resi}}, {{layanan}}.")]
    Unknown(String),
}

/// The code as it is kept: without the slash, in small letters.
///
/// # Errors
/// [`QuickReplyProblem::Code`] when it has other signs, or too few or many.
pub fn code(written: &str) -> Result<String, QuickReplyProblem> {
    let written = written.trim();
    let code = written.strip_prefix('/').unwrap_or(written).to_lowercase();
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if plain && (2..=LONGEST_CODE).contains(&code.len()) { Ok(code) } else { Err(QuickReplyProblem::Code) }
}

/// The title as it is kept: on one line.
///
/// # Errors
/// [`QuickReplyProblem::Title`] when there is none or too much of it.
pub fn title(written: &str) -> Result<String, QuickReplyProblem> {
    let title = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !title.is_empty() && title.chars().count() <= LONGEST_TITLE;
    if fits { Ok(title) } else { Err(QuickReplyProblem::Title) }
}

/// The words of a ready answer: checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickText {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Place(Placeholder),
}

impl QuickText {
    /// Reads what was written.
    ///
    /// # Errors
    /// [`QuickReplyProblem`] for nothing, too much, or a placeholder nobody can fill.
    pub fn parse(written: &str) -> Result<Self, QuickReplyProblem> {
        let text = written.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            return Err(QuickReplyProblem::Empty);
        }
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((words, after)) = rest.split_once('{') {
            pieces.push(Piece::Words(words.to_owned()));
            let (place, beyond) = placeholder(after)?;
            pieces.push(Piece::Place(place));
            rest = beyond;
        }
        pieces.push(Piece::Words(rest.to_owned()));
        let longest: usize = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.chars().count(),
                Piece::Place(place) => place.longest(),
            })
            .sum();
        if longest > LONGEST { Err(QuickReplyProblem::TooLong) } else { Ok(Self { text, pieces }) }
    }

    /// As it is kept: with its placeholders.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it speaks of a request.
    pub fn needs_request(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Place(place) if place.needs_request()))
    }

    /// The words with everything filled in; nothing when something of it is not known here.
    pub fn filled(&self, known: &Known<'_>) -> Option<String> {
        let mut text = String::with_capacity(self.text.len());
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => text.push_str(words),
                Piece::Place(place) => text.push_str(known.of(*place)?),
            }
        }
        Some(text)
    }
}

/// The placeholder that a text begins with, its brace already read, and what follows it.
fn placeholder(after: &str) -> Result<(Placeholder, &str), QuickReplyProblem> {
    let (word, beyond) = match after.split_once('}') {
        Some((word, beyond)) if !word.contains(['{', '\n']) => (word, beyond),
        _ => (after.split(['{', '\n', ' ']).next().unwrap_or_default(), ""),
    };
    let unknown = || QuickReplyProblem::Unknown(format!("{{{}}}", word.chars().take(30).collect::<String>()));
    let place: Placeholder = word.trim().to_lowercase().parse().map_err(|_| unknown())?;
    if after.contains('}') { Ok((place, beyond)) } else { Err(unknown()) }
}

/// What is known where an answer is picked.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The office's name.
    pub office: &'a str,
    /// Its hours.
    pub hours: &'a str,
    /// The request at hand: its receipt number and its service.
    pub request: Option<(&'a str, &'a str)>,
}

impl<'a> Known<'a> {
    fn of(&self, place: Placeholder) -> Option<&'a str> {
        match place {
            Placeholder::Office => Some(self.office),
            Placeholder::Hours => Some(self.hours),
            Placeholder::Receipt => self.request.map(|(receipt, _)| receipt),
            Placeholder::Service => self.request.map(|(_, service)| service),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KNOWN: Known<'_> = Known {
        office: "Disdukcapil Kota Batu",
        hours: "07.30–16.00",
        request: Some(("BTU-2611-00001-A", "KTP-el")),
    };

    #[test]
    fn a_placeholder_is_filled_with_what_is_known() {
        for (written, filled) in [
            ("Halo dari {kantor}.", "Halo dari Disdukcapil Kota Batu."),
            ("{ Jam }", "07.30–16.00"),
            ("{resi} ({layanan})", "BTU-2611-00001-A (KTP-el)"),
            ("  satu\r\ndua  ", "satu\ndua"),
        ] {
            let text = QuickText::parse(written);
            assert_eq!(text.ok().and_then(|text| text.filled(&KNOWN)).as_deref(), Some(filled), "{written}");
        }
    }

    #[test]
    fn what_speaks_of_a_request_is_not_filled_without_one() {
        let without = Known { request: None, ..KNOWN };
        for (written, needs) in
            [("Nomor {resi}", true), ("Layanan {layanan}", true), ("{kantor} {jam}", false)]
        {
            let text = QuickText::parse(written);
            assert_eq!(text.as_ref().map(QuickText::needs_request), Ok(needs), "{written}");
            assert_eq!(text.map(|text| text.filled(&without).is_none()), Ok(needs), "{written}");
        }
    }

    #[test]
    fn an_unknown_placeholder_is_named() {
        for (written, named) in [
            ("Yth. {nama_panggilan}", "{nama_panggilan}"),
            ("{nik}", "{nik}"),
            ("{kantor} {}", "{}"),
            ("{kantor", "{kantor}"),
            ("{ kantor {jam}", "{}"),
            ("a {b\nc} d", "{b}"),
        ] {
            assert_eq!(
                QuickText::parse(written),
                Err(QuickReplyProblem::Unknown(named.to_owned())),
                "{written}"
            );
        }
        let said = QuickReplyProblem::Unknown("{nik}".to_owned()).to_string();
        assert!(said.contains("{nik}") && said.contains("{kantor}"), "{said}");
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(QuickText::parse(" \n "), Err(QuickReplyProblem::Empty));
        assert_eq!(QuickText::parse(&"x".repeat(LONGEST + 1)), Err(QuickReplyProblem::TooLong));
        let with_hours = format!("{{jam}}{}", "x".repeat(LONGEST - 499));
        assert_eq!(QuickText::parse(&with_hours), Err(QuickReplyProblem::TooLong), "the hours may be long");
        assert!(QuickText::parse(&"é".repeat(LONGEST)).is_ok(), "letters are counted, not bytes");
    }

    #[test]
    fn a_code_can_be_typed_after_a_slash() {
        for (written, kept) in [("/Syarat", Some("syarat")), (" jam-2 ", Some("jam-2"))] {
            assert_eq!(code(written).ok().as_deref(), kept, "{written}");
        }
        for wrong in ["", "/", "a", "dua kata", "//x", "é", &"x".repeat(21)] {
            assert_eq!(code(wrong), Err(QuickReplyProblem::Code), "{wrong}");
        }
        assert_eq!(title(" Syarat \n KTP "), Ok("Syarat KTP".to_owned()));
        assert_eq!(title(&"x".repeat(61)), Err(QuickReplyProblem::Title));
    }

    proptest! {
        #[test]
        fn what_was_accepted_fits_one_message_and_has_no_brace_left(written in "(\\{(kantor|jam|resi|layanan)\\}|[a-z ,.\n]){1,60}") {
            if let Ok(text) = QuickText::parse(&written) {
                let filled = text.filled(&KNOWN).unwrap_or_default();
                prop_assert!(filled.chars().count() <= LONGEST);
                prop_assert!(!filled.contains('{'), "a brace is left");
                prop_assert_eq!(QuickText::parse(text.text()), Ok(text));
            }
        }
    }
}
