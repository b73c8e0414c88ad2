//! What the office prints with: counted by people, used by requests that become ready, foretold, and out.

use loket::{
    domain::{calendars::Of, stock},
    infra::{Actor, Cx, SystemReason},
};
use loket_core::{
    calendar::Timetable,
    clock::Instant,
    id::{StockEntryId, StockItemId},
    outage::OutageKind,
    standard::{Confidence, TimeUnit},
    stock::{Quantity, StockMove},
};
use loket_entity::{outage, request, stock_entry, stock_item, variant};
use loket_tests::{app::TestApp, on_both_databases, people::Officer};
use sea_orm::ActiveValue::Set;

use crate::clocked::{QUEUE, RECEIVED, TANGERANG, at, completes, limit, may_take, siti_asks, works_by};

const STOCK: &str = "/kantor/kab-tangerang/stok";
const OVERVIEW: &str = "/kantor/kab-tangerang/ringkasan";

on_both_databases!(
    what_is_used_follows_from_the_requests_that_become_ready,
    a_count_of_nothing_stops_the_clocks_and_the_next_delivery_lets_them_run,
    what_is_taken_up_again_takes_another_card_only_where_the_first_was_faulty,
    what_begins_with_nothing_stops_no_clock_and_what_was_refused_can_be_declared_again,
    a_unit_that_keeps_its_own_takes_from_there,
    an_office_is_warned_before_it_runs_out_and_sees_it_where_it_begins,
    what_the_ledger_counts_down_to_nothing_asks_for_a_count_and_stops_no_clock,
    what_does_not_hold_is_said_and_what_was_typed_stands_there_still,
    a_second_press_writes_nothing_and_another_amount_is_another_line,
    whoever_does_not_keep_it_only_looks,
);

async fn item(app: &TestApp) -> stock_item::Model {
    app.rows::<stock_item::Entity>(TANGERANG).await.unwrap().pop().expect("the item")
}

async fn due(app: &TestApp) -> Option<Instant> {
    app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().expect("the request").due_at
}

/// The variant of a lost KTP-el.
async fn lost(app: &TestApp) -> String {
    let request = app.rows::<variant::Entity>(TANGERANG).await.unwrap();
    let services = app.rows::<loket_entity::service::Entity>(TANGERANG).await.unwrap();
    let ktp = services.iter().find(|row| row.code == "KTP").expect("KTP-el").id;
    let of_ktp = request.iter().find(|row| row.service_id == ktp && row.code == "hilang");
    of_ktp.expect("the variant").id.to_string()
}

/// Begins the ledger of blank cards with so many; gives its path.
async fn keeps(app: &TestApp, who: &Officer, (there, unit): (&str, &str)) -> String {
    let variant = lost(app).await;
    let form = format!("{STOCK}/baru");
    assert!(who.get(&form).await.says("Blangko KTP-el (keping)"));
    let fields = [
        ("kind", "ktp_card"),
        ("unit", unit),
        ("pieces", "1"),
        ("documents", "1"),
        ("quantity", there),
        ("uses", &*variant),
    ];
    let kept = who.post(&form, &fields).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    app.settles().await;
    kept.location.unwrap().split('?').next().unwrap().to_owned()
}

async fn writes(app: &TestApp, who: &Officer, path: &str, fields: &[(&str, &str)]) {
    let done = who.post(path, fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
}

async fn ready(app: &TestApp, dewi: &Officer, path: &str) {
    writes(app, dewi, &format!("{path}/siap"), &[("note", "Loket 3")]).await;
}

async fn what_is_used_follows_from_the_requests_that_become_ready(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("100", "")).await;
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    assert_eq!(item(app).await.balance, Quantity::pieces(100).0, "nothing is printed yet");
    ready(app, &dewi, &path).await;
    assert_eq!(item(app).await.balance, Quantity::pieces(99).0);
    writes(app, &dewi, &format!("{page}/rusak"), &[("quantity", "2"), ("reason", "misprint")]).await;
    writes(app, &dewi, &format!("{page}/terima"), &[("quantity", "1.000"), ("note", "BA 12/2026")]).await;
    assert_eq!(item(app).await.balance, Quantity::pieces(1_097).0);
    // Whoever counts has the word.
    writes(app, &dewi, &format!("{page}/hitung"), &[("quantity", "1.090")]).await;
    assert_eq!(item(app).await.balance, Quantity::pieces(1_090).0);
    // What is finished was used when it became ready, not once more.
    writes(app, &dewi, &format!("{path}/selesai"), &RECEIVED).await;
    assert_eq!(item(app).await.balance, Quantity::pieces(1_090).0);
    let lines = app.rows::<stock_entry::Entity>(TANGERANG).await.unwrap();
    let used: Vec<_> = lines.iter().filter(|line| line.step == StockMove::Used).collect();
    let request = app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    assert_eq!(used.iter().map(|line| line.request_id).collect::<Vec<_>>(), [Some(request.id)]);
    let shown = dewi.get(&page).await;
    for words in ["+1.000 keping", "−2 keping", "Rusak: salah cetak", "BA 12/2026", "1.090 keping"] {
        assert!(shown.says(words), "{words}: {}", shown.body);
    }
    assert!(dewi.get(STOCK).await.says("1 barang belum dapat diperkirakan"));
}

async fn a_count_of_nothing_stops_the_clocks_and_the_next_delivery_lets_them_run(app: &TestApp) {
    may_take(app, vec![limit(10, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("3", "")).await;
    let siti = siti_asks(app).await;
    completes(app, &dewi).await;
    assert_eq!(due(app).await, Some(at("2026-12-07 16.00")));
    writes(app, &dewi, &format!("{page}/habis"), &[]).await;
    let entry = app.rows::<outage::Entity>(TANGERANG).await.unwrap().pop().expect("the outage");
    assert_eq!((entry.kind, entry.ended_at), (OutageKind::KtpCards, None));
    assert_eq!(due(app).await, None, "no date while there is no card");
    let shown = dewi.get(&page).await;
    assert!(shown.says("Habis. Waktu layanan yang memerlukannya dijeda"), "{}", shown.body);
    assert!(dewi.get(QUEUE).await.says("Persediaan blangko KTP-el kosong sejak"), "on every page");
    // Once more changes nothing.
    writes(app, &dewi, &format!("{page}/hitung"), &[("quantity", "0")]).await;
    assert_eq!(app.rows::<outage::Entity>(TANGERANG).await.unwrap().len(), 1);
    // Those who wait hear of it, and what they may use meanwhile.
    let outage = shown.path_with("/gangguan/").expect("the way to the ledger of outages");
    dewi.get(&outage).await;
    writes(app, &dewi, &format!("{outage}/kabari"), &[("most", "10")]).await;
    let told = siti.last();
    assert!(
        told.contains("tertunda karena persediaan blangko KTP-el kosong sejak Senin, 23 November"),
        "{told}"
    );
    assert!(told.contains("Identitas Kependudukan Digital (IKD) atau biodata"), "{told}");
    // Two weeks without cards: the date moves by two weeks.
    app.waits(14 * 24 * 60);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&page).await;
    writes(app, &dewi, &format!("{page}/terima"), &[("quantity", "500")]).await;
    let entry = app.rows::<outage::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    assert_eq!(entry.ended_at, Some(app.house.clock.now()));
    assert_eq!(due(app).await, Some(at("2026-12-21 16.00")));
    assert_eq!(item(app).await.outage_id, None);
}

async fn what_is_taken_up_again_takes_another_card_only_where_the_first_was_faulty(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    keeps(app, &dewi, ("100", "")).await;
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    for (reason, left) in [("salah_tutup", 99), ("hasil_keliru", 98), ("salah_tutup", 98)] {
        writes(app, &dewi, &format!("{path}/buka-kembali"), &[("reason", reason)]).await;
        ready(app, &dewi, &path).await;
        assert_eq!(item(app).await.balance, Quantity::pieces(left).0, "{reason}");
    }
}

async fn what_begins_with_nothing_stops_no_clock_and_what_was_refused_can_be_declared_again(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("0", "")).await;
    assert!(app.rows::<outage::Entity>(TANGERANG).await.unwrap().is_empty());
    assert!(dewi.get(&page).await.says("Tidak ada waktu layanan yang dijeda karenanya."));
    writes(app, &dewi, &format!("{page}/habis"), &[]).await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let entry = app.rows::<outage::Entity>(TANGERANG).await.unwrap().pop().expect("the outage");
    let decides = format!("/kantor/kab-tangerang/gangguan/{}", entry.id);
    kabid.get(&decides).await;
    let version = entry.version.to_string();
    writes(app, &kabid, &format!("{decides}/putuskan"), &[("said", "tolak"), ("version", &version)]).await;
    let shown = dewi.get(&page).await;
    assert!(shown.says("Tidak ada waktu layanan yang dijeda karenanya."), "{}", shown.body);
    writes(app, &dewi, &format!("{page}/habis"), &[]).await;
    assert_eq!(app.rows::<outage::Entity>(TANGERANG).await.unwrap().len(), 2);
    assert!(dewi.get(&page).await.says("Habis. Waktu layanan yang memerlukannya dijeda"));
}

async fn a_unit_that_keeps_its_own_takes_from_there(app: &TestApp) {
    let kabid = app.officer("kabid@kab-tangerang").await;
    siti_asks(app).await;
    let request = app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().unwrap();
    let unit = request.unit_id.expect("the unit that serves it").to_string();
    keeps(app, &kabid, ("50", &unit)).await;
    keeps(app, &kabid, ("70", "")).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    let left = app.rows::<stock_item::Entity>(TANGERANG).await.unwrap();
    let of = |here: bool| left.iter().find(|row| row.unit_id.is_some() == here).unwrap().balance / 1_000_000;
    assert_eq!((of(true), of(false)), (49, 70));
}

/// So many documents on each of the last days, written as the ledger would have.
async fn used(app: &TestApp, id: StockItemId, days: i64) {
    let cx = Cx::system(&app.house, app.office(TANGERANG).id, SystemReason::Seed).await.unwrap();
    for back in 1..=days {
        let moment = app.house.clock.now() - chrono::TimeDelta::days(back);
        let line: StockEntryId = cx.new_id();
        let row = stock_entry::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(line),
            item_id: Set(id),
            step: Set(StockMove::Used),
            quantity: Set(Quantity::pieces(10).0),
            balance: Set(0),
            reason: Set(None),
            note: Set(None),
            request_id: Set(None),
            actor_id: Set(None),
            at: Set(moment),
            day: Set(loket_core::zone::OfficeZone::Wib.date(moment)),
            form_key: Set(None),
        };
        cx.tx().insert::<stock_entry::Entity>(row).await.unwrap();
    }
    cx.commit().await.unwrap();
}

async fn looks(app: &TestApp) -> usize {
    let platform = loket::infra::PlatformTx::read(&app.house).await.unwrap();
    let id = app.office(TANGERANG).id;
    let office = loket::domain::tenancy::office_by_id(&platform, id).await.unwrap().unwrap();
    drop(platform);
    stock::look(&app.house, &office).await.unwrap()
}

async fn an_office_is_warned_before_it_runs_out_and_sees_it_where_it_begins(app: &TestApp) {
    works_by(app, Of::Office, &Timetable::usual()).await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let page = keeps(app, &kabid, ("80", "")).await;
    assert_eq!(item(app).await.low_since, None, "nothing is known yet");
    // From Tuesday to Friday of the next week; the weekend's twenty were used on the Friday before it.
    app.waits(12 * 24 * 60);
    used(app, item(app).await.id, 11).await;
    assert_eq!(looks(app).await, 1);
    assert_eq!(looks(app).await, 0, "nothing has changed since");
    let row = item(app).await;
    // 110 were used on 9 working days; 80 last 6 of them, and fewer where days are as uneven as these.
    assert_eq!((row.days, row.low_since), (Some(6), Some(app.house.clock.now())));
    assert!(row.careful < row.days, "{:?}", row.careful);
    let kabid = app.officer("kabid@kab-tangerang").await;
    let shown = kabid.get(&page).await;
    assert!(shown.says("Menipis sejak") && shown.says("Ajukan permintaan sekarang."), "{}", shown.body);
    assert!(kabid.get(STOCK).await.says("1 barang menipis."));
    assert!(kabid.get(OVERVIEW).await.says("Blangko KTP-el 80, cukup 6 hari kerja"));
    writes(app, &kabid, &format!("{page}/terima"), &[("quantity", "900")]).await;
    assert_eq!(item(app).await.low_since, None, "foretold at once after a delivery");
    assert!(kabid.get(STOCK).await.says("Semua persediaan cukup."));
}

async fn what_the_ledger_counts_down_to_nothing_asks_for_a_count_and_stops_no_clock(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("1", "")).await;
    app.waits(1);
    siti_asks(app).await;
    let path = completes(app, &dewi).await;
    ready(app, &dewi, &path).await;
    assert_eq!(item(app).await.balance, 0);
    looks(app).await;
    assert!(dewi.get(&page).await.says("Hitung yang ada, atau nyatakan habis."));
    assert!(app.rows::<outage::Entity>(TANGERANG).await.unwrap().is_empty());
}

async fn what_does_not_hold_is_said_and_what_was_typed_stands_there_still(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("100", "")).await;
    for (step, fields, said) in [
        ("terima", [("quantity", "banyak"), ("note", "BA 99/2026")], "Tulis jumlah dengan angka"),
        ("terima", [("quantity", "0"), ("note", "BA 99/2026")], "lebih dari nol"),
        ("rusak", [("quantity", "3"), ("note", "BA 99/2026")], "Pilih penyebabnya"),
        ("ubah", [("pieces", "0"), ("documents", "BA 99/2026")], "Tulis takaran dengan angka bulat"),
    ] {
        let refused = dewi.post(&format!("{page}/{step}"), &fields).await;
        assert_eq!(refused.status, 422, "{step}");
        assert!(refused.says(said) && refused.body.contains("BA 99/2026"), "{step}: {}", refused.body);
    }
    let variant = lost(app).await;
    let again =
        [("kind", "ktp_card"), ("pieces", "1"), ("documents", "1"), ("quantity", "5"), ("uses", &*variant)];
    let there = dewi.post(&format!("{STOCK}/baru"), &again).await;
    assert!(there.location.is_some_and(|to| to.starts_with(&page)), "it is kept already");
    assert_eq!(app.rows::<stock_item::Entity>(TANGERANG).await.unwrap().len(), 1);
    assert_eq!(dewi.post(&format!("{page}/buang"), &[]).await.status, 404);
    assert_eq!(item(app).await.balance, Quantity::pieces(100).0);
}

async fn a_second_press_writes_nothing_and_another_amount_is_another_line(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("100", "")).await;
    let form = dewi.get(&page).await;
    let key = form.body.split(r#"name="key" value=""#).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let came = [("quantity", "500"), ("note", "BA 12/2026"), ("key", key.as_str())];
    writes(app, &dewi, &format!("{page}/terima"), &came).await;
    writes(app, &dewi, &format!("{page}/terima"), &came).await;
    assert_eq!(item(app).await.balance, Quantity::pieces(600).0);
    // Whoever goes back in the browser sends the same key with something else.
    for _ in 0..2 {
        writes(app, &dewi, &format!("{page}/terima"), &[("quantity", "250"), ("key", &key)]).await;
    }
    writes(app, &dewi, &format!("{page}/rusak"), &[("quantity", "5"), ("reason", "misprint"), ("key", &key)])
        .await;
    assert_eq!(item(app).await.balance, Quantity::pieces(845).0);
    let again = dewi.get(&page).await;
    assert!(!again.body.contains(&key) && again.says("+500 keping"), "{}", again.body);
}

async fn whoever_does_not_keep_it_only_looks(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = keeps(app, &dewi, ("100", "")).await;
    let rudi = app.officer("operator.kk@kab-tangerang").await;
    let shown = rudi.get(&page).await;
    assert_eq!(shown.status, 200);
    assert!(shown.says("100 keping") && !shown.says("Nyatakan habis"), "{}", shown.body);
    rudi.get(&format!("{STOCK}/baru")).await;
    let refused = rudi.post(&format!("{page}/habis"), &[]).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    assert_eq!(item(app).await.balance, Quantity::pieces(100).0);
    assert!(app.rows::<outage::Entity>(TANGERANG).await.unwrap().is_empty());
    let reads = Cx::read(&app.house, app.office("kota-kupang").id, Actor::System(SystemReason::Seed)).await;
    assert!(stock::lines(&reads.unwrap()).await.unwrap().is_empty(), "another office has none of it");
}
