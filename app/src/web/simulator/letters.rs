//! `/simulator/surat`: the letters of the demonstration, as they would have reached a mailbox.

use actix_web::{HttpResponse, web::Data};
use askama::Template;

use super::SimulatorLetters;
use crate::web::{error::PageError, page, site::Site};

#[derive(Template)]
#[template(path = "simulator_letters.html")]
struct LettersPage {
    demo: bool,
    flash: Option<String>,
    letters: Vec<Shown>,
    again_href: &'static str,
}

struct Shown {
    to: String,
    subject: String,
    lines: Vec<Line>,
}

/// A line of a letter; a link leads somewhere on this machine.
struct Line {
    text: String,
    href: Option<String>,
}

pub(super) async fn show(site: Data<Site>) -> Result<HttpResponse, PageError> {
    let letters = site.mailer.as_ref().map(|mailer| mailer.kept()).unwrap_or_default();
    let letters = letters.into_iter().map(|letter| Shown {
        to: letter.to,
        subject: letter.subject,
        lines: letter.text.lines().map(Line::of).collect(),
    });
    page::block(&LettersPage {
        demo: site.demo,
        flash: None,
        letters: letters.collect(),
        again_href: SimulatorLetters::PATTERN,
    })
}

impl Line {
    /// A line that is an address becomes a link to its path, under whatever name this site was opened.
    fn of(text: &str) -> Self {
        let after = text.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme));
        let path = after.and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
        let href = path.and_then(crate::web::routes::local).map(str::to_owned);
        Self { text: text.to_owned(), href }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_on_a_line_of_its_own_becomes_a_link_and_nothing_else_does() {
        for (text, href) in [
            ("http://127.0.0.1:8080/undangan/a.b.c", Some("/undangan/a.b.c")),
            ("Buka http://127.0.0.1:8080/undangan/a", None),
            ("https://loket.test", None),
            ("https://loket.test//evil", None),
            ("javascript://x/y", None),
            ("Yth. Ana,", None),
        ] {
            assert_eq!(Line::of(text).href.as_deref(), href, "{text}");
        }
    }
}
