//! Planning a round.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{id::UnitId, permission::Permission};

use super::isian::{Sent, units};
use crate::{
    domain::{requests::RequestError, tenancy, visits},
    infra::{Cx, Outcome},
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/jemput_bola_baru.html")]
struct NewPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    units: Vec<Choice>,
    typed: Sent,
    error: Option<String>,
}

type Answer = Result<HttpResponse, PageError>;

/// The units that may go.
pub(super) async fn going(cx: &Cx<'_>) -> Outcome<Vec<(UnitId, String)>> {
    Ok(tenancy::units(cx).await?.into_iter().map(|unit| (unit.id, unit.name)).collect())
}

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    draw((&site, &seat, &request), Sent::default(), (StatusCode::OK, None)).await
}

pub(super) async fn post(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Sent>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::AssignRequests)?;
    let said = match sent.plan() {
        Ok(said) => said,
        Err(sentence) => return refused((&site, &seat, &request), sent, sentence).await,
    };
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match visits::plan(&mut cx, &seat.office, &said).await.map_err(RequestError::from) {
        Ok(id) => {
            cx.commit().await?;
            let there = routes::HomeVisitRound::at(&seat.office.slug, id);
            Ok(flash::see_other(site.secure, &there, "Putaran direncanakan. Pilih siapa yang dikunjungi."))
        }
        Err(RequestError::Invalid(sentence)) => {
            drop(cx);
            refused((&site, &seat, &request), sent, sentence).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn refused(at: (&Site, &InOffice, &HttpRequest), sent: Sent, sentence: &str) -> Answer {
    draw(at, sent, (StatusCode::UNPROCESSABLE_ENTITY, Some(sentence.to_owned()))).await
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    typed: Sent,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    seat.demand(Permission::AssignRequests)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let page = NewPage {
        frame: frame(site, seat, request, Here::Queue),
        crumbs: vec![Crumb::new("Jemput bola", routes::HomeVisits::at(&office.slug))],
        action: routes::HomeVisitNew::at(&office.slug),
        units: units(going(&cx).await?, &typed.unit),
        typed,
        error,
    };
    page::with_status(status, (request, site.secure), &page)
}
