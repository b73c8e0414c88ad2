//! A phone's messages as the page shows them.

use loket_core::clock::Instant;
use loket_core::zone::OfficeZone;

use crate::fake_graph::{FakeGraph, PhoneDirection, PhoneMessage, Ticks};
use crate::web::routes::SimulatorMedium;

/// A moment: machine-readable, in full, and the short time.
pub(super) struct When {
    pub(super) iso: String,
    pub(super) text: String,
    pub(super) ago: String,
}

impl When {
    pub(super) fn of(zone: OfficeZone, at: Instant) -> Self {
        let short = zone.local(at).format("%H.%M").to_string();
        Self { iso: zone.local(at).to_rfc3339(), text: zone.short(at), ago: short }
    }
}

/// How one of the phone's own messages fares.
pub(super) struct Delivery {
    pub(super) word: &'static str,
    pub(super) mark: &'static str,
    pub(super) tone: &'static str,
    pub(super) advice: Option<String>,
}

/// A file in a bubble.
pub(super) struct Attachment {
    pub(super) name: String,
    pub(super) kind: &'static str,
    pub(super) size: String,
    pub(super) href: String,
    pub(super) thumb: Option<String>,
    pub(super) mark: &'static str,
}

/// One message; `side` is `"out"` for the citizen's own.
pub(super) struct Bubble {
    pub(super) id: String,
    pub(super) side: &'static str,
    pub(super) who: String,
    pub(super) day: Option<String>,
    pub(super) quoted: Option<String>,
    pub(super) text: String,
    pub(super) kind: Option<String>,
    pub(super) files: Vec<Attachment>,
    pub(super) when: When,
    pub(super) delivery: Option<Delivery>,
}

impl Bubble {
    /// A phone shows nothing of messages that failed.
    pub(super) fn failed(&self) -> bool {
        false
    }
}

/// The bubbles of one chat, a day's name above the first of each day.
pub(super) fn bubbles(
    fake: &FakeGraph,
    wa_id: &str,
    zone: OfficeZone,
    messages: &[PhoneMessage],
) -> Vec<Bubble> {
    let mut last_day = None;
    let mut bubbles = Vec::with_capacity(messages.len());
    for (at, message) in messages.iter().enumerate() {
        let day = zone.date(message.at);
        let new_day = last_day.replace(day) != Some(day);
        bubbles.push(Bubble {
            id: format!("pesan-{at}"),
            day: new_day.then(|| zone.long_date(message.at)),
            files: file(fake, wa_id, message).into_iter().collect(),
            ..bubble(zone, message)
        });
    }
    bubbles
}

fn bubble(zone: OfficeZone, message: &PhoneMessage) -> Bubble {
    let own = message.direction == PhoneDirection::FromPhone;
    let plain = matches!(message.kind.as_str(), "text" | "image" | "document" | "template");
    Bubble {
        id: String::new(),
        side: if own { "out" } else { "in" },
        who: String::new(),
        day: None,
        quoted: None,
        text: message.text.clone().unwrap_or_default(),
        kind: (!plain).then(|| format!("Pesan jenis {}", message.kind)),
        files: Vec::new(),
        when: When::of(zone, message.at),
        delivery: own.then(|| delivery(message.ticks)),
    }
}

fn delivery(ticks: Ticks) -> Delivery {
    let (word, mark, tone) = match ticks {
        Ticks::Pending => ("terkirim", "check", "quiet"),
        Ticks::Delivered => ("sampai", "double-check", "quiet"),
        Ticks::Read => ("dibaca", "double-check", "info"),
    };
    Delivery { word, mark, tone, advice: None }
}

fn file(fake: &FakeGraph, wa_id: &str, message: &PhoneMessage) -> Option<Attachment> {
    let id = message.media_id.as_deref()?;
    let (mime, bytes) = fake.medium(id).map_or_else(Default::default, |(mime, bytes)| (mime, bytes.len()));
    let href = SimulatorMedium::at(wa_id, id);
    let photo = mime.starts_with("image/");
    let kind = match mime.as_str() {
        "" => "Sudah tidak ada di ponsel",
        "application/pdf" => "PDF",
        _ if photo => "Foto",
        _ => "Berkas",
    };
    Some(Attachment {
        name: message.filename.clone().unwrap_or_else(|| "Foto".to_owned()),
        kind,
        size: if bytes == 0 { String::new() } else { size(bytes) },
        thumb: photo.then(|| href.clone()),
        href,
        mark: if photo { "image" } else { "file" },
    })
}

/// `1,2 MB`
fn size(bytes: usize) -> String {
    let tenths = |unit: usize| {
        let tenths = (bytes * 10).div_ceil(unit);
        format!("{},{}", tenths / 10, tenths % 10)
    };
    if bytes >= 1024 * 1024 {
        format!("{} MB", tenths(1024 * 1024))
    } else {
        format!("{} KB", bytes.div_ceil(1024))
    }
}

#[cfg(test)]
mod unit_tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_write_them() {
        for (bytes, text) in
            [(1, "1 KB"), (2048, "2 KB"), (1_258_291, "1,2 MB"), (16 * 1024 * 1024, "16,0 MB")]
        {
            assert_eq!(size(bytes), text);
        }
    }
}
