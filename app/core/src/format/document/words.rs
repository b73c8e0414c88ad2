//! The words of the studio: what kinds are called, and what a citizen is told of a format.

use super::super::schema::{FieldKind, FormatDefinition, NumbersIn};

impl FieldKind {
    /// What it is called where formats are drawn.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Nik => "NIK",
            Self::Kk => "Nomor KK",
            Self::Name => "Nama orang",
            Self::Village => "Desa atau kelurahan",
            Self::District => "Kecamatan",
            Self::Choice => "Pilihan",
            Self::Text => "Uraian",
            Self::Address => "Alamat",
            Self::DocumentNumber => "Nomor dokumen",
            Self::Date => "Tanggal",
            Self::Phone => "Nomor telepon",
        }
    }

    /// How a value of the kind is to be written, for a poster.
    const fn how(self) -> &'static str {
        match self {
            Self::Nik | Self::Kk => "16 angka",
            Self::Name => "sesuai KTP atau akta",
            Self::Village | Self::District => "nama wilayah",
            Self::Choice => "pilih salah satu",
            Self::Text => "tulis singkat",
            Self::Address => "lengkap dengan RT dan RW",
            Self::DocumentNumber => "seperti tertulis pada surat",
            Self::Date => "tanggal-bulan-tahun",
            Self::Phone => "nomor yang dapat dihubungi",
        }
    }
}

/// What an office takes upon itself that has identity numbers typed in a chat. Source: Meta's Business Messaging Policy as
/// several third parties quote it; the page itself was not read.
pub const NUMBERS_RISK: &str = "Menurut beberapa sumber (belum diverifikasi), kebijakan pesan bisnis WhatsApp meminta \
     kantor tidak menanyakan nomor identitas lengkap di percakapan. Nomor WhatsApp kantor dapat dibatasi, dan NIK serta \
     nomor KK tersimpan di setiap ponsel yang ikut percakapan itu.";

impl NumbersIn {
    /// What the choice is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Chat => "diketik dalam percakapan WhatsApp",
            Self::Link => "diisi lewat tautan",
        }
    }
}

impl FormatDefinition {
    /// Whether citizens are asked to type identity numbers in a chat.
    pub fn asks_in_chat(&self) -> bool {
        self.numbers == NumbersIn::Chat && self.fields.iter().any(|field| field.kind.is_number())
    }

    /// What a poster says: the line, an example, and how each field is written.
    pub fn poster_text(&self, service: &str) -> String {
        let mut lines = vec![
            format!("{service} lewat WhatsApp"),
            String::new(),
            "Ketik:".to_owned(),
            self.line_template(),
            String::new(),
            "Contoh:".to_owned(),
            self.example(),
            String::new(),
        ];
        let typed = self.fields.iter().filter(|field| !self.is_linked(field));
        lines.extend(typed.enumerate().map(|(place, field)| {
            let options = if field.kind == FieldKind::Choice {
                format!(": {}", field.options.join(", "))
            } else {
                String::new()
            };
            let empty = if field.required { "" } else { ", boleh dikosongkan" };
            format!("{}. {}: {}{options}{empty}", place + 1, field.label, field.kind.how())
        }));
        if self.fields.iter().any(|field| self.is_linked(field)) {
            lines.push(String::new());
            lines.push("NIK dan nomor KK diisi lewat tautan yang kami kirim setelahnya.".to_owned());
        }
        if !self.aliases.is_empty() {
            lines.push(String::new());
            lines.push(format!("Kata {} juga dapat diganti {}.", self.keyword, self.aliases.join(" atau ")));
        }
        lines.join("\n")
    }
}
