//! The people who hold the simulator's phones. None of them exists.
//!
//! NIK and KK numbers are well-formed for their region, with serials from 9000 on; the telephone numbers
//! begin with 0800, which no mobile phone has.

/// Somebody with a phone. All of it made up.
#[derive(Clone, Copy)]
pub struct Person {
    /// The phone, as WhatsApp writes it.
    pub wa_id: &'static str,
    /// As it stands on the KTP.
    pub name: &'static str,
    /// Sixteen digits.
    pub nik: &'static str,
    /// Sixteen digits.
    pub kk: &'static str,
    /// Whose name leads the KK.
    pub head_of_family: &'static str,
    /// Desa or kelurahan.
    pub village: &'static str,
    /// Kecamatan.
    pub district: &'static str,
    /// Kabupaten or kota, in words.
    pub regency: &'static str,
}

/// Everybody, the first one holding the phone at the start.
pub const PEOPLE: [Person; 8] = [
    Person {
        wa_id: "628003603001",
        name: "SITI AMINAH",
        nik: "3603036502909001",
        kk: "3603031203159001",
        head_of_family: "AHMAD FAUZI",
        village: "PETE",
        district: "TIGARAKSA",
        regency: "Kabupaten Tangerang",
    },
    Person {
        wa_id: "628003603002",
        name: "BUDI HARTONO",
        nik: "3603011708859002",
        kk: "3603010106109002",
        head_of_family: "BUDI HARTONO",
        village: "TOBAT",
        district: "BALARAJA",
        regency: "Kabupaten Tangerang",
    },
    Person {
        wa_id: "628005371001",
        name: "MARIA LAKAPU",
        nik: "5371034909929003",
        kk: "5371032211189003",
        head_of_family: "YOHANIS LAKAPU",
        village: "OESAPA",
        district: "KELAPA LIMA",
        regency: "Kota Kupang",
    },
    Person {
        wa_id: "628005371002",
        name: "YUSUF MANU",
        nik: "5371040301789004",
        kk: "5371041505119004",
        head_of_family: "YUSUF MANU",
        village: "LILIBA",
        district: "OEBOBO",
        regency: "Kota Kupang",
    },
    Person {
        wa_id: "628006503001",
        name: "NURHAYATI",
        nik: "6503025412959005",
        kk: "6503020907209005",
        head_of_family: "SYAMSUDDIN",
        village: "NUNUKAN TIMUR",
        district: "NUNUKAN",
        regency: "Kabupaten Nunukan",
    },
    Person {
        wa_id: "628001771001",
        name: "DEWI LESTARI",
        nik: "1771046106889006",
        kk: "1771040404149006",
        head_of_family: "RAHMAT HIDAYAT",
        village: "RAWA MAKMUR",
        district: "MUARA BANGKA HULU",
        regency: "Kota Bengkulu",
    },
    Person {
        wa_id: "628003579001",
        name: "AGUS SALIM",
        nik: "3579022802989007",
        kk: "3579021010169007",
        head_of_family: "AGUS SALIM",
        village: "TULUNGREJO",
        district: "BUMIAJI",
        regency: "Kota Batu",
    },
    Person {
        wa_id: "628003579002",
        name: "RINA WULANDARI",
        nik: "3579015907049008",
        kk: "3579011908059008",
        head_of_family: "SLAMET RIYADI",
        village: "SISIR",
        district: "BATU",
        regency: "Kota Batu",
    },
];

/// A phone with whoever holds it.
#[derive(Clone)]
pub struct Phone {
    /// As WhatsApp writes it: 8 to 15 digits.
    pub wa_id: String,
    /// Whose papers are at hand.
    pub person: Person,
    /// Whether that is the phone's owner; another phone borrows the first person's papers.
    pub owner: bool,
}

impl Phone {
    /// The phone of a `wa_id`; `None` when that is none.
    pub fn of(wa_id: &str) -> Option<Self> {
        let fits = (8..=15).contains(&wa_id.len())
            && wa_id.bytes().all(|byte| byte.is_ascii_digit())
            && !wa_id.starts_with('0');
        let known = PEOPLE.iter().find(|person| person.wa_id == wa_id);
        let [first, ..] = PEOPLE;
        fits.then(|| Self {
            wa_id: wa_id.to_owned(),
            person: known.copied().unwrap_or(first),
            owner: known.is_some(),
        })
    }

    /// The phone at the start.
    pub fn first() -> Self {
        let [first, ..] = PEOPLE;
        Self { wa_id: first.wa_id.to_owned(), person: first, owner: true }
    }

    /// What WhatsApp shows as its owner's name: `Siti Aminah`.
    pub fn profile_name(&self) -> String {
        if self.owner { spoken(self.person.name) } else { "Warga Peragaan".to_owned() }
    }
}

/// `Siti Aminah` for `SITI AMINAH`.
pub fn spoken(name: &str) -> String {
    let word = |word: &str| match word.split_at_checked(1) {
        Some((first, rest)) => format!("{first}{}", rest.to_lowercase()),
        None => word.to_owned(),
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use loket_core::text::{Kk, Nik, PhoneE164};

    use super::*;

    #[test]
    fn everybody_has_well_formed_numbers_that_nobody_else_has() {
        for (at, person) in PEOPLE.iter().enumerate() {
            assert!(Nik::parse(person.nik).is_ok(), "{}", person.name);
            assert!(Kk::parse(person.kk).is_ok(), "{}", person.name);
            assert!(PhoneE164::parse(&format!("+{}", person.wa_id)).is_ok(), "{}", person.name);
            assert!(person.nik.get(12..).is_some_and(|serial| serial >= "9000"));
            assert!(
                PEOPLE
                    .iter()
                    .skip(at + 1)
                    .all(|other| other.nik != person.nik && other.wa_id != person.wa_id)
            );
        }
    }

    #[test]
    fn a_phone_is_eight_to_fifteen_digits_with_its_country_in_front() {
        for good in ["62811234", "628123456789012"] {
            assert!(Phone::of(good).is_some(), "{good}");
        }
        for odd in ["", "6281123", "6281234567890123", "+62811234", "0811234567", "62811 2345", "62811a345"] {
            assert!(Phone::of(odd).is_none(), "{odd}");
        }
        assert_eq!(spoken("SITI AMINAH"), "Siti Aminah");
    }
}
