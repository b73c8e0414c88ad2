//! What an office offers: standards copied from the national catalogue, drafted, published in editions, and written
//! into the rows that requests are made of.

use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use loket::{
    domain::{
        catalogue::{self, StandardError},
        editions::{self, Edition, EditionError, Publication},
    },
    infra::{Actor, Cx, SystemReason},
};
use loket_core::{
    edition::{Change, Document, EditionKind},
    id::{ServiceId, UserId},
    kinds::Role,
    permission::{Grant, Scope, Standing},
    request::PaperReason,
    standard::{Paper, Shown, Standard, Variant},
};
use loket_entity::{audit_entry, edition, paper, request, requirement, service, variant};
use loket_tests::{app::TestApp, on_both_databases};
use sea_orm::{ColumnTrait, Condition};

const TANGERANG: &str = "kab-tangerang";
const KUPANG: &str = "kota-kupang";
const KTP: &str = "360300000000002";
const SITI: &str = "628111000001";
const LOST: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";

on_both_databases!(
    every_service_that_is_offered_has_a_published_standard_that_its_rows_follow,
    a_draft_is_saved_by_one_person_at_a_time_and_thrown_away,
    a_published_edition_stays_as_it_is,
    a_new_paper_is_asked_of_new_requests_and_an_old_one_keeps_its_own,
    what_is_published_for_a_later_day_holds_from_that_day_on,
    an_older_edition_is_accepted_until_its_day,
    a_service_of_the_national_catalogue_is_copied_with_the_offices_answers,
    a_standard_is_copied_to_another_office_by_somebody_who_administers_both,
    who_does_not_administer_the_office_changes_nothing,
    a_paper_is_turned_back_for_the_reasons_that_its_standard_names,
    the_heads_page_tells_the_times_that_are_published,
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

async fn service_of(app: &TestApp, office: &str, code: &str) -> service::Model {
    let rows = app.rows::<service::Entity>(office).await.unwrap();
    rows.into_iter().find(|row| row.code == code).expect("the service")
}

fn at_once(expected: i64) -> Publication {
    Publication { expected, note: "Perubahan syarat".to_owned(), from: None, old_until: None }
}

fn photo(code: &str, name: &str) -> Paper {
    let shown = Shown::Photo;
    Paper {
        code: code.to_owned(),
        name: name.to_owned(),
        required: true,
        shown,
        reasons: shown.reasons(),
        basis: None,
    }
}

/// Saves a draft of a service as it is after a change; gives its revision.
async fn drafts(cx: &mut Cx<'_>, id: ServiceId, change: impl FnOnce(&mut Standard)) -> i64 {
    let mut draft: Edition<Standard> = catalogue::draft(cx, id).await.unwrap();
    change(&mut draft.document);
    editions::save(cx, id.0, (draft.revision, &draft.document)).await.unwrap()
}

fn lost(standard: &mut Standard) -> &mut Variant {
    standard.variants.iter_mut().find(|one| one.code == "hilang").unwrap()
}

async fn every_service_that_is_offered_has_a_published_standard_that_its_rows_follow(app: &TestApp) {
    for office in [TANGERANG, KUPANG, "kab-nunukan", "kec-muara-bangkahulu", "kota-batu"] {
        let cx = reads(app, office).await;
        let loaded = catalogue::load(&cx).await.unwrap();
        assert!(!loaded.services.is_empty());
        for one in &loaded.services {
            let held =
                editions::current::<Standard>(&cx, one.id.0, cx.now()).await.unwrap().expect(&one.code);
            let standard = held.document;
            // Nunukan offers a new KK within the service KK, by a second edition.
            let number = if (office, one.code.as_str()) == ("kab-nunukan", "KK") { 2 } else { 1 };
            assert_eq!((held.number, standard.check()), (number, Vec::new()), "{}", one.code);
            assert_eq!((&one.name, one.free), (&standard.name, standard.fee.is_free()));
            assert_eq!(one.times, standard.times, "{}", one.code);
            let codes = |papers: Vec<&str>| papers.join(" ");
            for (row, written) in one.variants.iter().zip(&standard.variants) {
                assert_eq!((&row.code, &row.name), (&written.code, &written.name));
                let rows = codes(row.papers.iter().map(|paper| paper.code.as_str()).collect());
                assert_eq!(rows, codes(written.papers.iter().map(|paper| paper.code.as_str()).collect()));
            }
            assert_eq!(one.variants.len(), standard.variants.len());
            assert_eq!(one.free, office != "kec-muara-bangkahulu", "{}", one.code);
        }
    }
}

async fn a_draft_is_saved_by_one_person_at_a_time_and_thrown_away(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let mut cx = writes(app, TANGERANG).await;
    let first = catalogue::draft(&mut cx, id).await.unwrap();
    assert_eq!((first.number, first.revision), (2, 1));
    let second = catalogue::draft(&mut cx, id).await.unwrap();
    assert_eq!(first, second, "there is one draft, whoever opens it");
    let mut mine = first.document.clone();
    mine.name = "KTP-el".to_owned();
    assert_eq!(editions::save(&mut cx, id.0, (1, &mine)).await.unwrap(), 2);
    let refused = editions::save(&mut cx, id.0, (1, &second.document)).await;
    assert!(matches!(refused, Err(EditionError::Stale)), "{refused:?}");
    let kept = editions::draft::<Standard>(&cx, id.0).await.unwrap().unwrap();
    assert_eq!((kept.revision, kept.document.name.as_str()), (2, "KTP-el"));
    let again = editions::put(&mut cx, id.0, &mine).await;
    assert!(matches!(again, Err(EditionError::DraftExists)), "{again:?}");
    let late = catalogue::publish(&mut cx, id, &at_once(1)).await;
    assert!(matches!(late, Err(StandardError::Edition(EditionError::Stale))), "{late:?}");
    let late = catalogue::discard(&mut cx, id, 1).await;
    assert!(matches!(late, Err(StandardError::Edition(EditionError::Stale))), "{late:?}");
    catalogue::discard(&mut cx, id, 2).await.unwrap();
    assert_eq!(editions::draft::<Standard>(&cx, id.0).await.unwrap(), None);
    cx.commit().await.unwrap();
    assert!(service_of(app, TANGERANG, "KTP").await.active, "what holds goes on");
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    for action in ["edition.begun", "edition.saved", "edition.discarded"] {
        assert!(trail.iter().any(|line| line.action == action), "{action}");
    }
}

async fn a_published_edition_stays_as_it_is(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let standard = || edition::Column::Kind.eq(EditionKind::ServiceStandard);
    let of_ktp = || Condition::all().add(standard()).add(edition::Column::SubjectId.eq(id.0));
    for column in [edition::Column::Note, edition::Column::State] {
        let cx = writes(app, TANGERANG).await;
        let changed = cx.tx().change::<edition::Entity>(of_ktp()).set(column, "lain").run().await;
        assert!(changed.unwrap_err().to_string().contains("never changed"));
    }
    let cx = writes(app, TANGERANG).await;
    let deleted = cx.tx().delete::<edition::Entity>(of_ktp()).await;
    assert!(deleted.unwrap_err().to_string().contains("never changed"));
    drop(cx);
    let cx = writes(app, TANGERANG).await;
    let later = cx.now() + TimeDelta::days(3);
    let graced = cx.tx().change::<edition::Entity>(of_ktp()).set(edition::Column::AcceptedUntil, later);
    assert_eq!(graced.run().await.unwrap(), 1, "only how long it is accepted may be said later");
    drop(cx);
    let mut cx = writes(app, TANGERANG).await;
    let revision = drafts(&mut cx, id, |_| {}).await;
    let same = catalogue::publish(&mut cx, id, &at_once(revision)).await;
    assert!(matches!(same, Err(StandardError::Edition(EditionError::Unchanged))), "{same:?}");
    let revision = drafts(&mut cx, id, |one| one.variants.clear()).await;
    let broken = catalogue::publish(&mut cx, id, &at_once(revision)).await;
    let Err(StandardError::Edition(EditionError::Invalid(problems))) = broken else { panic!("{broken:?}") };
    assert_eq!(problems[0].part, "syarat");
    let silent = Publication { note: " ".to_owned(), ..at_once(revision) };
    let silent = catalogue::publish(&mut cx, id, &silent).await;
    assert!(matches!(silent, Err(StandardError::Edition(EditionError::Note))), "{silent:?}");
}

async fn a_new_paper_is_asked_of_new_requests_and_an_old_one_keeps_its_own(app: &TestApp) {
    app.phone(SITI, "Siti").sends(KTP, LOST).await;
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let before = app.rows::<variant::Entity>(TANGERANG).await.unwrap();
    let mut cx = writes(app, TANGERANG).await;
    let revision = drafts(&mut cx, id, |standard| {
        lost(standard).papers.insert(0, photo("pernyataan", "Surat pernyataan kehilangan"));
        lost(standard).papers.retain(|paper| paper.code != "kk");
        standard.variants.retain(|one| one.code != "rusak");
    })
    .await;
    let (number, _) = catalogue::publish(&mut cx, id, &at_once(revision)).await.unwrap();
    assert_eq!(number, 2);
    cx.commit().await.unwrap();

    let after = app.rows::<variant::Entity>(TANGERANG).await.unwrap();
    assert_eq!(before.len(), after.len(), "no variant is deleted");
    for row in &after {
        assert!(before.iter().any(|old| (old.id, &old.code) == (row.id, &row.code)), "ids stay");
        assert_eq!(row.retired, row.service_id == id && row.code == "rusak");
    }
    let hilang = after.iter().find(|row| row.service_id == id && row.code == "hilang").unwrap();
    let mut rows = app.rows::<requirement::Entity>(TANGERANG).await.unwrap();
    rows.retain(|row| row.variant_id == hilang.id);
    rows.sort_by_key(|row| row.position);
    let asked: Vec<_> = rows.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(asked, ["pernyataan", "surat_kehilangan"]);

    app.phone("628111000002", "Budi")
        .sends(KTP, "#KTP#3603031005909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#")
        .await;
    let mut requests = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    requests.sort_by_key(|row| row.id);
    let papers = app.rows::<paper::Entity>(TANGERANG).await.unwrap();
    let of = |id| {
        let mut own: Vec<_> = papers.iter().filter(|one| one.request_id == id).collect();
        own.sort_by_key(|one| one.position);
        own.iter().map(|one| one.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(requests[0].id), ["kk", "surat_kehilangan"], "an old request keeps its own");
    assert_eq!(of(requests[1].id), ["pernyataan", "surat_kehilangan"]);
    let cx = reads(app, TANGERANG).await;
    let loaded = catalogue::load(&cx).await.unwrap();
    let rusak = after.iter().find(|row| row.service_id == id && row.code == "rusak").unwrap().id;
    assert!(loaded.variant(rusak).is_none() && loaded.known_variant(rusak).is_some());
}

async fn what_is_published_for_a_later_day_holds_from_that_day_on(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let mut cx = writes(app, TANGERANG).await;
    let revision = drafts(&mut cx, id, |one| one.name = "KTP-el".to_owned()).await;
    let past = Publication { from: Some(cx.now() - TimeDelta::days(1)), ..at_once(revision) };
    let past = catalogue::publish(&mut cx, id, &past).await;
    assert!(matches!(past, Err(StandardError::Edition(EditionError::When(_)))), "{past:?}");
    let later = cx.now() + TimeDelta::hours(2);
    let how = Publication { from: Some(later), ..at_once(revision) };
    assert_eq!(catalogue::publish(&mut cx, id, &how).await.unwrap(), (2, later));
    cx.commit().await.unwrap();
    app.settles().await;
    assert_eq!(service_of(app, TANGERANG, "KTP").await.name, "KTP elektronik");
    let line = |lines: Vec<catalogue::ServiceLine>| lines.into_iter().find(|one| one.id == id).unwrap();
    let shown = line(catalogue::lines(&reads(app, TANGERANG).await).await.unwrap());
    assert_eq!((shown.edition, shown.coming, shown.drafted), (Some(1), Some(2), false));
    app.waits(121);
    app.settles().await;
    assert_eq!(service_of(app, TANGERANG, "KTP").await.name, "KTP-el");
    let shown = line(catalogue::lines(&reads(app, TANGERANG).await).await.unwrap());
    assert_eq!((shown.edition, shown.coming), (Some(2), None));
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    assert!(trail.iter().any(|line| line.action == "service.standard_in_force"));
}

async fn an_older_edition_is_accepted_until_its_day(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let mut cx = writes(app, TANGERANG).await;
    let began = cx.now();
    let (from, until) = (began + TimeDelta::days(1), began + TimeDelta::days(15));
    let revision = drafts(&mut cx, id, |one| one.name = "KTP-el".to_owned()).await;
    let how = Publication { from: Some(from), old_until: Some(until), ..at_once(revision) };
    catalogue::publish(&mut cx, id, &how).await.unwrap();
    cx.commit().await.unwrap();
    let cx = reads(app, TANGERANG).await;
    for (at, expected) in [
        (began, vec![1]),
        (from - TimeDelta::seconds(1), vec![1]),
        (from, vec![2, 1]),
        (until - TimeDelta::seconds(1), vec![2, 1]),
        (until, vec![2]),
    ] {
        let accepted = editions::accepted::<Standard>(&cx, id.0, at).await.unwrap();
        assert_eq!(accepted.iter().map(|one| one.number).collect::<Vec<_>>(), expected, "{at}");
        let current = editions::current::<Standard>(&cx, id.0, at).await.unwrap();
        assert_eq!(current.map(|one| one.number), expected.first().copied());
    }
    let history = editions::history(&cx, EditionKind::ServiceStandard, id.0).await.unwrap();
    assert_eq!(history.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
    assert_eq!((history[1].accepted_until, history[0].span.map(|span| span.from)), (Some(until), Some(from)));
    let numbered = |number| editions::numbered::<Standard>(&cx, id.0, number);
    let (old, new) = (numbered(1).await.unwrap().unwrap(), numbered(2).await.unwrap().unwrap());
    let told = editions::compared(Some(&old.document), &new.document);
    assert_eq!(told.len(), 1);
    assert!(
        matches!(&told[0].change, Change::Altered { old, new } if old == "KTP elektronik" && new == "KTP-el")
    );
}

async fn a_service_of_the_national_catalogue_is_copied_with_the_offices_answers(app: &TestApp) {
    let mut cx = writes(app, TANGERANG).await;
    let answers = BTreeMap::from([("rt_rw".to_owned(), "ya".to_owned())]);
    let id = catalogue::take(&mut cx, "KKBARU", &answers).await.unwrap();
    let twice = catalogue::take(&mut cx, "KKBARU", &answers).await;
    assert!(matches!(twice, Err(StandardError::Taken)), "{twice:?}");
    let unknown = catalogue::take(&mut cx, "TIADA", &answers).await;
    assert!(matches!(unknown, Err(StandardError::NotFound)), "{unknown:?}");
    let early = catalogue::switch(&mut cx, id, true).await;
    assert!(matches!(early, Err(StandardError::Unpublished)), "{early:?}");
    let draft = catalogue::draft(&mut cx, id).await.unwrap();
    let papers: Vec<_> = draft.document.variants[0].papers.iter().map(|paper| paper.code.as_str()).collect();
    assert_eq!(papers, ["akta_nikah", "kk", "f102", "f105", "pengantar_rt"]);
    assert!(catalogue::load(&cx).await.unwrap().service(id).is_none(), "a draft is not offered");
    catalogue::publish(&mut cx, id, &at_once(draft.revision)).await.unwrap();
    cx.commit().await.unwrap();
    let row = service_of(app, TANGERANG, "KKBARU").await;
    assert!(row.active && row.free_of_charge);
    let mut cx = writes(app, TANGERANG).await;
    assert_eq!(catalogue::load(&cx).await.unwrap().service(id).unwrap().variants[0].papers.len(), 5);
    catalogue::switch(&mut cx, id, false).await.unwrap();
    assert!(catalogue::load(&cx).await.unwrap().service(id).is_none());
    let gone = catalogue::take(&mut cx, "AKM", &BTreeMap::new()).await.unwrap();
    catalogue::discard(&mut cx, gone, 1).await.unwrap();
    cx.commit().await.unwrap();
    let rows = app.rows::<service::Entity>(TANGERANG).await.unwrap();
    assert!(rows.iter().all(|row| row.code != "AKM"), "what was never published goes with its draft");
}

async fn a_standard_is_copied_to_another_office_by_somebody_who_administers_both(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let standard = catalogue::copy_out(&reads(app, TANGERANG).await, id).await.unwrap();
    assert_eq!(standard.unit, None, "a unit means something in one office only");
    let mut there = writes(app, KUPANG).await;
    let copied = catalogue::copy_in(&mut there, &standard).await.unwrap();
    there.commit().await.unwrap();
    let row = service_of(app, KUPANG, "KTP").await;
    assert_eq!((row.id, row.active), (copied, false), "a copy is a draft");
    let mut there = writes(app, KUPANG).await;
    let again = catalogue::copy_in(&mut there, &standard).await;
    assert!(matches!(again, Err(StandardError::Edition(EditionError::DraftExists))), "{again:?}");
    drop(there);
    let there = Cx::read(&app.house, app.office(KUPANG).id, admin(Role::Operator)).await.unwrap();
    let refused = catalogue::copy_out(&there, copied).await;
    assert!(matches!(refused, Err(StandardError::NotAllowed)), "{refused:?}");
}

async fn who_does_not_administer_the_office_changes_nothing(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    for role in [Role::Head, Role::Supervisor, Role::Operator, Role::Inspector] {
        let office = app.office(TANGERANG).id;
        let mut cx = Cx::write(&app.house, office, admin(role)).await.unwrap();
        let none = BTreeMap::new();
        let refused = [
            catalogue::draft(&mut cx, id).await.map(|_| ()),
            catalogue::take(&mut cx, "AKM", &none).await.map(|_| ()),
            catalogue::publish(&mut cx, id, &at_once(1)).await.map(|_| ()),
            catalogue::discard(&mut cx, id, 1).await,
            catalogue::switch(&mut cx, id, false).await,
        ];
        for one in refused {
            assert!(matches!(one, Err(StandardError::NotAllowed)), "{role}: {one:?}");
        }
    }
    let rows = app.rows::<edition::Entity>(TANGERANG).await.unwrap();
    assert!(rows.iter().all(|row| row.number == 1));
}

async fn a_paper_is_turned_back_for_the_reasons_that_its_standard_names(app: &TestApp) {
    let id = service_of(app, TANGERANG, "KTP").await.id;
    let mut cx = writes(app, TANGERANG).await;
    let revision = drafts(&mut cx, id, |standard| {
        for (paper, reason) in
            lost(standard).papers.iter_mut().zip([PaperReason::NotOriginal, PaperReason::Expired])
        {
            paper.reasons = vec![reason];
        }
    })
    .await;
    catalogue::publish(&mut cx, id, &at_once(revision)).await.unwrap();
    cx.commit().await.unwrap();
    let siti = app.phone(SITI, "Siti");
    siti.sends(KTP, LOST).await;
    siti.sends_photo(KTP).await;
    siti.sends_photo(KTP).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get("/kantor/kab-tangerang/antrean").await;
    let taken = dewi.post("/kantor/kab-tangerang/antrean/ambil", &[]).await.location.unwrap();
    let page = dewi.get(taken.split('?').next().unwrap()).await.body;
    let offered = |reason: PaperReason| page.matches(&format!("value=\"{reason}\"")).count();
    assert_eq!((offered(PaperReason::NotOriginal), offered(PaperReason::Expired)), (1, 1), "each its own");
    assert_eq!(offered(PaperReason::WrongPaper), 2, "what can be wrong with any paper");
    assert_eq!(offered(PaperReason::Blurred), 2, "what can be wrong with any photo");
}

async fn the_heads_page_tells_the_times_that_are_published(app: &TestApp) {
    let head = app.officer("kepala@kab-tangerang").await;
    let page = head.get("/kantor/kab-tangerang/ringkasan").await;
    assert!(page.says("belum ada yang jatuh tempo"), "no figure is made up");
    let camat = app.officer("camat@kec-muara-bangkahulu").await;
    let page = camat.get("/kantor/kec-muara-bangkahulu/ringkasan").await;
    assert!(page.says("Belum ada standar waktu."), "a kecamatan has published none");
}
