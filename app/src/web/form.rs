//! Reading bodies and queries: bounded in size and in time, repeated fields allowed, and nothing of a
//! form handed out before its token was checked.

use std::{future::Future, pin::Pin, str::FromStr, time::Duration};

use actix_multipart::Multipart;
use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    web::{BytesMut, Data},
};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;

use super::{
    csrf::CsrfKey,
    error::PageError,
    site::Site,
    uploads::{Place, Uploads},
};

const LARGEST_FORM: usize = 64 * 1024;
/// The largest file that an officer uploads.
pub const LARGEST_UPLOAD: usize = 16 * 1024 * 1024;
const FORM_TIME: Duration = Duration::from_secs(10);
const UPLOAD_TIME: Duration = Duration::from_secs(120);

/// A form whose token has not been checked yet.
pub struct Form<T> {
    body: T,
    token: Option<String>,
}

impl<T> Form<T> {
    /// The form, if its token is of this session.
    pub fn checked(self, key: &CsrfKey) -> Result<T, PageError> {
        match self.token {
            Some(token) if key.accepts(&token) => Ok(self.body),
            _ => Err(PageError::Token),
        }
    }
}

/// The ids of boxes that were ticked.
pub fn ids<T: FromStr>(texts: &[String]) -> Result<Vec<T>, PageError> {
    texts.iter().map(|text| text.parse().map_err(|_| PageError::Form)).collect()
}

/// What is sent by a form that says nothing but that it was sent.
#[derive(serde::Deserialize)]
pub struct Nothing {}

#[derive(serde::Deserialize)]
struct Token {
    csrf: Option<String>,
}

impl<T: DeserializeOwned + 'static> FromRequest for Form<T> {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_form = kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
        let payload = payload.take();
        Box::pin(async move {
            if !is_form {
                return Err(PageError::Form);
            }
            let bytes = read_body(payload, LARGEST_FORM, FORM_TIME).await?;
            let token: Token = serde_html_form::from_bytes(&bytes).map_err(|_| PageError::Form)?;
            let body = serde_html_form::from_bytes(&bytes).map_err(|_| PageError::Form)?;
            Ok(Self { body, token: token.csrf })
        })
    }
}

/// Reads a whole body, or says that it is too large or too slow.
pub async fn read_body(mut payload: Payload, largest: usize, time: Duration) -> Result<BytesMut, PageError> {
    let reading = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| PageError::Form)?;
            if body.len() + chunk.len() > largest {
                return Err(PageError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    };
    tokio::time::timeout(time, reading).await.unwrap_or(Err(PageError::TooSlow))
}

/// The part of an address after `?`.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = PageError;
    type Future = std::future::Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = serde_html_form::from_str(request.query_string()).map(Self).map_err(|_| PageError::Form);
        std::future::ready(read)
    }
}

/// A file from a form, with the form's few text fields; the token is not checked yet.
pub struct Upload {
    token: Option<String>,
    file: Option<UploadedFile>,
    fields: Vec<(String, String)>,
}

/// A file as it came: name and type are the sender's word.
pub struct UploadedFile {
    /// What it was called.
    pub name: String,
    /// Its bytes.
    pub bytes: BytesMut,
    /// Its place among the uploads; held as long as the bytes are.
    pub place: Option<Place>,
}

/// The file, if one came, and the text fields.
pub type Uploaded = (Option<UploadedFile>, Vec<(String, String)>);

impl Upload {
    /// The file and the text fields, if the token is of this session.
    pub fn checked(self, key: &CsrfKey) -> Result<Uploaded, PageError> {
        match self.token {
            Some(token) if key.accepts(&token) => Ok((self.file, self.fields)),
            _ => Err(PageError::Token),
        }
    }
}

impl Upload {
    /// The text fields, whoever sent them.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<&str> {
        self.fields.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// One part of the form, read to its end.
    fn take(
        &mut self,
        (name, filename): (String, Option<String>),
        bytes: BytesMut,
        place: Option<Place>,
    ) -> Result<(), PageError> {
        if let Some(name) = filename {
            // A browser sends an empty part where no file was chosen.
            if !bytes.is_empty() && self.file.is_none() {
                self.file = Some(UploadedFile { name, bytes, place });
            }
            return Ok(());
        }
        let text = String::from_utf8(bytes.to_vec()).map_err(|_| PageError::Form)?;
        if name == "csrf" {
            self.token = Some(text);
        } else if self.fields.len() < 20 {
            self.fields.push((name, text));
        }
        Ok(())
    }
}

impl FromRequest for Upload {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let multipart = Multipart::new(request.headers(), payload.take());
        let uploads = request.app_data::<Data<Site>>().map(|site| site.uploads.clone()).unwrap_or_default();
        Box::pin(async move {
            let reading = read_parts(multipart, &uploads);
            tokio::time::timeout(UPLOAD_TIME, reading).await.unwrap_or(Err(PageError::TooSlow))
        })
    }
}

/// Reads a form with a file. What was refused is read to its end all the same, and forgotten as it comes: a
/// browser that is still sending does not read an answer.
async fn read_parts(mut multipart: Multipart, uploads: &Uploads) -> Result<Upload, PageError> {
    let mut upload = Upload { token: None, file: None, fields: Vec::new() };
    let (mut room, mut text_room) = (LARGEST_UPLOAD + LARGEST_FORM, LARGEST_FORM);
    let mut full = false;
    while let Some(part) = multipart.next().await {
        let mut part = part.map_err(|_| PageError::Form)?;
        let name = part.name().unwrap_or_default().to_owned();
        let filename =
            part.content_disposition().and_then(|disposition| disposition.get_filename()).map(str::to_owned);
        let (mut bytes, mut place) = (BytesMut::new(), None);
        while let Some(chunk) = part.next().await {
            let chunk = chunk.map_err(|_| PageError::Form)?;
            room = room.checked_sub(chunk.len()).ok_or(PageError::TooLarge)?;
            if filename.is_none() {
                text_room = text_room.checked_sub(chunk.len()).ok_or(PageError::TooLarge)?;
            } else if full || upload.file.is_some() {
                continue;
            } else if place.is_none() {
                place = uploads.place().await;
                full = place.is_none();
                if full {
                    continue;
                }
            }
            bytes.extend_from_slice(&chunk);
        }
        upload.take((name, filename), bytes, place)?;
    }
    if full { Err(PageError::Full) } else { Ok(upload) }
}
