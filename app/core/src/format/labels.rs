//! What people write before a value: `NIK: ...`, `Desa Pete`, `a.n. Siti`.

use std::collections::HashMap;

use super::{
    normalise::key,
    schema::{Field, FieldKind, FormatDefinition},
};

/// The words before a value, by their key, for one definition.
pub(super) struct Labels {
    fields: HashMap<String, usize>,
    /// Words that stand for a value that was not filled in.
    placeholders: HashMap<String, usize>,
}

/// Stands for a field that the definition does not have.
pub(super) const FOREIGN: usize = usize::MAX;

/// A label holds at most this many words.
pub(super) const MOST_WORDS: usize = 4;

/// What people label although no format asks for it.
const BESIDE: &str = "alamat,almt,alamat lengkap,jenis kelamin,jk,kelamin,agama,pekerjaan,status,status perkawinan,rt,rw,\
    rt rw,email,e mail,provinsi,prov,kabupaten,kab,kota,kabupaten kota,kab kota,kode pos,umur,usia,kewarganegaraan,\
    golongan darah,gol darah,nama ibu,nama ayah,nama orang tua,nama ibu kandung,nama ayah kandung,nama suami,nama istri,\
    hubungan,catatan,tempat lahir,pendidikan,dusun,kampung,kp,no rumah";

impl Labels {
    pub(super) fn new(definition: &FormatDefinition) -> Self {
        let mut labels = Self { fields: HashMap::new(), placeholders: HashMap::new() };
        // A field's own words come before the usual words of its kind, which two fields may share.
        for (index, field) in definition.fields.iter().enumerate() {
            let own = [field.label.as_str(), field.placeholder.as_str(), field.key.as_str()];
            for word in own.into_iter().chain(field.labels.iter().map(String::as_str)) {
                labels.add(word, index);
            }
            for word in [&field.published(), &field.placeholder, &field.label] {
                labels.placeholder(word, index);
            }
            if field.kind.is_number() {
                labels.placeholder(&field.example, index);
            }
        }
        for (index, field) in definition.fields.iter().enumerate() {
            for word in usual(definition, field).split(',') {
                labels.add(word, index);
            }
        }
        for words in FieldKind::ALL.iter().map(|kind| of_kind(*kind)).chain([BORN, BESIDE]) {
            words.split(',').for_each(|word| labels.add(word, FOREIGN));
        }
        labels
    }

    fn add(&mut self, words: &str, index: usize) {
        let key = key(words);
        if !key.is_empty() {
            self.fields.entry(key).or_insert(index);
        }
    }

    fn placeholder(&mut self, words: &str, index: usize) {
        let key = key(words);
        if !key.is_empty() {
            self.placeholders.entry(key).or_insert(index);
        }
    }

    /// The field that a label names, by the label's key; [`FOREIGN`] for one that the definition does not have.
    pub(super) fn named(&self, key: &str) -> Option<usize> {
        self.fields.get(key).copied()
    }

    /// Whether a label names a field of the definition.
    pub(super) fn names_own(&self, key: &str) -> bool {
        self.named(key).is_some_and(|field| field != FOREIGN)
    }

    /// The field whose placeholder this is: the published line was copied and not filled in.
    pub(super) fn unfilled(&self, raw: &str) -> Option<usize> {
        if raw.len() > 60 {
            return None;
        }
        let key = key(raw);
        self.placeholders
            .get(&key)
            .or_else(|| self.fields.get(&key))
            .copied()
            .filter(|field| *field != FOREIGN)
    }
}

const BORN: &str = "tanggal lahir,tgl lahir,lahir,ttl,tempat tanggal lahir,tempat tgl lahir,tempat lahir,tanggal,tgl,\
    lahir tgl,lahir tanggal,kelahiran,tempat dan tanggal lahir,tmpt tgl lahir";

/// The usual words before a value of this field, with commas between them.
fn usual(definition: &FormatDefinition, field: &Field) -> &'static str {
    let has_text = definition.fields.iter().any(|field| field.kind == FieldKind::Text);
    match field.kind {
        FieldKind::Choice if has_text => "jenis,jenis permohonan,permohonan,status,kategori,pilihan",
        FieldKind::Date if field.past => BORN,
        kind => of_kind(kind),
    }
}

/// The usual words before a value of a kind.
const fn of_kind(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Nik => {
            "nik,no nik,nomor nik,nik ktp,no ktp,nomor ktp,ktp,nik anak,nik pemohon,nik saya,nomer nik,no nik ktp,\
             no induk kependudukan,no induk,nomor induk,no induk nik,nomor induk kependudukan"
        }
        FieldKind::Kk => {
            "kk,no kk,nomor kk,nomer kk,nkk,no kartu keluarga,nomor kartu keluarga,kartu keluarga,nomor induk kk,kk saya,no kk saya"
        }
        FieldKind::Name => {
            "nama,nama lengkap,nama kepala keluarga,kepala keluarga,nama anak,nama pemohon,nama saya,nama pelapor,atas nama,\
             an,nm,name,nama kk,kep keluarga,nama kep keluarga,nm anak,nm lengkap,nm pemohon,pemohon,nama lengkap anak"
        }
        FieldKind::Village => {
            "desa,ds,kelurahan,kel,desa kelurahan,kelurahan desa,desa kel,kel desa,nama desa,nama kelurahan,lurah"
        }
        FieldKind::District => "kecamatan,kec,kecamtan,kec amatan,distrik,nama kecamatan,camat",
        FieldKind::Choice => {
            "jenis,jenis permohonan,permohonan,status,kategori,pilihan,keterangan,ket,alasan,keperluan,perihal,jenis layanan"
        }
        FieldKind::Address => {
            "alamat,alamat pindah,alamat tujuan,alamat baru,tujuan,tujuan pindah,pindah ke,almt,alamat tujuan pindah,daerah tujuan"
        }
        FieldKind::Text => "keperluan,alasan,keterangan,ket,kep,tujuan,perihal,untuk keperluan",
        FieldKind::DocumentNumber => {
            "no skpwni,nomor skpwni,skpwni,no surat,nomor surat,no surat pindah,nomor surat pindah,surat pindah,no,nomor,nomer"
        }
        FieldKind::Date => {
            "tanggal,tgl,hari tanggal,hari tgl,tanggal acara,tgl acara,hari,waktu,pada tanggal"
        }
        FieldKind::Phone => {
            "hp,no hp,nomor hp,telp,no telp,telepon,no telepon,wa,no wa,nomor wa,whatsapp,kontak,tlp,no tlp,handphone,nomor telepon"
        }
    }
}
