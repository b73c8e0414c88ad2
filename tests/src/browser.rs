//! A person at a screen: opens pages, fills fields by their labels, presses what is written on buttons, sees text.
//!
//! Things are found the way a person or a screen reader finds them, by visible words, so a journey also fails when a
//! field has lost its label. Everything waits up to five seconds for the page to catch up, and a failure says what the
//! page showed instead.

mod keyboard;

use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine as _;
use serde_json::json;

use crate::Trouble;
use crate::webdriver::{Element, Refusal, Session};

pub use keyboard::Keyboard;

/// How long a person waits for the page to catch up, unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(5);

/// The two screens that every page is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// An officer's: 1440 x 900.
    Desk,
    /// A citizen's or a head's telephone: 360 x 740, touch.
    Phone,
}

/// A person with a browser of their own: own cookies, own storage.
#[derive(Debug)]
pub struct Person {
    name: String,
    session: Session,
    patience: Duration,
}

impl Person {
    /// Opens a new, empty browser for `name`.
    pub async fn arrives(name: &str, screen: Screen) -> Result<Self, Trouble> {
        let person = Self { name: name.to_owned(), session: Session::open().await?, patience: PATIENCE };
        person.looks_at(screen).await?;
        Ok(person)
    }

    /// Waits longer, or less long, for pages to catch up.
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Closes the browser. Without this it stays until the end of the run.
    pub async fn leaves(self) -> Result<(), Trouble> {
        Ok(self.session.close().await?)
    }

    /// Takes another screen.
    pub async fn looks_at(&self, screen: Screen) -> Result<(), Trouble> {
        let (width, height, phone) = match screen {
            Screen::Desk => (1440, 900, false),
            Screen::Phone => (360, 740, true),
        };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.session.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        let touch = json!({ "enabled": phone });
        self.session.devtools("Emulation.setTouchEmulationEnabled", touch).await?;
        Ok(())
    }

    /// Prefers dark (or light) pages from now on.
    pub async fn in_dark(&self, dark: bool) -> Result<(), Trouble> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.session.devtools("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// Turns scripts off for every page opened from now on.
    pub async fn without_javascript(&self) -> Result<(), Trouble> {
        self.session.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await?;
        Ok(())
    }

    /// Opens a page and waits until it is loaded.
    pub async fn opens(&self, url: &str) -> Result<(), Trouble> {
        self.session.go(url).await.map_err(|error| format!("{} cannot open {url}: {error}", self.name).into())
    }

    /// Carries a session cookie, for the site that is open now.
    pub async fn carries(&self, cookie: &str, value: &str) -> Result<(), Trouble> {
        Ok(self.session.add_cookie(cookie, value).await?)
    }

    /// Writes `text` into the field labelled `label`, in place of what was there.
    pub async fn fills(&self, label: &str, text: &str) -> Result<(), Trouble> {
        self.on(
            &format!("a field “{label}”"),
            &field(label, "self::input or self::textarea"),
            async |element| {
                self.session.clear(element).await?;
                self.session.type_into(element, text).await
            },
        )
        .await
    }

    /// Chooses `option` in the list labelled `label`.
    pub async fn chooses(&self, label: &str, option: &str) -> Result<(), Trouble> {
        let list = field(label, "self::select");
        let option = format!("({list})//option[normalize-space(.)={}]", literal(option));
        self.on(&format!("a choice in “{label}”"), &option, async |element| {
            self.session.click(element).await
        })
        .await
    }

    /// Ticks the box, or takes the radio button, labelled `label`.
    pub async fn ticks(&self, label: &str) -> Result<(), Trouble> {
        let place = format!("//label[{}]", label_says(label));
        self.on(&format!("a box “{label}”"), &place, async |element| self.session.click(element).await).await
    }

    /// Hands over the file at `path` in the file field labelled `label`.
    pub async fn uploads(&self, label: &str, path: &Path) -> Result<(), Trouble> {
        let place = field(label, "self::input[@type='file']");
        let path = path.canonicalize()?;
        let path = path.to_str().ok_or("a path that is no text")?;
        // File fields are often hidden behind a drawn button, so they need not be visible.
        self.found(&format!("a file field “{label}”"), &place, false, async |element| {
            self.session.type_into(element, path).await
        })
        .await
    }

    /// Presses the button, or follows the link, on which `words` are written.
    pub async fn presses(&self, words: &str) -> Result<(), Trouble> {
        let (on_it, value) = (written(words), literal(words));
        let place = format!(
            "//*[self::button or self::a or self::summary or @role='button' or @role='tab'][{on_it}] \
             [not(@aria-hidden='true')] | //input[@type='submit' or @type='button'][@value={value}]"
        );
        self.on(&format!("a button “{words}”"), &place, async |element| self.session.click(element).await)
            .await
    }

    /// Presses a button or takes a radio button at once, if the screen has one with these words.
    pub async fn presses_or_ticks(&self, words: &str) -> Result<bool, Trouble> {
        let (on_it, named) = (written(words), label_says(words));
        let place = format!("//*[self::button or self::a or self::summary][{on_it}] | //label[{named}]");
        match self.first(&place, true).await? {
            Some(element) => Ok(self.session.click(&element).await.is_ok()),
            None => Ok(false),
        }
    }

    /// Presses what is written inside the panel that is open.
    pub async fn confirms(&self, words: &str) -> Result<(), Trouble> {
        let place = format!("//details[@open]//button[{}]", written(words));
        self.on(&format!("a button “{words}” in an open panel"), &place, async |element| {
            self.session.click(element).await
        })
        .await
    }

    /// Presses what is written on the row, card or message that shows `near`.
    pub async fn presses_beside(&self, near: &str, words: &str) -> Result<(), Trouble> {
        let (near_it, on_it) = (literal(near), written(words));
        let place = format!(
            "//*[self::li or self::tr or self::article][contains(normalize-space(.),{near_it})]\
             //*[self::button or self::a or self::summary][{on_it}]"
        );
        self.on(&format!("a button “{words}” beside “{near}”"), &place, async |element| {
            self.session.click(element).await
        })
        .await
    }

    /// Presses one key, as a keyboard-only officer does. Named ones by name, others by their character.
    pub async fn types(&self, key: &str) -> Result<(), Trouble> {
        let key = match key {
            "Enter" => "\u{E007}",
            "Escape" => "\u{E00C}",
            "Tab" => "\u{E004}",
            "Space" => " ",
            "ArrowUp" => "\u{E013}",
            "ArrowDown" => "\u{E015}",
            other => other,
        };
        Ok(self.session.key(key).await?)
    }

    /// Waits until the page shows `text`, in one piece.
    pub async fn sees(&self, text: &str) -> Result<(), Trouble> {
        self.page_becomes(|page| page.contains(text)).await.map_err(|page| self.instead(text, &page))
    }

    /// Waits until the page no longer shows `text`.
    pub async fn no_longer_sees(&self, text: &str) -> Result<(), Trouble> {
        let gone = self.page_becomes(|page| !page.contains(text)).await;
        gone.map_err(|_| format!("{} still sees “{text}”", self.name).into())
    }

    /// All that the page shows, with runs of blanks as one blank.
    pub async fn reads(&self) -> Result<String, Trouble> {
        // The driver's own "text of an element" leaves out what stands in <noscript>.
        let asked =
            json!({ "expression": "document.body ? document.body.innerText : ''", "returnByValue": true });
        let text = self.session.devtools("Runtime.evaluate", asked).await?;
        Ok(words(text["result"]["value"].as_str().unwrap_or_default()))
    }

    /// Where the links of the navigation called `label` lead: paths of this site.
    pub async fn places(&self, label: &str) -> Result<Vec<String>, Trouble> {
        self.hrefs(&format!("nav[aria-label={label}] a")).await
    }

    /// Where the links that one can see lead, in the page's order.
    pub async fn links(&self) -> Result<Vec<String>, Trouble> {
        self.hrefs("a[href]").await
    }

    /// What a script gives that is run in the page, past its policy; a promise is waited for.
    pub async fn evaluates(&self, script: &str) -> Result<serde_json::Value, Trouble> {
        let asked = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let mut answer = self.session.devtools("Runtime.evaluate", asked).await?;
        match answer["exceptionDetails"]["exception"]["description"].as_str() {
            Some(error) => Err(error.to_owned().into()),
            None => Ok(answer["result"]["value"].take()),
        }
    }

    async fn hrefs(&self, selector: &str) -> Result<Vec<String>, Trouble> {
        let script = format!(
            "JSON.stringify([...document.querySelectorAll({selector:?})].filter(a => a.offsetParent)\
             .map(a => a.getAttribute('href')))"
        );
        let asked = json!({ "expression": script, "returnByValue": true });
        let found = self.session.devtools("Runtime.evaluate", asked).await?;
        Ok(serde_json::from_str(found["result"]["value"].as_str().unwrap_or("[]"))?)
    }

    /// The address of the open page.
    pub async fn address(&self) -> Result<String, Trouble> {
        Ok(self.session.url().await?)
    }

    /// What the browser takes the open page for: `text/html`, `application/pdf`.
    pub async fn kind(&self) -> Result<String, Trouble> {
        let asked = json!({ "expression": "document.contentType", "returnByValue": true });
        let kind = self.session.devtools("Runtime.evaluate", asked).await?;
        Ok(kind["result"]["value"].as_str().unwrap_or_default().to_owned())
    }

    /// Errors that the browser reported since the last question: broken scripts, refused by the content security
    /// policy, missing resources.
    pub async fn complaints(&self) -> Result<Vec<String>, Trouble> {
        let console = self.session.console().await?;
        Ok(console.into_iter().filter(|(level, _)| level == "SEVERE").map(|(_, sentence)| sentence).collect())
    }

    /// Whether the page is wider than the screen, so that it would scroll sideways.
    pub async fn must_scroll_sideways(&self) -> Result<bool, Trouble> {
        // A small screen zooms out to what is too wide for it, and calls that its width; the root stays as wide as it is.
        let wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth";
        Ok(self.evaluates(wider).await? == true)
    }

    /// Writes a PNG of the whole page.
    pub async fn screenshot(&self, path: &Path) -> Result<(), Trouble> {
        let metrics = self.session.devtools("Page.getLayoutMetrics", json!({})).await?;
        let size = &metrics["cssContentSize"];
        let clip = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        let whole = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.session.devtools("Page.captureScreenshot", whole).await?;
        let data = picture["data"].as_str().ok_or("the browser took no picture")?;
        tokio::fs::write(path, base64::engine::general_purpose::STANDARD.decode(data)?).await?;
        Ok(())
    }

    async fn on(
        &self,
        what: &str,
        xpath: &str,
        act: impl AsyncFn(&Element) -> Result<(), Refusal>,
    ) -> Result<(), Trouble> {
        self.found(what, xpath, true, act).await
    }

    /// Acts on the first element at `xpath`, again and again until it works or patience ends: pages redraw themselves.
    async fn found(
        &self,
        what: &str,
        xpath: &str,
        visible: bool,
        act: impl AsyncFn(&Element) -> Result<(), Refusal>,
    ) -> Result<(), Trouble> {
        let until = Instant::now() + self.patience;
        loop {
            let refusal = match self.first(xpath, visible).await {
                Ok(Some(element)) => match act(&element).await {
                    Ok(()) => return Ok(()),
                    Err(refusal) => Some(refusal),
                },
                Ok(None) => None,
                Err(refusal) => Some(refusal),
            };
            if Instant::now() > until {
                let page = self.reads().await.unwrap_or_default();
                let why = refusal.map_or_else(|| "there is none".to_owned(), |refusal| refusal.to_string());
                return Err(self.instead(&format!("{what} ({why})"), &page));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn first(&self, xpath: &str, visible: bool) -> Result<Option<Element>, Refusal> {
        for element in self.session.find(xpath).await? {
            if !visible || self.session.displayed(&element).await? {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }

    /// Waits for a page that `fits`; otherwise gives the page as it was at the end.
    async fn page_becomes(&self, fits: impl Fn(&str) -> bool) -> Result<(), String> {
        let until = Instant::now() + self.patience;
        loop {
            // A page that is being replaced cannot be read; the next look will do.
            let page = self.reads().await.unwrap_or_default();
            if !page.is_empty() && fits(&page) {
                return Ok(());
            }
            if Instant::now() > until {
                return Err(page);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    fn instead(&self, wanted: &str, page: &str) -> Trouble {
        let shown: String = page.chars().take(600).collect();
        format!("{} does not see {wanted}; the page shows: {shown}", self.name).into()
    }
}

/// The control that the label names: by `for`, around it, or by `aria-label`.
fn field(label: &str, kind: &str) -> String {
    let (named, words) = (label_says(label), literal(label));
    format!("//*[{kind}][@id=//label[{named}]/@for or ancestor::label[{named}] or @aria-label={words}]")
}

/// A button says the words in all, or before a hint at its key that stands in an element of its own.
fn written(words: &str) -> String {
    let words = literal(words);
    format!("normalize-space(.)={words} or normalize-space(text()[1])={words} or @aria-label={words}")
}

/// A label says the words in all, or before a remark such as "(boleh kosong)" that stands in an element of its own.
fn label_says(label: &str) -> String {
    let words = literal(label);
    format!("normalize-space(.)={words} or normalize-space(text()[1])={words}")
}

/// A text as XPath 1.0 writes it, which knows no escapes.
fn literal(text: &str) -> String {
    if !text.contains('"') {
        return format!("\"{text}\"");
    }
    let parts: Vec<String> = text.split('"').map(|part| format!("\"{part}\"")).collect();
    format!("concat({})", parts.join(",'\"',"))
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_both_kinds_of_quotes_can_be_searched() {
        assert_eq!(literal("Ma'ruf"), "\"Ma'ruf\"");
        assert_eq!(literal("a\"b'c"), "concat(\"a\",'\"',\"b'c\")");
    }
}
