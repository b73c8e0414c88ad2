//! The rounds of a year with what came of them, and who waits for a visit.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use loket_core::{permission::Permission, visit::RoundState};
use serde::Deserialize;

use super::tampak;
use crate::{
    domain::{
        requests::{self, QueueRow, QueueTab},
        visits::{self, RoundView, Tally},
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Kop, Tag, When, count},
        routes,
        site::Site,
    },
};

/// More rounds than officers make in a year.
const MOST: u64 = 366;
/// Years of our time.
const YEARS: std::ops::Range<i32> = 2000..2200;

#[derive(Template)]
#[template(path = "kantor/jemput_bola.html")]
struct RoundsPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    sentence: String,
    year: i32,
    before: Option<String>,
    after: Option<String>,
    new_href: Option<String>,
    rows: Vec<Row>,
    total: Option<Sums>,
    waiting: Vec<Waiting>,
}

struct Row {
    href: String,
    title: String,
    unit: String,
    days: String,
    tag: Tag,
    sums: Sums,
}

/// How visits came out, ready to print.
struct Sums {
    planned: String,
    served: String,
    absent: String,
    others: String,
}

impl Sums {
    fn of(tally: Tally, others: u64) -> Self {
        Self {
            planned: count(tally.planned),
            served: count(tally.served),
            absent: count(tally.absent + tally.again),
            others: count(others),
        }
    }
}

/// Somebody who waits for a visit.
struct Waiting {
    href: String,
    receipt: String,
    applicant: String,
    service: String,
    district: String,
    since: When,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    tahun: Option<i32>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadRequests)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let today = office.zone.date(cx.now());
    let year = asked.tahun.unwrap_or(today.year());
    if !YEARS.contains(&year) {
        return Err(PageError::NotFound);
    }
    let first = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
    let days = first(year).zip(first(year + 1)).ok_or(PageError::NotFound)?;
    let rounds = visits::rounds(&cx, days, MOST).await?;
    let tallies = visits::tallies(&cx, rounds.iter().map(|round| round.id).collect()).await?;
    let tally = |round: &RoundView| tallies.get(&round.id).copied().unwrap_or_default();
    let waiting = requests::waiting_for_visit(&cx).await?;
    let row = |round: &RoundView| Row {
        href: routes::HomeVisitRound::at(&office.slug, round.id),
        title: round.said.title.clone(),
        unit: round.unit.clone().unwrap_or_else(|| "Kantor".to_owned()),
        days: tampak::days(round.said.days),
        tag: tampak::state(round.state, round.said.days.1, today),
        sums: Sums::of(tally(round), round.others_served),
    };
    let done = rounds.iter().filter(|round| round.state == RoundState::Done);
    let total = done.fold((0, Tally::default(), 0), |(rounds, sum, others), round| {
        (rounds + 1, added(sum, tally(round)), others + round.others_served)
    });
    let page = RoundsPage {
        frame: frame(&site, &seat, &request, Here::Queue),
        kop: Kop::of(office),
        crumbs: vec![Crumb::new("Antrean", routes::Queue::at(&office.slug, QueueTab::Turn.word()))],
        sentence: sentence(waiting.len() as u64, &rounds, today),
        year,
        before: YEARS.contains(&(year - 1)).then(|| routes::HomeVisits::year(&office.slug, year - 1)),
        after: (year <= today.year()).then(|| routes::HomeVisits::year(&office.slug, year + 1)),
        new_href: seat.may(Permission::AssignRequests).then(|| routes::HomeVisitNew::at(&office.slug)),
        total: (total.0 > 0).then(|| Sums::of(total.1, total.2)),
        rows: rounds.iter().map(row).collect(),
        waiting: waiting
            .into_iter()
            .map(|one: QueueRow| Waiting {
                href: routes::Request::at(&office.slug, one.id),
                since: When::waiting(one.first_message_at, cx.now(), office.zone),
                receipt: one.receipt,
                applicant: one.subject,
                service: one.service,
                district: one.district.unwrap_or_default(),
            })
            .collect(),
    };
    page::whole(&request, site.secure, &page)
}

const fn added(one: Tally, other: Tally) -> Tally {
    Tally {
        planned: one.planned + other.planned,
        served: one.served + other.served,
        absent: one.absent + other.absent,
        again: one.again + other.again,
        awaited: one.awaited + other.awaited,
    }
}

/// Who waits, and which rounds are to come or ask for their results.
fn sentence(waiting: u64, rounds: &[RoundView], today: NaiveDate) -> String {
    let planned = |over: bool| {
        let of =
            |round: &&RoundView| round.state == RoundState::Planned && (round.said.days.1 < today) == over;
        rounds.iter().filter(of).count() as u64
    };
    let mut all = match waiting {
        0 => "Tidak ada warga yang menunggu kunjungan".to_owned(),
        some => format!("{} warga menunggu kunjungan", count(some)),
    };
    if planned(false) > 0 {
        all += &format!(", {} putaran direncanakan", count(planned(false)));
    }
    if planned(true) > 0 {
        all += &format!("; {} putaran menunggu hasilnya dicatat", count(planned(true)));
    }
    all + "."
}
