//! `/kantor/{office}/pengaturan/balasan-otomatis`: what Loket answers by itself.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{kinds::ReplyMode, permission::Permission};
use serde::Deserialize;

use crate::{
    domain::tenancy,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/balasan_otomatis.html")]
struct AutoRepliesPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    modes: Vec<Mode>,
    error: Option<String>,
}

/// One of the two ways.
struct Mode {
    value: &'static str,
    label: &'static str,
    sentence: &'static str,
    chosen: bool,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    replies: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    draw((&site, &seat, &request), (StatusCode::OK, None))
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let Ok(mode) = entry.replies.parse::<ReplyMode>() else {
        let error = Some("Pilih salah satu cara membalas.".to_owned());
        return draw((&site, &seat, &request), (StatusCode::UNPROCESSABLE_ENTITY, error));
    };
    tenancy::change_replies(&site.house, &seat.office, &seat.actor(), mode).await?;
    let words = format!("Balasan otomatis: {}. Berlaku untuk pesan berikutnya.", mode.label());
    Ok(flash::see_other(site.secure, &routes::AutoReplies::at(&seat.office.slug), &words))
}

fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let slug = &seat.office.slug;
    let shown = AutoRepliesPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        action: routes::AutoReplies::at(slug),
        modes: modes(seat.office.replies),
        error,
    };
    page::with_status(status, (request, site.secure), &shown)
}

fn modes(now: ReplyMode) -> Vec<Mode> {
    let mode = |mode: &ReplyMode| Mode {
        value: mode.word(),
        label: mode.label(),
        sentence: mode.sentence(),
        chosen: *mode == now,
    };
    ReplyMode::ALL.iter().map(mode).collect()
}
