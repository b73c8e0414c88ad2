//! The papers: what goes along, what is found wanting, and what comes after.

use super::*;

on_both_databases!(
    what_the_dinas_finds_wanting_is_asked_for_by_the_kecamatan_and_handed_on_again,
    what_is_asked_for_twice_is_wanting_twice,
    a_paper_that_the_kecamatan_stands_by_is_looked_at_again,
    what_came_along_unasked_is_put_to_the_paper_that_it_is,
    a_paper_that_never_came_is_asked_for_and_handed_on,
    papers_are_complete_before_a_request_is_handed_on_and_only_to_the_own_dinas,
);

async fn what_the_dinas_finds_wanting_is_asked_for_by_the_kecamatan_and_handed_on_again(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000402", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    let papers = two.papers(two.dinas, id).await;
    two.does_there(id, &format!("berkas/{}/terima", papers[0].id), &[]).await;
    two.does_there(id, &format!("berkas/{}/tolak", papers[1].id), &[("reason", "buram")]).await;
    let due = two.request(two.muara(), id).await.due_at.expect("a date");
    two.does_there(id, "minta", &[]).await;
    assert!(phone.last().contains("masih memerlukan perbaikan"), "{}", phone.last());
    let ours = two.request(two.muara(), id).await;
    assert_eq!((ours.state, ours.papers_accepted), (RequestState::WaitingForCitizen, 1));
    assert_eq!(ours.due_at, None, "the clock stands still");
    assert_eq!(two.papers(two.muara(), id).await[1].state, PaperState::Rejected);
    // The citizen sends it again, the kecamatan looks first, then it goes on by itself.
    app.waits(30);
    phone.sends_photo(NUMBER).await;
    let again = two.papers(two.muara(), id).await.remove(1);
    assert_eq!(again.state, PaperState::Received);
    two.kasi.get(&here(id)).await;
    two.kasi.post(&format!("{}/berkas/{}/terima", here(id), again.id), &[]).await;
    let done = two.kasi.post(&format!("{}/lengkap", here(id)), &[]).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    assert_eq!(two.request(two.dinas, id).await.state, RequestState::Verification);
    let after = two.papers(two.dinas, id).await;
    assert_eq!((after[0].state, after[1].state), (PaperState::Accepted, PaperState::Received));
    assert!(after[0].file_id == papers[0].file_id && after[1].file_id != papers[1].file_id);
    let ours = two.request(two.muara(), id).await;
    assert_eq!(ours.state, RequestState::InProcess);
    // Half an hour was waited for: from 16.00 to half an hour into the next working day, 08.00.
    assert_eq!(ours.due_at, Some(due + chrono::TimeDelta::hours(16)));
    two.does_there(id, &format!("berkas/{}/terima", after[1].id), &[]).await;
    two.does_there(id, "lengkap", &[]).await;
}

async fn what_is_asked_for_twice_is_wanting_twice(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000411", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    for paper in two.papers(two.dinas, id).await {
        let at = format!("berkas/{}", paper.id);
        two.does_there(id, &format!("{at}/tolak"), &[("reason", "buram")]).await;
        two.does_there(id, "minta", &[]).await;
    }
    let asked = phone.receives().iter().filter(|text| text.contains("masih memerlukan perbaikan")).count();
    assert_eq!(asked, 2);
    let wanting = two.papers(two.muara(), id).await;
    assert!(wanting.iter().all(|one| one.state == PaperState::Rejected), "{wanting:?}");
    for paper in wanting {
        app.waits(1);
        phone.sends_photo(NUMBER).await;
        two.kasi.get(&here(id)).await;
        two.kasi.post(&format!("{}/berkas/{}/terima", here(id), paper.id), &[]).await;
    }
    assert_eq!(two.kasi.post(&format!("{}/lengkap", here(id)), &[]).await.status, 303);
    app.settles().await;
    assert_eq!(two.request(two.dinas, id).await.state, RequestState::Verification);
    two.accepts_there(id).await;
    // A product that is made again is the one that both know.
    let pdf = b"%PDF-1.7\n% satu\n%%EOF";
    for _ in 0..2 {
        let done = two.kabid.uploads(&format!("{}/hasil", there(id)), &[], ("file", "kk.pdf", pdf)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        app.settles().await;
        let (ours, theirs) = (two.request(two.muara(), id).await, two.request(two.dinas, id).await);
        assert!(ours.result_file_id.is_some() && ours.result_file_id == theirs.result_file_id);
    }
}

async fn a_paper_that_the_kecamatan_stands_by_is_looked_at_again(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000412", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    let papers = two.papers(two.dinas, id).await;
    two.does_there(id, &format!("berkas/{}/tolak", papers[0].id), &[("reason", "buram")]).await;
    two.does_there(id, "minta", &[]).await;
    let ours = two.papers(two.muara(), id).await.remove(0);
    two.kasi.get(&here(id)).await;
    let stands = two.kasi.post(&format!("{}/berkas/{}/terima", here(id), ours.id), &[]).await;
    assert_eq!(stands.status, 303, "{}", stands.body);
    assert_eq!(two.request(two.muara(), id).await.state, RequestState::Verification, "nothing is wanting");
    assert_eq!(two.kasi.post(&format!("{}/lengkap", here(id)), &[]).await.status, 303);
    app.settles().await;
    let again = two.papers(two.dinas, id).await.remove(0);
    assert_eq!((again.state, again.file_id, again.reason), (PaperState::Received, papers[0].file_id, None));
    assert_eq!(two.request(two.dinas, id).await.state, RequestState::Verification);
}

async fn what_came_along_unasked_is_put_to_the_paper_that_it_is(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000403", "Siti");
    // Three papers of a letter of poverty; the lost family card asks for one of them and for one that is not there.
    let id = two.complete(&phone, ("SKTM", "umum")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    let came = |papers: &[paper::Model]| -> Vec<(String, PaperState)> {
        papers.iter().map(|one| (one.code.clone(), one.state)).collect()
    };
    let before = two.papers(two.dinas, id).await;
    let waits = |code: &str| before.iter().find(|one| one.code == code).expect(code).clone();
    assert_eq!(waits("ktp").state, PaperState::Received);
    let (lost, loose) = (waits("surat_kehilangan"), waits("+pengantar"));
    assert!(lost.state == PaperState::Absent && waits("+kk").file_id.is_some(), "{:?}", came(&before));
    let page = two.kabid.get(&there(id)).await;
    assert!(page.says("Masuk, belum diperiksa") && page.says("Pengantar kelurahan"), "{}", page.body);
    let file = loose.file_id.unwrap().to_string();
    let fields = [("paper", &*lost.id.to_string()), ("media", &file)];
    two.does_there(id, "lampiran", &fields).await;
    let after = two.papers(two.dinas, id).await;
    let now = |code: &str| after.iter().find(|one| one.code == code).expect(code).clone();
    assert_eq!((now("surat_kehilangan").file_id, now("+pengantar").file_id), (loose.file_id, None));
    assert_eq!(now("surat_kehilangan").state, PaperState::Received);
    let page = two.kabid.get(&there(id)).await;
    assert!(!page.says("Pengantar kelurahan,"), "{}", page.body);
    // What is of no request of this office is not put anywhere.
    let foreign = [("paper", &*lost.id.to_string()), ("media", &*lost.id.to_string())];
    let refused = two.kabid.post(&format!("{}/lampiran", there(id)), &foreign).await;
    assert_eq!(refused.status, 404, "{}", refused.body);
}

async fn a_paper_that_never_came_is_asked_for_and_handed_on(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000413", "Siti");
    let id = two.complete(&phone, ("SKTM", "umum")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    // Of those who handed it on nobody has heard of the report of the police.
    two.does_there(id, "minta", &[]).await;
    assert!(phone.last().contains("Surat kehilangan dari kepolisian"), "{}", phone.last());
    let (row, papers) = (two.request(two.muara(), id).await, two.papers(two.muara(), id).await);
    assert_eq!((row.state, row.papers_required), (RequestState::WaitingForCitizen, 4));
    let new = papers.last().unwrap();
    assert_eq!((&*new.code, new.state, new.required), ("surat_kehilangan", PaperState::Absent, true));
    app.waits(5);
    phone.sends_photo(NUMBER).await;
    two.kasi.get(&here(id)).await;
    two.kasi.post(&format!("{}/berkas/{}/terima", here(id), new.id), &[]).await;
    assert_eq!(two.kasi.post(&format!("{}/lengkap", here(id)), &[]).await.status, 303);
    app.settles().await;
    let there = two.papers(two.dinas, id).await;
    let came = there.iter().find(|one| one.code == "surat_kehilangan").unwrap();
    assert!(came.state == PaperState::Received && came.file_id.is_some(), "{came:?}");
}

async fn papers_are_complete_before_a_request_is_handed_on_and_only_to_the_own_dinas(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000408", "Siti");
    let id = two.taken(&phone, ("KK", "hilang")).await;
    let page = two.kasi.get(&here(id)).await;
    assert!(!page.says("Teruskan ke Dinas"), "{}", page.body);
    let early = two.forwards_again(id).await;
    assert!(early.status == 422 && early.says("Nyatakan berkasnya lengkap dahulu"), "{}", early.body);
    for paper in two.papers(two.muara(), id).await {
        two.kasi.post(&format!("{}/berkas/{}/terima", here(id), paper.id), &[]).await;
    }
    two.kasi.post(&format!("{}/lengkap", here(id)), &[]).await;
    let elsewhere = app.rows::<variant::Entity>("kota-kupang").await.unwrap().remove(0).id.to_string();
    for wrong in [elsewhere.as_str(), "", "bukan"] {
        let refused = two.kasi.post(&format!("{}/teruskan", here(id)), &[("reason", wrong)]).await;
        assert!(refused.status == 422 && refused.says("Pilih layanan di Dinas dahulu."), "{}", refused.body);
    }
    assert!(two.rows::<request::Entity>(two.dinas).await.is_empty());
    // A Dinas hands nothing on.
    let kabid = app.officer("kabid@kab-tangerang").await;
    let siti = app.phone("628111000409", "Siti");
    siti.sends(
        "360300000000002",
        "#KTP#3603036502909001#3603031203159001#SITI AMINAH#PETE#TIGARAKSA#HILANG#",
    )
    .await;
    let row = app.rows::<request::Entity>("kab-tangerang").await.unwrap().remove(0);
    let at = format!("/kantor/kab-tangerang/permohonan/{}", row.id);
    kabid.get(&at).await;
    kabid.post(&format!("{at}/ambil"), &[]).await;
    let refused = kabid.post(&format!("{at}/teruskan"), &[("note", "Kementerian")]).await;
    assert!(refused.status == 422 && refused.says("Hanya kantor kecamatan"), "{}", refused.body);
}
