//! Words around a line that are no data: greetings, thanks, "saya mau", and words that make a question.

use std::{collections::HashSet, sync::LazyLock};

use super::normalise::key;

/// What somebody writes who does not have it yet.
const NOT_YET: [&str; 12] = [
    "nanti",
    "besok",
    "belum",
    "blm",
    "belum ada",
    "blm ada",
    "belum tahu",
    "blm tau",
    "belum tau",
    "tidak tahu",
    "kosong",
    "dikosongkan",
];

/// A promise of more words than this says something else.
const MOST_PROMISED: usize = 12;

type Vocabulary = LazyLock<HashSet<&'static str>>;

/// Greetings, thanks, forms of address: what stands before and after a line.
static COURTESY: Vocabulary = LazyLock::new(|| {
    "selamat pagi siang sore malam assalamualaikum assalamu alaikum asalamualaikum askum ass asw wr wb warahmatullahi \
     wabarakatuh shalom syalom salam permisi maaf mohon halo hallo hai hi min mimin admin pak bapak bpk bu ibu kak kakak \
     bang mas mbak mba gan terima kasih terimakasih makasih makasi trima trimakasih trims tks tq thx thanks thank you \
     nuhun hatur suwun matur sebelumnya ya yah yaa yg atas bantuan bantuannya bantu dibantu dibantunya perhatian \
     perhatiannya tolong segera diproses proses prosesnya ditunggu tunggu infonya kabarnya kerjasamanya kerjasama \
     wassalam wassalamualaikum wasalam demikian sekian dan banyak lagi semoga berkah sehat selalu dukcapil disdukcapil \
     capil petugas kami ucapkan sampaikan haturkan amin aamiin hormat saya dong deh nih gih please pls tlg mhn cepat \
     mokasih mksh mksih makase makaseh tarimo tarima trimo trimo2 mauliate godang nuwun danke tengkyu sembah sanget pisan nggih njih \
     kaka abang kang teteh teh ceu akang uda uni pace mace mama bapa mamak om tante inang amang dik adik lai bah lah do e dang \
     ambo beta usi ulun pian acil inggih enggeh ngge tarimakasi tarimakasih trimokasih trimokasi suwon nuwus"
        .split_whitespace()
        .collect()
});

/// Words with which a closing begins, wherever it stands.
static THANKS: Vocabulary = LazyLock::new(|| {
    "terimakasih terima makasih makasi trims tks tq thx thanks trimakasih trima wassalam wassalamualaikum wasalam suwun nuhun \
     mokasih mksh mksih makase makaseh tarimo tarima trimo mauliate matur nuwun hatur danke tengkyu tarimakasi tarimakasih \
     trimokasih trimokasi suwon nuwus"
        .split_whitespace()
        .collect()
});

/// What people say before they give their data.
static FILLER: Vocabulary = LazyLock::new(|| {
    "sy aku mau ingin pengen hendak minta untuk utk buat bikin membuat urus mengurus ngurus ajukan mengajukan pengajuan \
     permohonan daftar mendaftar pendaftaran dengan data datanya sbb sebagai berikut ini adalah yang karena krn format kirim \
     mengirim lengkap cetak mencetak layanan anak istri suami baris nya di ke nama perihal hal tentang formulir permintaan \
     pelayanan jenis itu nya dgn elektronik"
        .split_whitespace()
        .collect()
});

/// Words that make a message a question.
static QUESTION: Vocabulary = LazyLock::new(|| {
    "apa apakah apaan apasaja aja bagaimana gimana gmn gmna gimn berapa brp brapa kapan kpn dimana mana kenapa knp knapa \
     mengapa syarat syaratnya sarat syarat2 persyaratan persyaratannya cara caranya bisakah bolehkah adakah sudahkah kah \
     belum blm blum tanya nanya bertanya info berapakah jadi kok lama lamanya status cek siapa gak ga nggak ngga kagak"
        .split_whitespace()
        .collect()
});

/// What stands where no name can go on: `Nama di akta salah tulis`.
pub(super) fn is_between(word: &str) -> bool {
    matches!(
        key(word).as_str(),
        "di" | "pada" | "dalam" | "yang" | "yg" | "salah" | "sudah" | "ada" | "tidak"
    )
}

/// Academic titles, which follow a name behind a comma.
static TITLES: Vocabulary = LazyLock::new(|| {
    "sh se st spd spdi sag ssi skom sip ssos skm sp spt skep ners amd amdkeb mpd msi mm mh mkes mkom mt ma drs dra dr drg ir phd \
     sei sikom spsi sth sthi lc mag amk strkeb stp sak mhum map"
        .split_whitespace()
        .collect()
});

/// Words by which somebody takes back or mends what they wrote.
static CORRECTION: Vocabulary = LazyLock::new(|| {
    "salah ralat koreksi revisi keliru bukan bkn ganti diganti maksud maksudnya maksud2 typo seharusnya harusnya batal \
     dibatalkan"
        .split_whitespace()
        .collect()
});

/// Words of institutions, places and purposes, which no name holds.
static INSTITUTION: Vocabulary = LazyLock::new(|| {
    "bank bpjs bri bni bca btn bsi ntt mandiri bukopin kantor dinas rs rsud rsu rumah sakit puskesmas klinik sekolah kampus \
     universitas univ pt cv samsat polres polsek polda imigrasi pajak djp telkomsel indosat kesehatan ketenagakerjaan kua \
     koperasi pegadaian leasing prakerja bansos pkh kip cpns pppk sim skck kerja kuliah melamar lamaran beasiswa jalan jl jln \
     kota kabupaten kab provinsi pindah nikah pernikahan"
        .split_whitespace()
        .collect()
});

/// Whether the word takes back or mends something.
pub(super) fn corrects(word: &str) -> bool {
    CORRECTION.contains(key(word).as_str())
}

/// Whether the word is of an institution, a place or a purpose.
pub(super) fn is_institution(word: &str) -> bool {
    INSTITUTION.contains(key(word).as_str())
}

/// Whether the word is no data before or after a line; so are signs without letters.
pub(crate) fn is_courtesy(word: &str) -> bool {
    let word = key(word);
    word.is_empty() || COURTESY.contains(word.as_str())
}

/// Whether the word begins a closing.
pub(super) fn is_thanks(word: &str) -> bool {
    THANKS.contains(key(word).as_str())
}

/// Whether the word begins a plea, with which a closing may begin.
pub(super) fn is_plea(word: &str) -> bool {
    matches!(key(word).as_str(), "mohon" | "tolong" | "tlg" | "mhn")
}

/// Whether a text only promises what it should hold: `alamat nyusul ya min`. Whoever follows somebody says whom.
pub(super) fn postpones(text: &str) -> bool {
    if NOT_YET.contains(&text.trim_end_matches(['.', '!', ',']).to_lowercase().as_str()) {
        return true;
    }
    let mut words = text.split_whitespace().take(MOST_PROMISED + 1).map(|word| word.trim_end_matches(','));
    let later = |word: &str| matches!(key(word).as_str(), "nyusul" | "menyusul" | "disusulkan" | "susulan");
    let found = words.by_ref().any(later);
    found && words.next().is_none_or(is_courtesy)
}

/// Whether the word says only that something is wanted.
pub(super) fn is_filler(word: &str) -> bool {
    let word = key(word);
    word.is_empty() || FILLER.contains(word.as_str()) || COURTESY.contains(word.as_str())
}

/// Whether the word asks something.
pub(super) fn asks(word: &str) -> bool {
    word.ends_with('?') || QUESTION.contains(key(word).as_str())
}

/// Whether the word is an academic title.
pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(key(word).as_str())
}
