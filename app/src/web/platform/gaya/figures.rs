//! Tiles and charts with made-up numbers.

use crate::web::{
    parts::{
        Change, Tile,
        chart::{Aim, BarChart, Category, HeatMap, LineChart, Measure, RankChart, Series, Sparkline, Target},
    },
    routes,
};

/// The numbers of twelve months, oldest first.
const ON_TIME: [f64; 12] = [81.0, 82.5, 80.0, 84.0, 85.5, 83.0, 86.0, 88.5, 87.0, 90.0, 89.5, 92.3];
const ARRIVALS: [f64; 14] = [38.0, 41.0, 44.0, 36.0, 29.0, 12.0, 4.0, 42.0, 47.0, 51.0, 40.0, 33.0, 9.0, 6.0];
const SETTLED: [f64; 14] = [35.0, 39.0, 40.0, 41.0, 37.0, 0.0, 0.0, 40.0, 44.0, 48.0, 46.0, 41.0, 0.0, 0.0];
const MONTHS: [(&str, &str); 12] = [
    ("Des", "Desember 2025"),
    ("Jan", "Januari 2026"),
    ("Feb", "Februari 2026"),
    ("Mar", "Maret 2026"),
    ("Apr", "April 2026"),
    ("Mei", "Mei 2026"),
    ("Jun", "Juni 2026"),
    ("Jul", "Juli 2026"),
    ("Agu", "Agustus 2026"),
    ("Sep", "September 2026"),
    ("Okt", "Oktober 2026"),
    ("Nov", "November 2026"),
];

/// Everything that is drawn from numbers.
pub(super) struct Figures {
    pub(super) tiles: Vec<Tile>,
    pub(super) columns: BarChart,
    pub(super) stacked: BarChart,
    pub(super) lines: LineChart,
    pub(super) spans: LineChart,
    pub(super) nothing: LineChart,
    pub(super) rank: RankChart,
    pub(super) heat: HeatMap,
}

impl Figures {
    pub(super) fn samples() -> Self {
        Self {
            tiles: tiles(),
            columns: BarChart::new(
                "Permohonan masuk per hari",
                Measure::Count,
                days(),
                vec![Series::new("Masuk", ARRIVALS)],
            )
            .over("Hari"),
            stacked: stacked(),
            lines: LineChart::new(
                "Tepat waktu",
                Measure::Percent,
                months(),
                vec![Series::new("Tepat waktu", ON_TIME)],
            )
            .over("Bulan")
            .with_target(Target::new(90.0)),
            spans: spans(),
            nothing: LineChart::new("Penilaian warga", Measure::Score, months(), vec![]),
            rank: rank(),
            heat: heat(),
        }
    }
}

fn months() -> Vec<Category> {
    MONTHS.into_iter().map(|(short, full)| Category::new(short, full)).collect()
}

fn days() -> Vec<Category> {
    (9..23).map(|day| Category::new(format!("{day}/11"), format!("{day} November"))).collect()
}

fn tiles() -> Vec<Tile> {
    let some = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let here = Some(routes::PlatformStyle::PATTERN.to_owned());
    vec![
        Tile::of("Tepat waktu", Measure::Percent, Some(92.3))
            .change(Change::between(Measure::Percent, (92.3, 89.5), Aim::High, "bulan lalu"))
            .target(Measure::Percent, 92.3, (&Target::new(90.0), Aim::High))
            .spark(Sparkline::new(Measure::Percent, "12 bulan", &some(&ON_TIME)))
            .definition("Permohonan yang selesai sebelum batas waktu standar, dari semua yang selesai.")
            .href(here.clone()),
        Tile::of("Respons (median)", Measure::Minutes, Some(38.0))
            .change(Change::between(Measure::Minutes, (38.0, 24.0), Aim::Low, "pekan lalu"))
            .target(Measure::Minutes, 38.0, (&Target::new(30.0), Aim::Low))
            .definition("Dari pesan pertama warga sampai jawaban pertama petugas, dalam jam kerja.")
            .href(here.clone()),
        Tile::of("Tunggakan", Measure::Count, Some(1_204.0))
            .change(Change::between(Measure::Count, (1_204.0, 1_204.0), Aim::Low, "kemarin"))
            .spark(Sparkline::new(Measure::Count, "14 hari", &some(&ARRIVALS)))
            .href(here),
        Tile::new("Blangko KTP-el", "312").unit("keping").note("Cukup 9 hari kerja.").tone("warn"),
        Tile::of("Nilai IKM", Measure::Score, None).definition("Rata-rata sembilan unsur survei kepuasan."),
    ]
}

fn stacked() -> BarChart {
    let share = |part: f64| ARRIVALS.map(|all| (all * part).round());
    let series = vec![
        Series::new("KTP-el", share(0.5)),
        Series::new("Kartu keluarga", share(0.3)),
        Series::new("KIA", share(0.2)),
    ];
    BarChart::new("Masuk menurut layanan", Measure::Count, days(), series)
        .over("Hari")
        .with_target(Target { value: 45.0, label: "kemampuan harian".to_owned() })
}

fn spans() -> LineChart {
    let hours = |values: [f64; 14]| values.map(|value| (value > 0.0).then_some(value * 7.0));
    let series = vec![
        Series::with_gaps("Median", hours(SETTLED)),
        Series::with_gaps("Sembilan dari sepuluh", hours(SETTLED.map(|value| value * 1.8))),
    ];
    LineChart::new("Waktu penyelesaian", Measure::Minutes, days(), series).over("Hari")
}

fn rank() -> RankChart {
    let row = |label: &str, value| (label.to_owned(), value, None);
    RankChart::new(
        "Sebab berkas belum lengkap",
        ("Sebab", "Permohonan"),
        Measure::Count,
        vec![
            row("Foto KK buram", 42.0),
            row("Surat kehilangan belum ada", 31.0),
            row("NIK tidak cocok dengan KK", 12.0),
            row("Formulir belum ditandatangani", 7.0),
        ],
    )
}

fn heat() -> HeatMap {
    let columns = vec![
        Category::new("KTP", "KTP elektronik"),
        Category::new("KK", "Kartu keluarga"),
        Category::new("KIA", "Kartu identitas anak"),
        Category::new("Pindah", "Surat pindah"),
    ];
    let row = |label: &str, values: [Option<f64>; 4]| (label.to_owned(), values.to_vec());
    HeatMap::new(
        "Permohonan terbuka menurut kecamatan",
        "Kecamatan",
        Measure::Count,
        columns,
        vec![
            row("Awan Biru", [Some(42.0), Some(18.0), Some(6.0), Some(2.0)]),
            row("Bukit Hijau", [Some(12.0), Some(31.0), Some(0.0), Some(9.0)]),
            row("Cahaya Timur", [Some(25.0), Some(7.0), Some(14.0), None]),
            row("Danau Jernih", [Some(3.0), Some(36.0), Some(21.0), Some(1.0)]),
        ],
    )
}
