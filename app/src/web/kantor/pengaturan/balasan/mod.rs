//! `/kantor/{office}/pengaturan/balasan`: the ready answers of the office, in the order officers see them.

mod form;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, Path, ServiceConfig},
};
use askama::Template;
use loket_core::{
    id::{QuickReplyId, ServiceId},
    permission::Permission,
};

use crate::{
    domain::{
        catalogue,
        quick_replies::{self, Direction, QuickReplyError, QuickReplyView},
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame},
        routes,
        site::Site,
    },
};

/// Registers the ready answers. The form of a new one comes before them, whose pattern would take it for an id.
pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::QuickReplies::PATTERN).route(web::get().to(get)))
        .service(
            web::resource(routes::QuickReplyNew::PATTERN)
                .route(web::get().to(form::begin))
                .route(web::post().to(form::add)),
        )
        .service(
            web::resource(routes::QuickReply::PATTERN)
                .route(web::get().to(form::get))
                .route(web::post().to(form::change)),
        )
        .service(web::resource(routes::QuickReplyStep::PATTERN).route(web::post().to(step)));
}

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/balasan.html")]
struct QuickReplies {
    frame: Frame,
    crumbs: Vec<Crumb>,
    add_href: String,
    replies: Vec<Shown>,
}

/// A ready answer of the list.
struct Shown {
    code: String,
    title: String,
    text: String,
    services: String,
    needs_request: bool,
    active: bool,
    href: String,
    /// None at the top.
    up_href: Option<String>,
    /// None at the foot.
    down_href: Option<String>,
    switch_href: String,
}

type Answer = Result<HttpResponse, PageError>;

async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let slug = &seat.office.slug;
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let names: Vec<(ServiceId, String)> =
        catalogue::load(&cx).await?.services.into_iter().map(|one| (one.id, one.name)).collect();
    let all = quick_replies::all(&cx).await?;
    let last = all.len().saturating_sub(1);
    let shown = QuickReplies {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(slug))],
        add_href: routes::QuickReplyNew::at(slug),
        replies: all
            .into_iter()
            .enumerate()
            .map(|(at, reply)| Shown::of(slug, reply, (&names, at > 0, at < last)))
            .collect(),
    };
    page::whole(&request, site.secure, &shown)
}

impl Shown {
    fn of(
        slug: &str,
        reply: QuickReplyView,
        (names, above, below): (&[(ServiceId, String)], bool, bool),
    ) -> Self {
        let step = |word| routes::QuickReplyStep::at(slug, reply.id, word);
        let services =
            names.iter().filter(|(id, _)| reply.services.contains(id)).map(|(_, name)| name.as_str());
        Self {
            services: services.collect::<Vec<_>>().join(", "),
            href: routes::QuickReply::at(slug, reply.id),
            up_href: above.then(|| step("naik")),
            down_href: below.then(|| step("turun")),
            switch_href: step(if reply.active { "mati" } else { "nyala" }),
            code: reply.code,
            title: reply.title,
            text: reply.text,
            needs_request: reply.needs_request,
            active: reply.active,
        }
    }
}

async fn step(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String, String)>,
    form: Form<Nothing>,
) -> Answer {
    form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = reply(&path.1)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let said = match path.2.as_str() {
        "naik" => quick_replies::arrange(&mut cx, id, Direction::Up).await.map(|()| "Urutan disimpan.")?,
        "turun" => quick_replies::arrange(&mut cx, id, Direction::Down).await.map(|()| "Urutan disimpan.")?,
        "nyala" => quick_replies::switch(&mut cx, id, true).await.map(|()| "Balasan ditawarkan lagi.")?,
        "mati" => {
            quick_replies::switch(&mut cx, id, false).await.map(|()| "Balasan tidak ditawarkan lagi.")?
        }
        _ => return Err(PageError::NotFound),
    };
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &routes::QuickReplies::at(&seat.office.slug), said))
}

fn reply(text: &str) -> Result<QuickReplyId, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

impl From<QuickReplyError> for PageError {
    fn from(error: QuickReplyError) -> Self {
        match error {
            QuickReplyError::NotFound => Self::NotFound,
            QuickReplyError::NotAllowed => Self::NotAllowed,
            QuickReplyError::Invalid(wrong) => {
                Self::Refused(wrong.into_iter().map(|(_, sentence)| sentence).collect::<Vec<_>>().join(" "))
            }
            QuickReplyError::Fault(fault) => fault.into(),
        }
    }
}
