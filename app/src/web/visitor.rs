//! Somebody without a session, and the forms they are given.
//!
//! Such a form is held by a double submit: a random cookie, and a token made from it with a key of ours, so
//! that a cookie planted by a neighbouring host makes no token.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
};

use super::{csrf::CsrfKey, error::PageError, site::Site};
use crate::infra::Fault;

/// A browser that has not signed in.
pub struct Visitor {
    value: String,
    /// What the tokens of its forms are made with.
    pub key: CsrfKey,
}

impl Visitor {
    /// The one whose cookie came with the request.
    pub fn of(request: &HttpRequest, site: &Site) -> Option<Self> {
        let value = request.cookie(site.visitor_cookie())?.value().to_owned();
        let ours = value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        ours.then(|| Self::with(value, site))
    }

    /// The one whose cookie came, or a new one.
    pub fn meet(request: &HttpRequest, site: &Site) -> Self {
        Self::of(request, site).unwrap_or_else(|| Self::with(hex::encode(site.house.ids.secret()), site))
    }

    fn with(value: String, site: &Site) -> Self {
        let secret = [site.tokens.visitor_key().as_slice(), value.as_bytes()].concat();
        Self { value, key: CsrfKey::of(&secret) }
    }

    /// Gives an answer the cookie that its form will be checked against.
    pub fn stay(&self, answer: &mut HttpResponse, site: &Site) -> Result<(), PageError> {
        set(answer, cookie(site.visitor_cookie(), self.value.clone(), site.secure))
    }
}

/// Gone when the browser closes; readable by no script; sent by no other site's form.
pub fn cookie(name: &'static str, value: String, secure: bool) -> Cookie<'static> {
    Cookie::build(name, value).path("/").http_only(true).secure(secure).same_site(SameSite::Lax).finish()
}

/// What takes a cookie away.
pub fn gone(name: &'static str, secure: bool) -> Cookie<'static> {
    let mut gone = cookie(name, String::new(), secure);
    gone.make_removal();
    gone
}

/// Puts a cookie into an answer.
pub fn set(answer: &mut HttpResponse, cookie: Cookie<'static>) -> Result<(), PageError> {
    answer.add_cookie(&cookie).map_err(|_| Fault::Inconsistent("a cookie").into())
}
