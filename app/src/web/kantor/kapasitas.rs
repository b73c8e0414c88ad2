//! `/kantor/{office}/kapasitas`: who waits for a first answer, how fast people answer, when the queues are empty, what one
//! officer more would change, and what came of the times that citizens were told.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use chrono::{TimeDelta, Timelike};
use loket_core::{
    clock::Instant,
    id::UnitId,
    permission::Permission,
    queue::{Outlook, Pace, quarter},
    zone::{OfficeZone, decimal, duration, percent},
};
use serde::Deserialize;

use crate::{
    domain::{
        capacity::{self, CapacityView, HourCount, Kept, Lane, QueueLine},
        catalogue::{self, Catalogue},
        tenancy,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{
            Choice, Crumb, Frame, Tag, When,
            chart::{Category, LineChart, Measure, Series},
            count,
        },
        routes,
        site::Site,
    },
};

/// How many people more, or fewer, may be asked about.
const ASKED: [i32; 4] = [-1, 1, 2, 3];
/// From this load on, in hundredths, hardly anything is left for a busy day.
const TIGHT: u64 = 85;

/// Registers the page.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Capacity::PATTERN).route(web::get().to(get)));
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    petugas: Option<i32>,
}

#[derive(Template)]
#[template(path = "kantor/kapasitas.html")]
struct CapacityPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    as_of: When,
    sentence: String,
    today: LineChart,
    usual: LineChart,
    queues: Vec<Row>,
    changed: String,
    choices: Vec<Choice>,
    kept: Vec<KeptRow>,
}

/// A queue, as printed.
struct Row {
    name: String,
    waiting: String,
    since: Option<When>,
    arrives: String,
    pace: String,
    officers: String,
    load: Option<Tag>,
    clears: String,
    changed: String,
}

/// What came of the times told in a queue, as printed.
struct KeptRow {
    name: String,
    told: String,
    share: Tag,
    half: String,
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    place.demand(Permission::ReadFigures)?;
    let office = place.office.as_ref();
    let more = asked.petugas.filter(|more| ASKED.contains(more)).unwrap_or(1);
    let cx = Cx::read(&site.house, office.id, place.actor()).await?;
    let view = capacity::capacity(&cx, office, more).await?;
    let kept = capacity::kept(&cx).await?;
    let units = tenancy::units(&cx).await?.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let names = Names { catalogue: catalogue::load(&cx).await?, units };
    let (now, zone) = (cx.now(), office.zone);
    let page = CapacityPage {
        frame: frame(&site, &place, &request, Here::Overview),
        crumbs: vec![Crumb::new("Ringkasan", routes::Overview::at(&office.slug))],
        as_of: When::plain(now, now, zone),
        sentence: sentence(&view, &names, (now, zone)),
        today: hourly("Hari ini per jam", Measure::Count, (&view.today, 1), Some(zone.local(now).hour())),
        usual: hourly("Hari kerja biasa per jam", Measure::Score, (&view.usual, view.days.max(1)), None),
        queues: view.queues.iter().map(|line| row(line, (&view, &names), (now, zone))).collect(),
        changed: asked_words(more),
        choices: ASKED.iter().map(|one| choice(*one, more)).collect(),
        kept: kept.iter().map(|one| kept_row(one, &names)).collect(),
    };
    page::whole(&request, site.secure, &page)
}

fn choice(one: i32, chosen: i32) -> Choice {
    Choice { value: one.to_string(), label: asked_words(one), selected: one == chosen }
}

/// `1 petugas lebih banyak`
fn asked_words(more: i32) -> String {
    let which = if more < 0 { "kurang" } else { "lebih" };
    format!("{} petugas {which}", more.unsigned_abs())
}

/// What queues are called.
struct Names {
    catalogue: Catalogue,
    units: BTreeMap<UnitId, String>,
}

impl Names {
    fn of(&self, lane: Lane) -> String {
        let service = self.catalogue.service(lane.service);
        let service = service.map_or_else(|| "Layanan nonaktif".to_owned(), |one| one.name.clone());
        let unit = lane.unit.and_then(|id| self.units.get(&id));
        unit.map_or_else(|| service.clone(), |unit| format!("{service}, {unit}"))
    }
}

/// Who waits, since when, and when nobody will.
fn sentence(view: &CapacityView, names: &Names, (now, zone): (Instant, OfficeZone)) -> String {
    if view.by_district {
        return "Antrean dihitung menurut layanan dan unit, tidak menurut kecamatan. Peran Anda hanya untuk kecamatan."
            .to_owned();
    }
    let waiting = view.waiting();
    let Some(since) = view.queues.iter().filter_map(|line| line.since).min() else {
        return "Tidak ada yang menunggu jawaban pertama.".to_owned();
    };
    let waits = format!(
        "{} permohonan menunggu jawaban pertama, yang terlama sejak {}.",
        count(waiting),
        zone.short(since)
    );
    let grows = view.queues.iter().find(|line| line.outlook.is_some_and(|outlook| outlook.clears.is_none()));
    let ends = match (view.clears(), grows) {
        (Some(at), _) => format!("Bila berjalan seperti biasa, antrean habis {}.", moment(at, (now, zone))),
        (None, Some(line)) => {
            format!(
                "Antrean {} tidak habis dalam empat minggu bila berjalan seperti biasa.",
                names.of(line.lane)
            )
        }
        (None, None) => "Kapan antrean habis belum dapat diperkirakan.".to_owned(),
    };
    format!("{waits} {ends}")
}

/// `hari ini sekitar 13.30 WIB`; on another day with the day.
fn moment(at: Instant, (now, zone): (Instant, OfficeZone)) -> String {
    let at = quarter(at);
    if zone.date(at) == zone.date(now) {
        format!("hari ini sekitar {}", zone.time(at))
    } else {
        format!("sekitar {}", zone.short(at))
    }
}

/// What came in and was answered hour by hour, from the first hour in which anything did to the last; nothing is drawn of
/// hours after `until`.
fn hourly(
    title: &str,
    measure: Measure,
    (hours, days): (&[HourCount; 24], u64),
    until: Option<u32>,
) -> LineChart {
    let busy = |hour: &&(usize, &HourCount)| hour.1.arrived + hour.1.answered > 0;
    let all: Vec<(usize, &HourCount)> = hours.iter().enumerate().collect();
    let first = all.iter().find(busy).map_or(8, |(hour, _)| *hour).min(8);
    let last = all.iter().rev().find(busy).map_or(15, |(hour, _)| *hour).max(15);
    let shown: Vec<(usize, &HourCount)> =
        all.into_iter().filter(|(hour, _)| (first..=last).contains(hour)).collect();
    let empty = shown.iter().all(|(_, hour)| hour.arrived + hour.answered == 0);
    let category = |(hour, _): &(usize, &HourCount)| {
        Category::new(format!("{hour:02}"), format!("{hour:02}.00–{hour:02}.59"))
    };
    let value = |of: fn(&HourCount) -> u64| {
        let over = |at: usize| until.is_none_or(|until| at <= until as usize);
        shown
            .iter()
            .map(move |(at, hour)| over(*at).then(|| of(hour) as f64 / days as f64))
            .collect::<Vec<_>>()
    };
    let categories = if empty { Vec::new() } else { shown.iter().map(category).collect() };
    let series = vec![
        Series::with_gaps("Masuk", value(|hour| hour.arrived)),
        Series::with_gaps("Dijawab", value(|hour| hour.answered)),
    ];
    LineChart::new(title, measure, categories, if empty { Vec::new() } else { series }).over("Jam")
}

fn row(line: &QueueLine, (view, names): (&CapacityView, &Names), at: (Instant, OfficeZone)) -> Row {
    let (now, zone) = at;
    let clears = |outlook: Option<Outlook>| match outlook {
        None => "–".to_owned(),
        Some(_) if line.waiting == 0 => "tidak ada antrean".to_owned(),
        Some(Outlook { clears: None, .. }) => "tidak habis".to_owned(),
        Some(Outlook { clears: Some(clears), .. }) => moment(clears, (now, zone)),
    };
    let changed = match line.changed {
        Some(outlook) => format!("{}, beban {}", clears(Some(outlook)), hundredths(outlook.load)),
        None if line.pace.is_some() => "tidak ada petugas".to_owned(),
        None => "–".to_owned(),
    };
    Row {
        name: names.of(line.lane),
        waiting: count(line.waiting),
        since: line.since.map(|since| When::waiting(since, now, zone)),
        arrives: if view.days == 0 { "–".to_owned() } else { decimal(line.arrives as f64 / 1_000.0, 1) },
        pace: line.pace.map_or_else(|| "belum cukup data".to_owned(), pace),
        officers: line.pace.map(officers).unwrap_or_default(),
        load: line.outlook.map(|outlook| load(outlook.load)),
        clears: clears(line.outlook),
        changed,
    }
}

/// `9,8 per jam`
fn pace(pace: Pace) -> String {
    format!("{} per jam", decimal(pace.served(TimeDelta::hours(1)) as f64 / 1_000.0, 1))
}

/// `2,4 petugas per hari`
fn officers(pace: Pace) -> String {
    format!("{} petugas per hari", decimal(f64::from(pace.officers()) / 10.0, 1))
}

fn load(hundredths_of: u64) -> Tag {
    let tone = match hundredths_of {
        0..TIGHT => "ok",
        TIGHT..100 => "warn",
        _ => "bad",
    };
    Tag::new(hundredths(hundredths_of), tone)
}

/// `62 %`; nothing is known to be above ten times.
fn hundredths(of: u64) -> String {
    if of > 999 { "lebih dari 999\u{a0}%".to_owned() } else { format!("{of}\u{a0}%") }
}

fn kept_row(kept: &Kept, names: &Names) -> KeptRow {
    let share = kept.kept as f64 * 100.0 / kept.told.max(1) as f64;
    let tone = match share {
        80.0.. => "ok",
        60.0.. => "warn",
        _ => "bad",
    };
    let half = match kept.half_early {
        None => "belum ada yang dijawab".to_owned(),
        Some(early) if early < TimeDelta::zero() => {
            format!("{} atau lebih sesudah waktunya", duration(early))
        }
        Some(early) => format!("{} atau lebih sebelum waktunya", duration(early)),
    };
    KeptRow { name: names.of(kept.lane), told: count(kept.told), share: Tag::new(percent(share), tone), half }
}

#[cfg(test)]
mod tests {
    use loket_core::id::ServiceId;

    use super::*;
    use crate::web::kantor::samples;

    fn line(waiting: u64, clears: Option<Option<Instant>>) -> QueueLine {
        let outlook = clears.map(|clears| Outlook { clears, load: 70 });
        QueueLine {
            lane: Lane { service: ServiceId::NIL, unit: None },
            waiting,
            since: (waiting > 0).then(samples::now),
            arrives: 2_000,
            pace: Some(Pace { answers: 10, busy: TimeDelta::minutes(150), days: 1, seats: 2 }),
            outlook,
            changed: outlook,
        }
    }

    fn view(queues: Vec<QueueLine>) -> CapacityView {
        let none = [HourCount::default(); 24];
        CapacityView { today: none, usual: none, days: 20, by_district: false, queues }
    }

    fn names() -> Names {
        Names { catalogue: Catalogue::default(), units: BTreeMap::new() }
    }

    #[test]
    fn the_page_begins_with_who_waits_and_when_nobody_will() {
        let at = (samples::now(), samples::office().zone);
        let said = |queues| sentence(&view(queues), &names(), at);
        assert_eq!(said(vec![line(0, Some(Some(at.0)))]), "Tidak ada yang menunggu jawaban pertama.");
        let soon = said(vec![line(3, Some(Some(at.0 + TimeDelta::hours(1)))), line(0, None)]);
        assert!(
            soon.starts_with("3 permohonan") && soon.contains("antrean habis hari ini sekitar"),
            "{soon}"
        );
        let grows = said(vec![line(3, Some(None))]);
        assert!(grows.ends_with("tidak habis dalam empat minggu bila berjalan seperti biasa."), "{grows}");
        let unknown = said(vec![line(3, None)]);
        assert!(unknown.ends_with("belum dapat diperkirakan."), "{unknown}");
    }

    #[test]
    fn a_queue_says_how_fast_it_is_answered_and_what_one_more_would_change() {
        let at = (samples::now(), samples::office().zone);
        let view = view(vec![line(3, Some(Some(at.0)))]);
        let told = row(&view.queues[0], (&view, &names()), at);
        assert_eq!((told.pace.as_str(), told.officers.as_str()), ("4,0 per jam", "2,0 petugas per hari"));
        assert_eq!((told.arrives.as_str(), told.waiting.as_str()), ("2,0", "3"));
        assert!(told.changed.ends_with("beban 70\u{a0}%"), "{}", told.changed);
        let unknown = QueueLine { pace: None, outlook: None, changed: None, ..view.queues[0] };
        let told = row(&unknown, (&view, &names()), at);
        assert_eq!((told.pace.as_str(), told.changed.as_str()), ("belum cukup data", "–"));
    }

    #[test]
    fn a_load_above_all_that_can_be_answered_is_bad() {
        let told = |of| (load(of).word, load(of).tone);
        assert_eq!(told(62), ("62\u{a0}%".to_owned(), "ok"));
        assert_eq!(told(85).1, "warn");
        assert_eq!(told(100).1, "bad");
        assert_eq!(told(u64::MAX).0, "lebih dari 999\u{a0}%");
    }

    #[test]
    fn what_was_told_is_compared_with_what_came() {
        let lane = Lane { service: ServiceId::NIL, unit: None };
        let of = |kept, early| {
            let kept = Kept { lane, told: 10, kept, half_early: Some(TimeDelta::minutes(early)) };
            let row = kept_row(&kept, &names());
            (row.share.word, row.share.tone, row.half)
        };
        let (share, tone, half) = of(8, 25);
        assert_eq!((share.as_str(), tone), ("80\u{a0}%", "ok"));
        assert_eq!(half, "25 menit atau lebih sebelum waktunya");
        let (_, tone, half) = of(3, -90);
        assert_eq!((tone, half.as_str()), ("bad", "1 jam 30 menit atau lebih sesudah waktunya"));
    }
}
