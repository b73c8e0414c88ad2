//! `/kantor/{office}/ringkasan`: the day in a sentence, the figures of a period against the one before, and who waits.

mod asked;
mod charts;
mod daftar;
mod names;
mod tiles;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use loket_core::{
    clock::Instant,
    kpi::{AgeBand, Histogram, Period, Preset},
    permission::Permission,
    zone,
};

use asked::Asked;
use names::{FilterForm, Names};
use tiles::Tiles;

use super::{kompensasi, peralatan, stok};

use crate::{
    domain::{
        catalogue, equipment,
        kpi::{self, Dashboard, Filter, OfficerLoad, ServiceLine},
        requests::{self, QueueRow, QueueTab},
        stock,
        tenancy::Office,
        whatsapp,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame, number_chips},
        guard::InOffice,
        live::live_blocks,
        page,
        parts::{
            Frame, Kop, Tab, Tile, When,
            chart::{BarChart, HeatMap, LineChart, Measure, RankChart},
            count,
        },
        routes,
        site::Site,
    },
};

/// How many of those who wait longest are shown.
const LONGEST_WAITING: u64 = 8;

/// Registers the overview and the lists behind it.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Overview::PATTERN).route(web::get().to(get)));
    daftar::routes(cfg);
}

#[derive(Template)]
#[template(path = "kantor/ringkasan.html", blocks = ["today", "tiles", "waiting", "officers"])]
struct OverviewPage {
    frame: Frame,
    live_href: String,
    /// On paper only.
    kop: Kop,
    sentence: String,
    as_of: When,
    capacity_href: String,
    periods: Vec<Tab>,
    period: String,
    narrowing: String,
    all_href: String,
    form: FilterForm,
    tiles: Vec<Tile>,
    flow: LineChart,
    ages: BarChart,
    age_links: Vec<(String, String)>,
    origins: HeatMap,
    causes: RankChart,
    waiting: Vec<WaitingRow>,
    waiting_href: Option<String>,
    services: Vec<ServiceRow>,
    officers: Vec<OfficerRow>,
}

/// A request that nobody has taken yet.
struct WaitingRow {
    href: String,
    receipt: String,
    service: String,
    district: String,
    since: When,
}

/// The figures of one service, as printed.
struct ServiceRow {
    service: String,
    href: String,
    arrived: String,
    finished: String,
    response: String,
    settlement: String,
    limit: String,
    open: String,
}

/// The work of one officer, as printed.
struct OfficerRow {
    name: String,
    open: String,
    unanswered: String,
    waiting: Option<When>,
    closed: String,
}

/// Everything a page is drawn from.
struct Seen {
    figures: Dashboard,
    names: Names,
    waiting: Vec<QueueRow>,
    officers: Vec<OfficerLoad>,
    now: Instant,
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    place.demand(Permission::ReadFigures)?;
    let office = place.office.as_ref();
    let cx = Cx::read(&site.house, office.id, place.actor()).await?;
    let filter = asked.filter(office.zone.date(cx.now()))?;
    let mut frame = frame(&site, &place, &request, Here::Overview);
    if place.may(Permission::ReadOutages) {
        frame.chips = stok::chips(&stock::lines(&cx).await?, &office.slug);
        let needs = equipment::needs(&cx, office.zone.date(cx.now())).await?;
        frame.chips.extend(peralatan::chips(needs, &office.slug));
    }
    if place.may(Permission::ReadRequests) {
        frame.chips.extend(kompensasi::chip(requests::compensations_owed(&cx).await?, &office.slug));
    }
    frame.chips.extend(number_chips(&whatsapp::numbers(&cx).await?, cx.now()));
    let seen = see(&cx, &place, &filter).await?;
    let rows_of = kpi::may_list(&place.standing).then_some(office.slug.as_str());
    page::live(&request, site.secure, &draw(frame, (office, rows_of), &filter, seen))
}

live_blocks!(OverviewPage:
    "today" => as_today, "tiles" => as_tiles, "waiting" => as_waiting, "officers" => as_officers);

async fn see(cx: &Cx<'_>, place: &InOffice, filter: &Filter) -> Result<Seen, PageError> {
    let office = place.office.as_ref();
    let figures = kpi::dashboard(cx, office, filter).await?;
    let names = Names::of(office, catalogue::load(cx).await?);
    let waiting = if place.may(Permission::ReadRequests) {
        kpi::longest_waiting(cx, filter, LONGEST_WAITING).await?
    } else {
        Vec::new()
    };
    let officers = if place.may(Permission::AssignRequests) {
        kpi::workload(cx, office.zone).await?
    } else {
        Vec::new()
    };
    Ok(Seen { figures, names, waiting, officers, now: cx.now() })
}

fn draw(
    frame: Frame,
    (office, rows_of): (&Office, Option<&str>),
    filter: &Filter,
    seen: Seen,
) -> OverviewPage {
    let Seen { figures, names, waiting, officers, now } = seen;
    let age_link = |slug: &str, (band, open): &(AgeBand, u64)| {
        (format!("{}: {}", band.label(), count(*open)), charts::age_href(slug, filter, *band))
    };
    let ages = || figures.ages.iter().filter(|(_, open)| *open > 0);
    OverviewPage {
        frame,
        live_href: routes::Overview::with(&office.slug, &asked::query(filter)),
        kop: Kop::of(office),
        sentence: sentence(&figures),
        as_of: When::plain(now, now, office.zone),
        capacity_href: routes::Capacity::at(&office.slug),
        periods: periods(office, filter, now),
        period: told(filter.period),
        narrowing: names.narrowing(filter),
        all_href: routes::Overview::with(&office.slug, &asked::query(&Filter::of(filter.period))),
        form: names.choices(filter),
        tiles: Tiles { rows_of, filter, figures: &figures, timed: names.timed(filter) }.all(),
        flow: charts::flow(&figures),
        ages: charts::ages(&figures),
        age_links: rows_of.map(|slug| ages().map(|age| age_link(slug, age)).collect()).unwrap_or_default(),
        origins: charts::origins(&figures, &names),
        causes: charts::causes(&figures, filter, rows_of),
        waiting: waiting.into_iter().map(|row| waiting_row(office, now, row)).collect(),
        waiting_href: rows_of.map(|slug| routes::Queue::at(slug, QueueTab::Turn.word())),
        services: service_rows(office, filter, (&figures, &names)),
        officers: officers.into_iter().map(|load| officer_row(office, now, load)).collect(),
    }
}

fn waiting_row(office: &Office, now: Instant, row: QueueRow) -> WaitingRow {
    WaitingRow {
        href: routes::Request::at(&office.slug, row.id),
        receipt: row.receipt,
        service: row.service,
        district: row.district.unwrap_or_default(),
        since: When::waiting(row.first_message_at, now, office.zone),
    }
}

/// What a head asks first, told as a colleague would.
fn sentence(figures: &Dashboard) -> String {
    let today = &figures.today;
    let rest = match figures.untaken {
        0 => "tidak ada yang menunggu giliran".to_owned(),
        waiting => format!("{} menunggu giliran", count(waiting)),
    };
    format!("Hari ini {} masuk, {} selesai, {rest}.", count(today.arrived), count(today.finished))
}

/// `Selasa 17 Nov sampai Senin 23 Nov`
fn told(period: Period) -> String {
    if period.from() == period.to() {
        return zone::long_date(period.to());
    }
    format!("{} sampai {}", zone::long_date(period.from()), zone::long_date(period.to()))
}

/// The named periods, each with the same narrowing; a range is chosen in the form.
fn periods(office: &Office, filter: &Filter, now: Instant) -> Vec<Tab> {
    let today = office.zone.date(now);
    let tab = |preset: &Preset| {
        let other = Filter { period: Period::named(*preset, today), ..filter.clone() };
        Tab {
            label: preset.label().to_owned(),
            href: routes::Overview::with(&office.slug, &asked::query(&other)),
            count: None,
            current: filter.period.preset() == *preset,
        }
    };
    let named = Preset::ALL.iter().filter(|preset| **preset != Preset::Range).map(tab);
    let range = (filter.period.preset() == Preset::Range).then(|| Tab {
        label: Preset::Range.label().to_owned(),
        href: routes::Overview::with(&office.slug, &asked::query(filter)),
        count: None,
        current: true,
    });
    named.chain(range).collect()
}

fn service_rows(office: &Office, filter: &Filter, (figures, names): (&Dashboard, &Names)) -> Vec<ServiceRow> {
    let mut lines: Vec<&ServiceLine> = figures.services.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.period.arrived, line.open)));
    let median = |spans: &Histogram| {
        spans.quantile(0.5).map_or_else(|| "–".to_owned(), |minutes| Measure::Minutes.text(minutes))
    };
    let row = |line: &ServiceLine| {
        let own = Filter { service: Some(line.service), ..filter.clone() };
        ServiceRow {
            service: names.service(line.service),
            href: routes::Overview::with(&office.slug, &asked::query(&own)),
            arrived: count(line.period.arrived),
            finished: count(line.period.finished),
            response: median(&line.period.response),
            settlement: median(&line.period.settlement),
            limit: names.time_limit(line.service),
            open: count(line.open),
        }
    };
    lines.into_iter().map(row).collect()
}

fn officer_row(office: &Office, now: Instant, load: OfficerLoad) -> OfficerRow {
    OfficerRow {
        name: load.name,
        open: count(load.open),
        unanswered: count(load.unanswered),
        waiting: load.waiting_since.map(|since| When::waiting(since, now, office.zone)),
        closed: count(load.closed),
    }
}

#[cfg(test)]
mod tests;
