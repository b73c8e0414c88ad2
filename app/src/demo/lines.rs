//! What a citizen of the demonstration writes first: Tangerang's lines as its poster prints them, loose words elsewhere.

/// What a line is filled in with.
pub(super) struct Typed<'a> {
    pub(super) name: &'a str,
    pub(super) nik: &'a str,
    pub(super) kk: &'a str,
    pub(super) village: &'a str,
    pub(super) district: &'a str,
    /// Why a KTP-el is asked for.
    pub(super) option: &'a str,
}

impl Typed<'_> {
    /// The line of a service, by its keyword.
    pub(super) fn line(&self, service: &str) -> String {
        let Self { name, nik, kk, village, district, option } = self;
        match service {
            "KK" => format!("#KK#{kk}#{name}#{village}#{district}"),
            "KTP" => format!("#KTP#{nik}#{kk}#{name}#{village}#{district}#{option}#"),
            "KIA" => format!("#KIA#{nik}#{kk}#{name}#{village}#{district}"),
            "SKPWNI" => format!("#SKPWNI#{nik}#{kk}#{name}#Jalan Merdeka 10, Kota Batu"),
            _ => "#SKDWN#SKPWNI/3579/2026/0042#Ikut suami".to_owned(),
        }
    }
}

/// What somebody writes to an office without formats.
pub(super) fn loose_words(name: &str) -> String {
    format!("Selamat pagi, saya {name} mau mengurus, berkasnya saya kirim di sini.")
}
