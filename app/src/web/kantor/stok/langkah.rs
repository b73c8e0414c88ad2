//! What is written of an item. What was typed stands on its page again where it does not hold.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use loket_core::{id::StockItemId, stock::Quantity};

use super::{isian::Sent, satu};
use crate::{
    domain::{
        outages::OutageError,
        stock::{self, StockError},
    },
    infra::Cx,
    web::{
        error::{PageError, Refusal},
        flash,
        form::Form,
        guard::InOffice,
        routes,
        site::Site,
    },
};

impl From<StockError> for Refusal {
    fn from(error: StockError) -> Self {
        match error {
            StockError::Invalid(sentence) | StockError::Outage(OutageError::Invalid(sentence)) => {
                Self::Sentence(sentence)
            }
            other => Self::Page(other.into()),
        }
    }
}

const OUT: &str = "Dicatat habis. Waktu layanan yang memerlukannya dijeda sampai ada penerimaan.";

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.csrf())?;
    let (_, id, step) = path.into_inner();
    let id: StockItemId = id.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let item = routes::StockItem::at(&seat.office.slug, id);
    match done(&mut cx, &seat, (id, &step), &sent).await {
        Ok(Some(said)) => {
            cx.commit().await?;
            Ok(flash::see_other(site.secure, &item, said))
        }
        // Sent twice: what the second changed is not kept.
        Ok(None) => Ok(flash::see_other(site.secure, &item, "Catatan ini sudah disimpan.")),
        Err(Refusal::Sentence(sentence)) => {
            drop(cx);
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Some((sentence, step.as_str(), &sent)));
            satu::draw((&site, &seat, &request), (id, None), refused).await
        }
        Err(Refusal::Page(error)) => Err(error),
    }
}

/// Does a step; says what was done, nothing where the same form has done it already.
async fn done(
    cx: &mut Cx<'_>,
    seat: &InOffice,
    (id, step): (StockItemId, &str),
    sent: &Sent,
) -> Result<Option<&'static str>, Refusal> {
    let office = seat.office.as_ref();
    let (written, said) = match step {
        "terima" => {
            (stock::receive(cx, office, (id, sent.quantity()?, sent.noted())).await, "Penerimaan dicatat.")
        }
        "rusak" => {
            let spoiled = (id, sent.quantity()?, sent.reason()?, sent.noted());
            (stock::spoil(cx, office, spoiled).await, "Barang rusak dicatat.")
        }
        "hitung" => {
            let there = sent.quantity()?;
            let said = if there.is_out() { OUT } else { "Hasil hitung dicatat." };
            (stock::count(cx, office, (id, there, sent.noted())).await, said)
        }
        "habis" => (stock::count(cx, office, (id, Quantity::default(), sent.noted())).await, OUT),
        "ubah" => {
            (stock::change(cx, office, (id, sent.ratio()?, &sent.uses()?)).await, "Pemakaian disimpan.")
        }
        _ => return Err(Refusal::Page(PageError::NotFound)),
    };
    match written {
        Ok(()) => Ok(Some(said)),
        Err(StockError::Twice) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
