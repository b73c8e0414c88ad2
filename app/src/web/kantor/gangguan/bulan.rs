//! A month of the ledger: how much of the office's hours each system worked, on a page and for a spreadsheet.

use std::{fmt, str::FromStr};

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use chrono::{Datelike, Months, NaiveDate, SecondsFormat};
use loket_core::{
    clock::Instant,
    csv::CsvTable,
    outage::Provider,
    permission::Permission,
    zone::{month_name, percent, working_time},
};

use super::tampak::{Names, Shown};
use crate::{
    domain::{
        outages::{self, OutageView, SystemLine, is_written},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Kop},
        routes,
        site::Site,
    },
};

/// A month, as `2026-11` in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    pub(super) fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Its first day and the one after its last.
    pub(super) fn days(self) -> (NaiveDate, NaiveDate) {
        (self.0, self.0 + Months::new(1))
    }

    /// `November 2026`
    pub(super) fn words(self) -> String {
        format!("{} {}", month_name(self.0), self.0.year())
    }

    fn before(self) -> Option<Self> {
        self.0.checked_sub_months(Months::new(1)).map(Self)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl FromStr for Month {
    type Err = PageError;

    fn from_str(text: &str) -> Result<Self, PageError> {
        let (year, month) = text.split_once('-').ok_or(PageError::NotFound)?;
        let read = |part: &str| part.parse::<u32>().map_err(|_| PageError::NotFound);
        let year = i32::try_from(read(year)?).ok().filter(|year| (2020..2200).contains(year));
        let first =
            year.zip(Some(read(month)?)).and_then(|(year, month)| NaiveDate::from_ymd_opt(year, month, 1));
        first.map(Self).ok_or(PageError::NotFound)
    }
}

#[derive(Template)]
#[template(path = "kantor/gangguan_bulan.html")]
struct MonthPage {
    frame: Frame,
    kop: Kop,
    crumbs: Vec<Crumb>,
    month: String,
    systems: Vec<System>,
    entries: Vec<Shown>,
    letters: Vec<(&'static str, String)>,
    csv_href: String,
    before_href: Option<String>,
    after_href: Option<String>,
}

/// A system in a month.
pub(super) struct System {
    pub name: &'static str,
    pub times: usize,
    pub out: String,
    pub expected: String,
    pub available: String,
}

impl System {
    /// A line of the table.
    pub(super) fn of(line: &SystemLine) -> Self {
        Self {
            name: line.kind.label(),
            times: line.times,
            out: working_time(line.availability.out),
            expected: working_time(line.availability.expected),
            available: match line.availability.per_mille() {
                Some(tenths) => percent(tenths as f64 / 10.0),
                None => "tidak ada data".to_owned(),
            },
        }
    }
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let month: Month = path.1.parse()?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let outages::Month { systems, entries } = outages::month(&cx, office, month.days()).await?;
    let names = Names::of(&cx).await?;
    let now = cx.now();
    let shown = |one: &OutageView| {
        Shown::of(one, (&names, routes::Outage::at(&office.slug, one.id)), (office.zone, now))
    };
    let slug = &office.slug;
    let this = Month::of(office.zone.date(now));
    let page = MonthPage {
        frame: frame(&site, &seat, &request, Here::Outages),
        kop: Kop::of(office),
        crumbs: vec![Crumb::new("Gangguan", routes::Outages::at(slug))],
        month: month.words(),
        systems: systems.iter().map(System::of).collect(),
        letters: letters(&entries)
            .into_iter()
            .map(|one| (one.label(), routes::OutageLetter::at(slug, month, one.word())))
            .collect(),
        entries: entries.iter().map(shown).collect(),
        csv_href: routes::OutageExport::at(slug, month),
        before_href: month.before().map(|before| routes::OutageMonth::at(slug, before)),
        after_href: (month.days().1 <= this.0).then(|| routes::OutageMonth::at(slug, Month(month.days().1))),
    };
    page::whole(&request, site.secure, &page)
}

/// Whoever answers for something that was out, and is written to.
fn letters(entries: &[OutageView]) -> Vec<Provider> {
    let written = |one: &Provider| entries.iter().any(|entry| entry.provider == *one && is_written(entry));
    Provider::ALL.iter().copied().filter(written).collect()
}

pub(super) async fn export(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadOutages)?;
    let month: Month = path.1.parse()?;
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let entries = outages::month(&cx, office, month.days()).await?.entries;
    let names = Names::of(&cx).await?;
    Ok(page::csv(&format!("gangguan-{month}.csv"), table(office, &entries, &names)))
}

fn table(office: &Office, entries: &[OutageView], names: &Names) -> String {
    let mut table = CsvTable::new([
        "Sistem",
        "Menyentuh",
        "Penanggung jawab",
        "Nomor laporan",
        "Mulai",
        "Jalur cadangan",
        "Pulih",
        "Dicatat",
        "Persetujuan",
        "Waktu layanan dijeda sejak",
        "Waktu layanan dijeda sampai",
        "Keterangan",
    ]);
    let at = |at: Option<Instant>| {
        at.map(|at| office.zone.local(at).to_rfc3339_opts(SecondsFormat::Secs, false)).unwrap_or_default()
    };
    for one in entries {
        let pause = one.times.pause();
        let cells = [
            one.kind.label().to_owned(),
            names.scope(&one.scope),
            one.provider.label().to_owned(),
            one.reference.clone().unwrap_or_default(),
            at(Some(one.times.from)),
            at(one.times.around),
            at(one.times.until),
            at(Some(one.times.entered_at)),
            one.times.approval.label().to_owned(),
            at(pause.map(|pause| pause.from)),
            at(pause.and_then(|pause| pause.until)),
            one.note.clone(),
        ];
        table.row(cells.iter().map(String::as_str));
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_from_its_address_and_nothing_else_is() {
        let month: Option<Month> = "2026-12".parse().ok();
        assert_eq!(
            month.map(|month| (month.words(), month.to_string())),
            Some(("Desember 2026".to_owned(), "2026-12".to_owned()))
        );
        let next = month.map(|month| month.days().1);
        assert_eq!(next, NaiveDate::from_ymd_opt(2027, 1, 1));
        for wrong in ["2026", "2026-13", "x-1", "99999999999-1", "1999-01", "2026-00"] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
    }
}
