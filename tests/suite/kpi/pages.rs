//! The pages of figures, as people open them.

use loket::domain::kpi;
use loket_entity::{audit_entry, fact_day, fact_office, request};
use loket_tests::{app::TestApp, on_both_databases};

use super::life::{Life, TANGERANG};

const QUEUE: &str = "/kantor/kab-tangerang/antrean";
const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const OVERVIEW: &str = "/kantor/kab-tangerang/ringkasan";
const ARRIVED: &str = "/kantor/kab-tangerang/ringkasan/daftar?daftar=masuk&kurun=7";
const EXPORT: &str = "/kantor/kab-tangerang/ringkasan/daftar.csv?daftar=masuk&kurun=7";

on_both_databases!(
    the_head_goes_from_a_tile_to_its_rows_and_takes_them_along,
    rows_are_for_who_may_read_requests,
    a_province_sees_offices_by_facts_alone,
    officers_see_their_own_day_and_supervisors_everybodys,
    an_answer_is_the_day_of_whoever_wrote_it,
    what_was_cancelled_was_closed_too,
    who_waits_longest_follows_the_filter_of_the_page,
);

async fn a_few(app: &TestApp) -> Life<'_> {
    let mut life = Life::begins(app, 5).await;
    for _ in 0..3 {
        life.opens_at_the_desk().await;
    }
    life
}

async fn the_head_goes_from_a_tile_to_its_rows_and_takes_them_along(app: &TestApp) {
    let _life = a_few(app).await;
    let head = app.officer("kepala@kab-tangerang").await;
    let page = head.get(OVERVIEW).await;
    assert!(page.says("Hari ini 3 masuk, 0 selesai, 3 menunggu giliran."), "{}", page.body);
    let on_time = page.body.split("Tepat waktu").nth(1).expect("the tile");
    assert!(on_time.chars().take(300).any(|letter| letter == '–'), "no figure is made up");
    let list = page.path_with("daftar=masuk").expect("the way to the rows");
    assert_eq!(list, ARRIVED);
    let rows = head.get(&list).await;
    assert!(rows.says("3 baris seluruhnya") && rows.says("T*** L****"), "{}", rows.body);
    assert!(!rows.says("TAMU LOKET"), "a list masks names");
    let file = head.get(&rows.path_with("daftar.csv").expect("the export")).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    assert_eq!(file.body.lines().count(), 1 + 3, "{}", file.body);
    assert!(!file.body.contains("TAMU LOKET"), "an export masks names");
    let audit = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    for action in ["figures.listed", "figures.exported"] {
        assert_eq!(audit.iter().filter(|line| line.action == action).count(), 1, "{action}");
    }
    for (path, status) in [
        ("?kurun=lusa", 400),
        ("?kurun=rentang&mulai=2026-11-20&sampai=2026-11-01", 422),
        ("?kurun=rentang&mulai=2026-11-20&sampai=2026-11-23", 200),
        ("/daftar?daftar=tepat_waktu", 200),
        ("/daftar?daftar=cepat", 404),
    ] {
        assert_eq!(head.get(&format!("{OVERVIEW}{path}")).await.status, status, "{path}");
    }
}

async fn rows_are_for_who_may_read_requests(app: &TestApp) {
    let _life = a_few(app).await;
    let operator = app.officer("operator.ktp@kab-tangerang").await;
    for path in [OVERVIEW, ARRIVED, EXPORT] {
        assert_eq!(operator.get(path).await.status, 403, "{path}: an operator sees no figures of the office");
    }
    let visitor = app.visitor();
    assert_eq!(visitor.get(ARRIVED).await.status, 303);
    let neighbour = app.officer("kepala@kota-kupang").await;
    for path in [OVERVIEW, ARRIVED, EXPORT] {
        assert_eq!(neighbour.get(path).await.status, 404, "{path}");
    }
}

async fn a_province_sees_offices_by_facts_alone(app: &TestApp) {
    let life = a_few(app).await;
    let province = app.officer("provinsi.banten").await;
    let before = province.get("/provinsi/36").await;
    assert!(before.says("angka belum pernah dihitung"), "{}", before.body);
    kpi::rollup(&app.house, &life.office).await.unwrap();
    let board = province.get("/provinsi/36").await;
    assert!(board.says("dihitung baru saja") && board.says("angka kecil"), "{}", board.body);
    assert!(!board.says("TAMU") && !board.says("TNG-2611"), "nothing of a person, nothing of a request");
    let need = province.get("/provinsi/36?saring=bantuan").await;
    assert!(need.says("belum pernah menerima pesan"), "{}", need.body);
    assert_eq!(province.get("/provinsi/53").await.status, 404);
    let facts = app.above::<fact_day::Entity>().await.unwrap();
    assert_eq!(facts.iter().map(|fact| fact.arrived).sum::<i64>(), 3);
    assert_eq!(app.above::<fact_office::Entity>().await.unwrap()[0].untaken, 3);
}

async fn officers_see_their_own_day_and_supervisors_everybodys(app: &TestApp) {
    let mut life = Life::begins(app, 5).await;
    let id = life.opens_at_the_desk().await;
    let supervisor = app.officer("kabid@kab-tangerang").await;
    let queue = supervisor.get("/kantor/kab-tangerang/antrean").await;
    assert!(queue.says("Hari ini Bapak/Ibu: 0 diambil, 0 percakapan dijawab, 0 ditutup"), "{}", queue.body);
    life.finishes(id).await;
    let queue = supervisor.get("/kantor/kab-tangerang/antrean").await;
    assert!(queue.says("Hari ini Bapak/Ibu: 1 diambil, 0 percakapan dijawab, 1 ditutup"), "{}", queue.body);
    let overview = supervisor.get(OVERVIEW).await;
    assert!(overview.says("Beban petugas") && overview.says("Ditutup hari ini"), "{}", overview.body);
    let head = app.officer("kepala@kab-tangerang").await;
    assert!(!head.get(OVERVIEW).await.says("Beban petugas"), "for whoever gives work to others");
}

async fn an_answer_is_the_day_of_whoever_wrote_it(app: &TestApp) {
    app.phone("628111000071", "Siti").sends(KTP, LINE).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let supervisor = app.officer("kabid@kab-tangerang").await;
    dewi.get(QUEUE).await;
    let taken = dewi.post(&format!("{QUEUE}/ambil"), &[]).await.location.expect("what was taken");
    let path = taken.split('?').next().unwrap_or_default();
    for (who, words) in [(&dewi, "Kami periksa dahulu."), (&supervisor, "Sedang dicetak, Bu.")] {
        who.get(path).await;
        let said = who.uploads(&format!("{path}/balas"), &[("text", words)], ("file", "", b"")).await;
        assert_eq!(said.status, 303, "{}", said.body);
    }
    for who in [&dewi, &supervisor] {
        let queue = who.get(QUEUE).await;
        assert!(queue.says("1 percakapan dijawab"), "{}", queue.body);
    }
}

async fn what_was_cancelled_was_closed_too(app: &TestApp) {
    let mut life = Life::begins(app, 5).await;
    let id = life.opens_at_the_desk().await;
    assert!(life.cancels(id).await);
    let supervisor = app.officer("kabid@kab-tangerang").await;
    let queue = supervisor.get(QUEUE).await;
    assert!(queue.says("0 diambil, 0 percakapan dijawab, 1 ditutup"), "{}", queue.body);
    let cx = life.reading(life.whole()).await;
    let loads = kpi::workload(&cx, life.office.zone).await.unwrap();
    assert_eq!(loads.iter().map(|load| load.closed).collect::<Vec<_>>(), [1]);
}

async fn who_waits_longest_follows_the_filter_of_the_page(app: &TestApp) {
    let mut life = Life::begins(app, 5).await;
    while life.seen.iter().map(|like| like.0).collect::<std::collections::BTreeSet<_>>().len() < 2 {
        life.opens_at_the_desk().await;
    }
    let requests = app.rows::<request::Entity>(TANGERANG).await.unwrap();
    let head = app.officer("kepala@kab-tangerang").await;
    let service = requests[0].service_id;
    let page = head.get(&format!("{OVERVIEW}?layanan={service}")).await;
    for row in &requests {
        assert_eq!(page.says(&row.receipt), row.service_id == service, "{}", row.receipt);
    }
}
