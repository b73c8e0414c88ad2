//! Officers come to somebody's home.

use chrono::NaiveDate;

use super::{Letterhead, Subject, brief, letter, numbered, passage};
use crate::{compensation::sentence, zone::long_date};

/// The days on which officers are out.
pub type Days = (NaiveDate, NaiveDate);

/// A home visit was planned, or has other days.
#[derive(Clone, Copy)]
pub struct VisitPlanned<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// Which round: `Krayan Induk dan Krayan Barat`.
    pub round: &'a str,
    /// On which days.
    pub days: Days,
    /// The days that were told before.
    pub were: Option<Days>,
    /// What the service asks for.
    pub papers: &'a [&'a str],
}

impl VisitPlanned<'_> {
    /// That officers come, when, what to have at hand, and how to know them.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let who = self.subject.salutation();
        let what = match self.were {
            None => format!(
                "{who} petugas kami akan mengunjungi rumah Bapak/Ibu untuk {}, {}.",
                self.subject.request(),
                on(self.days)
            ),
            Some(were) => format!(
                "{who} kunjungan rumah untuk {} yang semula {} berubah, kami mohon maaf. Petugas kami datang {}.",
                self.subject.request(),
                on(were),
                on(self.days)
            ),
        };
        let papers = match self.papers {
            [] => String::new(),
            papers => format!("Mohon menyiapkan: {}.", numbered(papers.iter().copied())),
        };
        letter(
            head,
            &[
                what,
                format!("Putaran: *{}*.", brief(self.round)),
                papers,
                "Petugas membawa surat tugas dan tidak memungut biaya. Kami tidak pernah meminta OTP atau PIN.".to_owned(),
                "Bila pada hari itu tidak dapat ditemui, silakan membalas pesan ini.".to_owned(),
            ],
        )
    }
}

/// A home visit that was told does not take place.
#[derive(Clone, Copy)]
pub struct VisitCancelled<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// The days that were told.
    pub were: Days,
    /// Why, in the words of the office, where it will be made up for; nothing where it is not needed any more.
    pub why: Option<&'a str>,
}

impl VisitCancelled<'_> {
    /// What does not take place, why, and that the request goes on.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let Some(why) = self.why else { return self.unneeded(head) };
        let why = match passage(why) {
            why if why.is_empty() => String::new(),
            why => format!("Alasannya: {}", sentence(&why)),
        };
        letter(
            head,
            &[
                format!(
                    "{} kunjungan rumah untuk {}, {}, tidak jadi dilaksanakan. Kami mohon maaf.",
                    self.subject.salutation(),
                    self.subject.request(),
                    on(self.were)
                ),
                why,
                "Permohonan tetap kami layani. Jadwal baru kami kabarkan lewat pesan ini.".to_owned(),
            ],
        )
    }
}

impl VisitCancelled<'_> {
    fn unneeded(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} kunjungan rumah untuk {}, {}, tidak diperlukan lagi, sehingga petugas kami tidak datang.",
                    self.subject.salutation(),
                    self.subject.request(),
                    on(self.were)
                ),
                "Bila masih ingin dikunjungi, silakan membalas pesan ini.".to_owned(),
            ],
        )
    }
}

/// `pada Rabu, 25 November 2026`, `antara … dan …`
fn on((from, until): Days) -> String {
    if from == until {
        format!("pada *{}*", long_date(from))
    } else {
        format!("antara *{}* dan *{}*", long_date(from), long_date(until))
    }
}
