//! Who may receive what an office made, and what is looked at before it is given.
//!
//! Population documents hold what somebody could do harm with: they go to the applicant, to family on the same KK, or to
//! whoever holds a written authority (surat kuasa, form F-1.07 of Permendagri 109/2019). Offices differ in how far they let
//! others collect KTP-el, so each place says whom it serves.

words!(/// Who receives it.
    Receiver {
    /// The person whom it is about.
    Applicant = "applicant",
    /// Somebody on the same KK.
    Family = "family",
    /// Somebody with a written authority.
    Proxy = "proxy",
});

impl Receiver {
    /// What the interface calls them.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Applicant => "Pemohon sendiri",
            Self::Family => "Keluarga dalam KK yang sama",
            Self::Proxy => "Kuasa dengan surat F-1.07",
        }
    }
}

words!(/// What they showed.
    Proof {
    /// Their KTP-el.
    Card = "ktp_el",
    /// Their digital identity (IKD).
    Digital = "ikd",
    /// Only the KK: for whoever has no card yet.
    FamilyCard = "kk",
    /// Another official card with a photo: driving licence, passport.
    Other = "kartu_lain",
});

impl Proof {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Card => "KTP-el",
            Self::Digital => "IKD",
            Self::FamilyCard => "KK saja",
            Self::Other => "SIM, paspor, atau kartu resmi berfoto lain",
        }
    }
}

words!(/// Whom a place gives things to.
    Collectors {
    /// Only the applicant.
    Applicant = "applicant",
    /// Also family on the same KK.
    Family = "family",
    /// Also whoever has a written authority.
    Proxy = "proxy",
});

impl Collectors {
    /// What the interface calls them.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Applicant => "Hanya pemohon sendiri",
            Self::Family => "Pemohon atau keluarga dalam KK yang sama",
            Self::Proxy => "Pemohon, keluarga dalam KK yang sama, atau kuasa dengan F-1.07",
        }
    }

    /// Whether somebody may receive something here.
    pub const fn allow(self, receiver: Receiver) -> bool {
        match receiver {
            Receiver::Applicant => true,
            Receiver::Family => matches!(self, Self::Family | Self::Proxy),
            Receiver::Proxy => matches!(self, Self::Proxy),
        }
    }

    /// What the citizen is told to bring, and whom they may send.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Applicant => {
                "Mohon datang sendiri dengan tanda pengenal (KTP-el, IKD, atau KK); pengambilan tidak dapat diwakilkan."
            }
            Self::Family => {
                "Mohon membawa tanda pengenal (KTP-el, IKD, atau KK). Boleh diwakilkan kepada keluarga dalam KK yang sama dengan \
                 memperlihatkan KK."
            }
            Self::Proxy => {
                "Mohon membawa tanda pengenal (KTP-el, IKD, atau KK). Boleh diwakilkan kepada keluarga dalam KK yang sama dengan \
                 memperlihatkan KK, atau kepada orang lain dengan surat kuasa F-1.07."
            }
        }
    }
}

words!(/// How the KK that was shown stands to the one of the request.
    FamilyCard {
    /// It has the same number.
    Same = "same",
    /// It has another number.
    Different = "different",
    /// The request has none to compare it with.
    Unknown = "unknown",
});

impl FamilyCard {
    /// What a record says of it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Same => "nomor KK cocok",
            Self::Different => "nomor KK berbeda",
            Self::Unknown => "KK diperlihatkan; permohonan tanpa nomor KK",
        }
    }
}

words!(/// How it reached its citizen.
    HandoverWay {
    /// Somebody received it at a counter.
    Counter = "counter",
    /// As a document, in the conversation.
    WhatsApp = "whatsapp",
    /// As a document, through the kecamatan that talks with the citizen.
    Relayed = "relayed",
    /// As a document, otherwise: by e-mail, on a page that the citizen printed.
    Otherwise = "otherwise",
    /// By a courier, who says who received it.
    Courier = "courier",
    /// At another office, which says who received it.
    Elsewhere = "elsewhere",
});

impl HandoverWay {
    /// What the interface calls it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Counter => "Diserahkan",
            Self::WhatsApp => "Dikirimkan ke WhatsApp",
            Self::Relayed => "Dikirimkan lewat kecamatan",
            Self::Otherwise => "Dikirim dengan cara lain",
            Self::Courier => "Diantar kurir",
            Self::Elsewhere => "Diserahkan di kantor lain",
        }
    }
}

/// Somebody stands at the counter and wants it.
#[derive(Debug, Clone, Copy)]
pub struct Claim<'c> {
    /// As whom.
    pub receiver: Receiver,
    /// What they showed.
    pub proof: Proof,
    /// Their name; the applicant's is known.
    pub name: &'c str,
    /// The KK that they showed; nothing where they showed none.
    pub family_card: Option<FamilyCard>,
    /// Number or date of their written authority.
    pub letter: &'c str,
}

/// Why it is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum Withheld {
    /// The place gives nothing to such people.
    NotHere(Collectors),
    /// Nobody wrote who they are.
    Nameless,
    /// The KK was not shown.
    NoFamilyCard,
    /// It is another KK.
    OtherFamily,
    /// Nobody wrote which authority they have.
    NoLetter,
    /// A proxy showed no card of their own.
    NoCard,
    /// Family showed nothing with a photo.
    NoPhoto,
}

impl Withheld {
    /// Why, and what to do, in a sentence for the officer.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::NotHere(Collectors::Applicant) => {
                "Di tempat ini hanya pemohon sendiri yang boleh mengambil. Minta pemohon datang."
            }
            Self::NotHere(_) => {
                "Di tempat ini hanya pemohon atau keluarga dalam KK yang sama yang boleh mengambil."
            }
            Self::Nameless => "Tulis nama penerimanya seperti pada kartunya.",
            Self::NoFamilyCard => "Tulis nomor KK yang diperlihatkan keluarga, 16 angka.",
            Self::OtherFamily => {
                "Nomor KK itu bukan nomor KK pada permohonan. Jangan serahkan: minta pemohon datang sendiri atau \
                 memberi kuasa dengan F-1.07."
            }
            Self::NoLetter => "Tulis nomor atau tanggal surat kuasa F-1.07 yang diperlihatkan.",
            Self::NoPhoto => {
                "Keluarga harus memperlihatkan kartu berfoto miliknya sendiri: KTP-el, IKD, SIM, atau paspor."
            }
            Self::NoCard => "Penerima kuasa harus memperlihatkan KTP-el atau IKD-nya sendiri.",
        }
    }
}

/// Whether somebody may receive something at a place that gives things to `here`.
pub fn may_receive(here: Collectors, claim: &Claim<'_>) -> Result<(), Withheld> {
    if !here.allow(claim.receiver) {
        return Err(Withheld::NotHere(here));
    }
    if claim.receiver != Receiver::Applicant && claim.name.trim().is_empty() {
        return Err(Withheld::Nameless);
    }
    match (claim.receiver, claim.family_card) {
        (Receiver::Applicant, _) => Ok(()),
        (Receiver::Family, _) if claim.proof == Proof::FamilyCard => Err(Withheld::NoPhoto),
        (Receiver::Family, None) => Err(Withheld::NoFamilyCard),
        (Receiver::Family, Some(FamilyCard::Different)) => Err(Withheld::OtherFamily),
        (Receiver::Family, Some(FamilyCard::Same | FamilyCard::Unknown)) => Ok(()),
        (Receiver::Proxy, _) if claim.letter.trim().is_empty() => Err(Withheld::NoLetter),
        (Receiver::Proxy, _) if !matches!(claim.proof, Proof::Card | Proof::Digital) => Err(Withheld::NoCard),
        (Receiver::Proxy, _) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITI: Claim<'_> =
        Claim { receiver: Receiver::Applicant, proof: Proof::Card, name: "", family_card: None, letter: "" };

    #[test]
    fn the_applicant_receives_it_everywhere() {
        for here in Collectors::ALL {
            assert_eq!(may_receive(*here, &SITI), Ok(()));
        }
    }

    #[test]
    fn family_receives_it_with_the_same_kk_only() {
        let family = Claim { receiver: Receiver::Family, name: "Rudi Hartono", ..SITI };
        let with = |card| may_receive(Collectors::Family, &Claim { family_card: card, ..family });
        assert_eq!(with(None), Err(Withheld::NoFamilyCard));
        assert_eq!(with(Some(FamilyCard::Different)), Err(Withheld::OtherFamily));
        assert_eq!(with(Some(FamilyCard::Same)), Ok(()));
        assert_eq!(with(Some(FamilyCard::Unknown)), Ok(()), "the request has no number");
        let photo = Claim { proof: Proof::FamilyCard, family_card: Some(FamilyCard::Same), ..family };
        assert_eq!(may_receive(Collectors::Family, &photo), Err(Withheld::NoPhoto));
        let nameless = Claim { name: " ", family_card: Some(FamilyCard::Same), ..family };
        assert_eq!(may_receive(Collectors::Family, &nameless), Err(Withheld::Nameless));
    }

    #[test]
    fn a_proxy_needs_an_authority_and_a_card_of_their_own() {
        let proxy = Claim { receiver: Receiver::Proxy, name: "Budi", letter: "12/XI/2026", ..SITI };
        let at = |claim: &Claim<'_>| may_receive(Collectors::Proxy, claim);
        assert_eq!(at(&proxy), Ok(()));
        assert_eq!(at(&Claim { letter: "", ..proxy }), Err(Withheld::NoLetter));
        for proof in [Proof::FamilyCard, Proof::Other] {
            assert_eq!(at(&Claim { proof, ..proxy }), Err(Withheld::NoCard), "{proof}");
        }
    }

    #[test]
    fn a_place_gives_nothing_to_whom_it_does_not_serve() {
        let family =
            Claim { receiver: Receiver::Family, name: "Rudi", family_card: Some(FamilyCard::Same), ..SITI };
        let proxy = Claim { receiver: Receiver::Proxy, name: "Budi", letter: "12", ..SITI };
        for (here, claim, allowed) in [
            (Collectors::Applicant, family, false),
            (Collectors::Applicant, proxy, false),
            (Collectors::Family, family, true),
            (Collectors::Family, proxy, false),
            (Collectors::Proxy, family, true),
            (Collectors::Proxy, proxy, true),
        ] {
            let said = may_receive(here, &claim);
            assert_eq!(said.is_ok(), allowed, "{here} {}", claim.receiver);
            assert_eq!(said.err().is_some_and(|why| why == Withheld::NotHere(here)), !allowed);
        }
    }
}
