//! `/provinsi/{code}`: the offices of a province. What they have done will come from facts; until there
//! are any, the directory is all that is shown.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use loket_core::kinds::{OfficeStatus, Role};

use crate::{
    domain::{
        regions,
        tenancy::{self, Office},
    },
    infra::PlatformTx,
    web::{
        above::{self, Seat},
        error::PageError,
        guard::InProvince,
        page,
        parts::{Frame, Tag},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "provinsi/papan.html")]
pub struct ProvinceBoard {
    frame: Frame,
    province: String,
    sentence: String,
    offices: Vec<OfficeRow>,
}

/// One office.
pub struct OfficeRow {
    name: String,
    code: String,
    place: String,
    kind: &'static str,
    state: Tag,
}

impl OfficeRow {
    fn of(office: Office) -> Self {
        Self {
            name: office.name,
            code: above::dotted(&office.region_code),
            place: place(&office.region_code),
            kind: above::kind(office.kind),
            state: above::state(office.status),
        }
    }
}

/// The kabupaten or kota that an area is, or lies in.
fn place(region: &str) -> String {
    region.get(..4).and_then(regions::regency).unwrap_or_default().to_owned()
}

impl ProvinceBoard {
    fn of(frame: Frame, province: String, offices: Vec<Office>) -> Self {
        let states: Vec<OfficeStatus> = offices.iter().map(|office| office.status).collect();
        Self {
            frame,
            province,
            sentence: above::sentence(&states),
            offices: offices.into_iter().map(OfficeRow::of).collect(),
        }
    }
}

/// Shows the board.
async fn get(
    site: web::Data<Site>,
    seat: InProvince,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let tx = PlatformTx::read(&site.house).await?;
    let offices = tenancy::offices_of_province(&tx, &seat.province.code).await?;
    let frame = above::frame(
        &site,
        &request,
        Seat {
            name: format!("Provinsi {}", seat.province.name),
            short: seat.province.code.clone(),
            role: Role::ProvinceAdmin,
            zone: seat.province.zone,
            destinations: vec![above::destination(
                "Papan",
                "building",
                routes::Province::at(&seat.province.code),
                true,
            )],
            signed: &seat.signed,
        },
    );
    page::whole(&request, site.secure, &ProvinceBoard::of(frame, seat.province.name, offices))
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(routes::Province::PATTERN).route(web::get().to(get)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    #[test]
    fn the_board_shows_offices_and_no_figure_it_does_not_have() -> Result<(), askama::Error> {
        let html =
            ProvinceBoard::of(samples::frame(), "Banten".to_owned(), vec![samples::office()]).render()?;
        assert!(html.contains("Provinsi Banten") && html.contains("1 kantor: 1 aktif."));
        assert!(html.contains("36.03") && html.contains("Dinas Dukcapil"));
        let empty = ProvinceBoard::of(samples::frame(), "Banten".to_owned(), Vec::new()).render()?;
        assert!(empty.contains("Belum ada kantor"));
        Ok(())
    }
}
