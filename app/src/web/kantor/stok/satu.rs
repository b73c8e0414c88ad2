//! One item: what is left, how long it lasts, what was used day by day, and what people wrote.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::Datelike;
use loket_core::{
    id::{StockEntryId, StockItemId},
    permission::Permission,
    stock::{SpoilReason, StockMove},
    zone,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    isian::{Group, Sent, groups},
    tampak::{State, lasts, name, quantity},
};
use crate::{
    domain::{
        catalogue::{self, Catalogue},
        stock::{self, EntryView, StockSheet},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{
            Choice, Crumb, Frame, Pager, Tag,
            chart::{BarChart, Category, Measure, Series},
            count,
        },
        routes,
        site::Site,
    },
};

/// Lines on a page.
const PAGE: u64 = 25;

#[derive(Template)]
#[template(path = "kantor/stok_satu.html")]
struct ItemPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    tags: Vec<Tag>,
    said: Option<Said>,
    error: Option<&'static str>,
    facts: Vec<(&'static str, String)>,
    used: BarChart,
    keeping: Option<Keeping>,
    lines: Vec<Line>,
    pager: Pager,
}

/// What is to be done now.
struct Said {
    text: String,
    tone: &'static str,
    href: Option<String>,
}

/// The forms of whoever keeps it.
struct Keeping {
    unit: &'static str,
    /// Sent along, so that a second press writes nothing.
    key: String,
    receive_href: String,
    received: Sent,
    spoil_href: String,
    spoiled: Sent,
    reasons: Vec<Choice>,
    count_href: String,
    counted: Sent,
    /// Nothing where it is out already, or no service needs it.
    out_href: Option<String>,
    change_href: String,
    change_open: bool,
    pieces: String,
    documents: String,
    groups: Vec<Group>,
}

struct Line {
    what: String,
    quantity: String,
    left: String,
    note: String,
    who: String,
    at: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    sebelum: Option<String>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let id: StockItemId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let behind = asked.sebelum.map(|id| id.parse().map_err(|_| PageError::NotFound)).transpose()?;
    draw((&site, &seat, &request), (id, behind), (StatusCode::OK, None)).await
}

/// What was typed at a step that was refused, and why.
type Refused<'r> = Option<(&'static str, &'r str, &'r Sent)>;

/// Draws the page; with what was typed where it does not hold.
pub(super) async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (id, behind): (StockItemId, Option<StockEntryId>),
    (status, refused): (StatusCode, Refused<'_>),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let sheet = stock::sheet(&cx, office, id).await?.ok_or(PageError::NotFound)?;
    let state = State::of(&sheet.line);
    let mut entries = stock::entries(&cx, id, (behind, PAGE)).await?;
    let more = entries.len() as u64 > PAGE;
    entries.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let catalogue = catalogue::load(&cx).await?;
    let keeps = seat.standing.reach(Permission::ReportOutages).contains(&sheet.scope);
    let last = entries.last().filter(|_| more).map(|line| line.id);
    let shown = ItemPage {
        frame: frame(site, seat, request, Here::Stock),
        crumbs: vec![Crumb::new("Stok", routes::Stock::at(&office.slug))],
        title: name(&sheet.line),
        tags: vec![state.tag()],
        said: said(office, &sheet, state),
        error: refused.map(|(sentence, ..)| sentence),
        facts: facts(office, &sheet, &catalogue),
        used: used(&sheet),
        keeping: keeps.then(|| keeping((office, cx.new_id()), &sheet, &catalogue, refused)),
        lines: entries.iter().map(|entry| line(office, &sheet, entry)).collect(),
        pager: Pager {
            text: String::new(),
            previous: behind.map(|_| routes::StockItem::at(&office.slug, id)),
            next: last.map(|last| routes::StockItem::behind(&office.slug, id, last)),
        },
    };
    page::with_status(status, (request, site.secure), &shown)
}

/// What is to be done now.
fn said(office: &Office, sheet: &StockSheet, state: State) -> Option<Said> {
    let line = &sheet.line;
    let short = |since| {
        let days = count(u64::try_from(line.careful.unwrap_or_default()).unwrap_or_default());
        format!(
            "Menipis sejak {}: dalam keadaan ramai hanya cukup {days} hari kerja. Ajukan permintaan sekarang.",
            office.zone.short(since)
        )
    };
    let (text, tone) = match state {
        State::Out if line.outage.is_none() => {
            ("Habis menurut hitungan terakhir. Tidak ada waktu layanan yang dijeda karenanya.".to_owned(), "bad")
        }
        State::Out => (
            "Habis. Waktu layanan yang memerlukannya dijeda, dan pemohonnya dapat dikabari dari catatan gangguan."
                .to_owned(),
            "bad",
        ),
        State::Uncounted => {
            ("Menurut catatan sudah tidak bersisa. Hitung yang ada, atau nyatakan habis.".to_owned(), "bad")
        }
        State::Short => (line.low_since.map(short)?, "warn"),
        State::Enough => return None,
        State::Unknown => (
            "Lama cukupnya diperkirakan setelah pemakaian tercatat lima hari kerja.".to_owned(),
            "info",
        ),
    };
    Some(Said { text, tone, href: line.outage.map(|id| routes::Outage::at(&office.slug, id)) })
}

fn facts(office: &Office, sheet: &StockSheet, catalogue: &Catalogue) -> Vec<(&'static str, String)> {
    let line = &sheet.line;
    let mut all = vec![("Sisa menurut catatan", quantity(line, line.balance))];
    all.extend(lasts(line).map(|lasts| ("Biasanya cukup", lasts)));
    all.extend(line.careful.map(|days| ("Bila ramai, cukup", format!("{days} hari kerja"))));
    if line.waiting > 0 {
        let waiting = count(u64::try_from(line.waiting).unwrap_or_default());
        all.push(("Sedang diproses", format!("{waiting} permohonan")));
    }
    all.extend(line.counted_at.map(|at| ("Terakhir dihitung", office.zone.short(at))));
    let ratio = format!(
        "{} {} untuk {} dokumen",
        count(sheet.ratio.pieces().into()),
        line.kind.unit(),
        count(sheet.ratio.documents().into())
    );
    all.push(("Takaran", ratio));
    let names: Vec<String> = sheet
        .uses
        .iter()
        .filter_map(|id| catalogue.known_variant(*id))
        .map(|(service, variant)| format!("{} ({})", service.name, variant.name))
        .collect();
    let uses = if names.is_empty() { "belum dipilih".to_owned() } else { names.join("; ") };
    all.push(("Dipakai untuk", uses));
    all
}

/// What was used on each working day.
fn used(sheet: &StockSheet) -> BarChart {
    let days = sheet
        .used
        .iter()
        .map(|(day, _)| Category::new(format!("{}/{}", day.day(), day.month()), zone::short_date(*day)));
    let values = Series::new("Dipakai", sheet.used.iter().map(|(_, used)| used.in_pieces()));
    let title = format!("Dipakai per hari kerja ({})", sheet.line.kind.unit());
    BarChart::new(title, Measure::Count, days.collect(), vec![values]).over("Hari")
}

fn keeping(
    (office, key): (&Office, Uuid),
    sheet: &StockSheet,
    catalogue: &Catalogue,
    refused: Refused<'_>,
) -> Keeping {
    let href = |step| routes::StockStep::at(&office.slug, sheet.line.id, step);
    let typed = |step: &str| refused.filter(|(_, of, _)| *of == step).map(|(_, _, sent)| sent.clone());
    let spoiled = typed("rusak").unwrap_or_default();
    let changed = typed("ubah");
    let chosen: Vec<String> = sheet.uses.iter().map(ToString::to_string).collect();
    Keeping {
        unit: sheet.line.kind.unit(),
        key: key.to_string(),
        receive_href: href("terima"),
        received: typed("terima").unwrap_or_default(),
        spoil_href: href("rusak"),
        reasons: SpoilReason::ALL
            .iter()
            .map(|one| Choice::new(one.word(), one.label()).chosen(one.word() == spoiled.reason))
            .collect(),
        spoiled,
        count_href: href("hitung"),
        counted: typed("hitung").unwrap_or_default(),
        out_href: (sheet.line.outage.is_none() && !sheet.uses.is_empty()).then(|| href("habis")),
        change_href: href("ubah"),
        change_open: changed.is_some(),
        pieces: changed.as_ref().map_or(sheet.ratio.pieces().to_string(), |sent| sent.pieces.clone()),
        documents: changed
            .as_ref()
            .map_or(sheet.ratio.documents().to_string(), |sent| sent.documents.clone()),
        groups: groups(catalogue, changed.as_ref().map_or(&chosen, |sent| &sent.uses)),
    }
}

fn line(office: &Office, sheet: &StockSheet, entry: &EntryView) -> Line {
    let sign = match entry.step {
        StockMove::Received => "+",
        StockMove::Used | StockMove::Spoiled => "−",
        StockMove::Counted => "",
    };
    let what = match entry.reason {
        Some(reason) => format!("{}: {}", entry.step.label(), reason.label().to_lowercase()),
        None => entry.step.label().to_owned(),
    };
    Line {
        what,
        quantity: format!("{sign}{}", quantity(&sheet.line, entry.quantity)),
        left: quantity(&sheet.line, entry.balance),
        note: entry.note.clone(),
        who: entry.who.clone(),
        at: office.zone.short(entry.at),
    }
}
