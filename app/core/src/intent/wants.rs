//! What people ask of an office, by the words that stand together in their messages.

use super::{Want, stems::Stem};

/// A want, and groups of words: it is meant where each group has a word in the message. `?` stands for a question mark.
type Rule = (Want, &'static [&'static str]);

/// The rules. A group is words divided by blanks; one word of each group must be there.
const RULES: [Rule; 27] = [
    (Want::Requirements, &["syarat"]),
    (Want::Requirements, &["bawa", "apa"]),
    (Want::Requirements, &["berkas", "apa"]),
    (Want::Requirements, &["cara", "bikin bagaimana apa"]),
    (Want::Hours, &["jam", "buka tutup layanan"]),
    (Want::Hours, &["jam", "kerja", "berapa kantor dukcapil"]),
    (Want::Hours, &["jam", "berapa", "kantor dukcapil loket"]),
    (Want::Hours, &["buka tutup", "kapan hari sabtu minggu besok sudah masih tidak sampai"]),
    (Want::Hours, &["buka", "kantor dukcapil loket"]),
    (Want::Hours, &["libur"]),
    (Want::Location, &["alamat lokasi", "kantor dukcapil loket dimana"]),
    (Want::Location, &["kantor dukcapil loket", "dimana"]),
    (Want::Location, &["peta"]),
    (Want::Status, &["jadi selesai", "belum kapan"]),
    (Want::Status, &["jadi selesai", "sudah", "? apa belum"]),
    (Want::Status, &["status", "cek bagaimana apa kk ktp kia akta permohonan berkas resi nomor saya"]),
    (Want::Status, &["sampai", "dimana"]),
    (Want::Status, &["sudah", "sampai", "dimana"]),
    (Want::Status, &["progres"]),
    (Want::Status, &["cek", "resi permohonan"]),
    (Want::Status, &["belum", "kabar"]),
    (Want::Status, &["lama", "jadi selesai proses diproses"]),
    (Want::Complaint, &["adu"]),
    (Want::Complaint, &["komplain"]),
    (Want::Complaint, &["pungli"]),
    (Want::Complaint, &["lapor", "petugas calo uang pungli pelayanan layanan"]),
    (Want::Complaint, &["minta diminta", "uang bayar"]),
];

/// What may also be meant, though it may be no question at all: "KK saya sudah jadi". Its words explain nothing.
const PERHAPS: [Rule; 1] = [(Want::Status, &["jadi selesai", "sudah"])];

/// What is wanted, in the order of the rules, and the words that say so.
pub(super) fn found(words: &[Stem]) -> (Vec<Want>, Vec<usize>) {
    let mut wants = Vec::new();
    let mut said = Vec::new();
    for (want, groups) in RULES {
        let Some(by) = groups.iter().map(|group| places(words, group)).collect::<Option<Vec<_>>>() else {
            continue;
        };
        if !wants.contains(&want) {
            wants.push(want);
        }
        said.extend(by.into_iter().flatten());
    }
    for (want, groups) in PERHAPS {
        if !wants.contains(&want) && groups.iter().all(|group| places(words, group).is_some()) {
            wants.push(want);
        }
    }
    (wants, said)
}

/// Where words of a group stand; nothing when none does.
fn places(words: &[Stem], group: &str) -> Option<Vec<usize>> {
    let of_group = |word: &Stem| group.split(' ').any(|one| one == word.text);
    let at: Vec<usize> =
        words.iter().enumerate().filter(|(_, word)| of_group(word)).map(|(at, _)| at).collect();
    (!at.is_empty()).then_some(at)
}
