//! The files of `static/`, compiled into the binary.
//!
//! Their addresses carry one hash over all of them as a folder: `/static/<hash>/js/app.js`. What is asked for
//! under the right hash never changes and is kept by the browser for good; a module or a style that names
//! another by a relative path names it under the same hash. Under another hash, or none, the file is served
//! as it is now, with an ETag and to be asked for again: a page of the version before, or after, still
//! gets its styles.

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

/// The hash over all names and contents: the first 16 hexadecimal digits of it.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut context = digest::Context::new(&digest::SHA256);
    for (path, asset) in ASSETS.iter() {
        // Names and hashes hold no line end, so that no two bundles read the same.
        context.update(format!("{path}\n{}\n", asset.tag).as_bytes());
    }
    short(&context.finish())
});

const FOREVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// The folder of the addresses of this version.
pub fn version() -> &'static str {
    &VERSION
}

fn short(hash: &digest::Digest) -> String {
    hex::encode(hash.as_ref().get(..8).unwrap_or_default())
}

fn collect(folder: &'static Dir<'static>, into: &mut BTreeMap<&'static str, Asset>) {
    for file in folder.files() {
        let Some(path) = file.path().to_str() else { continue };
        let tag = short(&digest::digest(&digest::SHA256, file.contents()));
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
    let (version, path) = split(&path);
    let asset = ASSETS.get(path).ok_or(PageError::NotFound)?;
    let tag = EntityTag::new_strong(asset.tag.clone());
    let known = IfNoneMatch::parse(&request).is_ok_and(|known| match known {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|one| one.weak_eq(&tag)),
    });
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, tag.to_string()));
    let current = version == Some(VERSION.as_str());
    answer.insert_header((header::CACHE_CONTROL, if current { FOREVER } else { ASK_AGAIN }));
    if known {
        return Ok(answer.finish());
    }
    Ok(answer.content_type(asset.kind).body(asset.bytes))
}

/// A path into the version it was asked for under, if it names one, and the file's own path.
fn split(path: &str) -> (Option<&str>, &str) {
    let is_version = |text: &str| text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    match path.split_once('/') {
        Some((version, rest)) if is_version(version) => (Some(version), rest),
        _ => (None, path),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_version_is_a_folder_before_the_path() {
        for (path, found) in [
            ("css/base.css", (None, "css/base.css")),
            ("0123456789abcdef/css/base.css", (Some("0123456789abcdef"), "css/base.css")),
            ("0123456789abcdeg/css/base.css", (None, "0123456789abcdeg/css/base.css")),
            ("0123456789abcdef", (None, "0123456789abcdef")),
        ] {
            assert_eq!(split(path), found);
        }
    }

    /// An absolute import or url() would leave the folder of the version, and be asked for again each time.
    #[test]
    fn modules_and_styles_name_each_other_by_relative_paths_only() {
        for (path, asset) in ASSETS.iter() {
            let text = String::from_utf8_lossy(asset.bytes);
            for absolute in ["/static", "\"/js/", "'/js/", "url(/", "url(\"/", "url('/"] {
                assert!(!text.contains(absolute), "{path} names {absolute}");
            }
        }
    }

    /// Templates write no address of a static file themselves, and name none that is not there.
    #[test]
    fn templates_name_only_files_that_are_there_by_their_typed_address() {
        let mut named = 0;
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
                let shown = entry.path().display().to_string();
                assert!(!text.contains("\"/static/"), "{shown} writes an address of its own");
                for part in text.split("Static::at(\"").skip(1) {
                    let path = part.split('"').next().unwrap_or_default();
                    assert!(ASSETS.contains_key(path), "{shown}: {path}");
                    named += 1;
                }
            }
        }
        assert!(named >= 20, "{named}");
    }
}
