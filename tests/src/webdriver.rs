//! The WebDriver protocol, as far as the suite needs it.
//!
//! The protocol is JSON over loopback HTTP, which the HTTP client already in the build speaks; a client library would
//! bring a second set of Unicode and HTTP crates for it. What people do in a browser is in `browser.rs`.

use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::Trouble;

/// The key under which the protocol wraps a reference to an element (W3C WebDriver, section 12.2).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Chromium without screen, accelerator, first-run pages or any traffic of its own.
const ARGUMENTS: [&str; 15] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=id-ID",
];

/// One browser, with a new and empty profile.
#[derive(Debug, Clone)]
pub struct Session {
    http: Client,
    base: String,
}

/// An element of the page that is open now.
#[derive(Debug, Clone)]
pub struct Element(String);

/// What the driver answered instead of a value.
#[derive(Debug)]
pub struct Refusal {
    /// The protocol's word, such as `stale element reference`.
    pub error: String,
    /// The driver's sentence.
    pub message: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.error, self.message.lines().next().unwrap_or_default())
    }
}

impl std::error::Error for Refusal {}

impl Session {
    /// Opens a browser through the driver that `tests/with-chromium` started.
    pub async fn open() -> Result<Self, Trouble> {
        let driver = std::env::var("LOKET_TEST_WEBDRIVER")
            .map_err(|_| "no browser: start this through tests/run or tests/with-chromium")?;
        let http = Client::builder().no_proxy().timeout(Duration::from_secs(60)).build()?;
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "acceptInsecureCerts": true,
            "unhandledPromptBehavior": "ignore",
            "timeouts": { "pageLoad": 30_000, "script": 10_000, "implicit": 0 },
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "args": ARGUMENTS },
        }}});
        let opened = call(&http, Method::POST, &format!("{driver}/session"), Some(wanted)).await?;
        let id = opened["sessionId"].as_str().ok_or("the driver opened a session without an id")?;
        Ok(Self { base: format!("{driver}/session/{id}"), http })
    }

    /// Ends the browser and removes its profile.
    pub async fn close(self) -> Result<(), Refusal> {
        call(&self.http, Method::DELETE, &self.base, None).await.map(drop)
    }

    /// Loads `url` and waits until it is loaded.
    pub async fn go(&self, url: &str) -> Result<(), Refusal> {
        self.post("url", json!({ "url": url })).await.map(drop)
    }

    /// The address of the open page.
    pub async fn url(&self) -> Result<String, Refusal> {
        let url = call(&self.http, Method::GET, &format!("{}/url", self.base), None).await?;
        Ok(url.as_str().unwrap_or_default().to_owned())
    }

    /// The elements that `xpath` selects, in the page's order.
    pub async fn find(&self, xpath: &str) -> Result<Vec<Element>, Refusal> {
        let found = self.post("elements", json!({ "using": "xpath", "value": xpath })).await?;
        Ok(found.as_array().into_iter().flatten().filter_map(Element::from_wire).collect())
    }

    /// Whether a person could see the element.
    pub async fn displayed(&self, element: &Element) -> Result<bool, Refusal> {
        let url = format!("{}/element/{}/displayed", self.base, element.0);
        Ok(call(&self.http, Method::GET, &url, None).await? == Value::Bool(true))
    }

    /// Scrolls the element to the middle of the screen, as a person does with what lies under a bar at the edge, and
    /// clicks it; refused where something else lies on top.
    pub async fn click(&self, element: &Element) -> Result<(), Refusal> {
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.post("execute/sync", json!({ "script": scroll, "args": [{ ELEMENT: element.0 }] })).await?;
        self.post(&format!("element/{}/click", element.0), json!({})).await.map(drop)
    }

    /// Empties a field.
    pub async fn clear(&self, element: &Element) -> Result<(), Refusal> {
        self.post(&format!("element/{}/clear", element.0), json!({})).await.map(drop)
    }

    /// Types into a field; for a file field, the path of the file.
    pub async fn type_into(&self, element: &Element, text: &str) -> Result<(), Refusal> {
        self.post(&format!("element/{}/value", element.0), json!({ "text": text })).await.map(drop)
    }

    /// Presses and releases one key outside of any field in particular.
    pub async fn key(&self, key: &str) -> Result<(), Refusal> {
        let strokes = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.post("actions", actions).await.map(drop)
    }

    /// Sets a cookie for the site that is open now.
    pub async fn add_cookie(&self, name: &str, value: &str) -> Result<(), Refusal> {
        self.post("cookie", json!({ "cookie": { "name": name, "value": value, "path": "/" } }))
            .await
            .map(drop)
    }

    /// Sends a command of the DevTools protocol to the page.
    pub async fn devtools(&self, command: &str, parameters: Value) -> Result<Value, Refusal> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": parameters })).await
    }

    /// What the browser wrote to its console since the last question: `(level, sentence)`.
    pub async fn console(&self) -> Result<Vec<(String, String)>, Refusal> {
        let entries = self.post("se/log", json!({ "type": "browser" })).await?;
        let word = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        Ok(entries.as_array().into_iter().flatten().map(|e| (word(e, "level"), word(e, "message"))).collect())
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, Refusal> {
        call(&self.http, Method::POST, &format!("{}/{path}", self.base), Some(body)).await
    }
}

impl Element {
    fn from_wire(value: &Value) -> Option<Self> {
        value[ELEMENT].as_str().map(|id| Self(id.to_owned()))
    }
}

async fn call(http: &Client, method: Method, url: &str, body: Option<Value>) -> Result<Value, Refusal> {
    let lost =
        |error: reqwest::Error| Refusal { error: "driver not reached".into(), message: error.to_string() };
    let mut request = http.request(method, url);
    if let Some(body) = body {
        request = request.json(&body);
    }
    let response = request.send().await.map_err(lost)?;
    let good = response.status().is_success();
    let mut answer: Value = response.json().await.map_err(lost)?;
    let value = answer["value"].take();
    if good {
        return Ok(value);
    }
    let word = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    Err(Refusal { error: word("error"), message: word("message") })
}
