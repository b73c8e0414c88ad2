//! A batch: the rows and files of some requests, drawn and sealed without a database, then written in one go.

use std::ops::Range;

use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use loket_core::id::{FileId, OfficeId};
use loket_entity::{
    answer_forecast, contact, contact_identity, conversation, file, media, message, message_status, paper,
    request, request_event, request_name,
};

use super::{ledger::Ledger, rows, talk};
use crate::{
    demo::setup::{Trouble, trouble},
    infra::{Cx, Outcome, files::FileStore, seal::OfficeKeys},
};

/// Files that are stored at once.
const AT_ONCE: usize = 8;

/// Rows by table, and the files that go with them.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) contacts: Vec<contact::ActiveModel>,
    pub(super) identities: Vec<contact_identity::ActiveModel>,
    pub(super) conversations: Vec<conversation::ActiveModel>,
    pub(super) files: Vec<file::ActiveModel>,
    pub(super) messages: Vec<message::ActiveModel>,
    pub(super) statuses: Vec<message_status::ActiveModel>,
    pub(super) media: Vec<media::ActiveModel>,
    pub(super) requests: Vec<request::ActiveModel>,
    pub(super) names: Vec<request_name::ActiveModel>,
    pub(super) papers: Vec<paper::ActiveModel>,
    pub(super) events: Vec<request_event::ActiveModel>,
    pub(super) forecasts: Vec<answer_forecast::ActiveModel>,
    pub(super) contents: Vec<(FileId, Bytes)>,
}

impl Batch {
    /// The batch of some cases of a plan; empty beyond its end.
    pub(super) fn draw(ledger: &Ledger, cases: Range<usize>) -> Result<Self, Trouble> {
        let mut batch = Self::default();
        for (number, case) in ledger.plan.cases.iter().enumerate().take(cases.end).skip(cases.start) {
            let drawn = rows::Drawn::of(ledger, (number, case))?;
            if drawn.is_told() {
                talk::write(&drawn, &mut batch)?;
            }
            drawn.write(&mut batch)?;
        }
        Ok(batch)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.requests.is_empty()
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.len()
    }

    /// Stores the files; says how many.
    pub(super) async fn store(
        &self,
        files: &FileStore,
        (keys, office): (&OfficeKeys, OfficeId),
    ) -> Result<usize, Trouble> {
        stream::iter(self.contents.iter().map(Ok))
            .try_for_each_concurrent(AT_ONCE, async |(id, bytes)| {
                files.put(keys, (office, *id), bytes).await.map(|_| ())
            })
            .await
            .map_err(trouble)?;
        Ok(self.contents.len())
    }

    /// Inserts the rows, what is referred to first; says how many.
    pub(super) async fn insert(self, cx: &Cx<'_>) -> Outcome<usize> {
        let tx = cx.tx();
        let counts = [
            self.contacts.len(),
            self.identities.len(),
            self.conversations.len(),
            self.files.len(),
            self.messages.len(),
            self.statuses.len(),
            self.media.len(),
            self.requests.len(),
            self.names.len(),
            self.papers.len(),
            self.events.len(),
            self.forecasts.len(),
        ];
        tx.insert_all::<contact::Entity>(self.contacts).await?;
        tx.insert_all::<contact_identity::Entity>(self.identities).await?;
        tx.insert_all::<conversation::Entity>(self.conversations).await?;
        tx.insert_all::<file::Entity>(self.files).await?;
        tx.insert_all::<message::Entity>(self.messages).await?;
        tx.insert_all::<message_status::Entity>(self.statuses).await?;
        tx.insert_all::<media::Entity>(self.media).await?;
        tx.insert_all::<request::Entity>(self.requests).await?;
        tx.insert_all::<request_name::Entity>(self.names).await?;
        tx.insert_all::<paper::Entity>(self.papers).await?;
        tx.insert_all::<request_event::Entity>(self.events).await?;
        tx.insert_all::<answer_forecast::Entity>(self.forecasts).await?;
        Ok(counts.iter().sum())
    }
}
