//! Coded reasons: why a citizen is asked, why a request is closed, why it is opened again.
//!
//! Codes and not free text, so that reports can count them; a note beside them says the rest.

words! {
    /// Why the citizen is asked.
    AskReason {
        /// A required paper has not come.
        PapersMissing = "berkas_kurang",
        /// A paper is no good.
        PapersRejected = "berkas_ditolak",
        /// Some data are missing or unclear.
        DataUnclear = "data_kurang_jelas",
        /// The citizen must confirm something.
        Confirmation = "konfirmasi",
        /// The citizen must come (recording of biometrics, signature).
        Presence = "perlu_hadir",
    }
}

impl AskReason {
    /// The words on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::PapersMissing => "Berkas kurang",
            Self::PapersRejected => "Berkas ditolak",
            Self::DataUnclear => "Data kurang jelas",
            Self::Confirmation => "Perlu konfirmasi",
            Self::Presence => "Perlu hadir",
        }
    }
}

words! {
    /// Why a request is rejected or cancelled.
    CloseReason {
        /// Rejected: another office or institution decides this.
        NotOurCompetence = "bukan_kewenangan",
        /// Rejected: the law's conditions are not met.
        ConditionsNotMet = "syarat_tidak_terpenuhi",
        /// Rejected: a court must decide first.
        CourtDecisionNeeded = "perlu_penetapan_pengadilan",
        /// Rejected: data or papers are false.
        FalseData = "data_tidak_benar",
        /// Rejected: the applicant may not act for this person.
        NotEntitled = "tidak_berhak",
        /// Cancelled: the citizen withdrew it.
        Withdrawn = "dicabut_warga",
        /// Cancelled: no answer within the time that was announced.
        NoAnswer = "tidak_ada_jawaban",
        /// Cancelled: the same request is being handled under another number.
        Duplicate = "ganda",
        /// Cancelled: opened by mistake.
        OpenedByMistake = "salah_buka",
        /// Cancelled: the product was never picked up.
        NotPickedUp = "tidak_diambil",
    }
}

impl CloseReason {
    /// Whether an office may refuse for this reason.
    pub const fn rejects(self) -> bool {
        !self.cancels()
    }

    /// Whether a request may be cancelled for this reason.
    pub const fn cancels(self) -> bool {
        matches!(
            self,
            Self::Withdrawn | Self::NoAnswer | Self::Duplicate | Self::OpenedByMistake | Self::NotPickedUp
        )
    }

    /// The words in the officer's list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotOurCompetence => "Bukan kewenangan kantor ini",
            Self::ConditionsNotMet => "Syarat tidak terpenuhi",
            Self::CourtDecisionNeeded => "Perlu penetapan pengadilan",
            Self::FalseData => "Data tidak benar",
            Self::NotEntitled => "Pemohon tidak berhak",
            Self::Withdrawn => "Dicabut oleh warga",
            Self::NoAnswer => "Tidak ada jawaban",
            Self::Duplicate => "Permohonan ganda",
            Self::OpenedByMistake => "Dibuka karena keliru",
            Self::NotPickedUp => "Tidak diambil",
        }
    }

    /// What the citizen is told after "karena", without a full stop.
    pub const fn clause(self) -> &'static str {
        match self {
            Self::NotOurCompetence => "layanan ini bukan kewenangan kantor kami",
            Self::ConditionsNotMet => "syarat yang diatur belum terpenuhi",
            Self::CourtDecisionNeeded => "perubahan ini memerlukan penetapan pengadilan",
            Self::FalseData => "data atau dokumen yang disampaikan tidak sesuai",
            Self::NotEntitled => "pemohon belum dapat mewakili yang bersangkutan",
            Self::Withdrawn => "Bapak/Ibu meminta pembatalan",
            Self::NoAnswer => "kami belum menerima jawaban sampai batas waktu yang disampaikan",
            Self::Duplicate => "permohonan yang sama sudah kami proses dengan nomor lain",
            Self::OpenedByMistake => "permohonan ini tercatat karena kekeliruan",
            Self::NotPickedUp => "dokumen tidak diambil sampai batas waktu yang disampaikan",
        }
    }
}

words! {
    /// Why a request is opened again.
    ReopenReason {
        /// The citizen objects to a refusal.
        Objection = "keberatan",
        /// The product has a mistake.
        FaultyProduct = "hasil_keliru",
        /// The citizen sent what was missing after all.
        LateAnswer = "jawaban_susulan",
        /// It was closed by mistake.
        ClosedByMistake = "salah_tutup",
    }
}

impl ReopenReason {
    /// The words on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Objection => "Keberatan warga",
            Self::FaultyProduct => "Hasil keliru",
            Self::LateAnswer => "Jawaban susulan",
            Self::ClosedByMistake => "Salah tutup",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_closes_in_exactly_one_way() {
        let rejecting = CloseReason::ALL.iter().filter(|r| r.rejects()).count();
        let cancelling = CloseReason::ALL.iter().filter(|r| r.cancels()).count();
        assert_eq!((rejecting, cancelling), (5, 5));
        for reason in CloseReason::ALL {
            assert!(!reason.label().is_empty() && !reason.clause().ends_with('.'));
        }
    }

    #[test]
    fn reasons_to_ask_and_to_reopen_have_labels() {
        assert!(AskReason::ALL.iter().all(|r| !r.label().is_empty()));
        assert!(ReopenReason::ALL.iter().all(|r| !r.label().is_empty()));
    }
}
