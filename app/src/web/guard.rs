//! Who is asking, and from where: extractors that refuse before a handler runs.
//!
//! The office of a request is the path's, and only if the session's person holds a role there today. To
//! everybody else it does not exist.

use std::{future::Future, pin::Pin, sync::Arc};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use loket_core::{
    id::SessionId,
    permission::{Permission, Standing},
};

use super::{csrf::CsrfKey, error::PageError, site::Site};
use crate::{
    domain::{
        accounts::{self, LiveSession, Purpose},
        tenancy::{self, Office},
    },
    infra::{Actor, PlatformTx},
};

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, PageError>>>>;

/// Somebody who is signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Their session, with everything they hold now.
    pub session: Arc<LiveSession>,
    key: CsrfKey,
}

impl SignedIn {
    /// What the tokens of this session are made with.
    pub fn csrf(&self) -> &CsrfKey {
        &self.key
    }

    async fn of(request: HttpRequest) -> Result<Self, PageError> {
        match live_session(&request).await? {
            Some(session) => {
                let key = CsrfKey::of(&session.secret);
                Ok(Self { session: Arc::new(session), key })
            }
            None => Err(PageError::SignIn(way_back(&request))),
        }
    }
}

/// Only a page that was opened is come back to; a form that was sent is not sent again.
fn way_back(request: &HttpRequest) -> String {
    let asked = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if request.method() == actix_web::http::Method::GET { asked.to_owned() } else { "/".to_owned() }
}

/// The session behind the request's cookie, if it stands.
pub async fn live_session(request: &HttpRequest) -> Result<Option<LiveSession>, PageError> {
    let site = request.app_data::<web::Data<Site>>().ok_or(PageError::NotFound)?;
    let Some(cookie) = request.cookie(site.session_cookie()) else { return Ok(None) };
    let now = site.house.clock.now();
    let Ok(ticket) = site.tokens.read(Purpose::Session, cookie.value(), now) else { return Ok(None) };
    let session = accounts::session_by_id(&site.house, SessionId(ticket.id)).await?;
    let session = session.filter(|session| session.user.0 == ticket.subject);
    if let Some(session) = &session
        && session.wants_touch(now)
    {
        accounts::touch(&site.house, session.id).await?;
    }
    Ok(session)
}

impl FromRequest for SignedIn {
    type Error = PageError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(Self::of(request))
    }
}

/// Somebody who holds a role in the office of the path.
#[derive(Clone)]
pub struct InOffice {
    /// The office.
    pub office: Arc<Office>,
    /// The person as they stand in it.
    pub standing: Arc<Standing>,
    /// Their session.
    pub signed: SignedIn,
}

impl InOffice {
    /// The person as the one who acts.
    pub fn actor(&self) -> Actor {
        Actor::Officer(Arc::clone(&self.standing))
    }

    /// What the tokens of this session are made with.
    pub fn csrf(&self) -> &CsrfKey {
        self.signed.csrf()
    }

    /// Whether a permission is held for any part of the office.
    pub fn may(&self, permission: Permission) -> bool {
        self.standing.may(permission)
    }

    /// Refuses whoever does not hold a permission for any part of the office.
    pub fn demand(&self, permission: Permission) -> Result<(), PageError> {
        if self.may(permission) { Ok(()) } else { Err(PageError::NotAllowed) }
    }
}

impl FromRequest for InOffice {
    type Error = PageError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let signed = SignedIn::of(request.clone()).await?;
            let slug = request.match_info().get("office").ok_or(PageError::NotFound)?;
            let office = signed.session.offices().into_iter().find(|office| office.slug == slug).cloned();
            let office = office.filter(Office::is_open).ok_or(PageError::NotFound)?;
            let standing = signed.session.standing(office.id).ok_or(PageError::NotFound)?;
            Ok(Self { office: Arc::new(office), standing: Arc::new(standing), signed })
        })
    }
}

/// Somebody who holds a role in the province of the path.
pub struct InProvince {
    /// The province.
    pub province: tenancy::Province,
    /// Their session.
    pub signed: SignedIn,
}

impl FromRequest for InProvince {
    type Error = PageError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let signed = SignedIn::of(request.clone()).await?;
            let code = request.match_info().get("code").ok_or(PageError::NotFound)?;
            if !signed.session.is_in_province(code) {
                return Err(PageError::NotFound);
            }
            let site = request.app_data::<web::Data<Site>>().ok_or(PageError::NotFound)?;
            let tx = PlatformTx::read(&site.house).await?;
            let province = tenancy::province(&tx, code).await?.ok_or(PageError::NotFound)?;
            Ok(Self { province, signed })
        })
    }
}

/// Somebody who holds a role above everything.
pub struct OnPlatform {
    /// Their session.
    pub signed: SignedIn,
}

impl FromRequest for OnPlatform {
    type Error = PageError;
    type Future = Extracting<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let signed = SignedIn::of(request).await?;
            if signed.session.is_on_platform() { Ok(Self { signed }) } else { Err(PageError::NotFound) }
        })
    }
}
