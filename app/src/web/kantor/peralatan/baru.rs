//! Entering a piece of equipment.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{id::EquipmentId, permission::Permission};
use uuid::Uuid;

use super::isian::{Sent, kinds, units};
use crate::{
    domain::equipment::{self, EquipmentError},
    infra::Cx,
    web::{
        error::{PageError, Refusal},
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
#[template(path = "kantor/peralatan_baru.html")]
struct NewPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    typed: Sent,
    error: Option<String>,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ReportOutages)?;
    draw((&site, &seat, &request), Sent::default(), (StatusCode::OK, None)).await
}

pub(super) async fn post(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Sent>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ReportOutages)?;
    let refused = match entered(&site, &seat, &sent).await {
        Ok(said) => return Ok(said),
        Err(Refusal::Sentence(sentence)) => sentence.to_owned(),
        Err(Refusal::Page(PageError::Refused(sentence))) => sentence,
        Err(Refusal::Page(error)) => return Err(error),
    };
    draw((&site, &seat, &request), sent, (StatusCode::UNPROCESSABLE_ENTITY, Some(refused))).await
}

async fn entered(site: &Site, seat: &InOffice, sent: &Sent) -> Result<HttpResponse, Refusal> {
    let (plan, serviced) = (sent.plan()?, sent.serviced()?);
    let cx = Cx::write(&site.house, seat.office.id, seat.actor()).await;
    let mut cx = cx.map_err(EquipmentError::from)?;
    let there = |id: EquipmentId| routes::EquipmentPiece::at(&seat.office.slug, id);
    match equipment::enter(&mut cx, &seat.office, (&plan, serviced, sent.key())).await {
        Ok(id) => {
            cx.commit().await.map_err(EquipmentError::from)?;
            Ok(flash::see_other(site.secure, &there(id), "Alat dicatat."))
        }
        Err(EquipmentError::Twice(id)) => {
            Ok(flash::see_other(site.secure, &there(id), "Alat sudah dicatat."))
        }
        Err(error) => Err(error.into()),
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    mut typed: Sent,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let reached = equipment::reached(&cx).await?;
    if !reached.0 && reached.1.is_empty() {
        return Err(PageError::NotAllowed);
    }
    // Whoever sends again what was refused sends another form.
    typed.key = cx.new_id::<Uuid>().to_string();
    let page = NewPage {
        frame: frame(site, seat, request, Here::Stock),
        crumbs: vec![
            Crumb::new("Stok", routes::Stock::at(&office.slug)),
            Crumb::new("Peralatan", routes::Equipment::at(&office.slug)),
        ],
        action: routes::EquipmentNew::at(&office.slug),
        kinds: kinds(&typed.kind),
        units: units(reached, &typed.unit),
        typed,
        error,
    };
    page::with_status(status, (request, site.secure), &page)
}
