//! The overview, drawn from samples.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use loket_core::{
    id::ServiceId,
    kinds::OutputDelivery,
    kpi::{AgeBand, Happened, Tally},
    request::{PaperReason, RequestState},
    standard::{Basis, TimeLimit, TimeUnit},
};
use uuid::Uuid;

use super::*;
use crate::{
    domain::catalogue::{Catalogue, ServiceView},
    web::kantor::samples,
};

const KTP: ServiceId = ServiceId(Uuid::from_u128(5));

fn tally(arrived: u64, finished: u64) -> Tally {
    let mut tally = Tally::default();
    (0..arrived).for_each(|_| tally.count(Happened::Arrived));
    (0..finished).for_each(|_| tally.count(Happened::Closed(RequestState::Finished)));
    if arrived > 0 {
        tally.count(Happened::Answered(TimeDelta::minutes(38)));
    }
    tally
}

fn figures(untaken: u64) -> Dashboard {
    let day = |back: i64| (samples::now() - TimeDelta::days(back)).date_naive();
    Dashboard {
        today: tally(42, 39),
        period: tally(120, 90),
        before: tally(100, 95),
        days: (0..14).rev().map(|back| (day(back), tally(8, 7))).collect(),
        open_days: (0..14).collect(),
        open: 84,
        untaken,
        open_before: 60,
        ages: AgeBand::ALL.iter().map(|band| (*band, 14)).collect(),
        services: vec![ServiceLine { service: KTP, period: tally(120, 90), open: 84 }],
        origins: BTreeMap::from([((Some("360303".to_owned()), KTP), 100), ((None, KTP), 20)]),
        causes: BTreeMap::from([(PaperReason::Blurred, 12)]),
    }
}

fn html(rows_of: Option<&str>, filter: &Filter) -> String {
    drawn(Catalogue::default(), rows_of, filter)
}

fn drawn(catalogue: Catalogue, rows_of: Option<&str>, filter: &Filter) -> String {
    let office = samples::office();
    let seen = Seen {
        figures: figures(12),
        names: Names::of(&office, catalogue),
        waiting: vec![samples::row()],
        officers: vec![OfficerLoad { name: "Dewi Lestari".to_owned(), open: 7, ..OfficerLoad::default() }],
        now: samples::now(),
    };
    draw(samples::frame(), (&office, rows_of), filter, seen).render().unwrap_or_default()
}

fn week() -> Filter {
    Filter::of(Period::named(Preset::Week, samples::office().zone.date(samples::now())))
}

#[test]
fn the_day_is_told_in_a_sentence() {
    assert_eq!(sentence(&figures(12)), "Hari ini 42 masuk, 39 selesai, 12 menunggu giliran.");
    assert_eq!(sentence(&figures(0)), "Hari ini 42 masuk, 39 selesai, tidak ada yang menunggu giliran.");
}

#[test]
fn the_overview_renders_its_samples() {
    let html = html(Some("kab-tangerang"), &week());
    for part in [
        "Belum ada standar waktu.",
        "Tunggakan saat ini",
        "12 belum diambil petugas",
        "7 hari sebelumnya",
        "Tigaraksa",
        "Belum diketahui",
        "Buram",
        "Dewi Lestari",
        "TNG-2611-00042-K",
        "daftar=respons&#38;kurun=7",
        "umur=30",
        "sebab=buram",
    ] {
        assert!(html.contains(part), "{part}");
    }
}

#[test]
fn a_time_that_is_published_is_told_with_its_mark_and_no_figure_is_made_of_it() {
    let service = |code: u128, times| ServiceView {
        id: ServiceId(Uuid::from_u128(code)),
        code: "KTP".to_owned(),
        name: "KTP elektronik".to_owned(),
        output: "KTP-el".to_owned(),
        delivery: OutputDelivery::Pickup,
        unit: None,
        free: true,
        times,
        variants: Vec::new(),
    };
    let time = TimeLimit { amount: 1, unit: TimeUnit::WorkingDays, channel: None, basis: Basis::default() };
    let mut catalogue = Catalogue::default();
    catalogue.services.extend([service(5, vec![time]), service(6, Vec::new())]);
    let html = drawn(catalogue, None, &week());
    for part in ["standar waktu pada 1 dari 2 layanan", "paling lama 1 hari kerja, belum diverifikasi"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("Belum ada standar waktu"));
}

#[test]
fn whoever_may_not_see_rows_is_led_to_none() {
    let html = html(None, &week());
    assert!(html.contains("Tunggakan saat ini") && !html.contains("/ringkasan/daftar"));
}

#[test]
fn a_narrowed_page_says_how_and_leads_back() {
    let filter = Filter { district: Some(kpi::District::Unknown), ..week() };
    let html = html(Some("kab-tangerang"), &filter);
    assert!(html.contains("kecamatan belum diketahui") && html.contains("Hapus saringan"));
    assert!(html.contains("kurun=30&#38;kecamatan=-"), "the narrowing is kept when the period changes");
}
