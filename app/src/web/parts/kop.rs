//! The head of an office's letters: who stands above it, its name, where it is, how it is reached, its picture.

use crate::{domain::tenancy::Office, web::routes};

/// A letterhead as it is drawn.
pub struct Kop {
    /// Who stands above the office; may be none.
    pub above: Vec<String>,
    /// Its full name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// How it is reached.
    pub contact: String,
    /// Where its picture is.
    pub logo: Option<String>,
}

impl Kop {
    /// The letterhead of an office.
    pub fn of(office: &Office) -> Self {
        let mut above = office.letterhead_lines();
        let name = above.pop().unwrap_or_default();
        Self {
            above,
            name,
            address: office.address.lines().collect::<Vec<_>>().join(", "),
            contact: office.contact_line(),
            logo: office.logo.map(|file| routes::Logo::at(&office.slug, file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn the_last_line_is_the_offices_name_and_without_lines_its_own_name_stands() {
        let bare = Kop::of(&samples::office());
        assert_eq!((bare.above.len(), bare.name.as_str()), (0, "DISDUKCAPIL KABUPATEN TANGERANG"));
        assert!(bare.logo.is_none() && bare.contact.is_empty());
        let office = Office {
            letterhead: "PEMERINTAH KABUPATEN TANGERANG\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL".to_owned(),
            address: "Jalan Peragaan 36\nTigaraksa".to_owned(),
            phone: "021-0000".to_owned(),
            website: "contoh.test".to_owned(),
            ..samples::office()
        };
        let kop = Kop::of(&office);
        assert_eq!(kop.above, ["PEMERINTAH KABUPATEN TANGERANG"]);
        assert_eq!(kop.name, "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL");
        assert_eq!(kop.address, "Jalan Peragaan 36, Tigaraksa");
        assert_eq!(kop.contact, "Telepon 021-0000 · Situs contoh.test");
    }
}
