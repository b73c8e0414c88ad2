//! Carries a request between the two offices that own it: read in the one, written in the other.
//!
//! An office that is suspended hears and receives as well: what comes to it is kept, as a citizen's message is.
//! Files are sealed anew with the key of the office they come to and keep their id, so that a second run writes over the
//! same file instead of leaving one behind.

use loket_core::id::OfficeId;

use super::office;
use crate::{
    domain::{
        files::{FileView, StoredFile},
        requests::{self, PassOn, TellBack},
    },
    infra::{Actor, Cx, House, Outcome, SystemReason, files::FileStore},
    queue::{Handler, JobError, Ticket},
};

/// Who carries.
#[derive(Clone)]
pub struct Carrier {
    /// The ground.
    pub house: House,
    /// Where files lie.
    pub files: FileStore,
}

/// Runs [`PassOn`]: from the office that handed a request on.
pub struct CarryOn(pub Carrier);

/// Runs [`TellBack`]: to the office that handed a request on.
pub struct CarryBack(pub Carrier);

#[async_trait::async_trait]
impl Handler for CarryOn {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let PassOn { request, variant } = ticket.payload()?;
        let carrier = &self.0;
        let cx = carrier.read(ticket.office).await?;
        let parcel = requests::parcel(&cx, request).await?;
        drop(cx);
        let Some(parcel) = parcel else { return Ok(()) };
        let (from, to) =
            (office(&carrier.house, ticket.office).await?, office(&carrier.house, parcel.to).await?);
        let landed = carrier.land((from.id, to.id), parcel.files()).await?;
        let mut cx = Cx::system(&carrier.house, to.id, SystemReason::Forwarding).await?;
        requests::receive(&mut cx, (&to, &from), (request, variant), (&parcel, &landed)).await?;
        Ok(cx.commit().await?)
    }
}

#[async_trait::async_trait]
impl Handler for CarryBack {
    async fn run(&self, ticket: Ticket) -> Result<(), JobError> {
        let TellBack { request } = ticket.payload()?;
        let carrier = &self.0;
        let cx = carrier.read(ticket.office).await?;
        let news = requests::news(&cx, request).await?;
        drop(cx);
        let Some(news) = news else { return Ok(()) };
        let to = news.to;
        let heard = requests::heard(&carrier.read(to).await?, (request, ticket.office)).await?;
        let Some(news) = heard.and_then(|version| news.since(version)) else { return Ok(()) };
        let landed = carrier.land((ticket.office, to), news.files()).await?;
        let to = office(&carrier.house, to).await?;
        let mut cx = Cx::system(&carrier.house, to.id, SystemReason::Forwarding).await?;
        if requests::hear(&mut cx, &to, request, (&news, &landed)).await? {
            cx.commit().await?;
        }
        Ok(())
    }
}

impl Carrier {
    async fn read(&self, office: OfficeId) -> Outcome<Cx<'_>> {
        Cx::read(&self.house, office, Actor::System(SystemReason::Forwarding)).await
    }

    async fn land<'c>(
        &self,
        (from, to): (OfficeId, OfficeId),
        files: impl IntoIterator<Item = &'c FileView>,
    ) -> Outcome<Vec<StoredFile>> {
        let (theirs, ours) = (self.house.keys(from).await?, self.house.keys(to).await?);
        let mut landed = Vec::new();
        for file in files {
            let bytes = self.files.get(&theirs, file.id, &file.storage_key).await?;
            let storage_key = self.files.put(&ours, (to, file.id), &bytes).await?;
            let stored = StoredFile::new(&ours, (file.id, storage_key), &file.mime, &bytes);
            landed.push(stored.named(file.name.clone()));
        }
        Ok(landed)
    }
}
