//! One ready answer of the office, or a new one.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{
    id::QuickReplyId,
    permission::Permission,
    reply::{
        LONGEST,
        quick::{Known, Placeholder, QuickText},
    },
};
use serde::Deserialize;

use super::reply;
use crate::{
    domain::{
        catalogue,
        quick_replies::{self, NewQuickReply, QuickReplyError, QuickReplyField},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::Form,
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Choice, Crumb, Frame},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/balasan_satu.html")]
struct QuickReplyPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    title: &'static str,
    action: String,
    typed: NewQuickReply,
    most: usize,
    wrong: Wrong,
    services: Vec<Choice>,
    places: Vec<(String, &'static str)>,
    example: Option<String>,
}

/// What is wrong, by field.
#[derive(Default)]
struct Wrong {
    code: Option<String>,
    title: Option<String>,
    text: Option<String>,
    whole: Option<String>,
}

impl Wrong {
    fn of(fields: Vec<(QuickReplyField, String)>) -> Self {
        let mut wrong = Self::default();
        for (field, sentence) in fields {
            let place = match field {
                QuickReplyField::Code => &mut wrong.code,
                QuickReplyField::Title => &mut wrong.title,
                QuickReplyField::Text => &mut wrong.text,
                QuickReplyField::Whole => &mut wrong.whole,
            };
            place.get_or_insert(sentence);
        }
        wrong
    }
}

/// What was sent.
#[derive(Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    code: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    services: Vec<String>,
}

impl Sent {
    fn reply(self) -> Result<NewQuickReply, PageError> {
        let services: Result<_, _> = self.services.iter().map(|text| text.parse()).collect();
        let services = services.map_err(|_| PageError::Form)?;
        Ok(NewQuickReply { code: self.code, title: self.title, text: self.text, services })
    }
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn begin(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let empty = (None, NewQuickReply::default());
    draw((&site, &seat, &request), empty, (StatusCode::OK, Wrong::default())).await
}

pub(super) async fn add(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Sent>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let new = sent.reply()?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match quick_replies::add(&mut cx, &new).await {
        Ok(_) => {
            cx.commit().await?;
            Ok(done(&site, &seat, "Balasan cepat ditambahkan."))
        }
        Err(QuickReplyError::Invalid(wrong)) => {
            drop(cx);
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Wrong::of(wrong));
            draw((&site, &seat, &request), (None, new), refused).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    let id = reply(&path.1)?;
    let kept = {
        let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
        quick_replies::one(&cx, id).await?.ok_or(PageError::NotFound)?
    };
    let typed =
        NewQuickReply { code: kept.code, title: kept.title, text: kept.text, services: kept.services };
    draw((&site, &seat, &request), (Some(id), typed), (StatusCode::OK, Wrong::default())).await
}

pub(super) async fn change(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Form<Sent>,
) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let (id, new) = (reply(&path.1)?, sent.reply()?);
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match quick_replies::change(&mut cx, id, &new).await {
        Ok(()) => {
            cx.commit().await?;
            Ok(done(&site, &seat, "Balasan cepat tersimpan."))
        }
        Err(QuickReplyError::Invalid(wrong)) => {
            drop(cx);
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Wrong::of(wrong));
            draw((&site, &seat, &request), (Some(id), new), refused).await
        }
        Err(error) => Err(error.into()),
    }
}

fn done(site: &Site, seat: &InOffice, said: &str) -> HttpResponse {
    flash::see_other(site.secure, &routes::QuickReplies::at(&seat.office.slug), said)
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    (id, typed): (Option<QuickReplyId>, NewQuickReply),
    (status, wrong): (StatusCode, Wrong),
) -> Answer {
    let office = seat.office.as_ref();
    let slug = &office.slug;
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let services = catalogue::load(&cx).await?.services.into_iter().map(|service| {
        Choice::new(service.id.to_string(), service.name).chosen(typed.services.contains(&service.id))
    });
    let shown = QuickReplyPage {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![
            Crumb::new("Pengaturan", routes::Settings::at(slug)),
            Crumb::new("Balasan cepat", routes::QuickReplies::at(slug)),
        ],
        title: if id.is_some() { "Ubah balasan" } else { "Balasan baru" },
        action: id.map_or_else(|| routes::QuickReplyNew::at(slug), |id| routes::QuickReply::at(slug, id)),
        services: services.collect(),
        places: Placeholder::ALL.iter().map(|one| (format!("{{{}}}", one.word()), one.label())).collect(),
        example: example(office, &typed.text),
        most: LONGEST,
        typed,
        wrong,
    };
    page::with_status(status, (request, site.secure), &shown)
}

/// What a citizen would get, with a receipt that is nobody's.
fn example(office: &Office, text: &str) -> Option<String> {
    let receipt = format!("{}-2611-00042-K", office.receipt_code);
    let known =
        Known { office: &office.name, hours: &office.hours, request: Some((&receipt, "Contoh layanan")) };
    QuickText::parse(text).ok()?.filled(&known)
}
