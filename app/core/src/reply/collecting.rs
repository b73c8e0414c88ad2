//! What lies ready to be collected.

use super::{Letterhead, Subject, brief, letter, typed};
use crate::{clock::Instant, pickup::Nudge};

/// The product can be picked up.
#[derive(Clone, Copy)]
pub struct ReadyForPickup<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What: `KTP-el`.
    pub product: &'a str,
    /// Where: `Loket 3, Kantor Disdukcapil`; may be empty.
    pub place: &'a str,
    /// When the place is open; empty where that is not known.
    pub hours: &'a str,
    /// When to come, with the number of that day; nothing where people come as they like.
    pub slot: Option<(Instant, u32)>,
    /// What to bring, and who else may come.
    pub who: &'a str,
    /// Who collects it, where that is somebody else.
    pub recipient: Option<&'a str>,
}

impl ReadyForPickup<'_> {
    /// What, where, when, and what to bring.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        letter(
            head,
            &[
                format!(
                    "{} {} untuk {} sudah siap diambil{}.",
                    self.subject.salutation(),
                    brief(self.product),
                    self.subject.request(),
                    there(self.place)
                ),
                self.recipient.map(recipient).unwrap_or_default(),
                format!("{} Mohon menunjukkan pesan ini.", when(self.slot, self.hours, head))
                    .trim_start()
                    .to_owned(),
                self.who.to_owned(),
                "Pengambilan tidak dipungut biaya.".to_owned(),
            ],
        )
    }
}

fn when(slot: Option<(Instant, u32)>, hours: &str, head: &Letterhead<'_>) -> String {
    match slot {
        Some((from, number)) => {
            format!("Jadwal pengambilan: *{}*, nomor *{number}*.", head.zone.long(from))
        }
        None if hours.is_empty() => String::new(),
        None => format!("Waktu pengambilan: {}.", brief(hours)),
    }
}

/// ` di *Loket 3*`; nothing where nobody said where.
fn there(place: &str) -> String {
    match brief(place) {
        place if place.is_empty() => String::new(),
        place => format!(" di *{place}*"),
    }
}

fn recipient(name: &str) -> String {
    format!(
        "Yang tercatat sebagai pengambil: {}. Petugas memeriksa identitasnya; bila orangnya lain, mohon beri tahu \
         kami dahulu.",
        typed(name)
    )
}

/// What lies ready is collected at another time or place.
#[derive(Clone, Copy)]
pub struct PickupMoved<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What.
    pub product: &'a str,
    /// Where it lies now.
    pub place: &'a str,
    /// When the place is open; empty where that is not known.
    pub hours: &'a str,
    /// The time that was told before.
    pub was: Option<Instant>,
    /// The one that holds now, with its number.
    pub slot: Option<(Instant, u32)>,
    /// What to bring there, and who else may come.
    pub who: &'a str,
}

impl PickupMoved<'_> {
    /// What holds no more, and what holds now.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let was = match self.was {
            Some(was) => format!("Jadwal {} tidak berlaku lagi, kami mohon maaf.", head.zone.long(was)),
            None => String::new(),
        };
        letter(
            head,
            &[
                format!(
                    "{} jadwal pengambilan {} untuk {} kami ubah. {was}",
                    self.subject.salutation(),
                    brief(self.product),
                    self.subject.request()
                )
                .trim_end()
                .to_owned(),
                format!("Tempat: *{}*. {}", brief(self.place), when(self.slot, self.hours, head))
                    .trim_end()
                    .to_owned(),
                self.who.to_owned(),
                "Bila waktunya tidak cocok, silakan membalas pesan ini.".to_owned(),
            ],
        )
    }
}

/// What lies ready was not collected yet.
#[derive(Clone, Copy)]
pub struct PickupReminder<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// What.
    pub product: &'a str,
    /// Where it lies; may be empty.
    pub place: &'a str,
    /// When the place is open; empty where that is not known.
    pub hours: &'a str,
    /// Why they are reminded.
    pub nudge: Nudge,
    /// The time that was told, with its number.
    pub slot: Option<(Instant, u32)>,
    /// Since when it lies there.
    pub ready_since: Instant,
}

impl PickupReminder<'_> {
    /// That it lies there, where, and when to come.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let (who, what, which) = (self.subject.salutation(), brief(self.product), self.subject.request());
        let place = there(self.place);
        let hours = match brief(self.hours) {
            hours if hours.is_empty() => "Dapat diambil pada jam layanan tempat itu.".to_owned(),
            hours => format!("Dapat diambil pada jam layanan: {hours}."),
        };
        let said = match (self.nudge, self.slot) {
            (Nudge::Tomorrow, Some((from, number))) => vec![
                format!(
                    "{who} kami mengingatkan: {what} untuk {which} diambil *{}*{place}, nomor *{number}*.",
                    head.zone.long(from)
                ),
                "Bila tidak dapat datang, silakan membalas pesan ini.".to_owned(),
            ],
            (Nudge::Missed, Some((from, _))) => vec![
                format!(
                    "{who} {what} untuk {which} belum diambil pada jadwalnya, {}. Hasilnya tetap kami simpan{place}.",
                    head.zone.long(from)
                ),
                format!("{hours} Bila perlu jadwal lain, silakan membalas pesan ini."),
            ],
            _ => vec![
                format!(
                    "{who} {what} untuk {which} sudah siap sejak {} dan belum diambil. Hasilnya tetap kami simpan{place}.",
                    head.zone.long_date(self.ready_since)
                ),
                hours,
            ],
        };
        letter(head, &said)
    }
}
