//! `/kantor/{office}/permohonan/{id}`: who, what, what is missing, since when, and what was said.

mod actions;
mod appointment;
mod at;
mod care;
mod clocks;
mod collecting;
mod compensation;
mod consignment;
mod facts;
mod forward;
mod history;
mod page;
mod papers;
mod product;
mod ready;
mod steps;
mod surat;

use actix_web::{
    HttpResponse,
    guard::{Guard, fn_guard},
    web::{self, ServiceConfig},
};
use loket_core::id::MessageId;
use serde::Deserialize;

use self::at::{AtRequest, Panel};
pub(super) use self::papers::one as paper;
use crate::web::{error::PageError, form::Query, page as answer, routes};

/// Registers a request's page and its steps.
pub fn routes(cfg: &mut ServiceConfig) {
    let post = |word: &'static str| web::post().guard(ends_with(word));
    cfg.service(web::resource(routes::Request::PATTERN).route(web::get().to(get)))
        .service(web::resource(routes::CompensationLetter::PATTERN).route(web::get().to(surat::get)))
        .service(
            web::resource(routes::PaperStep::PATTERN)
                .route(post("terima").to(steps::accept))
                .route(post("tolak").to(steps::reject)),
        )
        .service(
            web::resource(routes::RequestStep::PATTERN)
                .route(post("ambil").to(steps::take))
                .route(post("balas").to(steps::answer))
                .route(post("minta").to(steps::ask))
                .route(post("lengkap").to(steps::complete))
                .route(post("hasil").to(product::upload))
                .route(post("siap").to(steps::ready))
                .route(post("jadwal").to(steps::reschedule))
                .route(post("selesai").to(steps::finish))
                .route(post("tolak").to(steps::refuse))
                .route(post("batal").to(steps::cancel))
                .route(post("buka-kembali").to(steps::reopen))
                .route(post("teruskan").to(forward::post))
                .route(post("lampiran").to(steps::use_for))
                .route(post("rentan").to(care::note))
                .route(post("lupakan-rentan").to(care::forget))
                .route(post("kirim").to(consignment::send))
                .route(post("kiriman-tiba").to(consignment::arrive))
                .route(post("kiriman-sampai").to(consignment::deliver))
                .route(post("kiriman-kembali").to(consignment::take_back))
                .route(post("janji").to(appointment::offer))
                .route(post("batal-janji").to(appointment::cancel))
                .route(post("tawarkan").to(compensation::offer))
                .route(post("jawaban").to(compensation::answer))
                .route(post("berikan").to(compensation::give))
                .route(post("gugurkan").to(compensation::waive))
                .route(post("lihat").to(steps::reveal)),
        );
}

/// Which step of several that share a pattern.
fn ends_with(word: &'static str) -> impl Guard {
    fn_guard(move |asked| asked.head().uri.path().rsplit('/').next() == Some(word))
}

#[derive(Deserialize)]
struct Asked {
    /// What a phone shows first.
    #[serde(default)]
    bagian: String,
    /// Show the messages before this one.
    sebelum: Option<MessageId>,
}

async fn get(at: AtRequest, Query(asked): Query<Asked>) -> Result<HttpResponse, PageError> {
    let shown = at.page(Panel::of(&asked.bagian), asked.sebelum).await?;
    answer::live(&at.request, at.site.secure, &shown)
}
