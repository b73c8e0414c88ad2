//! `/kantor/{office}/pengaturan/pengirim`: the desa, kecamatan and schools whose lines for others are answered together.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use askama::Template;
use loket_core::{clock::Instant, id::TrustedSenderId, kinds::OfficeKind, permission::Permission};
use serde::Deserialize;

use crate::{
    domain::{
        contacts::{self, TrustError, TrustedSender},
        tenancy::{self, Office},
    },
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Form, Nothing},
        frame::{Here, frame},
        guard::InOffice,
        page,
        parts::{Crumb, Frame, When},
        routes,
        site::Site,
    },
};

/// The page.
#[derive(Template)]
#[template(path = "kantor/pengaturan/pengirim.html")]
struct Senders {
    frame: Frame,
    crumbs: Vec<Crumb>,
    action: String,
    typed: Entry,
    error: Option<String>,
    /// Whether the office tells what is wrong with a line.
    teaches: bool,
    rows: Vec<Shown>,
    /// A Dinas: whether it takes what kecamatan offices hand on, and where that is changed.
    forwarded: Option<(bool, String)>,
}

/// A sender of the list.
struct Shown {
    name: String,
    phone: String,
    since: When,
    end_href: String,
}

/// What was sent.
#[derive(Default, Deserialize)]
pub(super) struct Entry {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone: String,
}

type Answer = Result<HttpResponse, PageError>;

pub(super) async fn get(site: Data<Site>, seat: InOffice, request: HttpRequest) -> Answer {
    seat.demand(Permission::ConfigureOffice)?;
    draw((&site, &seat, &request), Entry::default(), (StatusCode::OK, None)).await
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Entry>,
) -> Answer {
    let entry = form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let error = match contacts::trust(&mut cx, (&entry.name, &entry.phone)).await {
        Ok(_) => {
            cx.commit().await?;
            let back = routes::TrustedSenders::at(&seat.office.slug);
            let words = "Pengirim ditambahkan. Berlaku untuk pesan berikutnya.";
            return Ok(flash::see_other(site.secure, &back, words));
        }
        Err(TrustError::Invalid(sentence)) => sentence.to_owned(),
        Err(other) => return Err(other.into()),
    };
    drop(cx);
    draw((&site, &seat, &request), entry, (StatusCode::UNPROCESSABLE_ENTITY, Some(error))).await
}

pub(super) async fn end(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    form: Form<Nothing>,
) -> Answer {
    form.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let id: TrustedSenderId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    contacts::distrust(&mut cx, id).await?;
    cx.commit().await?;
    let back = routes::TrustedSenders::at(&seat.office.slug);
    let words = "Pengirim dihapus. Permohonan yang sudah diserahkannya tetap berjalan.";
    Ok(flash::see_other(site.secure, &back, words))
}

/// What was pressed.
#[derive(Deserialize)]
pub(super) struct Switch {
    #[serde(default)]
    kecamatan: String,
}

/// Takes what the kecamatan offices of the area hand on, or no longer.
pub(super) async fn switch(site: Data<Site>, seat: InOffice, form: Form<Switch>) -> Answer {
    let takes = form.checked(seat.csrf())?.kecamatan == "terima";
    seat.demand(Permission::ConfigureOffice)?;
    if seat.office.kind != OfficeKind::Dinas {
        return Err(PageError::NotFound);
    }
    tenancy::change_forwarded(&site.house, &seat.office, &seat.actor(), takes).await?;
    let words = if takes {
        "Kantor kecamatan kini dapat meneruskan permohonan."
    } else {
        "Terusan dari kantor kecamatan ditutup. Yang sudah masuk tetap berjalan."
    };
    Ok(flash::see_other(site.secure, &routes::TrustedSenders::at(&seat.office.slug), words))
}

async fn draw(
    (site, seat, request): (&Site, &InOffice, &HttpRequest),
    typed: Entry,
    (status, error): (StatusCode, Option<String>),
) -> Answer {
    let office = seat.office.as_ref();
    let cx = Cx::read(&site.house, office.id, seat.actor()).await?;
    let rows = contacts::trusted_senders(&cx).await?;
    let shown = Senders {
        frame: frame(site, seat, request, Here::Settings),
        crumbs: vec![Crumb::new("Pengaturan", routes::Settings::at(&office.slug))],
        action: routes::TrustedSenders::at(&office.slug),
        typed,
        error,
        teaches: office.teaches(),
        rows: rows.into_iter().map(|row| Shown::of(row, office, cx.now())).collect(),
        forwarded: (office.kind == OfficeKind::Dinas)
            .then(|| (office.takes_forwarded, routes::TakesForwarded::at(&office.slug))),
    };
    page::with_status(status, (request, site.secure), &shown)
}

impl Shown {
    fn of(row: TrustedSender, office: &Office, now: Instant) -> Self {
        Self {
            name: row.name,
            phone: row.phone,
            since: When::plain(row.since, now, office.zone),
            end_href: routes::TrustedSenderEnd::at(&office.slug, row.id),
        }
    }
}

impl From<TrustError> for PageError {
    fn from(error: TrustError) -> Self {
        match error {
            TrustError::NotFound => Self::NotFound,
            TrustError::NotAllowed => Self::NotAllowed,
            TrustError::Invalid(sentence) => Self::Refused(sentence.to_owned()),
            TrustError::Fault(fault) => fault.into(),
        }
    }
}
