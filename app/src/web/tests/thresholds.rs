//! Before the site opens, and when too many files are on their way in.

use std::time::Duration;

use actix_web::{http::StatusCode, test::TestRequest};

use super::{Page, browser, world};
use crate::web::{
    site::{Opening, Site},
    uploads::Uploads,
};

#[actix_web::test]
async fn before_it_opens_the_site_asks_to_wait_and_lets_meta_in() {
    let world = world().await;
    let ratna = browser(Site { opening: Opening::new(false), ..world.site() }).await;
    for path in ["/", "/masuk", "/sesi", "/kantor/kab-satu", "/tiada", "/webhook", "/staticx"] {
        let page = ratna.get(path).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(page.header("retry-after"), "5", "{path}");
        assert!(page.body.contains("http-equiv=\"refresh\""), "{path}: {}", page.body);
        assert!(page.header("content-security-policy").contains("default-src 'none'"), "{path}");
    }
    let form = ratna.post("/masuk", &[("email", "x")]).await;
    assert_eq!(form.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ratna.get("/readyz").await.body, "preparing\n");
    for (path, status) in
        [("/healthz", 200), ("/static/css/base.css", 200), ("/static/x", 404), ("/webhook/whatsapp/x", 403)]
    {
        assert_eq!(ratna.get(path).await.status.as_u16(), status, "{path}");
    }
}

#[actix_web::test]
async fn it_opens_once_and_stays_open() {
    let opening = Opening::new(false);
    assert!(!opening.is_open());
    opening.open();
    opening.open();
    assert!(opening.is_open());
}

fn parts(file: bool) -> TestRequest {
    let file = if file {
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 isi\r\n"
    } else {
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n"
    };
    let text = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalo\r\n";
    TestRequest::post()
        .uri("/unggah")
        .insert_header(("content-type", "multipart/form-data; boundary=x"))
        .set_payload(format!("{text}{file}--x--\r\n"))
}

#[actix_web::test]
async fn more_files_at_once_than_there_are_places_are_told_to_come_again() {
    let world = world().await;
    let uploads = Uploads::new(1, Duration::from_millis(50));
    let ratna = browser(Site { uploads: uploads.clone(), ..world.site() }).await;
    let fine = |page: &Page| (page.status, page.body.as_str()) == (StatusCode::OK, "halo");
    assert!(fine(&ratna.send(parts(true)).await));
    let place = uploads.place().await.unwrap();
    let refused = ratna.send(parts(true)).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.body);
    assert_eq!(refused.header("retry-after"), "30");
    assert!(refused.body.contains("Banyak berkas sedang diunggah"), "{}", refused.body);
    assert!(fine(&ratna.send(parts(false)).await), "a form without a file needs no place");
    drop(place);
    assert!(fine(&ratna.send(parts(true)).await), "the place was given back");
}
