//! `/kantor/{office}/berkas/{file}`: a file in its viewer; and its bytes, which nothing runs in.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};
use askama::Template;
use loket_core::{clock::Instant, id::FileId, permission::Permission};

use crate::{
    domain::{
        files::FileView,
        requests::{self, FileSeen, RequestView},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        error::PageError,
        frame::{Here, frame},
        guard::InOffice,
        headers::Inert,
        kantor::permohonan,
        page,
        parts::{Attachment, Choice, Crumb, Fact, Frame, Paper, When, file_size},
        routes,
        site::Site,
    },
};

/// Registers the viewer and the bytes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(web::resource(routes::File::PATTERN).route(web::get().to(get)))
        .service(web::resource(routes::FileContent::PATTERN).route(web::get().to(content)));
}

#[derive(Template)]
#[template(path = "kantor/berkas.html")]
struct FilePage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    name: String,
    facts: Vec<Fact>,
    purposes: Vec<Choice>,
    image_href: Option<String>,
    page_href: Option<String>,
    download_href: String,
    size: String,
    paper: Option<Paper>,
    previous_href: Option<String>,
    next_href: Option<String>,
    back_href: String,
    back_label: &'static str,
}

/// A file with the request it belongs to.
struct Loaded {
    seen: FileSeen,
    view: Option<RequestView>,
    now: Instant,
}

async fn get(
    site: Data<Site>,
    place: InOffice,
    request: HttpRequest,
    path: web::Path<(String, FileId)>,
) -> Result<HttpResponse, PageError> {
    let loaded = Box::pin(load(&site, &place, path.1)).await?;
    let frame = frame(&site, &place, &request, Here::Queue);
    let drawn = draw(frame, (&place.office, place.may(Permission::HandleRequests)), &loaded);
    page::whole(&request, site.secure, &drawn)
}

async fn load(site: &Site, place: &InOffice, id: FileId) -> Result<Loaded, PageError> {
    let office = place.office.as_ref();
    let mut cx = Cx::write(&site.house, office.id, place.actor()).await?;
    let seen = requests::file(&cx, id).await?;
    let now = cx.now();
    let view = match seen.request {
        Some((request, _)) => Some(Box::pin(requests::request(&mut cx, office, request)).await?),
        None => None,
    };
    // The page of a file alone shows nothing of it; its bytes are recorded when they are fetched.
    if view.is_some() {
        cx.commit().await?;
    }
    Ok(Loaded { seen, view, now })
}

fn draw(frame: Frame, (office, works): (&Office, bool), loaded: &Loaded) -> FilePage {
    let Loaded { seen, view, now } = loaded;
    let slug = office.slug.as_str();
    let content = routes::FileContent::at(slug, seen.file.id);
    let paper = view.as_ref().zip(seen.request.and_then(|(_, paper)| paper)).and_then(|(view, id)| {
        let found = view.papers.iter().find(|paper| paper.id == id)?;
        Some(permohonan::paper(view, found, (slug, works), (office, *now)))
    });
    let (previous_href, next_href) = neighbours(view.as_ref(), seen.file.id, slug);
    let (back_href, back_label) = back(seen, slug);
    FilePage {
        crumbs: crumbs(view.as_ref(), slug),
        name: name(seen, view.as_ref()),
        facts: facts(seen, office, *now),
        purposes: Vec::new(),
        image_href: is_image(&seen.file.mime).then(|| content.clone()),
        page_href: (seen.file.mime == "application/pdf").then(|| content.clone()),
        download_href: format!("{content}?unduh=1"),
        size: file_size(seen.file.bytes),
        paper,
        previous_href,
        next_href,
        back_href,
        back_label,
        frame,
    }
}

fn is_image(mime: &str) -> bool {
    matches!(mime, "image/jpeg" | "image/png" | "image/webp")
}

/// A name of ours: the sender's stands among the facts.
fn name(seen: &FileSeen, view: Option<&RequestView>) -> String {
    let kind = Attachment::kind(&seen.file.mime).0;
    let Some(view) = view else { return format!("{kind} dari percakapan") };
    let paper = seen.request.and_then(|(_, paper)| paper);
    match paper.and_then(|id| view.papers.iter().find(|paper| paper.id == id)) {
        Some(paper) => paper.name.clone(),
        None => view.output.clone(),
    }
}

fn crumbs(view: Option<&RequestView>, slug: &str) -> Vec<Crumb> {
    let queue = Crumb::new("Antrean", routes::Queue::at(slug, requests::QueueTab::Turn.word()));
    let request =
        view.map(|view| Crumb::new(view.row.receipt.clone(), routes::Request::at(slug, view.row.id)));
    std::iter::once(queue).chain(request).collect()
}

fn facts(seen: &FileSeen, office: &Office, now: Instant) -> Vec<Fact> {
    let file = &seen.file;
    vec![
        Fact::plain("Jenis", Attachment::kind(&file.mime).0),
        Fact::plain("Ukuran", file_size(file.bytes)),
        Fact::plain("Masuk", When::plain(seen.at, now, office.zone).text),
        Fact::plain(
            "Nama berkas",
            file.name.as_deref().map(loket_core::text::mask_identity_numbers).unwrap_or_default(),
        ),
    ]
}

fn back(seen: &FileSeen, slug: &str) -> (String, &'static str) {
    match (seen.request, seen.conversation) {
        (Some((id, _)), _) => {
            (format!("{}?bagian=berkas", routes::Request::at(slug, id)), "Kembali ke permohonan")
        }
        (None, Some(id)) => (routes::Conversation::at(slug, id), "Kembali ke percakapan"),
        (None, None) => (routes::Queue::at(slug, ""), "Kembali ke antrean"),
    }
}

/// The files of the request's papers before and after this one.
fn neighbours(view: Option<&RequestView>, id: FileId, slug: &str) -> (Option<String>, Option<String>) {
    let files: Vec<FileId> = view
        .iter()
        .flat_map(|view| view.papers.iter())
        .filter_map(|paper| paper.file.as_ref().map(|(file, _)| *file))
        .collect();
    let Some(at) = files.iter().position(|file| *file == id) else { return (None, None) };
    let href = |at: usize| files.get(at).map(|file| routes::File::at(slug, file));
    (at.checked_sub(1).and_then(href), href(at + 1))
}

#[derive(serde::Deserialize)]
struct Wanted {
    unduh: Option<String>,
}

async fn content(
    site: Data<Site>,
    place: InOffice,
    path: web::Path<(String, FileId)>,
    crate::web::form::Query(wanted): crate::web::form::Query<Wanted>,
) -> Result<HttpResponse, PageError> {
    let mut cx = Cx::write(&site.house, place.office.id, place.actor()).await?;
    let seen = requests::open_file(&mut cx, path.1).await?;
    let keys = std::sync::Arc::clone(cx.keys());
    cx.commit().await?;
    let bytes = site.files.get(&keys, seen.file.id, &seen.file.storage_key).await?;
    Ok(self::bytes(&seen.file, bytes, wanted.unduh.is_some()))
}

/// The bytes of a file in an answer in which nothing runs.
pub(super) fn bytes(file: &FileView, bytes: Vec<u8>, download: bool) -> HttpResponse {
    let (mime, inline) = served_as(&file.mime);
    let how = if inline && !download { "inline" } else { "attachment" };
    let name = format!("berkas-{}.{}", short(file.id), ending(mime));
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, mime))
        .insert_header((header::CONTENT_DISPOSITION, format!("{how}; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"));
    let mut answer = answer.body(bytes);
    answer.extensions_mut().insert(Inert);
    answer
}

/// The few types that a browser shows; anything else is bytes to download.
fn served_as(mime: &str) -> (&'static str, bool) {
    match mime {
        "image/jpeg" => ("image/jpeg", true),
        "image/png" => ("image/png", true),
        "image/webp" => ("image/webp", true),
        "application/pdf" => ("application/pdf", true),
        _ => ("application/octet-stream", false),
    }
}

fn ending(mime: &str) -> &'static str {
    match mime {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "application/pdf" => "pdf",
        _ => "bin",
    }
}

/// The end of an id: its beginning is a time, the same for all of a minute.
fn short(id: FileId) -> String {
    let text = id.0.simple().to_string();
    text.chars().skip(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::kantor::samples;

    fn loaded(mime: &str) -> Loaded {
        let view = samples::request();
        let paper = view.papers.first();
        let id = paper.and_then(|paper| paper.file.as_ref()).map_or(FileId::NIL, |(file, _)| *file);
        let request = Some((view.row.id, paper.map(|paper| paper.id)));
        let file = FileView {
            id,
            mime: mime.to_owned(),
            name: Some("KK 3603015105900001.jpg".to_owned()),
            bytes: 1_250_000,
            storage_key: String::new(),
            stored_at: samples::now(),
        };
        let seen = FileSeen { file, request, conversation: None, at: samples::now() };
        Loaded { seen, view: Some(view), now: samples::now() }
    }

    fn html(mime: &str) -> String {
        draw(samples::frame(), (&samples::office(), true), &loaded(mime)).render().unwrap_or_default()
    }

    #[test]
    fn the_viewer_renders_its_samples() {
        let image = html("image/jpeg");
        assert!(image.contains("<img src=\"/kantor/kab-tangerang/berkas/"), "{image}");
        assert!(image.contains("Foto KK") && image.contains("1,2 MB"));
        assert!(!image.contains("3603015105900001"));
        let pdf = html("application/pdf");
        assert!(pdf.contains("Buka PDF") && pdf.contains("Unduh PDF, 1,2 MB"), "{pdf}");
        assert!(html("text/html").contains("Tidak dapat ditampilkan"));
    }

    #[test]
    fn only_images_and_pdfs_are_shown_by_a_browser() {
        for mime in ["text/html", "image/svg+xml", "application/xhtml+xml", ""] {
            assert_eq!(served_as(mime), ("application/octet-stream", false), "{mime}");
        }
        assert_eq!(served_as("image/png"), ("image/png", true));
        assert_eq!(ending("application/pdf"), "pdf");
    }

    #[test]
    fn the_neighbours_of_a_file_are_the_papers_beside_it() {
        let loaded = loaded("image/jpeg");
        let (before, after) = neighbours(loaded.view.as_ref(), loaded.seen.file.id, "x");
        assert!(before.is_none() && after.is_some());
    }
}
