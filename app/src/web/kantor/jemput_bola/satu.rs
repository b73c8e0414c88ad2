//! One round: whom it visits, who else waits, what came of it, and its report.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::NaiveDate;
use loket_core::{
    id::VisitRoundId,
    permission::Permission,
    visit::{RoundState, VisitResult},
};

use super::{
    baru::going,
    isian::{Sent, stands, units},
    tampak,
};
use crate::{
    domain::{
        requests::{self, Visited},
        tenancy::Office,
        visits::{self, RoundView},
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Kop, Tag, count},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/jemput_bola_satu.html")]
struct RoundPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    title: String,
    days: String,
    tag: Tag,
    error: Option<String>,
    facts: Vec<(&'static str, String)>,
    report: String,
    reasons: Vec<(&'static str, String)>,
    sheet_href: Option<String>,
    rows: Vec<Row>,
    beyond: u64,
    recording: Option<Recording>,
    leading: Option<Leading>,
}

/// A visit.
struct Row {
    number: usize,
    visit: String,
    was: String,
    href: String,
    receipt: String,
    applicant: String,
    service: String,
    district: String,
    state: Tag,
    untold: bool,
    result: Tag,
    note: String,
    results: Vec<Choice>,
    typed: String,
}

/// The form for what came of the visits.
struct Recording {
    href: String,
}

/// The forms of whoever plans rounds.
struct Leading {
    off_href: String,
    /// Who may be taken off.
    off: Vec<Choice>,
    add_href: String,
    waiting: Vec<Choice>,
    change_href: String,
    change_open: bool,
    typed: Sent,
    units: Vec<Choice>,
    close_href: Option<String>,
    cancel_href: String,
    cancel_open: bool,
    version: i64,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let id: VisitRoundId = path.1.parse().map_err(|_| PageError::NotFound)?;
    draw((&site, &seat, &request), id, (StatusCode::OK, None)).await
}

/// What was typed at a step that was refused, and why.
pub(super) type Refused<'r> = Option<(String, &'r str, &'r Sent)>;

/// Draws the page; with what was typed where it does not hold.
pub(super) async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    id: VisitRoundId,
    (status, refused): (StatusCode, Refused<'_>),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadRequests)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let round = visits::round(&cx, id).await?.ok_or(PageError::NotFound)?;
    let today = office.zone.date(cx.now());
    let found = requests::visits_on(&cx, id).await?;
    let handles = seat.may(Permission::HandleRequests);
    let planned = round.state == RoundState::Planned;
    let records = handles && planned && round.said.days.0 <= today && !found.is_empty();
    let reasons = if round.state == RoundState::Done {
        requests::visited_by_reason(&cx, &found).await?
    } else {
        Vec::new()
    };
    let leading = if planned && seat.may(Permission::AssignRequests) {
        Some(leading((&cx, office), (&round, today, &found), &refused).await?)
    } else {
        None
    };
    let typed = refused.as_ref().filter(|(_, step, _)| *step == "hasil").map(|(_, _, sent)| *sent);
    let rows: Vec<Row> = found.iter().filter_map(|one| row(office, one, (round.said.days, typed))).collect();
    let shown = RoundPage {
        frame: frame(site, seat, request, Here::Queue),
        kop: Kop::of(office),
        crumbs: vec![Crumb::new("Jemput bola", routes::HomeVisits::at(&office.slug))],
        title: round.said.title.clone(),
        days: tampak::days(round.said.days),
        tag: tampak::state(round.state, round.said.days.1, today),
        error: refused.as_ref().map(|(sentence, ..)| sentence.clone()),
        facts: facts(&round, &found),
        report: round.report.clone(),
        reasons: reasons.iter().map(|(group, all, served)| (group.label(), of(*served, *all))).collect(),
        sheet_href: (handles && planned && !rows.is_empty())
            .then(|| routes::HomeVisitSheet::at(&office.slug, id)),
        beyond: (found.len() - rows.len()) as u64,
        recording: records.then(|| Recording { href: routes::HomeVisitStep::at(&office.slug, id, "hasil") }),
        leading,
        rows: numbered(rows),
    };
    page::with_status(status, (request, site.secure), &shown)
}

fn numbered(mut rows: Vec<Row>) -> Vec<Row> {
    for (number, row) in rows.iter_mut().enumerate() {
        row.number = number + 1;
    }
    rows
}

fn of(served: u64, all: u64) -> String {
    format!("{} dari {} dilayani", count(served), count(all))
}

fn facts(round: &RoundView, found: &[Visited]) -> Vec<(&'static str, String)> {
    let came = |result| found.iter().filter(|(visit, _)| visit.result == result).count() as u64;
    let mut all = vec![("Berangkat dari", round.unit.clone().unwrap_or_else(|| "Kantor".to_owned()))];
    if !round.said.plan.is_empty() {
        all.push(("Rencana perjalanan", round.said.plan.clone()));
    }
    all.push(("Terdaftar", count(found.len() as u64)));
    for result in VisitResult::SAID {
        if round.state == RoundState::Done || came(result) > 0 {
            all.push((result.label(), count(came(result))));
        }
    }
    if round.state == RoundState::Done {
        all.push(("Orang lain yang dilayani", count(round.others_served)));
    }
    all
}

fn row(
    office: &Office,
    (visit, row): &Visited,
    (days, typed): ((NaiveDate, NaiveDate), Option<&Sent>),
) -> Option<Row> {
    let row = row.as_ref()?;
    let said = typed.and_then(|sent| sent.said_of(visit.id));
    let (chosen, note) = said.unwrap_or((visit.result, visit.note.as_str()));
    let choice = |one: &VisitResult| Choice::new(one.word(), one.label()).chosen(*one == chosen);
    Some(Row {
        number: 0,
        visit: visit.id.to_string(),
        was: stands((visit.result, visit.recorded_at)),
        href: routes::Request::at(&office.slug, row.id),
        receipt: row.receipt.clone(),
        applicant: row.subject.clone(),
        service: row.service.clone(),
        district: row.district.clone().unwrap_or_default(),
        state: Tag::of_state(row.state),
        untold: visit.result == VisitResult::Awaited && visit.told != Some(days) && !row.state.is_terminal(),
        result: tampak::result(visit.result),
        note: visit.note.clone(),
        results: VisitResult::ALL.iter().map(choice).collect(),
        typed: note.to_owned(),
    })
}

/// Somebody who may be taken off: nothing came of their visit yet.
fn off((visit, row): &Visited) -> Option<Choice> {
    let row = row.as_ref().filter(|_| visit.result == VisitResult::Awaited)?;
    Some(Choice::new(row.id.to_string(), format!("{} · {}", row.receipt, row.subject)))
}

async fn leading(
    (cx, office): (&Cx<'_>, &Office),
    (round, today, found): (&RoundView, NaiveDate, &[Visited]),
    refused: &Refused<'_>,
) -> Result<Leading, PageError> {
    let href = |step: &str| routes::HomeVisitStep::at(&office.slug, round.id, step);
    let sent = |of: &str| refused.as_ref().filter(|(_, step, _)| *step == of).map(|(_, _, sent)| *sent);
    let chosen = sent("tambah").map(|sent| sent.person.as_slice()).unwrap_or_default();
    let mut waiting = Vec::new();
    if round.said.days.1 >= today {
        for one in requests::waiting_for_visit(cx).await? {
            let id = one.id.to_string();
            let district = one.district.map(|name| format!(", {name}")).unwrap_or_default();
            let label = format!("{} · {} · {}{district}", one.receipt, one.subject, one.service);
            waiting.push(Choice::new(id.clone(), label).chosen(chosen.contains(&id)));
        }
    }
    let mut typed = Sent::of(round);
    for step in ["ubah", "tutup", "batal"] {
        if let Some(sent) = sent(step) {
            typed = Sent { version: round.version, ..sent.clone() };
        }
    }
    if sent("ubah").is_none() {
        typed = Sent { others: typed.others, report: typed.report, why: typed.why, ..Sent::of(round) };
    }
    Ok(Leading {
        off_href: href("keluarkan"),
        off: found.iter().filter_map(off).collect(),
        add_href: href("tambah"),
        waiting,
        change_href: href("ubah"),
        change_open: sent("ubah").is_some(),
        units: units(going(cx).await?, &typed.unit),
        typed,
        close_href: (round.said.days.0 <= today).then(|| href("tutup")),
        cancel_href: href("batal"),
        cancel_open: sent("batal").is_some(),
        version: round.version,
    })
}
