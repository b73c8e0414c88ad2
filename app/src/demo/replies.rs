//! Ready answers of the demonstration's offices, beside those that every new office begins with.

/// A ready answer of an office of the demonstration.
pub struct DemoReply {
    /// What is typed after a slash.
    pub code: &'static str,
    /// What officers call it.
    pub title: &'static str,
    /// Its words.
    pub text: &'static str,
    /// Codes of the services it is for; every one when empty.
    pub services: &'static [&'static str],
}

const fn reply(
    code: &'static str,
    title: &'static str,
    text: &'static str,
    services: &'static [&'static str],
) -> DemoReply {
    DemoReply { code, title, text, services }
}

static TANGERANG: [DemoReply; 2] = [
    reply(
        "format-ktp",
        "Format KTP-el",
        "Mohon ketik dalam satu baris, Bapak/Ibu:\n#KTP#NIK#NO_KK#NAMA#DESA#KECAMATAN#PEMULA/HILANG/RUSAK#\nPilih salah satu: PEMULA, HILANG, atau RUSAK.",
        &["KTP"],
    ),
    reply(
        "antre",
        "Percakapan ini antreannya",
        "Percakapan ini sudah menjadi antrean Bapak/Ibu di {kantor}. Mengirim pesan lagi tidak mengubah urutan.",
        &[],
    ),
];

static KUPANG: [DemoReply; 2] = [
    reply(
        "cek-nik",
        "NIK sedang dicek",
        "Data Bapak/Ibu untuk permohonan *{resi}* sedang kami cek. Setelah sesuai, kami kabari agar lembaga tujuan dapat memeriksanya kembali.",
        &["NIK"],
    ),
    reply(
        "tte",
        "Surat bertanda tangan elektronik",
        "Surat pindah dikirim sebagai PDF bertanda tangan elektronik, Bapak/Ibu. Cetak pada kertas HVS; cap basah tidak diperlukan.",
        &["SKPWNI"],
    ),
];

static NUNUKAN: [DemoReply; 2] = [
    reply(
        "rekam",
        "Perekaman KTP-el",
        "Perekaman KTP-el dilakukan sendiri oleh yang bersangkutan dan tidak dapat diwakilkan. Mohon membawa KK.",
        &["KTP"],
    ),
    reply(
        "kecamatan",
        "Titip lewat kecamatan",
        "Bila jaringan sulit, berkas dapat dititipkan kepada petugas kecamatan. Nomor permohonannya sama: *{resi}*.",
        &[],
    ),
];

static MUARA_BANGKAHULU: [DemoReply; 1] = [reply(
    "fotokopi",
    "Dua lembar fotokopi KK",
    "Mohon membawa dua lembar fotokopi KK agar Bapak/Ibu tidak perlu kembali lagi. Jam pelayanan: {jam}.",
    &[],
)];

static BATU: [DemoReply; 1] = [reply(
    "ambil",
    "Mengambil KTP-el",
    "KTP-el permohonan *{resi}* diambil di {kantor} dengan membawa KK. Jam pelayanan: {jam}.",
    &["KTP"],
)];

/// The answers of an office.
pub fn of(slug: &str) -> &'static [DemoReply] {
    match slug {
        "kab-tangerang" => &TANGERANG,
        "kota-kupang" => &KUPANG,
        "kab-nunukan" => &NUNUKAN,
        "kec-muara-bangkahulu" => &MUARA_BANGKAHULU,
        "kota-batu" => &BATU,
        _ => &[],
    }
}
