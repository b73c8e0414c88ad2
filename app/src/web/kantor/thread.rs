//! A conversation as it is drawn: on its own page and beside a request.

use chrono::{NaiveDate, TimeDelta};
use loket_core::{
    clock::Instant,
    kinds::{Direction, MediaState},
    text::mask_identity_numbers,
    whatsapp::MessageKind,
    zone,
};

use crate::{
    domain::{
        tenancy::Office,
        whatsapp::{BubbleAttachment, BubbleView, ThreadView},
    },
    web::{
        parts::{Attachment, Bubble, Composer, Delivery, Tone, When},
        routes,
    },
};

/// How many messages a page shows at first.
pub const SHOWN: u64 = 40;
const LITTLE: TimeDelta = TimeDelta::hours(2);

/// The messages of a thread, oldest first. Identity numbers inside them are masked.
pub fn bubbles(office: &Office, thread: &ThreadView, now: Instant) -> Vec<Bubble> {
    let mut day: Option<NaiveDate> = None;
    let mut drawn = Vec::with_capacity(thread.messages.len());
    for message in &thread.messages {
        let date = office.zone.date(message.at);
        let first = day.replace(date) != Some(date);
        let day = first.then(|| zone::long_date(date));
        drawn.push(bubble((office, now), &thread.contact.name, day, message));
    }
    drawn
}

fn bubble(
    (office, now): (&Office, Instant),
    citizen: &str,
    day: Option<String>,
    message: &BubbleView,
) -> Bubble {
    let (side, who) = match message.direction {
        Direction::In => ("in", citizen.to_owned()),
        Direction::Out => ("out", message.author.clone().unwrap_or_else(|| "Balasan otomatis".to_owned())),
    };
    let text = message.words.as_deref().map(mask_identity_numbers).unwrap_or_default();
    Bubble {
        id: format!("m-{}", message.id),
        side,
        who,
        day,
        quoted: None,
        link: None,
        kind: kind(message, text.is_empty()),
        text,
        files: message.attachment.iter().filter_map(|one| attachment(office, message.kind, one)).collect(),
        when: When::in_day(message.at, now, office.zone),
        delivery: message.delivery.map(|state| Delivery::of(state, message.advice.map(str::to_owned))),
    }
}

/// What stands where there are neither words nor a file to open.
fn kind(message: &BubbleView, silent: bool) -> Option<String> {
    match &message.attachment {
        Some(one) if one.file.is_some() => None,
        Some(one) => Some(format!("{}: {}", message.kind.label(), media_words(one.state))),
        None => silent.then(|| message.kind.label().to_owned()),
    }
}

/// How far an attachment without a file has come.
pub fn media_words(state: MediaState) -> &'static str {
    match state {
        MediaState::Pending => "sedang diambil dari WhatsApp",
        MediaState::Stored => "tersimpan",
        MediaState::Refused => "jenis atau isinya tidak dapat diterima",
        MediaState::Lost => "tidak dapat diambil lagi, minta warga mengirim ulang",
    }
}

fn attachment(office: &Office, kind: MessageKind, one: &BubbleAttachment) -> Option<Attachment> {
    let (file, mime) = one.file.as_ref()?;
    let name = one.name.as_deref().map(mask_identity_numbers);
    let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| kind.label().to_owned());
    Some(Attachment::of(name, mime, routes::File::at(&office.slug, file)))
}

/// How long a free answer may still be sent, in words and tone.
pub fn window(left: TimeDelta) -> (String, Tone) {
    if left <= TimeDelta::zero() {
        let closed = "Jendela 24 jam sudah tertutup. Balasan dapat dikirim lagi setelah warga menulis.";
        return (closed.to_owned(), "warn");
    }
    let tone = if left < LITTLE { "warn" } else { "quiet" };
    (format!("Jendela 24 jam: sisa {}", zone::duration(left)), tone)
}

/// The place to write, while the window is open.
pub fn composer(href: String, left: TimeDelta, draft: String, key: &str) -> Composer {
    let (window, window_tone) = window(left);
    Composer {
        href,
        window,
        window_tone,
        open: left > TimeDelta::zero(),
        draft,
        draft_key: key.to_owned(),
        error: None,
        note: None,
        quick: Vec::new(),
        templates: Vec::new(),
        attach: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn a_day_is_named_once_above_its_first_message() {
        let bubbles = bubbles(&samples::office(), &samples::thread(), samples::now());
        let days: Vec<_> = bubbles.iter().filter_map(|bubble| bubble.day.as_deref()).collect();
        assert_eq!(days, ["Minggu, 22 November 2026", "Senin, 23 November 2026"]);
    }

    #[test]
    fn identity_numbers_are_masked_in_what_a_citizen_wrote() {
        let bubbles = bubbles(&samples::office(), &samples::thread(), samples::now());
        assert!(bubbles.iter().all(|bubble| !bubble.text.contains("3603015105900001")));
        assert!(bubbles.iter().any(|bubble| bubble.text.contains("0001#")), "the last four digits stay");
    }

    #[test]
    fn an_attachment_that_is_not_there_yet_says_so() {
        let bubbles = bubbles(&samples::office(), &samples::thread(), samples::now());
        let pending: Vec<_> = bubbles.iter().filter_map(|bubble| bubble.kind.as_deref()).collect();
        assert_eq!(pending, ["Foto: sedang diambil dari WhatsApp"]);
    }

    #[test]
    fn the_window_counts_down_and_closes() {
        assert_eq!(
            window(TimeDelta::minutes(312)),
            ("Jendela 24 jam: sisa 5 jam 12 menit".to_owned(), "quiet")
        );
        assert_eq!(window(TimeDelta::minutes(20)).1, "warn");
        assert!(window(TimeDelta::zero()).0.contains("sudah tertutup"));
        assert!(!composer(String::new(), TimeDelta::zero(), String::new(), "k").open);
    }
}
