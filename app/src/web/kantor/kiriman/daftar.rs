//! The list: by how far it has come, what is late first.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{
    clock::Instant,
    consignment::{ConsignmentState, ConsignmentWay},
    permission::Permission,
    zone::{duration, short_date},
};
use serde::Deserialize;

use super::{langkah::Sent, tag};
use crate::{
    domain::{
        consignments::Told,
        requests::{self, ConsignmentLine, ConsignmentList, MOST_CONSIGNMENTS, QueueTab},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Tab, Tag, When, count},
        routes,
        site::Site,
    },
};

/// The words of the tabs.
pub(super) const UNDER_WAY: &str = "di-jalan";
const THERE: &str = "tiba";
const ENDED: &str = "selesai";

#[derive(Template)]
#[template(path = "kantor/kiriman.html")]
struct ConsignmentsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    sentence: String,
    error: Option<String>,
    tabs: Vec<Tab>,
    /// Places to which something is under way; none to choose from otherwise.
    places: Vec<Choice>,
    rows: Vec<Row>,
    bulk: Option<Bulk>,
    /// The lists that go along, each by where it goes.
    sheets: Vec<(String, String)>,
    empty: (&'static str, &'static str),
    most: Option<String>,
}

struct Row {
    /// What is ticked where it came.
    tick: Option<Option<(String, bool)>>,
    href: String,
    receipt: String,
    applicant: String,
    service: String,
    way: &'static str,
    place: String,
    how: String,
    sent: When,
    long: String,
    tag: Tag,
    untold: bool,
}

/// The form that acknowledges several at once.
struct Bulk {
    href: String,
    point: String,
    place: String,
    receiver: String,
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    pub keadaan: String,
    #[serde(default)]
    pub tempat: String,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    draw((&site, &seat, &request), &asked, (StatusCode::OK, None)).await
}

/// Draws the list; with what was sent where it does not hold, and why.
pub(super) async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    asked: &Asked,
    (status, refused): (StatusCode, Option<(String, &Sent)>),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadRequests)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let now = cx.now();
    let under_way = requests::consignments_standing(&cx, ConsignmentState::UnderWay).await?;
    let there = requests::consignments_standing(&cx, ConsignmentState::Arrived).await?;
    let current = match asked.keadaan.as_str() {
        THERE => THERE,
        ENDED => ENDED,
        _ => UNDER_WAY,
    };
    let ended = match current {
        ENDED => requests::consignments_ended(&cx).await?,
        _ => ConsignmentList::default(),
    };
    drop(cx);
    let full = match current {
        THERE => there.full,
        ENDED => ended.full,
        _ => under_way.full,
    };
    let (under_way, there, ended) = (under_way.lines, there.lines, ended.lines);
    let counts = (under_way.len(), there.len());
    let late = under_way.iter().filter(|one| one.sent.course.is_late(now)).count();
    let works = seat.may(Permission::HandleRequests);
    let places = if current == UNDER_WAY { places(&under_way, &asked.tempat) } else { Vec::new() };
    let here = places.iter().find(|place| place.selected).map(|place| place.value.clone());
    let sheets = if works && current == UNDER_WAY { sheets(office, &under_way) } else { Vec::new() };
    let mut shown = match current {
        THERE => there,
        ENDED => ended,
        _ => under_way,
    };
    let most = full.then(|| format!("Yang diperiksa paling banyak {} kiriman.", count(MOST_CONSIGNMENTS)));
    if let Some(here) = &here {
        shown.retain(|one| goes_to(one, here));
    }
    let (error, sent) = match refused {
        Some((error, sent)) => (Some(error), Some(sent)),
        None => (None, None),
    };
    let bulk = here.filter(|_| works && shown.iter().any(|one| one.handles)).map(|point| Bulk {
        href: routes::ConsignmentsArrived::at(&office.slug),
        place: shown.first().map(|one| one.place.clone()).unwrap_or_default(),
        receiver: sent.map(|sent| sent.receiver.clone()).unwrap_or_default(),
        point,
    });
    let row = |one: &ConsignmentLine| row(office, (one, now), (bulk.is_some(), sent));
    let page = ConsignmentsPage {
        frame: frame(site, seat, request, Here::Queue),
        crumbs: vec![Crumb::new("Antrean", routes::Queue::at(&office.slug, QueueTab::Ready.word()))],
        sentence: sentence(counts, late),
        error,
        tabs: tabs(office, current, counts),
        rows: shown.iter().map(row).collect(),
        places,
        bulk,
        sheets,
        empty: empty(current),
        most,
    };
    page::with_status(status, (request, site.secure), &page)
}

fn goes_to(one: &ConsignmentLine, point: &str) -> bool {
    one.sent.point.is_some_and(|id| id.to_string() == point)
}

/// The places to which something is under way, each with how much.
fn places(all: &[ConsignmentLine], asked: &str) -> Vec<Choice> {
    let mut known: BTreeMap<(String, String), u64> = BTreeMap::new();
    for one in all {
        if let Some(point) = one.sent.point {
            *known.entry((one.place.clone(), point.to_string())).or_default() += 1;
        }
    }
    let choice = |((name, id), some): ((String, String), u64)| {
        let chosen = id == asked;
        Choice::new(id, format!("{name} ({})", count(some))).chosen(chosen)
    };
    known.into_iter().map(choice).collect()
}

/// The lists that go along: one for each day and place, courier or office.
fn sheets(office: &Office, all: &[ConsignmentLine]) -> Vec<(String, String)> {
    let day = |one: &ConsignmentLine| office.zone.date(one.sent.course.sent_at);
    let mut groups: Vec<(&ConsignmentLine, u64)> = Vec::new();
    let mut handled: Vec<&ConsignmentLine> = all.iter().filter(|one| one.handles).collect();
    handled.sort_by_key(|one| std::cmp::Reverse((one.sent.course.sent_at, one.sent.id)));
    for one in handled {
        let same = |first: &ConsignmentLine| first.sent.goes_with(&one.sent) && day(first) == day(one);
        match groups.iter_mut().find(|(first, _)| same(first)) {
            Some((_, some)) => *some += 1,
            None => groups.push((one, 1)),
        }
    }
    let link = |(first, some): (&ConsignmentLine, u64)| {
        let to = if first.sent.way == ConsignmentWay::Courier { &first.sent.carrier } else { &first.place };
        (
            format!("{to}, {} ({})", short_date(day(first)), count(some)),
            routes::ConsignmentSheet::at(&office.slug, first.sent.id),
        )
    };
    groups.into_iter().map(link).collect()
}

fn row(
    office: &Office,
    (one, now): (&ConsignmentLine, Instant),
    (ticks, sent): (bool, Option<&Sent>),
) -> Row {
    let (id, view) = (one.sent.id.to_string(), &one.sent);
    let how = match view.way {
        ConsignmentWay::Courier => [view.carrier.as_str(), view.number.as_str()],
        ConsignmentWay::Drop | ConsignmentWay::Office => [view.number.as_str(), view.receiver.as_str()],
    };
    let how: Vec<&str> = how.into_iter().filter(|text| !text.is_empty()).collect();
    Row {
        tick: ticks.then(|| {
            if !one.handles {
                return None;
            }
            let ticked = sent.is_some_and(|sent| sent.kiriman.contains(&id));
            Some((id, ticked))
        }),
        href: format!("{}?bagian=data", routes::Request::at(&office.slug, one.row.id)),
        receipt: one.row.receipt.clone(),
        applicant: one.row.subject.clone(),
        service: one.row.service.clone(),
        way: view.way.short(),
        // An address is for whoever opens the request.
        place: if view.way == ConsignmentWay::Courier {
            one.row.district.clone().unwrap_or_default()
        } else {
            one.place.clone()
        },
        how: how.join(" · "),
        sent: When::plain(view.course.sent_at, now, office.zone),
        long: duration(view.course.under_way(now)),
        tag: tag(view, now),
        untold: view.told == Told::No && !view.state.is_over(view.way),
    }
}

fn tabs(office: &Office, current: &str, (under_way, there): (usize, usize)) -> Vec<Tab> {
    let tab = |(word, label, some): (&str, &str, Option<usize>)| Tab {
        label: label.to_owned(),
        href: routes::Consignments::tab(&office.slug, word),
        count: some.map(|some| count(some as u64)),
        current: word == current,
    };
    [
        (UNDER_WAY, "Di jalan", Some(under_way)),
        (THERE, "Tiba di kantor lain", Some(there)),
        (ENDED, "30 hari terakhir", None),
    ]
    .into_iter()
    .map(tab)
    .collect()
}

fn sentence((under_way, there): (usize, usize), late: usize) -> String {
    let number = |some: usize| count(some as u64);
    let mut all = match under_way {
        0 => "Tidak ada kiriman di jalan".to_owned(),
        some => format!("{} kiriman di jalan", number(some)),
    };
    if late > 0 {
        all += &format!(", {} belum ada kabarnya", number(late));
    }
    if there > 0 {
        all += &format!("; {} menunggu warga di kantor lain", number(there));
    }
    all + "."
}

const fn empty(current: &str) -> (&'static str, &'static str) {
    match current.as_bytes() {
        b"tiba" => (
            "Tidak ada yang menunggu di kantor lain",
            "Yang sudah diterima kantor lain muncul di sini sampai warga mengambilnya.",
        ),
        b"selesai" => (
            "Belum ada yang selesai",
            "Kiriman yang sampai, tiba di tempat titipan, atau kembali muncul di sini.",
        ),
        _ => (
            "Tidak ada kiriman di jalan",
            "Produk yang sudah jadi dikirim dari halaman permohonannya, di bagian Data, Kiriman.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_heard_of_is_not_hidden() {
        assert_eq!(sentence((0, 0), 0), "Tidak ada kiriman di jalan.");
        assert_eq!(sentence((4, 0), 1), "4 kiriman di jalan, 1 belum ada kabarnya.");
        assert_eq!(sentence((2, 3), 0), "2 kiriman di jalan; 3 menunggu warga di kantor lain.");
    }
}
