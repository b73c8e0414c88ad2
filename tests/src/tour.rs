//! The pages of a running demo, as the people who use them come to them: shared by the pictures and the checks of
//! accessibility.
//!
//! The list is a JSON array of `{"name", "path", "as"?, "office"?, "cookie"?, "follow"?, "wait_for"?, "press"?}`: `as`
//! is the role of a demo account to sign in with, `cookie` a ready `name=value`, `follow` the beginnings of links to go
//! on by, `wait_for` a text that the page must show first, `press` what to open by its words before it is looked at.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::Trouble;
use crate::browser::{Person, Screen};
use crate::describe::{Account, Demo};

/// One page to look at.
#[derive(Debug, Deserialize)]
pub struct Page {
    /// Names it.
    pub name: String,
    /// From the root; `{office}` stands for the office's slug.
    pub path: String,
    /// An office of its own; otherwise that of the command line.
    pub office: Option<String>,
    /// From `path` on by the first link that begins so, again and again.
    #[serde(default)]
    pub follow: Vec<String>,
    /// Words of buttons and tabs that are pressed first, where the screen has them.
    #[serde(default)]
    pub press: Vec<String>,
    /// Role of the account to sign in with.
    #[serde(rename = "as")]
    pub role: Option<String>,
    /// A session that is there already.
    pub cookie: Option<String>,
    /// The page is ready when it shows this.
    pub wait_for: Option<String>,
}

impl Page {
    /// The list in a file, all of it or the pages whose names hold a word.
    pub fn list(file: &Path, only: Option<&str>) -> Result<Vec<Self>, Trouble> {
        let list = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let mut pages: Vec<Self> = serde_json::from_slice(&list)?;
        pages.retain(|page| only.is_none_or(|word| page.name.contains(word)));
        Ok(pages)
    }

    /// Opens it on the screen the person has, ready to be looked at.
    pub async fn open(&self, person: &Person, url: &str) -> Result<(), Trouble> {
        person.opens(url).await?;
        if let Some((name, value)) = self.cookie.as_deref().and_then(|cookie| cookie.split_once('=')) {
            person.carries(name, value).await?;
            person.opens(url).await?;
        }
        if let Some(text) = &self.wait_for {
            person.sees(text).await?;
        }
        for words in &self.press {
            // Tabs and some buttons are there on one of the screens only.
            drop(person.presses_or_ticks(words).await);
        }
        Ok(())
    }

    /// Its address, found by following links.
    pub async fn address(
        &self,
        person: &Person,
        (base_url, office): (&str, &str),
    ) -> Result<String, Trouble> {
        let mut url = format!("{base_url}{}", self.path.replace("{office}", office));
        for beginning in &self.follow {
            let beginning = beginning.replace("{office}", office);
            person.opens(&url).await?;
            let on = person.links().await?.into_iter().find(|link| link.starts_with(&beginning));
            url = format!("{base_url}{}", on.ok_or_else(|| format!("{url} has no link to {beginning}"))?);
        }
        Ok(url)
    }
}

/// The people of a demo, each with a browser of their own, who sign in when they are first needed.
pub struct Crowd {
    demo: Demo,
    office: Option<String>,
    people: BTreeMap<Option<String>, Person>,
}

impl Crowd {
    /// Nobody has come yet. `office` is that of pages that name none; the demo's first one otherwise.
    pub fn of(demo: Demo, office: Option<String>) -> Self {
        Self { demo, office, people: BTreeMap::new() }
    }

    /// Whoever looks at a page, and the page's address.
    pub async fn at(&mut self, page: &Page) -> Result<(&Person, String), Trouble> {
        let office = self.demo.office(page.office.as_deref().or(self.office.as_deref()))?;
        let who = page.role.as_ref().map(|role| format!("{role} of {}", office.slug));
        let who = page.cookie.clone().or(who);
        if !self.people.contains_key(&who) {
            let person = Person::arrives(who.as_deref().unwrap_or("a visitor"), Screen::Desk).await?;
            if let Some(role) = page.role.as_deref().filter(|_| page.cookie.is_none()) {
                let account = office.accounts.iter().chain(&self.demo.accounts).find(|one| one.role == role);
                sign_in(&person, &self.demo, account.ok_or_else(|| format!("no account is {role}"))?).await?;
            }
            self.people.insert(who.clone(), person);
        }
        let person = self.people.get(&who).ok_or("somebody who has come is gone")?;
        let url = page.address(person, (&self.demo.base_url, &office.slug)).await?;
        Ok((person, url))
    }

    /// All go home.
    pub async fn leave(self) -> Result<(), Trouble> {
        for person in self.people.into_values() {
            person.leaves().await?;
        }
        Ok(())
    }
}

/// Signs in as the form of the demo wants it.
pub async fn sign_in(person: &Person, demo: &Demo, account: &Account) -> Result<(), Trouble> {
    person.opens(&format!("{}/masuk", demo.base_url)).await?;
    person.fills("Surel", &account.email).await?;
    person.fills("Kata sandi", &account.password).await?;
    person.presses("Masuk").await?;
    person.no_longer_sees("Kata sandi").await
}
