//! `/kantor/{office}/antrean`: what to take next, and who waits how long. Sorted by who came first,
//! never by the last message.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use chrono::TimeDelta;
use loket_core::{clock::Instant, permission::Permission, request::RequestState, text::capital, zone};
use serde::Deserialize;

use crate::{
    domain::{
        kpi::{self, OwnDay},
        requests::{self, Beside, Counted, Cursor, QueueCounts, QueueTab},
        tenancy::Office,
        whatsapp,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing, Query},
        frame::{Here, frame, number_chips},
        guard::InOffice,
        live::live_blocks,
        page,
        parts::{Flag, Frame, Pager, Tab, Tag, Tone, When, count, initials},
        routes,
        site::Site,
    },
};

/// Registers the queue.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Queue::PATTERN).route(web::get().to(get)))
        .service(web::resource(routes::TakeNext::PATTERN).route(web::post().to(take_next)));
}

#[derive(Template)]
#[template(path = "kantor/antrean.html", blocks = ["rows"])]
struct QueuePage {
    frame: Frame,
    heading: &'static str,
    sentence: String,
    own: Option<String>,
    tabs: Vec<Tab>,
    take_href: Option<String>,
    new_href: Option<String>,
    pickups_href: String,
    sent_href: String,
    visits_href: String,
    live_href: String,
    rows: Vec<Row>,
    empty_title: &'static str,
    empty_text: &'static str,
    pager: Pager,
}

/// What lies ready for longer is asked after.
const LONG_READY: TimeDelta = TimeDelta::days(7);

/// A request in the queue, as it is printed.
struct Row {
    href: String,
    receipt: String,
    service: String,
    applicant: String,
    district: String,
    papers: (i64, i64),
    officer: Option<String>,
    waiting: Option<When>,
    age: When,
    state: Tag,
    /// Until when it should be settled.
    due: Option<Due>,
    flags: Vec<Flag>,
}

/// Until when a request should be settled, or why that is not said.
struct Due {
    at: String,
    /// That it is over or near.
    said: Option<Tag>,
}

fn due(office: &Office, now: Instant, row: &requests::QueueRow) -> Option<Due> {
    if let Some(ready) = row.ready_at.filter(|_| row.state == RequestState::Ready) {
        let long = now - ready >= LONG_READY && !row.away;
        let said = long.then(|| Tag::new("lama belum diambil", "warn"));
        return Some(Due { at: format!("Siap sejak {}", office.zone.short(ready)), said });
    }
    if let Some(due) = row.due_at {
        let said = match row.alarm {
            _ if due < now => Some(Tag::new("lewat", "bad")),
            Some(_) => Some(Tag::new("mendekati", "warn")),
            None => None,
        };
        return Some(Due { at: office.zone.deadline(due), said });
    }
    let met = office.disrupted(row.whereabouts()).filter(|_| row.settling);
    met.map(|one| Due { at: format!("Dijeda: {}", one.kind.words()), said: None })
}

impl Row {
    fn of(office: &Office, now: Instant, row: requests::QueueRow) -> Self {
        Self {
            due: due(office, now, &row),
            href: routes::Request::at(&office.slug, row.id),
            receipt: row.receipt,
            service: row.service,
            applicant: row.subject,
            district: row.district.unwrap_or_default(),
            papers: row.papers,
            officer: row.officer,
            waiting: row.unanswered_since.map(|since| When::waiting(since, now, office.zone)),
            age: When::waiting(row.first_message_at, now, office.zone),
            state: Tag::of_state(row.state),
            flags: Flag::of_request(
                row.channel,
                (row.care, row.elsewhere && !row.state.is_terminal(), row.away),
            ),
        }
    }

    fn papers_short(&self) -> String {
        let (accepted, required) = self.papers;
        if required == 0 { "–".to_owned() } else { format!("{accepted}/{required}") }
    }

    fn papers_words(&self) -> String {
        match self.papers {
            (_, 0) => "tanpa berkas".to_owned(),
            (accepted, required) => format!("{accepted} dari {required} berkas diterima"),
        }
    }

    fn papers_tone(&self) -> Tone {
        match self.papers {
            (_, 0) => "quiet",
            (accepted, required) if accepted >= required => "ok",
            _ => "warn",
        }
    }

    fn officer_initials(&self) -> String {
        self.officer.as_deref().map(initials).unwrap_or_default()
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    tab: String,
    /// Behind which row the page begins.
    #[serde(default)]
    sesudah: String,
    /// Before which row it ends.
    #[serde(default)]
    sebelum: String,
}

impl Asked {
    fn beside(&self) -> Result<Beside, PageError> {
        let row = |text: &str| Cursor::parse(text).ok_or(PageError::Form);
        match (self.sesudah.as_str(), self.sebelum.as_str()) {
            ("", "") => Ok(Beside::Start),
            (behind, "") => row(behind).map(Beside::Behind),
            ("", before) => row(before).map(Beside::Before),
            _ => Err(PageError::Form),
        }
    }
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    place.demand(Permission::ReadRequests)?;
    let (tab, beside) = (QueueTab::of(&asked.tab), asked.beside()?);
    let cx = Cx::read(&site.house, place.office.id, place.actor()).await?;
    let counts = requests::queue_counts(&cx).await?;
    let found = requests::queue(&cx, tab, beside).await?;
    let now = cx.now();
    let mut frame = frame(&site, &place, &request, Here::Queue);
    frame.chips = number_chips(&whatsapp::numbers(&cx).await?, now);
    let office = place.office.as_ref();
    let pager = pager(office, tab, &found, of(&counts, tab));
    let rows: Vec<Row> = found.rows.into_iter().map(|row| Row::of(office, now, row)).collect();
    let may_take = place.may(Permission::HandleRequests);
    let own = if may_take { kpi::own_day(&cx, office.zone).await? } else { None };
    let page = QueuePage {
        frame,
        heading: heading(may_take),
        sentence: sentence(&counts, may_take),
        own: own.map(|day| own_words(&day, now)),
        tabs: tabs(office, tab, &counts, may_take),
        take_href: may_take.then(|| routes::TakeNext::at(&office.slug)),
        new_href: place.may(Permission::IntakeRequests).then(|| routes::NewRequest::at(&office.slug)),
        pickups_href: routes::Pickups::at(&office.slug),
        sent_href: routes::Consignments::at(&office.slug),
        visits_href: routes::HomeVisits::at(&office.slug),
        live_href: place_of(office, tab, beside),
        empty_title: empty(tab).0,
        empty_text: empty(tab).1,
        pager,
        rows,
    };
    page::live(&request, site.secure, &page)
}

live_blocks!(QueuePage: "rows" => as_rows);

fn of(counts: &QueueCounts, tab: QueueTab) -> Counted {
    counts.iter().find(|(one, _)| *one == tab).map(|(_, count)| *count).unwrap_or_default()
}

/// `12`, `lebih dari 999`
fn in_words(counted: Counted) -> String {
    let least = count(counted.at_least());
    if counted.is_more() { format!("lebih dari {least}") } else { least }
}

/// `12`, `999+`
fn in_short(counted: Counted) -> String {
    let least = count(counted.at_least());
    if counted.is_more() { format!("{least}+") } else { least }
}

/// The address of a page of a tab.
fn place_of(office: &Office, tab: QueueTab, beside: Beside) -> String {
    match beside {
        Beside::Start => routes::Queue::at(&office.slug, tab.word()),
        Beside::Behind(row) => routes::Queue::behind(&office.slug, tab.word(), &row.to_string()),
        Beside::Before(row) => routes::Queue::before(&office.slug, tab.word(), &row.to_string()),
    }
}

/// Whoever only oversees has no queue of their own.
const fn heading(works: bool) -> &'static str {
    if works { "Antrean" } else { "Permohonan" }
}

/// The queue in a sentence.
fn sentence(counts: &QueueCounts, works: bool) -> String {
    let (turn, mine) = (of(counts, QueueTab::Turn), of(counts, QueueTab::Mine));
    let waiting = match turn.at_least() {
        0 => "Tidak ada yang menunggu giliran".to_owned(),
        _ => capital(&format!("{} menunggu giliran", in_words(turn))),
    };
    match mine.at_least() {
        _ if !works => format!("{waiting}, {} sedang ditangani.", in_words(of(counts, QueueTab::Handled))),
        0 => format!("{waiting}."),
        _ => format!("{waiting}, {} Bapak/Ibu tangani.", in_words(mine)),
    }
}

/// The officer's own day in a line.
fn own_words(day: &OwnDay, now: Instant) -> String {
    let waiting = match day.waiting_since {
        Some(since) => format!("yang terlama menunggu jawaban Bapak/Ibu {}", zone::duration(now - since)),
        None => "tidak ada yang menunggu jawaban Bapak/Ibu".to_owned(),
    };
    let (taken, answered, closed) = (count(day.taken), count(day.answered), count(day.closed));
    format!(
        "Hari ini Bapak/Ibu: {taken} diambil, {answered} percakapan dijawab, {closed} ditutup; {waiting}."
    )
}

/// Whoever handles nothing has no tab of their own work.
fn tabs(office: &Office, current: QueueTab, counts: &QueueCounts, works: bool) -> Vec<Tab> {
    counts
        .iter()
        .filter(|(tab, _)| works || *tab != QueueTab::Mine)
        .map(|(tab, count)| Tab {
            label: tab.label().to_owned(),
            href: routes::Queue::at(&office.slug, tab.word()),
            count: Some(in_short(*count)),
            current: *tab == current,
        })
        .collect()
}

const fn empty(tab: QueueTab) -> (&'static str, &'static str) {
    match tab {
        QueueTab::Turn => ("Tidak ada yang menunggu", "Pesan baru akan muncul di sini."),
        QueueTab::Mine => ("Belum ada yang Bapak/Ibu tangani", "Tekan “Ambil berikutnya” untuk mulai."),
        QueueTab::Pressing => (
            "Tidak ada yang mendesak",
            "Yang empat per lima waktunya sudah terpakai, atau lewat, muncul di sini.",
        ),
        QueueTab::Waiting => {
            ("Tidak ada yang menunggu warga", "Permintaan berkas yang belum dijawab muncul di sini.")
        }
        QueueTab::Ready => ("Belum ada yang siap", "Hasil yang siap dikirim atau diambil muncul di sini."),
        QueueTab::Handled => {
            ("Tidak ada yang sedang ditangani", "Permohonan yang sudah diambil muncul di sini.")
        }
    }
}

fn pager(office: &Office, tab: QueueTab, page: &requests::QueuePage, all: Counted) -> Pager {
    let text = match page.rows.len() as u64 {
        0 => String::new(),
        shown => format!("{} dari {}", count(shown), in_words(all)),
    };
    let at = |beside| place_of(office, tab, beside);
    Pager {
        text,
        previous: page.before.map(Beside::Before).map(at),
        next: page.behind.map(Beside::Behind).map(at),
    }
}

async fn take_next(
    site: Data<Site>,
    place: InOffice,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(place.csrf())?;
    place.demand(Permission::HandleRequests)?;
    let slug = &place.office.slug;
    let taken = match take_one(&site, &place).await {
        // A colleague was faster: the next one is as good.
        Err(PageError::Stale) => take_one(&site, &place).await?,
        other => other?,
    };
    Ok(match taken {
        Some(id) => {
            flash::see_other(site.secure, &routes::Request::at(slug, id), "Permohonan ini Bapak/Ibu tangani.")
        }
        None => flash::see_other(
            site.secure,
            &routes::Queue::at(slug, QueueTab::Turn.word()),
            "Tidak ada yang menunggu.",
        ),
    })
}

async fn take_one(site: &Site, place: &InOffice) -> Result<Option<loket_core::id::RequestId>, PageError> {
    let mut cx = Cx::write(&site.house, place.office.id, place.actor()).await?;
    let taken = requests::take_next(&mut cx).await?;
    // Nothing was taken: nothing was written, and there is nothing to commit.
    if taken.is_some() {
        cx.commit().await?;
    }
    Ok(taken)
}

#[cfg(test)]
mod tests;
