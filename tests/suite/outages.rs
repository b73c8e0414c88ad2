//! What keeps the office from working: entered in one press, followed by clocks and answers, approved by somebody else.

use loket::domain::calendars::Of;
use loket_core::{
    calendar::Timetable,
    clock::Instant,
    outage::Approval,
    standard::{Confidence, TimeUnit},
};
use loket_entity::{outage, request, service};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

use crate::clocked::{KTP, QUEUE, RECEIVED, TANGERANG, at, completes, limit, may_take, siti_asks, works_by};

const LEDGER: &str = "/kantor/kab-tangerang/gangguan";

on_both_databases!(
    one_press_stops_the_clocks_and_the_end_of_it_lets_them_run,
    whoever_waits_is_told_once_that_it_began_and_once_that_it_is_over,
    while_it_lasts_first_answers_and_the_public_form_say_so_and_no_date_is_promised,
    what_is_entered_afterwards_counts_once_somebody_else_approved_it_also_for_what_is_closed,
    what_is_refused_while_it_lasts_stops_nothing_and_may_be_entered_anew,
    a_way_around_is_said_once_and_lets_clocks_run,
    what_touches_another_service_stops_nothing,
    the_same_is_entered_once_and_what_does_not_hold_is_said,
    a_month_says_how_much_each_system_worked_and_a_letter_tells_whoever_answers_for_it,
);

/// The office may take two working days for a KTP-el, and works by the rule's usual hours.
async fn two_working_days(app: &TestApp) {
    may_take(app, vec![limit(2, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
}

async fn due(app: &TestApp) -> Option<Instant> {
    app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().expect("the request").due_at
}

/// Enters an outage by a form; gives its path.
async fn enters(app: &TestApp, who: &Officer, at: &str, fields: &[(&str, &str)]) -> String {
    who.get(LEDGER).await;
    let entered = who.post(at, fields).await;
    assert_eq!(entered.status, 303, "{}", entered.body);
    app.settles().await;
    entered.location.unwrap().split('?').next().unwrap().to_owned()
}

/// One press.
async fn press(app: &TestApp, who: &Officer, kind: &str) -> String {
    enters(app, who, LEDGER, &[("kind", kind)]).await
}

async fn step(app: &TestApp, who: &Officer, path: &str, fields: &[(&str, &str)]) -> Page {
    who.get(LEDGER).await;
    let done = who.post(path, fields).await;
    app.settles().await;
    done
}

async fn one_press_stops_the_clocks_and_the_end_of_it_lets_them_run(app: &TestApp) {
    two_working_days(app).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    assert_eq!(due(app).await, Some(at("2026-11-25 16.00")));
    app.waits(60);
    let outage = press(app, &dewi, "siak").await;
    assert_eq!(due(app).await, None, "no date while it stands still");
    let queue = dewi.get(&format!("{QUEUE}?tab=saya")).await;
    assert!(queue.says("Gangguan SIAK sejak Senin 23 Nov 10.00 WIB"), "{}", queue.body);
    assert!(queue.says("Dijeda: gangguan SIAK"), "{}", queue.body);
    let page = dewi.get(&path).await;
    assert!(page.says("sejak Senin 23 Nov 10.00 WIB: gangguan SIAK"), "{}", page.body);
    app.waits(3 * 60);
    assert_eq!(step(app, &dewi, &format!("{outage}/pulih"), &[]).await.status, 303);
    // From 10.00 to 13.00 the office worked two hours: they are added behind the last hour of Wednesday.
    assert_eq!(due(app).await, Some(at("2026-11-26 09.30")));
    let page = dewi.get(&path).await;
    assert!(
        page.says("Senin 23 Nov 10.00 WIB sampai Senin 23 Nov 13.00 WIB: gangguan SIAK"),
        "{}",
        page.body
    );
    let page = dewi.get(&outage).await;
    assert!(page.says("2 jam") && page.says("4 jam") && page.says("Kamis 26 Nov 09.30 WIB"), "{}", page.body);
    assert!(!dewi.get(QUEUE).await.says("Lihat gangguan"), "the banner is gone");
}

async fn whoever_waits_is_told_once_that_it_began_and_once_that_it_is_over(app: &TestApp) {
    two_working_days(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    completes(app, &dewi).await;
    let outage = press(app, &dewi, "siak").await;
    let page = dewi.get(&outage).await;
    assert!(page.says("1 percakapan dapat dikabari sekarang"), "{}", page.body);
    let before = siti.receives().len();
    for _ in 0..2 {
        assert_eq!(step(app, &dewi, &format!("{outage}/kabari"), &[("most", "10")]).await.status, 303);
    }
    assert_eq!(siti.receives().len(), before + 1, "told once, however often it is pressed");
    let told = siti.last();
    assert!(
        told.contains("tertunda karena gangguan SIAK sejak Senin, 23 November 2026, pukul 09.00 WIB."),
        "{told}"
    );
    assert!(told.contains("Tanggal selesai yang sudah kami sampaikan mundur"), "{told}");
    app.waits(2 * 60);
    step(app, &dewi, &format!("{outage}/pulih"), &[]).await;
    assert_eq!(siti.receives().len(), before + 1, "nobody is told without a press");
    assert!(dewi.get(&outage).await.says("Kabari bahwa layanan pulih"));
    step(app, &dewi, &format!("{outage}/kabari"), &[("most", "10")]).await;
    assert_eq!(siti.receives().len(), before + 2);
    let told = siti.last();
    assert!(
        told.contains("gangguan SIAK sudah teratasi sejak Senin, 23 November 2026, pukul 11.00 WIB"),
        "{told}"
    );
    assert!(told.contains("Selesai paling lambat *Kamis 26 Nov 09.30 WIB*"), "{told}");
    // Whoever wrote more than a day ago cannot be written to freely.
    app.waits(24 * 60);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let later = press(app, &dewi, "network").await;
    let page = dewi.get(&later).await;
    assert!(page.says("1 permohonan tidak terjangkau"), "{}", page.body);
}

async fn while_it_lasts_first_answers_and_the_public_form_say_so_and_no_date_is_promised(app: &TestApp) {
    two_working_days(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let outage = press(app, &kabid, "siak").await;
    let siti = siti_asks(app).await;
    let said = siti.receives().join("\n");
    assert!(said.contains("Saat ini terjadi gangguan SIAK sejak Senin, 23 November 2026"), "{said}");
    let budi = app.phone("628111000004", "Budi");
    budi.sends(KTP, "Selamat pagi, mau tanya").await;
    assert!(budi.last().contains("Saat ini terjadi gangguan SIAK"), "{}", budi.last());
    app.waits(60);
    completes(app, &dewi).await;
    let told = siti.last();
    assert!(told.contains("belum dapat menyampaikan tanggal selesai karena gangguan SIAK"), "{told}");
    assert_eq!(due(app).await, None);
    let admin = app.officer("admin@kab-tangerang").await;
    let formats = "/kantor/kab-tangerang/pengaturan/format";
    admin.get(formats).await;
    admin.post(formats, &[("form", "buka")]).await;
    let form = app.visitor().get("/k/kab-tangerang/ajukan").await;
    assert!(form.says("Saat ini terjadi gangguan SIAK"), "{}", form.body);
    // It was over before the papers were declared complete, as is found afterwards.
    step(app, &kabid, &format!("{outage}/pulih"), &[("at", "2026-11-23T09:30")]).await;
    let agus = app.phone("628111000005", "Agus");
    agus.sends(KTP, "Selamat pagi, mau tanya").await;
    assert!(!agus.last().contains("gangguan"), "{}", agus.last());
    assert_eq!(due(app).await, Some(at("2026-11-26 08.00")));
    // Nobody was told that it began; Siti was told no date, and waits for one.
    assert!(kabid.get(&outage).await.says("1 percakapan dapat dikabari sekarang"));
    step(app, &kabid, &format!("{outage}/kabari"), &[("most", "10")]).await;
    assert!(siti.last().contains("Selesai paling lambat *Kamis 26 Nov 08.00 WIB*"), "{}", siti.last());
}

async fn what_is_entered_afterwards_counts_once_somebody_else_approved_it_also_for_what_is_closed(
    app: &TestApp,
) {
    two_working_days(app).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    app.waits(4 * 60);
    dewi.get(&path).await;
    let ready = dewi.post(&format!("{path}/siap"), &[("note", "Loket 2")]).await;
    assert_eq!(ready.status, 303, "{}", ready.body);
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/selesai"), &RECEIVED).await.status, 303);
    app.settles().await;
    app.waits(24 * 60);
    let kabid = app.officer("kabid@kab-tangerang").await;
    let new = format!("{LEDGER}/baru");
    let was =
        [("kind", "siak"), ("from", "2026-11-23T09:30"), ("until", "2026-11-23T11:30"), ("note", "Padam")];
    let outage = enters(app, &kabid, &new, &was).await;
    assert_eq!(due(app).await, Some(at("2026-11-25 16.00")), "nobody else has looked at it");
    let decide = format!("{outage}/putuskan");
    let said = |until: &'static str, version: &'static str| {
        [("said", "setujui"), ("version", version), ("from", "2026-11-23T09:30"), ("until", until)]
    };
    // Who entered something does not approve it, whoever they are; who only handles requests approves nothing.
    let own = step(app, &kabid, &decide, &said("2026-11-23T11:30", "1")).await;
    assert!(own.says("harus disetujui orang lain"), "{}", own.body);
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert_eq!(step(app, &dewi, &decide, &said("2026-11-23T11:30", "1")).await.status, 403);
    let head = app.officer("kepala@kab-tangerang").await;
    assert!(head.get(&outage).await.says("dicatat belakangan"));
    let wider = step(app, &head, &decide, &said("2026-11-23T12:30", "1")).await;
    assert!(wider.status == 422 && wider.says("hanya dapat lebih pendek"), "{}", wider.body);
    let stale = step(app, &head, &decide, &said("2026-11-23T11:00", "7")).await;
    assert!(stale.says("baru saja diubah orang lain") && stale.body.contains("2026-11-23T11:00"));
    assert_eq!(step(app, &head, &decide, &said("2026-11-23T11:00", "1")).await.status, 303);
    assert_eq!(due(app).await, Some(at("2026-11-26 09.00")), "ninety minutes were approved, not two hours");
    let page = head.get(&outage).await;
    assert!(page.says("Sebelumnya Senin 23 Nov 09.30 WIB sampai Senin 23 Nov 11.30 WIB"), "{}", page.body);
    let refused = [("said", "tolak"), ("version", "2")];
    assert_eq!(step(app, &head, &decide, &refused).await.status, 303);
    assert_eq!(due(app).await, Some(at("2026-11-25 16.00")));
    assert_eq!(app.rows::<outage::Entity>(TANGERANG).await.unwrap()[0].approval, Approval::Refused);
}

async fn what_is_refused_while_it_lasts_stops_nothing_and_may_be_entered_anew(app: &TestApp) {
    two_working_days(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    completes(app, &dewi).await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let outage = press(app, &kabid, "siak").await;
    app.waits(60);
    let head = app.officer("kepala@kab-tangerang").await;
    assert_eq!(
        step(app, &head, &format!("{outage}/putuskan"), &[("said", "tolak"), ("version", "1")]).await.status,
        303
    );
    assert_eq!(due(app).await, Some(at("2026-11-25 16.00")));
    assert!(!kabid.get(QUEUE).await.says("Lihat gangguan"), "nobody is told of it any more");
    let heard = siti.receives().len();
    step(app, &kabid, &format!("{outage}/kabari"), &[("most", "10")]).await;
    assert_eq!(siti.receives().len(), heard, "nobody is told that it lasts");
    assert_ne!(press(app, &kabid, "siak").await, outage, "a real one is not hidden behind it");
    assert_eq!(due(app).await, None);
}

async fn a_way_around_is_said_once_and_lets_clocks_run(app: &TestApp) {
    two_working_days(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    completes(app, &dewi).await;
    let outage = press(app, &dewi, "network").await;
    step(app, &dewi, &format!("{outage}/kabari"), &[("most", "10")]).await;
    app.waits(60);
    assert_eq!(step(app, &dewi, &format!("{outage}/alih"), &[]).await.status, 303);
    step(app, &dewi, &format!("{outage}/kabari"), &[("most", "10")]).await;
    let told = siti.last();
    assert!(told.contains(", yang tertunda karena gangguan jaringan, kami lanjutkan."), "{told}");
    assert!(!told.contains("teratasi") && told.contains("*Kamis 26 Nov 08.30 WIB*"), "{told}");
    assert_eq!(due(app).await, Some(at("2026-11-26 08.30")), "one hour was lost");
    app.waits(60);
    let again = step(app, &dewi, &format!("{outage}/alih"), &[]).await;
    assert!(again.says("Pengalihan sudah tercatat"), "{}", again.body);
    step(app, &dewi, &format!("{outage}/pulih"), &[]).await;
    assert_eq!(due(app).await, Some(at("2026-11-26 08.30")), "its end moves nothing");
}

async fn what_touches_another_service_stops_nothing(app: &TestApp) {
    two_working_days(app).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    completes(app, &dewi).await;
    let rows = app.rows::<service::Entity>(TANGERANG).await.unwrap();
    let other = rows.iter().find(|row| row.code == "KK").unwrap().id.to_string();
    let new = format!("{LEDGER}/baru");
    dewi.get(LEDGER).await;
    let refused = dewi.post(&new, &[("kind", "equipment"), ("services", &other)]).await;
    assert!(refused.status == 422 && refused.says("di luar tugas Anda"), "{}", refused.body);
    let kabid = app.officer("kabid@kab-tangerang").await;
    let outage = enters(app, &kabid, &new, &[("kind", "equipment"), ("services", &other)]).await;
    assert_eq!(due(app).await, Some(at("2026-11-25 16.00")));
    assert!(kabid.get(&outage).await.says("Tidak ada lagi yang dapat dikabari sekarang."));
    let heard = siti.receives().len();
    step(app, &kabid, &format!("{outage}/kabari"), &[("most", "10")]).await;
    assert_eq!(siti.receives().len(), heard);
    siti.sends(KTP, "#KTP#3603036502909002#3603031203159002#SITI AMINAH#PETE#TIGARAKSA#HILANG#").await;
    assert!(!siti.last().contains("kerusakan"), "{}", siti.last());
}

async fn the_same_is_entered_once_and_what_does_not_hold_is_said(app: &TestApp) {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let first = press(app, &dewi, "siak").await;
    assert_eq!(press(app, &dewi, "siak").await, first, "leads to the one that is there");
    assert_eq!(app.rows::<outage::Entity>(TANGERANG).await.unwrap().len(), 1);
    let new = format!("{LEDGER}/baru");
    for (fields, sentence) in [
        (vec![("kind", "other")], "Tulis apa yang terganggu."),
        (vec![("kind", "")], "Pilih apa yang terganggu."),
        (vec![("kind", "power"), ("from", "kemarin")], "Isi tanggal dan jam dengan lengkap."),
        (vec![("kind", "power"), ("from", "2027-01-01T08:00")], "tidak dapat sesudah sekarang"),
        (vec![("kind", "power"), ("from", "2026-08-01T08:00")], "paling lambat 90 hari"),
        (
            vec![("kind", "power"), ("services", "00000000-0000-7000-8000-000000000000")],
            "Pilih layanan dan unit kantor ini.",
        ),
    ] {
        let fields = [fields, vec![("reference", "T-7")]].concat();
        let refused = dewi.post(&new, &fields).await;
        assert_eq!(refused.status, 422, "{fields:?}");
        assert!(refused.says(sentence) && refused.says("T-7"), "{fields:?}: {}", refused.body);
    }
    let early = step(app, &dewi, &format!("{first}/pulih"), &[("at", "2026-11-20T08:00")]).await;
    assert!(early.says("antara mulainya gangguan dan sekarang"), "{}", early.body);
    step(app, &dewi, &format!("{first}/pulih"), &[]).await;
    assert!(step(app, &dewi, &format!("{first}/alih"), &[]).await.says("sudah dinyatakan pulih"));
    let of_complaints = app.officer("pengaduan@kota-kupang").await;
    assert_eq!(of_complaints.get("/kantor/kota-kupang/gangguan").await.status, 403);
}

async fn a_month_says_how_much_each_system_worked_and_a_letter_tells_whoever_answers_for_it(app: &TestApp) {
    let kabid = app.officer("kabid@kab-tangerang").await;
    let outage =
        enters(app, &kabid, &format!("{LEDGER}/baru"), &[("kind", "siak"), ("reference", "SR-2026-77")])
            .await;
    let screen = b"%PDF-1.7\n% SIAK tidak dapat dibuka\n%%EOF";
    let shown = kabid.uploads(&format!("{outage}/bukti"), &[], ("file", "layar.pdf", screen)).await;
    assert_eq!(shown.status, 303, "{}", shown.body);
    let refused = kabid.uploads(&format!("{outage}/bukti"), &[], ("file", "layar.pdf", b"MZ")).await;
    assert!(refused.says("bukan foto atau PDF"), "{}", refused.body);
    let file = kabid.get(&outage).await.path_with("/bukti/").expect("the evidence");
    assert!(kabid.get(&file).await.body.contains("SIAK tidak dapat dibuka"));
    app.waits(60);
    let at = [("at", "2026-11-23T09:30")];
    assert_eq!(step(app, &kabid, &format!("{outage}/alih"), &at).await.status, 303);
    app.waits(60);
    step(app, &kabid, &format!("{outage}/pulih"), &[]).await;
    let month = kabid.get(&format!("{LEDGER}/bulan/2026-11")).await;
    // Sixteen working days until Monday 11.00, two hours of which SIAK was out.
    assert!(month.says("1 kali") && month.says("2 jam"), "{}", month.body);
    let letter_href = format!("{LEDGER}/bulan/2026-11/surat/directorate");
    assert_eq!(kabid.get(&letter_href).await.status, 404, "nobody else has looked at it");
    let head = app.officer("kepala@kab-tangerang").await;
    let page = head.get(&outage).await;
    let version = page.body.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let said = [("said", "setujui"), ("version", version.expect("a version")), ("from", "2026-11-23T09:00")];
    let said = [said.as_slice(), &[("until", "2026-11-23T11:00")]].concat();
    assert_eq!(step(app, &head, &format!("{outage}/putuskan"), &said).await.status, 303);
    let letter = kabid.get(&format!("{LEDGER}/bulan/2026-11/surat/directorate")).await;
    assert!(letter.says("Yth. Ditjen Dukcapil Kemendagri") && letter.says("SR-2026-77"), "{}", letter.body);
    assert_eq!(kabid.get(&format!("{LEDGER}/bulan/2026-11/surat/pln")).await.status, 404);
    assert_eq!(kabid.get(&format!("{LEDGER}/bulan/2026-13")).await.status, 404);
    let csv = kabid.get(&format!("{LEDGER}/bulan/2026-11/csv")).await;
    assert!(
        csv.body.contains("\"SR-2026-77\"") && csv.body.contains("2026-11-23T09:30:00+07:00"),
        "{}",
        csv.body
    );
}
