//! One entry: what it touches, what it stopped, who is told, who stands by it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    clock::Instant,
    id::OutageId,
    outage::{Approval, OutageStep, Provider},
    permission::Permission,
    zone::{duration, working_time},
};

use super::{
    isian,
    langkah::MOST_TOLD,
    tampak::{Names, lasted, tags},
};
use crate::{
    domain::{
        outages::{self, OutageLine, OutageView},
        requests::{self, Audience, StoppedRow},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Tag, count},
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
    stopped: Option<Stopped>,
    history: Vec<Line>,
}

/// Saying that it is over, or that work goes on.
struct Ending {
    end_href: String,
    around_href: Option<String>,
    now: String,
}

/// Telling whoever waits.
struct Telling {
    href: String,
    title: &'static str,
    sentence: String,
    outside: Option<String>,
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
    providers: Vec<Choice>,
    reference: String,
    note: String,
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
    seat.demand(Permission::ReadOutages)?;
    let id: OutageId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let one = outages::outage(&cx, id).await?.ok_or(PageError::NotFound)?;
    let reports = seat.may(Permission::ReportOutages);
    let telling = if reports { telling(&cx, office, &one).await? } else { None };
    let stopped = if seat.may(Permission::ReadRequests) {
        let (rows, more) = requests::stopped(&cx, &one).await?;
        Some(Stopped { rows: rows.into_iter().map(|row| stopped_line(office, row)).collect(), more })
    } else {
        None
    };
    let approves = seat.may(Permission::ApproveOutages);
    let own = one.entered_by.is_some() && one.entered_by == cx.officer();
    let history = outages::history(&cx, id).await?;
    let names = Names::of(&cx).await?;
    let now = cx.now();
    let shown = OutagePage {
        frame: frame(&site, &seat, &request, Here::Outages),
        crumbs: vec![Crumb::new("Gangguan", routes::Outages::at(&office.slug))],
        title: format!("{}, {}", one.kind.label(), office.zone.short(one.times.from)),
        tags: tags(&one),
        facts: facts(office, &one, (&names, lasted(&one, now))),
        note: one.note.clone(),
        zone: office.zone.word(),
        ending: (reports && one.times.is_open()).then(|| Ending {
            end_href: routes::OutageStep::at(&office.slug, id, "pulih"),
            around_href: one.times.around.is_none().then(|| routes::OutageStep::at(&office.slug, id, "alih")),
            now: isian::shown(now, office.zone),
        }),
        telling,
        own: own && one.times.approval == Approval::Waiting,
        deciding: (approves && !own).then(|| Deciding {
            href: routes::OutageStep::at(&office.slug, id, "putuskan"),
            version: one.version,
            from: isian::shown(one.times.from, office.zone),
            until: one.times.until.map(|until| isian::shown(until, office.zone)),
        }),
        changing: reports.then(|| Changing {
            href: routes::OutageStep::at(&office.slug, id, "ubah"),
            providers: Provider::ALL
                .iter()
                .map(|provider| {
                    Choice::new(provider.word(), provider.label()).chosen(*provider == one.provider)
                })
                .collect(),
            reference: one.reference.clone().unwrap_or_default(),
            note: one.note.clone(),
        }),
        stopped,
        history: history.into_iter().map(|line| told(office, line)).collect(),
    };
    page::whole(&request, site.secure, &shown)
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
    all.push(("Menyentuh", names.scope(&one.scope)));
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
    let step = if one.times.is_open() { OutageStep::ToldBegun } else { OutageStep::ToldOver };
    let told = outages::told(cx, one.id).await?;
    // Nobody was told that it began: nobody waits to hear that it is over.
    if step == OutageStep::ToldOver && told.begun == 0 {
        return Ok(None);
    }
    let audience = requests::audience(cx, one, step).await?;
    let already = if step == OutageStep::ToldBegun { told.begun } else { told.over };
    Ok(Some(Telling {
        href: routes::OutageStep::at(&office.slug, one.id, "kabari"),
        title: if one.times.is_open() { "Kabari yang menunggu" } else { "Kabari bahwa layanan pulih" },
        sentence: sentence(&audience),
        outside: (audience.closed_windows > 0).then(|| {
            format!(
                "{} permohonan tidak terjangkau: sudah lewat 24 jam sejak pesan terakhir warganya, dan WhatsApp tidak menerima pesan bebas di luar itu.",
                count(audience.closed_windows)
            )
        }),
        sample: requests::outage_sample(cx, office, one).await?,
        most: audience.conversations.min(MOST_TOLD),
        told: (already > 0).then(|| format!("{} percakapan sudah dikabari.", count(already))),
    }))
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
