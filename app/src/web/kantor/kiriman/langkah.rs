//! Several that came to one place are acknowledged at once.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use loket_core::{
    id::{ConsignmentId, PickupPointId},
    permission::Permission,
};
use serde::Deserialize;

use super::daftar::{self, Asked, UNDER_WAY};
use crate::{
    domain::{
        requests::{self, Reached, RequestError},
        tenancy::Office,
    },
    infra::Cx,
    web::{error::PageError, flash, form::Form, guard::InOffice, parts::count, routes, site::Site},
};

/// What was ticked, at which place, and who received it there.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Sent {
    #[serde(default)]
    pub tempat: String,
    #[serde(default)]
    pub receiver: String,
    #[serde(default)]
    pub kiriman: Vec<String>,
}

impl Sent {
    fn read(&self) -> Result<(PickupPointId, Vec<ConsignmentId>), RequestError> {
        let point = self.tempat.parse().map_err(|_| RequestError::Invalid("Pilih tempatnya dahulu."))?;
        let one = |text: &String| text.parse().map_err(|_| RequestError::NotFound);
        Ok((point, self.kiriman.iter().map(one).collect::<Result<_, _>>()?))
    }
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    form: Form<Sent>,
) -> Result<HttpResponse, PageError> {
    let sent = form.checked(seat.csrf())?;
    seat.demand(Permission::HandleRequests)?;
    let office = seat.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, seat.actor()).await?;
    match Box::pin(done(&mut cx, office, &sent)).await {
        Ok(reached) => {
            cx.commit().await?;
            let back = routes::Consignments::at(&office.slug);
            Ok(flash::see_other(site.secure, &back, &said(reached)))
        }
        Err(RequestError::Invalid(sentence)) => {
            drop(cx);
            let asked = Asked { keadaan: UNDER_WAY.to_owned(), tempat: sent.tempat.clone() };
            let refused = (StatusCode::UNPROCESSABLE_ENTITY, Some((sentence.to_owned(), &sent)));
            daftar::draw((&site, &seat, &request), &asked, refused).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn done(cx: &mut Cx<'_>, office: &Office, sent: &Sent) -> Result<Reached, RequestError> {
    let (point, ids) = sent.read()?;
    requests::acknowledge_consignments(cx, office, (point, &ids), &sent.receiver).await
}

/// How many came, and how many must be told otherwise.
fn said(reached: Reached) -> String {
    let number = |some: usize| count(some as u64);
    let rest = match reached.of - reached.told {
        0 => String::new(),
        some => format!("; {} perlu dikabari dengan cara lain", number(some)),
    };
    format!(
        "{} titipan dicatat tiba, {} warga dikabari lewat WhatsApp{rest}.",
        number(reached.of),
        number(reached.told)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_was_not_told_is_not_hidden() {
        assert_eq!(
            said(Reached { of: 3, told: 3 }),
            "3 titipan dicatat tiba, 3 warga dikabari lewat WhatsApp."
        );
        assert_eq!(
            said(Reached { of: 3, told: 1 }),
            "3 titipan dicatat tiba, 1 warga dikabari lewat WhatsApp; 2 perlu dikabari dengan cara lain."
        );
    }
}
