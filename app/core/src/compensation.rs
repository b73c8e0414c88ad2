//! What a citizen gets whose request was not settled in the time of its standard: the rule that a standard promises, and
//! how far it has come.
//!
//! An office's maklumat may promise compensation where the standard is not kept (UU 25/2009 pasal 22), and the Ombudsman
//! asks for it: in its instrument of 2021 among the facilities (indicator 9), since 2022 among the input. No law that is
//! known here says what is given, so each office says it, and its decree with it; without one it reads [`NO_BASIS`].

use serde::{Deserialize, Serialize};

/// What is said where an office named no decree.
pub const NO_BASIS: &str = "belum ada SK";
/// How many letters the words of a rule have at most.
pub const LONGEST_WORDS: usize = 300;
/// How many letters its legal basis has at most.
pub const LONGEST_BASIS: usize = 200;

words!(/// What is given.
    CompensationKind {
    /// A written apology by the head of the office.
    Apology = "permintaan_maaf",
    /// The product is brought to the citizen's address, free of charge.
    Delivered = "diantar",
    /// The citizen is served without queueing.
    ServedFirst = "didahulukan",
    /// Something else, in the office's own words.
    Other = "lainnya",
});

impl CompensationKind {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Apology => "Permintaan maaf tertulis",
            Self::Delivered => "Hasil diantar gratis",
            Self::ServedFirst => "Didahulukan tanpa antre",
            Self::Other => "Bentuk lain",
        }
    }

    /// What the citizen reads where the office wrote no words of its own; empty where it must.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Apology => "Permintaan maaf tertulis dari kepala kantor.",
            Self::Delivered => "Hasil layanan diantar ke alamat Bapak/Ibu tanpa biaya.",
            Self::ServedFirst => "Bapak/Ibu dilayani tanpa antre.",
            Self::Other => "",
        }
    }
}

/// What a standard promises to whoever was not served in its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compensation {
    /// What is given.
    pub kind: CompensationKind,
    /// As the citizen reads it; empty for the usual words of its kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// The decree that it stands in; empty where there is none yet.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
}

impl Compensation {
    /// As the citizen reads it.
    pub fn said(&self) -> &str {
        match self.words.trim() {
            "" => self.kind.words(),
            own => own,
        }
    }

    /// Where it stands, or that it stands nowhere yet.
    pub fn source(&self) -> &str {
        source(&self.basis)
    }

    /// As people read it in a standard: `Hasil diantar gratis: … Dasar: SK Kepala Dinas 7/2026.`
    pub fn told(&self) -> String {
        format!("{}: {} Dasar: {}.", self.kind.label(), sentence(self.said()), self.source())
    }
}

/// A legal basis as it is shown, or that there is none.
pub fn source(basis: &str) -> &str {
    match basis.trim() {
        "" => NO_BASIS,
        basis => basis,
    }
}

/// Words with a full stop, whoever wrote them.
pub fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '?', '!', '…']) { words.to_owned() } else { format!("{words}.") }
}

words!(/// How far it has come.
    CompensationState {
    /// The office owes it and has not offered it.
    Owed = "terutang",
    /// The citizen was told; they have not answered.
    Offered = "ditawarkan",
    /// The citizen takes it.
    Accepted = "diterima",
    /// The citizen has it.
    Given = "diberikan",
    /// The citizen does not want it.
    Declined = "ditolak_warga",
    /// It is not owed after all.
    Lapsed = "gugur",
});

impl CompensationState {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Owed => "belum ditawarkan",
            Self::Offered => "sudah ditawarkan",
            Self::Accepted => "diterima warga",
            Self::Given => "sudah diberikan",
            Self::Declined => "tidak diambil warga",
            Self::Lapsed => "gugur",
        }
    }

    /// Whether somebody of the office or the citizen still has a move.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Owed | Self::Offered | Self::Accepted)
    }
}

words!(/// A step.
    CompensationStep {
    /// The time of the standard ran out.
    Owe = "terutang",
    /// The citizen is told.
    Offer = "tawarkan",
    /// The citizen takes it.
    Accept = "terima",
    /// The citizen does not want it.
    Decline = "tolak",
    /// It is given.
    Give = "berikan",
    /// The time did not run out after all.
    Lapse = "gugurkan",
});

impl CompensationStep {
    /// Where it leads from a state, or from nothing; nothing where it leads nowhere. What was offered to a citizen is taken
    /// back by nothing; what lapsed is owed again if the new time runs out as well.
    pub const fn after(self, from: Option<CompensationState>) -> Option<CompensationState> {
        use CompensationState::{Accepted, Declined, Given, Lapsed, Offered, Owed};
        match (self, from) {
            (Self::Owe, None | Some(Lapsed)) => Some(Owed),
            (Self::Offer, Some(Owed)) => Some(Offered),
            (Self::Accept, Some(Offered)) => Some(Accepted),
            (Self::Decline, Some(Offered)) => Some(Declined),
            (Self::Give, Some(Accepted)) => Some(Given),
            (Self::Lapse, Some(Owed)) => Some(Lapsed),
            _ => None,
        }
    }
}

words!(/// How the citizen was told.
    OfferWay {
    /// In the conversation.
    WhatsApp = "whatsapp",
    /// Through the kecamatan that talks with them.
    Relayed = "kecamatan",
    /// By the printed letter.
    Letter = "surat",
});

impl OfferWay {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::WhatsApp => "Lewat WhatsApp",
            Self::Relayed => "Lewat kecamatan",
            Self::Letter => "Dengan surat",
        }
    }
}

words!(/// Why it is not owed after all.
    LapseReason {
    /// The due time moved, because what kept the office from working was approved afterwards.
    DueMoved = "tenggat_bergeser",
    /// The request was another one's double.
    Double = "permohonan_ganda",
    /// The citizen withdrew it.
    Withdrawn = "dicabut_warga_lebih_dulu",
    /// It was never the office's to settle.
    NotOurs = "bukan_kewenangan_kantor",
});

impl LapseReason {
    /// What a person may say; that a due time moved is found by counting.
    pub const SAID: [Self; 3] = [Self::Double, Self::Withdrawn, Self::NotOurs];

    /// Why, in a sentence.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::DueMoved => {
                "Tenggatnya bergeser karena gangguan yang disetujui kemudian, sehingga tidak terlewat."
            }
            Self::Double => "Permohonannya ganda; yang lain sudah dilayani.",
            Self::Withdrawn => "Warga mencabut permohonannya.",
            Self::NotOurs => "Permohonannya bukan kewenangan kantor ini.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_leads_from_where_it_may_and_from_nowhere_else() {
        use CompensationState::{Accepted, Declined, Given, Lapsed, Offered, Owed};
        use CompensationStep::{Accept, Decline, Give, Lapse, Offer, Owe};
        let allowed = [
            (Owe, None, Owed),
            (Owe, Some(Lapsed), Owed),
            (Offer, Some(Owed), Offered),
            (Accept, Some(Offered), Accepted),
            (Decline, Some(Offered), Declined),
            (Give, Some(Accepted), Given),
            (Lapse, Some(Owed), Lapsed),
        ];
        let states = CompensationState::ALL.iter().copied().map(Some).chain([None]);
        for from in states {
            for step in CompensationStep::ALL {
                let known = allowed.iter().find(|(one, at, _)| (*one, *at) == (*step, from));
                assert_eq!(step.after(from), known.map(|(_, _, to)| *to), "{step} {from:?}");
            }
        }
    }

    #[test]
    fn what_is_over_has_no_step_but_a_new_miss_of_what_lapsed() {
        for state in CompensationState::ALL {
            let steps: Vec<_> =
                CompensationStep::ALL.iter().filter(|step| step.after(Some(*state)).is_some()).collect();
            let reopened = *state == CompensationState::Lapsed;
            assert_eq!(!steps.is_empty(), state.is_open() || reopened, "{state}");
        }
    }

    #[test]
    fn a_rule_reads_as_the_citizen_reads_it_and_says_where_it_stands() {
        let mut rule =
            Compensation { kind: CompensationKind::Delivered, words: " ".to_owned(), basis: String::new() };
        assert_eq!(
            rule.told(),
            "Hasil diantar gratis: Hasil layanan diantar ke alamat Bapak/Ibu tanpa biaya. Dasar: belum ada SK."
        );
        rule.words = "Diantar kurir kantor".to_owned();
        rule.basis = "SK Kepala Dinas 7/2026".to_owned();
        assert_eq!(rule.told(), "Hasil diantar gratis: Diantar kurir kantor. Dasar: SK Kepala Dinas 7/2026.");
        let own = CompensationKind::ALL.iter().filter(|kind| kind.words().is_empty());
        assert_eq!(
            own.collect::<Vec<_>>(),
            [&CompensationKind::Other],
            "whoever chooses it writes the words"
        );
    }

    #[test]
    fn words_are_read_back() {
        for kind in CompensationKind::ALL {
            assert_eq!(kind.word().parse(), Ok(*kind));
        }
        for state in CompensationState::ALL {
            assert_eq!(state.word().parse(), Ok(*state));
        }
    }
}
