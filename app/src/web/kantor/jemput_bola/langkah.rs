//! What is done to a round: people are put on it and taken off, it is changed, what came of it is written down.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use loket_core::{id::VisitRoundId, permission::Permission};

use super::{isian::Sent, satu};
use crate::{
    domain::{
        requests::{self, Reached, RequestError},
        tenancy::Office,
        visits::{self, Closing, RoundView},
    },
    infra::Cx,
    web::{error::PageError, flash, form::Form, guard::InOffice, parts::count, routes, site::Site},
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
    seat.demand(if step == "hasil" { Permission::HandleRequests } else { Permission::AssignRequests })?;
    let id: VisitRoundId = id.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let round = visits::round(&cx, id).await?.ok_or(PageError::NotFound)?;
    match Box::pin(done(&mut cx, &seat.office, (&round, &step), &sent)).await {
        Ok(said) => {
            cx.commit().await?;
            let back = routes::HomeVisitRound::at(&seat.office.slug, id);
            Ok(flash::see_other(site.secure, &back, &said))
        }
        Err(RequestError::Invalid(sentence)) => {
            drop(cx);
            let refused = Some((sentence.to_owned(), step.as_str(), &sent));
            satu::draw((&site, &seat, &request), id, (StatusCode::UNPROCESSABLE_ENTITY, refused)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Does it, and says what came of it.
async fn done(
    cx: &mut Cx<'_>,
    office: &Office,
    (round, step): (&RoundView, &str),
    sent: &Sent,
) -> Result<String, RequestError> {
    // What was read when the form was drawn is what is changed.
    let read = RoundView { version: sent.version, ..round.clone() };
    match step {
        "tambah" => {
            let people = sent.people().map_err(RequestError::Invalid)?;
            let reached = requests::put_on_round(cx, office, (round, &people)).await?;
            Ok(format!("{} warga masuk putaran{}.", count(reached.of as u64), told(reached)))
        }
        "keluarkan" => {
            let id = sent.off.parse().map_err(|_| RequestError::NotFound)?;
            let heard = requests::take_off_round(cx, office, (round, id)).await?;
            let heard = if heard { ", dan dikabari lewat WhatsApp" } else { "" };
            Ok(format!("Satu warga keluar dari putaran{heard}."))
        }
        "hasil" => {
            let said = sent.results().map_err(RequestError::Invalid)?;
            let written = requests::record_visits(cx, office, (round, &said)).await?;
            Ok(match written {
                0 => "Tidak ada hasil yang berubah.".to_owned(),
                some => format!("Hasil {} kunjungan dicatat.", count(some as u64)),
            })
        }
        "ubah" => {
            let said = sent.plan().map_err(RequestError::Invalid)?;
            let reached = requests::change_round(cx, office, (&read, &said)).await?;
            let told = if reached.of > 0 { told(reached) } else { String::new() };
            Ok(format!("Perubahan disimpan{told}."))
        }
        "tutup" => {
            let closing =
                Closing { others: sent.others().map_err(RequestError::Invalid)?, report: &sent.report };
            requests::close_round(cx, office, (&read, closing)).await?;
            Ok("Putaran ditutup. Laporannya ada di halaman ini.".to_owned())
        }
        "batal" => {
            let reached = requests::cancel_round(cx, office, (&read, &sent.why)).await?;
            let told = if reached.of > 0 { told(reached) } else { String::new() };
            Ok(format!("Putaran dibatalkan{told}."))
        }
        _ => Err(RequestError::NotFound),
    }
}

/// How many were told, and how many must be told otherwise.
fn told(reached: Reached) -> String {
    let number = |some: usize| count(some as u64);
    match (reached.told, reached.of - reached.told) {
        (some, 0) => format!(", {} dikabari lewat WhatsApp", number(some)),
        (0, rest) => format!("; {} perlu dikabari dengan cara lain", number(rest)),
        (some, rest) => format!(
            ", {} dikabari lewat WhatsApp; {} perlu dikabari dengan cara lain",
            number(some),
            number(rest)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_not_told_is_not_hidden() {
        assert_eq!(told(Reached { of: 2, told: 2 }), ", 2 dikabari lewat WhatsApp");
        assert_eq!(told(Reached { of: 2, told: 0 }), "; 2 perlu dikabari dengan cara lain");
        assert_eq!(
            told(Reached { of: 3, told: 1 }),
            ", 1 dikabari lewat WhatsApp; 2 perlu dikabari dengan cara lain"
        );
    }
}
