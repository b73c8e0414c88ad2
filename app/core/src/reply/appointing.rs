//! Somebody must come in person: what for, where, when, and with what.

use super::{Letterhead, Subject, brief, letter};
use crate::{appointment::PlacePurpose, clock::Instant, zone::OfficeZone};

/// When the citizen comes, with the number of that day.
pub type Slot = (Instant, u32);

const FREE: &str = "Tidak dipungut biaya.";
const OTHERWISE: &str = "Bila waktunya tidak cocok, silakan membalas pesan ini.";

/// An appointment was given, or has another time.
#[derive(Clone, Copy)]
pub struct AppointmentSet<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What for.
    pub purpose: PlacePurpose,
    /// Where: `Ruang rekam, Kantor Disdukcapil`.
    pub place: &'a str,
    /// When.
    pub slot: Slot,
    /// The time that was told before.
    pub was: Option<Instant>,
}

impl AppointmentSet<'_> {
    /// What for, where, when, what to bring, and what to beware of.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let (who, what, which) = (self.subject.salutation(), self.purpose.what(), self.subject.request());
        let first = match self.was {
            None => format!("{who} untuk {which}, Bapak/Ibu kami jadwalkan untuk {what}."),
            Some(was) => format!(
                "{who} jadwal {what} untuk {which} kami ubah. Jadwal {} tidak berlaku lagi, kami mohon maaf.",
                head.zone.long(was)
            ),
        };
        letter(
            head,
            &[
                first,
                at(self.place, self.slot, head.zone),
                self.purpose.bring().to_owned(),
                self.purpose.warning().to_owned(),
                format!("{FREE} {OTHERWISE}"),
            ],
        )
    }
}

/// An appointment is tomorrow.
#[derive(Clone, Copy)]
pub struct AppointmentReminder<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What for.
    pub purpose: PlacePurpose,
    /// Where.
    pub place: &'a str,
    /// When.
    pub slot: Slot,
}

impl AppointmentReminder<'_> {
    /// That it is tomorrow, where, and what to bring.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} kami mengingatkan jadwal {} untuk {}.",
                    self.subject.salutation(),
                    self.purpose.what(),
                    self.subject.request()
                ),
                at(self.place, self.slot, head.zone),
                self.purpose.bring().to_owned(),
                self.purpose.warning().to_owned(),
                "Bila tidak dapat datang, silakan membalas pesan ini.".to_owned(),
            ],
        )
    }
}

/// Somebody did not come to their appointment.
#[derive(Clone, Copy)]
pub struct AppointmentMissed<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What for.
    pub purpose: PlacePurpose,
    /// When they were awaited.
    pub was: Instant,
    /// When somebody could still come to that place; may be empty.
    pub free: &'a [Instant],
}

impl AppointmentMissed<'_> {
    /// That the request goes on, and how to get another time.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let free = match self.free {
            [] => String::new(),
            times => {
                let times: Vec<String> = times.iter().map(|at| head.zone.long(*at)).collect();
                format!("Jadwal yang saat ini masih kosong: {}.", times.join("; "))
            }
        };
        letter(
            head,
            &[
                format!(
                    "{} kami belum bertemu Bapak/Ibu pada jadwal {} untuk {}, {}.",
                    self.subject.salutation(),
                    self.purpose.what(),
                    self.subject.request(),
                    head.zone.long(self.was)
                ),
                "Permohonan tetap kami layani. Bila masih diperlukan, silakan membalas pesan ini dengan waktu yang dipilih; kami \
                 jadwalkan lagi."
                    .to_owned(),
                free,
                self.purpose.warning().to_owned(),
            ],
        )
    }
}

/// An appointment that was told does not take place.
#[derive(Clone, Copy)]
pub struct AppointmentCancelled<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What for.
    pub purpose: PlacePurpose,
    /// When it was.
    pub was: Instant,
    /// Whether their request goes on.
    pub goes_on: bool,
}

impl AppointmentCancelled<'_> {
    /// What does not take place, and whether the request goes on.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let then =
            if self.goes_on { "Permohonan tetap kami layani." } else { "Permohonannya sudah ditutup." };
        letter(
            head,
            &[
                format!(
                    "{} jadwal {} untuk {}, {}, kami batalkan. Mohon tidak datang pada waktu itu.",
                    self.subject.salutation(),
                    self.purpose.what(),
                    self.subject.request(),
                    head.zone.long(self.was)
                ),
                format!("{then} Bila ada pertanyaan, silakan membalas pesan ini."),
            ],
        )
    }
}

/// `Tempat: … Waktu: …, nomor …`
fn at(place: &str, (from, number): Slot, zone: OfficeZone) -> String {
    format!("Tempat: *{}*.\nWaktu: *{}*, nomor *{number}*.", brief(place), zone.long(from))
}
