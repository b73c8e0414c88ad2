//! Who decides, how it ends in both offices, and who tells the citizen.

use super::*;
use crate::clocked::RECEIVED;

on_both_databases!(
    the_dinas_decides_and_the_kecamatan_only_withdraws,
    a_refusal_of_the_dinas_closes_both_and_reopening_opens_both,
    a_withdrawal_stands_although_news_of_work_come_after_it,
    a_citizen_without_a_conversation_is_told_by_an_officer_who_reads_what_to_say,
    what_would_come_after_the_24_hours_waits_for_an_officer_to_say_it,
    a_dinas_that_takes_none_is_only_named_and_the_kecamatan_finishes,
    what_lies_ready_at_the_dinas_and_is_moved_is_told_by_the_kecamatan,
);

async fn the_dinas_decides_and_the_kecamatan_only_withdraws(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000404", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.kasi.get(&here(id)).await;
    let words = "Langkah ini milik kantor tujuan";
    for (step, fields) in [
        ("siap", &[("note", "Loket 1")][..]),
        ("selesai", &[("note", "Sudah")]),
        ("tolak", &[("reason", "bukan_kewenangan")]),
        ("buka-kembali", &[("reason", "keberatan")]),
    ] {
        let refused = two.kasi.post(&format!("{}/{step}", here(id)), fields).await;
        assert!(refused.status == 422 && refused.says(words), "{step}: {}", refused.body);
    }
    let pdf = b"%PDF-1.7\n% kk\n%%EOF";
    let upload = two.kasi.uploads(&format!("{}/hasil", here(id)), &[], ("file", "kk.pdf", pdf)).await;
    assert!(upload.status == 422 && upload.says(words), "{}", upload.body);
    let twice = two.forwards_again(id).await;
    assert!(twice.status == 422 && twice.says("Permohonan ini sudah diteruskan."), "{}", twice.body);
    let gone = two.kasi.post(&format!("{}/batal", here(id)), &[("reason", "dicabut_warga")]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    app.settles().await;
    for office in [two.muara(), two.dinas] {
        let row = two.request(office, id).await;
        assert_eq!(
            (row.state, row.close_reason.as_deref()),
            (RequestState::Cancelled, Some("dicabut_warga"))
        );
    }
    assert_eq!(phone.receives().iter().filter(|text| text.contains("telah dibatalkan")).count(), 1);
}

async fn a_refusal_of_the_dinas_closes_both_and_reopening_opens_both(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000405", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    two.does_there(id, "tolak", &[("reason", "data_tidak_benar"), ("note", "Datang ke kantor")]).await;
    let ours = two.request(two.muara(), id).await;
    assert_eq!(
        (ours.state, ours.close_reason.as_deref()),
        (RequestState::Rejected, Some("data_tidak_benar"))
    );
    assert!(phone.last().contains("belum dapat kami proses") && phone.last().contains("Datang ke kantor"));
    two.does_there(id, "buka-kembali", &[("reason", "keberatan")]).await;
    let ours = two.request(two.muara(), id).await;
    assert_eq!((ours.state, ours.closed_at, ours.close_reason), (RequestState::InProcess, None, None));
    assert!(two.told(two.muara(), id).await.contains(&RequestEventKind::Reopened));
}

async fn a_withdrawal_stands_although_news_of_work_come_after_it(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000414", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    // The Dinas takes it and the citizen withdraws, before either office has heard of the other.
    two.kabid.get(&there(id)).await;
    assert_eq!(two.kabid.post(&format!("{}/ambil", there(id)), &[]).await.status, 303);
    two.kasi.get(&here(id)).await;
    let gone = two.kasi.post(&format!("{}/batal", here(id)), &[("reason", "dicabut_warga")]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    app.settles().await;
    for office in [two.muara(), two.dinas] {
        assert_eq!(two.request(office, id).await.state, RequestState::Cancelled);
    }
    // One that is withdrawn before it went is never there, and neither are its papers.
    let files = two.rows::<file::Entity>(two.dinas).await.len();
    let phone = app.phone("628111000415", "Budi");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    let variant = two.variant(two.dinas, ("KK", "hilang")).await;
    two.kasi.get(&here(id)).await;
    assert_eq!(two.kasi.post(&format!("{}/teruskan", here(id)), &[("reason", &variant)]).await.status, 303);
    let gone = two.kasi.post(&format!("{}/batal", here(id)), &[("reason", "dicabut_warga")]).await;
    assert_eq!(gone.status, 303, "{}", gone.body);
    app.settles().await;
    assert!(two.rows::<request::Entity>(two.dinas).await.iter().all(|row| row.id != id));
    assert_eq!(two.rows::<file::Entity>(two.dinas).await.len(), files);
}

async fn a_citizen_without_a_conversation_is_told_by_an_officer_who_reads_what_to_say(app: &TestApp) {
    let two = Two::of(app).await;
    let new = format!("/kantor/{MUARA}/permohonan/baru");
    two.kasi.get(&new).await;
    let variant = two.variant(two.muara(), ("KK", "hilang")).await;
    let fields = [("channel", "loket"), ("service", &*variant), ("isi.nama", "Siti Aminah")];
    let opened = two.kasi.post(&new, &fields).await;
    let path = opened.location.expect(&opened.body);
    let id: RequestId = path.rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap();
    two.kasi.get(&here(id)).await;
    two.kasi.post(&format!("{}/ambil", here(id)), &[]).await;
    for paper in two.papers(two.muara(), id).await {
        two.kasi.post(&format!("{}/berkas/{}/terima", here(id), paper.id), &[]).await;
    }
    assert_eq!(two.kasi.post(&format!("{}/lengkap", here(id)), &[]).await.status, 303);
    let done = two.forwards(id).await;
    assert_eq!(done.status, 303, "{}", done.body);
    two.takes_there(id).await;
    two.does_there(id, "tolak", &[("reason", "data_tidak_benar"), ("note", "Datang ke kantor")]).await;
    let page = two.kasi.get(&here(id)).await;
    assert!(page.says("Pesan untuk warga") && page.says("Datang ke kantor"), "{}", page.body);
    assert!(
        page.says(&format!("Kabar dari {DINAS} ada di Riwayat; sampaikan kepada warga.")),
        "{}",
        page.body
    );
    let page = two.kabid.get(&there(id)).await;
    assert!(page.says("Pesan untuk warga") && page.says("Datang ke kantor"), "{}", page.body);
}

async fn what_would_come_after_the_24_hours_waits_for_an_officer_to_say_it(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000416", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    let said = phone.receives().len();
    app.waits(25 * 60);
    let kabid = app.officer(&format!("kabid@{SLUG}")).await;
    kabid.get(&there(id)).await;
    let fields = [("reason", "data_tidak_benar"), ("note", "Datang ke kantor")];
    assert_eq!(kabid.post(&format!("{}/tolak", there(id)), &fields).await.status, 303);
    app.settles().await;
    assert_eq!(phone.receives().len(), said);
    let kasi = app.officer(&format!("kasi@{MUARA}")).await;
    let page = kasi.get(&here(id)).await;
    assert!(page.says("belum tersampaikan") && page.says("Datang ke kantor"), "{}", page.body);
}

async fn a_dinas_that_takes_none_is_only_named_and_the_kecamatan_finishes(app: &TestApp) {
    let two = Two::closed(app).await;
    let phone = app.phone("628111000407", "Siti");
    let id = two.complete(&phone, ("SKTM", "umum")).await;
    let page = two.kasi.get(&here(id)).await;
    assert!(page.says(&format!("{DINAS} belum menerima terusan lewat Loket.")), "{}", page.body);
    let at = format!("{}/teruskan", here(id));
    let nameless = two.kasi.post(&at, &[("note", "  ")]).await;
    assert!(nameless.status == 422 && nameless.says("Tulis nama kantor tujuannya"), "{}", nameless.body);
    let done = two.kasi.post(&at, &[("note", "Dinas Sosial Kota Bengkulu")]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    assert!(phone.last().contains("teruskan ke *Dinas Sosial Kota Bengkulu*"), "{}", phone.last());
    assert!(two.rows::<request::Entity>(two.dinas).await.is_empty());
    let page = two.kasi.get(&here(id)).await;
    assert!(page.says("Diteruskan ke") && page.says("Dinas Sosial Kota Bengkulu"), "{}", page.body);
    assert!(!page.says("Teruskan ke Dinas"), "{}", page.body);
    for (step, fields) in [("siap", &[("note", "Kantor camat")][..]), ("selesai", &RECEIVED)] {
        assert_eq!(two.kasi.post(&format!("{}/{step}", here(id)), fields).await.status, 303, "{step}");
    }
    assert_eq!(two.request(two.muara(), id).await.state, RequestState::Finished);
}

async fn what_lies_ready_at_the_dinas_and_is_moved_is_told_by_the_kecamatan(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000404", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    two.accepts_there(id).await;
    two.does_there(id, "siap", &[("note", "Loket 1, Dinas")]).await;
    assert!(phone.last().contains("siap diambil di *Loket 1, Dinas*"), "{}", phone.last());
    two.does_there(id, "jadwal", &[("note", "Loket 2, Dinas")]).await;
    assert!(phone.last().contains("Tempat: *Loket 2, Dinas*"), "{}", phone.last());
}
