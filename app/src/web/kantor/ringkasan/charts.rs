//! The charts of the head's page.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use loket_core::{
    id::ServiceId,
    kpi::{AgeBand, Metric},
    zone,
};

use super::{asked, names::Names};
use crate::{
    domain::kpi::{Dashboard, Filter, Selection},
    web::{
        parts::chart::{BarChart, Category, HeatMap, LineChart, Measure, RankChart, Series},
        routes,
    },
};

/// More columns than this would not fit beside each other on a phone.
const COLUMNS: usize = 6;
/// More rows than this are no overview.
const ROWS: usize = 30;

/// What came in against what was finished, day by day.
pub(super) fn flow(figures: &Dashboard) -> LineChart {
    let day = |day: &chrono::NaiveDate| {
        Category::new(format!("{}/{}", day.day(), day.month()), zone::short_date(*day))
    };
    let days = figures.days.iter().map(|(one, _)| day(one)).collect();
    let series = vec![
        Series::new("Masuk", figures.days.iter().map(|(_, tally)| tally.arrived as f64)),
        Series::new("Selesai", figures.days.iter().map(|(_, tally)| tally.finished as f64)),
    ];
    LineChart::new("Masuk dan selesai per hari", Measure::Count, days, series).over("Hari")
}

/// What is open by age.
pub(super) fn ages(figures: &Dashboard) -> BarChart {
    let bands = figures.ages.iter().map(|(band, _)| Category::new(band.short(), band.label())).collect();
    let counts = Series::new("Permohonan", figures.ages.iter().map(|(_, count)| *count as f64));
    BarChart::new("Tunggakan menurut umur (hari)", Measure::Count, bands, vec![counts]).over("Umur")
}

/// The rows of a band of ages.
pub(super) fn age_href(slug: &str, filter: &Filter, age: AgeBand) -> String {
    let selection = Selection { age: Some(age), ..Selection::of(Metric::Backlog, filter.clone()) };
    routes::FigureRows::at(slug, &asked::rows_query(&selection))
}

/// Why papers were rejected.
pub(super) fn causes(figures: &Dashboard, filter: &Filter, rows_of: Option<&str>) -> RankChart {
    let row = |(reason, count): (&loket_core::request::PaperReason, &u64)| {
        let selection =
            Selection { reason: Some(*reason), ..Selection::of(Metric::Incomplete, filter.clone()) };
        let href = rows_of.map(|slug| routes::FigureRows::at(slug, &asked::rows_query(&selection)));
        (reason.label().to_owned(), *count as f64, href)
    };
    let rows = figures.causes.iter().map(row).collect();
    RankChart::new("Sebab berkas ditolak", ("Sebab", "Penolakan"), Measure::Count, rows)
}

/// Where requests came from and for what: the busiest services, the rest together.
pub(super) fn origins(figures: &Dashboard, names: &Names) -> HeatMap {
    let mut services: BTreeMap<ServiceId, u64> = BTreeMap::new();
    let mut districts: BTreeMap<&Option<String>, u64> = BTreeMap::new();
    for ((district, service), count) in &figures.origins {
        *services.entry(*service).or_default() += count;
        *districts.entry(district).or_default() += count;
    }
    let columns = largest(services, COLUMNS);
    let shown: BTreeSet<ServiceId> = columns.iter().copied().collect();
    let others = figures.origins.keys().any(|(_, service)| !shown.contains(service));
    let cells = |district: &Option<String>| -> Vec<Option<f64>> {
        let of = |which: &dyn Fn(&ServiceId) -> bool| {
            let found =
                figures.origins.iter().filter(|((one, service), _)| one == district && which(service));
            Some(found.map(|(_, count)| *count).sum::<u64>() as f64)
        };
        let named = columns.iter().map(|column| of(&|service| service == column));
        named.chain(others.then(|| of(&|service| !shown.contains(service)))).collect()
    };
    let rows = largest(districts, ROWS);
    let rows =
        rows.into_iter().map(|district| (names.district(district.as_deref()), cells(district))).collect();
    let mut categories: Vec<Category> =
        columns.iter().map(|id| Category::new(names.code(*id), names.service(*id))).collect();
    if others {
        categories.push(Category::new("Lain", "Layanan lainnya"));
    }
    HeatMap::new(
        "Permohonan masuk menurut kecamatan dan layanan",
        "Kecamatan",
        Measure::Count,
        categories,
        rows,
    )
}

/// The keys with the largest counts, largest first.
fn largest<K: Ord>(counts: BTreeMap<K, u64>, most: usize) -> Vec<K> {
    let mut all: Vec<(K, u64)> = counts.into_iter().collect();
    all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    all.into_iter().take(most).map(|(key, _)| key).collect()
}
