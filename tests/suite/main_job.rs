//! The main job, end to end: a citizen's line becomes a request, an officer answers it.

use loket_entity::request;
use loket_tests::{app::TestApp, on_both_databases, people::Page};

use crate::clocked::RECEIVED;

const KTP: &str = "360300000000002";
const LINE: &str = "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#";
const QUEUE: &str = "/kantor/kab-tangerang/antrean";

on_both_databases!(
    a_line_as_published_gets_a_receipt_and_stands_in_the_queue,
    a_faulty_line_is_answered_with_the_line_to_copy_and_the_second_time_by_a_person,
    each_line_of_a_message_is_a_request_of_its_own_and_at_most_three_are_taught,
    an_officer_checks_asks_declares_complete_and_finishes_while_the_phone_is_told_each_step,
    whoever_collects_for_somebody_else_is_named_to_the_citizen_and_to_the_counter,
    a_question_waits_for_a_person_and_is_greeted_once,
);

async fn a_line_as_published_gets_a_receipt_and_stands_in_the_queue(app: &TestApp) {
    let siti = app.phone("628111000001", "Siti");
    siti.sends(KTP, LINE).await;
    let reply = siti.last();
    assert!(reply.contains("TNG-2611-00001-"), "{reply}");
    assert!(reply.contains("Surat kehilangan dari kepolisian"), "{reply}");
    assert!(reply.contains("GRATIS"), "{reply}");
    assert!(!reply.contains("3603036502909001"), "a reply never repeats a NIK");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let queue = dewi.get(QUEUE).await;
    assert!(queue.says("TNG-2611-00001-"), "{}", queue.body);
    assert!(!queue.says("SITI AMINAH"), "a list masks names");
}

async fn a_faulty_line_is_answered_with_the_line_to_copy_and_the_second_time_by_a_person(app: &TestApp) {
    let budi = app.phone("628111000002", "Budi");
    budi.sends(KTP, "#KTP#123#3603031203159001#BUDI#PETE#TIGARAKSA#HILANG#").await;
    assert!(budi.last().contains("#KTP#NIK#"), "{}", budi.last());
    app.waits(5);
    budi.sends(KTP, "#KTP#123#3603031203159001#BUDI#PETE#TIGARAKSA#HILANG#").await;
    assert!(budi.last().contains("Petugas kami akan membantu"), "{}", budi.last());
}

async fn each_line_of_a_message_is_a_request_of_its_own_and_at_most_three_are_taught(app: &TestApp) {
    let wati = app.phone("628111000003", "Wati");
    let other = "#KK#3603031203159001#AHMAD FAUZI#KADU AGUNG#TIGARAKSA";
    let faulty = "#KIA#3603036502909001##PUTRI AMINAH#PETE#TIGARAKSA";
    wati.sends(KTP, &format!("Selamat pagi\n{LINE}\n{other}\n{faulty}")).await;
    assert_eq!(app.rows::<request::Entity>("kab-tangerang").await.unwrap().len(), 2);
    let taught = |replies: Vec<String>| replies.iter().filter(|reply| reply.contains("#NIK#NO_KK#")).count();
    assert_eq!(taught(wati.receives()), 1, "{:?}", wati.receives());
    app.waits(5);
    wati.sends(KTP, &[faulty; 5].join("\n")).await;
    assert_eq!(taught(wati.receives()), 1, "the second time a person helps");
    assert!(wati.last().contains("Petugas kami akan membantu"), "{}", wati.last());
    let joko = app.phone("628111000004", "Joko");
    joko.sends(KTP, &[faulty; 5].join("\n")).await;
    assert_eq!(taught(joko.receives()), 3, "{:?}", joko.receives());
    assert_eq!(app.rows::<request::Entity>("kab-tangerang").await.unwrap().len(), 2);
}

/// Takes the next request and opens its page.
async fn takes_next(officer: &loket_tests::people::Officer) -> (String, Page) {
    officer.get(QUEUE).await;
    let taken = officer.post(&format!("{QUEUE}/ambil"), &[]).await;
    let path = taken.location.expect("the request that was taken");
    let path = path.split('?').next().unwrap_or_default().to_owned();
    let page = officer.get(&path).await;
    (path, page)
}

fn papers(page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for piece in
        page.body.split('"').filter(|piece| piece.contains("/berkas/") && piece.contains("/permohonan/"))
    {
        let paper = piece.rsplit_once('/').map(|(paper, _)| paper.to_owned()).unwrap_or_default();
        if !found.contains(&paper) {
            found.push(paper);
        }
    }
    found
}

async fn an_officer_checks_asks_declares_complete_and_finishes_while_the_phone_is_told_each_step(
    app: &TestApp,
) {
    let siti = app.phone("628111000003", "Siti");
    siti.sends(KTP, LINE).await;
    app.waits(3);
    siti.sends_photo(KTP).await;
    siti.sends_photo(KTP).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (path, page) = takes_next(&dewi).await;
    assert!(page.says("belum diperiksa"), "attachments are taken for papers, unchecked");
    let papers = papers(&page);
    assert_eq!(papers.len(), 2, "two papers are asked for: {papers:?}");
    app.waits(10);
    dewi.post(&format!("{}/terima", papers[0]), &[]).await;
    dewi.post(&format!("{}/tolak", papers[1]), &[("reason", "buram")]).await;
    dewi.post(&format!("{path}/minta"), &[]).await;
    app.settles().await;
    assert!(siti.last().contains("masih memerlukan perbaikan"), "{}", siti.last());
    app.waits(60);
    siti.sends_photo(KTP).await;
    dewi.get(&path).await;
    dewi.post(&format!("{}/terima", papers[1]), &[]).await;
    let done = dewi.post(&format!("{path}/lengkap"), &[]).await;
    app.settles().await;
    assert!(siti.last().contains("dinyatakan lengkap"), "{} / {:?}", siti.last(), done);
    dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await;
    app.settles().await;
    assert!(siti.last().contains("siap diambil"), "{}", siti.last());
    dewi.post(&format!("{path}/selesai"), &RECEIVED).await;
    app.settles().await;
    assert!(siti.last().contains("telah selesai"), "{}", siti.last());
}

async fn whoever_collects_for_somebody_else_is_named_to_the_citizen_and_to_the_counter(app: &TestApp) {
    let siti = app.phone("628111000003", "Siti");
    siti.sends(KTP, LINE).await;
    app.waits(3);
    siti.sends_photo(KTP).await;
    siti.sends_photo(KTP).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let (path, page) = takes_next(&dewi).await;
    for paper in papers(&page) {
        dewi.post(&format!("{paper}/terima"), &[]).await;
    }
    dewi.post(&format!("{path}/lengkap"), &[]).await;
    let long = "x".repeat(121);
    let refused = dewi.post(&format!("{path}/siap"), &[("note", "Loket 3"), ("name", &long)]).await;
    assert!(refused.says("Nama pengambil paling panjang 120 huruf."), "{}", refused.body);
    dewi.get(&path).await;
    dewi.post(&format!("{path}/siap"), &[("note", "Loket 3"), ("name", " Rudi Hartono, anak ")]).await;
    app.settles().await;
    let told = "Yang tercatat sebagai pengambil: Rudi Hartono, anak. Petugas memeriksa identitasnya";
    assert!(siti.last().contains(told), "{}", siti.last());
    let page = dewi.get(&path).await;
    assert!(page.says("Diambil oleh") && page.says("KTP-el dicatat untuk diambil oleh Rudi Hartono, anak."));
    assert!(page.says("SITI AMINAH"), "whom it is about stays: {}", page.body);
}

async fn a_question_waits_for_a_person_and_is_greeted_once(app: &TestApp) {
    let ani = app.phone("628111000004", "Ani");
    ani.sends(KTP, "Min, KTP saya ditolak bank, bagaimana ya?").await;
    assert!(ani.last().contains("akan dijawab oleh petugas"), "{}", ani.last());
    app.waits(2);
    ani.sends(KTP, "Halo?").await;
    assert_eq!(ani.receives().len(), 1, "nobody is greeted twice");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    assert!(dewi.get("/kantor/kab-tangerang/percakapan").await.says("Halo?"));
}
