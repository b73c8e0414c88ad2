//! People as the tests speak of them: an officer at a browser without JavaScript, a citizen with a phone.

#![expect(clippy::expect_used, reason = "a test that cannot go on should say so and stop")]

use std::sync::Mutex;

use bytes::Bytes;
use loket::{
    demo::setup::PASSWORD,
    fake_graph::{PhoneContent, PhoneDirection, PhoneMessage},
    web::simulator::{people::PEOPLE, samples::Sample},
};
use reqwest::{
    StatusCode,
    header::{COOKIE, LOCATION, SET_COOKIE},
    multipart::{Form, Part},
};

use crate::app::TestApp;

/// An answer of the site.
#[derive(Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Where it sends on to.
    pub location: Option<String>,
    /// Its headers.
    pub headers: reqwest::header::HeaderMap,
    /// Its text.
    pub body: String,
}

impl Page {
    /// Whether a text stands on it, entities and white space aside.
    pub fn says(&self, text: &str) -> bool {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        plain(&self.body.replace("&#38;", "&").replace("&#39;", "'")).contains(&plain(text))
    }

    /// The path of the first link or form target that holds a text.
    pub fn path_with(&self, part: &str) -> Option<String> {
        self.body
            .split(['"'])
            .find(|piece| piece.starts_with('/') && piece.contains(part))
            .map(|piece| piece.replace("&#38;", "&"))
    }
}

/// Somebody at a browser.
pub struct Officer {
    http: reqwest::Client,
    base: String,
    cookies: Mutex<Vec<(String, String)>>,
    token: Mutex<Option<String>>,
}

impl Officer {
    /// Somebody who has no cookie yet.
    pub fn stranger(http: &reqwest::Client, base: &str) -> Self {
        Self { http: http.clone(), base: base.to_owned(), cookies: Mutex::default(), token: Mutex::default() }
    }

    /// Somebody signs in with the password of the demonstration.
    pub async fn signs_in(http: &reqwest::Client, base: &str, email: &str) -> Self {
        let person = Self::stranger(http, base);
        let page = person.tries_to_sign_in(email, PASSWORD).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{email} is let in: {}", page.body);
        person
    }

    /// Tries an address and a password.
    pub async fn tries_to_sign_in(&self, email: &str, password: &str) -> Page {
        self.get("/masuk").await;
        self.post("/masuk", &[("email", email), ("password", password)]).await
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.ask(self.http.get(self.url(path))).await
    }

    /// Sends a form, with the token of the page that was opened last.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let token = self.token();
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        if let Some(token) = &token {
            all.push(("csrf", token));
        }
        let body = serde_html(&all);
        let request =
            self.http.post(self.url(path)).header("content-type", "application/x-www-form-urlencoded");
        self.ask(request.body(body)).await
    }

    /// Sends a form with a file, with the token of the page that was opened last.
    pub async fn uploads(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str, &[u8])) -> Page {
        let mut form = Form::new();
        if let Some(token) = self.token() {
            form = form.text("csrf", token);
        }
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        let (field, name, bytes) = file;
        let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
        self.ask(self.http.post(self.url(path)).multipart(form.part(field.to_owned(), part))).await
    }

    /// Fetches some live blocks of a page, as the script does.
    pub async fn looks_again(&self, path: &str, blocks: &str) -> Page {
        self.ask(self.http.get(self.url(path)).header("x-loket-block", blocks)).await
    }

    /// Opens a page and leaves it to be read.
    pub async fn opens(&self, path: &str) -> reqwest::Response {
        self.sends(self.http.get(self.url(path))).await
    }

    async fn sends(&self, request: reqwest::RequestBuilder) -> reqwest::Response {
        self.signed(request).send().await.expect("the site answers")
    }

    /// Sends any request, with the cookies.
    pub async fn ask(&self, request: reqwest::RequestBuilder) -> Page {
        let answer = self.sends(request).await;
        self.keep_cookies(&answer);
        let (status, headers) = (answer.status(), answer.headers().clone());
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let body = text_of(answer).await;
        if let Some(token) = token_in(&body) {
            *self.token.lock().expect("token") = Some(token);
        }
        Page { status, location, headers, body }
    }

    /// The bytes of an answer as they came over the wire.
    pub async fn bytes(&self, request: reqwest::RequestBuilder) -> Bytes {
        let answer = self.sends(request).await;
        assert!(answer.status().is_success(), "{} {}", answer.status(), answer.url().path());
        answer.bytes().await.expect("the answer has a body")
    }

    fn signed(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let cookies = {
            let cookies = self.cookies.lock().expect("cookies");
            cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
        };
        if cookies.is_empty() { request } else { request.header(COOKIE, cookies) }
    }

    /// The cookie of a name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().expect("cookies");
        cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    /// Puts a cookie in place of another.
    pub fn takes_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().expect("cookies");
        cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The token of the page that was opened last.
    pub fn token(&self) -> Option<String> {
        self.token.lock().expect("token").clone()
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn keep_cookies(&self, answer: &reqwest::Response) {
        for header in answer.headers().get_all(SET_COOKIE) {
            let Some((name, rest)) = header.to_str().ok().and_then(|text| text.split_once('=')) else {
                continue;
            };
            let value = rest.split(';').next().unwrap_or_default();
            self.takes_cookie(name, value);
        }
    }
}

/// The text of an answer; of a stream, which has no end, what it says at first.
async fn text_of(mut answer: reqwest::Response) -> String {
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("text/event-stream") {
        return answer.text().await.expect("the answer is text");
    }
    let first = answer.chunk().await.expect("the stream begins");
    String::from_utf8_lossy(&first.unwrap_or_default()).into_owned()
}

fn token_in(body: &str) -> Option<String> {
    let at = body.find("name=\"csrf\"")?;
    let rest = body.get(at..)?;
    let value = rest.get(rest.find("value=\"")? + 7..)?;
    value.get(..value.find('"')?).map(str::to_owned)
}

fn serde_html(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
                b' ' => "+".to_owned(),
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// A citizen's phone.
pub struct Phone<'a> {
    app: &'a TestApp,
    wa_id: String,
    name: String,
}

impl<'a> Phone<'a> {
    /// A phone with a number and the name its profile shows.
    pub fn new(app: &'a TestApp, wa_id: &str, name: &str) -> Self {
        Self { app, wa_id: wa_id.to_owned(), name: name.to_owned() }
    }

    /// Sends words to a number, and everything that follows from them happens.
    pub async fn sends(&self, number: &str, words: &str) {
        self.sends_any(number, PhoneContent::Text(words.to_owned())).await;
    }

    /// Sends a photo of a family card.
    pub async fn sends_photo(&self, number: &str) {
        self.sends_any(number, Sample::FamilyCard.draw(&PEOPLE[0], None)).await;
    }

    /// Sends a file of any kind.
    pub async fn sends_document(&self, number: &str, filename: &str, mime: &str, bytes: &[u8]) {
        let content = PhoneContent::Document {
            bytes: Bytes::copy_from_slice(bytes),
            mime: mime.to_owned(),
            filename: filename.to_owned(),
            caption: None,
        };
        self.sends_any(number, content).await;
    }

    /// Sends anything.
    pub async fn sends_any(&self, number: &str, content: PhoneContent) {
        let sent = self
            .app
            .fake
            .phone_sends(&self.wa_id, &self.name, number, content)
            .await
            .expect("a known number");
        assert_eq!(sent.http_status, Some(200), "the webhook is acknowledged");
        self.app.settles().await;
    }

    /// Everything on the phone, oldest first.
    pub fn messages(&self) -> Vec<PhoneMessage> {
        self.app.fake.phone_messages(&self.wa_id)
    }

    /// The texts the phone received, oldest first.
    pub fn receives(&self) -> Vec<String> {
        let received = self.messages().into_iter().filter(|one| one.direction == PhoneDirection::ToPhone);
        received.filter_map(|one| one.text).collect()
    }

    /// The last text the phone received.
    pub fn last(&self) -> String {
        self.receives().pop().unwrap_or_default()
    }
}
