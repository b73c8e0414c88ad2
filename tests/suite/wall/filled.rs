//! What the forms of the matrix are filled in with. `{kind}` is a place for something of an office; what begins with `=`
//! stays as it is.

use super::question::Pairs;

pub const ENTRY: Pairs = &[
    ("channel", "loket"),
    ("service", "{variant}"),
    ("isi.nama", "=Tamu Loket"),
    ("isi.nama_kepala_keluarga", "=Tamu Loket"),
    ("isi.kecamatan", "={district}"),
];
pub const COLUMNS: Pairs =
    &[("service", "{variant}"), ("channel", "=loket"), ("text", "=NIK,Agama"), ("action", "=buat")];
/// A public form that lacks what it asks for: nothing comes of it.
pub const WEB: Pairs = &[("layanan", "{variant}"), ("isi.nik", "=123")];
pub const TWICE: Pairs =
    &[("name", "=Tamu"), ("password", "=sandi tamu panjang"), ("repeat", "=sandi tamu panjang")];
pub const GUEST: Pairs = &[
    ("email", "=tamu@kantor-tamu.test"),
    ("name", "=Tamu Loket"),
    ("role", "=operator"),
    ("services", "{service}"),
    ("units", "{unit}"),
];
pub const ABOUT: Pairs = &[("name", "=Kantor Tamu"), ("hours", "=08.00"), ("address", "{office}")];
pub const LINE: Pairs = &[
    ("label", "=Nomor Tamu"),
    ("display", "=+62 812-0000-9999"),
    ("phone_number_id", "=100000000000099"),
    ("waba_id", "=100000000000098"),
    ("services", "{service}"),
    ("units", "{unit}"),
    ("officers", "{officer}"),
    ("default_service", "{service}"),
];
pub const WORDS: Pairs =
    &[("code", "=tamu"), ("title", "=Balasan tamu"), ("text", "=Selamat datang."), ("services", "{service}")];
pub const OWN: Pairs = &[("code", "=TAMU"), ("name", "=Layanan tamu"), ("output", "=Surat")];
pub const SHEET: Pairs = &[
    ("name", "=Layanan tamu"),
    ("output", "=Surat"),
    ("delivery", "=pickup"),
    ("unit", "{unit}"),
    ("revision", "=0"),
];
pub const PAPER: Pairs = &[
    ("variant_code", "=tamu"),
    ("variant_name", "=Tamu"),
    ("paper_variant", "=0"),
    ("paper_name", "=Surat tamu"),
    ("variant_law", "{variant}"),
];
pub const KEPT: Pairs = &[
    ("kind", "=ribbon"),
    ("unit", "{unit}"),
    ("pieces", "=1"),
    ("documents", "=500"),
    ("quantity", "=3"),
    ("uses", "{variant}"),
];
pub const PIECE: Pairs =
    &[("kind", "=camera"), ("name", "=Kamera"), ("unit", "{unit}"), ("months", "=3"), ("version", "=7")];
/// What is ready goes to a place.
pub const SENT: Pairs =
    &[("way", "=titip"), ("point", "{point}"), ("carrier", "{consignment}"), ("note", "{request}")];
/// A version that no consignment has.
pub const CAME: Pairs = &[
    ("consignment", "{consignment}"),
    ("version", "=7"),
    ("receiver", "=Tamu"),
    ("day", "=2026-11-23"),
    ("reason", "=lainnya"),
];
/// Why more care is taken of somebody.
pub const CARE: Pairs = &[
    ("reasons", "=lansia"),
    ("needs", "{request}"),
    ("visit", "=1"),
    ("address", "{conversation}"),
    ("by", "=pemohon"),
    ("way", "=telepon"),
];
/// A version that no round has.
pub const ROUND: Pairs = &[
    ("title", "=Krayan"),
    ("from", "=2026-12-02"),
    ("until", "=2026-12-04"),
    ("unit", "{unit}"),
    ("version", "=7"),
];
pub const VISITED: Pairs = &[("visit", "{request}"), ("result", "=dilayani"), ("note", "=")];
pub const MOVED: Pairs = &[("tempat", "{point}"), ("hari", "=2026-11-24"), ("mulai", "=2026-11-25")];
/// A version that no place has.
pub const PLACE: Pairs = &[
    ("name", "=Loket 9"),
    ("unit", "{unit}"),
    ("minutes", "=30"),
    ("seats", "=5"),
    ("collectors", "=proxy"),
    ("purpose", "=ambil"),
    ("version", "=7"),
];
pub const TAKES: Pairs = &[("pieces", "=1"), ("documents", "=2"), ("uses", "{variant}")];
/// A revision that no draft has: asking twice is answered twice the same.
pub const ROW: Pairs = &[
    ("revision", "=7"),
    ("keyword", "=TAMU"),
    ("separator", "=#"),
    ("field_place", "=0"),
    ("field_label", "=NIK"),
    ("field_kind", "=nik"),
    ("action", "=tambah"),
    ("new_kind", "=name"),
    ("service", "{service}"),
];
/// A village that hands in lines.
pub const VILLAGE: Pairs = &[("name", "=Desa Tamu"), ("phone", "=081155549999")];
pub const DESK: Pairs = &[("name", "=Meja Tamu"), ("kind", "=branch")];
pub const ROLE: Pairs = &[("membership", "{membership}"), ("role", "=operator"), ("services", "{service}")];
pub const FURTHER: Pairs = &[("role", "=desk_officer"), ("services", "{service}")];
pub const LETTER: Pairs = &[
    ("person", "{person}"),
    ("kind", "=plh"),
    ("from", "=2026-12-07"),
    ("until", "=2026-12-08"),
    ("number", "=1"),
    ("basis", "=Rapat"),
];
pub const OWN_PASSWORD: Pairs =
    &[("old", "=x"), ("password", "=sandi tamu panjang"), ("repeat", "=sandi lain")];
pub const OFFICE: Pairs = &[
    ("kind", "=dinas"),
    ("region", "=3602"),
    ("name", "=Kantor Tamu"),
    ("path", "=kab-tamu"),
    ("code", "=TAM"),
    ("zone", "=WIB"),
    ("admin_name", "=Tamu Loket"),
    ("admin_email", "=tamu@kantor-tamu.test"),
];
/// An area that has its office, so that asking twice is answered twice the same.
pub const OFFICE_ABOVE: Pairs = &[
    ("province", "=36"),
    ("kind", "=dinas"),
    ("region", "=3603"),
    ("name", "=Kantor Tamu"),
    ("path", "=kab-tamu-dua"),
    ("code", "=TAMU"),
    ("zone", "=WIB"),
    ("admin_name", "=Tamu Loket"),
    ("admin_email", "=tamu@kantor-tamu.test"),
];
pub const FIRST: Pairs = &[("office", "{office_id}"), ("name", "=Tamu"), ("email", "=tamu@kantor-tamu.test")];
pub const FIRST_ABOVE: Pairs =
    &[("office", "={office_id}"), ("name", "=Tamu"), ("email", "=tamu@kantor-tamu.test")];
pub const SPOKEN: Pairs = &[("service", "{variant}"), ("name", "=Tamu Loket"), ("nik", ""), ("no_kk", "")];

/// What is said of something that is out.
pub const OUT: Pairs =
    &[("provider", "=isp"), ("reference", "=T-1"), ("note", "=Dicatat tamu"), ("version", "=1")];

/// Somebody else's word on it.
pub const DECIDED: Pairs = &[("said", "=tolak"), ("version", "=1")];
