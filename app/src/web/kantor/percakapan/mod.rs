//! `/kantor/{office}/percakapan/{id}`: one conversation, where it is answered and where a request is
//! made of it.

mod acts;
mod create;
mod view;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use loket_core::id::{ConversationId, MessageId};
use serde::Deserialize;

use view::ConversationPage;

use crate::{
    domain::{catalogue, requests, whatsapp},
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Query,
        frame::{Here, frame},
        guard::InOffice,
        kantor::{
            entry_form::{Typed, Wrong},
            quick::{self, Written},
            thread,
        },
        page, routes,
        site::Site,
    },
};

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    sebelum: Option<String>,
}

/// What was tried before the page is shown again.
#[derive(Default)]
struct Tried {
    /// Words that could not be sent, and why; or that a ready answer is to be put behind.
    answer: Option<(Written, Option<String>)>,
    /// A request that could not be opened, and why.
    create: Option<(Typed, Wrong)>,
}

/// Shows the conversation, or its live blocks.
async fn get(
    site: web::Data<Site>,
    seat: InOffice,
    path: web::Path<(String, String)>,
    request: HttpRequest,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let id = conversation(&path.1)?;
    let before = asked.sebelum.as_deref().map(str::parse::<MessageId>).transpose();
    let before = before.map_err(|_| PageError::NotFound)?;
    let shown = load(&site, &seat, (&request, id, before), Tried::default()).await?;
    page::live(&request, site.secure, &shown)
}

fn conversation(text: &str) -> Result<ConversationId, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Reads everything the page shows. Looking at a conversation is written down; that the script looks
/// again every few seconds is not.
async fn load(
    site: &Site,
    seat: &InOffice,
    (request, id, before): (&HttpRequest, ConversationId, Option<MessageId>),
    tried: Tried,
) -> Result<ConversationPage, PageError> {
    let (house, office) = (&site.house, seat.office.id);
    let mut cx = if flash::is_block(request) {
        Cx::read(house, office, seat.actor()).await?
    } else {
        Cx::write(house, office, seat.actor()).await?
    };
    let talk = whatsapp::thread(&cx, id, before, thread::SHOWN).await?;
    let (held, bound) = whatsapp::number_at(&cx, talk.head.number).await?;
    let earlier = requests::of_contact(&cx, talk.head.contact).await?;
    let open = talk.open_request.as_ref().and_then(|(id, _)| earlier.iter().find(|row| row.id == *id));
    let catalogue = catalogue::load(&cx).await?;
    let around = requests::Around {
        office: &seat.office,
        catalogue: &catalogue,
        requests: &earlier,
        default_service: bound.default_service,
    };
    let seen = view::Seen {
        understood: requests::understand(&cx, &talk.head, around).await?,
        quick: quick::offered(&cx, &seat.office, (open, &bound.services)).await?,
        held,
        default_service: bound.default_service,
        earlier,
        catalogue,
        now: cx.now(),
        before,
        talk,
    };
    if !flash::is_block(request) {
        cx.audit("conversation.viewed", ("conversation", Some(id.0)))?;
        cx.commit().await?;
    }
    let viewer = view::Viewer { office: &seat.office, standing: &seat.standing };
    Ok(ConversationPage::of(frame(site, seat, request, Here::Conversations), viewer, seen, tried))
}

/// The page once more, with what could not be done.
async fn again(
    site: &Site,
    seat: &InOffice,
    (request, id): (&HttpRequest, ConversationId),
    (status, tried): (StatusCode, Tried),
) -> Result<HttpResponse, PageError> {
    let shown = load(site, seat, (request, id, None), tried).await?;
    page::with_status(status, (request, site.secure), &shown)
}

/// Registers the page and its steps.
pub fn routes(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource(routes::Conversation::PATTERN).get(get))
        .service(web::resource(routes::ConversationAnswer::PATTERN).post(acts::answer))
        .service(web::resource(routes::ConversationClaim::PATTERN).post(acts::claim))
        .service(web::resource(routes::ConversationRelease::PATTERN).post(acts::release))
        .service(web::resource(routes::ConversationOpen::PATTERN).post(acts::open));
}
