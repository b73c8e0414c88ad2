//! Everything else with made-up words.

use chrono::{TimeDelta, TimeZone, Utc};
use loket_core::{clock::Instant, zone::OfficeZone};

use crate::web::{
    parts::{Chip, Choice, Clock, Crumb, Happening, Pager, Tab, Tag, When},
    routes,
};

/// The values of the page.
pub(super) struct Parts {
    pub(super) crumbs: Vec<Crumb>,
    pub(super) tags: Vec<Tag>,
    pub(super) chips: Vec<Chip>,
    pub(super) tabs: Vec<Tab>,
    pub(super) pager: Pager,
    pub(super) choices: Vec<Choice>,
    pub(super) clocks: Vec<Clock>,
    pub(super) when: When,
    pub(super) events: Vec<Happening>,
    pub(super) flash: Option<String>,
    pub(super) formats: Vec<(&'static str, String)>,
}

/// Wednesday 25 November 2026, 14.00 WITA.
fn now() -> Instant {
    Utc.with_ymd_and_hms(2026, 11, 25, 6, 0, 0).single().unwrap_or_default()
}

fn ago(minutes: i64) -> When {
    When::of(now() - TimeDelta::minutes(minutes), now(), OfficeZone::Wita)
}

impl Parts {
    pub(super) fn samples() -> Self {
        let here = || routes::PlatformStyle::PATTERN.to_owned();
        let tab = |label: &str, count: Option<&str>, current| Tab {
            label: label.to_owned(),
            href: here(),
            count: count.map(str::to_owned),
            current,
        };
        Self {
            crumbs: vec![Crumb::new("Papan", routes::Platform::at())],
            tags: tags(),
            chips: chips(),
            tabs: vec![
                tab("Giliran", Some("999+"), true),
                tab("Saya tangani", Some("3"), false),
                tab("Semua", None, false),
            ],
            pager: Pager {
                text: "26–50 dari 1.204".to_owned(), previous: Some(here()), next: Some(here())
            },
            choices: vec![
                Choice::new("a", "Lewat WhatsApp").chosen(true),
                Choice::new("b", "Di loket"),
                Choice::new("c", "Lewat telepon"),
            ],
            clocks: clocks(),
            when: ago(38),
            events: events(),
            flash: Some("Perubahan sudah disimpan.".to_owned()),
            formats: formats(),
        }
    }
}

fn tags() -> Vec<Tag> {
    [
        ("Selesai", "ok"),
        ("Diproses", "info"),
        ("Menunggu warga", "warn"),
        ("Ditolak", "bad"),
        ("Dibatalkan", "quiet"),
    ]
    .map(|(word, tone)| Tag::new(word, tone))
    .to_vec()
}

fn chips() -> Vec<Chip> {
    let chip = |label: &str, tone, href| Chip { label: label.to_owned(), tone, href };
    vec![
        chip("SIAK normal", "ok", Some(routes::PlatformStyle::PATTERN.to_owned())),
        chip("Blangko 312, cukup 9 hari kerja", "warn", Some(routes::PlatformStyle::PATTERN.to_owned())),
        chip("Nomor KTP: pesan terakhir 2 menit lalu", "quiet", None),
    ]
}

fn clocks() -> Vec<Clock> {
    let due = |rest: &str, percent, tone| Clock {
        text: "Rabu 14.00".to_owned(),
        rest: rest.to_owned(),
        percent: Some(percent),
        tone,
        paused: false,
    };
    vec![
        due("sisa 3 jam kerja", 40, "ok"),
        due("sisa 20 menit kerja", 92, "warn"),
        due("lewat 2 jam kerja", 100, "bad"),
        Clock::running(now() - TimeDelta::minutes(192), now()),
        Clock::still("Menunggu warga"),
    ]
}

fn events() -> Vec<Happening> {
    let event = |minutes, who: &str, what: &str, detail: Option<&str>, tone| Happening {
        said: None,
        when: ago(minutes),
        who: who.to_owned(),
        what: what.to_owned(),
        detail: detail.map(str::to_owned),
        tone,
    };
    vec![
        event(12, "Petugas Contoh", "Hasil dikirim", None, "ok"),
        event(45, "Petugas Contoh", "Berkas ditolak", Some("Foto KK: buram"), "bad"),
        event(90, "Petugas Contoh", "Berkas diminta", Some("Surat kehilangan"), "warn"),
        event(180, "Warga", "Permohonan masuk", None, "info"),
    ]
}

/// One line for each way to write a value, with what writes it.
fn formats() -> Vec<(&'static str, String)> {
    use loket_core::zone;
    let zone_of = OfficeZone::Wita;
    vec![
        ("zone::number", zone::number(1_204)),
        ("zone::decimal", zone::decimal(1_234.5, 1)),
        ("zone::percent", zone::percent(87.5)),
        ("zone::duration", zone::duration(TimeDelta::minutes(192))),
        ("zone::relative", zone::relative(now() - TimeDelta::minutes(38), now())),
        ("OfficeZone::time", zone_of.time(now())),
        ("OfficeZone::short", zone_of.short(now())),
        ("OfficeZone::long_date", zone_of.long_date(now())),
        ("OfficeZone::long", zone_of.long(now())),
    ]
}
