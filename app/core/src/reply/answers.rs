//! Prepared answers to what citizens ask most: requirements, hours, place, how far a request has come.
//!
//! They stand ready for an officer, and go out by themselves only where the office wants that and the question is
//! certain. Then the text says so: a person reads along.

use super::{Letterhead, about, addressee, brief, clip, letter, passage};
use crate::{
    clock::Instant, consignment::Away, outage::OutageKind, receipt::ReceiptNumber, request::RequestState,
    text::PersonName, zone::OfficeZone,
};

/// More variants, papers or requests than this are not told in one message.
const MOST: usize = 12;
/// The longest line to copy, in characters.
const LONGEST_LINE: usize = 400;

/// To whom an answer goes, and by whom.
#[derive(Clone, Copy)]
pub struct Answering<'a> {
    /// The name to address, if it is known.
    pub name: Option<&'a PersonName>,
    /// Decides pagi, siang, sore or malam.
    pub now: Instant,
    /// Whether nobody looked at it before it goes out.
    pub automatic: bool,
}

impl Answering<'_> {
    fn opening(&self, zone: OfficeZone) -> String {
        format!("Selamat {} {}.", zone.greeting(self.now), addressee(self.name))
    }

    fn closing(&self) -> String {
        if self.automatic {
            "Ini balasan otomatis. Bila maksud Bapak/Ibu lain, mohon tulis kembali; petugas kami tetap membacanya."
                .to_owned()
        } else {
            String::new()
        }
    }

    fn text(&self, head: &Letterhead<'_>, body: Vec<String>) -> String {
        let mut paragraphs = vec![self.opening(head.zone)];
        paragraphs.extend(body);
        paragraphs.push(self.closing());
        letter(head, &paragraphs)
    }
}

/// What a service asks for.
#[derive(Clone, Copy)]
pub struct RequirementsTold<'a> {
    /// The service as the office calls it.
    pub service: &'a str,
    /// Its variants, or the one that is asked about: name and papers, each with whether it must be there.
    pub variants: &'a [(&'a str, Vec<(&'a str, bool)>)],
    /// The line to copy, if the service has one.
    pub line: Option<&'a str>,
}

impl RequirementsTold<'_> {
    /// The papers, and how to hand them in.
    pub fn text(&self, to: &Answering<'_>, head: &Letterhead<'_>) -> String {
        let mut body = vec![format!("Syarat *{}*:", brief(self.service))];
        let several = self.variants.len() > 1;
        for (name, papers) in self.variants.iter().take(MOST) {
            let mut lines = Vec::with_capacity(papers.len() + 1);
            if several {
                lines.push(format!("*{}*", brief(name)));
            }
            lines.extend(papers.iter().take(MOST).map(|(paper, required)| {
                format!("- {}{}", brief(paper), if *required { "" } else { " (bila ada)" })
            }));
            body.push(lines.join("\n"));
        }
        body.push("Foto berkas dapat dikirim melalui percakapan ini.".to_owned());
        if let Some(line) = self.line {
            body.push("Untuk mengajukan, mohon salin baris berikut, isi, lalu kirim:".to_owned());
            body.push(clip(line, LONGEST_LINE));
        }
        to.text(head, body)
    }
}

/// When the office is open.
pub fn hours(hours: &str, to: &Answering<'_>, head: &Letterhead<'_>) -> String {
    let body = vec![
        format!("Jam pelayanan {}:\n{}", brief(head.office), passage(hours)),
        "Pesan di luar jam tersebut tetap kami terima dan dibaca pada jam pelayanan berikutnya.".to_owned(),
    ];
    to.text(head, body)
}

/// Where the office is.
pub fn location((address, hours): (&str, &str), to: &Answering<'_>, head: &Letterhead<'_>) -> String {
    let body = vec![
        format!("Alamat {}:\n{}", brief(head.office), passage(address)),
        format!("Jam pelayanan: {}.", passage(hours)),
    ];
    to.text(head, body)
}

/// A request of whoever asks.
#[derive(Clone, Copy)]
pub struct StatusOf<'a> {
    /// The service as the office calls it.
    pub service: &'a str,
    /// Its number.
    pub receipt: &'a ReceiptNumber,
    /// Where it stands.
    pub state: RequestState,
    /// Whether its product is under way, or lies at another office.
    pub away: Option<(Away, &'a str)>,
    /// What keeps the office from working on it.
    pub delayed: Option<OutageKind>,
    /// The date that was told and still holds.
    pub until: Option<Instant>,
    /// By when a person probably looks at it for the first time.
    pub expected: Option<Instant>,
}

impl StatusOf<'_> {
    fn line(&self, now: Instant, head: &Letterhead<'_>) -> String {
        let more = match (self.delayed, self.until, self.expected) {
            (Some(kind), ..) => format!(", tertunda karena {}", kind.words()),
            (None, Some(until), _) => format!(", selesai paling lambat *{}*", head.zone.deadline(until)),
            (None, None, Some(at)) => format!(", perkiraan dijawab petugas {}", about(head.zone, now, at)),
            (None, None, None) => String::new(),
        };
        format!(
            "- *{}* nomor *{}*: {}{more}.",
            brief(self.service),
            self.receipt,
            self.away
                .filter(|_| self.state == RequestState::Ready)
                .map_or_else(|| state(self.state).to_owned(), away)
        )
    }
}

/// How far requests have come.
pub fn status(requests: &[StatusOf<'_>], to: &Answering<'_>, head: &Letterhead<'_>) -> String {
    let each = requests.iter().take(MOST).map(|one| one.line(to.now, head));
    let mut body = vec![each.collect::<Vec<_>>().join("\n")];
    if requests.iter().any(|one| !one.state.is_terminal()) {
        body.push("Perkembangan berikutnya kami kabarkan melalui percakapan ini.".to_owned());
    }
    to.text(head, body)
}

/// Where something is that was sent, as a citizen is told.
fn away((away, place): (Away, &str)) -> String {
    let place = brief(place);
    match away {
        Away::WithCourier if place.is_empty() => {
            "sudah selesai dan sedang diantar kurir ke alamat Bapak/Ibu".to_owned()
        }
        Away::WithCourier => format!("sudah selesai dan sedang diantar {place} ke alamat Bapak/Ibu"),
        Away::OnTheWay => {
            format!(
                "sudah selesai dan sedang dikirim ke {place}; mohon menunggu kabar kami sebelum mengambilnya"
            )
        }
        Away::AtOffice => format!("sudah selesai dan dapat diambil di {place}"),
        Away::Elsewhere => {
            "sudah selesai dan dikirim; cara menerimanya kami kabarkan lewat percakapan ini".to_owned()
        }
    }
}

/// Where a request stands, as a citizen is told.
const fn state(state: RequestState) -> &'static str {
    match state {
        RequestState::Received => "sudah kami terima dan menunggu diperiksa",
        RequestState::Verification => "berkasnya sedang kami periksa",
        RequestState::WaitingForCitizen => "masih menunggu berkas dari Bapak/Ibu",
        RequestState::InProcess => "berkas lengkap dan sedang diproses",
        RequestState::Ready => "sudah selesai dan siap diterima",
        RequestState::Finished => "sudah selesai",
        RequestState::Rejected => "tidak dapat kami proses, alasannya sudah kami kirim",
        RequestState::Cancelled => "sudah dibatalkan",
    }
}
