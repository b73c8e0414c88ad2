//! Sends letters: makes the link, finds the words, hands them to the mail server.
//!
//! It may run twice for one letter when the process dies between the server's yes and our note of it; the
//! `Message-ID` is the job's, so a mail reader shows one letter.

use std::sync::Arc;

use crate::{
    domain::{
        accounts::{self, Forgotten, Purpose, Ticket as LinkTicket, Tokens},
        mail::{self, Envelope, Letter},
        people,
    },
    infra::{
        House,
        mail::{Letter as Written, MailFailure, Mailer},
    },
    letters,
    queue::{Handler, JobError, Ticket},
};

/// The job that sends a letter.
pub const SEND: &str = mail::SEND;
/// The job that looks whether a forgotten password has an owner.
pub const FORGOTTEN: &str = accounts::FORGOTTEN;

/// Where the links of letters lead.
#[derive(Clone)]
pub struct Addresses {
    /// The site, as people type it: `https://loket.contoh.go.id`.
    pub site: String,
    /// The path of an invitation, by its token.
    pub invitation: fn(&str) -> String,
    /// The path where a new password is made, by its token.
    pub new_password: fn(&str) -> String,
    /// The path of what presses in an office, by its name in a path.
    pub pressing: fn(&str) -> String,
}

/// Runs [`SEND`].
pub struct SendMail {
    /// The ground.
    pub house: House,
    /// The way out; without one letters wait for a person.
    pub mailer: Option<Mailer>,
    /// Makes the tokens of links.
    pub tokens: Arc<Tokens>,
    /// Where links lead.
    pub addresses: Addresses,
}

#[async_trait::async_trait]
impl Handler for SendMail {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let envelope: Envelope = ticket.payload()?;
        let Some(mailer) = &self.mailer else {
            // Courtesy needs no way out; a letter that somebody waits for does.
            let courtesy = matches!(envelope.letter, Letter::PasswordChanged { .. } | Letter::Clocks { .. });
            return if courtesy { Ok(()) } else { Err(JobError::Park("no mail server is configured")) };
        };
        if !self.is_wanted(&envelope.letter).await? {
            return Ok(());
        }
        let link = self.address(&envelope.letter)?;
        let words = letters::write(&envelope, &link).map_err(|_| JobError::Park("the letter's template"))?;
        let written = Written {
            id: ticket.id.0,
            to: envelope.to,
            subject: words.subject,
            text: words.text,
            html: words.html,
        };
        match mailer.send(&written).await {
            Ok(()) => Ok(()),
            Err(MailFailure::Refused) => Err(JobError::Park("the mail server refused the letter")),
            Err(MailFailure::NotNow) => Err(JobError::Retry("the mail server is away")),
        }
    }
}

impl SendMail {
    /// A link that is over, or an invitation that was taken back meanwhile, is not sent any more.
    async fn is_wanted(&self, letter: &Letter) -> Result<bool, JobError> {
        if letter.link().is_some_and(|link| link.until <= self.house.clock.now()) {
            return Ok(false);
        }
        match letter {
            Letter::Invitation { link, .. } => Ok(people::is_open(&self.house, link).await?),
            Letter::PasswordReset { .. } | Letter::PasswordChanged { .. } | Letter::Clocks { .. } => Ok(true),
        }
    }

    fn address(&self, letter: &Letter) -> Result<String, JobError> {
        let site = &self.addresses.site;
        let (purpose, path) = match letter {
            Letter::Invitation { .. } => (Purpose::Invitation, self.addresses.invitation),
            Letter::PasswordReset { .. } => (Purpose::PasswordReset, self.addresses.new_password),
            Letter::PasswordChanged { .. } => return Ok(site.clone()),
            Letter::Clocks { office, .. } => {
                return Ok(format!("{site}{}", (self.addresses.pressing)(office)));
            }
        };
        let link = letter.link().ok_or(JobError::Park("a letter without its link"))?;
        let ticket = LinkTicket { subject: link.subject, id: link.id, until: link.until };
        let token = self.tokens.issue(purpose, ticket, link.made)?;
        Ok(format!("{site}{}", path(&token)))
    }
}

/// Runs [`FORGOTTEN`].
pub struct AnswerForgotten(pub House);

#[async_trait::async_trait]
impl Handler for AnswerForgotten {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let asked: Forgotten = ticket.payload()?;
        Ok(accounts::answer_forgotten(&self.0, &asked).await?)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use chrono::TimeDelta;
    use loket_core::zone::OfficeZone;
    use uuid::Uuid;

    use super::*;
    use crate::{
        domain::mail::Link,
        infra::PlatformTx,
        queue::{Engine, Registry, backlog},
        testing::TestHouse,
    };

    const SITE: &str = "https://loket.test";

    fn engine(test: &TestHouse, mailer: Option<Mailer>) -> Engine {
        let send = SendMail {
            house: test.house.clone(),
            mailer,
            tokens: Arc::new(Tokens::new(&[9; 32]).unwrap()),
            addresses: Addresses {
                site: SITE.to_owned(),
                invitation: |token| format!("/undangan/{token}"),
                new_password: |token| format!("/baru/{token}"),
                pressing: |office| format!("/kantor/{office}"),
            },
        };
        Engine::new(test.house.clone(), Registry::default().with(SEND, send), 1)
    }

    async fn write(test: &TestHouse, to: &str) {
        let mut tx = PlatformTx::write(&test.house).await.unwrap();
        let (made, until) = (tx.now(), tx.now() + TimeDelta::minutes(60));
        let link = Link { subject: Uuid::from_u128(1), id: Uuid::from_u128(2), made, until };
        let envelope = Envelope {
            to: to.to_owned(),
            name: "Ana".to_owned(),
            office: mail::HOUSE.to_owned(),
            foot: Vec::new(),
            zone: OfficeZone::Wib,
            letter: Letter::PasswordReset { link },
        };
        mail::queue(&mut tx, &envelope).await.unwrap();
        tx.commit().await.unwrap();
    }

    #[tokio::test]
    async fn the_link_is_made_when_the_letter_leaves_and_reads_back() {
        let test = TestHouse::open().await;
        let mailer = Mailer::memory().unwrap();
        write(&test, "ana@kantor.test").await;
        engine(&test, Some(mailer.clone())).run_due().await.unwrap();
        let letter = mailer.kept().pop().unwrap();
        let link = letter.text.lines().find(|line| line.starts_with(SITE)).unwrap().to_owned();
        let token = link.rsplit('/').next().unwrap();
        let read = |purpose| Tokens::new(&[9; 32]).unwrap().read(purpose, token, test.house.clock.now());
        assert_eq!(read(Purpose::PasswordReset).unwrap().subject, Uuid::from_u128(1));
        assert!(read(Purpose::Invitation).is_err() && read(Purpose::Session).is_err());
    }

    #[tokio::test]
    async fn a_letter_that_can_never_leave_waits_for_a_person_and_one_that_is_over_is_forgotten() {
        let test = TestHouse::open().await;
        write(&test, "ana@kantor.test").await;
        engine(&test, None).run_due().await.unwrap();
        assert_eq!(backlog(&test.house).await.unwrap().parked, 1, "no mail server");
        let mailer = Mailer::memory().unwrap();
        write(&test, "bukan alamat").await;
        engine(&test, Some(mailer.clone())).run_due().await.unwrap();
        assert_eq!(backlog(&test.house).await.unwrap().parked, 2, "refused for good");
        write(&test, "ana@kantor.test").await;
        test.clock.advance(TimeDelta::minutes(61));
        engine(&test, Some(mailer.clone())).run_due().await.unwrap();
        assert_eq!(mailer.kept(), []);
        assert_eq!(backlog(&test.house).await.unwrap().parked, 2);
    }
}
