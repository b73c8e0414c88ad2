//! The ledger: what lasts, what was, and the press that enters what is out from now on.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use loket_core::{outage::OutageKind, permission::Permission};
use serde::Deserialize;

use super::{
    bulan::Month,
    tampak::{Names, Shown},
};
use crate::{
    domain::outages,
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Frame, Pager, count},
        routes,
        site::Site,
    },
};

/// How many of what is over stand on a page.
const PAGE: u64 = 25;

/// What is entered with one press.
const AT_ONCE: [OutageKind; 6] = [
    OutageKind::Siak,
    OutageKind::Network,
    OutageKind::Power,
    OutageKind::Signing,
    OutageKind::Server,
    OutageKind::Closure,
];

#[derive(Template)]
#[template(path = "kantor/gangguan.html")]
struct Ledger {
    frame: Frame,
    sentence: String,
    may_report: bool,
    action: String,
    presses: Vec<(&'static str, &'static str)>,
    new_href: String,
    month_href: String,
    lasting: Vec<Shown>,
    over: Vec<Shown>,
    pager: Pager,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    lewati: u64,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let now = cx.now();
    let lasting = outages::lasting(&cx).await?;
    let mut over = outages::latest(&cx, (asked.lewati, PAGE)).await?;
    let more = over.len() as u64 > PAGE;
    over.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let names = Names::of(&cx).await?;
    let shown = |one: &outages::OutageView| {
        let href = routes::Outage::at(&office.slug, one.id);
        Shown::of(one, (&names, href), (office.zone, now))
    };
    let earlier = asked.lewati.checked_sub(PAGE).filter(|_| asked.lewati > 0);
    let page = Ledger {
        frame: frame(&site, &seat, &request, Here::Outages),
        sentence: sentence(lasting.len(), outages::undecided(&cx).await?),
        may_report: may_report(&seat),
        action: routes::Outages::at(&office.slug),
        presses: AT_ONCE.iter().map(|kind| (kind.word(), kind.label())).collect(),
        new_href: routes::OutageNew::at(&office.slug),
        month_href: routes::OutageMonth::at(&office.slug, Month::of(office.zone.date(now))),
        lasting: lasting.iter().map(shown).collect(),
        over: over.iter().map(shown).collect(),
        pager: Pager {
            text: String::new(),
            previous: earlier.map(|skip| routes::Outages::behind(&office.slug, skip)),
            next: more.then(|| routes::Outages::behind(&office.slug, asked.lewati + PAGE)),
        },
    };
    page::whole(&request, site.secure, &page)
}

/// Whether something may be entered with one press: what is held covers something as a whole.
fn may_report(seat: &InOffice) -> bool {
    let reach = seat.standing.reach(Permission::ReportOutages);
    !reach.is_nothing() && reach.contains(&outages::reported_scope(&reach))
}

/// The ledger in a sentence.
fn sentence(lasting: usize, undecided: u64) -> String {
    let lasts = match lasting {
        0 => "Tidak ada gangguan yang berlangsung".to_owned(),
        some => format!("{} gangguan berlangsung", count(some as u64)),
    };
    match undecided {
        0 => format!("{lasts}."),
        some => format!("{lasts}; {} catatan menunggu persetujuan.", count(some)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_says_what_lasts_and_what_waits_for_somebodys_word() {
        assert_eq!(sentence(0, 0), "Tidak ada gangguan yang berlangsung.");
        assert_eq!(sentence(2, 3), "2 gangguan berlangsung; 3 catatan menunggu persetujuan.");
    }
}
