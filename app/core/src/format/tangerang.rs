//! The five formats that Kabupaten Tangerang publishes, as data an office can start from.

use super::{Field, FieldKind, FormatDefinition};

/// `#KK`, `#KTP`, `#KIA`, `#SKPWNI` and `#SKDWN` as published by Kabupaten Tangerang.
pub fn tangerang_formats() -> Vec<FormatDefinition> {
    vec![
        format("KK", vec![kk(), head_of_family(), village(), district()]),
        FormatDefinition {
            trailing: true,
            ..format("KTP", vec![nik(), kk(), name(), village(), district(), occasion()])
        },
        format("KIA", vec![nik(), kk(), name(), village(), district()]),
        format("SKPWNI", vec![nik(), kk(), name(), destination()]),
        format("SKDWN", vec![letter(), purpose()]),
    ]
}

fn format(keyword: &str, fields: Vec<Field>) -> FormatDefinition {
    FormatDefinition { keyword: keyword.to_owned(), separator: '#', trailing: false, fields }
}

/// A required field; `names` are key, label, placeholder and example.
fn field(kind: FieldKind, names: [&str; 4]) -> Field {
    let [key, label, placeholder, example] = names.map(str::to_owned);
    Field { key, label, placeholder, example, kind, required: true, options: Vec::new() }
}

fn nik() -> Field {
    field(FieldKind::Nik, ["nik", "NIK", "NIK", "16 angka NIK"])
}

fn kk() -> Field {
    field(FieldKind::Kk, ["no_kk", "Nomor KK", "NO_KK", "16 angka nomor KK"])
}

fn name() -> Field {
    field(FieldKind::Name, ["nama", "Nama", "NAMA", "SITI AMINAH"])
}

fn head_of_family() -> Field {
    let names = ["nama_kepala_keluarga", "Nama kepala keluarga", "NAMA KEPALA KELUARGA", "AHMAD FAUZI"];
    field(FieldKind::Name, names)
}

fn village() -> Field {
    field(FieldKind::Village, ["desa", "Desa", "DESA", "PETE"])
}

fn district() -> Field {
    field(FieldKind::District, ["kecamatan", "Kecamatan", "KECAMATAN", "TIGARAKSA"])
}

fn occasion() -> Field {
    let options = ["PEMULA", "HILANG", "RUSAK"].map(str::to_owned).to_vec();
    Field { options, ..field(FieldKind::Choice, ["jenis", "Jenis permohonan", "JENIS", "HILANG"]) }
}

fn destination() -> Field {
    let names = ["alamat_pindah", "Alamat pindah", "ALAMAT_PINDAH", "Jalan Merdeka RT 001 RW 002, Kota Batu"];
    field(FieldKind::Text, names)
}

fn letter() -> Field {
    field(FieldKind::DocumentNumber, ["no_skpwni", "Nomor SKPWNI", "NO_SKPWNI", "SKPWNI/nomor surat"])
}

fn purpose() -> Field {
    field(FieldKind::Text, ["keperluan", "Keperluan", "KEPERLUAN", "Pindah mengikuti keluarga"])
}
