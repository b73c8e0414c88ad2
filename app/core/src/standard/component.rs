//! The fourteen components of a standard of service: UU 25/2009 Pasal 21 huruf a sampai n, in the two groups of
//! PermenPANRB 15/2014 (service delivery, which is published, and manufacturing).

words!(/// A component of the standard of a service.
    Component {
    /// Dasar hukum.
    LegalBasis = "a",
    /// Persyaratan.
    Requirements = "b",
    /// Sistem, mekanisme, dan prosedur.
    Procedure = "c",
    /// Jangka waktu penyelesaian.
    Time = "d",
    /// Biaya/tarif.
    Fee = "e",
    /// Produk pelayanan.
    Product = "f",
    /// Sarana, prasarana, dan/atau fasilitas.
    Facilities = "g",
    /// Kompetensi pelaksana.
    Competence = "h",
    /// Pengawasan internal.
    Supervision = "i",
    /// Penanganan pengaduan, saran, dan masukan.
    Complaints = "j",
    /// Jumlah pelaksana.
    Staff = "k",
    /// Jaminan pelayanan.
    Guarantee = "l",
    /// Jaminan keamanan dan keselamatan pelayanan.
    Safety = "m",
    /// Evaluasi kinerja pelaksana.
    Evaluation = "n",
});

impl Component {
    /// Its name in the law.
    pub const fn label(self) -> &'static str {
        match self {
            Self::LegalBasis => "Dasar hukum",
            Self::Requirements => "Persyaratan",
            Self::Procedure => "Sistem, mekanisme, dan prosedur",
            Self::Time => "Jangka waktu penyelesaian",
            Self::Fee => "Biaya/tarif",
            Self::Product => "Produk pelayanan",
            Self::Facilities => "Sarana, prasarana, dan/atau fasilitas",
            Self::Competence => "Kompetensi pelaksana",
            Self::Supervision => "Pengawasan internal",
            Self::Complaints => "Penanganan pengaduan, saran, dan masukan",
            Self::Staff => "Jumlah pelaksana",
            Self::Guarantee => "Jaminan pelayanan",
            Self::Safety => "Jaminan keamanan dan keselamatan pelayanan",
            Self::Evaluation => "Evaluasi kinerja pelaksana",
        }
    }

    /// What belongs in it.
    pub const fn hint(self) -> &'static str {
        match self {
            Self::LegalBasis => "Peraturan yang menjadi dasar layanan ini.",
            Self::Requirements => "Syarat di luar daftar berkas, misalnya batas usia.",
            Self::Procedure => "Langkah baku bagi petugas dan warga, termasuk pengaduan.",
            Self::Time => "Keterangan di luar batas waktu yang sudah diisi, misalnya sejak kapan dihitung.",
            Self::Fee => "Keterangan di luar biaya yang sudah diisi.",
            Self::Product => "Keterangan tentang hasil, misalnya cara memeriksa keasliannya.",
            Self::Facilities => "Peralatan dan fasilitas, termasuk untuk kelompok rentan.",
            Self::Competence => "Pengetahuan, keahlian, dan sikap yang harus dimiliki petugas.",
            Self::Supervision => "Siapa yang mengawasi dan bagaimana.",
            Self::Complaints => "Cara mengadu, penanggung jawab, dan tindak lanjutnya.",
            Self::Staff => "Jumlah petugas menurut beban kerja.",
            Self::Guarantee => "Kepastian bahwa layanan diberikan sesuai standar.",
            Self::Safety => "Komitmen atas rasa aman, bebas dari bahaya, risiko, dan keraguan.",
            Self::Evaluation => "Seberapa sering kinerja petugas dinilai dan oleh siapa.",
        }
    }

    /// Whether it is of the service delivery part, which must be published.
    pub const fn is_published(self) -> bool {
        matches!(
            self,
            Self::Requirements | Self::Procedure | Self::Time | Self::Fee | Self::Product | Self::Complaints
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_fourteen_components_of_which_six_are_published() {
        assert_eq!(Component::ALL.len(), 14);
        assert_eq!(Component::ALL.iter().filter(|one| one.is_published()).count(), 6);
    }
}
