//! The list that officers take along: on paper, because there is no signal where they go. That it was made is written down.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    id::VisitRoundId,
    permission::Permission,
    visit::{RoundState, VisitResult},
};

use super::tampak;
use crate::{
    domain::{
        requests::{self, SheetLine},
        visits,
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Kop},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/jemput_bola_lembar.html")]
struct SheetPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    title: String,
    days: String,
    plan: String,
    results: Vec<&'static str>,
    lines: Vec<SheetLine>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::HandleRequests)?;
    let id: VisitRoundId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let office = seat.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, seat.actor()).await?;
    let round = visits::round(&cx, id).await?.ok_or(PageError::NotFound)?;
    if round.state != RoundState::Planned {
        return Err(PageError::NotFound);
    }
    let lines = requests::visit_sheet(&mut cx, id).await?;
    cx.commit().await?;
    let page = SheetPage {
        frame: frame(&site, &seat, &request, Here::Queue),
        kop: Kop::of(office),
        crumbs: vec![
            Crumb::new("Jemput bola", routes::HomeVisits::at(&office.slug)),
            Crumb::new(round.said.title.clone(), routes::HomeVisitRound::at(&office.slug, id)),
        ],
        days: tampak::days(round.said.days),
        title: round.said.title,
        plan: round.said.plan,
        results: VisitResult::SAID.iter().map(|one| one.label()).collect(),
        lines,
    };
    page::whole(&request, site.secure, &page)
}
