//! `/kantor/{office}/antrean`: what to take next, and who waits how long. Sorted by who came first,
//! never by the last message.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use loket_core::{clock::Instant, permission::Permission, zone};
use serde::Deserialize;

use crate::{
    domain::{
        kpi::{self, OwnDay},
        requests::{self, QueueCounts, QueueTab},
        tenancy::Office,
        whatsapp,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Query},
        frame::{Here, frame, number_chips},
        guard::InOffice,
        live::live_blocks,
        page,
        parts::{Flag, Frame, Pager, Tab, Tag, Tone, When, count, initials},
        routes,
        site::Site,
    },
};

/// Rows of a page of the queue, as the domain cuts it.
const PAGE: u64 = 50;

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
    live_href: String,
    rows: Vec<Row>,
    empty_title: &'static str,
    empty_text: &'static str,
    pager: Pager,
}

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
    flags: Vec<Flag>,
}

impl Row {
    fn of(office: &Office, now: Instant, row: requests::QueueRow) -> Self {
        Self {
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
            flags: Flag::of_channel(row.channel).into_iter().collect(),
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
    #[serde(default)]
    hal: u64,
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    place.demand(Permission::ReadRequests)?;
    let tab = QueueTab::of(&asked.tab);
    let mut cx = Cx::read(&site.house, place.office.id, place.actor()).await?;
    let counts = requests::queue_counts(&cx).await?;
    let (found, more) = requests::queue(&mut cx, tab, asked.hal).await?;
    let now = cx.now();
    let mut frame = frame(&site, &place, &request, Here::Queue);
    frame.chips = number_chips(&whatsapp::numbers(&cx).await?, now);
    let office = place.office.as_ref();
    let rows: Vec<Row> = found.into_iter().map(|row| Row::of(office, now, row)).collect();
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
        live_href: routes::Queue::at(&office.slug, tab.word(), asked.hal),
        empty_title: empty(tab).0,
        empty_text: empty(tab).1,
        pager: pager(office, tab, (asked.hal, rows.len() as u64, more), of(&counts, tab)),
        rows,
    };
    page::live(&request, site.secure, &page)
}

live_blocks!(QueuePage: "rows" => as_rows);

fn of(counts: &QueueCounts, tab: QueueTab) -> u64 {
    counts.iter().find(|(one, _)| *one == tab).map_or(0, |(_, count)| *count)
}

/// Whoever only oversees has no queue of their own.
const fn heading(works: bool) -> &'static str {
    if works { "Antrean" } else { "Permohonan" }
}

/// The queue in a sentence.
fn sentence(counts: &QueueCounts, works: bool) -> String {
    let (turn, mine) = (of(counts, QueueTab::Turn), of(counts, QueueTab::Mine));
    let waiting = match turn {
        0 => "Tidak ada yang menunggu giliran".to_owned(),
        turn => format!("{} menunggu giliran", count(turn)),
    };
    match mine {
        _ if !works => format!("{waiting}, {} sedang ditangani.", count(of(counts, QueueTab::Handled))),
        0 => format!("{waiting}."),
        mine => format!("{waiting}, {} Bapak/Ibu tangani.", count(mine)),
    }
}

/// The officer's own day in a line.
fn own_words(day: &OwnDay, now: Instant) -> String {
    let waiting = match day.waiting_since {
        Some(since) => format!("yang terlama menunggu jawaban Bapak/Ibu {}", zone::duration(now - since)),
        None => "tidak ada yang menunggu jawaban Bapak/Ibu".to_owned(),
    };
    let (taken, answered, settled) = (count(day.taken), count(day.answered), count(day.settled));
    format!(
        "Hari ini Bapak/Ibu: {taken} diambil, {answered} dijawab, {settled} selesai atau ditolak; {waiting}."
    )
}

/// Whoever handles nothing has no tab of their own work.
fn tabs(office: &Office, current: QueueTab, counts: &QueueCounts, works: bool) -> Vec<Tab> {
    counts
        .iter()
        .filter(|(tab, _)| works || *tab != QueueTab::Mine)
        .map(|(tab, count)| Tab {
            label: tab.label().to_owned(),
            href: routes::Queue::at(&office.slug, tab.word(), 0),
            count: Some(*count),
            current: *tab == current,
        })
        .collect()
}

const fn empty(tab: QueueTab) -> (&'static str, &'static str) {
    match tab {
        QueueTab::Turn => ("Tidak ada yang menunggu", "Pesan baru akan muncul di sini."),
        QueueTab::Mine => ("Belum ada yang Bapak/Ibu tangani", "Tekan “Ambil berikutnya” untuk mulai."),
        QueueTab::Waiting => {
            ("Tidak ada yang menunggu warga", "Permintaan berkas yang belum dijawab muncul di sini.")
        }
        QueueTab::Ready => ("Belum ada yang siap", "Hasil yang siap dikirim atau diambil muncul di sini."),
        QueueTab::Handled => {
            ("Tidak ada yang sedang ditangani", "Permohonan yang sudah diambil muncul di sini.")
        }
    }
}

fn pager(office: &Office, tab: QueueTab, (page, shown, more): (u64, u64, bool), all: u64) -> Pager {
    let first = page.saturating_mul(PAGE);
    let text = match shown {
        0 => String::new(),
        shown => {
            format!("{}–{} dari {}", count(first + 1), count(first + shown), count(all.max(first + shown)))
        }
    };
    let at = |page| routes::Queue::at(&office.slug, tab.word(), page);
    Pager { text, previous: page.checked_sub(1).map(at), next: more.then(|| at(page + 1)) }
}

#[derive(Deserialize)]
struct Nothing {}

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
            &routes::Queue::at(slug, QueueTab::Turn.word(), 0),
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
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    fn counts(turn: u64, mine: u64) -> QueueCounts {
        QueueTab::ALL
            .into_iter()
            .map(|tab| {
                (
                    tab,
                    if tab == QueueTab::Turn {
                        turn
                    } else if tab == QueueTab::Mine {
                        mine
                    } else {
                        0
                    },
                )
            })
            .collect()
    }

    fn page(rows: Vec<Row>) -> QueuePage {
        let office = samples::office();
        QueuePage {
            frame: samples::frame(),
            heading: heading(true),
            sentence: sentence(&counts(12, 3), true),
            own: Some(own_words(&OwnDay::default(), samples::now())),
            tabs: tabs(&office, QueueTab::Turn, &counts(12, 3), true),
            take_href: Some(routes::TakeNext::at(&office.slug)),
            new_href: Some(routes::NewRequest::at(&office.slug)),
            live_href: String::new(),
            empty_title: empty(QueueTab::Turn).0,
            empty_text: empty(QueueTab::Turn).1,
            pager: pager(&office, QueueTab::Turn, (0, 1, false), 1),
            rows,
        }
    }

    #[test]
    fn the_queue_is_told_in_a_sentence() {
        assert_eq!(sentence(&counts(12, 3), true), "12 menunggu giliran, 3 Bapak/Ibu tangani.");
        assert_eq!(sentence(&counts(0, 0), true), "Tidak ada yang menunggu giliran.");
        assert_eq!(sentence(&counts(12, 3), false), "12 menunggu giliran, 0 sedang ditangani.");
    }

    #[test]
    fn an_officer_sees_their_own_day_in_a_line() {
        let since = samples::now() - chrono::TimeDelta::minutes(125);
        let day = OwnDay { taken: 3, answered: 2, settled: 1, waiting_since: Some(since) };
        assert_eq!(
            own_words(&day, samples::now()),
            "Hari ini Bapak/Ibu: 3 diambil, 2 dijawab, 1 selesai atau ditolak; yang terlama menunggu jawaban Bapak/Ibu 2 jam 5 menit."
        );
    }

    #[test]
    fn a_page_says_which_rows_of_how_many_it_shows() {
        let pager = pager(&samples::office(), QueueTab::Turn, (1, 50, true), 1_204);
        assert_eq!(pager.text, "51–100 dari 1.204");
        assert_eq!(pager.previous.as_deref(), Some("/kantor/kab-tangerang/antrean?tab=giliran"));
        assert_eq!(pager.next.as_deref(), Some("/kantor/kab-tangerang/antrean?tab=giliran&hal=2"));
    }

    #[test]
    fn the_queue_renders_its_samples() {
        let office = samples::office();
        let rows = vec![Row::of(&office, samples::now(), samples::row())];
        let html = page(rows).render().unwrap_or_default();
        for part in ["TNG-2611-00042-K", "SITI A…", "1/2", "Tigaraksa", "Ambil berikutnya", "Giliran"] {
            assert!(html.contains(part), "{part}");
        }
        let empty = page(Vec::new());
        assert!(empty.as_rows().render().unwrap_or_default().contains("Tidak ada yang menunggu"));
    }

    #[test]
    fn papers_are_told_in_a_fraction_and_in_words() {
        let mut row = Row::of(&samples::office(), samples::now(), samples::row());
        assert_eq!((row.papers_short().as_str(), row.papers_tone()), ("1/2", "warn"));
        row.papers = (0, 0);
        assert_eq!((row.papers_short().as_str(), row.papers_words().as_str()), ("–", "tanpa berkas"));
    }
}
