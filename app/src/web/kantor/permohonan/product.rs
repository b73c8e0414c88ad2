//! The office's own product, uploaded as a PDF: looked at, sealed and stored before the request knows
//! of it.

use actix_web::HttpResponse;

use super::{
    at::{AtRequest, Panel},
    page::Extra,
};
use crate::{
    domain::{files::StoredFile, requests},
    infra::Cx,
    web::{
        error::PageError,
        form::{Upload, UploadedFile},
        kantor::stored,
    },
};

const PDF: &str = "application/pdf";

pub(super) async fn upload(at: AtRequest, upload: Upload) -> Result<HttpResponse, PageError> {
    let (file, _) = upload.checked(at.place.csrf())?;
    let file = match pdf(file) {
        Ok(file) => file,
        Err(why) => {
            let extra = Extra { error: Some(why.to_owned()), ..Extra::default() };
            return Box::pin(at.again(Panel::Papers, extra)).await;
        }
    };
    let product = store(&at, &file).await?;
    let key = product.storage_key.clone();
    let (cx, done) = match at.write().await {
        Ok(mut cx) => {
            let done = requests::record_product(&mut cx, &at.place.office, at.id, &product).await;
            (cx, done)
        }
        Err(error) => {
            stored::forget(&at.site, &key).await;
            return Err(error);
        }
    };
    // Nothing refers to it: its row goes with the operation. After a commit that failed it may be referred to.
    if done.is_err() {
        stored::forget(&at.site, &key).await;
    }
    at.settle(cx, done, (Panel::Papers, "Hasil tersimpan. Periksa, lalu kirim kepada warga.")).await
}

/// The file, if it is a PDF by its content: what a browser calls it proves nothing.
fn pdf(file: Option<UploadedFile>) -> Result<UploadedFile, &'static str> {
    let file = file.ok_or("Pilih dahulu berkas PDF-nya.")?;
    let is_pdf = infer::get(&file.bytes).is_some_and(|kind| kind.mime_type() == PDF);
    if is_pdf { Ok(file) } else { Err("Berkas ini bukan PDF. Unggah dokumen hasil dalam bentuk PDF.") }
}

/// Puts the bytes into the office's store, outside any transaction.
async fn store(at: &AtRequest, file: &UploadedFile) -> Result<StoredFile, PageError> {
    let (house, office) = (&at.site.house, at.place.office.id);
    {
        let cx = Cx::read(house, office, at.place.actor()).await?;
        requests::may_handle(&cx, at.id).await?;
    }
    stored::keep(&at.site, office, (file, PDF)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> Option<UploadedFile> {
        Some(UploadedFile { name: name.to_owned(), bytes: bytes.into(), place: None })
    }

    #[test]
    fn a_pdf_is_known_by_its_content_and_not_by_its_name() {
        assert!(pdf(file("apa saja", b"%PDF-1.7\n...")).is_ok());
        assert!(pdf(file("hasil.pdf", b"MZ\x90\0")).is_err());
        assert!(pdf(file("hasil.pdf", b"<html>")).is_err());
        assert!(pdf(None).is_err());
    }
}
