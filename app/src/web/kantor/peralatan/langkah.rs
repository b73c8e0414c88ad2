//! What happened to a piece of equipment. What was typed stands on its page again where it does not hold.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use loket_core::{equipment::EquipmentStep, id::EquipmentId};

use super::{isian::Sent, satu};
use crate::{
    domain::equipment::{self, EquipmentError, Said},
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

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    path: Path<(String, String, String)>,
    form: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.csrf())?;
    let (_, id, step) = path.into_inner();
    let id: EquipmentId = id.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match done(&mut cx, &seat, (id, &step), &sent).await {
        Ok((wrote, said)) => {
            if wrote {
                cx.commit().await?;
            }
            Ok(flash::see_other(site.secure, &routes::EquipmentPiece::at(&seat.office.slug, id), said))
        }
        Err(Refusal::Sentence(sentence)) => {
            drop(cx);
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Some((sentence, step.as_str(), &sent)));
            satu::draw((&site, &seat, &request), (id, None), refused).await
        }
        Err(Refusal::Page(error)) => Err(error),
    }
}

async fn done(
    cx: &mut Cx<'_>,
    seat: &InOffice,
    (id, word): (EquipmentId, &str),
    sent: &Sent,
) -> Result<(bool, &'static str), Refusal> {
    let office = seat.office.as_ref();
    if word == "ubah" {
        let changed = equipment::change(cx, office, (id, sent.version, &sent.plan()?)).await?;
        return Ok((changed, if changed { "Perubahan disimpan." } else { "Tidak ada yang diubah." }));
    }
    let Some((step, said)) = of(word) else { return Err(Refusal::Page(PageError::NotFound)) };
    let day = sent.day(office.zone.date(cx.now()))?;
    let line = Said { step, day, note: &sent.note, key: sent.key() };
    match equipment::step(cx, office, (id, sent.version, line)).await {
        Err(EquipmentError::Twice(_)) => Ok((false, "Catatan ini sudah tersimpan.")),
        done => done.map(|()| (true, said)).map_err(Refusal::from),
    }
}

/// The step of a word in a path, and what is said once it is done.
fn of(word: &str) -> Option<(EquipmentStep, &'static str)> {
    Some(match word {
        "rawat" => (EquipmentStep::Serviced, "Perawatan dicatat."),
        "rusak" => {
            (EquipmentStep::Broke, "Kerusakan dicatat. Bila layanan terhenti, catat juga gangguannya.")
        }
        "baik" => (EquipmentStep::Repaired, "Perbaikan dicatat."),
        "berhenti" => (EquipmentStep::Retired, "Alat tidak dipakai lagi."),
        "kembali" => (EquipmentStep::Returned, "Alat dipakai lagi."),
        _ => return None,
    })
}
