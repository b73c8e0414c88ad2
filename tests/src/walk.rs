//! A walk through everything that somebody can reach by links, from the page they begin on: `tests/deep walk`, and the
//! pages of `tests/deep axe`.
//!
//! Lists lead to hundreds of pages of one kind. Of each kind, which is the path and the names of its questions with ids,
//! numbers and dates left out, a few are looked at.

use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;
use serde_json::json;

use crate::Trouble;
use crate::browser::Person;

/// So many pages of one kind are opened.
const OF_A_KIND: usize = 2;
/// A page that shows fewer letters below its heading says nothing to anybody.
const FEWEST_LETTERS: usize = 30;

/// What stands at an address.
#[derive(Debug, Deserialize)]
struct Answer {
    status: u16,
    html: bool,
}

/// What one sees of an open page.
#[derive(Debug, Deserialize)]
struct Sight {
    heading: String,
    letters: usize,
}

/// A page that was opened, or a file that was fetched.
#[derive(Debug)]
pub struct Stop {
    /// From the root.
    pub path: String,
    /// Whether it is a page, and open now.
    pub open: bool,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// Somebody on their way.
pub struct Walk<'p> {
    person: &'p Person,
    base_url: String,
    todo: VecDeque<(String, String)>,
    seen: BTreeMap<String, Vec<String>>,
}

impl<'p> Walk<'p> {
    /// Begins on the page that is open.
    pub async fn from_here(person: &'p Person, base_url: &str) -> Result<Self, Trouble> {
        let mut walk =
            Self { person, base_url: base_url.to_owned(), todo: VecDeque::new(), seen: BTreeMap::new() };
        let here = person.address().await?;
        walk.notes("the beginning", here.strip_prefix(base_url).unwrap_or("/"));
        Ok(walk)
    }

    /// How many kinds of addresses were found.
    pub fn kinds(&self) -> usize {
        self.seen.len()
    }

    /// Goes to the next page; `None` when everything was seen.
    pub async fn goes_on(&mut self) -> Result<Option<Stop>, Trouble> {
        let Some((from, path)) = self.todo.pop_front() else { return Ok(None) };
        let answer = self.asks(&path).await?;
        let dead = answer.status >= 400;
        if dead || !answer.html {
            // Of what was fetched the browser complains too.
            self.person.complaints().await?;
            let problem = dead.then(|| format!("{} at a link of {from}", answer.status));
            return Ok(Some(Stop { path, open: false, problem }));
        }
        self.person.opens(&format!("{}{path}", self.base_url)).await?;
        let problem = self.problem().await?;
        for link in self.person.links().await? {
            self.notes(&path, &link);
        }
        Ok(Some(Stop { path, open: true, problem }))
    }

    /// An address of this site is gone to, if few of its kind were.
    fn notes(&mut self, from: &str, link: &str) {
        let path = link.split('#').next().unwrap_or_default();
        let path = path.strip_prefix(&self.base_url).unwrap_or(path);
        let path = if path.starts_with('?') {
            format!("{}{path}", from.split('?').next().unwrap_or_default())
        } else {
            path.to_owned()
        };
        let elsewhere =
            !path.starts_with('/') || ["/simulator", "/static"].iter().any(|one| path.starts_with(one));
        if elsewhere {
            return;
        }
        let of_kind = self.seen.entry(kind(&path)).or_default();
        if of_kind.len() < OF_A_KIND && !of_kind.contains(&path) {
            of_kind.push(path.clone());
            self.todo.push_back((from.to_owned(), path));
        }
    }

    async fn asks(&self, path: &str) -> Result<Answer, Trouble> {
        let script = format!(
            "fetch({}, {{ credentials: 'same-origin' }}).then((answer) => ({{ status: answer.status, \
             html: (answer.headers.get('content-type') ?? '').startsWith('text/html') }}))",
            json!(path)
        );
        Ok(serde_json::from_value(self.person.evaluates(&script).await?)?)
    }

    async fn problem(&self) -> Result<Option<String>, Trouble> {
        let script = "(() => { const main = document.querySelector('main') ?? document.body; \
            const heading = main.querySelector('h1')?.innerText.trim() ?? ''; \
            return { heading, letters: main.innerText.trim().length - heading.length } })()";
        let sight: Sight = serde_json::from_value(self.person.evaluates(script).await?)?;
        if sight.heading.is_empty() {
            return Ok(Some("no heading".to_owned()));
        }
        if sight.letters < FEWEST_LETTERS {
            return Ok(Some(format!("only {} letters below the heading", sight.letters)));
        }
        if self.person.must_scroll_sideways().await? {
            return Ok(Some("wider than the screen".to_owned()));
        }
        Ok(self.person.complaints().await?.into_iter().next())
    }
}

/// `/kantor/x/permohonan/019…?tab=saya` is of the kind `/kantor/x/permohonan/*?tab=saya`.
fn kind(path: &str) -> String {
    let part = |part: &str| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let plain = digits * 3 < part.len() || part.is_empty();
        if plain { part.to_owned() } else { "*".to_owned() }
    };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path: Vec<String> = path.split('/').map(part).collect();
    let query: Vec<String> = query
        .split('&')
        .map(|pair| {
            pair.split_once('=')
                .map_or_else(|| pair.to_owned(), |(name, value)| format!("{name}={}", part(value)))
        })
        .collect();
    format!("{}?{}", path.join("/"), query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn pages_of_a_list_are_of_one_kind_and_tabs_are_not() {
        let first = kind("/kantor/kota-batu/permohonan/01936f7e-1c7a-7000-8000-000000000001?panel=berkas");
        let second = kind("/kantor/kota-batu/permohonan/01936f7e-2222-7000-8000-0000000000ff?panel=berkas");
        assert_eq!(first, second);
        assert_ne!(kind("/antrean?tab=saya"), kind("/antrean?tab=siap"));
        assert_eq!(kind("/antrean?halaman=2"), kind("/antrean?halaman=17"));
        assert_eq!(kind("/daftar?dari=2026-11-01"), kind("/daftar?dari=2026-10-01"));
    }
}
