//! Hands that stay on the keyboard: every key is counted, and so is every touch of the mouse that a page notices.

use std::cell::Cell;
use std::time::Instant;

use serde_json::json;

use super::Person;
use crate::Trouble;

/// Runs in each page before its own scripts. What a script presses by itself is no mouse.
const WATCH: &str = "for (const kind of ['mousedown', 'mousemove', 'pointerdown', 'touchstart', 'wheel', 'click']) \
    addEventListener(kind, (event) => { if (event.isTrusted && (kind !== 'click' || event.detail > 0)) \
    sessionStorage.setItem('mouse', 1 + Number(sessionStorage.getItem('mouse'))) }, true)";
const NOTICED: &str = "Number(sessionStorage.getItem('mouse'))";
/// A page that is there and listens: its name among the pages of this tab.
const PAGE: &str = "document.readyState === 'complete' ? String(performance.timeOrigin) : ''";
const FOCUSED: &str = "(document.activeElement?.innerText ?? '').trim()";
/// So many Tabs go round any page.
const ROUND: usize = 120;

/// Somebody's keyboard.
pub struct Keyboard<'p> {
    person: &'p Person,
    strokes: Cell<u64>,
}

impl<'p> Keyboard<'p> {
    /// From now on the mouse is watched; the open page is opened anew for it.
    pub async fn of(person: &'p Person) -> Result<Self, Trouble> {
        let watch = json!({ "source": WATCH });
        person.session.devtools("Page.addScriptToEvaluateOnNewDocument", watch).await?;
        person.opens(&person.address().await?).await?;
        Ok(Self { person, strokes: Cell::new(0) })
    }

    /// How many keys were pressed.
    pub fn strokes(&self) -> u64 {
        self.strokes.get()
    }

    /// How often a page noticed the mouse, a finger or a wheel.
    pub async fn mouse_events(&self) -> Result<u64, Trouble> {
        let noticed = self.person.evaluates(NOTICED).await?;
        noticed.as_f64().map(|count| count as u64).ok_or_else(|| "the page does not count".into())
    }

    /// Presses one key.
    pub async fn presses(&self, key: &str) -> Result<(), Trouble> {
        self.strokes.set(self.strokes.get() + 1);
        self.person.types(key).await
    }

    /// Writes where the focus is.
    pub async fn writes(&self, text: &str) -> Result<(), Trouble> {
        for letter in text.chars() {
            self.presses(&letter.to_string()).await?;
        }
        Ok(())
    }

    /// Presses a key that leads to another page, and waits for that page.
    pub async fn turns(&self, key: &str) -> Result<(), Trouble> {
        let before = self.page().await;
        self.presses(key).await?;
        let until = Instant::now() + self.person.patience;
        while Instant::now() < until {
            let now = self.page().await;
            if !now.is_empty() && now != before {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(15)).await;
        }
        let page = self.person.reads().await?;
        Err(self.person.instead(&format!("another page after “{key}”"), &page))
    }

    /// Goes on by Tab until the focus is on `words`.
    pub async fn reaches(&self, words: &str) -> Result<(), Trouble> {
        for _ in 0..ROUND {
            self.presses("Tab").await?;
            if self.person.evaluates(FOCUSED).await?.as_str().is_some_and(|text| text.starts_with(words)) {
                return Ok(());
            }
        }
        Err(format!("Tab does not lead to “{words}”").into())
    }

    async fn page(&self) -> String {
        // A page that is being replaced cannot be asked.
        let page = self.person.evaluates(PAGE).await.unwrap_or_default();
        page.as_str().unwrap_or_default().to_owned()
    }
}
