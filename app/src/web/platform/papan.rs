//! `/platform`: every office, and whether what comes in is read and what follows is done.

use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use chrono::TimeDelta;
use loket_core::{clock::Instant, id::OfficeId, kinds::OfficeStatus, zone};

use super::{Here, ZONE, frame};
use crate::{
    domain::{
        regions,
        tenancy::{self, Office},
        whatsapp::metrics::{self, Inbox},
    },
    infra::PlatformTx,
    queue::{self, Backlog},
    web::{
        above,
        error::PageError,
        guard::OnPlatform,
        new_office::{self, FirstAdminForm},
        page,
        parts::{Frame, Tag, Tile, Tone, When, count},
        routes,
        site::Site,
    },
};

/// A body that waits longer than this says that the readers do not keep up.
const SLOW: TimeDelta = TimeDelta::seconds(30);
/// And longer than this, that they stand still.
const STUCK: TimeDelta = TimeDelta::minutes(5);

/// The page.
#[derive(Template)]
#[template(path = "platform/papan.html")]
pub struct PlatformBoard {
    frame: Frame,
    sentence: String,
    as_of: When,
    tiles: Vec<Tile>,
    checks: Vec<HealthLine>,
    offices: Vec<PlatformOffice>,
    new_href: String,
    invite_href: String,
}

/// One part of the installation.
pub struct HealthLine {
    name: &'static str,
    state: Tag,
    note: String,
}

/// One office.
pub struct PlatformOffice {
    id: OfficeId,
    name: String,
    code: String,
    province: String,
    kind: &'static str,
    state: Tag,
    first_admin: Option<FirstAdminForm>,
}

/// How the installation fares.
#[derive(Debug, Clone, Copy)]
struct Health {
    inbox: Inbox,
    backlog: Backlog,
}

impl Health {
    fn inbox_line(self) -> HealthLine {
        let waiting = count(self.inbox.waiting);
        let (word, tone) = pace(self.inbox.oldest);
        let note = match self.inbox.waiting {
            0 => "Tidak ada kiriman yang menunggu dibaca.".to_owned(),
            _ => format!("{waiting} menunggu, yang tertua {}.", zone::duration(self.inbox.oldest)),
        };
        HealthLine { name: "Kiriman masuk dari WhatsApp", state: Tag::new(word, tone), note }
    }

    fn queue_line(self) -> HealthLine {
        let (word, tone) = pace(self.backlog.oldest);
        let note = if self.backlog.oldest <= TimeDelta::zero() {
            "Tidak ada pekerjaan yang menunggu.".to_owned()
        } else {
            format!("Pekerjaan tertua menunggu {}.", zone::duration(self.backlog.oldest))
        };
        HealthLine { name: "Antrean pekerjaan", state: Tag::new(word, tone), note }
    }

    fn parked_line(self) -> HealthLine {
        let (state, note) = match self.backlog.parked {
            0 => (Tag::new("Sehat", "ok"), "Tidak ada pekerjaan yang gagal menetap.".to_owned()),
            parked => (
                Tag::new("Perlu diperiksa", "bad"),
                format!("{} pekerjaan gagal menetap dan menunggu tindakan.", count(parked)),
            ),
        };
        HealthLine { name: "Pekerjaan yang diparkir", state, note }
    }

    fn lines(self) -> Vec<HealthLine> {
        vec![self.inbox_line(), self.queue_line(), self.parked_line()]
    }

    fn tiles(self) -> Vec<Tile> {
        let (oldest, unit) = seconds(self.inbox.oldest);
        vec![
            tile("Kiriman tertua belum dibaca", (oldest, unit), pace(self.inbox.oldest).1),
            tile("Kiriman menunggu dibaca", (count(self.inbox.waiting), ""), ""),
            tile(
                "Pekerjaan diparkir",
                (count(self.backlog.parked), ""),
                if self.backlog.parked > 0 { "bad" } else { "" },
            ),
        ]
    }
}

fn tile(label: &str, (value, unit): (String, &str), tone: Tone) -> Tile {
    Tile::new(label, value).unit(unit).tone(tone)
}

fn seconds(span: TimeDelta) -> (String, &'static str) {
    match span.num_seconds() {
        seconds if seconds < 120 => (zone::number(seconds.max(0)), "detik"),
        seconds => (zone::number(seconds / 60), "menit"),
    }
}

/// What the age of the oldest that waits says.
fn pace(oldest: TimeDelta) -> (&'static str, Tone) {
    match oldest {
        oldest if oldest >= STUCK => ("Berhenti", "bad"),
        oldest if oldest >= SLOW => ("Lambat", "warn"),
        _ => ("Sehat", "ok"),
    }
}

impl PlatformBoard {
    fn of(frame: Frame, offices: Vec<Office>, health: Health, now: Instant) -> Self {
        let states: Vec<OfficeStatus> = offices.iter().map(|office| office.status).collect();
        let checks = health.lines();
        let sick = checks.iter().filter(|line| line.state.tone != "ok").count();
        let health_words = match sick {
            0 => "Semua bagian sehat.".to_owned(),
            sick => format!("{sick} bagian perlu diperiksa."),
        };
        Self {
            frame,
            sentence: format!("{} {health_words}", above::sentence(&states)),
            as_of: When::plain(now, now, ZONE),
            tiles: health.tiles(),
            checks,
            offices: offices.into_iter().map(office_row).collect(),
            new_href: routes::PlatformNewOffice::at(),
            invite_href: routes::PlatformInvite::at(),
        }
    }
}

fn office_row(office: Office) -> PlatformOffice {
    let province = regions::province(&office.province_code);
    PlatformOffice {
        id: office.id,
        first_admin: None,
        name: office.name,
        code: above::dotted(&office.region_code),
        province: province.map(|province| province.name.to_owned()).unwrap_or_default(),
        kind: above::kind(office.kind),
        state: above::state(office.status),
    }
}

/// Shows the board.
async fn get(
    site: web::Data<Site>,
    seat: OnPlatform,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let inbox = metrics::inbox(&site.house).await?;
    let backlog = queue::backlog(&site.house).await?;
    let tx = PlatformTx::read(&site.house).await?;
    let offices = tenancy::all_offices(&tx).await?;
    let mut waiting = new_office::forms(&tx, &offices).await?;
    drop(tx);
    let health = Health { inbox, backlog };
    let frame = frame(&site, &request, &seat, Here::Board);
    let mut board = PlatformBoard::of(frame, offices, health, site.house.clock.now());
    for office in &mut board.offices {
        office.first_admin = waiting.remove(&office.id);
    }
    page::whole(&request, site.secure, &board)
}

/// Registers the page.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(routes::Platform::PATTERN).route(web::get().to(get)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    fn drawn(seconds: i64, parked: u64) -> Result<String, askama::Error> {
        let inbox = Inbox { oldest: TimeDelta::seconds(seconds), waiting: 3 };
        let health = Health { inbox, backlog: Backlog { oldest: TimeDelta::zero(), parked } };
        PlatformBoard::of(samples::frame(), vec![samples::office()], health, samples::now()).render()
    }

    #[test]
    fn a_healthy_installation_says_so_and_a_stuck_one_too() -> Result<(), askama::Error> {
        let html = drawn(1, 0)?;
        assert!(html.contains("1 kantor: 1 aktif. Semua bagian sehat.") && html.contains("Banten"));
        let html = drawn(400, 2)?;
        assert!(html.contains("2 bagian perlu diperiksa.") && html.contains("Berhenti"));
        Ok(())
    }
}
