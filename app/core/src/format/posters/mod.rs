//! The formats that the offices of the demonstration publish, as data an office can start from.

mod fields;
mod others;
mod tangerang;

pub use tangerang::tangerang_formats;

use super::schema::FormatDefinition;

/// What an office publishes.
#[derive(Debug, Clone, Copy)]
pub struct Poster {
    /// The office's name in a path.
    pub office: &'static str,
    /// The digits of its region.
    pub region: &'static str,
    formats: fn() -> Vec<FormatDefinition>,
}

impl Poster {
    /// Its formats.
    pub fn formats(&self) -> Vec<FormatDefinition> {
        (self.formats)()
    }
}

/// The five offices.
pub const POSTERS: [Poster; 5] = [
    Poster { office: "kab-tangerang", region: "3603", formats: tangerang_formats },
    Poster { office: "kota-kupang", region: "5371", formats: others::kupang },
    Poster { office: "kab-nunukan", region: "6503", formats: others::nunukan },
    Poster { office: "kec-muara-bangkahulu", region: "177104", formats: others::muara_bangkahulu },
    Poster { office: "kota-batu", region: "3579", formats: others::batu },
];

/// What the office of this name publishes.
pub fn poster(office: &str) -> Option<Poster> {
    POSTERS.into_iter().find(|poster| poster.office == office)
}
