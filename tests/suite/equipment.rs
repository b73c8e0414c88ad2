//! What the office works with: entered, looked after, broken, repaired, retired.

use std::sync::Arc;

use loket::{
    domain::{
        equipment::{self as register, EquipmentError, Plan, Said},
        tenancy,
    },
    infra::{Actor, Cx, PlatformTx},
};
use loket_core::{
    equipment::{EquipmentKind, EquipmentState, EquipmentStep},
    id::UnitId,
    kinds::Role,
    permission::{Grant, Scope, Standing},
};
use loket_entity::{equipment, equipment_entry, officer, unit};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

use crate::clocked::TANGERANG;

const LIST: &str = "/kantor/kab-tangerang/peralatan";

on_both_databases!(
    what_is_looked_after_is_due_again_and_what_is_due_stands_first,
    what_breaks_is_repaired_and_what_is_retired_is_due_no_more,
    what_does_not_hold_is_said_and_what_was_typed_stands_there_still,
    a_schedule_counts_from_the_day_on_which_it_was_made,
    what_is_changed_is_told_and_no_date_can_be_moved_by_it,
    a_form_that_is_sent_twice_is_written_once,
    who_saw_an_older_state_changes_nothing,
    who_only_looks_sees_no_form,
    who_works_for_a_unit_looks_after_what_is_of_that_unit_only,
);

async fn enters(app: &TestApp, who: &Officer, (name, months, serviced): (&str, &str, &str)) -> String {
    let form = format!("{LIST}/baru");
    assert!(who.get(&form).await.says("Printer KTP-el dan KIA"));
    let fields = [
        ("kind", "card_printer"),
        ("name", name),
        ("serial", "SN-81"),
        ("months", months),
        ("serviced", serviced),
    ];
    let entered = who.post(&form, &fields).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    app.settles().await;
    entered.location.unwrap().split('?').next().unwrap().to_owned()
}

async fn piece(app: &TestApp) -> equipment::Model {
    app.rows::<equipment::Entity>(TANGERANG).await.unwrap().pop().expect("the piece")
}

async fn says(app: &TestApp, who: &Officer, path: &str, fields: &[(&str, &str)]) -> Page {
    let version = piece(app).await.version.to_string();
    let fields = [fields, &[("version", version.as_str())]].concat();
    who.post(path, &fields).await
}

async fn what_is_looked_after_is_due_again_and_what_is_due_stands_first(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(dewi.get(LIST).await.says("Belum ada peralatan yang dicatat."));
    let path = enters(app, &dewi, ("Printer KTP 2, loket 3", "3", "2026-08-20")).await;
    assert_eq!(piece(app).await.due_on.map(|day| day.to_string()).as_deref(), Some("2026-11-20"));
    assert!(dewi.get(LIST).await.says("1 alat lewat jadwal perawatan."));
    let kabid = app.officer("kabid@kab-tangerang").await;
    for path in ["/kantor/kab-tangerang/ringkasan", "/kantor/kab-tangerang/stok"] {
        assert!(kabid.get(path).await.says("1 alat lewat jadwal perawatan"), "{path}");
    }
    dewi.get(&path).await;
    let done =
        says(app, &dewi, &format!("{path}/rawat"), &[("day", "2026-11-23"), ("note", "Roller diganti")])
            .await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert_eq!(piece(app).await.due_on.map(|day| day.to_string()).as_deref(), Some("2027-02-23"));
    let page = dewi.get(&path).await;
    assert!(page.says("Roller diganti") && page.says("Dirawat") && page.says("SN-81"), "{}", page.body);
    // An earlier maintenance that is written down late takes nothing back.
    assert_eq!(says(app, &dewi, &format!("{path}/rawat"), &[("day", "2026-05-01")]).await.status, 303);
    assert_eq!(piece(app).await.serviced_on.map(|day| day.to_string()).as_deref(), Some("2026-11-23"));
    assert!(dewi.get(LIST).await.says("Semua alat baik dan terawat sesuai jadwal."));
    let chips = app.officer("kabid@kab-tangerang").await;
    assert!(!chips.get("/kantor/kab-tangerang/ringkasan").await.says("lewat jadwal perawatan"));
}

async fn what_breaks_is_repaired_and_what_is_retired_is_due_no_more(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = enters(app, &dewi, ("Printer KTP 2", "6", "")).await;
    dewi.get(&path).await;
    let broke = [("day", "2026-11-20"), ("note", "Head aus")];
    assert_eq!(says(app, &dewi, &format!("{path}/rusak"), &broke).await.status, 303);
    let page = dewi.get(&path).await;
    assert!(page.says("catat gangguan") && page.says("Catat perbaikan"), "{}", page.body);
    assert!(page.says("Rusak sejak") && page.says("Jumat, 20 November 2026"), "{}", page.body);
    let list = dewi.get(LIST).await;
    assert!(list.says("1 alat rusak.") && list.says("sejak Jumat, 20 November 2026"), "{}", list.body);
    let again = says(app, &dewi, &format!("{path}/rusak"), &[]).await;
    assert!(again.status == 422 && again.says("Rekan Anda baru saja mencatat"), "{}", again.body);
    let early = says(app, &dewi, &format!("{path}/baik"), &[("day", "2026-11-19")]).await;
    assert!(early.status == 422 && early.says("lebih awal daripada perubahan keadaan"), "{}", early.body);
    assert_eq!(says(app, &dewi, &format!("{path}/baik"), &[]).await.status, 303);
    assert_eq!(piece(app).await.state, EquipmentState::Working);
    assert_eq!(says(app, &dewi, &format!("{path}/berhenti"), &[]).await.status, 303);
    assert_eq!((piece(app).await.state, piece(app).await.due_on), (EquipmentState::Retired, None));
    assert!(dewi.get(LIST).await.says("Belum ada peralatan yang dicatat."));
    let old = dewi.get(&format!("{LIST}?tab=lama")).await;
    assert!(old.says("Printer KTP 2") && old.says("sejak Senin, 23 November 2026"), "{}", old.body);
    assert_eq!(says(app, &dewi, &format!("{path}/kembali"), &[]).await.status, 303);
    assert_eq!(piece(app).await.due_on.map(|day| day.to_string()).as_deref(), Some("2027-05-23"));
    let mut lines = app.rows::<equipment_entry::Entity>(TANGERANG).await.unwrap();
    lines.sort_by_key(|line| line.id);
    let steps: Vec<EquipmentStep> = lines.iter().map(|line| line.step).collect();
    use EquipmentStep::{Broke, Entered, Repaired, Retired, Returned};
    assert_eq!(steps, [Entered, Broke, Repaired, Retired, Returned]);
}

async fn what_does_not_hold_is_said_and_what_was_typed_stands_there_still(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let form = format!("{LIST}/baru");
    dewi.get(&form).await;
    let typed = [("kind", "camera"), ("name", "Kamera 1"), ("months", "tiga")];
    let refused = dewi.post(&form, &typed).await;
    assert!(refused.status == 422 && refused.says("Tulis jarak perawatan dalam bulan"), "{}", refused.body);
    assert!(refused.body.contains("Kamera 1") && refused.body.contains("tiga"));
    let nameless = dewi.post(&form, &[("kind", "camera"), ("name", " ")]).await;
    assert!(nameless.status == 422 && nameless.says("Tulis nama dan letaknya"), "{}", nameless.body);
    let path = enters(app, &dewi, ("Printer KTP 2", "", "")).await;
    dewi.get(&path).await;
    for (day, sentence) in [
        ("2026-11-24", "Tanggalnya belum tiba."),
        ("0026-11-20", "Tulis tahunnya dengan empat angka"),
        ("-9999-01-01", "Tulis tahunnya dengan empat angka"),
        ("kemarin", "Pilih tanggalnya."),
    ] {
        let refused = says(app, &dewi, &format!("{path}/rawat"), &[("day", day), ("note", "Besok")]).await;
        assert!(refused.status == 422 && refused.says(sentence), "{day}: {}", refused.body);
        assert!(refused.body.contains("Besok"));
    }
    assert!(dewi.get(LIST).await.says("Tidak ada yang rusak; 1 alat belum dijadwalkan perawatannya."));
}

async fn a_schedule_counts_from_the_day_on_which_it_was_made(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = enters(app, &dewi, ("Printer KTP 2", "", "")).await;
    app.waits(60 * 24 * 200);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&path).await;
    let plan = [("kind", "card_printer"), ("name", "Printer KTP 2"), ("serial", "SN-81"), ("months", "6")];
    let planned = says(app, &dewi, &format!("{path}/ubah"), &plan).await;
    assert_eq!(planned.status, 303, "{}", planned.body);
    assert_eq!(piece(app).await.due_on.map(|day| day.to_string()).as_deref(), Some("2027-12-11"));
}

async fn what_is_changed_is_told_and_no_date_can_be_moved_by_it(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = enters(app, &dewi, ("Printer KTP 2", "3", "2026-08-20")).await;
    dewi.get(&path).await;
    let changed = [
        ("kind", "document_printer"),
        ("name", "Printer KK"),
        ("serial", "SN-81"),
        ("months", "12"),
        ("serviced", "2026-11-01"),
    ];
    assert_eq!(says(app, &dewi, &format!("{path}/ubah"), &changed).await.status, 303);
    let row = piece(app).await;
    assert_eq!((row.kind, row.serviced_on), (EquipmentKind::DocumentPrinter, "2026-08-20".parse().ok()));
    assert_eq!(row.due_on, "2027-08-20".parse().ok());
    let page = dewi.get(&path).await;
    assert!(page.says("Keterangan diubah") && page.says("Nama: Printer KTP 2 menjadi Printer KK"));
    assert!(page.says("Perawatan: tiap 3 bulan menjadi tiap 12 bulan") && !page.says("Nomor seri: "));
    // What changes nothing is written nowhere.
    let before = row.version;
    assert_eq!(says(app, &dewi, &format!("{path}/ubah"), &changed).await.status, 303);
    assert_eq!(piece(app).await.version, before);
}

async fn a_form_that_is_sent_twice_is_written_once(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let form = format!("{LIST}/baru");
    dewi.get(&form).await;
    let key = ("key", "0192f0c8-0000-7000-8000-00000000abcd");
    let typed = [("kind", "camera"), ("name", "Kamera 1"), key];
    let first = dewi.post(&form, &typed).await;
    let twice = dewi.post(&form, &typed).await;
    let at = |page: Page| page.location.unwrap().split('?').next().unwrap().to_owned();
    assert!(first.status == 303 && twice.status == 303, "{}{}", first.body, twice.body);
    let path = at(first);
    assert_eq!(path, at(twice));
    assert_eq!(app.rows::<equipment::Entity>(TANGERANG).await.unwrap().len(), 1);
    // Whoever goes back and enters another means another.
    let other = dewi.post(&form, &[("kind", "camera"), ("name", "Kamera 2"), key]).await;
    assert_eq!(other.status, 303, "{}", other.body);
    assert_eq!(app.rows::<equipment::Entity>(TANGERANG).await.unwrap().len(), 2);
    let serviced = [("version", "1"), ("note", "Lensa dibersihkan"), key];
    for _ in 0..2 {
        let said = dewi.post(&format!("{path}/rawat"), &serviced).await;
        assert_eq!(said.status, 303, "{}", said.body);
    }
    let lines = app.rows::<equipment_entry::Entity>(TANGERANG).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.step == EquipmentStep::Serviced).count(), 1);
}

async fn who_saw_an_older_state_changes_nothing(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = enters(app, &dewi, ("Printer KTP 2", "6", "")).await;
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/rawat"), &[("version", "1")]).await.status, 303);
    let stale = dewi.post(&format!("{path}/rusak"), &[("version", "1"), ("note", "Macet")]).await;
    assert!(stale.status == 422 && stale.says("Rekan Anda baru saja mencatat"), "{}", stale.body);
    assert!(stale.body.contains("Macet") && stale.body.contains(r#"name="version" value="2""#));
    assert_eq!(piece(app).await.state, EquipmentState::Working);
    // Who is refused for what they typed keeps the version that they saw: what a colleague wrote is not undone.
    let plan = [("version", "1"), ("kind", "camera"), ("name", "Kamera"), ("months", "tiga")];
    let refused = dewi.post(&format!("{path}/ubah"), &plan).await;
    assert!(
        refused.status == 422 && refused.body.contains(r#"name="version" value="1""#),
        "{}",
        refused.body
    );
    let huge = dewi.post(&format!("{path}/rusak"), &[("version", "9223372036854775807")]).await;
    assert_eq!(huge.status, 422, "{}", huge.body);
}

async fn who_only_looks_sees_no_form(app: &TestApp) {
    let list = "/kantor/kab-nunukan/peralatan";
    let rudi = app.officer("operator@kab-nunukan").await;
    rudi.get(&format!("{list}/baru")).await;
    let entered = rudi.post(&format!("{list}/baru"), &[("kind", "camera"), ("name", "Kamera 1")]).await;
    let path = entered.location.unwrap().split('?').next().unwrap().to_owned();
    let desk = app.officer("krayan@kab-nunukan").await;
    assert!(desk.get(list).await.says("Kamera 1") && !desk.get(list).await.says("Catat alat"));
    let page = desk.get(&path).await;
    assert!(page.says("Kamera 1") && !page.says("Catat perawatan"), "{}", page.body);
    assert_eq!(desk.post(&format!("{path}/rusak"), &[("version", "1")]).await.status, 403);
    assert_eq!(desk.get(&format!("{list}/baru")).await.status, 403);
}

async fn who_works_for_a_unit_looks_after_what_is_of_that_unit_only(app: &TestApp) {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    let office = tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap();
    drop(tx);
    let user = app.rows::<officer::Entity>(TANGERANG).await.unwrap().remove(0).id;
    let own = app.rows::<unit::Entity>(TANGERANG).await.unwrap().remove(0).id;
    let standing = |units: Vec<UnitId>| {
        let grants = vec![Grant { role: Role::Operator, scope: Scope { units, ..Scope::default() } }];
        Actor::Officer(Arc::new(Standing { user, grants }))
    };
    let plan = |unit| Plan {
        kind: EquipmentKind::Camera,
        name: "Kamera".to_owned(),
        serial: String::new(),
        unit,
        every: None,
    };
    let mut cx = Cx::write(&app.house, office.id, standing(vec![own])).await.unwrap();
    let whole = register::enter(&mut cx, &office, (&plan(None), None, None)).await;
    assert!(matches!(whole, Err(EquipmentError::Beyond)), "{whole:?}");
    let id = register::enter(&mut cx, &office, (&plan(Some(own)), None, None)).await.unwrap();
    assert!(!register::reached(&cx).await.unwrap().0);
    let moved = register::change(&mut cx, &office, (id, 1, &plan(None))).await;
    assert!(matches!(moved, Err(EquipmentError::Beyond)), "{moved:?}");
    cx.commit().await.unwrap();
    let mut other =
        Cx::write(&app.house, office.id, standing(vec![UnitId(uuid::Uuid::from_u128(7))])).await.unwrap();
    let day = office.zone.date(app.house.clock.now());
    let said = Said { step: EquipmentStep::Broke, day, note: "", key: None };
    let broke = register::step(&mut other, &office, (id, 1, said)).await;
    assert!(matches!(broke, Err(EquipmentError::Beyond)), "{broke:?}");
}
