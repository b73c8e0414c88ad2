//! What shows that something was out: uploaded, and opened again.

use actix_web::{
    HttpResponse,
    web::{Data, Path},
};
use loket_core::id::{FileId, OutageId};

use crate::{
    domain::outages,
    infra::Cx,
    web::{
        error::PageError,
        flash,
        form::{Upload, UploadedFile},
        guard::InOffice,
        kantor::{berkas, stored},
        routes,
        site::Site,
    },
};

/// What a browser shows without running anything.
const TYPES: [&str; 3] = ["image/jpeg", "image/png", "application/pdf"];
const NO_FILE: &str = "Pilih dahulu berkas buktinya.";
const WRONG_TYPE: &str = "Berkas ini bukan foto atau PDF. Unggah foto (JPEG, PNG) atau PDF.";

pub(super) async fn post(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String)>,
    upload: Upload,
) -> Result<HttpResponse, PageError> {
    let (file, _) = upload.checked(seat.csrf())?;
    let id: OutageId = path.1.parse().map_err(|_| PageError::NotFound)?;
    let (file, mime) = looked_at(file).map_err(|sentence| PageError::Refused(sentence.to_owned()))?;
    let office = seat.office.id;
    {
        let cx = Cx::read(&site.house, office, seat.actor()).await?;
        outages::may_add_evidence(&cx, id).await?;
    }
    let kept = stored::keep(&site, office, (&file, mime)).await?;
    let mut cx = Cx::write(&site.house, office, seat.actor()).await?;
    if let Err(refused) = outages::add_evidence(&mut cx, id, &kept).await {
        drop(cx);
        stored::forget(&site, &kept.storage_key).await;
        return Err(refused.into());
    }
    cx.commit().await?;
    Ok(flash::see_other(site.secure, &routes::Outage::at(&seat.office.slug, id), "Bukti tersimpan."))
}

/// The file with its type, by its content.
fn looked_at(file: Option<UploadedFile>) -> Result<(UploadedFile, &'static str), &'static str> {
    let file = file.ok_or(NO_FILE)?;
    let found = infer::get(&file.bytes).map(|kind| kind.mime_type());
    let mime = TYPES.into_iter().find(|mime| found == Some(*mime)).ok_or(WRONG_TYPE)?;
    Ok((file, mime))
}

pub(super) async fn get(
    site: Data<Site>,
    seat: InOffice,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, PageError> {
    let (_, id, file) = path.into_inner();
    let id: OutageId = id.parse().map_err(|_| PageError::NotFound)?;
    let file: FileId = file.parse().map_err(|_| PageError::NotFound)?;
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    let found = outages::open_evidence(&mut cx, id, file).await?;
    let keys = std::sync::Arc::clone(cx.keys());
    cx.commit().await?;
    let bytes = site.files.get(&keys, found.id, &found.storage_key).await?;
    Ok(berkas::bytes(&found, bytes, false))
}
