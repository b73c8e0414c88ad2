//! A sentence that survives one redirect: what was just done.
//!
//! It rides in a short-lived cookie that only this server reads, and is gone once a page has shown it.
//! It never holds a name or a number: the sentences are ours.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    http::header,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::live;

const LONGEST: usize = 300;
const LIFE: Duration = Duration::seconds(60);

/// A browser takes a `__Host-` cookie only from this very host over HTTPS.
const fn name(secure: bool) -> &'static str {
    if secure { "__Host-loket-flash" } else { "loket-flash" }
}

/// Sends the browser on to a page, which will say `sentence`.
pub fn see_other(secure: bool, location: &str, sentence: &str) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther();
    answer.insert_header((header::LOCATION, location));
    if !sentence.is_empty() {
        answer.cookie(cookie(secure, URL_SAFE_NO_PAD.encode(sentence), LIFE));
    }
    answer.finish()
}

/// What the last step left to be said.
pub fn read(request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(name(true)).or_else(|| request.cookie(name(false)))?;
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cookie.value()).ok()?).ok()?;
    let is_sentence = !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(char::is_control);
    is_sentence.then_some(text)
}

/// Takes the sentence away, once a whole page has shown it; a block of a page shows none.
pub fn shown(request: &HttpRequest, secure: bool, answer: &mut HttpResponse) {
    if request.cookie(name(secure)).is_some() && !is_block(request) {
        let gone = cookie(secure, String::new(), Duration::ZERO);
        // A cookie of our own making is a valid header.
        let _ = answer.add_cookie(&gone);
    }
}

/// Whether only a block of the page is asked for.
pub fn is_block(request: &HttpRequest) -> bool {
    live::blocks_asked(request).is_some()
}

fn cookie(secure: bool, value: String, life: Duration) -> Cookie<'static> {
    Cookie::build(name(secure), value)
        .path("/")
        .http_only(true)
        .secure(secure)
        .same_site(SameSite::Lax)
        .max_age(life)
        .finish()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_sentence_survives_one_redirect() {
        let answer = see_other(true, "/kantor/x/antrean", "Permohonan diambil.");
        assert_eq!(answer.status(), 303);
        let set: Vec<_> = answer.cookies().collect();
        assert_eq!(set.len(), 1);
        for cookie in set {
            assert_eq!(cookie.http_only(), Some(true));
            let request = TestRequest::default().cookie(cookie.into_owned()).to_http_request();
            assert_eq!(read(&request).as_deref(), Some("Permohonan diambil."));
            let mut page = HttpResponse::Ok().finish();
            shown(&request, true, &mut page);
            assert!(page.cookies().all(|cookie| cookie.value().is_empty()));
        }
    }

    #[test]
    fn what_is_no_sentence_is_not_shown() {
        for value in ["", "%%%", &URL_SAFE_NO_PAD.encode("a\nb"), &URL_SAFE_NO_PAD.encode("x".repeat(301))] {
            let cookie = Cookie::new("loket-flash", value.to_owned());
            let request = TestRequest::default().cookie(cookie).to_http_request();
            assert_eq!(read(&request), None);
        }
    }

    #[test]
    fn a_block_leaves_the_sentence_for_the_page() {
        let cookie = Cookie::new("loket-flash", URL_SAFE_NO_PAD.encode("Terkirim."));
        let request =
            TestRequest::default().cookie(cookie).insert_header(("x-loket-block", "rows")).to_http_request();
        let mut block = HttpResponse::Ok().finish();
        shown(&request, false, &mut block);
        assert_eq!(block.cookies().count(), 0);
    }
}
