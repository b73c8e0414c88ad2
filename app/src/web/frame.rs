//! What stands around every page of an office: the few destinations of the person's role, their other
//! offices, the state of the service.

use actix_web::HttpRequest;
use loket_core::{
    clock::Instant, kinds::OfficeStatus, outage::Disruption, permission::Permission, text::capital, zone,
};

use super::{
    flash,
    guard::InOffice,
    parts::{Banner, Chip, Destination, Frame},
    routes, seats,
    site::Site,
};
use crate::domain::{requests::QueueTab, tenancy::Office, whatsapp::NumberView};

/// More of them would push the search aside.
const MOST_CHIPS: usize = 4;

/// Which destination a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// The queue and its requests.
    Queue,
    /// The conversations.
    Conversations,
    /// The overview.
    Overview,
    /// What keeps the office from working.
    Outages,
    /// What the office prints with.
    Stock,
    /// What is owed to whoever was not served in time.
    Compensations,
    /// What could not be read.
    Quarantine,
    /// What an administrator sets.
    Settings,
    /// None of them.
    Elsewhere,
}

/// The frame of a page.
pub fn frame(site: &Site, place: &InOffice, request: &HttpRequest, here: Here) -> Frame {
    let office = place.office.as_ref();
    let session = &place.signed.session;
    Frame {
        office_name: office.name.clone(),
        office_short: office.receipt_code.clone(),
        person_name: session.name.clone(),
        person_role: place.standing.role().map(|role| role.label().to_owned()).unwrap_or_default(),
        acting: session.acting(office.id).map(|acting| acting.words(office)),
        zone: office.zone.word(),
        csrf: place.csrf().token(),
        demo: site.demo,
        destinations: destinations(office, &|permission| place.may(permission), here),
        chips: Vec::new(),
        banner: banner(place, here, site.house.clock.now()),
        flash: flash::read(request),
        search_href: if place.may(Permission::ReadRequests) {
            routes::Search::at(&office.slug)
        } else {
            String::new()
        },
        sign_out_href: routes::SignOut::PATTERN.to_owned(),
        sessions_href: routes::Sessions::PATTERN.to_owned(),
        offices: seats::others(session, &routes::Office::at(&office.slug)),
        stream_href: if place.may(Permission::ReadRequests) || place.may(Permission::ReadFigures) {
            routes::Live::at(&office.slug, site.house.clock.now())
        } else {
            String::new()
        },
    }
}

/// What concerns everybody: that the office has not opened, or what keeps it from working.
fn banner(place: &InOffice, here: Here, now: Instant) -> Option<Banner> {
    let office = place.office.as_ref();
    if office.status == OfficeStatus::New {
        let text = not_open(place.may(Permission::ConfigureOffice));
        return Some(Banner { text, href: None });
    }
    let lasts = |one: &Disruption| {
        let since = office.zone.short(one.from);
        format!("{} sejak {since}, {} berjalan", capital(one.kind.words()), zone::duration(now - one.from))
    };
    let all: Vec<String> = office.disruptions.iter().map(lasts).collect();
    // The ledger says it itself.
    (!all.is_empty() && here != Here::Outages).then(|| Banner {
        text: format!("{}. Waktu layanan yang terdampak dijeda.", all.join("; ")),
        href: place.may(Permission::ReadOutages).then(|| routes::Outages::at(&office.slug)),
    })
}

/// What stands on every page of an office that has not opened: what is missing, and who sees to it.
fn not_open(configures: bool) -> String {
    let next = if configures {
        "Selesaikan daftar di Pengaturan, lalu buka kantor."
    } else {
        "Admin kantor sedang menyiapkannya. Pesan dan permohonan warga muncul di sini setelah nomor WhatsApp tersambung."
    };
    format!("Kantor ini belum buka. {next}")
}

/// When each number in use last received something: an office whose numbers have gone quiet sees it.
pub fn number_chips(numbers: &[NumberView], now: Instant) -> Vec<Chip> {
    let chip = |number: &NumberView| Chip {
        label: match number.last_inbound_at {
            Some(at) => format!("Nomor {}: pesan terakhir {}", number.label, zone::relative(at, now)),
            None => format!("Nomor {}: belum ada pesan", number.label),
        },
        tone: "quiet",
        href: None,
    };
    numbers.iter().filter(|number| number.active).take(MOST_CHIPS).map(chip).collect()
}

/// Where a person begins in an office; nothing when their role has no page yet.
pub fn start(office: &Office, may: &dyn Fn(Permission) -> bool) -> Option<String> {
    if office.status == OfficeStatus::New && may(Permission::ConfigureOffice) {
        return Some(routes::Settings::at(&office.slug));
    }
    destinations(office, may, Here::Elsewhere).into_iter().next().map(|first| first.href)
}

/// Whoever handles requests begins with them, whoever only oversees begins with the figures.
fn destinations(office: &Office, may: &dyn Fn(Permission) -> bool, here: Here) -> Vec<Destination> {
    let slug = &office.slug;
    let works = may(Permission::HandleRequests);
    let mut all = Vec::new();
    let mut add = |at: Here, label, icon, href| {
        all.push(Destination { label, icon, href, current: at == here, count: None });
    };
    if may(Permission::ReadFigures) && !works {
        add(Here::Overview, "Ringkasan", "chart", routes::Overview::at(slug));
    }
    if may(Permission::ReadRequests) {
        let (label, tab) =
            if works { ("Antrean", QueueTab::Turn) } else { ("Permohonan", QueueTab::Handled) };
        add(Here::Queue, label, "inbox", routes::Queue::at(slug, tab.word()));
        add(Here::Conversations, "Percakapan", "chat", routes::Conversations::at(slug, "belum", 0));
    }
    if may(Permission::ReadFigures) && works {
        add(Here::Overview, "Ringkasan", "chart", routes::Overview::at(slug));
    }
    if may(Permission::ManageQuarantine) {
        add(Here::Quarantine, "Penampung", "quarantine", routes::Quarantine::at(slug, 0));
    }
    if may(Permission::ReadOutages) {
        add(Here::Outages, "Gangguan", "alert", routes::Outages::at(slug));
        add(Here::Stock, "Stok", "box", routes::Stock::at(slug));
    }
    // Whoever oversees answers for what was promised; the others find it on the page of a request.
    if may(Permission::ReadRequests) && may(Permission::ReadFigures) {
        add(Here::Compensations, "Kompensasi", "heart", routes::Compensations::at(slug));
    }
    if may(Permission::NameActing) && !may(Permission::ConfigureOffice) {
        add(Here::Settings, "Delegasi", "users", routes::Delegations::at(slug));
    }
    if may(Permission::ConfigureOffice) {
        add(Here::Settings, "Pengaturan", "settings", routes::Settings::at(slug));
    }
    all
}

#[cfg(test)]
mod tests {
    use loket_core::{kinds::Role, permission::preset};

    use super::*;
    use crate::web::kantor::samples;

    fn labels(role: Role) -> Vec<&'static str> {
        let may = |permission| preset(role).contains(&permission);
        destinations(&samples::office(), &may, Here::Queue).into_iter().map(|d| d.label).collect()
    }

    #[test]
    fn each_role_begins_where_its_work_is() {
        assert_eq!(labels(Role::Operator), ["Antrean", "Percakapan", "Gangguan", "Stok"]);
        assert_eq!(
            labels(Role::Head),
            ["Ringkasan", "Permohonan", "Percakapan", "Gangguan", "Stok", "Kompensasi", "Delegasi"]
        );
        assert_eq!(
            labels(Role::Supervisor),
            ["Antrean", "Percakapan", "Ringkasan", "Penampung", "Gangguan", "Stok", "Kompensasi"]
        );
        assert_eq!(labels(Role::OfficeAdmin), ["Penampung", "Gangguan", "Stok", "Pengaturan"]);
        assert!(labels(Role::ComplaintOfficer).is_empty());
    }

    #[test]
    fn the_admin_of_an_office_that_has_not_opened_begins_with_what_is_to_be_set() {
        let new = Office { status: OfficeStatus::New, ..samples::office() };
        let begins = |office: &Office, role| start(office, &|permission| preset(role).contains(&permission));
        assert_eq!(begins(&new, Role::OfficeAdmin).as_deref(), Some("/kantor/kab-tangerang/pengaturan"));
        assert_eq!(
            begins(&samples::office(), Role::OfficeAdmin).as_deref(),
            Some("/kantor/kab-tangerang/penampung")
        );
        assert_eq!(begins(&new, Role::Operator), begins(&samples::office(), Role::Operator));
    }

    #[test]
    fn a_number_says_when_it_last_received_something() {
        let number = |label: &str, last_inbound_at, active| NumberView {
            has_token: true,
            id: loket_core::id::NumberId::NIL,
            phone_number_id: String::new(),
            waba_id: String::new(),
            label: label.to_owned(),
            display: String::new(),
            last_inbound_at,
            active,
        };
        let now = samples::now();
        let two_minutes_ago = Some(now - chrono::TimeDelta::minutes(2));
        let numbers =
            [number("KTP", two_minutes_ago, true), number("KK", None, true), number("X", None, false)];
        let labels: Vec<_> = number_chips(&numbers, now).into_iter().map(|chip| chip.label).collect();
        assert_eq!(labels, ["Nomor KTP: pesan terakhir 2 menit lalu", "Nomor KK: belum ada pesan"]);
    }

    #[test]
    fn the_page_one_is_on_is_marked() {
        let all = destinations(&samples::office(), &|_| true, Here::Queue);
        let current: Vec<_> = all.iter().filter(|d| d.current).map(|d| d.label).collect();
        assert_eq!(current, ["Antrean"]);
        assert_eq!(
            start(&samples::office(), &|permission| permission == Permission::ReadFigures).as_deref(),
            Some("/kantor/kab-tangerang/ringkasan")
        );
    }
}
