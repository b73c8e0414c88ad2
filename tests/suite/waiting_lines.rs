//! Lines that wait for their numbers, beside each other and beside what else is written: each keeps what is its own.

use std::sync::Arc;

use chrono::TimeDelta;
use loket::{
    domain::{catalogue, editions::Publication, requests as domain},
    infra::{Actor, Cx, SystemReason},
};
use loket_core::{
    format::NumbersIn,
    id::UserId,
    kinds::Role,
    permission::{Grant, Scope, Standing},
};
use loket_entity::{conversation, entry_link, paper, request, service};
use loket_tests::{
    app::{TestApp, path_in},
    on_both_databases,
    people::{Officer, Phone},
};

const BATU: &str = "kota-batu";
const NUMBER: &str = "357900000000001";
const RINA: &str = "#KTP#RINA WATI#SISIR#BATU#HILANG";
const DEWI: &str = "#KTP#DEWI WATI#SISIR#BATU#RUSAK";
const NIK: &str = "3579016502909001";
const TALKS: &str = "/kantor/kota-batu/percakapan";

on_both_databases!(
    photos_of_two_lines_go_each_to_its_own_request,
    an_officer_who_opens_one_line_leaves_the_other_waiting,
    an_officer_who_opens_one_line_of_a_message_keeps_what_belongs_to_it,
    a_faulty_line_that_came_after_still_waits_for_a_person,
    photos_stay_with_a_line_that_is_written_once_more,
    whoever_types_everything_after_all_has_one_request,
    a_line_of_an_older_edition_is_asked_for_as_that_edition_does,
    a_service_that_was_closed_says_so,
    what_ran_out_long_ago_is_forgotten,
);

fn phone(app: &TestApp) -> Phone<'_> {
    app.phone("628111000071", "Rina")
}

async fn newest(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>(BATU).await.unwrap().into_iter().max_by_key(|row| row.opened_at).unwrap()
}

async fn fills(browser: &Officer, path: &str, nik: &str) {
    browser.get(path).await;
    assert_eq!(browser.post(path, &[("isi.nik", nik)]).await.status, 303);
}

/// How many papers of a request have come.
async fn come(app: &TestApp, of: &request::Model) -> usize {
    let papers = app.rows::<paper::Entity>(BATU).await.unwrap();
    papers.iter().filter(|one| one.request_id == of.id && one.media_id.is_some()).count()
}

async fn photos_of_two_lines_go_each_to_its_own_request(app: &TestApp) {
    let (phone, browser) = (phone(app), app.visitor());
    phone.sends(NUMBER, RINA).await;
    let first = path_in(&phone.last());
    app.waits(1);
    phone.sends_photo(NUMBER).await;
    app.waits(1);
    phone.sends(NUMBER, DEWI).await;
    let second = path_in(&phone.last());
    app.waits(1);
    phone.sends_photo(NUMBER).await;
    fills(&browser, &first, NIK).await;
    let rina = newest(app).await;
    assert_eq!(come(app, &rina).await, 1, "the photo of the second line is not hers");
    app.waits(1);
    fills(&browser, &second, "3579016502959002").await;
    let dewi = newest(app).await;
    assert!(dewi.id != rina.id);
    assert_eq!(come(app, &dewi).await, 1);
}

async fn an_officer_who_opens_one_line_leaves_the_other_waiting(app: &TestApp) {
    let (phone, browser) = (phone(app), app.visitor());
    phone.sends(NUMBER, RINA).await;
    let first = path_in(&phone.last());
    app.waits(1);
    phone.sends(NUMBER, DEWI).await;
    let second = path_in(&phone.last());
    let officer = app.officer("kabid@kota-batu").await;
    let talks = app.rows::<conversation::Entity>(BATU).await.unwrap();
    let talk = format!("{TALKS}/{}", talks.iter().map(|row| row.id).max().unwrap());
    let page = officer.get(&talk).await;
    assert!(page.says("4 dari 4"), "what is typed behind the link is not missing: {}", page.body);
    let variant = page.body.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
    let variant = variant.split('"').next().unwrap().to_owned();
    let fields = [("service", variant.as_str()), ("name", "DEWI WATI"), ("isi.kecamatan", "Batu")];
    assert_eq!(officer.post(&format!("{talk}/permohonan"), &fields).await.status, 303);
    let dewi = newest(app).await;
    assert!(browser.get(&second).await.says(&dewi.receipt));
    app.waits(1);
    fills(&browser, &first, NIK).await;
    assert!(newest(app).await.id != dewi.id, "the other line has its own request");
}

async fn a_faulty_line_that_came_after_still_waits_for_a_person(app: &TestApp) {
    let (phone, browser) = (phone(app), app.visitor());
    phone.sends(NUMBER, RINA).await;
    let path = path_in(&phone.last());
    app.waits(1);
    phone.sends(NUMBER, "#KTP#DEWI WATI#ANTAH#BERANTAH#RUSAK").await;
    fills(&browser, &path, NIK).await;
    let officer = app.officer("kabid@kota-batu").await;
    let talks = app.rows::<conversation::Entity>(BATU).await.unwrap();
    let page = officer.get(&format!("{TALKS}/{}", talks.iter().map(|row| row.id).max().unwrap())).await;
    assert!(page.says("DEWI WATI"), "it is still suggested: {}", page.body);
}

async fn photos_stay_with_a_line_that_is_written_once_more(app: &TestApp) {
    let (phone, browser) = (phone(app), app.visitor());
    phone.sends(NUMBER, RINA).await;
    let first = path_in(&phone.last());
    phone.sends_photo(NUMBER).await;
    app.waits(3 * 24 * 60 + 1);
    phone.sends(NUMBER, RINA).await;
    let again = path_in(&phone.last());
    fills(&browser, &again, NIK).await;
    let rina = newest(app).await;
    assert_eq!(come(app, &rina).await, 1);
    assert!(browser.get(&first).await.says(&rina.receipt), "the first link leads there too");
}

async fn whoever_types_everything_after_all_has_one_request(app: &TestApp) {
    let (phone, browser) = (phone(app), app.visitor());
    phone.sends(NUMBER, RINA).await;
    let path = path_in(&phone.last());
    app.waits(1);
    phone.sends_photo(NUMBER).await;
    app.waits(1);
    phone.sends(NUMBER, "#KTP#3579016502909001#RINA WATI#SISIR#BATU#HILANG").await;
    let rina = newest(app).await;
    assert!(browser.get(&path).await.says(&rina.receipt));
    assert_eq!(come(app, &rina).await, 1, "the photo of the line is the request's");
}

fn admin() -> Actor {
    let grants = vec![Grant { role: Role::OfficeAdmin, scope: Scope::default() }];
    Actor::Officer(Arc::new(Standing { user: UserId::NIL, grants }))
}

async fn a_line_of_an_older_edition_is_asked_for_as_that_edition_does(app: &TestApp) {
    let rows = app.rows::<service::Entity>(BATU).await.unwrap();
    let id = rows.into_iter().find(|row| row.code == "KTP").unwrap().id;
    let mut cx = Cx::write(&app.house, app.office(BATU).id, admin()).await.unwrap();
    let sheet = catalogue::format_sheet(&cx, id).await.unwrap().unwrap();
    let mut changed = sheet.current.unwrap().document;
    changed.numbers = NumbersIn::Chat;
    catalogue::amend_format(&mut cx, id, (0, &changed)).await.unwrap();
    let old_until = Some(cx.now() + TimeDelta::days(10));
    let how = Publication { expected: 1, note: "Nomor di percakapan".to_owned(), from: None, old_until };
    catalogue::publish_format(&mut cx, id, (&how, true)).await.unwrap();
    cx.commit().await.unwrap();
    let before = app.rows::<request::Entity>(BATU).await.unwrap().len();
    let phone = phone(app);
    phone.sends(NUMBER, RINA).await;
    assert_eq!(app.rows::<request::Entity>(BATU).await.unwrap().len(), before, "not without the NIK");
    fills(&app.visitor(), &path_in(&phone.last()), NIK).await;
    assert!(newest(app).await.nik_idx.is_some());
}

async fn a_service_that_was_closed_says_so(app: &TestApp) {
    let phone = phone(app);
    phone.sends(NUMBER, RINA).await;
    let path = path_in(&phone.last());
    let rows = app.rows::<service::Entity>(BATU).await.unwrap();
    let id = rows.into_iter().find(|row| row.code == "KTP").unwrap().id;
    let mut cx = Cx::write(&app.house, app.office(BATU).id, admin()).await.unwrap();
    catalogue::switch(&mut cx, id, false).await.unwrap();
    cx.commit().await.unwrap();
    let page = app.visitor().get(&path).await;
    assert!(page.says("Layanan sedang ditutup") && !page.says("Kirim sekali lagi"), "{}", page.body);
}

async fn what_ran_out_long_ago_is_forgotten(app: &TestApp) {
    let phone = phone(app);
    phone.sends(NUMBER, RINA).await;
    let forgets = async || {
        let reason = SystemReason::Entry;
        let cx = Cx::system(&app.house, app.office(BATU).id, reason).await.unwrap();
        let gone = domain::forget_links(&cx).await.unwrap();
        cx.commit().await.unwrap();
        gone
    };
    app.waits(33 * 24 * 60);
    assert_eq!(forgets().await, 0);
    app.waits(1);
    assert_eq!(forgets().await, 1);
    assert!(app.rows::<entry_link::Entity>(BATU).await.unwrap().is_empty());
}

async fn an_officer_who_opens_one_line_of_a_message_keeps_what_belongs_to_it(app: &TestApp) {
    let phone = phone(app);
    phone.sends(NUMBER, &format!("{RINA}\n{DEWI}")).await;
    app.waits(1);
    phone.sends_photo(NUMBER).await;
    let officer = app.officer("kabid@kota-batu").await;
    let talks = app.rows::<conversation::Entity>(BATU).await.unwrap();
    let talk = format!("{TALKS}/{}", talks.iter().map(|row| row.id).max().unwrap());
    let page = officer.get(&talk).await;
    let variant = page.body.split(" selected").next().unwrap().rsplit("value=\"").next().unwrap();
    let variant = variant.split('"').next().unwrap().to_owned();
    let fields = [("service", variant.as_str()), ("name", "RINA WATI"), ("isi.kecamatan", "Batu")];
    assert_eq!(officer.post(&format!("{talk}/permohonan"), &fields).await.status, 303);
    assert_eq!(come(app, &newest(app).await).await, 1);
}
