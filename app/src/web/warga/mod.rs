//! Citizens' own pages: no account, no session, and nothing shown but what whoever opens the page already knows.

mod ajukan;
mod diterima;
mod isi;

use actix_web::web::{self, ServiceConfig};
use loket_core::kinds::OfficeStatus;

use super::{error::PageError, routes as to, site::Site};
use crate::{
    domain::{
        requests::RequestError,
        tenancy::{self, Office},
    },
    infra::{Actor, Cx, Fault, PlatformTx, SystemReason},
};

/// Who asks: nobody is known here until what they hold was read.
const SOMEBODY: Actor = Actor::System(SystemReason::Entry);

/// How often a form is taken again when something changed under it.
const MOST_TRIES: usize = 3;

/// Registers them.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(to::EntryLink::PATTERN).get(isi::get).post(isi::post))
        .service(web::resource(to::WebForm::PATTERN).get(ajukan::get).post(ajukan::post))
        .service(web::resource(to::WebReceipt::PATTERN).get(diterima::get));
}

/// Takes a form in an operation of its own, which `work` commits; once more when something changed under it: a second tap,
/// a message that came just now.
async fn take<T>(
    site: &Site,
    office: &Office,
    work: impl AsyncFn(Cx<'_>) -> Result<T, RequestError>,
) -> Result<T, RequestError> {
    let mut tries = 0;
    loop {
        tries += 1;
        match work(Cx::write(&site.house, office.id, SOMEBODY).await?).await {
            Err(RequestError::Fault(Fault::Stale)) if tries <= MOST_TRIES => {}
            taken => return taken,
        }
    }
}

/// The office of an address, if it serves citizens.
async fn office(site: &Site, slug: &str) -> Result<Office, PageError> {
    let tx = PlatformTx::read(&site.house).await?;
    let office = tenancy::office_by_slug(&tx, slug).await?;
    office.filter(|office| office.status != OfficeStatus::Suspended).ok_or(PageError::NotFound)
}
