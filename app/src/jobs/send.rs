//! Empties a conversation's outbox, one message after another, oldest first.

use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use loket_core::id::OfficeId;

use crate::{
    domain::whatsapp::{
        sending::{self, Next, Ready, SEND, SendConversation, Upload},
        settling,
    },
    infra::{
        Fault, House, Outcome,
        files::FileStore,
        graph::{Accepted, GraphClient, MediaFailure, SendFailure},
    },
    queue::{Handler, JobError, Ticket},
};

/// After this a job leaves the rest to the next one, so that with the slowest call it still ends within
/// its lease.
const LONG_ENOUGH: TimeDelta = TimeDelta::seconds(60);
/// How often recording what Meta answered is tried: a lost answer may become a doubled message.
const RECORD_TRIES: u32 = 20;
const RECORD_PAUSE: Duration = Duration::from_millis(250);

/// Its kind.
pub const KIND: &str = SEND;

/// Runs [`KIND`].
pub struct Send {
    /// The ground.
    pub house: House,
    /// Meta.
    pub graph: GraphClient,
    /// Where documents lie.
    pub files: FileStore,
}

#[async_trait::async_trait]
impl Handler for Send {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let SendConversation { conversation_id } = ticket.payload()?;
        let begun = self.house.clock.now();
        loop {
            match sending::next(&self.house, ticket.office, conversation_id).await? {
                Next::Nothing => return Ok(()),
                Next::Wait(pause) => return Err(JobError::Later(pause, "not yet")),
                Next::Again => {}
                Next::Upload(upload) => self.upload(ticket.office, &upload).await?,
                Next::Send(ready) => self.send(ticket.office, &ready).await?,
            }
            if self.house.clock.now() - begun > LONG_ENOUGH {
                return Err(JobError::Later(TimeDelta::zero(), "more to send"));
            }
        }
    }
}

impl Send {
    async fn send(&self, office: OfficeId, ready: &Ready) -> Outcome<()> {
        let (number, token) = &ready.from;
        let answer = self.graph.send(token, number, &ready.outgoing).await;
        if let Err(failure) = &answer {
            tracing::warn!(message = %ready.message, class = ?failure.class, code = failure.code, "not accepted");
        }
        for _ in 1..RECORD_TRIES {
            match self.record(office, ready, &answer).await {
                Err(fault) if may_pass(&fault) => tokio::time::sleep(RECORD_PAUSE).await,
                ended => return ended,
            }
        }
        self.record(office, ready, &answer).await
    }

    async fn record(
        &self,
        office: OfficeId,
        ready: &Ready,
        answer: &Result<Accepted, SendFailure>,
    ) -> Outcome<()> {
        match answer {
            Ok(accepted) => settling::accepted(&self.house, office, ready, accepted).await,
            Err(failure) => settling::failed(&self.house, office, ready, failure).await,
        }
    }

    async fn upload(&self, office: OfficeId, upload: &Upload) -> Outcome<()> {
        let keys = self.house.keys(office).await?;
        let (file, key) = &upload.file;
        let bytes = match self.files.get(&keys, *file, key).await {
            Ok(bytes) => Bytes::from(bytes),
            Err(fault) => {
                tracing::error!(message = %upload.message, fault = %fault, "a file to be sent cannot be read");
                let missing = MediaFailure::Unreadable;
                return settling::not_uploaded(&self.house, office, upload, &missing).await;
            }
        };
        let (number, token) = &upload.from;
        match self.graph.upload(token, number, bytes, &upload.mime, &upload.filename).await {
            Ok(graph_id) => settling::uploaded(&self.house, office, upload, &graph_id).await,
            Err(failure) => {
                tracing::warn!(message = %upload.message, %failure, "a file was not taken");
                settling::not_uploaded(&self.house, office, upload, &failure).await
            }
        }
    }
}

/// Any trouble of the database: what Meta answered is known here and nowhere else.
fn may_pass(fault: &Fault) -> bool {
    fault.is_passing() || matches!(fault, Fault::Database { .. })
}
