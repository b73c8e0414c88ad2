//! The mailer: SMTP, a folder of files, or memory. Only jobs send mail.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use uuid::Uuid;

use super::fault::{Fault, Outcome};

/// How long one step of a conversation with a mail server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many letters are remembered where they are remembered at all.
const KEPT: usize = 100;

/// A letter with a plain and an HTML body. It names a person and does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Makes its `Message-ID`: sent twice, a mail reader shows it once.
    pub id: Uuid,
    /// To whom.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The plain body.
    pub text: String,
    /// The HTML body.
    pub html: String,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a letter was not handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailFailure {
    /// The server says that it will never take it, or it cannot be written at all.
    #[error("the letter was refused for good")]
    Refused,
    /// The server is away or busy; another time it may take it.
    #[error("the letter was not taken this time")]
    NotNow,
}

/// Hands letters over. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
    kept: Arc<Mutex<VecDeque<Letter>>>,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
    Memory,
}

impl Mailer {
    /// Sends through a server: `smtps://user:password@host:465` or `smtp://host:25`.
    pub fn smtp(url: &str, from: &str) -> Outcome<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| Fault::Mail("the SMTP address cannot be read"))?
            .timeout(Some(PATIENCE))
            .build();
        Self::by(Way::Smtp(transport), from)
    }

    /// Writes each letter as a file into a folder, and remembers the last ones.
    pub fn folder(folder: PathBuf, from: &str) -> Outcome<Self> {
        std::fs::create_dir_all(&folder).map_err(|_| Fault::Mail("the mail folder cannot be made"))?;
        Self::by(Way::Folder(folder), from)
    }

    /// Keeps letters in memory, for tests.
    pub fn memory() -> Outcome<Self> {
        Self::by(Way::Memory, "loket@loket.invalid")
    }

    fn by(way: Way, from: &str) -> Outcome<Self> {
        let from = from.parse().map_err(|_| Fault::Mail("the sender's address cannot be read"))?;
        Ok(Self { from, way, kept: Arc::default() })
    }

    /// The last letters, newest first; none of those that went to a server.
    pub fn kept(&self) -> Vec<Letter> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    /// Whether letters can leave: the server answers and lets us in, or the folder takes a file.
    pub async fn check(&self) -> Outcome<()> {
        match &self.way {
            Way::Smtp(transport) => match transport.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(Fault::Mail("the mail server does not answer")),
                Err(error) if error.is_permanent() => Err(Fault::Mail("the mail server does not let us in")),
                Err(error) if error.is_tls() => Err(Fault::Mail("the mail server's TLS does not fit")),
                Err(_) => Err(Fault::Mail("the mail server cannot be reached")),
            },
            Way::Folder(folder) => {
                let probe = folder.join(".doctor");
                let tried = tokio::fs::write(&probe, b"probe").await;
                tried.map_err(|_| Fault::Mail("the mail folder cannot be written"))?;
                tokio::fs::remove_file(&probe).await.map_err(|_| Fault::Mail("the mail folder"))
            }
            Way::Memory => Ok(()),
        }
    }

    /// Hands a letter over.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailFailure> {
        let message = self.message(letter)?;
        match &self.way {
            Way::Smtp(transport) => {
                return match transport.send(message).await {
                    Ok(_) => Ok(()),
                    Err(error) if error.is_permanent() => Err(MailFailure::Refused),
                    Err(_) => Err(MailFailure::NotNow),
                };
            }
            Way::Folder(folder) => write(folder, letter.id, message.formatted()).await?,
            Way::Memory => {}
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|known| known.id != letter.id);
        kept.push_back(letter.clone());
        if kept.len() > KEPT {
            kept.pop_front();
        }
        Ok(())
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailFailure> {
        let to: Mailbox = letter.to.parse().map_err(|_| MailFailure::Refused)?;
        let id = format!("<{}@{}>", letter.id, self.from.email.domain());
        // Nobody's absence notice answers it (RFC 3834).
        let by_itself = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .raw_header(HeaderValue::new(by_itself, "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|_| MailFailure::Refused)
    }
}

async fn write(folder: &Path, id: Uuid, bytes: Vec<u8>) -> Result<(), MailFailure> {
    tokio::fs::write(folder.join(format!("{id}.eml")), bytes).await.map_err(|_| MailFailure::NotNow)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;

    fn letter(number: u128) -> Letter {
        Letter {
            id: Uuid::from_u128(number),
            to: "ana@kantor.test".to_owned(),
            subject: "Undangan".to_owned(),
            text: "Yth. Ana".to_owned(),
            html: "<p>Yth. Ana</p>".to_owned(),
        }
    }

    #[tokio::test]
    async fn a_letter_sent_twice_has_one_message_id_and_is_kept_once() {
        let mailer = Mailer::memory().unwrap();
        mailer.send(&letter(1)).await.unwrap();
        mailer.send(&letter(2)).await.unwrap();
        mailer.send(&letter(1)).await.unwrap();
        assert_eq!(mailer.kept(), [letter(1), letter(2)]);
        let message = String::from_utf8(mailer.message(&letter(1)).unwrap().formatted()).unwrap();
        assert!(message.contains("Message-ID: <00000000-0000-0000-0000-000000000001@loket.invalid>"));
        assert!(message.contains("Auto-Submitted: auto-generated"), "{message}");
    }

    #[tokio::test]
    async fn what_is_no_address_is_refused_for_good_and_no_server_is_asked_again() {
        let mailer = Mailer::memory().unwrap();
        let wrong = Letter { to: "bukan alamat".to_owned(), ..letter(1) };
        assert_eq!(mailer.send(&wrong).await, Err(MailFailure::Refused));
        let away = Mailer::smtp("smtp://127.0.0.1:1", "loket@kantor.test").unwrap();
        assert_eq!(away.send(&letter(1)).await, Err(MailFailure::NotNow));
        assert!(away.check().await.is_err());
    }

    #[test]
    fn a_letter_does_not_print_to_whom_it_goes() {
        assert!(!format!("{:?}", letter(1)).contains("ana"));
    }
}
