//! `/kantor/{office}/pengaturan/delegasi`: who acts for the head, by which letter and on which days. For an
//! administrator and for the head; whoever acts sees it and names nobody.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use chrono::{Datelike, NaiveDate};
use loket_core::{
    acting::{ActingKind, Days},
    clock::Instant,
    id::DelegationId,
    permission::Permission,
    zone,
};
use serde::Deserialize;

use crate::{
    domain::{
        accounts::acting_title,
        people::{self, Colleague, Course, DelegationRow, NewDelegation, PeopleError},
        tenancy::Office,
    },
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, Tag, When},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/delegasi.html")]
struct Delegations {
    frame: Frame,
    crumbs: Vec<Crumb>,
    head: &'static str,
    action: String,
    people: Vec<Choice>,
    kinds: Vec<Choice>,
    typed: Entry,
    error: Option<String>,
    rows: Vec<Shown>,
}

/// A letter.
struct Shown {
    title: String,
    name: String,
    days: String,
    number: String,
    basis: String,
    named_by: String,
    named_at: When,
    state: Tag,
    /// While it can be ended.
    end_href: Option<String>,
}

/// What was sent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    person: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    basis: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::NameActing)?;
    draw((&site, &seat, &request), Entry::default(), (StatusCode::OK, None)).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::NameActing)?;
    let error = match entry.letter() {
        Ok(new) => match people::delegate(&site.house, &seat.office, &seat.actor(), new).await {
            Ok(_) => {
                let back = routes::Delegations::at(&seat.office.slug);
                return Ok(flash::see_other(
                    site.secure,
                    &back,
                    "Penunjukan tersimpan. Berlaku pada tanggalnya.",
                ));
            }
            Err(PeopleError::Invalid(sentence)) => sentence,
            Err(other) => return Err(other.into()),
        },
        Err(sentence) => sentence.to_owned(),
    };
    draw((&site, &seat, &request), entry, (StatusCode::UNPROCESSABLE_ENTITY, Some(error))).await
}

pub(super) async fn end(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Nothing>,
) -> Answer {
    form.checked(seat.csrf())?;
    seat.demand(Permission::NameActing)?;
    let id: DelegationId = path.1.parse().map_err(|_| PageError::NotFound)?;
    people::end_delegation(&site.house, &seat.office, &seat.actor(), id).await?;
    let back = routes::Delegations::at(&seat.office.slug);
    Ok(flash::see_other(site.secure, &back, "Penunjukan diakhiri sekarang."))
}

impl Entry {
    fn letter(&self) -> Result<NewDelegation, &'static str> {
        let day =
            |text: &str| text.parse::<NaiveDate>().map_err(|_| "Isi tanggal mulai dan tanggal selesai.");
        Ok(NewDelegation {
            person: self.person.parse().map_err(|_| "Pilih petugas dari daftar.")?,
            kind: self.kind.parse().map_err(|_| "Pilih Plh. atau Plt.")?,
            days: Days { from: day(&self.from)?, until: day(&self.until)? },
            number: self.number.clone(),
            basis: self.basis.clone(),
        })
    }
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    typed: Entry,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let office = seat.office.as_ref();
    let rows = people::delegations(&site.house, office).await?;
    let people = people::candidates(&site.house, office.id, seat.signed.session.user).await?;
    let now = site.house.clock.now();
    let shown = Delegations {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: crumbs(seat),
        head: office.kind.head(),
        action: routes::Delegations::at(&office.slug),
        people: choices(people, &typed.person),
        kinds: ActingKind::ALL
            .iter()
            .map(|kind| Choice::new(kind.word(), kind.label()).chosen(kind.word() == typed.kind))
            .collect(),
        rows: rows.into_iter().map(|row| Shown::of(row, office, now)).collect(),
        typed,
        error,
    };
    page::with_status(status, (request, site.secure), &shown)
}

/// The head has no settings but this page.
fn crumbs(seat: &InOffice) -> Vec<Crumb> {
    let settings = Crumb::new("Pengaturan", routes::Settings::at(&seat.office.slug));
    if seat.may(Permission::ConfigureOffice) { vec![settings] } else { Vec::new() }
}

fn choices(people: Vec<Colleague>, chosen: &str) -> Vec<Choice> {
    let choice = |Colleague { id, name }: Colleague| {
        let id = id.to_string();
        Choice::new(id.as_str(), name).chosen(id == chosen)
    };
    people.into_iter().map(choice).collect()
}

impl Shown {
    fn of(row: DelegationRow, office: &Office, now: Instant) -> Self {
        let days = |days: Days| {
            let (from, until) = (zone::short_date(days.from), zone::short_date(days.until));
            format!("{from} sampai {until} {}", days.until.year())
        };
        let state = match row.course {
            Course::Now => Tag::new("Berlaku", "ok"),
            Course::Coming => Tag::new("Belum mulai", "info"),
            Course::Over => Tag::new("Selesai", "quiet"),
            Course::Ended(at) => {
                Tag::new(format!("Diakhiri {}", zone::short_date(office.zone.date(at))), "quiet")
            }
        };
        let open = matches!(row.course, Course::Now | Course::Coming);
        Self {
            title: acting_title(row.kind, office.kind),
            days: days(row.days),
            end_href: open.then(|| routes::DelegationEnd::at(&office.slug, row.id)),
            named_at: When::plain(row.named_at, now, office.zone),
            name: row.name,
            number: row.number,
            basis: row.basis,
            named_by: row.named_by,
            state,
        }
    }
}
