//! The papers of a request: what a variant of a service asks for, and how each stands.

words! {
    /// How one paper stands.
    PaperState {
        /// Not come yet.
        Absent = "belum_ada",
        /// Come, not looked at yet.
        Received = "masuk",
        /// Looked at and good.
        Accepted = "diterima",
        /// Looked at and no good, with a reason.
        Rejected = "ditolak",
    }
}

impl PaperState {
    /// The words on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Absent => "belum ada",
            Self::Received => "masuk, belum diperiksa",
            Self::Accepted => "diterima",
            Self::Rejected => "ditolak",
        }
    }
}

words! {
    /// Why a paper is no good.
    PaperReason {
        /// Can't be read.
        Blurred = "buram",
        /// Edges are missing.
        Cropped = "terpotong",
        /// A copy or screen photo where the original is asked for.
        NotOriginal = "bukan_asli",
        /// Another paper than the one asked for.
        WrongPaper = "salah_dokumen",
        /// No longer valid.
        Expired = "kedaluwarsa",
        /// Its data differ from the request or from other papers.
        DataDiffer = "data_beda",
        /// Pages, signature or stamp are missing.
        Incomplete = "tidak_lengkap",
        /// The file can't be opened.
        Unreadable = "berkas_rusak",
        /// It is somebody else's.
        OtherPerson = "milik_orang_lain",
    }
}

impl PaperReason {
    /// What can be wrong with any paper, however it is shown.
    pub const fn is_general(self) -> bool {
        matches!(self, Self::WrongPaper | Self::DataDiffer | Self::Incomplete | Self::OtherPerson)
    }

    /// What can be wrong with the picture or file of a paper, whatever the paper is.
    pub const fn is_of_a_file(self) -> bool {
        matches!(self, Self::Blurred | Self::Cropped | Self::Unreadable)
    }

    /// What an officer chooses from for a paper: the reasons that it names, the general ones, and those of a file for
    /// one that was `sent` as a file, in the order of the list. A paper that names none may be turned back for any.
    pub fn offered(named: &[Self], sent: bool) -> Vec<Self> {
        let fits = |one: &Self| {
            named.is_empty() || named.contains(one) || one.is_general() || (sent && one.is_of_a_file())
        };
        Self::ALL.iter().copied().filter(fits).collect()
    }

    /// The words in the officer's list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Blurred => "Buram",
            Self::Cropped => "Terpotong",
            Self::NotOriginal => "Bukan dari dokumen asli",
            Self::WrongPaper => "Salah dokumen",
            Self::Expired => "Kedaluwarsa",
            Self::DataDiffer => "Data berbeda",
            Self::Incomplete => "Tidak lengkap",
            Self::Unreadable => "Berkas rusak",
            Self::OtherPerson => "Milik orang lain",
        }
    }

    /// What the citizen is told: what is wrong and what to do, without the paper's name.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Blurred => {
                "belum terbaca dengan jelas. Mohon difoto ulang di tempat terang, tanpa pantulan cahaya."
            }
            Self::Cropped => "terpotong. Mohon difoto ulang dengan seluruh tepi dokumen terlihat.",
            Self::NotOriginal => "bukan dari dokumen asli. Mohon kirim foto dokumen aslinya.",
            Self::WrongPaper => "bukan dokumen yang diminta. Mohon kirim dokumen yang sesuai.",
            Self::Expired => "sudah habis masa berlakunya. Mohon kirim dokumen yang masih berlaku.",
            Self::DataDiffer => {
                "memuat data yang berbeda dari permohonan. Mohon diperiksa dan dikirim yang sesuai, atau beri penjelasan."
            }
            Self::Incomplete => {
                "belum lengkap. Mohon kirim semua halaman beserta tanda tangan dan cap bila ada."
            }
            Self::Unreadable => "tidak dapat dibuka. Mohon dikirim ulang sebagai foto atau PDF.",
            Self::OtherPerson => "atas nama orang lain. Mohon kirim dokumen milik pemohon.",
        }
    }
}

/// How the required papers of a request stand, each counted once under its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaperTally {
    /// How many papers the variant requires.
    pub required: u32,
    /// Required papers that are accepted.
    pub accepted: u32,
    /// Required papers that came and were not looked at.
    pub received: u32,
    /// Required papers that were looked at and are no good.
    pub rejected: u32,
}

impl PaperTally {
    /// Counts the states of the required papers, one state a paper.
    pub fn of(states: impl IntoIterator<Item = PaperState>) -> Self {
        let mut tally = Self::default();
        for state in states {
            tally.required += 1;
            match state {
                PaperState::Absent => {}
                PaperState::Received => tally.received += 1,
                PaperState::Accepted => tally.accepted += 1,
                PaperState::Rejected => tally.rejected += 1,
            }
        }
        tally
    }

    /// Whether every required paper is accepted.
    pub const fn is_complete(self) -> bool {
        self.accepted >= self.required
    }

    /// Required papers that have not come at all.
    pub const fn absent(self) -> u32 {
        self.required
            .saturating_sub(self.accepted)
            .saturating_sub(self.received)
            .saturating_sub(self.rejected)
    }

    /// How the papers stand, in one Indonesian sentence for the officer.
    pub fn sentence(self) -> String {
        if self.is_complete() {
            return "Semua berkas wajib sudah diterima.".to_owned();
        }
        let mut open = Vec::new();
        for (count, words) in
            [(self.absent(), "belum ada"), (self.received, "belum diperiksa"), (self.rejected, "ditolak")]
        {
            if count > 0 {
                open.push(format!("{count} {words}"));
            }
        }
        format!("Berkas wajib belum lengkap: {} dari {}.", open.join(", "), self.required)
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, sample::select};

    use super::*;

    #[test]
    fn an_incomplete_tally_says_what_is_open() {
        use PaperState::{Absent, Accepted, Received, Rejected};
        let tally = PaperTally::of([Accepted, Received, Absent, Rejected, Absent]);
        assert_eq!(
            tally.sentence(),
            "Berkas wajib belum lengkap: 2 belum ada, 1 belum diperiksa, 1 ditolak dari 5."
        );
        assert_eq!(PaperTally::of([Accepted]).sentence(), "Semua berkas wajib sudah diterima.");
    }

    #[test]
    fn a_paper_offers_its_own_reasons_and_the_general_ones_and_one_that_names_none_offers_all() {
        use PaperReason::{
            Blurred, Cropped, DataDiffer, Expired, Incomplete, OtherPerson, Unreadable, WrongPaper,
        };
        assert_eq!(PaperReason::offered(&[], false), PaperReason::ALL);
        let general = [WrongPaper, Expired, DataDiffer, Incomplete, OtherPerson];
        assert_eq!(PaperReason::offered(&[Expired], false), general);
        let sent = [Blurred, Cropped, WrongPaper, Expired, DataDiffer, Incomplete, Unreadable, OtherPerson];
        assert_eq!(PaperReason::offered(&[Expired], true), sent, "an original is sent as a photo too");
    }

    #[test]
    fn every_reason_tells_the_citizen_what_to_do() {
        for reason in PaperReason::ALL {
            assert!(reason.sentence().contains("Mohon "), "{reason}");
            assert!(!reason.label().is_empty());
        }
        for state in PaperState::ALL {
            assert!(!state.label().is_empty());
        }
    }

    proptest! {
        #[test]
        fn a_tally_counts_every_paper_once(states in proptest::collection::vec(select(PaperState::ALL), 0..20)) {
            let tally = PaperTally::of(states.iter().copied());
            prop_assert_eq!(tally.absent() + tally.received + tally.accepted + tally.rejected, tally.required);
            prop_assert_eq!(tally.is_complete(), states.iter().all(|s| *s == PaperState::Accepted));
        }
    }
}
