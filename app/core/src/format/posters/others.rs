//! The formats of Kota Kupang, Kabupaten Nunukan, Kecamatan Muara Bangkahulu and Kota Batu.

use super::{
    super::schema::{Field, FieldKind, FormatDefinition},
    fields::*,
};

pub(super) fn kupang() -> Vec<FormatDefinition> {
    let (village, district) = (|| kelurahan("OESAPA"), || kecamatan("KELAPA LIMA"));
    let institution = called(
        field(FieldKind::Text, ["instansi", "Instansi", "INSTANSI", "BPJS KESEHATAN"]),
        &["ditolak", "ditolak oleh", "ditolak di", "instansi yang menolak", "lembaga", "nama instansi"],
    );
    let complaint = called(
        field(FieldKind::Text, ["isi_pengaduan", "Isi pengaduan", "ISI PENGADUAN", "Petugas meminta uang"]),
        &["isi", "pengaduan", "aduan", "isi aduan", "laporan", "isi laporan", "keluhan"],
    );
    let complaint = Field { holds_separator: true, ..complaint };
    vec![
        closed(&["NIK", "VALIDASI", "KONSOLIDASI"], vec![nik(), name(), institution]),
        format(&["SKPWNI", "PINDAH"], vec![nik(), kk(), name(), destination()]),
        format(&["SKDWN", "DATANG", "MASUK"], vec![letter(), name(), village(), district()]),
        format(&["KIA"], vec![kk(), child(), born(), village(), district()]),
        format(&["ADU", "PENGADUAN", "LAPOR"], vec![name(), complaint]),
    ]
}

pub(super) fn nunukan() -> Vec<FormatDefinition> {
    let (village, district) = (|| desa("SUNGAI LIMAU"), || kecamatan("SEBATIK TENGAH"));
    vec![
        format(
            &["KTP", "E-KTP"],
            vec![
                nik(),
                kk(),
                name(),
                village(),
                district(),
                occasion(&["PEMULA", "HILANG", "RUSAK", "UBAH"]),
            ],
        ),
        format(
            &["KK"],
            vec![kk(), head_of_family(), village(), district(), occasion(&["BARU", "HILANG", "UBAH"])],
        ),
        format(&["AKL", "AKTA LAHIR", "LAHIR"], vec![kk(), child(), born(), village(), district()]),
    ]
}

pub(super) fn muara_bangkahulu() -> Vec<FormatDefinition> {
    let village = || kelurahan("KANDANG LIMUN");
    let event = called(
        field(FieldKind::Text, ["acara", "Acara", "ACARA", "Resepsi pernikahan"]),
        &["kegiatan", "nama acara", "jenis acara", "nama kegiatan"],
    );
    let day = field(FieldKind::Date, ["tanggal", "Tanggal", "TANGGAL", "12-12-2026"]);
    let phone = Field { required: false, ..field(FieldKind::Phone, ["hp", "Nomor HP", "[HP]", "nomor HP"]) };
    vec![
        format(&["DOM", "DOMISILI"], vec![nik(), name(), village(), purpose("Melamar pekerjaan")]),
        format(&["SKTM"], vec![nik(), kk(), name(), village(), purpose("Beasiswa sekolah")]),
        format(&["RAMAI", "KERAMAIAN"], vec![nik(), name(), village(), day, event, phone]),
    ]
}

pub(super) fn batu() -> Vec<FormatDefinition> {
    let (village, district) = (|| desa("SISIR"), || kecamatan("BATU"));
    vec![
        format(
            &["KTP"],
            vec![nik(), name(), village(), district(), occasion(&["PEMULA", "HILANG", "RUSAK"])],
        ),
        format(&["KK"], vec![kk(), head_of_family(), village(), district()]),
    ]
}
