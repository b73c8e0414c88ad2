//! `/kantor/{office}/ringkasan/daftar`: the rows behind a figure, and the same for a spreadsheet.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use chrono::SecondsFormat;
use loket_core::{clock::Instant, csv::CsvTable, kpi::Metric, permission::Permission, zone};

use super::{asked, asked::Asked, names::Names, told};
use crate::{
    domain::{
        catalogue,
        kpi::{self, EXPORTED, ListRow, Selection},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Kop, Pager, Tag, When, count},
        routes,
        site::Site,
    },
};

/// Rows of a page.
const PAGE: u64 = 50;

/// Registers the list and its export.
pub(super) fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::FigureExport::PATTERN).route(web::get().to(export)))
        .service(web::resource(routes::FigureRows::PATTERN).route(web::get().to(get)));
}

#[derive(Template)]
#[template(path = "kantor/daftar_angka.html")]
struct RowsPage {
    frame: Frame,
    /// On paper only.
    kop: Kop,
    crumbs: Vec<Crumb>,
    title: &'static str,
    sentence: String,
    definition: &'static str,
    time_word: &'static str,
    took_word: Option<&'static str>,
    papers: bool,
    rows: Vec<Row>,
    first_href: Option<String>,
    pager: Pager,
    export_href: String,
    export_words: String,
}

/// A request, as it is printed.
struct Row {
    href: String,
    receipt: String,
    service: String,
    applicant: String,
    district: String,
    state: Tag,
    when: When,
    took: String,
    paper: String,
    reason: &'static str,
}

impl Row {
    fn of(office: &Office, now: Instant, row: ListRow) -> Self {
        let (paper, reason) = paper(&row);
        Self {
            href: routes::Request::at(&office.slug, row.row.id),
            service: row.row.service,
            applicant: row.row.subject,
            district: row.row.district.unwrap_or_default(),
            state: Tag::of_state(row.row.state),
            when: When::plain(row.at, now, office.zone),
            took: row.took.map(zone::duration).unwrap_or_default(),
            receipt: row.row.receipt,
            paper,
            reason,
        }
    }
}

fn paper(row: &ListRow) -> (String, &'static str) {
    match &row.paper {
        Some((name, reason)) => (name.clone(), reason.map(|reason| reason.label()).unwrap_or_default()),
        None => (String::new(), ""),
    }
}

/// What the time of a row is called.
const fn time_word(metric: Metric) -> &'static str {
    match metric {
        Metric::Arrived => "Masuk",
        Metric::Settled | Metric::FirstTimeRight => "Selesai",
        Metric::Late => "Lewat",
        Metric::Response | Metric::AnsweredInTime => "Dijawab",
        Metric::Settlement | Metric::OnTime | Metric::PromiseKept => "Siap",
        Metric::Backlog => "Pesan pertama",
        Metric::Incomplete => "Ditolak",
    }
}

const fn took_word(metric: Metric) -> Option<&'static str> {
    match metric {
        Metric::Response | Metric::AnsweredInTime => Some("Lama respons"),
        Metric::Settlement | Metric::OnTime | Metric::PromiseKept => Some("Lama penyelesaian"),
        _ => None,
    }
}

/// Lists show people, so whoever asks must be allowed to see requests too, and no more figures than those.
fn demand(place: &InOffice) -> Result<(), PageError> {
    place.demand(Permission::ReadFigures)?;
    place.demand(Permission::ReadRequests)
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    demand(&place)?;
    let office = place.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, place.actor()).await?;
    let selection = asked.selection(office.zone.date(cx.now()))?;
    let behind = asked.behind()?;
    let all = kpi::count(&cx, office, &selection).await?;
    let listed = kpi::list(&mut cx, office, &selection, (behind, PAGE)).await?;
    let names = Names::of(office, catalogue::load(&cx).await?);
    let now = cx.now();
    cx.commit().await?;
    let next = listed.next.map(|cursor| next_href(office, &selection, cursor));
    let frame = frame(&site, &place, &request, Here::Overview);
    let drawn = RowsPage {
        rows: listed.rows.into_iter().map(|row| Row::of(office, now, row)).collect(),
        first_href: behind.map(|_| routes::FigureRows::at(&office.slug, &asked::rows_query(&selection))),
        pager: Pager { text: format!("{} baris seluruhnya", count(all)), previous: None, next },
        ..empty(frame, office, (&selection, &names), all)
    };
    page::whole(&request, site.secure, &drawn)
}

fn next_href(office: &Office, selection: &Selection, cursor: kpi::Cursor) -> String {
    routes::FigureRows::at(&office.slug, &format!("{}&sesudah={cursor}", asked::rows_query(selection)))
}

/// The page without its rows.
fn empty(frame: Frame, office: &Office, (selection, names): (&Selection, &Names), all: u64) -> RowsPage {
    let definition = selection.metric.definition();
    let query = asked::rows_query(selection);
    let back = routes::Overview::with(&office.slug, &asked::query(&selection.filter));
    RowsPage {
        frame,
        kop: Kop::of(office),
        crumbs: vec![Crumb::new("Ringkasan", back)],
        title: definition.rows.unwrap_or(definition.name),
        sentence: heading(selection, names, all),
        definition: definition.sentence,
        time_word: time_word(selection.metric),
        took_word: took_word(selection.metric),
        papers: selection.metric == Metric::Incomplete,
        rows: Vec::new(),
        first_href: None,
        pager: Pager { text: String::new(), previous: None, next: None },
        export_href: routes::FigureExport::at(&office.slug, &query),
        export_words: match all {
            0..=EXPORTED => String::new(),
            _ => format!(
                "Berkas CSV memuat paling banyak {} baris. Persempit kurun atau saringannya untuk memuat semuanya.",
                count(EXPORTED)
            ),
        },
    }
}

/// `42 baris. Selasa, 17 November 2026 sampai ... KTP elektronik.`
fn heading(selection: &Selection, names: &Names, all: u64) -> String {
    let mut parts = vec![format!("{} baris", count(all))];
    if selection.metric == Metric::Backlog {
        parts.push(selection.age.map_or("saat ini", |age| age.label()).to_lowercase());
    } else {
        parts.push(told(selection.filter.period));
    }
    parts.extend(selection.reason.map(|reason| reason.label().to_owned()));
    let narrowing = names.narrowing(&selection.filter);
    if !narrowing.is_empty() {
        parts.push(narrowing);
    }
    format!("{}.", parts.join(" · "))
}

async fn export(
    site: Data<Site>,
    place: InOffice,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    demand(&place)?;
    let office = place.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, place.actor()).await?;
    let selection = asked.selection(office.zone.date(cx.now()))?;
    let all = kpi::count(&cx, office, &selection).await?;
    let rows = kpi::export(&mut cx, office, &selection).await?;
    let now = cx.now();
    cx.commit().await?;
    let (metric, period) = (selection.metric, selection.filter.period);
    let name = match (metric, selection.age) {
        (Metric::Backlog, Some(age)) => format!("{metric}-{age}-{}.csv", office.zone.date(now)),
        (Metric::Backlog, None) => format!("{metric}-{}.csv", office.zone.date(now)),
        _ => format!("{metric}-{}-{}.csv", period.from(), period.to()),
    };
    Ok(page::csv(&name, written(office, (&selection, all), (&rows, site.demo))))
}

/// The table; names stay masked. When there are more rows than fit, its last line says so; in the demonstration every
/// line does that it is made up.
fn written(office: &Office, (selection, all): (&Selection, u64), (rows, demo): (&[ListRow], bool)) -> String {
    let heading = [
        "Nomor",
        "Layanan",
        "Pemohon",
        "Kecamatan",
        "Lewat",
        "Keadaan",
        "Petugas",
        time_word(selection.metric),
        "Lama (menit)",
        "Berkas",
        "Alasan",
    ];
    let mark = |text| demo.then_some(text);
    let mut table = CsvTable::new(heading.into_iter().chain(mark("Catatan")));
    for one in rows {
        let (paper, reason) = paper(one);
        let at = office.zone.local(one.at).to_rfc3339_opts(SecondsFormat::Secs, false);
        let took = one.took.map(|took| took.num_minutes().max(0).to_string()).unwrap_or_default();
        let row = &one.row;
        let cells = [
            row.receipt.as_str(),
            &row.service,
            &row.subject,
            row.district.as_deref().unwrap_or_default(),
            row.channel.label(),
            row.state.label(),
            row.officer.as_deref().unwrap_or_default(),
            &at,
            &took,
            &paper,
            reason,
        ];
        table.row(cells.into_iter().chain(mark("DATA PERAGAAN")));
    }
    let shown = rows.len() as u64;
    if shown < all {
        let words = format!(
            "Hanya {} baris pertama dari {}. Persempit kurun atau saringannya.",
            count(shown),
            count(all)
        );
        table.row([words.as_str()]);
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use loket_core::kpi::{Period, Preset};

    use super::*;
    use crate::{
        domain::{catalogue::Catalogue, kpi::Filter},
        web::kantor::samples,
    };

    fn selection() -> Selection {
        let today = samples::office().zone.date(samples::now());
        Selection::of(Metric::Response, Filter::of(Period::named(Preset::Week, today)))
    }

    fn row() -> ListRow {
        ListRow { row: samples::row(), at: samples::now(), took: Some(TimeDelta::minutes(38)), paper: None }
    }

    #[test]
    fn the_list_renders_its_samples() {
        let office = samples::office();
        let names = Names::of(&office, Catalogue::default());
        let page = RowsPage {
            rows: vec![Row::of(&office, samples::now(), row())],
            ..empty(samples::frame(), &office, (&selection(), &names), EXPORTED + 1)
        };
        let html = page.render().unwrap_or_default();
        for part in [
            "Permohonan yang pertama kali dijawab",
            "TNG-2611-00042-K",
            "38 menit",
            "Unduh CSV",
            "paling banyak 5.000",
        ] {
            assert!(html.contains(part), "{part}");
        }
        let none = empty(samples::frame(), &office, (&selection(), &names), 0).render().unwrap_or_default();
        assert!(none.contains("Tidak ada baris"));
    }

    #[test]
    fn in_the_demonstration_every_line_says_that_it_is_made_up() {
        let table = written(&samples::office(), (&selection(), 1), (&[row()], true));
        let ends: Vec<_> = table.lines().map(|line| line.rsplit(',').next().unwrap_or_default()).collect();
        assert_eq!(ends, ["\"Catatan\"", "\"DATA PERAGAAN\""]);
    }

    #[test]
    fn a_table_that_was_cut_short_says_so() {
        let office = samples::office();
        let whole = written(&office, (&selection(), 1), (&[row()], false));
        assert_eq!(whole.lines().count(), 2);
        assert!(whole.contains("\"38\"") && whole.contains("SITI A") && !whole.contains("AMINAH"));
        assert!(
            written(&office, (&selection(), 9), (&[row()], false))
                .ends_with("Hanya 1 baris pertama dari 9. Persempit kurun atau saringannya.\"\r\n")
        );
    }
}
