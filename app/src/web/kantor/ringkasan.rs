//! `/kantor/{office}/ringkasan`: the day in a sentence, a few numbers, and who waits longest.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use chrono::NaiveTime;
use loket_core::{clock::Instant, permission::Permission, request::RequestState};

use crate::{
    domain::{
        requests::{self, Overview, QueueRow, QueueTab, ServiceFigures},
        tenancy::Office,
        whatsapp,
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame, number_chips},
        guard::InOffice,
        page,
        parts::{Frame, Tile, Tone, When, count},
        routes,
        site::Site,
    },
};

/// How many of those who wait longest are shown.
const LONGEST_WAITING: usize = 8;

/// Registers the overview.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Overview::PATTERN).route(web::get().to(get)));
}

#[derive(Template)]
#[template(path = "kantor/ringkasan.html")]
struct OverviewPage {
    frame: Frame,
    sentence: String,
    as_of: When,
    tiles: Vec<Tile>,
    waiting: Vec<WaitingRow>,
    waiting_href: Option<String>,
    services: Vec<ServiceRow>,
}

/// A request that nobody has taken yet.
struct WaitingRow {
    href: String,
    receipt: String,
    service: String,
    district: String,
    since: When,
}

/// Counts of one service, as printed.
struct ServiceRow {
    service: String,
    turn: String,
    working: String,
    citizen: String,
    ready: String,
}

async fn get(site: Data<Site>, place: InOffice, request: HttpRequest) -> Result<HttpResponse, PageError> {
    place.demand(Permission::ReadFigures)?;
    let office = place.office.as_ref();
    let mut cx = Cx::read(&site.house, office.id, place.actor()).await?;
    let now = cx.now();
    let overview = requests::overview(&cx, midnight(office, now)).await?;
    let services = requests::by_service(&cx).await?;
    let (waiting, _) = requests::queue(&mut cx, QueueTab::Turn, 0).await?;
    let mut frame = frame(&site, &place, &request, Here::Overview);
    frame.chips = number_chips(&whatsapp::numbers(&cx).await?, now);
    let listed = place.may(Permission::ReadRequests);
    let drawn = draw(frame, (office, now, listed), &overview, (waiting, services));
    page::whole(&request, site.secure, &drawn)
}

/// When today began on the office's clocks.
fn midnight(office: &Office, now: Instant) -> Instant {
    office.zone.instant(office.zone.date(now).and_time(NaiveTime::MIN))
}

fn draw(
    frame: Frame,
    (office, now, listed): (&Office, Instant, bool),
    overview: &Overview,
    (waiting, services): (Vec<QueueRow>, Vec<ServiceFigures>),
) -> OverviewPage {
    OverviewPage {
        frame,
        sentence: sentence(overview),
        as_of: When::plain(now, now, office.zone),
        tiles: tiles(overview, office, listed),
        waiting: waiting
            .into_iter()
            .take(LONGEST_WAITING)
            .map(|row| WaitingRow {
                href: routes::Request::at(&office.slug, row.id),
                receipt: row.receipt,
                service: row.service,
                district: row.district.unwrap_or_default(),
                since: When::waiting(row.first_message_at, now, office.zone),
            })
            .collect(),
        waiting_href: listed.then(|| routes::Queue::at(&office.slug, QueueTab::Turn.word(), 0)),
        services: services.iter().map(service_row).collect(),
    }
}

fn sentence(overview: &Overview) -> String {
    let waiting = of(&overview.open, RequestState::Received);
    let rest = match waiting {
        0 => "tidak ada yang menunggu giliran".to_owned(),
        waiting => format!("{} menunggu giliran", count(waiting)),
    };
    format!("Hari ini {} masuk, {} ditutup, {rest}.", count(overview.opened), count(overview.closed))
}

fn of(open: &[(RequestState, u64)], state: RequestState) -> u64 {
    open.iter().filter(|(one, _)| *one == state).map(|(_, count)| count).sum()
}

fn working(open: &[(RequestState, u64)]) -> u64 {
    of(open, RequestState::Verification) + of(open, RequestState::InProcess)
}

fn tiles(overview: &Overview, office: &Office, listed: bool) -> Vec<Tile> {
    let href = |tab: QueueTab| listed.then(|| routes::Queue::at(&office.slug, tab.word(), 0));
    let open = &overview.open;
    let turn = of(open, RequestState::Received);
    vec![
        tile(
            "Masuk hari ini",
            overview.opened,
            "",
            (
                "Permohonan yang dibuka sejak tengah malam; di bawahnya yang selesai, ditolak, atau dibatalkan.",
                None,
            ),
        )
        .note(format!("{} ditutup", count(overview.closed))),
        tile(
            "Menunggu giliran",
            turn,
            if turn > 0 { "warn" } else { "" },
            ("Permohonan yang belum diambil petugas.", href(QueueTab::Turn)),
        ),
        tile(
            "Dikerjakan",
            working(open),
            "",
            ("Permohonan yang sedang diverifikasi atau diproses.", href(QueueTab::Handled)),
        ),
        tile(
            "Menunggu warga",
            of(open, RequestState::WaitingForCitizen),
            "",
            ("Permohonan yang berkasnya diminta dan belum dijawab warga.", href(QueueTab::Waiting)),
        ),
        tile(
            "Siap",
            of(open, RequestState::Ready),
            "",
            ("Hasil yang belum dikirim atau belum diambil.", href(QueueTab::Ready)),
        ),
    ]
}

fn tile(label: &str, value: u64, tone: Tone, (definition, href): (&str, Option<String>)) -> Tile {
    Tile::new(label, count(value)).tone(tone).definition(definition).href(href)
}

fn service_row(figures: &ServiceFigures) -> ServiceRow {
    let open = &figures.open;
    ServiceRow {
        service: figures.name.clone(),
        turn: count(of(open, RequestState::Received)),
        working: count(working(open)),
        citizen: count(of(open, RequestState::WaitingForCitizen)),
        ready: count(of(open, RequestState::Ready)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    fn overview() -> Overview {
        let open =
            vec![(RequestState::Received, 12), (RequestState::Verification, 3), (RequestState::InProcess, 4)];
        Overview { opened: 42, closed: 39, open }
    }

    #[test]
    fn the_day_is_told_in_a_sentence() {
        assert_eq!(sentence(&overview()), "Hari ini 42 masuk, 39 ditutup, 12 menunggu giliran.");
        assert_eq!(
            sentence(&Overview::default()),
            "Hari ini 0 masuk, 0 ditutup, tidak ada yang menunggu giliran."
        );
    }

    #[test]
    fn the_day_begins_at_midnight_on_the_offices_clocks() {
        let office = samples::office();
        assert_eq!(
            office.zone.local(midnight(&office, samples::now())).to_rfc3339(),
            "2026-11-23T00:00:00+07:00"
        );
    }

    #[test]
    fn the_overview_renders_its_samples() {
        let services = vec![ServiceFigures { name: "KTP elektronik".to_owned(), open: overview().open }];
        let office = samples::office();
        let page = draw(
            samples::frame(),
            (&office, samples::now(), true),
            &overview(),
            (vec![samples::row()], services),
        );
        let html = page.render().unwrap_or_default();
        for part in ["Dikerjakan", "TNG-2611-00042-K", "KTP elektronik", "Paling lama menunggu"] {
            assert!(html.contains(part), "{part}");
        }
    }
}
