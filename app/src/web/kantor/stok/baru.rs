//! Beginning the ledger of an item with a count.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use loket_core::{permission::Permission, stock::StockKind};

use super::isian::{Group, Sent, groups};
use crate::{
    domain::{
        catalogue,
        stock::{self, NewItem, StockError},
        tenancy,
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

#[derive(Template)]
#[template(path = "kantor/stok_baru.html")]
struct NewPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    groups: Vec<Group>,
    typed: Sent,
    error: Option<String>,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ReportOutages)?;
    let one = "1".to_owned();
    let typed = Sent { pieces: one.clone(), documents: one, ..Sent::default() };
    draw((&site, &seat, &request), typed, (StatusCode::OK, None)).await
}

pub(super) async fn post(site: Data<Site>, seat: InOffice, request: HttpRequest, form: Form<Sent>) -> Answer {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::ReportOutages)?;
    let slug = &seat.office.slug;
    let refused = match sent.item() {
        Ok(new) => match kept(&site, &seat, &new).await {
            Ok(said) => return Ok(said),
            Err(StockError::Already(id)) => {
                let said = StockError::Already(id).to_string();
                return Ok(flash::see_other(site.secure, &routes::StockItem::at(slug, id), &said));
            }
            Err(refused @ (StockError::Invalid(_) | StockError::Beyond)) => refused.to_string(),
            Err(error) => return Err(error.into()),
        },
        Err(sentence) => sentence.to_owned(),
    };
    draw((&site, &seat, &request), sent, (StatusCode::UNPROCESSABLE_ENTITY, Some(refused))).await
}

async fn kept(site: &Site, seat: &InOffice, new: &NewItem) -> Result<HttpResponse, StockError> {
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let id = stock::create(&mut cx, &seat.office, new).await?;
    cx.commit().await?;
    let back = routes::StockItem::at(&seat.office.slug, id);
    let said = "Barang dicatat. Pemakaian dihitung otomatis dari permohonan yang siap.";
    Ok(flash::see_other(site.secure, &back, said))
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    typed: Sent,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let catalogue = catalogue::load(&cx).await?;
    let kind = |kind: &StockKind| {
        let label = format!("{} ({})", kind.label(), kind.unit());
        Choice::new(kind.word(), label).chosen(kind.word() == typed.kind)
    };
    let page = NewPage {
        frame: frame(site, seat, request, Here::Stock),
        crumbs: vec![Crumb::new("Stok", routes::Stock::at(&office.slug))],
        action: routes::StockNew::at(&office.slug),
        kinds: StockKind::ALL.iter().map(kind).collect(),
        units: tenancy::units(&cx)
            .await?
            .into_iter()
            .map(|one| {
                let id = one.id.to_string();
                let chosen = id == typed.unit;
                Choice::new(id, one.name).chosen(chosen)
            })
            .collect(),
        groups: groups(&catalogue, &typed.uses),
        typed,
        error,
    };
    page::with_status(status, (request, site.secure), &page)
}
