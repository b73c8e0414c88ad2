//! One piece of equipment: how it stands, when it is to be looked after, and what happened to it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    equipment::{EquipmentState, EquipmentStep},
    id::{EquipmentEntryId, EquipmentId},
    permission::Permission,
    zone,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    isian::{Sent, kinds, units},
    tampak::{day, state},
};
use crate::{
    domain::{
        equipment::{self, EntryView, PieceLine},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Pager, Tag},
        routes,
        site::Site,
    },
};

/// Lines on a page.
const PAGE: u64 = 25;

#[derive(Template)]
#[template(path = "kantor/peralatan_satu.html")]
struct PiecePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    tag: Tag,
    error: Option<&'static str>,
    facts: Vec<(&'static str, String)>,
    outage_href: Option<String>,
    keeping: Option<Keeping>,
    lines: Vec<Line>,
    pager: Pager,
}

/// The forms of whoever looks after it.
struct Keeping {
    steps: Vec<StepForm>,
    change_href: String,
    change_open: bool,
    typed: Sent,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    version: i64,
    key: String,
}

/// A form that says what happened.
struct StepForm {
    href: String,
    title: &'static str,
    button: &'static str,
    tone: &'static str,
    word: &'static str,
    typed: Sent,
}

struct Line {
    what: &'static str,
    day: String,
    note: String,
    who: String,
    at: String,
}

/// What can be said of a piece, in the order in which it is offered.
const STEPS: [(EquipmentStep, &str, &str, &str, &str); 5] = [
    (EquipmentStep::Repaired, "baik", "Sudah diperbaiki", "Catat perbaikan", "primary"),
    (EquipmentStep::Serviced, "rawat", "Sudah dirawat", "Catat perawatan", "primary"),
    (EquipmentStep::Broke, "rusak", "Rusak", "Catat kerusakan", ""),
    (EquipmentStep::Retired, "berhenti", "Tidak dipakai lagi", "Berhenti memakai", ""),
    (EquipmentStep::Returned, "kembali", "Dipakai lagi", "Pakai lagi", "primary"),
];

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
    let id: EquipmentId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let behind = asked.sebelum.map(|id| id.parse().map_err(|_| PageError::NotFound)).transpose()?;
    draw((&site, &seat, &request), (id, behind), (StatusCode::OK, None)).await
}

/// What was typed at a step that was refused, and why.
type Refused<'r> = Option<(&'static str, &'r str, &'r Sent)>;

/// Draws the page; with what was typed where it does not hold.
pub(super) async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (id, behind): (EquipmentId, Option<EquipmentEntryId>),
    (status, refused): (StatusCode, Refused<'_>),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let piece = equipment::piece(&cx, id).await?.ok_or(PageError::NotFound)?;
    let mut entries = equipment::entries(&cx, id, (behind, PAGE)).await?;
    let more = entries.len() as u64 > PAGE;
    entries.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let last = entries.last().filter(|_| more).map(|line| line.id);
    let reach = seat.standing.reach(Permission::ReportOutages);
    let keeps = !reach.is_nothing() && reach.reaches_unit(piece.unit.as_ref().map(|(id, _)| *id));
    let keeping = if keeps { Some(keeping((&cx, office), &piece, refused).await?) } else { None };
    let broken = piece.state == EquipmentState::Broken;
    let shown = PiecePage {
        frame: frame(site, seat, request, Here::Stock),
        crumbs: vec![
            Crumb::new("Stok", routes::Stock::at(&office.slug)),
            Crumb::new("Peralatan", routes::Equipment::at(&office.slug)),
        ],
        title: piece.name.clone(),
        tag: state(&piece, office.zone.date(cx.now())),
        error: refused.map(|(sentence, ..)| sentence),
        facts: facts(&piece),
        outage_href: (keeps && broken).then(|| routes::OutageNew::at(&office.slug)),
        keeping,
        lines: entries.iter().map(|entry| line(office, entry)).collect(),
        pager: Pager {
            text: String::new(),
            previous: behind.map(|_| routes::EquipmentPiece::at(&office.slug, id)),
            next: last.map(|last| routes::EquipmentPiece::behind(&office.slug, id, last)),
        },
    };
    page::with_status(status, (request, site.secure), &shown)
}

fn facts(piece: &PieceLine) -> Vec<(&'static str, String)> {
    let place = piece.unit.as_ref().map_or_else(|| "Kantor".to_owned(), |(_, name)| name.clone());
    let mut all = vec![("Jenis", piece.kind.label().to_owned()), ("Unit", place)];
    if !piece.serial.is_empty() {
        all.push(("Nomor seri", piece.serial.clone()));
    }
    match (piece.state, piece.since) {
        (EquipmentState::Broken, since @ Some(_)) => all.push(("Rusak sejak", day(since))),
        (EquipmentState::Retired, since @ Some(_)) => all.push(("Tidak dipakai sejak", day(since))),
        _ => {}
    }
    let every = piece.every.map(|every| format!("tiap {} bulan", every.count()));
    all.push(("Perawatan", every.unwrap_or_else(|| "tidak dijadwalkan".to_owned())));
    all.push(("Terakhir dirawat", day(piece.serviced_on)));
    all.push(("Jadwal berikutnya", day(piece.due_on)));
    all
}

async fn keeping(
    (cx, office): (&Cx<'_>, &Office),
    piece: &PieceLine,
    refused: Refused<'_>,
) -> Result<Keeping, PageError> {
    let href = |step: &str| routes::EquipmentStep::at(&office.slug, piece.id, step);
    let typed = |step: &str| refused.filter(|(_, of, _)| *of == step).map(|(_, _, sent)| sent.clone());
    let offered = STEPS.iter().filter(|(step, ..)| step.after(piece.state).is_some());
    let today = office.zone.date(cx.now());
    let form = |(_, word, title, button, tone): &(
        EquipmentStep,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    )| {
        StepForm {
            href: href(word),
            title,
            button,
            tone,
            word,
            typed: typed(word).unwrap_or_else(|| Sent { day: today.to_string(), ..Sent::default() }),
        }
    };
    // Who was refused for what they typed has still seen what they saw; who is told of a change sees what is new.
    let seen = refused.filter(|(sentence, ..)| *sentence != equipment::CHANGED);
    let version = seen.map_or(piece.version, |(.., sent)| sent.version);
    let changed = typed("ubah");
    let change_open = changed.is_some();
    let typed = changed.unwrap_or_else(|| Sent::of(piece));
    Ok(Keeping {
        steps: offered.map(form).collect(),
        change_href: href("ubah"),
        change_open,
        kinds: kinds(&typed.kind),
        units: units(equipment::reached(cx).await?, &typed.unit),
        typed,
        version,
        key: cx.new_id::<Uuid>().to_string(),
    })
}

fn line(office: &Office, entry: &EntryView) -> Line {
    Line {
        what: entry.step.label(),
        day: zone::long_date(entry.day),
        note: entry.note.clone(),
        who: entry.who.clone(),
        at: office.zone.short(entry.at),
    }
}
