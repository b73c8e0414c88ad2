//! Events as they are written. A browser that comes back names the last one it had; it then looks at
//! everything once, so an event's id needs to be no more than its time.

use loket_core::{clock::Instant, live::Topic};
use serde_json::json;

use crate::domain::live::Heard;

/// How long a browser that reconnects by itself waits, in milliseconds.
const RETRY: u32 = 5000;
/// Keeps the line open through proxies.
pub(super) const HEARTBEAT: &str = ": \n\n";
/// Said to a stream in whose place a newer one of its session has come: it does not come back at once.
pub(super) const REPLACED: &str = "event: penuh\ndata: {}\n\n";

/// The first event: whether what the browser shows may be out of date already.
pub(super) fn opening(now: Instant, missed: bool) -> String {
    let word = if missed { "segarkan" } else { "siap" };
    format!("retry: {RETRY}\n{}", written(now, word, "{}"))
}

/// What was heard; nothing when it was nothing.
pub(super) fn of(heard: &Heard, now: Instant) -> Option<String> {
    match heard {
        Heard::Nothing => None,
        Heard::Everything => Some(written(now, "segarkan", "{}")),
        Heard::Things { requests, conversations, figures } => {
            let data = json!({
                Topic::Request.word(): requests,
                Topic::Conversation.word(): conversations,
                "angka": figures,
            });
            Some(written(now, "berubah", &data.to_string()))
        }
    }
}

fn written(now: Instant, word: &str, data: &str) -> String {
    format!("id: {}\nevent: {word}\ndata: {data}\n\n", now.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use loket_core::id::RequestId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_event_carries_ids_only_and_ends_with_an_empty_line() {
        let heard = Heard::Things {
            requests: vec![RequestId(Uuid::from_u128(7))],
            conversations: Vec::new(),
            figures: true,
        };
        let text = of(&heard, Instant::UNIX_EPOCH).unwrap_or_default();
        assert_eq!(
            text,
            "id: 0\nevent: berubah\ndata: {\"angka\":true,\"percakapan\":[],\
             \"permohonan\":[\"00000000-0000-0000-0000-000000000007\"]}\n\n"
        );
        assert_eq!(of(&Heard::Nothing, Instant::UNIX_EPOCH), None);
        assert!(opening(Instant::UNIX_EPOCH, true).contains("event: segarkan\n"));
        assert!(opening(Instant::UNIX_EPOCH, false).starts_with("retry: 5000\nid: 0\nevent: siap\n"));
    }
}
