//! What the office gives whoever was not served in the time of its standard.

use super::{Letterhead, Subject, letter, passage};
use crate::{
    clock::Instant,
    compensation::{sentence, source},
};

/// Compensation is offered.
#[derive(Clone, Copy)]
pub struct CompensationOffered<'a> {
    /// Which request.
    pub subject: Subject<'a>,
    /// Until when it should have been settled.
    pub due: Instant,
    /// When it was; nothing while it is not.
    pub ended: Option<Instant>,
    /// Whether it came to no product.
    pub dropped: bool,
    /// What is given, as the standard says it.
    pub words: &'a str,
    /// The decree that it stands in; empty where there is none yet.
    pub basis: &'a str,
}

impl CompensationOffered<'_> {
    /// That it is late, an apology, what is given and by which decree, and how to answer.
    pub fn text(&self, head: &Letterhead<'_>) -> String {
        let late = match self.ended {
            Some(ended) if self.dropped => format!("dan ditutup tanpa hasil pada {}", head.zone.long(ended)),
            Some(ended) => format!("dan baru selesai diproses pada {}", head.zone.long(ended)),
            None => "dan sampai saat ini belum selesai diproses".to_owned(),
        };
        letter(
            head,
            &[
                format!(
                    "{} kami mohon maaf. Menurut standar pelayanan kami, {} seharusnya selesai paling lambat *{}*, {late}.",
                    self.subject.salutation(),
                    self.subject.request(),
                    head.zone.deadline(self.due)
                ),
                format!("Karena itu kami menawarkan kompensasi: {}", sentence(&passage(self.words))),
                format!("Dasar: {}.", passage(source(self.basis))),
                "Mohon membalas pesan ini: apakah Bapak/Ibu menerima kompensasi tersebut atau tidak."
                    .to_owned(),
            ],
        )
    }
}
