//! Files at hand for the simulator: drawn in code, so that no picture of anybody's paper ships with Loket.
//!
//! All of them carry DATA PERAGAAN across the middle, and the numbers are those of the person who holds
//! the phone, who does not exist.

mod canvas;
mod font;
mod pdf;
mod placeholder;
mod png;

use bytes::Bytes;

pub use self::placeholder::{placeholder, product};

use self::canvas::{BLUE, CARD, Canvas, GREY, INK, LINE, PAPER, RED, SKIN};
use super::people::Person;
use crate::fake_graph::PhoneContent;

/// A file at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A photo of the family card.
    FamilyCard,
    /// A photo of the letter from the police.
    LossLetter,
    /// A photo of a broken KTP-el.
    BrokenCard,
    /// A form as PDF.
    Form,
}

impl Sample {
    /// The shelf, in its order.
    pub const ALL: [Self; 4] = [Self::FamilyCard, Self::LossLetter, Self::BrokenCard, Self::Form];

    /// What stands for it in a form.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FamilyCard => "kk",
            Self::LossLetter => "surat_kehilangan",
            Self::BrokenCard => "ktp_rusak",
            Self::Form => "formulir",
        }
    }

    /// The sample of a word.
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sample| sample.word() == word)
    }

    /// What the shelf calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::FamilyCard => "Foto KK",
            Self::LossLetter => "Foto surat kehilangan",
            Self::BrokenCard => "Foto KTP-el rusak",
            Self::Form => "Formulir F-1.02 (PDF)",
        }
    }

    /// Its icon.
    pub const fn mark(self) -> &'static str {
        if matches!(self, Self::Form) { "file" } else { "image" }
    }

    /// The file as this person's phone sends it.
    pub fn draw(self, person: &Person, caption: Option<String>) -> PhoneContent {
        let photo = |sheet: Canvas, slant: usize, caption: Option<String>| {
            let bytes = Bytes::from(sheet.on_a_table(slant).png());
            PhoneContent::Image { bytes, mime: "image/png".to_owned(), caption }
        };
        match self {
            Self::FamilyCard => photo(family_card(person), 34, caption),
            Self::LossLetter => photo(loss_letter(person), 52, caption),
            Self::BrokenCard => photo(broken_card(person), 27, caption),
            Self::Form => PhoneContent::Document {
                bytes: Bytes::from(form(person)),
                mime: "application/pdf".to_owned(),
                filename: "Formulir F-1.02 CONTOH.pdf".to_owned(),
                caption,
            },
        }
    }
}

fn stamp(sheet: &mut Canvas, top: usize) {
    sheet.centre(top, 5, RED, "CONTOH");
    sheet.centre(top + 50, 3, RED, "DATA PERAGAAN");
}

/// The sign of an office that has none in truth, as a PNG file: its letters on a disc. `short`: a few capitals.
pub fn sign(short: &str) -> Vec<u8> {
    let mut sheet = Canvas::new(180, 180, PAPER);
    sheet.disc((90, 90), 86, BLUE);
    sheet.disc((90, 90), 80, PAPER);
    sheet.disc((90, 90), 76, BLUE);
    sheet.centre(72, 5, PAPER, short);
    sheet.png()
}

fn family_card(person: &Person) -> Canvas {
    let mut sheet = Canvas::new(760, 500, PAPER);
    sheet.frame((12, 12, 734, 474), BLUE);
    sheet.centre(30, 5, INK, "KARTU KELUARGA");
    sheet.centre(80, 3, INK, &format!("NO. {}", person.kk));
    sheet.write((30, 124), 2, INK, &format!("NAMA KEPALA KELUARGA : {}", person.head_of_family));
    sheet.write((30, 146), 2, INK, &format!("DESA/KELURAHAN       : {}", person.village));
    sheet.write((30, 168), 2, INK, &format!("KECAMATAN            : {}", person.district));
    for row in 0..7 {
        sheet.frame((30, 200 + row * 36, 698, 36), LINE);
    }
    for column in [66, 330, 560] {
        sheet.fill((column, 200, 2, 252), LINE);
    }
    for (left, title) in [(36, "NO"), (76, "NAMA LENGKAP"), (340, "NIK"), (570, "HUBUNGAN")] {
        sheet.write((left, 211), 2, GREY, title);
    }
    let head = (person.head_of_family, "-", "KEPALA");
    let own = (person.name, person.nik, "ANGGOTA");
    let rows = if head.0 == own.0 { vec![(own.0, own.1, head.2)] } else { vec![head, own] };
    for (row, (name, nik, relation)) in rows.into_iter().enumerate() {
        let top = 247 + row * 36;
        sheet.write((42, top), 2, INK, if row == 0 { "1" } else { "2" });
        sheet.write((76, top), 2, INK, name);
        sheet.write((340, top), 2, INK, nik);
        sheet.write((570, top), 2, INK, relation);
    }
    stamp(&mut sheet, 345);
    sheet
}

fn loss_letter(person: &Person) -> Canvas {
    let mut sheet = Canvas::new(560, 740, PAPER);
    sheet.centre(36, 2, INK, "KEPOLISIAN NEGARA REPUBLIK INDONESIA");
    sheet.centre(60, 2, INK, &format!("SEKTOR {}", person.district));
    sheet.fill((40, 88, 480, 3), INK);
    sheet.centre(116, 3, INK, "SURAT KETERANGAN");
    sheet.centre(144, 3, INK, "TANDA LAPOR KEHILANGAN");
    sheet.centre(182, 2, INK, "NOMOR: SKTLK/000/CONTOH/2026");
    let lines = [
        "YANG BERTANDA TANGAN DI BAWAH INI".to_owned(),
        "MENERANGKAN BAHWA:".to_owned(),
        format!("NAMA    : {}", person.name),
        format!("NIK     : {}", person.nik),
        format!("ALAMAT  : {}", person.village),
        String::new(),
        "TELAH MELAPOR KEHILANGAN:".to_owned(),
        "1 (SATU) LEMBAR KTP-EL ATAS NAMA".to_owned(),
        "PELAPOR SENDIRI.".to_owned(),
    ];
    for (at, line) in lines.iter().enumerate() {
        sheet.write((50, 236 + at * 28), 2, INK, line);
    }
    stamp(&mut sheet, 510);
    sheet.write((330, 620), 2, INK, "PETUGAS CONTOH");
    sheet.frame((330, 644, 170, 60), LINE);
    sheet
}

fn broken_card(person: &Person) -> Canvas {
    let mut sheet = Canvas::new(640, 400, CARD);
    sheet.centre(22, 3, INK, "PROVINSI CONTOH");
    sheet.centre(52, 3, INK, "KARTU TANDA PENDUDUK");
    sheet.write((24, 96), 3, INK, &format!("NIK : {}", person.nik));
    let lines = [
        format!("NAMA      : {}", person.name),
        format!("KEL/DESA  : {}", person.village),
        format!("KECAMATAN : {}", person.district),
        "BERLAKU   : SEUMUR HIDUP".to_owned(),
    ];
    for (at, line) in lines.iter().enumerate() {
        sheet.write((24, 142 + at * 26), 2, INK, line);
    }
    sheet.fill((480, 140, 130, 170), RED);
    sheet.disc((545, 205), 36, SKIN);
    sheet.fill((505, 250, 80, 60), GREY);
    stamp(&mut sheet, 276);
    sheet.crack((200, 0), (330, 399), PAPER);
    sheet.crack((330, 190), (639, 90), PAPER);
    sheet.fill((0, 330, 70, 70), PAPER);
    sheet
}

fn form(person: &Person) -> Vec<u8> {
    let name = format!("Nama lengkap: {}", person.name);
    let nik = format!("NIK: {}", person.nik);
    let kk = format!("Nomor KK: {}", person.kk);
    let place = format!("Desa/kelurahan {}, kecamatan {}", person.village, person.district);
    pdf::one_page(&[
        (70, 11, "F-1.02 (CONTOH - DATA PERAGAAN)"),
        (110, 16, "FORMULIR PENDAFTARAN PERISTIWA KEPENDUDUKAN"),
        (160, 12, &name),
        (182, 12, &nik),
        (204, 12, &kk),
        (226, 12, &place),
        (270, 12, "Peristiwa yang dilaporkan: KTP-el hilang"),
        (330, 12, "Pemohon,"),
        (400, 12, person.name),
        (780, 9, "Berkas ini dibuat untuk peragaan Loket. Orang dan angka di dalamnya tidak ada."),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::simulator::people::PEOPLE;

    #[test]
    fn every_sample_is_a_real_file_of_its_kind_and_small() {
        for sample in Sample::ALL {
            let (bytes, mime) = match sample.draw(&PEOPLE[0], None) {
                PhoneContent::Image { bytes, mime, .. } | PhoneContent::Document { bytes, mime, .. } => {
                    (bytes, mime)
                }
                _ => (Bytes::new(), String::new()),
            };
            assert_eq!(infer::get(&bytes).map(|kind| kind.mime_type()), Some(mime.as_str()), "{sample:?}");
            assert!(bytes.len() < 600 * 1024, "{sample:?}: {}", bytes.len());
        }
    }
}
