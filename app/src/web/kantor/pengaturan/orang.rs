//! `/kantor/{office}/pengaturan/petugas/{person}`: what somebody may do in the office, and their leaving it.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    id::{MembershipId, UserId},
    permission::{Permission, Scope},
};
use serde::Deserialize;

use super::{
    petugas::tab_word,
    role_form::{RoleEntry, RoleForm, scope_words},
};
use crate::{
    domain::people::{self, Colleague, HeldRole, Parts, PersonRow, Tab, Work},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame, When, count},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/orang.html")]
struct Person {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    email: String,
    title: String,
    signed_in: Option<When>,
    /// Nobody changes their own role.
    own: bool,
    roles: Vec<Role>,
    role_href: String,
    /// A further role.
    add: RoleForm,
    add_href: String,
    end_href: String,
    leave_href: String,
    work: String,
    heirs: Vec<Choice>,
}

struct Role {
    id: String,
    label: &'static str,
    scope: String,
    until: Option<When>,
    form: RoleForm,
}

/// A changed role.
#[derive(Debug, Deserialize)]
pub(super) struct RoleChange {
    membership: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    districts: Vec<String>,
}

/// A further role.
#[derive(Debug, Deserialize)]
pub(super) struct FurtherRole {
    #[serde(default)]
    role: String,
    #[serde(default)]
    services: Vec<String>,
    #[serde(default)]
    units: Vec<String>,
    #[serde(default)]
    districts: Vec<String>,
}

/// One of several roles that ends.
#[derive(Debug, Deserialize)]
pub(super) struct EndedRole {
    membership: String,
}

/// Everybody gets the work.
const QUEUE: &str = "antrean";

/// Who gets the work; empty: everybody.
#[derive(Debug, Deserialize)]
pub(super) struct Leaving {
    #[serde(default)]
    hand_to: String,
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    seat.demand(Permission::ConfigureOffice)?;
    let id = person(&path)?;
    let (house, office) = (&site.house, seat.office.as_ref());
    let row = people::person(house, office.id, id).await?;
    let colleagues = people::colleagues(house, office.id, id).await?;
    let cx = Cx::read(house, office.id, seat.actor()).await?;
    let row = people::titled(&cx, vec![row]).await?.pop().ok_or(PageError::NotFound)?;
    let parts = people::parts(&cx, office).await?;
    let work = people::work_of(&cx, id).await?;
    let signed_in = row.signed_in_at.map(|at| When::of(at, cx.now(), office.zone));
    let role = |held: &HeldRole| Role {
        id: held.id.to_string(),
        label: held.role.label(),
        scope: scope_words(&parts, &held.scope),
        until: held.until.map(|at| When::plain(at, cx.now(), office.zone)),
        form: form(&parts, held, &office.district_word),
    };
    let shown = Person {
        frame: frame(&site, &seat, &request, Here::Settings),
        crumbs: crumbs(&office.slug),
        roles: row.held.iter().map(role).collect(),
        own: id == seat.signed.session.user,
        role_href: routes::PersonRole::at(&office.slug, id),
        add: RoleForm::of(
            &parts,
            &RoleEntry::of(loket_core::kinds::Role::Operator, &Scope::default()),
            &office.district_word,
        ),
        add_href: routes::PersonRoleAdd::at(&office.slug, id),
        end_href: routes::PersonRoleEnd::at(&office.slug, id),
        leave_href: routes::PersonLeave::at(&office.slug, id),
        work: sentence(work),
        heirs: heirs(colleagues),
        signed_in,
        name: row.name.clone(),
        email: row.email.clone(),
        title: title(&row),
    };
    page::whole(&request, site.secure, &shown)
}

pub(super) async fn change_role(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<RoleChange>,
) -> Result<HttpResponse, PageError> {
    let change = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = person(&path)?;
    let held: MembershipId = change.membership.parse().map_err(|_| PageError::NotFound)?;
    let boxes = [&change.services, &change.units, &change.districts];
    let wish = RoleEntry::sent(&change.role, boxes).wish()?;
    people::change_role(&site.house, &seat.office, &seat.actor(), (id, held), wish).await?;
    let back = routes::Person::at(&seat.office.slug, id);
    Ok(flash::see_other(site.secure, &back, "Peran sudah diubah dan langsung berlaku."))
}

pub(super) async fn add_role(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<FurtherRole>,
) -> Result<HttpResponse, PageError> {
    let further = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = person(&path)?;
    let boxes = [&further.services, &further.units, &further.districts];
    let wish = RoleEntry::sent(&further.role, boxes).wish()?;
    people::add_role(&site.house, &seat.office, &seat.actor(), (id, wish)).await?;
    let back = routes::Person::at(&seat.office.slug, id);
    Ok(flash::see_other(site.secure, &back, "Peran ditambahkan dan langsung berlaku."))
}

pub(super) async fn end_role(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<EndedRole>,
) -> Result<HttpResponse, PageError> {
    let ended = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = person(&path)?;
    let held: MembershipId = ended.membership.parse().map_err(|_| PageError::NotFound)?;
    people::end_role(&site.house, &seat.office, &seat.actor(), (id, held)).await?;
    let back = routes::Person::at(&seat.office.slug, id);
    Ok(flash::see_other(
        site.secure,
        &back,
        "Peran diakhiri. Pekerjaan yang tidak lagi terjangkau dikembalikan.",
    ))
}

pub(super) async fn leave(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Leaving>,
) -> Result<HttpResponse, PageError> {
    let leaving = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id = person(&path)?;
    let heir = match leaving.hand_to.as_str() {
        "" | QUEUE => None,
        text => Some(text.parse::<UserId>().map_err(|_| PageError::NotFound)?),
    };
    people::leave(&site.house, &seat.office, &seat.actor(), (id, heir)).await?;
    let back = routes::People::at(&seat.office.slug, tab_word(Tab::Gone), 0);
    let said = "Petugas sudah keluar dari kantor ini. Pekerjaannya diserahkan.";
    Ok(flash::see_other(site.secure, &back, said))
}

fn person(path: &(String, String)) -> Result<UserId, PageError> {
    path.1.parse().map_err(|_| PageError::NotFound)
}

fn crumbs(slug: &str) -> Vec<Crumb> {
    let list = routes::People::at(slug, tab_word(Tab::Active), 0);
    vec![Crumb::new("Pengaturan", routes::Settings::at(slug)), Crumb::new("Petugas", list)]
}

fn form(parts: &Parts, held: &HeldRole, district_word: &str) -> RoleForm {
    RoleForm::of(parts, &RoleEntry::of(held.role, &held.scope), district_word)
}

fn heirs(colleagues: Vec<Colleague>) -> Vec<Choice> {
    let everybody = Choice::new(QUEUE, "Kembalikan ke antrean");
    let each = colleagues.into_iter().map(|Colleague { id, name }| Choice::new(id.to_string(), name));
    [everybody].into_iter().chain(each).collect()
}

fn title(row: &PersonRow) -> String {
    if row.title.is_empty() { "Jabatan belum dicatat".to_owned() } else { row.title.clone() }
}

/// What somebody would leave behind.
fn sentence(work: Work) -> String {
    match (work.requests, work.conversations) {
        (0, 0) => "Tidak ada pekerjaan yang perlu diserahkan.".to_owned(),
        (requests, 0) => format!("{} permohonan perlu diserahkan.", count(requests)),
        (0, talks) => format!("{} percakapan perlu diserahkan.", count(talks)),
        (requests, talks) => {
            format!("{} permohonan dan {} percakapan perlu diserahkan.", count(requests), count(talks))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_behind_is_counted() {
        let of = |requests, conversations| sentence(Work { requests, conversations });
        assert_eq!(of(0, 0), "Tidak ada pekerjaan yang perlu diserahkan.");
        assert_eq!(of(12, 3), "12 permohonan dan 3 percakapan perlu diserahkan.");
        assert_eq!(of(0, 1), "1 percakapan perlu diserahkan.");
    }
}
