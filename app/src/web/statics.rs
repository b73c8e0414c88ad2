//! The files of `static/`, compiled into the binary and served with an ETag: a browser asks again and is
//! told that nothing changed.

use std::{collections::BTreeMap, sync::LazyLock};

use actix_web::{
    HttpRequest, HttpResponse, Responder,
    http::header::{self, EntityTag, Header, IfNoneMatch},
    web,
};
use aws_lc_rs::digest;
use include_dir::{Dir, include_dir};

use super::error::PageError;

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../static");

struct Asset {
    bytes: &'static [u8],
    kind: &'static str,
    tag: String,
}

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let mut assets = BTreeMap::new();
    collect(&FOLDER, &mut assets);
    assets
});

fn collect(folder: &'static Dir<'static>, into: &mut BTreeMap<&'static str, Asset>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let hash = digest::digest(&digest::SHA256, file.contents());
        let tag = hex::encode(hash.as_ref().get(..8).unwrap_or_default());
        into.insert(path, Asset { bytes: file.contents(), kind: kind(path), tag });
    }
    for inner in folder.dirs() {
        collect(inner, into);
    }
}

fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

/// `GET /static/{path}`.
pub async fn serve(request: HttpRequest, path: web::Path<String>) -> Result<impl Responder, PageError> {
    let asset = ASSETS.get(path.as_str()).ok_or(PageError::NotFound)?;
    let tag = EntityTag::new_strong(asset.tag.clone());
    let known = IfNoneMatch::parse(&request).is_ok_and(|known| match known {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|one| one.weak_eq(&tag)),
    });
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, tag.to_string()));
    answer.insert_header((header::CACHE_CONTROL, "public, max-age=300"));
    if known {
        return Ok(answer.finish());
    }
    Ok(answer.content_type(asset.kind).body(asset.bytes))
}
