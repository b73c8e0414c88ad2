//! A phone's messages as the page shows them.

use loket_core::zone::OfficeZone;

use crate::fake_graph::{FakeGraph, PhoneDirection, PhoneMessage, Ticks};
use crate::web::parts::{Attachment, Bubble, Delivery, When, file_size};
use crate::web::routes::SimulatorMedium;

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
            ..bubble(zone, fake, message)
        });
    }
    bubbles
}

fn bubble(zone: OfficeZone, fake: &FakeGraph, message: &PhoneMessage) -> Bubble {
    let own = message.direction == PhoneDirection::FromPhone;
    let plain = matches!(message.kind.as_str(), "text" | "image" | "document" | "template");
    Bubble {
        id: String::new(),
        side: if own { "out" } else { "in" },
        who: String::new(),
        day: None,
        quoted: None,
        link: message.text.as_deref().filter(|_| !own).and_then(address).map(str::to_owned),
        text: message.text.clone().unwrap_or_default(),
        kind: (!plain).then(|| format!("Pesan jenis {}", message.kind)),
        files: Vec::new(),
        when: When::in_day(message.at, fake.now(), zone),
        delivery: own.then(|| delivery(message.ticks)),
    }
}

/// The first address in what the office wrote, as a phone makes it a link.
fn address(text: &str) -> Option<&str> {
    text.split_whitespace().find(|word| word.starts_with("http://") || word.starts_with("https://"))
}

fn delivery(ticks: Ticks) -> Delivery {
    let (word, mark, tone) = match ticks {
        Ticks::Pending => ("terkirim", "check", "quiet"),
        Ticks::Delivered => ("sampai", "double-check", "quiet"),
        Ticks::Read => ("dibaca", "double-check", "info"),
    };
    Delivery { word: word.to_owned(), mark, tone, advice: None }
}

fn file(fake: &FakeGraph, wa_id: &str, message: &PhoneMessage) -> Option<Attachment> {
    let id = message.media_id.as_deref()?;
    let href = SimulatorMedium::at(wa_id, id);
    let name = message.filename.clone().unwrap_or_else(|| "Foto".to_owned());
    let Some((mime, bytes)) = fake.medium(id) else {
        let kind = "Sudah tidak ada di ponsel".to_owned();
        return Some(Attachment { kind, ..Attachment::of(name, "", href) });
    };
    let size = file_size(i64::try_from(bytes.len()).unwrap_or(i64::MAX));
    let thumb = mime.starts_with("image/").then(|| href.clone());
    Some(Attachment { size, thumb, ..Attachment::of(name, &mime, href) })
}
