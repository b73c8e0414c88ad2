//! Carries a request between the two offices that own it: read in the one, written in the other.
//!
//! Files are sealed anew with the key of the office they come to and keep their id, so that a second run writes over the
//! same file instead of leaving one behind.

use chrono::TimeDelta;
use loket_core::id::OfficeId;

use crate::{
    domain::{
        requests::{self, Carried, Landed, PassOn, TellBack},
        tenancy::{self, Office},
    },
    infra::{Cx, House, Outcome, PlatformTx, SystemReason, files::FileStore},
    queue::{Handler, JobError, Ticket},
};

/// How long a suspended office is waited for before it is looked at again.
const CLOSED: TimeDelta = TimeDelta::hours(1);

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
        let cx = Cx::system(&carrier.house, ticket.office, SystemReason::Forwarding).await?;
        let parcel = requests::parcel(&cx, request).await?;
        drop(cx);
        let Some(parcel) = parcel else { return Ok(()) };
        let (from, to) = (carrier.office(ticket.office).await?, carrier.open_office(parcel.to).await?);
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
        let cx = Cx::system(&carrier.house, ticket.office, SystemReason::Forwarding).await?;
        let news = requests::news(&cx, request).await?;
        drop(cx);
        let Some(news) = news else { return Ok(()) };
        let to = carrier.open_office(news.to).await?;
        let landed = carrier.land((ticket.office, to.id), &news.files).await?;
        let mut cx = Cx::system(&carrier.house, to.id, SystemReason::Forwarding).await?;
        if requests::hear(&mut cx, request, (&news, &landed)).await? {
            cx.commit().await?;
        }
        Ok(())
    }
}

impl Carrier {
    async fn office(&self, id: OfficeId) -> Result<Office, JobError> {
        let tx = PlatformTx::read(&self.house).await?;
        tenancy::office_by_id(&tx, id).await?.ok_or(JobError::Park("unknown office"))
    }

    /// An office that is at work; what is for another waits.
    async fn open_office(&self, id: OfficeId) -> Result<Office, JobError> {
        let office = self.office(id).await?;
        if office.is_open() {
            Ok(office)
        } else {
            Err(JobError::Later(CLOSED, "the other office is suspended"))
        }
    }

    async fn land<'c>(
        &self,
        (from, to): (OfficeId, OfficeId),
        files: impl IntoIterator<Item = &'c Carried>,
    ) -> Outcome<Vec<Landed<'c>>> {
        let (theirs, ours) = (self.house.keys(from).await?, self.house.keys(to).await?);
        let mut landed = Vec::new();
        for file in files {
            let bytes = self.files.get(&theirs, file.id, &file.storage_key).await?;
            let storage_key = self.files.put(&ours, (to, file.id), &bytes).await?;
            landed.push(Landed { file, storage_key, digest: ours.digest(&bytes) });
        }
        Ok(landed)
    }
}
