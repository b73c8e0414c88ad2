//! What a new office begins with: a few answers that are true and lawful anywhere. That something costs nothing is said
//! by a Dinas only: the law makes population documents free (UU 24/2013 Pasal 79A), and not every letter of a kecamatan.

use loket_core::kinds::OfficeKind;

use super::{
    change::{NewQuickReply, add},
    error::QuickReplyError,
};
use crate::infra::Cx;

/// A ready answer that is shipped: code, title, words.
type DefaultReply = (&'static str, &'static str, &'static str);

const EVERYWHERE: [DefaultReply; 6] = [
    ("salam", "Salam pembuka", "Selamat datang di layanan {kantor}. Ada yang dapat kami bantu, Bapak/Ibu?"),
    (
        "jam",
        "Jam pelayanan",
        "Jam pelayanan {kantor}: {jam}. Pesan di luar jam tersebut tetap kami terima dan kami baca pada jam pelayanan berikutnya.",
    ),
    (
        "periksa",
        "Sedang diperiksa",
        "Terima kasih, Bapak/Ibu. Permohonan *{resi}* ({layanan}) sedang kami periksa. Perkembangannya kami kabarkan lewat percakapan ini.",
    ),
    (
        "foto",
        "Foto kurang jelas",
        "Mohon kirim ulang fotonya, Bapak/Ibu: seluruh lembar terlihat, tulisan terbaca, tidak buram, dan tidak terpotong.",
    ),
    (
        "aman",
        "Jaga data pribadi",
        "Petugas {kantor} tidak pernah meminta kode OTP atau PIN. Mohon jangan memberikannya kepada siapa pun.",
    ),
    ("tutup", "Salam penutup", "Terima kasih, Bapak/Ibu. Bila masih ada pertanyaan, silakan tulis di sini."),
];

const OF_A_DINAS: [DefaultReply; 1] = [(
    "biaya",
    "Biaya",
    "Pengurusan dan penerbitan dokumen kependudukan *GRATIS* (UU 24/2013 Pasal 79A). Bila ada yang meminta biaya, mohon laporkan kepada kami.",
)];

/// Gives a new office its first ready answers.
pub async fn add_defaults(cx: &mut Cx<'_>, kind: OfficeKind) -> Result<(), QuickReplyError> {
    let own: &[DefaultReply] = if kind == OfficeKind::Dinas { &OF_A_DINAS } else { &[] };
    add_these(cx, &EVERYWHERE).await?;
    add_these(cx, own).await
}

async fn add_these(cx: &mut Cx<'_>, replies: &[DefaultReply]) -> Result<(), QuickReplyError> {
    for (code, title, text) in replies {
        let new = NewQuickReply {
            code: (*code).to_owned(),
            title: (*title).to_owned(),
            text: (*text).to_owned(),
            services: Vec::new(),
        };
        add(cx, &new).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use loket_core::reply::quick::QuickText;

    use super::*;

    #[test]
    fn what_is_shipped_can_be_filled_and_promises_no_charge_only_where_the_law_does() {
        for (code, _, text) in EVERYWHERE.iter().chain(&OF_A_DINAS) {
            assert!(QuickText::parse(text).is_ok(), "{code}");
            assert!(!text.contains('!'), "{code}");
        }
        assert!(EVERYWHERE.iter().all(|(_, _, text)| !text.contains("GRATIS")));
    }
}
