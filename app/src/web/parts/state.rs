//! States, remarks and choices: a word with its look.

use loket_core::request::{Channel, PaperState, RequestState};

use super::Tone;

/// A state: its Indonesian word and its tone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The word.
    pub word: String,
    /// The look.
    pub tone: Tone,
}

impl Tag {
    /// A word with a tone.
    pub fn new(word: impl Into<String>, tone: Tone) -> Self {
        Self { word: word.into(), tone }
    }

    /// Where a request stands.
    pub fn of_state(state: RequestState) -> Self {
        let tone = match state {
            RequestState::Received | RequestState::Verification | RequestState::InProcess => "info",
            RequestState::WaitingForCitizen => "warn",
            RequestState::Ready | RequestState::Finished => "ok",
            RequestState::Rejected => "bad",
            RequestState::Cancelled => "quiet",
        };
        Self::new(state.label(), tone)
    }

    /// Where a paper stands.
    pub fn of_paper(state: PaperState) -> Self {
        match state {
            PaperState::Absent => Self::new("Belum ada", "quiet"),
            PaperState::Received => Self::new("Belum diperiksa", "info"),
            PaperState::Accepted => Self::new("Diterima", "ok"),
            PaperState::Rejected => Self::new("Ditolak", "bad"),
        }
    }
}

/// A remark on a row: a word and its icon.
#[derive(Clone)]
pub struct Flag {
    /// The word.
    pub word: String,
    /// An icon of `icons.svg`.
    pub mark: &'static str,
}

impl Flag {
    /// The remarks on a request: by what way it came, if not by WhatsApp, and those of its state.
    pub fn of_request(channel: Channel, state: (bool, bool, bool)) -> Vec<Self> {
        Self::of_channel(channel).into_iter().chain(Self::of_state(state)).collect()
    }

    /// That more care is taken of its person, that another office works on it, and that its product is under way.
    pub fn of_state((care, elsewhere, away): (bool, bool, bool)) -> Vec<Self> {
        let care = care.then(|| Self { word: "rentan".to_owned(), mark: "heart" });
        let there = elsewhere.then(|| Self { word: "di Dinas".to_owned(), mark: "arrow-right" });
        let away = away.then(|| Self { word: "dikirim".to_owned(), mark: "send" });
        care.into_iter().chain(there).chain(away).collect()
    }

    /// A remark for what did not come by WhatsApp.
    fn of_channel(channel: Channel) -> Option<Self> {
        let mark = match channel {
            Channel::WhatsApp => return None,
            Channel::Counter => "users",
            Channel::Telephone => "phone",
            Channel::Mail | Channel::Web => "file",
            Channel::Forwarded => "building",
        };
        Some(Self { word: format!("lewat {}", channel.label().to_lowercase()), mark })
    }
}

/// One option of a select or radio group.
#[derive(Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen already.
    pub selected: bool,
}

impl Choice {
    /// An option that is not chosen.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), selected: false }
    }

    /// The same option, chosen or not.
    pub fn chosen(self, selected: bool) -> Self {
        Self { selected, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_word_and_a_known_tone() {
        let tags = RequestState::ALL.iter().map(|state| Tag::of_state(*state));
        for tag in tags.chain(PaperState::ALL.iter().map(|state| Tag::of_paper(*state))) {
            assert!(!tag.word.is_empty());
            assert!(["ok", "info", "warn", "bad", "quiet"].contains(&tag.tone), "{}", tag.tone);
        }
    }

    #[test]
    fn only_what_did_not_come_by_whatsapp_is_remarked_on() {
        assert!(Flag::of_channel(Channel::WhatsApp).is_none());
        assert_eq!(Flag::of_channel(Channel::Counter).map(|flag| flag.word).as_deref(), Some("lewat loket"));
    }
}
