//! Words as people type them on a telephone, led back to the one they mean: `blm`, `blom` and `belom` are `belum`.

use std::{collections::HashMap, sync::LazyLock};

use crate::format::{
    courtesy::is_courtesy,
    distance::distance,
    normalise::{key, normalise},
};

/// Stems with the other spellings of each.
const SPELLINGS: &str = "\
hilang ilang hlng ilng hilng ngilang kehilangan raib ketlisut tercecer kecurian dicuri
rusak rsk patah pecah retak pudar terkelupas robek sobek kerusakan rusakk
pemula perdana rekam perekaman ngerekam merekam
ubah perubahan berubah update ganti mengganti diganti gantikan perbarui pembaruan pembetulan perbaikan koreksi revisi memperbaiki betulkan
berapa brp brapa brpa bpa berape piro
dimana dmn dmna dimn dmana dimane mana mna endi nangendi
bagaimana gimana gmn gmna gimn bgmn bgaimana gmana piye pripun kumaha
kapan kpn kpan kapn iraha
apa ap apah apakah apaan apasaja apaaja
belum blm blom blum belom blon durung teu acan
sudah udah udh sdh sdah dah uda wis sampun
jadi jd jadinya dadi
selesai slesai kelar rampung beres
syarat sarat syrat syrt syart sayarat persyaratan persyratan prsyaratan syaratnya saratnya sratnya
berkas dokumen dokumennya berkasnya
bawa dibawa membawa bawanya siapkan disiapkan dibutuhkan diperlukan lampirkan
cara caranya cranya crnya prosedur prosedurnya alur alurnya
akta akte aktanya aktenya kutipan
lahir kelahiran lahiran lahirnya
mati kematian meninggal wafat
nikah kawin perkawinan pernikahan
cerai perceraian
ktp ektp ktpel ktpnya ektpnya katepe ktpku
kk kknya kkku kartukeluarga
kia kianya
nik niknya
jam jm pukul jamnya
buka bukak bukanya bka dibuka
tutup tutupnya ttp
libur liburnya prei
layanan pelayanan pelayanannya operasional
hari hr harinya
alamat almt alamatnya almat
lokasi lokasinya letak letaknya posisi lks
kantor kantornya ktr kntr kantore
dukcapil disdukcapil disduk duk capil discapil catpil dispenduk dispendukcapil disdukcapilnya
loket loketnya uptd mpp
peta maps gmaps googlemaps sharelok shareloc sherlok serlok sharloc shareloct
status statusnya
progres progress perkembangan perkembangannya
cek ngecek mengecek dicek
nomor no nmr nomer nomornya
resi registrasi pendaftaran
lama lamanya lamaa
pindah pindahan kepindahan pndah pindahnya
datang dtng kedatangan
keluar klr
masuk msk
surat srt suket keterangan suratnya
domisili domisilinya
anak ank anaknya
kartu kartunya
keluarga kel
identitas
penduduk
validasi konsolidasi sinkron sinkronisasi aktivasi aktifkan
daftar terdaftar didaftarkan
tidak tdk gak ga nggak ngga enggak kagak ndak tak engga tdak
aktif valid ditemukan ketemu muncul terbaca dikenal cocok
ditolak tertolak penolakan
bpjs
lapor laporkan melapor laporan
adu pengaduan aduan mengadu ngadu
komplain complain keluhan komplen
pungli pungutan calo suap
izin ijin perizinan rekomendasi
ramai keramaian hajatan
sabtu sbt
minggu mgg
besok bsk
bikin buat membuat bikinin buatin urus ngurus mengurus urusin ajukan mengajukan cetak mencetak bkin nyetak buatkan bikinkan pengurusan pembuatan
";

/// What says nothing of what is asked: who speaks, whom they speak to, that they ask, when.
const SILENT: &str = "\
bikin berapa dimana bagaimana kapan apa saya sy aku gue gw saia kami aing ane kita mau ingin pengen pgn pengin hendak untuk utk \
buat tanya nanya bertanya tny bisa bs boleh bolehkah bisakah apakah saja aja sj ya yah yaa iya y ke di dari dr itu ini nih tuh \
yang yg dan atau dgn dengan untuk nya ada adakah kah sih dong deh kok min mimin admin kak bang pak bu mbak mas gan bos info \
infonya tolong mohon tlg mhn minta permisi halo hai selamat pagi siang sore malam assalamualaikum terima kasih makasih trims \
punya punyaku milik harus hrs perlu prlu mesti lagi lg baru br klo kalau kalo klw sekarang skrg dulu sebelumnya maaf \
butuh gratis online offline jika jk tp tapi si e \
";

/// A question mark, among the words.
const ASKING: &str = "?";

/// A word of a message, led back to its stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stem {
    /// The stem, or the word itself.
    pub(super) text: String,
    /// Whether a slip of the finger was mended to find it.
    pub(super) mended: bool,
}

/// Every spelling with its stem.
static STEMS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut stems = HashMap::new();
    for line in SPELLINGS.lines() {
        let stem = line.split_whitespace().next().unwrap_or_default();
        for word in line.split_whitespace() {
            stems.entry(word).or_insert(stem);
        }
    }
    stems
});

/// The words of a text as stems, at most so many.
pub(super) fn stems(text: &str, most: usize) -> Vec<Stem> {
    let plain = normalise(text);
    let parted = |c: char| !(c.is_alphanumeric() || c == '\'');
    let mut words = Vec::new();
    if plain.contains('?') {
        words.push(Stem { text: ASKING.to_owned(), mended: false });
    }
    for word in joined(&plain).split(parted).map(key).filter(|word| !word.is_empty()) {
        if words.len() == most {
            break;
        }
        words.push(stem(word));
    }
    words
}

/// `e-ktp` and `ktp-el` are one word.
fn joined(text: &str) -> String {
    text.to_lowercase().replace("e-ktp", "ktp").replace("ktp-el", "ktp").replace("ktp el", "ktp")
}

fn stem(word: String) -> Stem {
    let exact = |word: &str| STEMS.get(word).map(|stem| (*stem).to_owned());
    let whole = |text| Stem { text, mended: false };
    if word.len() > 24 {
        return whole(word);
    }
    let calm = unstretched(&word);
    let ways = [word.as_str(), calm.as_str(), once(&calm), without_nya(&calm)];
    if let Some(stem) = ways.iter().find_map(|way| exact(way)) {
        return whole(stem);
    }
    if is_silent(&calm) || calm.len() < 6 || has_digit(&calm) {
        return whole(calm);
    }
    match nearest(&calm) {
        Some(stem) => Stem { text: stem.to_owned(), mended: true },
        None => whole(calm),
    }
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// `syaraaat`, `jadiii`: a letter three times or more is that letter once.
fn unstretched(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut calm = String::with_capacity(word.len());
    for run in letters.chunk_by(|a, b| a == b) {
        let times = if run.len() > 2 { 1 } else { run.len() };
        calm.extend(run.iter().take(times));
    }
    calm
}

/// `syarat2`: the digit says that the word is said twice.
fn once(word: &str) -> &str {
    word.strip_suffix('2').filter(|rest| rest.len() > 2).unwrap_or(word)
}

fn without_nya(word: &str) -> &str {
    ["nya", "ny", "x", "kah"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .filter(|rest| rest.len() > 2)
        .unwrap_or(word)
}

/// The stem of the one spelling that is a slip away; none when two stems are.
fn nearest(word: &str) -> Option<&'static str> {
    let mut found = None;
    for (spelling, stem) in STEMS.iter().filter(|(spelling, _)| spelling.len() > 4) {
        if distance(word, spelling, 1).is_some() {
            match found {
                Some(other) if other != *stem => return None,
                _ => found = Some(*stem),
            }
        }
    }
    found
}

/// Whether a word says nothing of what is asked; so does a question mark by itself.
pub(super) fn is_silent(word: &str) -> bool {
    static SET: LazyLock<std::collections::HashSet<&'static str>> =
        LazyLock::new(|| SILENT.split_whitespace().collect());
    SET.contains(word) || is_courtesy(word)
}
