//! The mailer: SMTP, a folder of files, or memory. Only jobs send mail.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
};

use super::fault::{Fault, Outcome};

/// A letter with a plain and an HTML body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To whom.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The plain body.
    pub text: String,
    /// The HTML body.
    pub html: String,
}

/// Hands letters over. Cheap to clone.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
    Memory(Arc<Mutex<Vec<Letter>>>),
}

impl Mailer {
    /// Sends through a server: `smtps://user:password@host:465` or `smtp://host:25`.
    pub fn smtp(url: &str, from: &str) -> Outcome<Self> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| Fault::Mail("the SMTP address cannot be read"))?
            .build();
        Ok(Self { from: mailbox(from)?, way: Way::Smtp(transport) })
    }

    /// Writes each letter as a file into a folder.
    pub fn folder(folder: PathBuf, from: &str) -> Outcome<Self> {
        std::fs::create_dir_all(&folder).map_err(|_| Fault::Mail("the mail folder cannot be made"))?;
        Ok(Self { from: mailbox(from)?, way: Way::Folder(AsyncFileTransport::new(folder)) })
    }

    /// Keeps letters in memory, for tests.
    pub fn memory() -> Outcome<Self> {
        Ok(Self { from: mailbox("loket@loket.invalid")?, way: Way::Memory(Arc::default()) })
    }

    /// The letters kept in memory.
    pub fn kept(&self) -> Vec<Letter> {
        match &self.way {
            Way::Memory(letters) => letters.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            Way::Smtp(_) | Way::Folder(_) => Vec::new(),
        }
    }

    /// Hands a letter over.
    pub async fn send(&self, letter: &Letter) -> Outcome<()> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(mailbox(&letter.to)?)
            .subject(letter.subject.clone())
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|_| Fault::Mail("a letter could not be written"))?;
        match &self.way {
            Way::Smtp(transport) => {
                transport
                    .send(message)
                    .await
                    .map_err(|_| Fault::Mail("the mail server did not take a letter"))?;
            }
            Way::Folder(transport) => {
                transport.send(message).await.map_err(|_| Fault::Mail("a letter could not be filed"))?;
            }
            Way::Memory(letters) => {
                letters.lock().unwrap_or_else(PoisonError::into_inner).push(letter.clone())
            }
        }
        Ok(())
    }
}

fn mailbox(address: &str) -> Outcome<Mailbox> {
    address.parse().map_err(|_| Fault::Mail("an address cannot be read"))
}
