//! What whoever is not served in time gets: promised by the standard, owed when its time runs out, offered, answered, given.

use loket::{
    domain::{
        calendars::Of,
        catalogue,
        editions::Publication,
        requests,
        tenancy::{self, Office},
    },
    infra::PlatformTx,
};
use loket_core::{
    calendar::Timetable,
    compensation::{Compensation, CompensationKind, CompensationState, LapseReason, OfferWay},
    id::ServiceId,
    request::RequestEventKind,
    standard::{Confidence, TimeUnit},
};
use loket_entity::{audit_entry, compensation, request, request_event, service};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Phone},
};

use crate::clocked::{KTP, TANGERANG, at, completes, limit, may_take, siti_asks, works_by, writes};

const LIST: &str = "/kantor/kab-tangerang/kompensasi";
const DECREE: &str = "SK Kepala Dinas 9/2026";
const USUAL: &str = "Hasil layanan diantar ke alamat Bapak/Ibu tanpa biaya.";

on_both_databases!(
    a_miss_is_owed_and_offered_on_whatsapp_and_accepted_and_given,
    a_form_that_is_sent_twice_offers_once,
    whoever_only_handles_requests_may_not_offer_and_sees_how_it_stands,
    a_citizen_may_decline_it,
    whoever_hears_no_message_gets_the_letter_and_it_is_kept_how,
    what_is_finished_late_before_anybody_looked_is_owed_and_the_letter_says_when_it_was_kept,
    an_outage_that_is_approved_afterwards_lets_it_lapse_until_the_new_time_runs_out,
    what_was_offered_is_not_taken_back_by_an_outage,
    what_was_promised_when_the_request_came_holds,
    a_service_without_a_rule_owes_nothing_and_is_counted,
    what_is_ready_in_time_owes_nothing,
    what_is_owed_of_a_double_may_be_written_off_with_the_reason,
    a_rule_is_drafted_by_a_form_and_shows_in_the_difference,
);

async fn office(app: &TestApp) -> Office {
    let tx = PlatformTx::read(&app.house).await.unwrap();
    tenancy::office_by_slug(&tx, TANGERANG).await.unwrap().unwrap()
}

/// The watcher's turn.
async fn looks(app: &TestApp) {
    requests::watch(&app.house, &office(app).await).await.unwrap();
    app.settles().await;
}

/// Waits until a moment on the clocks of Tangerang.
fn until(app: &TestApp, local: &str) {
    let minutes = (at(local) - app.house.clock.now()).num_minutes();
    assert!(minutes >= 0, "{local} is over");
    app.waits(minutes);
}

async fn ktp(app: &TestApp) -> ServiceId {
    let rows = app.rows::<service::Entity>(TANGERANG).await.unwrap();
    rows.iter().find(|row| row.code == "KTP").unwrap().id
}

/// The next edition of the standard of KTP-el: two working days, and what is promised beyond them.
async fn promises(app: &TestApp, (kind, basis): (CompensationKind, &str)) {
    let id = ktp(app).await;
    let mut cx = writes(app).await;
    let mut draft = catalogue::draft(&mut cx, id).await.unwrap();
    draft.document.times = vec![limit(2, TimeUnit::WorkingDays, Confidence::High)];
    draft.document.compensation = Some(Compensation { kind, words: String::new(), basis: basis.to_owned() });
    let expected = catalogue::amend(&mut cx, id, (draft.revision, &draft.document)).await.unwrap();
    let how = Publication { expected, note: "Kompensasi".to_owned(), from: None, old_until: None };
    catalogue::publish(&mut cx, id, &how).await.unwrap();
    cx.commit().await.unwrap();
}

/// Two working days from Monday 09.00: until Wednesday 16.00.
async fn begins<'a>(app: &'a TestApp, basis: &str) -> (Phone<'a>, String) {
    promises(app, (CompensationKind::Delivered, basis)).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    let siti = siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    assert_eq!(wanted(app).await.due_at, Some(at("2026-11-25 16.00")));
    (siti, path)
}

async fn wanted(app: &TestApp) -> request::Model {
    app.rows::<request::Entity>(TANGERANG).await.unwrap().pop().expect("the request")
}

async fn all(app: &TestApp) -> Vec<compensation::Model> {
    app.rows::<compensation::Entity>(TANGERANG).await.unwrap()
}

/// The one that there is.
async fn owed(app: &TestApp) -> compensation::Model {
    let mut rows = all(app).await;
    assert_eq!(rows.len(), 1, "one of a request");
    rows.remove(0)
}

async fn lines(app: &TestApp, kind: RequestEventKind) -> usize {
    let all = app.rows::<request_event::Entity>(TANGERANG).await.unwrap();
    all.iter().filter(|line| line.kind == kind).count()
}

/// It is Wednesday 16.00 and the watcher has looked; Siti wrote a moment ago, so that she hears what is written to her.
async fn is_missed<'a>(app: &'a TestApp, basis: &str) -> (Phone<'a>, Officer, String) {
    let (siti, path) = begins(app, basis).await;
    until(app, "2026-11-25 16.00");
    looks(app).await;
    siti.sends(KTP, "Selamat sore, kapan KTP saya selesai?").await;
    app.settles().await;
    (siti, app.officer("kabid@kab-tangerang").await, path)
}

/// Offers it with the form of the page.
async fn offers(app: &TestApp, kabid: &Officer, path: &str) {
    assert!(kabid.get(path).await.body.contains(r#"name="version" value="1""#));
    let done = kabid.post(&format!("{path}/tawarkan"), &[("version", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
}

async fn a_miss_is_owed_and_offered_on_whatsapp_and_accepted_and_given(app: &TestApp) {
    let (siti, kabid, path) = is_missed(app, DECREE).await;
    let row = owed(app).await;
    assert_eq!((row.state, row.missed_at), (CompensationState::Owed, at("2026-11-25 16.00")));
    assert_eq!((row.kind, &*row.words, &*row.basis), (CompensationKind::Delivered, USUAL, DECREE));
    looks(app).await;
    assert_eq!((all(app).await.len(), lines(app, RequestEventKind::CompensationOwed).await), (1, 1));
    let list = kabid.get(LIST).await;
    assert!(list.says("1 janji terlewat bulan ini, 0 sudah ditawari, 1 belum."), "{}", list.body);
    let receipt = wanted(app).await.receipt;
    assert!(list.says(&receipt) && list.says("Rabu 25 Nov 16.00 WIB"), "{}", list.body);
    assert!(!list.says("SITI AMINAH"), "a list shows no names");
    let other = app.officer("operator.kk@kab-tangerang").await.get(LIST).await;
    assert!(other.status == 200 && !other.says(&receipt), "another service's");
    let overview = kabid.get("/kantor/kab-tangerang/ringkasan").await;
    assert!(overview.says("1 kompensasi belum ditawarkan"), "{}", overview.body);
    let page = kabid.get(&path).await;
    for words in ["Seharusnya selesai", "belum selesai diproses", USUAL, "Warga akan menerima:"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }

    offers(app, &kabid, &path).await;
    let told = siti.last();
    for words in
        ["kami mohon maaf", "paling lambat *Rabu 25 Nov 16.00 WIB*", "belum selesai diproses", USUAL, DECREE]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    let row = owed(app).await;
    assert_eq!((row.state, row.way, row.version), (CompensationState::Offered, Some(OfferWay::WhatsApp), 2));
    let list = kabid.get(&format!("{LIST}?keadaan=ditawarkan")).await;
    assert!(list.says("1 janji terlewat bulan ini, 1 sudah ditawari, 0 belum.") && list.says(&receipt));

    app.waits(30);
    kabid.get(&path).await;
    let nothing = kabid.post(&format!("{path}/jawaban"), &[("version", "2")]).await;
    assert!(nothing.status == 422 && nothing.says("Pilih dahulu jawaban warga."), "{}", nothing.body);
    let answered = [("version", "2"), ("answer", "terima")];
    assert_eq!(kabid.post(&format!("{path}/jawaban"), &answered).await.status, 303);
    assert_eq!(owed(app).await.state, CompensationState::Accepted);

    kabid.get(&path).await;
    let give = format!("{path}/berikan");
    let given = |day: &'static str| [("version", "3"), ("day", day), ("note", "Diantar kurir ke rumah")];
    for (day, sentence) in [
        ("2026-11-26", "Tanggalnya belum tiba."),
        ("2026-11-24", "lebih awal daripada saat kompensasi ditawarkan"),
        ("besok", "Pilih tanggal kompensasi diberikan."),
    ] {
        let refused = kabid.post(&give, &given(day)).await;
        assert!(refused.status == 422 && refused.says(sentence), "{day}: {}", refused.body);
        assert!(refused.says("Diantar kurir ke rumah"), "what was written stands there still");
    }
    let long = "a".repeat(301);
    let long = kabid.post(&give, &[("version", "3"), ("day", "2026-11-25"), ("note", &*long)]).await;
    assert!(long.status == 422 && long.says("paling panjang 300 huruf"), "{}", long.body);
    let done = kabid.post(&give, &given("2026-11-25")).await;
    assert_eq!(done.status, 303, "{}", done.body);
    let row = owed(app).await;
    assert_eq!((row.state, row.version), (CompensationState::Given, 4));
    let note = row.note.expect("a note");
    assert!(!String::from_utf8_lossy(note.bytes()).contains("kurir"), "words of people are sealed");
    let page = kabid.get(&path).await;
    assert!(page.says("Diantar kurir ke rumah") && page.says("Rabu, 25 November 2026"), "{}", page.body);
    use RequestEventKind::{CompensationAccepted, CompensationGiven, CompensationOffered};
    for kind in [CompensationOffered, CompensationAccepted, CompensationGiven] {
        assert_eq!(lines(app, kind).await, 1, "{kind}");
        assert!(page.says(kind.label()), "{kind}");
    }
    let trail = app.rows::<audit_entry::Entity>(TANGERANG).await.unwrap();
    for action in ["offered", "answered", "given"] {
        let action = format!("request.compensation_{action}");
        assert_eq!(trail.iter().filter(|line| line.action == action).count(), 1, "{action}");
    }
}

async fn a_form_that_is_sent_twice_offers_once(app: &TestApp) {
    let (siti, kabid, path) = is_missed(app, DECREE).await;
    let before = siti.receives().len();
    offers(app, &kabid, &path).await;
    let again = kabid.post(&format!("{path}/tawarkan"), &[("version", "1")]).await;
    assert!(again.status == 422 && again.says("Langkah kompensasi ini sudah tercatat."), "{}", again.body);
    app.settles().await;
    assert_eq!(siti.receives().len(), before + 1, "told once");
    assert_eq!(lines(app, RequestEventKind::CompensationOffered).await, 1);
    // Whoever saw an older state changes nothing either.
    let stale = kabid.post(&format!("{path}/jawaban"), &[("version", "1"), ("answer", "terima")]).await;
    assert_eq!((stale.status.as_u16(), owed(app).await.state), (422, CompensationState::Offered));
}

async fn whoever_only_handles_requests_may_not_offer_and_sees_how_it_stands(app: &TestApp) {
    let (siti, _, path) = is_missed(app, DECREE).await;
    let before = siti.receives().len();
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let page = dewi.get(&path).await;
    assert!(
        page.says("Seharusnya selesai") && page.says("dicatat oleh petugas yang membagi pekerjaan"),
        "{}",
        page.body
    );
    assert!(!page.body.contains(&format!("{path}/tawarkan")), "no form");
    for (step, fields) in [
        ("tawarkan", [("version", "1"), ("delivered", "Diserahkan di loket")]),
        ("jawaban", [("version", "1"), ("answer", "terima")]),
        ("berikan", [("version", "1"), ("day", "2026-11-25")]),
    ] {
        assert_eq!(dewi.post(&format!("{path}/{step}"), &fields).await.status, 403, "{step}");
    }
    app.settles().await;
    assert_eq!((owed(app).await.state, siti.receives().len()), (CompensationState::Owed, before));
}

async fn a_citizen_may_decline_it(app: &TestApp) {
    let (_, kabid, path) = is_missed(app, DECREE).await;
    offers(app, &kabid, &path).await;
    kabid.get(&path).await;
    let answered = [("version", "2"), ("answer", "tolak")];
    assert_eq!(kabid.post(&format!("{path}/jawaban"), &answered).await.status, 303);
    assert_eq!(owed(app).await.state, CompensationState::Declined);
    let given = [("version", "3"), ("day", "2026-11-25")];
    assert_eq!(kabid.post(&format!("{path}/berikan"), &given).await.status, 422, "nothing is left to give");
    assert!(kabid.get(&path).await.says("tidak diambil warga"));
}

async fn whoever_hears_no_message_gets_the_letter_and_it_is_kept_how(app: &TestApp) {
    let (siti, path) = begins(app, "").await;
    until(app, "2026-11-26 08.00");
    looks(app).await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let page = kabid.get(&path).await;
    assert!(page.says("Pesan WhatsApp tidak akan sampai kepada warga."), "{}", page.body);
    let before = siti.receives().len();
    let silent = kabid.post(&format!("{path}/tawarkan"), &[("version", "1")]).await;
    assert!(silent.status == 422 && silent.says("tulis cara menyampaikannya"), "{}", silent.body);
    let letter = kabid.get(&format!("{path}/kompensasi")).await;
    for words in [
        "Yth. Bapak/Ibu SITI AMINAH",
        "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
        "Tigaraksa, Kamis, 26 November 2026",
        "paling lama 2 hari kerja",
        "paling lambat Rabu, 25 November 2026, pukul 16.00 WIB",
        "belum selesai diproses",
        USUAL,
        "belum ada SK",
        "Kepala Dinas",
    ] {
        assert!(letter.says(words), "{words}: {}", letter.body);
    }
    let told = [("version", "1"), ("delivered", "Diserahkan di loket 2")];
    let done = kabid.post(&format!("{path}/tawarkan"), &told).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    let row = owed(app).await;
    assert_eq!((row.state, row.way), (CompensationState::Offered, Some(OfferWay::Letter)));
    let delivered = row.delivered.expect("how it was delivered");
    assert!(!String::from_utf8_lossy(delivered.bytes()).contains("loket"));
    assert!(kabid.get(&path).await.says("dengan surat: Diserahkan di loket 2"));
    assert_eq!(siti.receives().len(), before, "nothing was written to her");
}

async fn what_is_finished_late_before_anybody_looked_is_owed_and_the_letter_says_when_it_was_kept(
    app: &TestApp,
) {
    let (_, path) = begins(app, DECREE).await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    assert_eq!(kabid.get(&format!("{path}/kompensasi")).await.status, 404, "nothing is owed");
    until(app, "2026-11-25 16.01");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await.status, 303);
    app.settles().await;
    let row = owed(app).await;
    assert_eq!((row.state, row.missed_at), (CompensationState::Owed, at("2026-11-25 16.00")));
    looks(app).await;
    assert_eq!(lines(app, RequestEventKind::CompensationOwed).await, 1);
    let head = app.officer("kepala@kab-tangerang").await;
    let letter = head.get(&format!("{path}/kompensasi")).await;
    let kept = "baru selesai diproses pada Rabu, 25 November 2026, pukul 16.01 WIB, terlambat 1 menit";
    assert!(letter.says(kept) && letter.says(DECREE), "{}", letter.body);
    assert!(letter.says("Drs. Hendra Wijaya"), "whoever signs it prints it");
    let page = head.get(&path).await;
    assert!(page.says("baru selesai diproses Rabu 25 Nov 16.01 WIB"), "{}", page.body);
    assert!(!page.body.contains(&format!("{path}/tawarkan")), "the head gives no work to others");
}

/// SIAK was out on Wednesday from 08.00 to 16.00, as is entered afterwards; gives the entry's path.
async fn an_outage_is_entered(app: &TestApp) -> String {
    let ledger = "/kantor/kab-tangerang/gangguan";
    let kabid = app.officer("kabid@kab-tangerang").await;
    kabid.get(ledger).await;
    let was = [
        ("kind", "siak"),
        ("from", "2026-11-25T08:00"),
        ("until", "2026-11-25T16:00"),
        ("note", "SIAK tidak dapat dibuka."),
    ];
    let entered = kabid.post(&format!("{ledger}/baru"), &was).await;
    app.settles().await;
    entered.location.expect("the entry").split('?').next().unwrap().to_owned()
}

/// The head approves it.
async fn it_is_approved(app: &TestApp, outage: &str) {
    let head = app.officer("kepala@kab-tangerang").await;
    head.get(outage).await;
    let said =
        [("said", "setujui"), ("version", "1"), ("from", "2026-11-25T08:00"), ("until", "2026-11-25T16:00")];
    assert_eq!(head.post(&format!("{outage}/putuskan"), &said).await.status, 303);
    app.settles().await;
}

async fn an_outage_that_is_approved_afterwards_lets_it_lapse_until_the_new_time_runs_out(app: &TestApp) {
    let (_, path) = begins(app, DECREE).await;
    until(app, "2026-11-26 08.00");
    looks(app).await;
    assert_eq!(owed(app).await.state, CompensationState::Owed);
    let outage = an_outage_is_entered(app).await;
    assert_eq!(owed(app).await.state, CompensationState::Owed, "nobody else has looked at it");
    it_is_approved(app, &outage).await;
    let row = owed(app).await;
    assert_eq!((row.state, row.version), (CompensationState::Lapsed, 2), "nothing is deleted");
    assert_eq!(row.lapsed_because, Some(LapseReason::DueMoved));
    assert_eq!(lines(app, RequestEventKind::CompensationLapsed).await, 1);
    let kabid = app.officer("kabid@kab-tangerang").await;
    let page = kabid.get(&path).await;
    assert!(page.says("Tenggatnya bergeser karena gangguan"), "{}", page.body);
    assert!(!page.body.contains(&format!("{path}/tawarkan")));
    assert_eq!(kabid.get(&format!("{path}/kompensasi")).await.status, 404);
    let list = kabid.get(&format!("{LIST}?keadaan=gugur")).await;
    assert!(list.says(&wanted(app).await.receipt), "{}", list.body);
    assert!(list.says("Bulan ini tidak ada janji layanan dengan kompensasi yang terlewat."));
    until(app, "2026-11-27 08.00");
    looks(app).await;
    let row = owed(app).await;
    assert_eq!((row.state, Some(row.missed_at)), (CompensationState::Owed, wanted(app).await.due_at));
    assert_eq!(row.lapsed_because, None);
    assert_eq!(lines(app, RequestEventKind::CompensationOwed).await, 2);
}

async fn what_was_offered_is_not_taken_back_by_an_outage(app: &TestApp) {
    let (_, kabid, path) = is_missed(app, DECREE).await;
    offers(app, &kabid, &path).await;
    until(app, "2026-11-26 08.00");
    let outage = an_outage_is_entered(app).await;
    it_is_approved(app, &outage).await;
    assert!(wanted(app).await.due_at > Some(at("2026-11-26 08.00")), "its time was moved");
    assert_eq!(owed(app).await.state, CompensationState::Offered);
}

async fn what_was_promised_when_the_request_came_holds(app: &TestApp) {
    begins(app, DECREE).await;
    app.waits(60);
    promises(app, (CompensationKind::Apology, "SK Kepala Dinas 10/2026")).await;
    until(app, "2026-11-25 16.00");
    looks(app).await;
    let row = owed(app).await;
    assert_eq!((row.kind, &*row.basis), (CompensationKind::Delivered, DECREE));
}

async fn a_service_without_a_rule_owes_nothing_and_is_counted(app: &TestApp) {
    may_take(app, vec![limit(2, TimeUnit::WorkingDays, Confidence::High)]).await;
    works_by(app, Of::Office, &Timetable::usual()).await;
    siti_asks(app).await;
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    let path = completes(app, &dewi).await;
    let kabid = app.officer("kabid@kab-tangerang").await;
    let without = "1 permohonan terlewat bulan ini tanpa aturan kompensasi.";
    assert!(!kabid.get(LIST).await.says(without));
    until(app, "2026-11-25 16.01");
    looks(app).await;
    assert!(all(app).await.is_empty());
    let kabid = app.officer("kabid@kab-tangerang").await;
    let list = kabid.get(LIST).await;
    assert!(list.says(without), "{}", list.body);
    assert!(list.says("Tidak ada yang belum ditawarkan"), "an empty list says what to expect");
    assert!(!kabid.get(&path).await.body.contains("h-kompensasi"));
    assert_eq!(kabid.post(&format!("{path}/tawarkan"), &[("version", "1")]).await.status, 422);
}

async fn what_is_ready_in_time_owes_nothing(app: &TestApp) {
    let (_, path) = begins(app, DECREE).await;
    until(app, "2026-11-25 16.00");
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&path).await;
    assert_eq!(dewi.post(&format!("{path}/siap"), &[("note", "Loket 3")]).await.status, 303);
    until(app, "2026-11-27 08.00");
    looks(app).await;
    assert!(all(app).await.is_empty(), "ready at the very moment is in time");
    // What is taken up again after its time was not late.
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(&path).await;
    let again = dewi.post(&format!("{path}/buka-kembali"), &[("reason", "keberatan")]).await;
    assert_eq!(again.status, 303, "{}", again.body);
    looks(app).await;
    assert!(all(app).await.is_empty(), "it was ready once, in time");
}

async fn what_is_owed_of_a_double_may_be_written_off_with_the_reason(app: &TestApp) {
    let (_, kabid, path) = is_missed(app, DECREE).await;
    assert_eq!(owed(app).await.state, CompensationState::Owed);
    kabid.get(&path).await;
    let version = owed(app).await.version.to_string();
    let waive = async |reason: &str| {
        kabid.post(&format!("{path}/gugurkan"), &[("version", &*version), ("reason", reason)]).await
    };
    let open = waive("permohonan_ganda").await;
    assert!(open.status == 422 && open.says("ditolak atau dibatalkan"), "{}", open.body);
    assert_eq!(kabid.post(&format!("{path}/ambil"), &[]).await.status, 303);
    let ended = kabid.post(&format!("{path}/batal"), &[("reason", "dicabut_warga")]).await;
    assert_eq!(ended.status, 303, "{}", ended.body);
    app.settles().await;
    assert!(kabid.get(&path).await.says("Tidak terutang"));
    let counted = waive("tenggat_bergeser").await;
    assert_eq!(counted.status, 422, "nobody may say so: it is counted");
    assert_eq!(waive("permohonan_ganda").await.status, 303);
    assert_eq!(owed(app).await.state, CompensationState::Lapsed);
    assert!(kabid.get(&path).await.says("Permohonannya ganda; yang lain sudah dilayani."));
}

async fn a_rule_is_drafted_by_a_form_and_shows_in_the_difference(app: &TestApp) {
    let admin = app.officer("admin@kab-tangerang").await;
    let service = format!("/kantor/kab-tangerang/pengaturan/layanan/{}", ktp(app).await);
    assert!(admin.get(&service).await.says("belum dijanjikan"));
    let form = format!("{service}/rancangan/kompensasi");
    assert!(admin.get(&form).await.says("Bentuk kompensasi"));
    let silent = [("revision", "0"), ("kind", "lainnya"), ("words", ""), ("basis", DECREE)];
    let refused = admin.post(&form, &silent).await;
    assert!(refused.status == 422 && refused.says("Tulis kompensasinya seperti"), "{}", refused.body);
    assert!(refused.body.contains(DECREE), "what was typed stands there still");
    let said = [("revision", "0"), ("kind", "lainnya"), ("words", "Payung lipat"), ("basis", "")];
    let kept = admin.post(&form, &said).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert!(admin.get(&form).await.says("Payung lipat"));
    let publish = admin.get(&format!("{service}/terbitkan")).await;
    assert!(publish.says("Kompensasi bila terlambat"), "{}", publish.body);
    assert!(publish.says("Bentuk lain: Payung lipat. Dasar: belum ada SK."), "{}", publish.body);
}
