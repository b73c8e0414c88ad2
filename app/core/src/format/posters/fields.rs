//! The fields of which the published lines are made.

use super::super::schema::{Field, FieldKind, FormatDefinition, NumbersIn, OptionAlias};

/// A format with `#` between its fields; `words` are the keyword and its aliases.
pub(super) fn format(words: &[&str], fields: Vec<Field>) -> FormatDefinition {
    let mut words = words.iter().map(|word| (*word).to_owned());
    FormatDefinition {
        keyword: words.next().unwrap_or_default(),
        aliases: words.collect(),
        separator: '#',
        trailing: false,
        numbers: NumbersIn::Chat,
        fields,
    }
}

/// The same, with a separator at its end.
pub(super) fn closed(words: &[&str], fields: Vec<Field>) -> FormatDefinition {
    FormatDefinition { trailing: true, ..format(words, fields) }
}

/// A required field; `names` are key, label, placeholder and example.
pub(super) fn field(kind: FieldKind, names: [&str; 4]) -> Field {
    let [key, label, placeholder, example] = names.map(str::to_owned);
    Field {
        key,
        label,
        placeholder,
        example,
        kind,
        required: true,
        options: Vec::new(),
        option_aliases: Vec::new(),
        labels: Vec::new(),
        past: false,
        holds_separator: false,
    }
}

/// The same, with what else people write before its value.
pub(super) fn called(field: Field, labels: &[&str]) -> Field {
    Field { labels: labels.iter().map(|label| (*label).to_owned()).collect(), ..field }
}

pub(super) fn nik() -> Field {
    field(FieldKind::Nik, ["nik", "NIK", "NIK", "16 angka NIK"])
}

pub(super) fn kk() -> Field {
    field(FieldKind::Kk, ["no_kk", "Nomor KK", "NO_KK", "16 angka nomor KK"])
}

pub(super) fn name() -> Field {
    field(FieldKind::Name, ["nama", "Nama", "NAMA", "SITI AMINAH"])
}

pub(super) fn head_of_family() -> Field {
    let names = ["nama_kepala_keluarga", "Nama kepala keluarga", "NAMA KEPALA KELUARGA", "AHMAD FAUZI"];
    field(FieldKind::Name, names)
}

pub(super) fn child() -> Field {
    field(FieldKind::Name, ["nama_anak", "Nama anak", "NAMA ANAK", "PUTRI AMINAH"])
}

pub(super) fn desa(example: &str) -> Field {
    field(FieldKind::Village, ["desa", "Desa", "DESA", example])
}

pub(super) fn kelurahan(example: &str) -> Field {
    field(FieldKind::Village, ["desa", "Kelurahan", "KELURAHAN", example])
}

pub(super) fn kecamatan(example: &str) -> Field {
    field(FieldKind::District, ["kecamatan", "Kecamatan", "KECAMATAN", example])
}

pub(super) fn born() -> Field {
    Field {
        past: true,
        ..field(FieldKind::Date, ["tanggal_lahir", "Tanggal lahir", "TANGGAL LAHIR", "27-04-2019"])
    }
}

/// A choice among these, with other words for some.
pub(super) fn occasion(options: &[&str]) -> Field {
    let option_aliases = OTHER_WORDS
        .iter()
        .filter(|(option, _)| options.contains(option))
        .map(|(option, alias)| OptionAlias { option: (*option).to_owned(), alias: (*alias).to_owned() })
        .collect();
    let example = options.get(1).or(options.first()).copied().unwrap_or_default();
    Field {
        options: options.iter().map(|option| (*option).to_owned()).collect(),
        option_aliases,
        ..field(FieldKind::Choice, ["jenis", "Jenis permohonan", "JENIS", example])
    }
}

const OTHER_WORDS: [(&str, &str); 12] = [
    ("HILANG", "KEHILANGAN"),
    ("HILANG", "ILANG"),
    ("RUSAK", "KERUSAKAN"),
    ("RUSAK", "PATAH"),
    ("PEMULA", "PERTAMA KALI"),
    ("PEMULA", "KTP PEMULA"),
    ("UBAH", "PERUBAHAN"),
    ("UBAH", "UBAH DATA"),
    ("UBAH", "PERUBAHAN DATA"),
    ("UBAH", "BERUBAH"),
    ("BARU", "BUAT BARU"),
    ("BARU", "KK BARU"),
];

pub(super) fn destination() -> Field {
    let names = ["alamat_pindah", "Alamat pindah", "ALAMAT_PINDAH", "Jalan Merdeka RT 001 RW 002, Kota Batu"];
    field(FieldKind::Address, names)
}

pub(super) fn letter() -> Field {
    field(FieldKind::DocumentNumber, ["no_skpwni", "Nomor SKPWNI", "NO_SKPWNI", "SKPWNI/nomor surat"])
}

pub(super) fn purpose(example: &str) -> Field {
    field(FieldKind::Text, ["keperluan", "Keperluan", "KEPERLUAN", example])
}
