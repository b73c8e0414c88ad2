//! The citizens of the year. None of them exists: names are put together from two lists, telephone numbers begin with
//! 0800, which no mobile phone has, and serials of NIK and KK begin with 9.

use loket_core::format::FormatDefinition;

use super::case::Case;
use crate::{
    demo::{
        lines::{Typed, loose_words},
        lots::Lots,
        offices::{CITIZENS, DemoOffice},
    },
    domain::regions::{self, District},
};

/// A citizen.
pub struct Citizen {
    /// As it stands on the KTP.
    pub name: String,
    /// Sixteen digits.
    pub nik: String,
    /// Sixteen digits.
    pub kk: String,
    /// The phone, as WhatsApp writes it.
    pub wa_id: String,
}

impl Citizen {
    /// Who stands behind the `number`-th case of an office; `district`: the six digits of their kecamatan.
    pub fn of(case: &Case, (office, number): (&DemoOffice, usize), district: &str) -> Self {
        let mut lots = Lots::of(&[case.arrival.lot, 9]);
        let mut word = |last: bool| {
            let name = CITIZENS.get(lots.place(CITIZENS.len())).copied().unwrap_or("Warga");
            let mut words = name.split(' ');
            if last { words.next_back() } else { words.next() }.unwrap_or(name).to_owned()
        };
        let name = format!("{} {}", word(false), word(true)).to_uppercase();
        let woman = lots.below(2) * 40;
        let (day, month) = (1 + lots.below(28), 1 + lots.below(12));
        let (year, serial) = (55 + lots.below(45), 9_000 + lots.below(999));
        let family = 9_000 + lots.below(999);
        Self {
            name,
            nik: format!("{district}{:02}{month:02}{year:02}{serial:04}", day + woman),
            kk: format!("{district}{day:02}{month:02}{:02}{family:04}", 5 + lots.below(20)),
            wa_id: format!("62800{}{:06}", office.region.get(..4).unwrap_or("0000"), 100_000 + number),
        }
    }

    /// What they write first: a line of the office's format where there is one, loose words elsewhere.
    pub fn first_words(
        &self,
        line: Option<&FormatDefinition>,
        (district, variant): (District, &str),
    ) -> String {
        let Some(line) = line else { return loose_words(&self.name) };
        let typed = Typed {
            name: &self.name,
            nik: &self.nik,
            kk: &self.kk,
            village: &regions::villages(district.code).next().unwrap_or_default().to_uppercase(),
            district: &district.name.to_uppercase(),
            option: &variant.to_uppercase(),
        };
        typed.line(line)
    }
}
