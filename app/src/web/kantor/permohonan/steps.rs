//! What an officer does to a request: each step reads its form, runs one use case, commits and leads
//! back to the page.

use actix_web::{HttpResponse, http::StatusCode, web::Path};
use loket_core::{
    id::{MediaId, PaperId, RequestId},
    permission::Permission,
    request::{CloseReason, PaperReason, ReopenReason},
};
use serde::Deserialize;

use super::{
    at::{AtRequest, Panel, refusal},
    collecting::{Ended, Place},
    page::{Extra, Sent},
};
use crate::{
    domain::requests::{self, Ending, Purpose, RequestError},
    infra::Cx,
    web::{
        error::PageError,
        form::{Form, Nothing, Upload},
        kantor::quick::Written,
        page as answer_page,
    },
};

pub(super) type Answer = Result<HttpResponse, PageError>;

pub(super) async fn take(at: AtRequest, form: Form<Nothing>) -> Answer {
    at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::take(&mut cx, at.id).await;
    at.settle(cx, done, (Panel::Papers, "Permohonan ini Bapak/Ibu tangani.")).await
}

pub(super) async fn ask(at: AtRequest, form: Form<Nothing>) -> Answer {
    at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::ask(&mut cx, &at.place.office, at.id).await;
    at.settle(cx, done, (Panel::Chat, "Permintaan berkas dikirim kepada warga.")).await
}

pub(super) async fn complete(at: AtRequest, form: Form<Nothing>) -> Answer {
    at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::declare_complete(&mut cx, &at.place.office, at.id).await;
    at.settle(cx, done, (Panel::Chat, "Berkas dinyatakan lengkap, warga diberi tahu.")).await
}

/// The composer's form is multipart.
pub(super) async fn answer(at: AtRequest, upload: Upload) -> Answer {
    let (_, fields) = upload.checked(at.place.csrf())?;
    let written = Written::of(fields);
    if written.picked.is_some() {
        return pick(at, written).await;
    }
    let mut cx = at.write().await?;
    match requests::answer(&mut cx, at.id, &written.text).await {
        Ok(()) => {
            cx.commit().await?;
            Ok(at.back(Panel::Chat, "Pesan dikirim."))
        }
        Err(error) => {
            drop(cx);
            let extra = Extra { error: Some(refusal(error)?), written, ..Extra::default() };
            Box::pin(at.again(Panel::Chat, extra)).await
        }
    }
}

/// The page again with a ready answer in the composer: for those who write without scripts. Nothing is sent.
async fn pick(at: AtRequest, written: Written) -> Answer {
    at.place.demand(Permission::HandleRequests)?;
    let shown = at.shown(at.write().await?, None, true).await?;
    let page = at.draw(&shown, Panel::Chat, Extra { written, ..Extra::default() });
    answer_page::with_status(StatusCode::OK, (&at.request, at.site.secure), &page)
}

#[derive(Deserialize)]
pub(super) struct Reasoned {
    #[serde(default)]
    pub(super) reason: String,
    #[serde(default)]
    pub(super) note: String,
}

impl Reasoned {
    fn reason<T: std::str::FromStr>(&self) -> Result<T, RequestError> {
        self.reason.parse().map_err(|_| RequestError::Invalid("Pilih alasannya dahulu."))
    }
}

pub(super) async fn ready(at: AtRequest, form: Form<Place>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match form.ready() {
        Ok(ready) => requests::mark_ready(&mut cx, &at.place.office, at.id, &ready).await,
        Err(error) => Err(error),
    };
    placed(&at, cx, done, ("siap", form, (Panel::Chat, "Siap diambil, warga diberi tahu."))).await
}

pub(super) async fn reschedule(at: AtRequest, form: Form<Place>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match form.ready() {
        Ok(ready) => requests::reschedule(&mut cx, &at.place.office, at.id, &ready).await,
        Err(error) => Err(error),
    };
    placed(&at, cx, done, ("jadwal", form, (Panel::Facts, "Jadwal pengambilan diubah."))).await
}

/// After a place was sent: on to the page, or the page again with what was sent.
async fn placed(
    at: &AtRequest,
    cx: Cx<'_>,
    done: Result<(), RequestError>,
    (code, form, (panel, said)): (&'static str, Place, (Panel, &str)),
) -> Answer {
    match done {
        Ok(()) => {
            cx.commit().await?;
            Ok(at.back(panel, said))
        }
        Err(error) => {
            drop(cx);
            let extra = Extra {
                error: Some(refusal(error)?),
                sent: Some(Sent::Place(code, form)),
                ..Extra::default()
            };
            Box::pin(at.again(panel, extra)).await
        }
    }
}

pub(super) async fn finish(at: AtRequest, form: Form<Ended>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let ending = Ending { told: Some(&form.note), received: form.received() };
    match requests::finish(&mut cx, &at.place.office, at.id, &ending).await {
        Ok(()) => {
            cx.commit().await?;
            Ok(at.back(Panel::Chat, "Permohonan selesai, warga diberi tahu."))
        }
        Err(error) => {
            drop(cx);
            let extra =
                Extra { error: Some(refusal(error)?), sent: Some(Sent::Ended(form)), ..Extra::default() };
            Box::pin(at.again(Panel::Chat, extra)).await
        }
    }
}

pub(super) async fn refuse(at: AtRequest, form: Form<Reasoned>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match form.reason::<CloseReason>() {
        Ok(reason) => requests::refuse(&mut cx, &at.place.office, at.id, reason, Some(&form.note)).await,
        Err(error) => Err(error),
    };
    at.settle(cx, done, (Panel::Chat, "Permohonan ditolak, warga diberi tahu.")).await
}

pub(super) async fn cancel(at: AtRequest, form: Form<Reasoned>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match form.reason::<CloseReason>() {
        Ok(reason) => requests::cancel(&mut cx, &at.place.office, at.id, reason).await,
        Err(error) => Err(error),
    };
    at.settle(cx, done, (Panel::Chat, "Permohonan dibatalkan, warga diberi tahu.")).await
}

pub(super) async fn reopen(at: AtRequest, form: Form<Reasoned>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match form.reason::<ReopenReason>() {
        Ok(reason) => requests::reopen(&mut cx, at.id, reason).await,
        Err(error) => Err(error),
    };
    at.settle(cx, done, (Panel::Chat, "Permohonan dibuka kembali.")).await
}

/// Office, request and paper of the path.
type PaperPath = Path<(String, RequestId, PaperId, String)>;

pub(super) async fn accept(at: AtRequest, path: PaperPath, form: Form<Nothing>) -> Answer {
    at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::accept(&mut cx, at.id, path.2).await;
    at.settle(cx, done, (Panel::Papers, "Berkas diterima.")).await
}

pub(super) async fn reject(at: AtRequest, path: PaperPath, form: Form<Reasoned>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match form.reason::<PaperReason>() {
        Ok(reason) => requests::reject(&mut cx, at.id, path.2, reason).await,
        Err(error) => Err(error),
    };
    at.settle(cx, done, (Panel::Papers, "Berkas ditolak. Minta kelengkapan bila semua sudah diperiksa."))
        .await
}

#[derive(Deserialize)]
pub(super) struct Assigned {
    paper: PaperId,
    media: MediaId,
}

pub(super) async fn use_for(at: AtRequest, form: Form<Assigned>) -> Answer {
    let form = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::use_for(&mut cx, at.id, form.paper, form.media).await;
    at.settle(cx, done, (Panel::Papers, "Lampiran dipasang, belum diperiksa.")).await
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    purpose: String,
}

/// Draws the page with the numbers in clear: once, in the answer to the form, under no address.
pub(super) async fn reveal(at: AtRequest, form: Form<Asked>) -> Answer {
    let form = at.checked(form)?;
    let Some(purpose) = Purpose::of(&form.purpose) else {
        let error = Some("Sebutkan dahulu untuk apa nomornya dibuka.".to_owned());
        return Box::pin(at.again(Panel::Facts, Extra { error, ..Extra::default() })).await;
    };
    let mut cx = at.write().await?;
    let clear = requests::reveal(&mut cx, at.id, purpose).await?;
    let shown = at.shown(cx, None, true).await?;
    let page = at.draw(&shown, Panel::Facts, Extra { clear: Some(clear), ..Extra::default() });
    answer_page::with_status(StatusCode::OK, (&at.request, at.site.secure), &page)
}
