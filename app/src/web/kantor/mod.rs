//! The pages of an office: the queue, a request, its files, search, the overview.

mod antrean;
mod beranda;
mod berkas;
mod entry_form;
mod gangguan;
mod jemput_bola;
mod kapasitas;
mod kiriman;
mod kompensasi;
mod langsung;
mod penampung;
mod pencarian;
mod pengambilan;
mod pengaturan;
mod peralatan;
mod percakapan;
mod percakapan_daftar;
mod permohonan;
mod permohonan_baru;
mod permohonan_lembar;
mod quick;
mod ringkasan;
mod stok;
mod stored;
pub mod thread;

#[cfg(test)]
pub(crate) mod samples;

use actix_web::web::ServiceConfig;

/// Registers the pages of an office. The form of a new request comes before the requests, whose pattern
/// would take its last word for an id.
pub fn routes(cfg: &mut ServiceConfig) {
    for page in [
        beranda::routes,
        langsung::routes,
        antrean::routes,
        permohonan_baru::routes,
        permohonan_lembar::routes,
        permohonan::routes,
        berkas::routes,
        percakapan_daftar::routes,
        percakapan::routes,
        penampung::routes,
        pencarian::routes,
        ringkasan::routes,
        kapasitas::routes,
        gangguan::routes,
        stok::routes,
        peralatan::routes,
        pengambilan::routes,
        kiriman::routes,
        jemput_bola::routes,
        kompensasi::routes,
        pengaturan::routes,
    ] {
        page(cfg);
    }
}
