//! Citizens' own pages: no account, no session, and nothing shown but what whoever opens the page already knows.

mod ajukan;
mod diterima;
mod isi;

use actix_web::web::{self, ServiceConfig};
use loket_core::kinds::OfficeStatus;

use super::{error::PageError, routes as to, site::Site};
use crate::{
    domain::tenancy::{self, Office},
    infra::{Actor, PlatformTx, SystemReason},
};

/// Who asks: nobody is known here until what they hold was read.
const SOMEBODY: Actor = Actor::System(SystemReason::Entry);

/// How often a form is taken again when something changed under it: a second tap, a message that came just now.
const MOST_TRIES: usize = 3;

/// Registers them.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(to::EntryLink::PATTERN).get(isi::get).post(isi::post))
        .service(web::resource(to::WebForm::PATTERN).get(ajukan::get).post(ajukan::post))
        .service(web::resource(to::WebReceipt::PATTERN).get(diterima::get));
}

/// The office of an address, if it serves citizens.
async fn office(site: &Site, slug: &str) -> Result<Office, PageError> {
    let tx = PlatformTx::read(&site.house).await?;
    let office = tenancy::office_by_slug(&tx, slug).await?;
    office.filter(|office| office.status != OfficeStatus::Suspended).ok_or(PageError::NotFound)
}
