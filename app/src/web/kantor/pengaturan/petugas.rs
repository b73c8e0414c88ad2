//! `/kantor/{office}/pengaturan/petugas`: who works in the office, who was invited, who has left.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{clock::Instant, id::InvitationId, permission::Permission};
use serde::Deserialize;

use super::{role_form::scope_words, undang};
use crate::{
    domain::{
        people::{self, InvitationRow, Numbers, Parts, PersonRow, Tab as List},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing, Query},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, Pager, Tab, When},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/petugas.html")]
struct People {
    frame: Frame,
    crumbs: Vec<Crumb>,
    tabs: Vec<Tab>,
    invite_href: Option<String>,
    gone: bool,
    people: Vec<Shown>,
    invitations: Option<Vec<Invited>>,
    pager: Pager,
}

struct Shown {
    name: String,
    email: String,
    title: String,
    href: String,
    roles: Vec<Role>,
    signed_in: Option<When>,
}

struct Role {
    label: &'static str,
    scope: String,
}

struct Invited {
    name: String,
    email: String,
    role: &'static str,
    scope: String,
    sent: When,
    until: When,
    over: bool,
    resend_href: String,
    withdraw_href: String,
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    hal: u64,
}

/// The word of a list in an address.
pub(super) const fn tab_word(list: List) -> &'static str {
    match list {
        List::Active => "aktif",
        List::Invited => "diundang",
        List::Gone => "keluar",
    }
}

fn list_of(word: &str) -> List {
    [List::Invited, List::Gone].into_iter().find(|list| tab_word(*list) == word).unwrap_or(List::Active)
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    let (house, office) = (&site.house, seat.office.as_ref());
    let list = list_of(&asked.tab);
    let numbers = people::numbers(house, office.id).await?;
    let (mut rows, mut invited) = (Vec::new(), None);
    let more = if list == List::Invited {
        let (found, more) = people::invitations(house, office.id, asked.hal).await?;
        invited = Some(found);
        more
    } else {
        let (found, more) = people::people(house, office.id, (list, asked.hal)).await?;
        rows = found;
        more
    };
    let cx = Cx::read(house, office.id, seat.actor()).await?;
    let parts = people::parts(&cx, office).await?;
    let seen = Seen { office, parts: &parts, now: cx.now() };
    let people = people::titled(&cx, rows).await?.into_iter().map(|row| seen.person(row)).collect();
    let invitations = invited.map(|rows| rows.into_iter().map(|row| seen.invited(row)).collect());
    let shown = People {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(&office.slug))],
        tabs: tabs(&office.slug, numbers, list),
        invite_href: site.mailer.as_ref().map(|_| routes::Invite::at(&office.slug)),
        gone: list == List::Gone,
        people,
        invitations,
        pager: pager(&office.slug, (list, asked.hal), more),
    };
    page::whole(&request, site.secure, &shown)
}

pub(super) async fn resend(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(seat.csrf())?;
    undang::may(&site, &seat)?;
    let id = invitation(&path)?;
    people::resend(&site.house, &seat.office, &seat.actor(), id).await?;
    Ok(back(&site, &seat, "Surat undangan dikirim ulang. Tautan yang lama tidak berlaku lagi."))
}

pub(super) async fn withdraw(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Nothing>,
) -> Result<HttpResponse, PageError> {
    form.checked(seat.csrf())?;
    let id = invitation(&path)?;
    people::withdraw(&site.house, &seat.office, &seat.actor(), id).await?;
    Ok(back(&site, &seat, "Undangan dibatalkan. Tautannya tidak berlaku lagi."))
}

fn invitation(path: &(String, String)) -> Result<InvitationId, PageError> {
    path.1.parse().map_err(|_| PageError::NotFound)
}

fn back(site: &Site, seat: &InOffice, sentence: &str) -> HttpResponse {
    let to = routes::People::at(&seat.office.slug, tab_word(List::Invited), 0);
    flash::see_other(site.secure, &to, sentence)
}

fn tabs(slug: &str, numbers: Numbers, list: List) -> Vec<Tab> {
    let all = [
        ("Aktif", List::Active, numbers.active),
        ("Diundang", List::Invited, numbers.invited),
        ("Keluar", List::Gone, numbers.gone),
    ];
    let tab = |(label, of, count): (&str, List, u64)| Tab {
        label: label.to_owned(),
        href: routes::People::at(slug, tab_word(of), 0),
        count: Some(crate::web::parts::count(count)),
        current: of == list,
    };
    all.into_iter().map(tab).collect()
}

fn pager(slug: &str, (list, hal): (List, u64), more: bool) -> Pager {
    let at = |hal| routes::People::at(slug, tab_word(list), hal);
    Pager {
        text: format!("Halaman {}", hal.saturating_add(1)),
        previous: hal.checked_sub(1).map(at),
        next: more.then(|| at(hal.saturating_add(1))),
    }
}

/// What rows are drawn with.
struct Seen<'a> {
    office: &'a Office,
    parts: &'a Parts,
    now: Instant,
}

impl Seen<'_> {
    fn person(&self, row: PersonRow) -> Shown {
        let roles = row
            .held
            .iter()
            .map(|held| Role { label: held.role.label(), scope: scope_words(self.parts, &held.scope) });
        Shown {
            roles: roles.collect(),
            signed_in: row.signed_in_at.map(|at| When::of(at, self.now, self.office.zone)),
            href: routes::Person::at(&self.office.slug, row.id),
            name: row.name,
            email: row.email,
            title: row.title,
        }
    }

    fn invited(&self, row: InvitationRow) -> Invited {
        let (slug, zone) = (&self.office.slug, self.office.zone);
        Invited {
            role: row.role.label(),
            scope: scope_words(self.parts, &row.scope),
            sent: When::of(row.invited_at, self.now, zone),
            until: When::plain(row.expires_at, self.now, zone),
            over: row.expires_at <= self.now,
            resend_href: routes::InvitationResend::at(slug, row.id),
            withdraw_href: routes::InvitationWithdraw::at(slug, row.id),
            name: row.name,
            email: row.email,
        }
    }
}
