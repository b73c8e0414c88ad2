//! Letters to people of an office: what is to be said to whom.
//!
//! A use case queues an [`Envelope`] in its own transaction; `jobs::mail` makes the link's token, has
//! `letters` write the words and hands it to the mail server. No token ever lies in the database.

use std::fmt;

use loket_core::{clock::Instant, kinds::Role, zone::OfficeZone};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    infra::{Outcome, PlatformTx},
    queue::NewJob,
};

/// The kind of the job that sends a letter.
pub const SEND: &str = "mail.send";
/// The name of whoever writes when no office does.
pub const HOUSE: &str = "Loket";

/// A letter and to whom it goes. It does not print.
#[derive(Clone, Serialize, Deserialize)]
pub struct Envelope {
    /// The address.
    pub to: String,
    /// How the person is called.
    pub name: String,
    /// On whose behalf: the office's name, or [`HOUSE`].
    pub office: String,
    /// Where the office is and how it is reached, a line each; none of [`HOUSE`].
    #[serde(default)]
    pub foot: Vec<String>,
    /// Whose clock its times are told by.
    pub zone: OfficeZone,
    /// What is said.
    pub letter: Letter,
}

/// What is said.
#[derive(Clone, Serialize, Deserialize)]
pub enum Letter {
    /// Somebody is asked to work for the office.
    Invitation {
        /// Who asks.
        inviter: String,
        /// As what.
        role: Role,
        /// Where it is accepted.
        link: Link,
    },
    /// A new password may be made.
    PasswordReset {
        /// Where.
        link: Link,
    },
    /// The password was changed.
    PasswordChanged {
        /// When.
        at: Instant,
    },
    /// Requests whose time runs out.
    Clocks {
        /// The office, as in a path.
        office: String,
        /// Whose time is over: the first of them, and how many there are.
        over: (Vec<Late>, usize),
        /// Whose time is nearly over, in the same way.
        nearing: (Vec<Late>, usize),
    },
}

/// A request whose time runs out.
#[derive(Clone, Serialize, Deserialize)]
pub struct Late {
    /// Its number.
    pub receipt: String,
    /// The service.
    pub service: String,
    /// Until when it should be settled.
    pub due: Instant,
}

/// A link that does one thing once; see `accounts::Ticket`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Whom or what it is about.
    pub subject: Uuid,
    /// Which state of it stands behind the link.
    pub id: Uuid,
    /// When it was made.
    pub made: Instant,
    /// From when on it is worth nothing.
    pub until: Instant,
}

impl fmt::Debug for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Envelope(…)")
    }
}

impl Letter {
    /// The link in it, if there is one.
    pub fn link(&self) -> Option<Link> {
        match self {
            Self::Invitation { link, .. } | Self::PasswordReset { link } => Some(*link),
            Self::PasswordChanged { .. } | Self::Clocks { .. } => None,
        }
    }
}

/// Queues a letter in the caller's transaction.
pub async fn queue(tx: &mut PlatformTx<'_>, envelope: &Envelope) -> Outcome<()> {
    tx.enqueue(NewJob::new(SEND, envelope)?.priority(5)).await
}
