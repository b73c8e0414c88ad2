//! `/undangan/{token}`: accepting an invitation. Who is new gives a name and a password; who has an account
//! signs in and adds the office to it. Opening the page changes nothing: mail filters open links too.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::text::PersonName;
use serde::Deserialize;

use crate::{
    domain::{
        accounts::{LiveSession, Password, Purpose, Ticket},
        people::{self, Guest, PeopleError},
    },
    web::{
        csrf::CsrfKey, error::PageError, flash, form::Form, guard, page, routes, site::Site, visitor::Visitor,
    },
};

#[derive(Template)]
#[template(path = "invitation.html")]
struct Invitation {
    demo: bool,
    flash: Option<String>,
    csrf: String,
    action: String,
    sign_in_href: String,
    sign_out_href: String,
    office: String,
    role: String,
    email: String,
    step: Step,
}

/// What whoever follows the link does next.
enum Step {
    /// Makes an account.
    Join { called: String, wrong: Wrong },
    /// Signs in as who was invited.
    SignIn,
    /// Adds the office to the account.
    Add { error: Option<String> },
    /// Signs out: somebody else is in.
    NotYou { person: String },
}

#[derive(Default)]
struct Wrong {
    name: Option<String>,
    password: Option<String>,
    repeat: Option<String>,
    whole: Option<String>,
}

#[derive(Template)]
#[template(path = "invitation_over.html")]
struct Over {
    demo: bool,
    flash: Option<String>,
    sign_in_href: String,
}

#[derive(Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    name: String,
    password: Option<Password>,
    repeat: Option<Password>,
}

/// Who stands at the door, and with what.
struct Door<'a> {
    site: &'a Site,
    request: &'a HttpRequest,
    token: &'a str,
    ticket: Ticket,
    guest: Guest,
    session: Option<LiveSession>,
}

pub(super) async fn get(
    site: Data<Site>,
    request: HttpRequest,
    token: Path<String>,
) -> Result<HttpResponse, PageError> {
    match Door::open(&site, &request, &token).await? {
        Some(door) => door.draw(StatusCode::OK, door.first_step()),
        None => over(&site, &request),
    }
}

pub(super) async fn post(
    site: Data<Site>,
    request: HttpRequest,
    token: Path<String>,
    form: Form<Entry>,
) -> Result<HttpResponse, PageError> {
    let session = guard::live_session(&request).await?;
    let key = match &session {
        Some(session) => CsrfKey::of(&session.secret),
        None => Visitor::of(&request, &site).ok_or(PageError::Token)?.key,
    };
    let entry = form.checked(&key)?;
    let Some(door) = Door::open(&site, &request, &token).await? else { return over(&site, &request) };
    match door.first_step() {
        Step::Join { .. } => door.join(entry).await,
        Step::Add { .. } => door.add().await,
        step => door.draw(StatusCode::FORBIDDEN, step),
    }
}

impl<'a> Door<'a> {
    async fn open(
        site: &'a Site,
        request: &'a HttpRequest,
        token: &'a str,
    ) -> Result<Option<Self>, PageError> {
        let now = site.house.clock.now();
        let Ok(ticket) = site.tokens.read(Purpose::Invitation, token, now) else { return Ok(None) };
        let Some(guest) = people::guest(&site.house, &ticket).await? else { return Ok(None) };
        let session = guard::live_session(request).await?;
        Ok(Some(Self { site, request, token, ticket, guest, session }))
    }

    fn first_step(&self) -> Step {
        match (&self.session, self.guest.account) {
            (Some(session), Some(account)) if session.user == account => Step::Add { error: None },
            (Some(session), _) => Step::NotYou { person: session.name.clone() },
            (None, Some(_)) => Step::SignIn,
            (None, None) => Step::Join { called: self.guest.name.clone(), wrong: Wrong::default() },
        }
    }

    async fn join(&self, entry: Entry) -> Result<HttpResponse, PageError> {
        let (wrong, password) = check(&entry);
        let name = PersonName::parse(&entry.name);
        let (Ok(name), Some(password)) = (name, password) else {
            return self.draw(StatusCode::UNPROCESSABLE_ENTITY, Step::Join { called: entry.name, wrong });
        };
        let Site { house, hasher, .. } = self.site;
        match people::accept_new(house, hasher, &self.ticket, &name, password).await {
            Ok(_) => {
                let next = routes::Office::at(&self.guest.office.slug);
                let said = "Akun sudah dibuat. Silakan masuk dengan kata sandi yang baru.";
                Ok(flash::see_other(self.site.secure, &routes::SignIn::at(Some(&next)), said))
            }
            Err(PeopleError::Over) => over(self.site, self.request),
            Err(PeopleError::Fault(fault)) => Err(fault.into()),
            Err(other) => {
                let wrong = Wrong { whole: Some(other.to_string()), ..Wrong::default() };
                self.draw(StatusCode::UNPROCESSABLE_ENTITY, Step::Join { called: entry.name, wrong })
            }
        }
    }

    async fn add(&self) -> Result<HttpResponse, PageError> {
        let Some(session) = &self.session else { return Err(PageError::Token) };
        match people::accept_as(&self.site.house, &self.ticket, session.user).await {
            Ok(()) => {
                let next = routes::Office::at(&self.guest.office.slug);
                let said = "Undangan diterima. Bapak/Ibu dapat berpindah kantor lewat menu nama.";
                Ok(flash::see_other(self.site.secure, &next, said))
            }
            Err(PeopleError::Over) => over(self.site, self.request),
            Err(PeopleError::Fault(fault)) => Err(fault.into()),
            Err(other) => {
                let step = Step::Add { error: Some(other.to_string()) };
                self.draw(StatusCode::UNPROCESSABLE_ENTITY, step)
            }
        }
    }

    fn draw(&self, status: StatusCode, step: Step) -> Result<HttpResponse, PageError> {
        let (site, request) = (self.site, self.request);
        let visitor = Visitor::meet(request, site);
        let own = self.session.as_ref().map(|session| CsrfKey::of(&session.secret));
        let action = routes::Invitation::at(self.token);
        let page = Invitation {
            demo: site.demo,
            flash: flash::read(request),
            csrf: own.as_ref().unwrap_or(&visitor.key).token(),
            sign_in_href: routes::SignIn::at(Some(&action)),
            sign_out_href: routes::SignOut::PATTERN.to_owned(),
            action,
            office: self.guest.office.name.clone(),
            role: self.guest.role.label().to_owned(),
            email: self.guest.email.clone(),
            step,
        };
        let mut answer = page::with_status(status, (request, site.secure), &page)?;
        if own.is_none() {
            visitor.stay(&mut answer, site)?;
        }
        Ok(answer)
    }
}

/// What of the form cannot be used, and the password if it can.
fn check(entry: &Entry) -> (Wrong, Option<&Password>) {
    let name = PersonName::parse(&entry.name).err().map(|error| error.to_string());
    let mut wrong = Wrong { name, ..Wrong::default() };
    let (Some(password), Some(repeat)) = (&entry.password, &entry.repeat) else {
        wrong.password = Some("Kata sandi belum diisi.".to_owned());
        return (wrong, None);
    };
    wrong.password = password.check_new().err().map(|refusal| refusal.to_string());
    if wrong.password.is_none() && !password.is_same(repeat) {
        wrong.repeat = Some("Kedua kata sandi belum sama.".to_owned());
    }
    let fits = wrong.password.is_none() && wrong.repeat.is_none();
    (wrong, fits.then_some(password))
}

/// One page for a link that was used, taken back, over, or never was.
fn over(site: &Site, request: &HttpRequest) -> Result<HttpResponse, PageError> {
    let page = Over { demo: site.demo, flash: flash::read(request), sign_in_href: routes::SignIn::at(None) };
    page::with_status(StatusCode::GONE, (request, site.secure), &page)
}
