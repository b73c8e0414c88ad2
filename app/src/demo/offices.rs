//! The five offices of the demonstration: who they are, what they offer, who works there.
//!
//! Names of offices are real, people and telephone numbers are made up, and every page says so.

use loket_core::{
    compensation::{Compensation, CompensationKind},
    format::{FormatDefinition, NumbersIn, poster},
    kinds::{OfficeKind, ReplyMode, Role},
};

/// An office of the demonstration.
pub struct DemoOffice {
    /// Its name in a path.
    pub slug: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub kind: OfficeKind,
    /// The letters of its receipts.
    pub receipt_code: &'static str,
    /// Its province.
    pub province: &'static str,
    /// Its area.
    pub region: &'static str,
    /// What villages are called there.
    pub village_word: &'static str,
    /// Service hours as told to citizens.
    pub hours: &'static str,
    /// Who stands above it and its full name, where it is, and how it is reached: made up but for the names.
    pub letter: DemoLetterhead,
    /// Its numbers.
    pub numbers: &'static [DemoNumber],
    /// Codes of its services, in order.
    pub services: &'static [&'static str],
    /// What Loket answers by itself there.
    pub replies: ReplyMode,
    /// What it offers as one more variant of a service, where the national catalogue has two: the service, and the
    /// code and the name that the variant of that other entry has here.
    pub within: &'static [(&'static str, &'static str, [&'static str; 2])],
    /// Whether citizens may hand in requests by the public form.
    pub web_form: bool,
    /// Where its citizens are asked to type NIK and KK numbers.
    pub numbers_in: NumbersIn,
    /// Whether citizens wrote the lines of its formats all year; elsewhere formats are new.
    pub typed_all_year: bool,
    /// Who works there.
    pub people: &'static [DemoPerson],
}

impl DemoOffice {
    /// The formats that it publishes.
    pub fn formats(&self) -> Vec<FormatDefinition> {
        let mut formats = poster(self.slug).map(|poster| poster.formats()).unwrap_or_default();
        for format in &mut formats {
            format.numbers = self.numbers_in;
        }
        formats
    }
}

/// What an office of the demonstration promises to whoever is not served in time; made up, as its decree is.
pub struct DemoCompensation {
    /// The office, by its name in a path.
    pub office: &'static str,
    /// The code of the service.
    pub service: &'static str,
    /// What is given.
    pub kind: CompensationKind,
    /// As the citizen reads it; empty for the usual words.
    pub words: &'static str,
    /// The decree; empty where there is none yet.
    pub basis: &'static str,
}

impl DemoCompensation {
    /// The rule as a standard has it.
    pub fn rule(&self) -> Compensation {
        Compensation { kind: self.kind, words: self.words.to_owned(), basis: self.basis.to_owned() }
    }
}

/// Some services promise something; the others are counted as having no rule.
pub static COMPENSATIONS: [DemoCompensation; 2] = [
    DemoCompensation {
        office: "kab-tangerang",
        service: "KTP",
        kind: CompensationKind::ServedFirst,
        words: "",
        basis: "SK Kepala Dinas 21/2026 (peragaan)",
    },
    DemoCompensation {
        office: "kab-tangerang",
        service: "KK",
        kind: CompensationKind::Delivered,
        words: "KK diantar petugas ke alamat Bapak/Ibu tanpa biaya.",
        basis: "",
    },
];

/// The head of an office's letters.
pub struct DemoLetterhead {
    /// Its lines.
    pub lines: &'static str,
    /// Where the office is.
    pub address: &'static str,
    /// Its telephone.
    pub phone: &'static str,
}

/// A WhatsApp number of the demonstration.
pub struct DemoNumber {
    /// Meta's id of it.
    pub phone_number_id: &'static str,
    /// As people dial it; made up.
    pub display: &'static str,
    /// What the office calls it.
    pub label: &'static str,
    /// The services it is meant for.
    pub services: &'static [&'static str],
}

/// Somebody who works at an office of the demonstration.
pub struct DemoPerson {
    /// The part of the address before `@`.
    pub mailbox: &'static str,
    /// Their name.
    pub name: &'static str,
    /// Their position.
    pub title: &'static str,
    /// Their role.
    pub role: Role,
    /// The services they serve; all when empty.
    pub services: &'static [&'static str],
}

impl DemoPerson {
    /// The address they sign in with.
    pub fn email(&self, office: &str) -> String {
        format!("{}@{office}.loket.test", self.mailbox)
    }
}

const fn person(mailbox: &'static str, name: &'static str, title: &'static str, role: Role) -> DemoPerson {
    DemoPerson { mailbox, name, title, role, services: &[] }
}

const fn operator(
    mailbox: &'static str,
    name: &'static str,
    title: &'static str,
    services: &'static [&'static str],
) -> DemoPerson {
    DemoPerson { mailbox, name, title, role: Role::Operator, services }
}

const fn number(
    phone_number_id: &'static str,
    display: &'static str,
    label: &'static str,
    services: &'static [&'static str],
) -> DemoNumber {
    DemoNumber { phone_number_id, display, label, services }
}

/// The five offices.
pub static OFFICES: [DemoOffice; 5] = [
    DemoOffice {
        slug: "kab-tangerang",
        name: "Disdukcapil Kabupaten Tangerang",
        kind: OfficeKind::Dinas,
        receipt_code: "TNG",
        province: "36",
        region: "3603",
        village_word: "desa/kelurahan",
        hours: "Senin–Kamis 08.00–15.00, Jumat 08.00–15.30 WIB",
        letter: DemoLetterhead {
            lines: "PEMERINTAH KABUPATEN TANGERANG\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            address: "Jalan Peragaan Nomor 36\nTigaraksa, Kabupaten Tangerang",
            phone: "(021) 0000-3603",
        },
        numbers: &[
            number("360300000000001", "+62 812-0000-3601", "Kartu Keluarga", &["KK"]),
            number("360300000000002", "+62 812-0000-3602", "KTP-el", &["KTP"]),
            number("360300000000003", "+62 812-0000-3603", "KIA", &["KIA"]),
            number("360300000000004", "+62 812-0000-3604", "Pindah dan datang", &["SKPWNI", "SKDWN"]),
        ],
        services: &["KK", "KTP", "KIA", "SKPWNI", "SKDWN"],
        replies: ReplyMode::Assisted,
        within: &[],
        web_form: true,
        numbers_in: NumbersIn::Chat,
        typed_all_year: true,
        people: &[
            person("kepala", "Drs. Hendra Wijaya", "Kepala Dinas", Role::Head),
            person("kabid", "Ratna Puspitasari", "Kepala Bidang Pendaftaran Penduduk", Role::Supervisor),
            operator("operator.ktp", "Dewi Lestari", "Operator KTP-el dan KIA", &["KTP", "KIA"]),
            operator("operator.kk", "Agus Setiawan", "Operator KK dan pindah", &["KK", "SKPWNI", "SKDWN"]),
            person("admin", "Bayu Pratama", "Admin kantor", Role::OfficeAdmin),
        ],
    },
    DemoOffice {
        slug: "kota-kupang",
        name: "Disdukcapil Kota Kupang",
        kind: OfficeKind::Dinas,
        receipt_code: "KPG",
        province: "53",
        region: "5371",
        village_word: "kelurahan",
        hours: "Senin–Kamis 08.00–15.30, Jumat 08.00–15.00 WITA",
        letter: DemoLetterhead {
            lines: "PEMERINTAH KOTA KUPANG\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            address: "Jalan Peragaan Nomor 53\nKelapa Lima, Kota Kupang",
            phone: "(0380) 000-5371",
        },
        numbers: &[
            number("537100000000001", "+62 813-0000-5301", "Validasi NIK", &["NIK"]),
            number("537100000000002", "+62 813-0000-5302", "Pindah masuk dan keluar", &["SKPWNI", "SKDWN"]),
            number("537100000000003", "+62 813-0000-5303", "KIA", &["KIA"]),
            number("537100000000004", "+62 813-0000-5304", "Pengaduan", &[]),
        ],
        services: &["NIK", "SKPWNI", "SKDWN", "KIA"],
        replies: ReplyMode::Assisted,
        within: &[],
        web_form: false,
        numbers_in: NumbersIn::Chat,
        typed_all_year: false,
        people: &[
            person("kepala", "Maria Goreti Bere", "Kepala Dinas", Role::Head),
            person("kabid", "Yusuf Manafe", "Kepala Bidang PIAK", Role::Supervisor),
            operator("operator.nik", "Adriana Lay", "Operator validasi NIK", &["NIK"]),
            operator(
                "operator.pindah",
                "Frans Nenobais",
                "Operator pindah dan KIA",
                &["SKPWNI", "SKDWN", "KIA"],
            ),
            person("pengaduan", "Elisabet Tallo", "Petugas pengaduan", Role::ComplaintOfficer),
            person("admin", "Jefri Ndun", "Admin kantor", Role::OfficeAdmin),
        ],
    },
    DemoOffice {
        slug: "kab-nunukan",
        name: "Disdukcapil Kabupaten Nunukan",
        kind: OfficeKind::Dinas,
        receipt_code: "NNK",
        province: "65",
        region: "6503",
        village_word: "desa/kelurahan",
        hours: "Senin–Kamis 07.30–16.00, Jumat 07.30–16.30 WITA",
        letter: DemoLetterhead {
            lines: "PEMERINTAH KABUPATEN NUNUKAN\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            address: "Jalan Peragaan Nomor 65\nNunukan, Kabupaten Nunukan",
            phone: "(0556) 000-6503",
        },
        numbers: &[number(
            "650300000000001",
            "+62 811-0000-6501",
            "Pusat layanan",
            &["KTP", "KK", "KIA", "AKL"],
        )],
        services: &["KTP", "KK", "KIA", "AKL"],
        replies: ReplyMode::Assisted,
        within: &[("KK", "KKBARU", ["baru", "Keluarga baru"])],
        web_form: false,
        numbers_in: NumbersIn::Chat,
        typed_all_year: false,
        people: &[
            person("kepala", "H. Syamsul Bahri", "Kepala Dinas", Role::Head),
            person("kabid", "Nurhayati Daud", "Kepala Bidang Pendaftaran Penduduk", Role::Supervisor),
            operator("operator", "Rudi Hartono", "Operator pusat layanan", &[]),
            person("krayan", "Yohanis Balang", "Petugas Kecamatan Krayan", Role::DeskOfficer),
            person("admin", "Siti Mariam", "Admin kantor", Role::OfficeAdmin),
        ],
    },
    DemoOffice {
        slug: "kec-muara-bangkahulu",
        name: "Kecamatan Muara Bangkahulu",
        kind: OfficeKind::Kecamatan,
        receipt_code: "MBH",
        province: "17",
        region: "177104",
        village_word: "kelurahan",
        hours: "Senin–Kamis 08.00–15.30, Jumat 08.00–11.30 WIB",
        letter: DemoLetterhead {
            lines: "PEMERINTAH KOTA BENGKULU\nKECAMATAN MUARA BANGKAHULU",
            address: "Jalan Peragaan Nomor 17\nMuara Bangkahulu, Kota Bengkulu",
            phone: "(0736) 000-1771",
        },
        numbers: &[number(
            "177100000000001",
            "+62 852-0000-1701",
            "Layanan kecamatan",
            &["DOM", "SKTM", "RAMAI"],
        )],
        services: &["DOM", "SKTM", "RAMAI"],
        replies: ReplyMode::Assisted,
        within: &[],
        web_form: true,
        numbers_in: NumbersIn::Chat,
        typed_all_year: false,
        people: &[
            person("camat", "Asmawi Ramli", "Camat", Role::Head),
            person("kasi", "Fitri Handayani", "Kasi Pelayanan", Role::Supervisor),
            operator("operator", "Deni Saputra", "Petugas pelayanan", &[]),
            person("admin", "Wulan Sari", "Admin kantor", Role::OfficeAdmin),
        ],
    },
    DemoOffice {
        slug: "kota-batu",
        name: "Disdukcapil Kota Batu",
        kind: OfficeKind::Dinas,
        receipt_code: "BTU",
        province: "35",
        region: "3579",
        village_word: "desa/kelurahan",
        hours: "Senin–Kamis 07.30–16.00, Jumat 07.30–14.30 WIB",
        letter: DemoLetterhead {
            lines: "PEMERINTAH KOTA BATU\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            address: "Jalan Peragaan Nomor 35\nBatu, Kota Batu",
            phone: "(0341) 000-3579",
        },
        numbers: &[number(
            "357900000000001",
            "+62 857-0000-3501",
            "Layanan KTP-el dan KK",
            &["KTP", "KK", "KIA"],
        )],
        services: &["KTP", "KK", "KIA"],
        replies: ReplyMode::Officer,
        within: &[],
        web_form: true,
        numbers_in: NumbersIn::Link,
        typed_all_year: false,
        people: &[
            person("kepala", "Endah Kusumawati", "Kepala Dinas", Role::Head),
            person("kabid", "Wahyu Nugroho", "Ketua Tim Identitas Penduduk", Role::Supervisor),
            operator("operator", "Indah Permatasari", "Operator layanan", &[]),
            person("admin", "Galih Prakoso", "Admin kantor", Role::OfficeAdmin),
        ],
    },
];

/// Names of invented citizens; the story draws from them.
pub static CITIZENS: [&str; 40] = [
    "Siti Aminah",
    "Ahmad Fauzi",
    "Nurul Hidayah",
    "Budi Santoso",
    "Rina Marlina",
    "Joko Susilo",
    "Maria Nahak",
    "Yohanes Seran",
    "Kristina Tefa",
    "Petrus Kolo",
    "Aisyah Rahmawati",
    "Muhammad Ridwan",
    "Sri Wahyuni",
    "Hendrik Lawalata",
    "Dian Anggraini",
    "Eko Prasetyo",
    "Fatimah Zahra",
    "Gunawan Hidayat",
    "Herlina Sinaga",
    "Irfan Maulana",
    "Kartika Dewi",
    "Lukman Hakim",
    "Mega Utami",
    "Nanang Kurniawan",
    "Olivia Manurung",
    "Putri Ayu Lestari",
    "Rahmat Hidayat",
    "Samsul Arifin",
    "Tuti Alawiyah",
    "Umar Bakri",
    "Vina Oktaviani",
    "Wawan Gunawan",
    "Yanti Susanti",
    "Zainal Abidin",
    "Agustina Bria",
    "Bernadus Kefi",
    "Cahyo Wibowo",
    "Desi Ratnasari",
    "Elvira Ndolu",
    "Fransiska Uly",
];
