//! What one server tells the others, as NOTIFY carries it: ids, in at most 8000 bytes.
//!
//! Words between blanks: the sender, then `q` (something was queued), `*` (something changed that is not
//! said), `o…` (an office, to which follows what changed in it: `r…` a request, `c…` a conversation, `*` too
//! much to name). An id is 22 letters of base64. A word that a later version knows and this one does not
//! reads as `*`.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use loket_core::{id::OfficeId, live::Topic};
use uuid::Uuid;

use super::changed::Changed;

/// PostgreSQL takes less than 8000 bytes.
const LONGEST: usize = 7_900;

/// What happened since it was last told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parcel {
    /// Something was queued.
    pub(super) rung: bool,
    /// Something changed somewhere and it is not known what.
    pub(super) anywhere: bool,
    /// What changed, by office.
    pub(super) offices: BTreeMap<OfficeId, Changed>,
}

impl Parcel {
    pub(super) fn is_empty(&self) -> bool {
        !self.rung && !self.anywhere && self.offices.is_empty()
    }

    /// Written out, in as many payloads as it takes.
    pub(super) fn payloads(&self, from: Uuid) -> Vec<String> {
        let mut pen = Pen::new(from);
        if self.rung {
            pen.word("q", "");
        }
        if self.anywhere {
            pen.word("*", "");
        }
        for (office, changed) in &self.offices {
            let head = format!("o{}", short(office.0));
            if changed.is_everything() {
                pen.word("*", &head);
            }
            for (topic, id) in changed.ids() {
                pen.word(&format!("{}{}", letter(topic), short(id)), &head);
            }
        }
        pen.done()
    }

    /// Read again; nothing for what is no payload, or the reader's own.
    pub(super) fn read(payload: &str, own: Uuid) -> Option<Self> {
        let mut words = payload.split(' ');
        if words.next().and_then(long)? == own {
            return None;
        }
        let mut parcel = Self::default();
        let mut office = None;
        for word in words {
            parcel.take(word, &mut office);
        }
        Some(parcel)
    }

    fn take(&mut self, word: &str, office: &mut Option<OfficeId>) {
        let mut letters = word.chars();
        let (kind, id) = (letters.next(), long(letters.as_str()));
        match (kind, id, *office) {
            (Some('q'), None, _) => self.rung = true,
            (Some('o'), Some(id), _) => *office = Some(OfficeId(id)),
            (Some('r'), Some(id), Some(of)) => self.of(of).note(Topic::Request, id),
            (Some('c'), Some(id), Some(of)) => self.of(of).note(Topic::Conversation, id),
            (_, _, Some(of)) => *self.of(of) = Changed::everything(),
            (_, _, None) => self.anywhere = true,
        }
    }

    fn of(&mut self, office: OfficeId) -> &mut Changed {
        self.offices.entry(office).or_default()
    }
}

/// Writes words into payloads, none of which grows too long.
struct Pen {
    from: String,
    payloads: Vec<String>,
    open: String,
    head: String,
}

impl Pen {
    fn new(from: Uuid) -> Self {
        let from = short(from);
        Self { open: from.clone(), from, payloads: Vec::new(), head: String::new() }
    }

    /// Writes a word behind its office, which is said once in each payload.
    fn word(&mut self, word: &str, head: &str) {
        if self.open.len() + head.len() + word.len() + 2 > LONGEST {
            let full = std::mem::replace(&mut self.open, self.from.clone());
            self.payloads.push(full);
            self.head.clear();
        }
        if self.head != head {
            self.open.push(' ');
            self.open.push_str(head);
            head.clone_into(&mut self.head);
        }
        self.open.push(' ');
        self.open.push_str(word);
    }

    fn done(mut self) -> Vec<String> {
        if self.open.len() > self.from.len() {
            self.payloads.push(self.open);
        }
        self.payloads
    }
}

const fn letter(topic: Topic) -> char {
    match topic {
        Topic::Request => 'r',
        Topic::Conversation => 'c',
    }
}

fn short(id: Uuid) -> String {
    URL_SAFE_NO_PAD.encode(id.as_bytes())
}

fn long(text: &str) -> Option<Uuid> {
    Uuid::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ME: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn changed() -> impl Strategy<Value = Changed> {
        proptest::collection::vec((any::<bool>(), any::<u128>()), 1..260).prop_map(|things| {
            let mut changed = Changed::default();
            for (request, id) in things {
                let topic = if request { Topic::Request } else { Topic::Conversation };
                changed.note(topic, Uuid::from_u128(id));
            }
            changed
        })
    }

    fn parcel() -> impl Strategy<Value = Parcel> {
        let offices = proptest::collection::btree_map(any::<u128>(), changed(), 0..6);
        (any::<bool>(), any::<bool>(), offices).prop_map(|(rung, anywhere, offices)| Parcel {
            rung,
            anywhere,
            offices: offices.into_iter().map(|(id, one)| (OfficeId(Uuid::from_u128(id)), one)).collect(),
        })
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_again_and_no_payload_is_too_long(parcel in parcel()) {
            let mut read = Parcel::default();
            for payload in parcel.payloads(OTHER) {
                prop_assert!(payload.len() < 8_000, "{}", payload.len());
                prop_assert_eq!(Parcel::read(&payload, OTHER), None, "one's own is not heard");
                let one = Parcel::read(&payload, ME).unwrap_or_default();
                read.rung |= one.rung;
                read.anywhere |= one.anywhere;
                for (office, changed) in one.offices {
                    read.of(office).merge(changed);
                }
            }
            prop_assert_eq!(read, parcel);
        }

        #[test]
        fn nothing_that_comes_stops_the_reader(payload in ".{0,200}") {
            let _ = Parcel::read(&payload, ME);
        }
    }

    #[test]
    fn a_word_of_a_later_version_means_that_anything_may_have_changed() {
        let office = OfficeId(Uuid::from_u128(7));
        let said = |words: &str| Parcel::read(&format!("{} {words}", short(OTHER)), ME).unwrap_or_default();
        assert!(said("x").anywhere);
        let of_one = said(&format!("o{} z{}", short(office.0), short(ME)));
        assert_eq!(of_one.offices.get(&office), Some(&Changed::everything()));
    }
}
