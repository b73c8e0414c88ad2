//! What is ready is sent: by courier, or to where its citizen collects it; and may come back.

use super::{Letterhead, Subject, brief, letter};
use crate::consignment::{ConsignmentWay, ReturnReason};

const BRING: &str = "Mohon membawa tanda pengenal (KTP-el, IKD, atau KK) dan menunjukkan pesan ini.";

/// It goes to the citizen's address.
#[derive(Clone, Copy)]
pub struct SentByCourier<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What: `KTP-el`.
    pub product: &'a str,
    /// Who brings it: `Pos Indonesia`.
    pub carrier: &'a str,
    /// By which number it can be followed; may be empty.
    pub number: &'a str,
}

impl SentByCourier<'_> {
    /// Who brings it, and what to do where it does not come.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let number = match brief(self.number) {
            number if number.is_empty() => String::new(),
            number => format!("Nomor resi: *{number}*."),
        };
        letter(
            head,
            &[
                format!(
                    "{} {} untuk {} sudah kami kirim ke alamat Bapak/Ibu lewat *{}*.",
                    self.subject.salutation(),
                    brief(self.product),
                    self.subject.request(),
                    brief(self.carrier)
                ),
                number,
                "Mohon ada yang menerima di alamat itu. Bila lama belum sampai, atau alamatnya berubah, silakan membalas pesan ini."
                    .to_owned(),
            ],
        )
    }
}

/// What its citizen was to collect goes to another place.
#[derive(Clone, Copy)]
pub struct CollectedElsewhere<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What.
    pub product: &'a str,
    /// Where it was to be collected; may be empty.
    pub was: &'a str,
    /// Where it goes.
    pub place: &'a str,
}

impl CollectedElsewhere<'_> {
    /// Where it is no more, where it goes, and to wait for the news that it came.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let was = match brief(self.was) {
            was if was.is_empty() => String::new(),
            was => format!(" dan tidak lagi tersimpan di {was}"),
        };
        letter(
            head,
            &[
                format!(
                    "{} {} untuk {} kami kirim ke *{}*{was}.",
                    self.subject.salutation(),
                    brief(self.product),
                    self.subject.request(),
                    brief(self.place)
                ),
                "Mohon menunggu kabar kami bahwa kirimannya sudah tiba sebelum mengambilnya.".to_owned(),
            ],
        )
    }
}

/// It lies at another office.
#[derive(Clone, Copy)]
pub struct AtOtherOffice<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What.
    pub product: &'a str,
    /// The other office: `Disdukcapil Kota Kupang`.
    pub place: &'a str,
}

impl AtOtherOffice<'_> {
    /// Where it lies, and what to bring.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} {} untuk {} sudah tiba di *{}*. Silakan mengambilnya di sana pada jam layanannya.",
                    self.subject.salutation(),
                    brief(self.product),
                    self.subject.request(),
                    brief(self.place)
                ),
                BRING.to_owned(),
                "Pengambilan tidak dipungut biaya.".to_owned(),
            ],
        )
    }
}

/// It came back.
#[derive(Clone, Copy)]
pub struct CameBack<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What.
    pub product: &'a str,
    /// How it had been sent.
    pub way: ConsignmentWay,
    /// Why.
    pub reason: ReturnReason,
    /// Where it lies now.
    pub place: &'a str,
}

impl CameBack<'_> {
    /// Where it is, and how to get it. Whoever is to look at what was damaged says more.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let because = self.reason.clause().map(|clause| format!(" karena {clause}")).unwrap_or_default();
        let said = match self.reason {
            ReturnReason::Damaged => vec![
                "Kami mohon maaf. Kami periksa dahulu, dan kami kabari bila perlu dibuat ulang.".to_owned(),
            ],
            _ => vec![
                format!(
                    "Sekarang tersimpan di *{}* dan dapat diambil pada jam layanan. {BRING}",
                    brief(self.place)
                ),
                match self.way {
                    ConsignmentWay::Courier => {
                        "Bila ingin dikirim lagi, silakan membalas pesan ini dengan alamat lengkap yang benar."
                    }
                    ConsignmentWay::Drop | ConsignmentWay::Office => {
                        "Bila ingin mengambil di tempat lain, silakan membalas pesan ini."
                    }
                }
                .to_owned(),
            ],
        };
        let first = format!(
            "{} kiriman {} untuk {} kembali kepada kami{because}.",
            self.subject.salutation(),
            brief(self.product),
            self.subject.request()
        );
        letter(head, &[vec![first], said].concat())
    }
}
