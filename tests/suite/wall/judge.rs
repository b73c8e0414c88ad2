//! What an answer may be.

use loket_core::receipt::ReceiptNumber;
use loket_tests::people::{Officer, Page};
use reqwest::{
    Method,
    multipart::{Form, Part},
};
use sea_orm::prelude::Uuid;

use super::{
    cells::{Written, escaped},
    question::Body,
};

/// Sends a question.
pub async fn ask(app: &loket_tests::app::TestApp, person: &Officer, written: &Written) -> Page {
    // What one answer leaves to be said would be said in the next.
    person.takes_cookie("loket-flash", "");
    let method = Method::from_bytes(written.method.as_bytes()).unwrap();
    let mut request = app.http().request(method, person.url(&written.address));
    for (name, value) in &written.headers {
        request = request.header(name, value);
    }
    let token = person.token().unwrap_or_default();
    let request = match written.body {
        Body::None => request,
        Body::Form => {
            let fields = written.fields.iter().map(|(name, value)| (&**name, &**value));
            let fields: Vec<String> = fields
                .chain([("csrf", &*token)])
                .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
                .collect();
            request.header("content-type", "application/x-www-form-urlencoded").body(fields.join("&"))
        }
        Body::Multipart => {
            let mut form = Form::new().text("csrf", token.clone());
            for (name, value) in &written.fields {
                form = form.text(name.clone(), value.clone());
            }
            let name = written.put.first().cloned().unwrap_or_else(|| "hasil".to_owned());
            let file = Part::bytes(b"%PDF-1.7\n%%EOF".to_vec()).file_name(format!("{name}.pdf"));
            request.multipart(form.part("file", file))
        }
    };
    person.ask(request).await
}

/// Whether two answers say the same to the letter.
pub fn alike(one: &Page, other: &Page) -> bool {
    (one.status, &one.location, &one.body) == (other.status, &other.location, &other.body)
}

/// An answer with all that may differ taken out: ids, receipts, tokens, and what was put into the question.
pub fn plain(page: &Page, put: &[String]) -> String {
    let location = page.location.as_deref().unwrap_or_default();
    let text = without_moments(&format!("{} {location}\n{}", page.status, page.body));
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_alphanumeric() || letter == '-' {
            word.push(letter);
            continue;
        }
        out.push_str(if may_differ(&word) { "·" } else { &word });
        word.clear();
        out.push(letter);
    }
    // Last: a few digits that were put in may stand in a token by chance.
    for value in longest_first(put) {
        out = out.replace(value, "·");
    }
    out
}

/// A page says when it was drawn to the stream that it listens to, and whose build its files are of: figures that
/// are nobody's, and may hold by chance the digits that were put in.
fn without_moments(text: &str) -> String {
    let text = without_after(text, "?sejak=", |letter| letter.is_ascii_digit());
    without_after(&text, "/static/", |letter| letter.is_ascii_hexdigit())
}

/// A text without a mark and what of one kind comes right after it.
fn without_after(text: &str, mark: &str, kind: fn(&char) -> bool) -> String {
    let mut pieces = text.split(mark);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        out.push_str(piece.trim_start_matches(|letter| kind(&letter)));
    }
    out
}

fn may_differ(word: &str) -> bool {
    let token = word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = word.len() == 36 && Uuid::try_parse(word).is_ok();
    token || id || ReceiptNumber::parse(word).is_ok()
}

/// The words of another office that stand in an answer and were not in the question.
pub fn told(page: &Page, put: &[String], canaries: &[String]) -> Vec<String> {
    let mut text = page.body.clone();
    for value in page.headers.values() {
        text.push('\n');
        text.push_str(&String::from_utf8_lossy(value.as_bytes()));
    }
    // Most answers hold none of them, whatever was put in.
    if !canaries.iter().any(|canary| text.contains(canary.as_str())) {
        return Vec::new();
    }
    for value in longest_first(put) {
        text = text.replace(value, "·");
    }
    canaries.iter().filter(|canary| text.contains(&***canary)).cloned().collect()
}

fn longest_first(put: &[String]) -> Vec<&String> {
    let mut put: Vec<&String> = put.iter().filter(|value| !value.is_empty()).collect();
    put.sort_by_key(|value| std::cmp::Reverse(value.len()));
    put.dedup();
    put
}

/// Whether an answer refuses, one way or another.
pub fn refuses(page: &Page) -> bool {
    let to_the_door =
        page.status == 303 && page.location.as_deref().is_some_and(|to| to.starts_with("/masuk"));
    to_the_door || [401, 403, 404, 405].contains(&page.status.as_u16())
}

/// Where two texts part.
pub fn difference(one: &str, other: &str) -> String {
    let pairs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let cut = |line: &str| line.trim().chars().take(160).collect::<String>();
    match pairs {
        Some((one, other)) => format!("{:?} instead of {:?}", cut(one), cut(other)),
        None => "one is longer".to_owned(),
    }
}
