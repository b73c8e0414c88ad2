//! The list that goes along with what is sent, on paper: whoever receives it signs. That it was made is written down.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{consignment::ConsignmentWay, id::ConsignmentId, permission::Permission, zone::long_date};

use crate::{
    domain::requests::{self, ConsignmentSheetLine},
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
#[template(path = "kantor/kiriman_lembar.html")]
struct SheetPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    /// Where it goes, or with whom.
    place: String,
    way: &'static str,
    dated: String,
    office: String,
    /// Whether each line has an address of its own.
    addressed: bool,
    lines: Vec<ConsignmentSheetLine>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::HandleRequests)?;
    let id: ConsignmentId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let office = seat.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, seat.actor()).await?;
    let sheet = requests::consignment_sheet(&mut cx, office, id).await?;
    let dated = long_date(sheet.day);
    cx.commit().await?;
    let page = SheetPage {
        frame: frame(&site, &seat, &request, Here::Queue),
        kop: Kop::of(office),
        crumbs: vec![Crumb::new("Kiriman", routes::Consignments::at(&office.slug))],
        place: sheet.place,
        way: sheet.like.way.label(),
        dated,
        office: office.name.clone(),
        addressed: sheet.like.way == ConsignmentWay::Courier,
        lines: sheet.lines,
    };
    page::whole(&request, site.secure, &page)
}
