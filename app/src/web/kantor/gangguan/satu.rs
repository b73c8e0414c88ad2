//! One entry: what it touches, what it stopped, who is told, who stands by it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    clock::Instant,
    id::OutageId,
    outage::{Approval, OutageStep, Provider},
    permission::Permission,
    zone::{duration, short_date, working_time},
};

use super::{
    isian,
    langkah::{MOST_TOLD, Sent},
    tampak::{Names, lasted, tags},
};
use crate::{
    domain::{
        outages::{self, OutageLine, OutageView},
        requests::{self, Audience, StoppedRow, TouchedDay},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Attachment, Choice, Crumb, Frame, Tag, count, file_size},
        routes,
        site::Site,
    },
};

#[derive(Template)]
#[template(path = "kantor/gangguan_satu.html")]
struct OutagePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: String,
    error: Option<&'static str>,
    tags: Vec<Tag>,
    facts: Vec<(&'static str, String)>,
    note: String,
    zone: &'static str,
    /// While it lasts, for whoever enters outages.
    ending: Option<Ending>,
    telling: Option<Telling>,
    deciding: Option<Deciding>,
    /// That their own entry waits for somebody else.
    own: bool,
    changing: Option<Changing>,
    evidence: Vec<(String, String)>,
    evidence_href: Option<String>,
    /// Days on which people come whom it touches: where it leads, when and where, how many.
    touched: Vec<(String, String, String)>,
    stopped: Option<Stopped>,
    history: Vec<Line>,
}

/// Saying that it is over, or that work goes on.
struct Ending {
    end_href: String,
    end_at: String,
    around_href: Option<String>,
    around_at: String,
}

/// Telling whoever waits.
struct Telling {
    href: String,
    title: &'static str,
    sentence: String,
    outside: Vec<String>,
    sample: Option<String>,
    most: u64,
    told: Option<String>,
}

/// Somebody else's word.
struct Deciding {
    href: String,
    version: i64,
    from: String,
    until: Option<String>,
}

/// What may be changed without a date.
struct Changing {
    href: String,
    version: i64,
    providers: Vec<Choice>,
    reference: String,
    note: String,
    /// Whether it stands open, with what was typed.
    open: bool,
}

/// What it stopped.
struct Stopped {
    rows: Vec<StoppedLine>,
    more: bool,
}

struct StoppedLine {
    href: String,
    receipt: String,
    service: String,
    gross: String,
    net: String,
    stopped: String,
    due: String,
}

struct Line {
    what: &'static str,
    who: String,
    at: String,
    before: Option<String>,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let id: OutageId = path.1.parse().map_err(|_| PageError::NotFound)?;
    draw((&site, &seat, &request), id, (StatusCode::OK, None)).await
}

/// What was typed at a step that was refused, and why.
type Refused<'r> = Option<(&'static str, &'r str, &'r Sent)>;

/// Draws the page; with what was typed where it does not hold.
pub(super) async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    id: OutageId,
    (status, refused): (StatusCode, Refused<'_>),
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let one = outages::outage(&cx, id).await?.ok_or(PageError::NotFound)?;
    let may = |permission| seat.standing.reach(permission).contains(&one.scope);
    let reports = may(Permission::ReportOutages);
    let typed = |step: &str| refused.filter(|(_, of, _)| *of == step).map(|(_, _, sent)| sent);
    let telling = if reports { telling(&cx, office, &one).await? } else { None };
    let evidence = outages::evidence(&cx, id).await?;
    let reads = seat.may(Permission::ReadRequests);
    let stopped = if reads {
        let (rows, more) = requests::stopped(&cx, &one).await?;
        Some(Stopped { rows: rows.into_iter().map(|row| stopped_line(office, row)).collect(), more })
    } else {
        None
    };
    let touched = if reads { touched(&cx, office, &one).await? } else { Vec::new() };
    let own = outages::is_own(&cx, (one.entered_by, one.ended_by));
    let history = outages::history(&cx, id).await?;
    let names = Names::of(&cx).await?;
    let now = cx.now();
    let waits = one.times.approval == Approval::Waiting;
    let shown = OutagePage {
        frame: frame(site, seat, request, Here::Outages),
        crumbs: vec![Crumb::new("Gangguan", routes::Outages::at(&office.slug))],
        title: format!("{}, {}", one.kind.label(), office.zone.short(one.times.from)),
        error: refused.map(|(sentence, ..)| sentence),
        tags: tags(&one),
        facts: facts(office, &one, (&names, lasted(&one, now))),
        note: one.note.clone(),
        zone: office.zone.word(),
        ending: (reports && one.times.is_open())
            .then(|| ending(office, &one, (typed("pulih"), typed("alih")))),
        telling,
        own: own && waits,
        deciding: (may(Permission::ApproveOutages) && !own)
            .then(|| deciding(office, &one, typed("putuskan"))),
        changing: reports.then(|| changing(office, &one, typed("ubah"))),
        evidence: evidence
            .iter()
            .map(|file| {
                let kind = Attachment::kind(&file.mime).0;
                let said =
                    format!("{kind}, {}, {}", file_size(file.bytes), office.zone.short(file.stored_at));
                (routes::OutageFile::at(&office.slug, id, file.id), said)
            })
            .collect(),
        evidence_href: reports.then(|| routes::OutageEvidence::at(&office.slug, id)),
        touched,
        stopped,
        history: history.into_iter().map(|line| told(office, line)).collect(),
    };
    page::with_status(status, (request, site.secure), &shown)
}

/// Who comes today and tomorrow and may not be served, by day and place.
async fn touched(
    cx: &Cx<'_>,
    office: &Office,
    one: &OutageView,
) -> Result<Vec<(String, String, String)>, PageError> {
    let line = |day: TouchedDay| {
        let href = routes::Pickups::of(&office.slug, day.point.id, day.day);
        let when = format!("{}, {}", short_date(day.day), day.point.said.name);
        (href, when, format!("{} orang: {}", count(day.awaited), day.point.said.purpose.label()))
    };
    Ok(requests::touched_days(cx, office, one).await?.into_iter().map(line).collect())
}

/// The forms by which it ends; an empty time is now.
fn ending(office: &Office, one: &OutageView, (end, around): (Option<&Sent>, Option<&Sent>)) -> Ending {
    let at = |sent: Option<&Sent>| sent.map(|sent| sent.at.clone()).unwrap_or_default();
    let href = |step| routes::OutageStep::at(&office.slug, one.id, step);
    Ending {
        end_href: href("pulih"),
        end_at: at(end),
        around_href: one.times.around.is_none().then(|| href("alih")),
        around_at: at(around),
    }
}

fn deciding(office: &Office, one: &OutageView, typed: Option<&Sent>) -> Deciding {
    let shown = |at| isian::shown(at, office.zone);
    let until = one.times.until.map(shown);
    Deciding {
        href: routes::OutageStep::at(&office.slug, one.id, "putuskan"),
        version: one.version,
        from: typed.map_or_else(|| shown(one.times.from), |sent| sent.from.clone()),
        until: until.map(|until| typed.map_or(until, |sent| sent.until.clone())),
    }
}

fn changing(office: &Office, one: &OutageView, typed: Option<&Sent>) -> Changing {
    let provider = typed.map_or(one.provider.word(), |sent| &sent.provider);
    let (reference, note) = (one.reference.clone().unwrap_or_default(), one.note.clone());
    Changing {
        href: routes::OutageStep::at(&office.slug, one.id, "ubah"),
        version: one.version,
        providers: Provider::ALL
            .iter()
            .map(|each| Choice::new(each.word(), each.label()).chosen(each.word() == provider))
            .collect(),
        reference: typed.map_or(reference, |sent| sent.reference.clone()),
        note: typed.map_or(note, |sent| sent.note.clone()),
        open: typed.is_some(),
    }
}

fn facts(
    office: &Office,
    one: &OutageView,
    (names, lasted): (&Names, String),
) -> Vec<(&'static str, String)> {
    let times = &one.times;
    let at = |at: Instant| office.zone.short(at);
    let mut all = vec![("Mulai", at(times.from))];
    all.extend(times.around.map(|around| ("Jalur cadangan", at(around))));
    all.extend(times.until.map(|until| ("Pulih", at(until))));
    all.push(("Lama", lasted));
    all.push(("Berdampak pada", names.scope(&one.scope)));
    all.push(("Penanggung jawab", one.provider.label().to_owned()));
    all.extend(one.reference.clone().map(|number| ("Nomor laporan", number)));
    all.push(("Dicatat", format!("{}, {}", one.entered_name, at(times.entered_at))));
    all.extend(one.decided_name.clone().map(|name| ("Diperiksa", name)));
    let paused = match times.pause() {
        None => "tidak menjeda waktu layanan".to_owned(),
        Some(pause) => match pause.until {
            Some(until) => format!("{} sampai {}", at(pause.from), at(until)),
            None => format!("sejak {}", at(pause.from)),
        },
    };
    all.push(("Waktu layanan dijeda", paused));
    all
}

async fn telling(cx: &Cx<'_>, office: &Office, one: &OutageView) -> Result<Option<Telling>, PageError> {
    let step = one.times.news(cx.now());
    let told = outages::told(cx, one.id).await?;
    let audience = requests::audience(cx, one, step).await?;
    let over = step == OutageStep::ToldOver;
    // Nobody was told that it began, and nobody waits for a date: there is nothing to say.
    if over && told.begun == 0 && audience.conversations == 0 {
        return Ok(None);
    }
    let already = if over { told.over } else { told.begun };
    Ok(Some(Telling {
        href: routes::OutageStep::at(&office.slug, one.id, "kabari"),
        title: if over { "Kabari bahwa layanan pulih" } else { "Kabari yang menunggu" },
        sentence: sentence(&audience),
        outside: outside(&audience),
        sample: requests::outage_sample(cx, office, one).await?,
        most: audience.conversations.min(MOST_TOLD),
        told: (already > 0).then(|| format!("{} percakapan sudah dikabari.", count(already))),
    }))
}

/// Whom no message reaches, and why.
fn outside(audience: &Audience) -> Vec<String> {
    let closed = (audience.closed_windows > 0).then(|| {
        format!(
            "{} permohonan tidak terjangkau: sudah lewat 24 jam sejak pesan terakhir warganya, dan WhatsApp tidak menerima pesan bebas di luar itu.",
            count(audience.closed_windows)
        )
    });
    let without = (audience.without > 0).then(|| {
        format!("{} permohonan tanpa percakapan WhatsApp tidak dikabari dari sini.", count(audience.without))
    });
    closed.into_iter().chain(without).collect()
}

fn sentence(audience: &Audience) -> String {
    match (audience.conversations, audience.more) {
        (0, _) => "Tidak ada lagi yang dapat dikabari sekarang.".to_owned(),
        (some, false) => {
            format!("{} percakapan dapat dikabari sekarang, tanpa biaya pesan.", count(some))
        }
        (some, true) => {
            format!("Lebih dari {} percakapan dapat dikabari sekarang, tanpa biaya pesan.", count(some))
        }
    }
}

fn stopped_line(office: &Office, row: StoppedRow) -> StoppedLine {
    StoppedLine {
        href: routes::Request::at(&office.slug, row.id),
        receipt: row.receipt,
        service: row.service,
        gross: duration(row.gross),
        net: working_time(row.net),
        stopped: working_time(row.stopped),
        due: match (row.ended, row.due) {
            (true, _) => "selesai".to_owned(),
            (false, Some(due)) => office.zone.deadline(due),
            (false, None) => "dijeda".to_owned(),
        },
    }
}

fn told(office: &Office, line: OutageLine) -> Line {
    let before = |(from, until): (Instant, Option<Instant>)| match until {
        Some(until) => format!("Sebelumnya {} sampai {}", office.zone.short(from), office.zone.short(until)),
        None => format!("Sebelumnya sejak {}", office.zone.short(from)),
    };
    Line {
        what: line.step.label(),
        who: line.who,
        at: office.zone.short(line.at),
        before: line.before.map(before),
    }
}
