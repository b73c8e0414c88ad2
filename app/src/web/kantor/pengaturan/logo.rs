//! `/kantor/{office}/logo`: the picture at the head of the office's letters; and changing it from the profile.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web::Data};
use loket_core::permission::Permission;

use super::profil;
use crate::{
    domain::tenancy::{self, DirectoryError, OfficeRefusal, Profile},
    infra::Cx,
    web::{error::PageError, flash, form::Upload, guard::InOffice, headers::Inert, routes, site::Site},
};

/// Sent by the button that takes the picture away.
const REMOVE: &str = "remove";

pub(super) async fn get(site: Data<Site>, seat: InOffice) -> Result<HttpResponse, PageError> {
    let cx = Cx::read(&site.house, seat.office.id, seat.actor()).await?;
    let logo = tenancy::logo(&cx, &site.files, &seat.office).await?.ok_or(PageError::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, logo.mime))
        .insert_header((header::CONTENT_DISPOSITION, "inline"))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    let mut answer = answer.body(logo.bytes);
    answer.extensions_mut().insert(Inert);
    Ok(answer)
}

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    request: HttpRequest,
    upload: Upload,
) -> Result<HttpResponse, PageError> {
    let (file, fields) = upload.checked(seat.csrf())?;
    seat.demand(Permission::ConfigureOffice)?;
    let removes = fields.iter().any(|(name, _)| name == REMOVE);
    let wrong = |sentence: &str| {
        let said = (StatusCode::UNPROCESSABLE_ENTITY, Some(sentence.to_owned()));
        profil::draw((&site, &seat, &request), Profile::of(&seat.office), said)
    };
    let picture = match (&file, removes) {
        (Some(file), false) => Some(file.bytes.as_ref()),
        (_, true) => None,
        (None, false) => return wrong("Pilih dahulu berkas gambarnya."),
    };
    match tenancy::set_logo(&site.house, &site.files, (&seat.office, &seat.actor()), picture).await {
        Ok(()) => {
            let said = if removes { "Logo dihapus." } else { "Logo tersimpan dan langsung dipakai." };
            Ok(flash::see_other(site.secure, &routes::Profile::at(&seat.office.slug), said))
        }
        Err(DirectoryError::Refused(OfficeRefusal::NotAllowed)) => Err(PageError::NotAllowed),
        Err(DirectoryError::Refused(refusal)) => wrong(refusal.sentence()),
        Err(DirectoryError::Fault(fault)) => Err(fault.into()),
    }
}
