//! The client: who is spoken to, with what patience, and the sending of messages.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use bytes::Bytes;
use reqwest::Url;
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use zeroize::Zeroizing;

use super::answer::{Answer, broken};
use super::{Accepted, FailureClass, MediaFailure, Outgoing, SendFailure};
use crate::config::is_graph_version;

/// The version of the Graph API that this client speaks unless it is told another: the one its shapes were
/// read from. A version lives about two years.
pub const GRAPH_VERSION: &str = "v25.0";

/// Meta answers clients without a name with HTML.
const USER_AGENT: &str = concat!("Loket/", env!("CARGO_PKG_VERSION"));

/// A system user's token. Shown nowhere, wiped when dropped.
#[derive(Clone)]
pub struct AccessToken(Zeroizing<String>);

impl AccessToken {
    /// Wraps a token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Zeroizing::new(token.into()))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(…)")
    }
}

/// Where Meta is and how long to wait for it.
#[derive(Debug, Clone)]
pub struct GraphSettings {
    /// `https://graph.facebook.com`, or the fake one on loopback (a path is allowed).
    pub base_url: String,
    /// The version of the API that is asked for: `v25.0`.
    pub version: String,
    /// Origins that media may be fetched from besides Meta's own hosts: `http://127.0.0.1:8080`. Loopback only.
    pub media_origins: Vec<String>,
    /// For a connection to stand.
    pub connect_timeout: Duration,
    /// For a whole call that moves no file.
    pub call_timeout: Duration,
    /// For a whole upload or download.
    pub media_timeout: Duration,
}

impl GraphSettings {
    /// Meta itself, with patience for a slow line.
    pub fn meta() -> Self {
        Self {
            base_url: "https://graph.facebook.com".to_owned(),
            version: GRAPH_VERSION.to_owned(),
            media_origins: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            call_timeout: Duration::from_secs(30),
            media_timeout: Duration::from_secs(180),
        }
    }

    /// A fake on this machine at `base_url`, which serves media as well.
    pub fn fake(base_url: &str) -> Self {
        let origin = Url::parse(base_url).map(|url| url.origin().ascii_serialization());
        Self { base_url: base_url.to_owned(), media_origins: origin.into_iter().collect(), ..Self::meta() }
    }
}

/// Why a client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// An address that is neither https nor on this machine: tokens would travel in clear.
    #[error("alamat Graph API harus https, atau http pada mesin ini sendiri")]
    UnsafeAddress,
    /// A version that is not as `v25.0`: it would be another path.
    #[error("versi Graph API harus seperti v25.0")]
    Version,
    /// TLS or the HTTP client could not be set up.
    #[error("klien HTTP tidak dapat disiapkan")]
    Client(#[source] reqwest::Error),
}

/// Speaks to the Cloud API. Cheap to clone; holds no token.
#[derive(Debug, Clone)]
pub struct GraphClient {
    base: Url,
    version: String,
    pub(super) media_origins: Vec<String>,
    pub(super) http: reqwest::Client,
    media_timeout: Duration,
}

impl GraphClient {
    /// A client after `settings`. Needs a rustls provider to be installed or to be the only one.
    ///
    /// # Errors
    /// [`SetupError`] for an address that would show tokens, or when TLS cannot be set up.
    pub fn new(settings: &GraphSettings) -> Result<Self, SetupError> {
        let base = safe_url(&settings.base_url).ok_or(SetupError::UnsafeAddress)?;
        let version = settings.version.clone();
        if !is_graph_version(&version) {
            return Err(SetupError::Version);
        }
        let mut media_origins = Vec::new();
        for origin in &settings.media_origins {
            let url = safe_url(origin).filter(on_this_machine).ok_or(SetupError::UnsafeAddress)?;
            media_origins.push(url.origin().ascii_serialization());
        }
        // No redirects: the token would follow them to a host nobody checked.
        let builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(Policy::none())
            .connect_timeout(settings.connect_timeout)
            // A call on a connection that the other side has just closed would end as "may have been sent".
            .pool_idle_timeout(Duration::from_secs(20))
            .timeout(settings.call_timeout);
        let builder = if on_this_machine(&base) { builder.no_proxy() } else { builder };
        let http = builder.build().map_err(SetupError::Client)?;
        Ok(Self { base, version, media_origins, http, media_timeout: settings.media_timeout })
    }

    /// Sends one message and returns what Meta took over.
    ///
    /// # Errors
    /// [`SendFailure`]; its class says whether it may have gone out all the same.
    pub async fn send(
        &self,
        token: &AccessToken,
        phone_number_id: &str,
        message: &Outgoing,
    ) -> Result<Accepted, SendFailure> {
        let url = self.endpoint(&[phone_number_id, "messages"]).ok_or_else(bad_id)?;
        let request = self.http.post(url).bearer_auth(token.reveal()).json(&message.to_json());
        let response = request.send().await.map_err(|error| broken(&error))?;
        let answer = Answer::of(response).await;
        answer.ok_or_else(|| super::answer::unknown("answer cut off"))?.accepted()
    }

    /// Uploads a file for sending and returns Meta's id of it, which lives 30 days.
    ///
    /// # Errors
    /// [`MediaFailure`]. An upload whose answer was lost did no harm and may be tried again.
    pub async fn upload(
        &self,
        token: &AccessToken,
        phone_number_id: &str,
        file: Bytes,
        mime: &str,
        filename: &str,
    ) -> Result<String, MediaFailure> {
        let url = self.endpoint(&[phone_number_id, "media"]).ok_or(MediaFailure::BadId)?;
        let length = u64::try_from(file.len()).unwrap_or(u64::MAX);
        let name: String = filename.chars().filter(|letter| !letter.is_control()).collect();
        let part = Part::stream_with_length(file, length).file_name(name);
        let part = part.mime_str(mime).map_err(|_| MediaFailure::BadType)?;
        let form = Form::new().text("messaging_product", "whatsapp").text("type", mime.to_owned());
        let request = self.http.post(url).bearer_auth(token.reveal()).timeout(self.media_timeout);
        let answer = self.answer(request.multipart(form.part("file", part))).await?;
        let id = answer.body["id"].as_str().filter(|id| !id.is_empty());
        id.map(str::to_owned).ok_or(MediaFailure::Unreadable)
    }

    /// Sends a call that does no harm when repeated, and keeps only good answers.
    pub(super) async fn answer(&self, request: reqwest::RequestBuilder) -> Result<Answer, MediaFailure> {
        let response = request.send().await.map_err(|error| MediaFailure::from_send(broken(&error)))?;
        let answer = Answer::of(response).await.ok_or(MediaFailure::Unreadable)?;
        if answer.status.is_success() { Ok(answer) } else { Err(MediaFailure::from_answer(&answer)) }
    }

    /// The media timeout applies to downloads too.
    pub(super) fn download_request(&self, token: &AccessToken, url: Url) -> reqwest::RequestBuilder {
        self.http.get(url).bearer_auth(token.reveal()).timeout(self.media_timeout)
    }

    /// `base/version/segment/...`; `None` where a segment is no plain id, so that no id can leave its place.
    pub(super) fn endpoint(&self, segments: &[&str]) -> Option<Url> {
        if !segments.iter().all(|segment| is_plain_id(segment)) {
            return None;
        }
        let mut url = self.base.clone();
        url.path_segments_mut().ok()?.pop_if_empty().push(&self.version).extend(segments);
        Some(url)
    }
}

fn is_plain_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 128
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn bad_id() -> SendFailure {
    let title = "phone_number_id is no plain id".to_owned();
    SendFailure { class: FailureClass::Permanent, code: None, title }
}

/// An address tokens may travel to: https, or this machine.
fn safe_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let secure = url.scheme() == "https" || (url.scheme() == "http" && on_this_machine(&url));
    let plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    (secure && plain).then_some(url)
}

fn on_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
