//! `/kantor/{office}/kompensasi`: what is owed to whoever was not served in the time of the standard, by how far it has come.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use chrono::TimeDelta;
use loket_core::{clock::Instant, compensation::CompensationState, permission::Permission, zone};
use serde::Deserialize;

use crate::{
    domain::{
        requests::{self, Beside, CompensationLine, CompensationMonth, CompensationPage, Counted, Cursor},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Chip, Crumb, Frame, Pager, Tab, Tag, When, count},
        routes,
        site::Site,
    },
};

/// Registers the list.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::Compensations::PATTERN).route(web::get().to(get)));
}

#[derive(Template)]
#[template(path = "kantor/kompensasi.html")]
struct CompensationsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    sentence: String,
    without_rule: Option<String>,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    empty: (&'static str, &'static str),
    pager: Pager,
}

struct Row {
    href: String,
    receipt: String,
    service: String,
    due: String,
    late: String,
    tag: Tag,
    since: When,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    keadaan: String,
    /// Behind which row the page begins.
    #[serde(default)]
    sesudah: String,
    /// Before which row it ends.
    #[serde(default)]
    sebelum: String,
}

impl Asked {
    fn state(&self) -> CompensationState {
        self.keadaan.parse().unwrap_or(CompensationState::Owed)
    }

    fn beside(&self) -> Result<Beside, PageError> {
        let row = |text: &str| Cursor::parse(text).ok_or(PageError::Form);
        match (self.sesudah.as_str(), self.sebelum.as_str()) {
            ("", "") => Ok(Beside::Start),
            (behind, "") => row(behind).map(Beside::Behind),
            ("", before) => row(before).map(Beside::Before),
            _ => Err(PageError::Form),
        }
    }
}

async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ReadRequests)?;
    let (state, beside) = (asked.state(), asked.beside()?);
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let counts = requests::compensation_counts(&cx).await?;
    let month = requests::compensation_month(&cx, office).await?;
    let found = requests::compensations(&cx, state, beside).await?;
    let now = cx.now();
    let drawn = CompensationsPage {
        frame: frame(&site, &seat, &request, Here::Compensations),
        crumbs: vec![Crumb::new("Permohonan", routes::Queue::at(&office.slug, "semua"))],
        sentence: sentence(month),
        without_rule: without_rule(month),
        tabs: tabs(office, state, &counts),
        pager: pager(office, state, (&found, &counts)),
        rows: found.rows.iter().map(|one| row(office, now, one)).collect(),
        empty: empty(state),
    };
    page::whole(&request, site.secure, &drawn)
}

/// A state as it is shown.
pub(super) fn tag(state: CompensationState) -> Tag {
    let tone = match state {
        CompensationState::Owed => "bad",
        CompensationState::Offered => "info",
        CompensationState::Accepted => "warn",
        CompensationState::Given => "ok",
        CompensationState::Declined | CompensationState::Lapsed => "quiet",
    };
    Tag::new(state.label(), tone)
}

/// How long something took beyond its due time, until it was settled or until now.
pub(super) fn late(missed: Instant, ended: Option<Instant>, now: Instant) -> String {
    zone::duration((ended.unwrap_or(now) - missed).max(TimeDelta::zero()))
}

/// What the overview says of what is not offered yet.
pub(super) fn chip(owed: Counted, slug: &str) -> Option<Chip> {
    (owed.at_least() > 0).then(|| Chip {
        label: format!("{} kompensasi belum ditawarkan", words(owed)),
        tone: "warn",
        href: Some(routes::Compensations::at(slug)),
    })
}

fn row(office: &Office, now: Instant, one: &CompensationLine) -> Row {
    let (state, since) = one.state;
    Row {
        href: routes::Request::at(&office.slug, one.row.id),
        receipt: one.row.receipt.clone(),
        service: one.row.service.clone(),
        due: office.zone.deadline(one.missed_at),
        late: late(one.missed_at, one.ended_at, now),
        tag: tag(state),
        since: When::plain(since, now, office.zone),
    }
}

/// `12`, `lebih dari 999`
fn words(counted: Counted) -> String {
    let least = count(counted.at_least());
    if counted.is_more() { format!("lebih dari {least}") } else { least }
}

/// The month in a sentence.
fn sentence(month: CompensationMonth) -> String {
    let all = Counted::of(month.offered.at_least() + month.owed.at_least());
    match all.at_least() {
        0 => "Bulan ini tidak ada janji layanan dengan kompensasi yang terlewat.".to_owned(),
        _ => format!(
            "{} janji terlewat bulan ini, {} sudah ditawari, {} belum.",
            words(all),
            words(month.offered),
            words(month.owed)
        ),
    }
}

/// What was missed where the standard promises nothing.
fn without_rule(month: CompensationMonth) -> Option<String> {
    (month.without_rule.at_least() > 0).then(|| {
        format!(
            "{} permohonan terlewat bulan ini tanpa aturan kompensasi. Admin kantor mengisinya di Pengaturan, Layanan, bagian \
             Kompensasi.",
            words(month.without_rule)
        )
    })
}

fn tabs(office: &Office, current: CompensationState, counts: &[(CompensationState, Counted)]) -> Vec<Tab> {
    let tab = |(state, counted): &(CompensationState, Counted)| Tab {
        label: loket_core::text::capital(state.label()),
        href: routes::Compensations::tab(&office.slug, state.word()),
        count: Some(format!("{}{}", count(counted.at_least()), if counted.is_more() { "+" } else { "" })),
        current: *state == current,
    };
    counts.iter().map(tab).collect()
}

fn pager(
    office: &Office,
    state: CompensationState,
    (found, counts): (&CompensationPage, &[(CompensationState, Counted)]),
) -> Pager {
    let all = counts.iter().find(|(one, _)| *one == state).map(|(_, counted)| *counted).unwrap_or_default();
    Pager {
        text: format!("{} dari {}", count(found.rows.len() as u64), words(all)),
        previous: found.before.map(|row| routes::Compensations::before(&office.slug, state.word(), row)),
        next: found.behind.map(|row| routes::Compensations::behind(&office.slug, state.word(), row)),
    }
}

const fn empty(state: CompensationState) -> (&'static str, &'static str) {
    match state {
        CompensationState::Owed => (
            "Tidak ada yang belum ditawarkan",
            "Permohonan yang lewat tenggat muncul di sini bila standar layanannya menjanjikan kompensasi.",
        ),
        CompensationState::Offered => (
            "Tidak ada yang menunggu jawaban warga",
            "Yang sudah ditawarkan muncul di sini sampai jawaban warga dicatat di halaman permohonannya.",
        ),
        CompensationState::Accepted => (
            "Tidak ada yang menunggu diberikan",
            "Yang diterima warga muncul di sini sampai pemberiannya dicatat.",
        ),
        CompensationState::Given => {
            ("Belum ada yang diberikan", "Kompensasi yang sudah diberikan tersimpan di sini.")
        }
        CompensationState::Declined => {
            ("Tidak ada yang ditolak warga", "Tawaran yang tidak diambil warga tersimpan di sini.")
        }
        CompensationState::Lapsed => (
            "Tidak ada yang gugur",
            "Yang ternyata tidak terlewat, karena gangguannya disetujui kemudian, tersimpan di sini.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(offered: u64, owed: u64, without_rule: u64) -> CompensationMonth {
        CompensationMonth {
            offered: Counted::of(offered),
            owed: Counted::of(owed),
            without_rule: Counted::of(without_rule),
        }
    }

    #[test]
    fn the_month_is_told_in_a_sentence_and_what_has_no_rule_beside_it() {
        assert_eq!(sentence(month(2, 1, 0)), "3 janji terlewat bulan ini, 2 sudah ditawari, 1 belum.");
        assert_eq!(
            sentence(month(0, 0, 4)),
            "Bulan ini tidak ada janji layanan dengan kompensasi yang terlewat."
        );
        assert_eq!(without_rule(month(2, 1, 0)), None);
        assert!(without_rule(month(0, 0, 4)).is_some_and(|told| told.starts_with("4 permohonan terlewat")));
    }

    #[test]
    fn what_is_not_offered_yet_is_a_chip_and_nothing_is_none() {
        assert!(chip(Counted::of(0), "kab").is_none());
        let told = chip(Counted::of(3), "kab").map(|chip| chip.label);
        assert_eq!(told.as_deref(), Some("3 kompensasi belum ditawarkan"));
    }

    #[test]
    fn every_state_has_a_look_and_an_empty_list_says_what_to_expect() {
        for state in CompensationState::ALL {
            assert_eq!(tag(*state).word, state.label());
            assert!(empty(*state).1.ends_with('.'));
        }
    }
}
