//! The comparison of what citizens and Meta saw with what lies in the database.
//!
//! Whatever was acknowledged must lie there once, with one request and an answer that Meta accepted. An answer may be
//! accepted twice only when the server died between Meta's 200 and its own commit: nobody can know then. That it was
//! so is told by the audit trail: a message is sent again only while no answer of Meta is recorded, and each time is
//! written down.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use loket::fake_graph::SentCall;
use loket_core::clock::Instant;

/// A message that was acknowledged; each telephone writes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The telephone.
    pub from: String,
    /// How often it was posted, until the 200.
    pub posts: u32,
}

/// A message of the office to a telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its id, which Meta knows it by as well.
    pub id: String,
    /// How often the audit trail says that it was sent again because its fate was unknown.
    pub resent: usize,
}

/// What lies in the database of one telephone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Messages of the citizen.
    pub messages: u32,
    /// Requests opened from them.
    pub requests: u32,
    /// Messages to the citizen.
    pub replies: Vec<Reply>,
}

/// What is wrong, by telephone or by reply.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Messages that were acknowledged.
    pub acknowledged: usize,
    /// Posts of them, repeated ones included.
    pub posts: u64,
    /// Acknowledged, but not in the database.
    pub lost: Vec<String>,
    /// More than one message or request out of one.
    pub doubled: Vec<String>,
    /// Stored, but without a request or an answer.
    pub unanswered: Vec<String>,
    /// Replies in the database.
    pub replies: usize,
    /// Replies that Meta never accepted.
    pub unsent: Vec<String>,
    /// Replies that Meta accepted twice because the server died between its 200 and our commit.
    pub doubled_in_the_gap: Vec<String>,
    /// Replies that Meta accepted twice without such an excuse.
    pub doubled_elsewhere: Vec<String>,
}

impl Verdict {
    /// Compares what was posted with what was found, and the replies with the calls Meta had and the kills.
    pub fn of(
        posted: &[Posted],
        found: &BTreeMap<String, Found>,
        (calls, kills): (&[SentCall], &[Instant]),
    ) -> Self {
        let accepted = accepted(calls);
        let mut verdict = Self { acknowledged: posted.len(), ..Self::default() };
        for message in posted {
            verdict.posts += u64::from(message.posts);
            let Some(found) = found.get(&message.from).filter(|found| found.messages > 0) else {
                verdict.lost.push(message.from.clone());
                continue;
            };
            if found.messages > 1 || found.requests > 1 {
                verdict.doubled.push(message.from.clone());
            }
            if found.requests == 0 || found.replies.is_empty() {
                verdict.unanswered.push(message.from.clone());
            }
            for reply in &found.replies {
                verdict.judge_reply(reply, accepted.get(reply.id.as_str()), kills);
            }
        }
        verdict
    }

    fn judge_reply(&mut self, reply: &Reply, accepted: Option<&Vec<Instant>>, kills: &[Instant]) {
        self.replies += 1;
        match accepted.map(Vec::as_slice) {
            None | Some([]) => self.unsent.push(reply.id.clone()),
            Some([_]) => {}
            Some(times) => {
                let died = times.windows(2).all(|pair| died_between(pair[0], pair[1], kills));
                let excused = died && times.len() <= reply.resent + 1;
                let list = if excused { &mut self.doubled_in_the_gap } else { &mut self.doubled_elsewhere };
                list.push(reply.id.clone());
            }
        }
    }

    /// Nothing lost and nothing doubled where it could have been helped.
    pub fn holds(&self) -> bool {
        let wrong = [&self.lost, &self.doubled, &self.unanswered, &self.unsent, &self.doubled_elsewhere];
        self.acknowledged > 0 && wrong.iter().all(|list| list.is_empty())
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "in:  acknowledged {} ({} posts), lost {}, doubled {}, unanswered {}",
            self.acknowledged,
            self.posts,
            self.lost.len(),
            self.doubled.len(),
            self.unanswered.len()
        )?;
        write!(
            f,
            "out: {} replies, lost {}, doubled between Meta's 200 and our commit {}, doubled elsewhere {}",
            self.replies,
            self.unsent.len(),
            self.doubled_in_the_gap.len(),
            self.doubled_elsewhere.len()
        )
    }
}

/// When Meta accepted each reply, oldest first.
fn accepted(calls: &[SentCall]) -> HashMap<&str, Vec<Instant>> {
    let mut accepted: HashMap<&str, Vec<Instant>> = HashMap::new();
    for call in calls.iter().filter(|call| call.accepted()) {
        if let Some(id) = call.callback_data.as_deref() {
            accepted.entry(id).or_default().push(call.at);
        }
    }
    accepted
}

fn died_between(first: Instant, second: Instant, kills: &[Instant]) -> bool {
    kills.iter().any(|kill| *kill >= first && *kill <= second)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use serde_json::Value;

    use super::*;

    fn at(millis: i64) -> Instant {
        DateTime::UNIX_EPOCH + TimeDelta::milliseconds(millis)
    }

    fn call(id: &str, millis: i64) -> SentCall {
        SentCall {
            at: at(millis),
            phone_number_id: "1".into(),
            to: "62".into(),
            kind: "text".into(),
            callback_data: Some(id.into()),
            wamid: Some(format!("wamid.{id}.{millis}")),
            code: None,
            body: Value::Null,
        }
    }

    fn found(messages: u32, requests: u32, replies: &[(&str, usize)]) -> Found {
        let reply = |(id, resent): &(&str, usize)| Reply { id: (*id).to_owned(), resent: *resent };
        Found { messages, requests, replies: replies.iter().map(reply).collect() }
    }

    #[test]
    fn each_kind_of_failure_is_told_apart() {
        let phones = ["ok", "lost", "twice", "silent", "unsent", "gap", "again", "alive"];
        let posted = phones.map(|from| Posted { from: from.into(), posts: 2 });
        let lying = BTreeMap::from([
            ("ok".to_owned(), found(1, 1, &[("a", 0)])),
            ("twice".to_owned(), found(2, 1, &[("b", 0)])),
            ("silent".to_owned(), found(1, 0, &[])),
            ("unsent".to_owned(), found(1, 1, &[("c", 0)])),
            ("gap".to_owned(), found(1, 1, &[("d", 1)])),
            ("again".to_owned(), found(1, 1, &[("e", 0)])),
            ("alive".to_owned(), found(1, 1, &[("f", 1)])),
        ]);
        let once = ["a", "b"].map(|id| call(id, 0));
        let twice = ["d", "e"].map(|id| [call(id, 0), call(id, 9_000)]).concat();
        let calls = [&once[..], &twice, &[call("f", 5_000), call("f", 9_000)]].concat();
        let verdict = Verdict::of(&posted, &lying, (&calls, &[at(10)]));
        assert_eq!((verdict.acknowledged, verdict.posts, verdict.replies), (8, 16, 6));
        assert_eq!(verdict.lost, ["lost"]);
        assert_eq!(verdict.doubled, ["twice"]);
        assert_eq!(verdict.unanswered, ["silent"]);
        assert_eq!(verdict.unsent, ["c"]);
        assert_eq!(verdict.doubled_in_the_gap, ["d"]);
        assert_eq!(verdict.doubled_elsewhere, ["e", "f"]);
        assert!(!verdict.holds());
    }

    #[test]
    fn a_run_in_which_nobody_wrote_proves_nothing() {
        assert!(!Verdict::of(&[], &BTreeMap::new(), (&[], &[])).holds());
    }
}
