//! `/provinsi/{code}`: the offices of a province side by side, and which of them need help. Only from facts.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use loket_core::{
    clock::Instant,
    id::OfficeId,
    kinds::OfficeStatus,
    kpi::{Histogram, SMALL, needs},
    zone,
};
use serde::Deserialize;

use super::frame;
use crate::{
    domain::{
        kpi::{self, OfficeFigures, STRETCH},
        regions,
        tenancy::{self, Office},
    },
    infra::PlatformTx,
    web::{
        above,
        error::PageError,
        form::Query,
        guard::InProvince,
        new_office::{self, FirstAdminForm},
        page,
        parts::{
            Frame, Tab, Tag, When,
            chart::{Measure, Sparkline},
            count,
        },
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
    tabs: Vec<Tab>,
    in_need: bool,
    new_href: String,
    invite_href: String,
    offices: Vec<OfficeRow>,
}

/// One office.
pub struct OfficeRow {
    id: OfficeId,
    name: String,
    code: String,
    place: String,
    state: Tag,
    counted: String,
    last_message: Option<When>,
    arrived: Figure,
    finished: Figure,
    response: Figure,
    settlement: Figure,
    open: Figure,
    spark: Option<Sparkline>,
    needs: Vec<String>,
    first_admin: Option<FirstAdminForm>,
}

/// A number, and why it is greyed; empty when it is not.
pub struct Figure {
    text: String,
    small: String,
}

impl Figure {
    /// A count, if there is one; a small one is shown, but greyed.
    fn counted(value: Option<u64>) -> Self {
        let small = match value {
            Some(1..SMALL) => "angka kecil",
            _ => "",
        };
        Self { text: value.map_or_else(|| "–".to_owned(), count), small: small.to_owned() }
    }

    /// The median of spans; of a few it says nothing.
    fn median(spans: &Histogram) -> Self {
        match (spans.total(), spans.quantile(0.5)) {
            (total, Some(median)) if total >= SMALL => {
                Self { text: Measure::Minutes.text(median), small: String::new() }
            }
            (0, _) => Self { text: "–".to_owned(), small: String::new() },
            (total, _) => Self { text: "–".to_owned(), small: format!("baru {total} permohonan") },
        }
    }
}

impl OfficeRow {
    fn of(office: Office, figures: &OfficeFigures, now: Instant) -> Self {
        let at_work = !matches!(office.status, OfficeStatus::Suspended | OfficeStatus::New);
        let needs = if at_work { needs(&figures.signs(), now) } else { Vec::new() };
        let known = |value| Figure::counted(figures.counted.map(|_| value));
        let arrivals: Vec<Option<f64>> = figures.arrivals.iter().map(|day| Some(*day as f64)).collect();
        Self {
            id: office.id,
            first_admin: None,
            code: above::dotted(&office.region_code),
            place: place(&office.region_code),
            state: above::state(office.status),
            counted: match figures.counted {
                Some(at) => format!("dihitung {}", zone::relative(at, now)),
                None => "belum dihitung".to_owned(),
            },
            last_message: figures.last_message.map(|at| When::of(at, now, office.zone)),
            arrived: known(figures.period.arrived),
            finished: known(figures.period.finished),
            response: Figure::median(&figures.period.response),
            settlement: Figure::median(&figures.period.settlement),
            open: known(figures.open),
            // The course of a few would be the days of single persons.
            spark: Sparkline::new(Measure::Count, &format!("{STRETCH} hari"), &arrivals)
                .filter(|_| figures.period.arrived >= SMALL),
            needs: needs.into_iter().map(|need| need.0).collect(),
            name: office.name,
        }
    }
}

/// The kabupaten or kota that an area is, or lies in.
fn place(region: &str) -> String {
    region.get(..4).and_then(regions::regency).unwrap_or_default().to_owned()
}

impl ProvinceBoard {
    fn of(
        frame: Frame,
        province: &tenancy::Province,
        (offices, figures): (Vec<Office>, &BTreeMap<OfficeId, OfficeFigures>),
        (now, in_need): (Instant, bool),
    ) -> Self {
        let states: Vec<OfficeStatus> = offices.iter().map(|office| office.status).collect();
        let nothing = OfficeFigures::default();
        let row = |office: Office| {
            let figures = figures.get(&office.id).unwrap_or(&nothing);
            OfficeRow::of(office, figures, now)
        };
        let mut rows: Vec<OfficeRow> = offices.into_iter().map(row).collect();
        let all = rows.len() as u64;
        let needy = rows.iter().filter(|row| !row.needs.is_empty()).count() as u64;
        if in_need {
            rows.retain(|row| !row.needs.is_empty());
            rows.sort_by_key(|row| std::cmp::Reverse(row.needs.len()));
        }
        let tab = |label: &str, href, number, current| Tab {
            label: label.to_owned(),
            href,
            count: Some(count(number)),
            current,
        };
        Self {
            frame,
            sentence: format!("{}{}", above::sentence(&states), help(needy)),
            tabs: vec![
                tab("Semua kantor", routes::Province::at(&province.code), all, !in_need),
                tab("Butuh bantuan", routes::Province::in_need(&province.code), needy, in_need),
            ],
            province: province.name.clone(),
            in_need,
            new_href: routes::ProvinceNewOffice::at(&province.code),
            invite_href: routes::ProvinceInvite::at(&province.code),
            offices: rows,
        }
    }
}

fn help(needy: u64) -> String {
    match needy {
        0 => String::new(),
        needy => format!(" {} butuh bantuan.", count(needy)),
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    saring: String,
}

/// Shows the board.
async fn get(
    site: web::Data<Site>,
    seat: InProvince,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let tx = PlatformTx::read(&site.house).await?;
    let offices = tenancy::offices_of_province(&tx, &seat.province.code).await?;
    let ids: Vec<OfficeId> = offices.iter().map(|office| office.id).collect();
    let figures = kpi::province(&tx, &ids, seat.province.zone.date(tx.now())).await?;
    let asked = (tx.now(), asked.saring == "bantuan");
    let mut waiting = new_office::forms(&tx, &offices).await?;
    let frame = frame(&site, &request, &seat);
    let mut board = ProvinceBoard::of(frame, &seat.province, (offices, &figures), asked);
    for office in &mut board.offices {
        office.first_admin = waiting.remove(&office.id);
    }
    page::whole(&request, site.secure, &board)
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(routes::Province::PATTERN).route(web::get().to(get)));
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use loket_core::{
        kpi::{Happened, Tally},
        zone::OfficeZone,
    };

    use super::*;
    use crate::web::kantor::samples;

    fn province() -> tenancy::Province {
        tenancy::Province { code: "36".to_owned(), name: "Banten".to_owned(), zone: OfficeZone::Wib }
    }

    fn figures(arrived: u64) -> OfficeFigures {
        let mut period = Tally::default();
        for _ in 0..arrived {
            period.count(Happened::Arrived);
            period.count(Happened::Answered(TimeDelta::minutes(38)));
        }
        OfficeFigures {
            period,
            arrivals: vec![arrived / 2, arrived - arrived / 2],
            open: 12,
            counted: Some(samples::now() - TimeDelta::minutes(3)),
            last_message: Some(samples::now() - TimeDelta::minutes(2)),
            ..OfficeFigures::default()
        }
    }

    fn median(arrived: u64) -> String {
        let spans = figures(arrived).period.response;
        spans.quantile(0.5).map(|minutes| Measure::Minutes.text(minutes)).unwrap_or_default()
    }

    fn drawn(figures: Option<OfficeFigures>, in_need: bool) -> Result<String, askama::Error> {
        let figures = figures.map(|one| (samples::office().id, one)).into_iter().collect();
        let offices = (vec![samples::office()], &figures);
        ProvinceBoard::of(samples::frame(), &province(), offices, (samples::now(), in_need)).render()
    }

    #[test]
    fn the_board_shows_offices_side_by_side() -> Result<(), askama::Error> {
        let mut well = figures(80);
        well.open = 0;
        let html = drawn(Some(well), false)?;
        for part in
            ["Provinsi Banten", "1 kantor: 1 aktif.", "36.03", "80", "2 menit lalu", "dihitung 3 menit lalu"]
        {
            assert!(html.contains(part), "{part}");
        }
        assert!(html.contains(&median(80)));
        let none = (Vec::new(), &BTreeMap::new());
        let empty =
            ProvinceBoard::of(samples::frame(), &province(), none, (samples::now(), false)).render()?;
        assert!(empty.contains("Belum ada kantor"));
        Ok(())
    }

    #[test]
    fn small_numbers_are_greyed_and_of_few_spans_there_is_no_median() -> Result<(), askama::Error> {
        let html = drawn(Some(figures(4)), false)?;
        assert!(html.contains("angka kecil") && html.contains("baru 4 permohonan"));
        assert!(!html.contains(&median(4)) && !html.contains("class=\"spark\""));
        Ok(())
    }

    #[test]
    fn who_needs_help_is_told_with_the_reason() -> Result<(), askama::Error> {
        let html = drawn(Some(figures(80)), true)?;
        assert!(html.contains("tunggakan 12, lebih banyak daripada"), "{html}");
        assert!(html.contains("1 butuh bantuan."));
        assert!(drawn(None, true)?.contains("angka belum pernah dihitung"));
        Ok(())
    }
}
