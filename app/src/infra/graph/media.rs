//! Fetching what citizens sent: two steps, links that live five minutes, and a token that goes nowhere else.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use reqwest::{StatusCode, Url};

use super::answer::{Answer, broken};
use super::{AccessToken, FailureClass, GraphClient, SendFailure};

/// Meta's answer about a medium.
#[derive(Clone, PartialEq, Eq)]
pub struct MediaInfo {
    /// Where it lies, for five minutes and for the same token.
    pub url: String,
    /// The type Meta says it is.
    pub mime: Option<String>,
    /// SHA-256 of the bytes, in hex or base64.
    pub sha256: Option<String>,
    /// Its length in bytes.
    pub length: Option<u64>,
}

impl fmt::Debug for MediaInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MediaInfo")
            .field("mime", &self.mime)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// Why a medium could not be moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaFailure {
    /// The link is used up (401, 404, 410): ask for a fresh one, once.
    #[error("tautan berkas sudah tidak berlaku")]
    LinkExpired,
    /// Meta has it no longer (seven days for what citizens send), or never had.
    #[error("berkas sudah tidak ada di WhatsApp")]
    Gone,
    /// Larger than allowed; nothing of it was kept.
    #[error("berkas lebih besar dari {limit} bita")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The link points to a host that must not see the token.
    #[error("tautan berkas menunjuk ke tempat yang bukan milik WhatsApp")]
    ForeignHost,
    /// The bytes are not those that were announced.
    #[error("isi berkas tidak cocok dengan sidiknya")]
    Corrupt,
    /// Token or permission: stop and alert.
    #[error("nomor kantor tidak diizinkan mengambil berkas")]
    Channel,
    /// Try again, not before `after`.
    #[error("berkas belum dapat dipindahkan karena gangguan sementara")]
    Retry {
        /// How long to wait at least.
        after: Duration,
    },
    /// Meta refuses it for good.
    #[error("berkas ditolak WhatsApp ({code:?})")]
    Refused {
        /// Meta's number of the error.
        code: Option<i64>,
    },
    /// An answer that cannot be read; trying again does no harm.
    #[error("jawaban WhatsApp tidak terbaca")]
    Unreadable,
    /// An id that is none.
    #[error("pengenal berkas tidak sah")]
    BadId,
    /// A type that is none.
    #[error("jenis berkas tidak sah")]
    BadType,
}

impl MediaFailure {
    /// Whether the same call may succeed later.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::LinkExpired | Self::Retry { .. } | Self::Unreadable | Self::Corrupt)
    }

    pub(super) fn from_send(failure: SendFailure) -> Self {
        match failure.class {
            FailureClass::Retry { after } => Self::Retry { after },
            FailureClass::Unknown | FailureClass::PairRate => Self::Retry { after: Duration::from_secs(15) },
            FailureClass::Channel => Self::Channel,
            FailureClass::WindowClosed | FailureClass::Permanent => Self::Refused { code: failure.code },
        }
    }

    /// Meta says 100 (subcode 33) for an object that is not there or not ours.
    pub(super) fn from_answer(answer: &Answer) -> Self {
        let missing = answer.body["error"]["error_subcode"].as_i64() == Some(33);
        if missing || answer.status == StatusCode::NOT_FOUND {
            return Self::Gone;
        }
        Self::from_send(answer.failure())
    }
}

impl GraphClient {
    /// The first step: a link to the medium, good for five minutes.
    ///
    /// # Errors
    /// [`MediaFailure`]; `Gone` when Meta has it no longer.
    pub async fn media_url(&self, token: &AccessToken, media_id: &str) -> Result<MediaInfo, MediaFailure> {
        let url = self.endpoint(&[media_id]).ok_or(MediaFailure::BadId)?;
        let answer = self.answer(self.http.get(url).bearer_auth(token.reveal())).await?;
        let text = |key: &str| answer.body[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let size = &answer.body["file_size"];
        Ok(MediaInfo {
            url: text("url").ok_or(MediaFailure::Unreadable)?,
            mime: text("mime_type"),
            sha256: text("sha256"),
            length: size.as_u64().or_else(|| size.as_str()?.parse().ok()),
        })
    }

    /// The second step: the bytes, at most `max_bytes` of them, never written anywhere before that is sure.
    ///
    /// # Errors
    /// [`MediaFailure`]; `ForeignHost` before anything is sent, `LinkExpired` when a fresh link may help.
    pub async fn download(
        &self,
        token: &AccessToken,
        url: &str,
        max_bytes: usize,
    ) -> Result<Bytes, MediaFailure> {
        let url = self.trusted(url).ok_or(MediaFailure::ForeignHost)?;
        let request = self.download_request(token, url);
        let mut response = request.send().await.map_err(|error| MediaFailure::from_send(broken(&error)))?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED | StatusCode::NOT_FOUND | StatusCode::GONE => {
                return Err(MediaFailure::LinkExpired);
            }
            _ => {
                let answer = Answer::of(response).await.ok_or(MediaFailure::Unreadable)?;
                return Err(MediaFailure::from_answer(&answer));
            }
        }
        let too_large = MediaFailure::TooLarge { limit: max_bytes };
        let announced = response.content_length().unwrap_or(0);
        if usize::try_from(announced).map_or(true, |length| length > max_bytes) {
            return Err(too_large);
        }
        let mut bytes = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| MediaFailure::Unreadable)? {
            if bytes.len() + chunk.len() > max_bytes {
                return Err(too_large);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// Both steps, with one fresh link when the first is used up, and the fingerprint checked.
    ///
    /// # Errors
    /// [`MediaFailure`]; `LinkExpired` here means that a fresh link did not help either: mostly the token.
    pub async fn fetch(
        &self,
        token: &AccessToken,
        media_id: &str,
        max_bytes: usize,
    ) -> Result<(MediaInfo, Bytes), MediaFailure> {
        let mut info = self.media_url(token, media_id).await?;
        let limit = u64::try_from(max_bytes).unwrap_or(u64::MAX);
        if info.length.is_some_and(|length| length > limit) {
            return Err(MediaFailure::TooLarge { limit: max_bytes });
        }
        let bytes = match self.download(token, &info.url, max_bytes).await {
            Err(MediaFailure::LinkExpired) => {
                info = self.media_url(token, media_id).await?;
                self.download(token, &info.url, max_bytes).await?
            }
            outcome => outcome?,
        };
        if info.sha256.as_deref().is_some_and(|announced| !is_fingerprint_of(announced, &bytes)) {
            return Err(MediaFailure::Corrupt);
        }
        Ok((info, bytes))
    }

    /// The link, if its host may see the token: Meta's own over https, or a configured origin on loopback.
    pub(super) fn trusted(&self, link: &str) -> Option<Url> {
        let url = Url::parse(link).ok()?;
        if !url.username().is_empty() || url.password().is_some() {
            return None;
        }
        let host = url.host_str()?;
        let metas = host == "graph.facebook.com" || host.ends_with(".fbsbx.com");
        let trusted = (metas && url.scheme() == "https" && url.port().is_none())
            || self.media_origins.contains(&url.origin().ascii_serialization());
        trusted.then_some(url)
    }
}

/// Whether `announced` (hex or base64) is the SHA-256 of `bytes`; one that is neither proves nothing.
fn is_fingerprint_of(announced: &str, bytes: &[u8]) -> bool {
    let decoded = hex::decode(announced).ok().or_else(|| STANDARD.decode(announced).ok());
    match decoded {
        Some(expected) if expected.len() == 32 => digest::digest(&digest::SHA256, bytes).as_ref() == expected,
        _ => true,
    }
}
