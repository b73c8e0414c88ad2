//! What the clients of a kill test saw, and what must be true of the database afterwards.
//!
//! A client notes a message before it posts it and notes the 200 when it gets one. Whatever was acknowledged must be
//! there once; what was posted without an answer may be there once or not at all; nothing may be there twice.

use std::collections::BTreeMap;

/// One message that a client tried to hand over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Meta's id of the message.
    pub wamid: String,
    /// The telephone that wrote it; one telephone writes one message.
    pub from: String,
    /// Whether a 200 came back.
    pub acknowledged: bool,
    /// How often it was posted, retries included.
    pub posts: u32,
}

/// What became of one message.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Rows that hold the message.
    pub stored: u32,
    /// Replies that went out to the telephone.
    pub replies: u32,
}

/// The comparison of what clients saw with what was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Messages that were acknowledged.
    pub acknowledged: usize,
    /// Posts, retries included.
    pub posts: u64,
    /// Acknowledged messages that are not stored.
    pub lost: Vec<String>,
    /// Messages stored more than once.
    pub doubled: Vec<String>,
    /// Stored messages without a reply.
    pub unanswered: Vec<String>,
    /// Messages answered more than once: possible only between the 200 of the Graph API and our commit.
    pub answered_twice: Vec<String>,
}

impl Verdict {
    /// Compares. Every message of `history` must have an entry in `found`.
    pub fn of(history: &[Message], found: &BTreeMap<String, Found>) -> Self {
        let mut verdict = Self::default();
        for message in history {
            let what = found.get(&message.wamid).copied().unwrap_or_default();
            verdict.posts += u64::from(message.posts);
            verdict.acknowledged += usize::from(message.acknowledged);
            let mut note = |list: fn(&mut Self) -> &mut Vec<String>, when: bool| {
                if when {
                    list(&mut verdict).push(message.wamid.clone());
                }
            };
            note(|v| &mut v.lost, message.acknowledged && what.stored == 0);
            note(|v| &mut v.doubled, what.stored > 1);
            note(|v| &mut v.unanswered, what.stored > 0 && what.replies == 0);
            note(|v| &mut v.answered_twice, what.replies > 1);
        }
        verdict
    }

    /// Nothing lost, nothing doubled on the way in, nobody left without an answer.
    pub fn holds(&self) -> bool {
        self.lost.is_empty() && self.doubled.is_empty() && self.unanswered.is_empty()
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "acknowledged {} ({} posts), lost {}, doubled on ingest {}, unanswered {}, answered twice {}",
            self.acknowledged,
            self.posts,
            self.lost.len(),
            self.doubled.len(),
            self.unanswered.len(),
            self.answered_twice.len()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(wamid: &str, acknowledged: bool) -> Message {
        Message { wamid: wamid.into(), from: format!("62{wamid}"), acknowledged, posts: 2 }
    }

    #[test]
    fn each_kind_of_failure_is_told_apart() {
        let history = ["ok", "lost", "twice", "silent", "again"].map(|wamid| message(wamid, true)).to_vec();
        let found = |stored, replies| Found { stored, replies };
        let found = BTreeMap::from([
            ("ok".to_owned(), found(1, 1)),
            ("lost".to_owned(), found(0, 0)),
            ("twice".to_owned(), found(2, 1)),
            ("silent".to_owned(), found(1, 0)),
            ("again".to_owned(), found(1, 2)),
        ]);
        let verdict = Verdict::of(&history, &found);
        assert_eq!(verdict.lost, ["lost"]);
        assert_eq!(verdict.doubled, ["twice"]);
        assert_eq!(verdict.unanswered, ["silent"]);
        assert_eq!(verdict.answered_twice, ["again"]);
        assert_eq!((verdict.acknowledged, verdict.posts), (5, 10));
        assert!(!verdict.holds());
    }

    #[test]
    fn a_message_that_was_never_acknowledged_may_be_there_or_not() {
        let history = [message("kept", false), message("gone", false)];
        let found = BTreeMap::from([("kept".to_owned(), Found { stored: 1, replies: 1 })]);
        assert!(Verdict::of(&history, &found).holds());
    }
}
