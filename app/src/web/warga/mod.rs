//! Citizens' own pages: no account, no session, and nothing shown but what whoever opens the page already knows.

mod isi;

use actix_web::web::{self, ServiceConfig};
use loket_core::kinds::OfficeStatus;

use super::{error::PageError, routes as to, site::Site};
use crate::{
    domain::tenancy::{self, Office},
    infra::PlatformTx,
};

/// Registers them.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(to::EntryLink::PATTERN).get(isi::get).post(isi::post));
}

/// The office of an address, if it serves citizens.
async fn office(site: &Site, slug: &str) -> Result<Office, PageError> {
    let tx = PlatformTx::read(&site.house).await?;
    let office = tenancy::office_by_slug(&tx, slug).await?;
    office.filter(|office| office.status != OfficeStatus::Suspended).ok_or(PageError::NotFound)
}
