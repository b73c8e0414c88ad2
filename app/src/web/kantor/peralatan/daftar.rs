//! What the office works with: what is broken and what is due stands first.

use actix_web::{HttpRequest, HttpResponse, web::Data};
use askama::Template;
use chrono::NaiveDate;
use loket_core::{
    equipment::{EquipmentState, Nearness, nearness},
    permission::Permission,
    zone,
};
use serde::Deserialize;

use super::tampak::{day, state};
use crate::{
    domain::equipment::{self, PieceLine},
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Tab, Tag, count},
        routes,
        site::Site,
    },
};

/// The word of the tab of what is used no more.
const RETIRED: &str = "lama";
const NONE: (&str, &str) = (
    "Belum ada peralatan yang dicatat",
    "Catat printer, pemindai, dan kamera dengan jarak perawatannya. Yang rusak dan yang waktunya dirawat lalu tampil di atas.",
);
const NO_OLD: (&str, &str) = (
    "Tidak ada alat yang berhenti dipakai",
    "Alat yang tidak dipakai lagi tetap tersimpan di sini dengan riwayatnya.",
);

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    tab: String,
}

#[derive(Template)]
#[template(path = "kantor/peralatan.html")]
struct EquipmentPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    sentence: String,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    empty: (&'static str, &'static str),
    new_href: Option<String>,
}

struct Row {
    href: String,
    name: String,
    kind: &'static str,
    place: String,
    tag: Tag,
    since: Option<String>,
    serviced: String,
    due: String,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let old = asked.tab == RETIRED;
    let lines = if old { equipment::retired(&cx).await? } else { equipment::lines(&cx).await? };
    let today = office.zone.date(cx.now());
    let row = |line: &PieceLine| Row {
        href: routes::EquipmentPiece::at(&office.slug, line.id),
        name: line.name.clone(),
        kind: line.kind.label(),
        place: line.unit.as_ref().map_or_else(|| "Kantor".to_owned(), |(_, name)| name.clone()),
        tag: state(line, today),
        since: line.since.filter(|_| line.state != EquipmentState::Working).map(zone::long_date),
        serviced: day(line.serviced_on),
        due: day(line.due_on),
    };
    let (may_enter, units) = equipment::reached(&cx).await?;
    let may_enter = may_enter || !units.is_empty();
    let tab = |label: &str, word: &str, current| Tab {
        label: label.to_owned(),
        href: routes::Equipment::tab(&office.slug, word),
        current,
        count: None,
    };
    let page = EquipmentPage {
        frame: frame(&site, &seat, &request, Here::Stock),
        crumbs: vec![Crumb::new("Stok", routes::Stock::at(&office.slug))],
        sentence: if old { retired(&lines) } else { sentence(&lines, today) },
        tabs: vec![tab("Dipakai", "", !old), tab("Tidak dipakai lagi", RETIRED, old)],
        empty: if old { NO_OLD } else { NONE },
        rows: lines.iter().map(row).collect(),
        new_href: may_enter.then(|| routes::EquipmentNew::at(&office.slug)),
    };
    page::whole(&request, site.secure, &page)
}

/// The equipment in a sentence, what is to be done first.
fn sentence(lines: &[PieceLine], today: NaiveDate) -> String {
    let works = |line: &&PieceLine| line.state == EquipmentState::Working;
    let due = |which: Nearness| {
        let near = |line: &&PieceLine| line.due_on.is_some_and(|due| nearness(due, today) == which);
        lines.iter().filter(works).filter(near).count() as u64
    };
    let broken = lines.iter().filter(|line| line.state == EquipmentState::Broken).count() as u64;
    let unplanned = lines.iter().filter(works).filter(|line| line.every.is_none()).count() as u64;
    let parts = [
        (broken, "rusak"),
        (due(Nearness::Over), "lewat jadwal perawatan"),
        (due(Nearness::Soon), "perlu dirawat dalam dua minggu"),
    ];
    let told: Vec<String> = parts
        .into_iter()
        .filter(|(some, _)| *some > 0)
        .map(|(some, word)| format!("{} alat {word}", count(some)))
        .collect();
    match (lines.is_empty(), told.is_empty(), unplanned) {
        (true, ..) => "Belum ada peralatan yang dicatat.".to_owned(),
        (_, true, 0) => "Semua alat baik dan terawat sesuai jadwal.".to_owned(),
        (_, true, some) => {
            format!("Tidak ada yang rusak; {} alat belum dijadwalkan perawatannya.", count(some))
        }
        (_, false, _) => format!("{}.", told.join("; ")),
    }
}

/// What is used no more, in a sentence.
fn retired(lines: &[PieceLine]) -> String {
    match lines.len() as u64 {
        0 => "Tidak ada alat yang berhenti dipakai.".to_owned(),
        some => format!("{} alat, yang terakhir berhenti dipakai di atas.", count(some)),
    }
}

#[cfg(test)]
mod tests {
    use loket_core::{
        equipment::{EquipmentKind, Every},
        id::EquipmentId,
    };

    use super::*;

    fn piece(state: EquipmentState, due: Option<&str>) -> PieceLine {
        PieceLine {
            id: EquipmentId::NIL,
            kind: EquipmentKind::CardPrinter,
            name: "Printer KTP 2".to_owned(),
            serial: String::new(),
            unit: None,
            state,
            since: None,
            every: due.and(Every::months(3)),
            serviced_on: None,
            due_on: due.and_then(|due| due.parse().ok()),
            version: 1,
        }
    }

    #[test]
    fn the_equipment_is_told_in_a_sentence_that_begins_with_what_is_broken() {
        let today = "2026-11-23".parse().unwrap_or_default();
        let told = |lines: &[PieceLine]| sentence(lines, today);
        assert_eq!(told(&[]), "Belum ada peralatan yang dicatat.");
        let fine = piece(EquipmentState::Working, Some("2027-02-01"));
        assert_eq!(told(std::slice::from_ref(&fine)), "Semua alat baik dan terawat sesuai jadwal.");
        let over = piece(EquipmentState::Working, Some("2026-11-20"));
        let (soon, broken) = (
            piece(EquipmentState::Working, Some("2026-12-01")),
            piece(EquipmentState::Broken, Some("2026-11-01")),
        );
        assert_eq!(
            told(&[over.clone(), soon, broken, fine]),
            "1 alat rusak; 1 alat lewat jadwal perawatan; 1 alat perlu dirawat dalam dua minggu."
        );
        assert_eq!(state(&over, today).word, "lewat jadwal");
        let unplanned = piece(EquipmentState::Working, None);
        assert_eq!(told(&[unplanned]), "Tidak ada yang rusak; 1 alat belum dijadwalkan perawatannya.");
    }
}
