//! The lines that citizens type: published in editions, read by what is current and by what is still accepted, tried on
//! what was written before they are published.

use std::sync::Arc;

use chrono::TimeDelta;
use loket::{
    domain::{
        catalogue::{self, FormatError},
        editions::{EditionError, Publication},
    },
    infra::{Actor, Cx, SystemReason},
};
use loket_core::{
    format::{FieldKind, FormatDefinition},
    id::{ServiceId, UserId},
    kinds::Role,
    permission::{Grant, Scope, Standing},
};
use loket_entity::{format_use, request, service};
use loket_tests::{app::TestApp, on_both_databases};

const TANGERANG: &str = "kab-tangerang";
const KUPANG: &str = "kota-kupang";
const KTP: &str = "360300000000002";
const SITI: &str = "628111000001";
const BUDI: &str = "628111000002";
const LOST: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const WITH_PHONE: &str =
    "#KTP#3603031005909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#081234567890#";
const DRAFT: &str = "/kantor/kab-tangerang/pengaturan/format";

on_both_databases!(
    what_the_demo_publishes_is_a_first_edition_without_fault,
    a_changed_format_breaks_no_message_that_was_accepted,
    a_line_of_the_old_edition_is_read_and_counted_until_its_day,
    a_keyword_of_another_format_is_refused,
    an_admin_draws_and_publishes_with_plain_forms,
    the_bench_shows_numbers_and_no_words_to_who_may_not_read,
    a_format_is_copied_to_another_office_by_somebody_who_administers_both,
    a_closed_service_has_no_format,
    who_does_not_administer_the_office_changes_no_format,
);

fn admin(role: Role) -> Actor {
    let grants = vec![Grant { role, scope: Scope::default() }];
    Actor::Officer(Arc::new(Standing { user: UserId::NIL, grants }))
}

async fn writes<'a>(app: &'a TestApp, office: &str) -> Cx<'a> {
    Cx::write(&app.house, app.office(office).id, admin(Role::OfficeAdmin)).await.unwrap()
}

async fn reads<'a>(app: &'a TestApp, office: &str) -> Cx<'a> {
    Cx::read(&app.house, app.office(office).id, Actor::System(SystemReason::Seed)).await.unwrap()
}

async fn service_of(app: &TestApp, office: &str, code: &str) -> ServiceId {
    let rows = app.rows::<service::Entity>(office).await.unwrap();
    rows.into_iter().find(|row| row.code == code).expect("the service").id
}

fn at_once(expected: i64) -> Publication {
    Publication { expected, note: "Poster baru".to_owned(), from: None, old_until: None }
}

/// Publishes the KTP line with a telephone number at its end.
async fn asks_for_a_phone(app: &TestApp, grace: Option<TimeDelta>) -> ServiceId {
    let id = service_of(app, TANGERANG, "KTP").await;
    let mut cx = writes(app, TANGERANG).await;
    let sheet = catalogue::format_sheet(&cx, id).await.unwrap().unwrap();
    let mut changed = sheet.current.unwrap().document;
    changed.add(FieldKind::Phone);
    catalogue::amend_format(&mut cx, id, (0, &changed)).await.unwrap();
    let how = Publication { old_until: grace.map(|grace| cx.now() + grace), ..at_once(1) };
    catalogue::publish_format(&mut cx, id, (&how, false)).await.unwrap();
    cx.commit().await.unwrap();
    id
}

async fn requests(app: &TestApp) -> usize {
    app.rows::<request::Entity>(TANGERANG).await.unwrap().len()
}

async fn what_the_demo_publishes_is_a_first_edition_without_fault(app: &TestApp) {
    let published =
        [(TANGERANG, 5), (KUPANG, 4), ("kab-nunukan", 3), ("kec-muara-bangkahulu", 3), ("kota-batu", 2)];
    for (office, count) in published {
        let cx = reads(app, office).await;
        let lines = catalogue::format_lines(&cx).await.unwrap();
        let drawn: Vec<_> = lines.iter().filter_map(|line| Some((line.id, line.current.as_ref()?))).collect();
        assert_eq!(drawn.len(), count, "{office}");
        for (id, one) in drawn {
            assert_eq!(one.number, 1);
            let problems = catalogue::format_problems(&cx, (id, &one.document)).await.unwrap();
            assert_eq!(problems, [], "{office}: {}", one.document.keyword);
        }
        let loaded = catalogue::load(&cx).await.unwrap();
        assert_eq!((loaded.formats.len(), loaded.older.len()), (count, 0));
    }
}

async fn a_changed_format_breaks_no_message_that_was_accepted(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KTP, LOST).await;
    let before = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    asks_for_a_phone(app, None).await;
    assert_eq!(app.rows::<request::Entity>(TANGERANG).await.unwrap(), before);
    app.phone(BUDI, "Budi").sends(KTP, WITH_PHONE).await;
    assert_eq!(requests(app).await, before.len() + 1);
}

async fn a_line_of_the_old_edition_is_read_and_counted_until_its_day(app: &TestApp) {
    let id = asks_for_a_phone(app, Some(TimeDelta::days(10))).await;
    let before = requests(app).await;
    app.phone(SITI, "Siti").sends(KTP, LOST).await;
    assert_eq!(requests(app).await, before + 1, "the old poster still works");
    let used = app.rows::<format_use::Entity>(TANGERANG).await.unwrap();
    assert_eq!(used.iter().map(|row| (row.service_id, row.edition)).collect::<Vec<_>>(), [(id, 1)]);
    app.phone(BUDI, "Budi").sends(KTP, WITH_PHONE).await;
    assert_eq!(requests(app).await, before + 2);
    assert_eq!(
        app.rows::<format_use::Entity>(TANGERANG).await.unwrap().len(),
        1,
        "the new one is not counted"
    );
    let bayu = app.officer("admin@kab-tangerang").await;
    let page = bayu.get(&format!("{DRAFT}/{id}")).await;
    assert!(page.says("masih dipakai: 1 pesan dalam 30 hari"), "{}", page.body);
    app.waits(11 * 24 * 60);
    let cx = reads(app, TANGERANG).await;
    assert!(catalogue::load(&cx).await.unwrap().older.is_empty(), "and no longer");
}

async fn a_keyword_of_another_format_is_refused(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KIA").await;
    let mut cx = writes(app, TANGERANG).await;
    let sheet = catalogue::format_sheet(&cx, id).await.unwrap().unwrap();
    let mut changed = sheet.current.unwrap().document;
    changed.aliases = vec!["E-KTP".to_owned()];
    catalogue::amend_format(&mut cx, id, (0, &changed)).await.unwrap();
    let refused = catalogue::publish_format(&mut cx, id, (&at_once(1), false)).await;
    let Err(FormatError::Edition(EditionError::Invalid(problems))) = refused else { panic!("{refused:?}") };
    assert!(problems[0].sentence.contains("E-KTP sudah dipakai format KTP"), "{problems:?}");
}

/// What the form of a line with two fields sends.
fn typed<'a>(revision: &'a str, action: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("revision", revision),
        ("keyword", "surat"),
        ("separator", "#"),
        ("field_place", "0"),
        ("field_label", "NIK"),
        ("field_kind", "nik"),
        ("field_need", "wajib"),
        ("numbers", "chat"),
        ("field_example", "16 angka NIK"),
        ("field_options", ""),
        ("field_labels", ""),
        ("new_kind", "name"),
        ("action", action),
    ]
}

async fn an_admin_draws_and_publishes_with_plain_forms(app: &TestApp) {
    let mut cx = writes(app, TANGERANG).await;
    let id = catalogue::take(&mut cx, "AKM", &Default::default()).await.unwrap();
    let how = Publication { note: "Layanan baru".to_owned(), ..at_once(1) };
    catalogue::publish(&mut cx, id, &how).await.unwrap();
    cx.commit().await.unwrap();
    let bayu = app.officer("admin@kab-tangerang").await;
    let list = bayu.get(DRAFT).await;
    assert!(list.says("Belum punya format"), "{}", list.body);
    let draft = format!("{DRAFT}/{id}/rancangan");
    let blank = bayu.get(&draft).await;
    assert!(blank.status == 200 && !blank.says("Tambahkan paling sedikit satu isian"), "{}", blank.body);
    let added = bayu.post(&draft, &typed("0", "tambah")).await;
    assert_eq!(added.status, 303, "{}", added.body);
    let page = bayu.get(&draft).await;
    assert!(page.says("#SURAT#NIK#NAMA") && page.says("NIK belum diisi."), "{}", page.body);
    let stale = bayu.post(&draft, &typed("0", "")).await;
    assert_eq!(stale.status, 409, "{}", stale.body);
    let mut tried = typed("1", "coba");
    tried.push(("try_line", "#surat#36030"));
    let tried = bayu.post(&draft, &tried).await;
    assert!(tried.status == 200 && tried.says("belum lengkap"), "{}", tried.body);
    let wrong = bayu.post(&draft, &[typed("1", ""), vec![("aliases", "KTP")]].concat()).await;
    assert_eq!(wrong.status, 303, "{}", wrong.body);
    let page = bayu.get(&draft).await;
    assert!(page.says("Kata KTP sudah dipakai format KTP elektronik."), "{}", page.body);
    let publish = format!("{DRAFT}/{id}/terbitkan");
    let refused = bayu.post(&publish, &[("revision", "2"), ("note", "Format baru")]).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    bayu.post(&draft, &typed("2", "")).await;
    let page = bayu.get(&publish).await;
    assert!(page.says("Hasil uji") && page.says("Ini edisi pertama."), "{}", page.body);
    let how = [("revision", "3"), ("note", "Format baru"), ("accepted", "1")];
    let done = bayu.post(&publish, &how).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let page = bayu.get(&format!("{DRAFT}/{id}")).await;
    assert!(page.says("#SURAT#NIK") && page.says("berlaku"), "{}", page.body);
    let page = bayu.get(&format!("{DRAFT}/{id}/edisi/1")).await;
    assert!(page.status == 200 && page.says("Format baru"), "{}", page.body);
}

async fn the_bench_shows_numbers_and_no_words_to_who_may_not_read(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KTP, LOST).await;
    let id = service_of(app, TANGERANG, "KTP").await;
    let mut cx = writes(app, TANGERANG).await;
    let mut changed = catalogue::format_sheet(&cx, id).await.unwrap().unwrap().current.unwrap().document;
    changed.add(FieldKind::Phone);
    catalogue::amend_format(&mut cx, id, (0, &changed)).await.unwrap();
    cx.commit().await.unwrap();
    let bayu = app.officer("admin@kab-tangerang").await;
    let page = bayu.get(&format!("{DRAFT}/{id}/terbitkan")).await;
    assert!(page.says("<strong>1</strong> tidak terbaca lagi"), "{}", page.body);
    assert!(page.says("Nomor HP: belum diisi"), "{}", page.body);
    assert!(!page.says("SITI AMINAH") || !page.says("Contoh pesan"), "an administrator reads no messages");
}

async fn a_format_is_copied_to_another_office_by_somebody_who_administers_both(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await;
    let (code, definition) = catalogue::copy_format_out(&writes(app, TANGERANG).await, id).await.unwrap();
    let mut cx = writes(app, "kota-batu").await;
    let there = catalogue::copy_format_in(&mut cx, (&code, &definition)).await.unwrap();
    assert!(catalogue::copy_format_in(&mut cx, (&code, &definition)).await.is_err(), "one draft");
    cx.commit().await.unwrap();
    let sheet = catalogue::format_sheet(&reads(app, "kota-batu").await, there).await.unwrap().unwrap();
    assert_eq!(sheet.draft.unwrap().document, definition);
    let mut cx = writes(app, KUPANG).await;
    let none = catalogue::copy_format_in(&mut cx, ("TIDAKADA", &definition)).await;
    assert!(matches!(none, Err(FormatError::NoService(_))), "{none:?}");
}

async fn a_closed_service_has_no_format(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await;
    let mut cx = writes(app, TANGERANG).await;
    catalogue::switch(&mut cx, id, false).await.unwrap();
    cx.commit().await.unwrap();
    let before = requests(app).await;
    app.phone(SITI, "Siti").sends(KTP, LOST).await;
    assert_eq!(requests(app).await, before, "the line waits for a person");
}

async fn who_does_not_administer_the_office_changes_no_format(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await;
    let mut cx = Cx::write(&app.house, app.office(TANGERANG).id, admin(Role::Supervisor)).await.unwrap();
    let one = FormatDefinition::blank("KTP");
    assert!(matches!(catalogue::amend_format(&mut cx, id, (0, &one)).await, Err(FormatError::NotAllowed)));
    assert!(matches!(catalogue::sample_format(&mut cx, id).await, Err(FormatError::NotAllowed)));
    assert!(matches!(
        catalogue::publish_format(&mut cx, id, (&at_once(1), false)).await,
        Err(FormatError::NotAllowed)
    ));
    assert!(matches!(catalogue::copy_format_out(&cx, id).await, Err(FormatError::NotAllowed)));
}
