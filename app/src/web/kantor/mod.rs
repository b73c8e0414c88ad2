//! The pages of an office: the queue, a request, its files, search, the overview.

mod antrean;
mod beranda;
mod berkas;
mod pencarian;
mod permohonan;
mod ringkasan;
pub mod thread;

#[cfg(test)]
pub(crate) mod samples;

use actix_web::web::ServiceConfig;

/// Registers the pages of an office.
pub fn routes(cfg: &mut ServiceConfig) {
    for page in
        [beranda::routes, antrean::routes, permohonan::routes, berkas::routes, pencarian::routes, ringkasan::routes]
    {
        page(cfg);
    }
}
