//! A request of the path, with who asks and from where; and what happens after a step.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::StatusCode, web::Data};
use loket_core::id::{MessageId, RequestId};

use super::{
    forward,
    page::{Extra, RequestPage, Shown},
};
use crate::{
    domain::{requests::RequestError, whatsapp},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page as answer, routes,
        site::Site,
    },
};

/// What a phone shows first of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Panel {
    /// The conversation.
    Chat,
    /// The papers.
    Papers,
    /// The data.
    Facts,
}

impl Panel {
    /// The panel of a word in an address; the conversation for any other.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "berkas" => Self::Papers,
            "data" => Self::Facts,
            _ => Self::Chat,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Chat => "percakapan",
            Self::Papers => "berkas",
            Self::Facts => "data",
        }
    }

    /// Its name in the template.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Papers => "papers",
            Self::Facts => "facts",
        }
    }
}

/// A request of the path. Whether it may be seen is asked when it is loaded.
pub(super) struct AtRequest {
    pub(super) site: Data<Site>,
    pub(super) place: InOffice,
    pub(super) request: HttpRequest,
    pub(super) id: RequestId,
}

impl FromRequest for AtRequest {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let place = InOffice::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let place = place.await?;
            let site = request.app_data::<Data<Site>>().cloned().ok_or(PageError::NotFound)?;
            let id = request.match_info().get("id").and_then(|text| text.parse().ok());
            Ok(Self { id: id.ok_or(PageError::NotFound)?, site, place, request })
        })
    }
}

impl AtRequest {
    /// Opens an operation that writes.
    pub(super) async fn write(&self) -> Result<Cx<'_>, PageError> {
        Ok(Cx::write(&self.site.house, self.place.office.id, self.place.actor()).await?)
    }

    async fn read(&self) -> Result<Cx<'_>, PageError> {
        Ok(Cx::read(&self.site.house, self.place.office.id, self.place.actor()).await?)
    }

    /// A form's values, if it was drawn for this session.
    pub(super) fn checked<T>(&self, form: Form<T>) -> Result<T, PageError> {
        form.checked(self.place.csrf())
    }

    /// The page. Looking at a request is written down; that the script looks again is not.
    pub(super) async fn page(
        &self,
        panel: Panel,
        before: Option<MessageId>,
    ) -> Result<RequestPage, PageError> {
        let again = flash::is_block(&self.request);
        let cx = if again { self.read().await? } else { self.write().await? };
        let shown = self.shown(cx, before, !again).await?;
        Ok(self.draw(&shown, panel, Extra::default()))
    }

    /// What the page shows, and where the request may go on; `recorded` where the look, or what was done in the operation,
    /// is written down.
    pub(super) async fn shown(
        &self,
        mut cx: Cx<'_>,
        before: Option<MessageId>,
        recorded: bool,
    ) -> Result<Shown, PageError> {
        let mut shown = Box::pin(Shown::load(&mut cx, &self.place.office, self.id, before)).await?;
        if recorded {
            cx.commit().await?;
        } else {
            drop(cx);
        }
        shown.onward = forward::onward(self, &shown.view).await?;
        Ok(shown)
    }

    /// Draws what was loaded.
    pub(super) fn draw(&self, shown: &Shown, panel: Panel, extra: Extra) -> RequestPage {
        let frame = frame(&self.site, &self.place, &self.request, Here::Queue);
        RequestPage::of(frame, &self.place, shown, (panel, extra))
    }

    /// After a step: on to the page with a sentence; or the page again with why it did not happen.
    pub(super) async fn settle(
        &self,
        cx: Cx<'_>,
        done: Result<(), RequestError>,
        (panel, sentence): (Panel, &str),
    ) -> Result<HttpResponse, PageError> {
        match done {
            Ok(()) => {
                cx.commit().await?;
                Ok(self.back(panel, sentence))
            }
            Err(error) => {
                drop(cx);
                let why = refusal(error)?;
                Box::pin(self.again(panel, Extra { error: Some(why), ..Extra::default() })).await
            }
        }
    }

    /// On to the page with a sentence.
    pub(super) fn back(&self, panel: Panel, sentence: &str) -> HttpResponse {
        let page = routes::Request::at(&self.place.office.slug, self.id);
        flash::see_other(self.site.secure, &format!("{page}?bagian={}", panel.word()), sentence)
    }

    /// The page again, with why a step did not happen.
    pub(super) async fn again(&self, panel: Panel, extra: Extra) -> Result<HttpResponse, PageError> {
        let shown = self.shown(self.write().await?, None, true).await?;
        let page = self.draw(&shown, panel, extra);
        answer::with_status(StatusCode::UNPROCESSABLE_ENTITY, (&self.request, self.site.secure), &page)
    }
}

/// The rules' own sentence; anything else is a page of its own.
pub(super) fn refusal(error: RequestError) -> Result<String, PageError> {
    match error {
        RequestError::Refused(refusal) => Ok(refusal.sentence()),
        RequestError::Invalid(sentence) => Ok(sentence.to_owned()),
        other => Err(other.into()),
    }
}

/// Where the messages before the first one shown are.
pub(super) fn older(office: &str, id: RequestId, thread: &whatsapp::ThreadView) -> Option<String> {
    let first = thread.messages.first().filter(|_| thread.more)?;
    Some(format!("{}?sebelum={}", routes::Request::at(office, id), first.id))
}
