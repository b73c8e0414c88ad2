//! `/kantor/{office}/pengambilan`: who comes to a place on a day, to collect something or to an appointment, in the order of
//! their numbers; whether they came; and another time for all of them when the day cannot be kept.

mod baris;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{self, Data, Path, ServiceConfig},
};
use askama::Template;
use chrono::NaiveDate;
use loket_core::{id::AppointmentId, permission::Permission, zone};
use serde::Deserialize;

pub(super) use self::baris::tag;
use self::baris::{CAME, Comers, MISSED, Row};
use crate::{
    domain::{
        appointments, calendars,
        pickup::{self, PointView},
        requests::{self, Moved, QueueTab, RequestError},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing, Query},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Kop, count},
        routes,
        site::Site,
    },
};

/// Registers the page.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Pickups::PATTERN).route(web::get().to(get)))
        .service(web::resource(routes::PickupsMove::PATTERN).route(web::post().to(move_day)))
        .service(web::resource(routes::AppointmentStep::PATTERN).route(web::post().to(attend)));
}

#[derive(Template)]
#[template(path = "kantor/pengambilan.html")]
struct PickupsPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    day_name: String,
    sentence: String,
    error: Option<String>,
    here: String,
    places: Vec<Choice>,
    day: NaiveDate,
    before: String,
    after: String,
    ready_href: String,
    settings_href: Option<String>,
    /// Whether people come to appointments here.
    appointed: bool,
    rows: Vec<Row>,
    moving: Option<Moving>,
}

/// The form that gives everybody another time.
struct Moving {
    title: &'static str,
    href: String,
    place: String,
    waiting: String,
    from: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    tempat: String,
    #[serde(default)]
    hari: String,
}

/// A day at a place, and from which other day on there is to be room.
#[derive(Debug, Clone, Default, Deserialize)]
struct Sent {
    #[serde(default)]
    tempat: String,
    #[serde(default)]
    hari: String,
    #[serde(default)]
    mulai: String,
}

async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    draw((&site, &seat, &request), &asked, (StatusCode::OK, None)).await
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    asked: &Asked,
    (status, refused): (StatusCode, Option<(String, &str)>),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadRequests)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let today = office.zone.date(cx.now());
    let day = if asked.hari.is_empty() { today } else { day(&asked.hari).ok_or(PageError::NotFound)? };
    let places = pickup::points(&cx).await?;
    let here = places.iter().find(|one| one.id.to_string() == asked.tempat).or(places.first()).cloned();
    let comers = Comers::of(&cx, office, (here.as_ref(), day)).await?;
    // Whoever was given a time at which the place is closed by now stands out.
    let mut closed = Vec::new();
    for start in comers.starts() {
        let unit = here.as_ref().and_then(|point| point.said.unit);
        if !pickup::is_open(&cx, office, (unit, start)).await? {
            closed.push(start);
        }
    }
    let at = |day: Option<NaiveDate>| {
        let place = here.as_ref().map(|point| point.id.to_string()).unwrap_or_default();
        routes::Pickups::of(&office.slug, place, day.unwrap_or_default())
    };
    let choice = |one: &PointView| {
        let chosen = here.as_ref().is_some_and(|here| here.id == one.id);
        let (name, purpose) = (&one.said.name, one.said.purpose);
        let label =
            if purpose.is_appointed() { format!("{name} ({})", purpose.label()) } else { name.clone() };
        Choice::new(one.id.to_string(), label).chosen(chosen)
    };
    let moving = match &here {
        Some(point) if seat.may(Permission::AssignRequests) && point.said.active && day >= today => {
            let from = refused.as_ref().map(|(_, from)| (*from).to_owned()).filter(|from| !from.is_empty());
            moving(&cx, (office, point, day), from).await?
        }
        _ => None,
    };
    let page = PickupsPage {
        frame: frame(site, seat, request, Here::Queue),
        kop: Kop::of(office),
        crumbs: vec![Crumb::new("Antrean", routes::Queue::at(&office.slug, QueueTab::Ready.word()))],
        day_name: zone::long_date(day),
        sentence: comers.sentence(cx.now()),
        error: refused.map(|(sentence, _)| sentence),
        here: here.as_ref().map(|point| point.said.name.clone()).unwrap_or_default(),
        places: places.iter().map(choice).collect(),
        day,
        before: at(day.pred_opt()),
        after: at(day.succ_opt()),
        ready_href: routes::Queue::at(&office.slug, QueueTab::Ready.word()),
        settings_href: seat.may(Permission::ConfigureOffice).then(|| routes::PickupPoints::at(&office.slug)),
        appointed: matches!(comers, Comers::Attend(_)),
        rows: comers.rows(office, (&closed, cx.now())),
        moving,
    };
    page::with_status(status, (request, site.secure), &page)
}

/// A day of a year in which offices keep appointments.
fn day(text: &str) -> Option<NaiveDate> {
    use chrono::Datelike;
    text.parse::<NaiveDate>().ok().filter(|day| (2000..2200).contains(&day.year()))
}

async fn moving(
    cx: &Cx<'_>,
    (office, point, day): (&Office, &PointView, NaiveDate),
    from: Option<String>,
) -> Result<Option<Moving>, PageError> {
    let waiting = requests::count_waiting_on(cx, office, (point, day)).await? as u64;
    if waiting == 0 {
        return Ok(None);
    }
    let held = calendars::held(cx, point.said.unit, cx.now()).await?;
    let calendar = held.calendar(loket_core::calendar::HoursKind::Service, office.zone);
    let next = calendar.days_after(day.max(office.zone.date(cx.now())), 1);
    let appointed = point.said.purpose.is_appointed();
    Ok(Some(Moving {
        title: if appointed {
            "Pindahkan semua yang belum datang"
        } else {
            "Pindahkan semua yang belum diambil"
        },
        href: routes::PickupsMove::at(&office.slug),
        place: point.id.to_string(),
        waiting: count(waiting),
        from: from.or_else(|| next.map(|day| day.to_string())).unwrap_or_default(),
    }))
}

/// Writes down whether somebody came to their appointment.
async fn attend(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(seat.csrf())?;
    seat.demand(Permission::HandleRequests)?;
    let (_, id, step) = path.into_inner();
    let id: AppointmentId = id.parse().map_err(|_| PageError::NotFound)?;
    let came = match step.as_str() {
        CAME => true,
        MISSED => false,
        _ => return Err(PageError::NotFound),
    };
    let office = seat.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, seat.actor()).await?;
    let one = appointments::appointment(&cx, id).await?.ok_or(PageError::NotFound)?;
    let (place, of) = (one.point, office.zone.date(one.timing.slot.start));
    match requests::record_attendance(&mut cx, office, (id, came)).await {
        Ok(told) => {
            cx.commit().await?;
            let back = routes::Pickups::of(&office.slug, place, of);
            Ok(flash::see_other(site.secure, &back, recorded(came, told)))
        }
        Err(RequestError::Invalid(sentence)) => {
            drop(cx);
            let asked = Asked { tempat: place.to_string(), hari: of.to_string() };
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Some((sentence.to_owned(), "")));
            draw((&site, &seat, &request), &asked, refused).await
        }
        Err(error) => Err(error.into()),
    }
}

const fn recorded(came: bool, told: bool) -> &'static str {
    match (came, told) {
        (true, _) => "Kehadiran dicatat.",
        (false, true) => "Tidak hadir dicatat, warga ditawari jadwal lain lewat WhatsApp.",
        (false, false) => "Tidak hadir dicatat; warga perlu dikabari dengan cara lain.",
    }
}

async fn move_day(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::AssignRequests)?;
    let office = seat.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, seat.actor()).await?;
    let place = sent.tempat.parse().map_err(|_| PageError::NotFound)?;
    let point = pickup::point(&cx, place).await?.ok_or(PageError::NotFound)?;
    let of = day(&sent.hari).ok_or(PageError::NotFound)?;
    let moved = match day(&sent.mulai) {
        Some(from) => requests::move_day(&mut cx, office, (&point, of), from).await,
        None => Err(RequestError::Invalid("Pilih hari yang baru.")),
    };
    match moved {
        Ok(done) => {
            cx.commit().await?;
            let back = routes::Pickups::of(&office.slug, place, of);
            Ok(flash::see_other(site.secure, &back, &told(done)))
        }
        Err(RequestError::Invalid(sentence)) => {
            drop(cx);
            let asked = Asked { tempat: sent.tempat.clone(), hari: sent.hari.clone() };
            let refused =
                (StatusCode::UNPROCESSABLE_ENTITY, Some((sentence.to_owned(), sent.mulai.as_str())));
            draw((&site, &seat, &request), &asked, refused).await
        }
        Err(error) => Err(error.into()),
    }
}

fn told(done: Moved) -> String {
    let number = |some: usize| count(some as u64);
    let mut all = format!("{} jadwal dipindahkan", number(done.moved));
    if done.moved > 0 {
        all += &format!(", {} warga dikabari lewat WhatsApp", number(done.told));
    }
    if done.told < done.moved {
        all += &format!("; {} perlu dikabari dengan cara lain", number(done.moved - done.told));
    }
    if done.no_room > 0 {
        all += &format!("; {} tetap di hari ini karena tidak ada jadwal kosong", number(done.no_room));
    }
    if done.too_many > 0 {
        all += &format!("; {} belum dipindahkan, tekan sekali lagi", number(done.too_many));
    }
    all + "."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_moving_a_day_is_told_without_hiding_who_was_not_reached() {
        let said = |moved, told_, (no_room, too_many)| told(Moved { moved, told: told_, no_room, too_many });
        assert_eq!(said(3, 3, (0, 0)), "3 jadwal dipindahkan, 3 warga dikabari lewat WhatsApp.");
        assert_eq!(
            said(3, 1, (2, 4)),
            "3 jadwal dipindahkan, 1 warga dikabari lewat WhatsApp; 2 perlu dikabari dengan cara lain; 2 tetap di hari \
             ini karena tidak ada jadwal kosong; 4 belum dipindahkan, tekan sekali lagi."
        );
        assert_eq!(
            said(0, 0, (1, 0)),
            "0 jadwal dipindahkan; 1 tetap di hari ini karena tidak ada jadwal kosong."
        );
    }

    #[test]
    fn a_day_is_one_of_our_time() {
        assert!(day("2026-11-24").is_some());
        for text in ["", "besok", "0026-11-24", "-9999-01-01", "9999-12-31"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
