//! Sends what a conversation has queued, one message after another, in order.
//!
//! A message is claimed in one transaction, handed to Meta outside any, and recorded in another. A
//! process that dies in between leaves it `sending`: reconciliation decides, never a blind second send.

use chrono::TimeDelta;
use loket_core::id::{ConversationId, OfficeId};

use crate::{
    domain::{
        contacts::Address,
        whatsapp::{self, AfterFailure, Claimed, Content, Next, SendConversation},
    },
    infra::{
        Cx, House, Outcome, SystemReason,
        files::FileStore,
        graph::{GraphClient, OutContent, Outgoing, Recipient},
    },
    queue::{Handler, JobError, Ticket},
};

/// A message before it in the queue has no answer yet.
const BLOCKED: TimeDelta = TimeDelta::seconds(1);

/// Runs [`whatsapp::SEND`].
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
        loop {
            match self.claim(ticket.office, conversation_id).await? {
                Next::Nothing => return Ok(()),
                Next::Blocked => return Err(JobError::Later(BLOCKED, "blocked")),
                Next::Skipped => {}
                Next::Send(claimed) => {
                    if let AfterFailure::Wait(delay) = self.send(ticket.office, *claimed).await? {
                        return Err(JobError::Later(delay, "not taken"));
                    }
                }
            }
        }
    }
}

/// What became of handing a message to Meta.
enum Handed {
    Accepted(String),
    Failed(crate::infra::graph::SendFailure),
    NoFile { may_pass: bool },
}

impl Send {
    async fn claim(&self, office: OfficeId, conversation: ConversationId) -> Outcome<Next> {
        let cx = Cx::system(&self.house, office, SystemReason::Outbox).await?;
        let next = whatsapp::claim_next(&cx, conversation).await?;
        cx.commit().await?;
        Ok(next)
    }

    async fn send(&self, office: OfficeId, claimed: Claimed) -> Outcome<AfterFailure> {
        let id = claimed.id;
        let handed = self.hand_over(office, claimed).await;
        let cx = Cx::system(&self.house, office, SystemReason::Outbox).await?;
        let after = match handed {
            Handed::Accepted(wamid) => {
                whatsapp::accepted(&cx, id, &wamid).await?;
                AfterFailure::GoOn
            }
            Handed::Failed(failure) => {
                tracing::warn!(class = ?failure.class, code = failure.code, "a message was not taken");
                whatsapp::failed(&cx, id, &failure).await?
            }
            Handed::NoFile { may_pass } => whatsapp::file_failed(&cx, id, may_pass).await?,
        };
        cx.commit().await?;
        Ok(after)
    }

    async fn hand_over(&self, office: OfficeId, claimed: Claimed) -> Handed {
        let content = match self.content(office, &claimed).await {
            Ok(content) => content,
            Err(may_pass) => return Handed::NoFile { may_pass },
        };
        let message = Outgoing {
            to: match &claimed.to {
                Address::Phone(id) => Recipient::Phone(id.expose().to_owned()),
                Address::Bsuid(id) => Recipient::Bsuid(id.expose().to_owned()),
            },
            content,
            callback_data: Some(claimed.id.to_string()),
            reply_to: None,
        };
        match self.graph.send(&claimed.token, &claimed.phone_number_id, &message).await {
            Ok(accepted) => Handed::Accepted(accepted.wamid),
            Err(failure) => Handed::Failed(failure),
        }
    }

    /// What Meta is given; a document is uploaded first. `Err` says whether trying again may help.
    async fn content(&self, office: OfficeId, claimed: &Claimed) -> Result<OutContent, bool> {
        let (caption, filename) = match &claimed.content {
            Content::Text { body } => return Ok(OutContent::Text { body: body.clone() }),
            Content::Attachment { caption, filename, .. } => (caption.clone(), filename.clone()),
            Content::Placeholder { .. } => return Err(false),
        };
        let file = claimed.file.as_ref().ok_or(false)?;
        let keys = self.house.keys(office).await.map_err(|_| true)?;
        let bytes = self.files.get(&keys, file.id, &file.storage_key).await.map_err(|_| true)?;
        let filename = filename.unwrap_or_else(|| "dokumen.pdf".to_owned());
        let upload = self
            .graph
            .upload(&claimed.token, &claimed.phone_number_id, bytes.into(), &file.mime, &filename)
            .await;
        let media_id = upload.map_err(|failure| failure.may_pass())?;
        Ok(OutContent::Document { media_id, filename, caption })
    }
}
