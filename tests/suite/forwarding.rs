//! A kecamatan hands a request on to its Dinas: one receipt, two owners, one conversation.

use loket::{
    domain::{
        accounts::{self, NewAccount, NewMembership, Password, PasswordHasher, Place},
        catalogue,
        requests::{PassOn, TellBack},
        tenancy::{self, AreaWords, NewOffice, OfficerRow},
    },
    infra::{Actor, By, Cx, SystemReason},
    queue::NewJob,
};
use loket_core::{
    id::{OfficeId, RequestId},
    kinds::{OfficeKind, Role},
    permission::Scope,
    request::{Channel, PaperState, RequestEventKind, RequestState},
    text::Email,
    zone::OfficeZone,
};
use loket_entity::{TenantOwned, file, forwarding, paper, request, request_event, service, variant};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page, Phone},
};

const MUARA: &str = "kec-muara-bangkahulu";
const NUMBER: &str = "177100000000001";
const DINAS: &str = "Disdukcapil Kota Bengkulu";
const SLUG: &str = "kota-bengkulu";
const SENDERS: &str = "/kantor/kota-bengkulu/pengaturan/pengirim";
const NIK: &str = "1771046502900001";

on_both_databases!(
    a_request_that_is_handed_on_is_worked_on_there_and_answered_where_the_citizen_writes,
    what_the_dinas_finds_wanting_is_asked_for_by_the_kecamatan_and_handed_on_again,
    what_is_asked_for_twice_is_wanting_twice,
    a_paper_that_the_kecamatan_stands_by_is_looked_at_again,
    what_came_along_unasked_is_put_to_the_paper_that_it_is,
    a_paper_that_never_came_is_asked_for_and_handed_on,
    the_dinas_decides_and_the_kecamatan_only_withdraws,
    a_refusal_of_the_dinas_closes_both_and_reopening_opens_both,
    a_withdrawal_stands_although_news_of_work_come_after_it,
    what_is_carried_twice_counts_once,
    a_citizen_without_a_conversation_is_told_by_an_officer_who_reads_what_to_say,
    what_would_come_after_the_24_hours_waits_for_an_officer_to_say_it,
    a_dinas_that_takes_none_is_only_named_and_the_kecamatan_finishes,
    papers_are_complete_before_a_request_is_handed_on_and_only_to_the_own_dinas,
);

/// A kecamatan with a conversation, and the Dinas above it.
struct Two<'a> {
    app: &'a TestApp,
    dinas: OfficeId,
    kasi: Officer,
    kabid: Officer,
}

impl<'a> Two<'a> {
    /// Both offices offer the family card; the Dinas takes what is handed on.
    async fn of(app: &'a TestApp) -> Self {
        let two = Self::closed(app).await;
        let admin = app.officer(&format!("admin@{SLUG}")).await;
        assert!(admin.get(SENDERS).await.says("Buka terusan"));
        let opened = admin.post(&format!("{SENDERS}/kecamatan"), &[("kecamatan", "terima")]).await;
        assert_eq!(opened.status, 303, "{}", opened.body);
        assert!(admin.get(SENDERS).await.says("Tutup terusan"));
        two
    }

    /// The same with a Dinas that takes nothing.
    async fn closed(app: &'a TestApp) -> Self {
        let dinas = enter_dinas(app).await;
        for office in [dinas, app.office(MUARA).id] {
            let mut cx = Cx::write(&app.house, office, Actor::System(SystemReason::Seed)).await.unwrap();
            catalogue::add_service(&mut cx, catalogue::entry("KK").unwrap().unwrap(), None, 9).await.unwrap();
            cx.commit().await.unwrap();
        }
        let kasi = app.officer(&format!("kasi@{MUARA}")).await;
        Self { app, dinas, kasi, kabid: app.officer(&format!("kabid@{SLUG}")).await }
    }

    async fn rows<E: TenantOwned>(&self, office: OfficeId) -> Vec<E::Model>
    where
        E::Model: Sync,
    {
        let cx = Cx::read(&self.app.house, office, Actor::System(SystemReason::Seed)).await.unwrap();
        cx.tx().find::<E>().up_to(10_000).await.unwrap()
    }

    fn muara(&self) -> OfficeId {
        self.app.office(MUARA).id
    }

    async fn request(&self, office: OfficeId, id: RequestId) -> request::Model {
        let rows = self.rows::<request::Entity>(office).await;
        rows.into_iter().find(|row| row.id == id).expect("the request")
    }

    async fn papers(&self, office: OfficeId, id: RequestId) -> Vec<paper::Model> {
        let mut rows = self.rows::<paper::Entity>(office).await;
        rows.retain(|row| row.request_id == id);
        rows.sort_by_key(|row| row.position);
        rows
    }

    async fn told(&self, office: OfficeId, id: RequestId) -> Vec<RequestEventKind> {
        let mut rows = self.rows::<request_event::Entity>(office).await;
        rows.retain(|row| row.request_id == id);
        rows.sort_by_key(|row| (row.recorded_at, row.id));
        rows.into_iter().map(|row| row.kind).collect()
    }

    async fn variant(&self, office: OfficeId, code: (&str, &str)) -> String {
        let services = self.rows::<service::Entity>(office).await;
        let service = services.into_iter().find(|row| row.code == code.0).expect("the service").id;
        let variants = self.rows::<variant::Entity>(office).await;
        let found = variants.into_iter().find(|row| row.service_id == service && row.code == code.1);
        found.expect("the variant").id.to_string()
    }

    /// A citizen asks the kecamatan for something, sends photos, and the papers are found complete.
    async fn complete(&self, phone: &Phone<'_>, code: (&str, &str)) -> RequestId {
        let id = self.taken(phone, code).await;
        for paper in self.papers(self.muara(), id).await {
            let at = format!("{}/berkas/{}/terima", here(id), paper.id);
            assert_eq!(self.kasi.post(&at, &[]).await.status, 303);
        }
        let done = self.kasi.post(&format!("{}/lengkap", here(id)), &[]).await;
        assert_eq!(done.status, 303, "{}", done.body);
        self.app.settles().await;
        id
    }

    async fn taken(&self, phone: &Phone<'_>, code: (&str, &str)) -> RequestId {
        phone.sends(NUMBER, "Selamat pagi, mohon bantuan KK saya yang hilang").await;
        for _ in 0..3 {
            self.app.waits(1);
            phone.sends_photo(NUMBER).await;
        }
        let list = self.kasi.get(&format!("/kantor/{MUARA}/percakapan")).await;
        let talk = list.path_with(&format!("/kantor/{MUARA}/percakapan/")).expect("the conversation");
        let talk = talk.split('?').next().unwrap().to_owned();
        self.kasi.get(&talk).await;
        let variant = self.variant(self.muara(), code).await;
        let fields = [("service", &*variant), ("name", "SITI AMINAH"), ("nik", NIK), ("no_kk", "")];
        let opened = self.kasi.post(&format!("{talk}/permohonan"), &fields).await;
        self.app.settles().await;
        let path = opened.location.expect(&opened.body);
        let id: RequestId = path.rsplit('/').next().unwrap().split('?').next().unwrap().parse().unwrap();
        self.kasi.get(&here(id)).await;
        assert_eq!(self.kasi.post(&format!("{}/ambil", here(id)), &[]).await.status, 303);
        id
    }

    /// Hands it on as the lost family card.
    async fn forwards(&self, id: RequestId) -> Page {
        let variant = self.variant(self.dinas, ("KK", "hilang")).await;
        let page = self.kasi.get(&here(id)).await;
        assert!(page.says("Teruskan ke Dinas") && page.says(DINAS), "{}", page.body);
        let done = self.kasi.post(&format!("{}/teruskan", here(id)), &[("reason", &variant)]).await;
        self.app.settles().await;
        done
    }

    /// The Dinas takes it.
    async fn takes_there(&self, id: RequestId) {
        self.kabid.get(&there(id)).await;
        assert_eq!(self.kabid.post(&format!("{}/ambil", there(id)), &[]).await.status, 303);
        self.app.settles().await;
    }

    /// A step of the Dinas.
    async fn does_there(&self, id: RequestId, step: &str, fields: &[(&str, &str)]) {
        let done = self.kabid.post(&format!("{}/{step}", there(id)), fields).await;
        assert_eq!(done.status, 303, "{step}: {}", done.body);
        self.app.settles().await;
    }

    /// The Dinas finds every paper good.
    async fn accepts_there(&self, id: RequestId) {
        for paper in self.papers(self.dinas, id).await {
            self.does_there(id, &format!("berkas/{}/terima", paper.id), &[]).await;
        }
        self.does_there(id, "lengkap", &[]).await;
    }
}

fn here(id: RequestId) -> String {
    format!("/kantor/{MUARA}/permohonan/{id}")
}

fn there(id: RequestId) -> String {
    format!("/kantor/{SLUG}/permohonan/{id}")
}

async fn enter_dinas(app: &TestApp) -> OfficeId {
    let new = NewOffice {
        slug: SLUG.to_owned(),
        name: DINAS.to_owned(),
        kind: OfficeKind::Dinas,
        receipt_code: "BKL".to_owned(),
        province_code: "17".to_owned(),
        region_code: "1771".to_owned(),
        zone: OfficeZone::Wib,
        words: AreaWords::default(),
        hours: "08.00-16.00".to_owned(),
        letterhead: String::new(),
        demo: true,
    };
    let office = tenancy::create_office(&app.house, new).await.unwrap();
    let hasher = PasswordHasher::owasp().unwrap();
    for (mailbox, role) in [("kabid", Role::Supervisor), ("admin", Role::OfficeAdmin)] {
        let email = Email::parse(&format!("{mailbox}@{SLUG}.loket.test")).unwrap();
        let password = Password::new("loket-peragaan-2026");
        let new = NewAccount { email, name: format!("{mailbox} Bengkulu"), password };
        let account = accounts::create_account(&app.house, &hasher, By::System, new).await.unwrap();
        let mut cx = Cx::write(&app.house, office, Actor::System(SystemReason::Seed)).await.unwrap();
        let row = OfficerRow { user: account, name: mailbox.to_owned(), title: String::new(), unit: None };
        tenancy::add_officer(&mut cx, row).await.unwrap();
        cx.commit().await.unwrap();
        let scope = Scope::default();
        let place = Place::Office(office);
        let seat = NewMembership { account, place, role, scope, from: None, until: None };
        accounts::grant(&app.house, By::System, seat).await.unwrap();
    }
    office
}

async fn a_request_that_is_handed_on_is_worked_on_there_and_answered_where_the_citizen_writes(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000401", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    let done = two.forwards(id).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(phone.last().contains(&format!("telah kami teruskan ke *{DINAS}*")), "{}", phone.last());
    // One number, in two queues, sealed for each.
    let (ours, theirs) = (two.request(two.muara(), id).await, two.request(two.dinas, id).await);
    assert_eq!(ours.receipt, theirs.receipt);
    assert!(theirs.receipt.starts_with("MBH-") && theirs.channel == Channel::Forwarded, "{theirs:?}");
    assert!(ours.nik_idx.is_some() && ours.nik_idx != theirs.nik_idx && ours.subject != theirs.subject);
    let queue = two.kabid.get(&format!("/kantor/{SLUG}/antrean")).await;
    assert_eq!(theirs.unanswered_since, Some(theirs.opened_at), "somebody waits for the Dinas");
    assert_eq!(theirs.district_code.as_deref(), Some("177104"), "the kecamatan that it came from");
    assert!(queue.says(&ours.receipt) && queue.says("lewat kantor kecamatan"), "{}", queue.body);
    let page = two.kabid.get(&there(id)).await;
    for part in ["SITI AMINAH", "Warga berbicara dengan Kecamatan Muara Bangkahulu.", "Diserahkan oleh"] {
        assert!(page.says(part), "{part}: {}", page.body);
    }
    assert!(page.says("Sudah diperiksa di kecamatan. Mohon diperiksa kembali."), "{}", page.body);
    // The papers came along, and are the same to the byte.
    let papers = two.papers(two.dinas, id).await;
    assert!(papers.len() == 2 && papers.iter().all(|one| one.state == PaperState::Received), "{papers:?}");
    let sent = papers[0].file_id.unwrap();
    let shown = async |officer: &Officer, office: &str| {
        let path = format!("/kantor/{office}/berkas/{sent}/isi");
        officer.bytes(app.http().get(officer.url(&path))).await
    };
    let (original, copy) = (shown(&two.kasi, MUARA).await, shown(&two.kabid, SLUG).await);
    assert!(original.len() > 1_000 && original == copy, "{} {}", original.len(), copy.len());
    let keys = |rows: Vec<file::Model>| rows.into_iter().find(|row| row.id == sent).unwrap().sha256;
    assert_ne!(
        keys(two.rows::<file::Entity>(two.muara()).await),
        keys(two.rows::<file::Entity>(two.dinas).await),
        "each has digests of its own"
    );
    // The kecamatan sees where it stands.
    two.takes_there(id).await;
    let page = two.kasi.get(&here(id)).await;
    assert!(page.says(&format!("{DINAS} yang mengerjakan: verifikasi berkas.")), "{}", page.body);
    assert!(page.says("di Dinas") && !page.says("Unggah hasil"), "{}", page.body);
    // What the Dinas says comes where the citizen writes, and so does the product.
    two.accepts_there(id).await;
    assert!(phone.last().contains("dinyatakan lengkap") && phone.last().contains(DINAS), "{}", phone.last());
    let pdf = b"%PDF-1.7\n% kartu keluarga\n%%EOF";
    let there_is = two.kabid.uploads(&format!("{}/hasil", there(id)), &[], ("file", "kk.pdf", pdf)).await;
    assert_eq!(there_is.status, 303, "{}", there_is.body);
    app.settles().await;
    assert_eq!(two.request(two.muara(), id).await.state, RequestState::Ready);
    two.does_there(id, "selesai", &[]).await;
    let messages = phone.messages();
    let document = messages.iter().find(|one| one.filename.is_some()).expect("the product");
    assert_eq!(document.filename.as_deref(), Some(&*format!("{}.pdf", ours.receipt)));
    let sent = messages.iter().position(|one| one.filename.is_some());
    let spoken =
        messages.iter().position(|one| one.text.as_ref().is_some_and(|text| text.contains("telah selesai")));
    assert!(sent < spoken && spoken.is_some(), "the product goes before the words: {sent:?} {spoken:?}");
    let ours = two.request(two.muara(), id).await;
    assert!(
        ours.state == RequestState::Finished && ours.closed_at.is_some() && ours.result_file_id.is_some()
    );
    let page = two.kasi.get(&here(id)).await;
    assert!(page.says("Sudah dikirim") && page.says("Diteruskan ke"), "{}", page.body);
    assert!(two.told(two.dinas, id).await.contains(&RequestEventKind::Passed));
}

async fn what_the_dinas_finds_wanting_is_asked_for_by_the_kecamatan_and_handed_on_again(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000402", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    let papers = two.papers(two.dinas, id).await;
    two.does_there(id, &format!("berkas/{}/terima", papers[0].id), &[]).await;
    two.does_there(id, &format!("berkas/{}/tolak", papers[1].id), &[("reason", "buram")]).await;
    two.does_there(id, "minta", &[]).await;
    assert!(phone.last().contains("masih memerlukan perbaikan"), "{}", phone.last());
    let ours = two.request(two.muara(), id).await;
    assert_eq!((ours.state, ours.papers_accepted), (RequestState::WaitingForCitizen, 1));
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
    assert_eq!(two.request(two.muara(), id).await.state, RequestState::InProcess);
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

impl Two<'_> {
    async fn forwards_again(&self, id: RequestId) -> Page {
        let variant = self.variant(self.dinas, ("KK", "hilang")).await;
        self.kasi.post(&format!("{}/teruskan", here(id)), &[("reason", &variant)]).await
    }
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

async fn what_is_carried_twice_counts_once(app: &TestApp) {
    let two = Two::of(app).await;
    let phone = app.phone("628111000406", "Siti");
    let id = two.complete(&phone, ("KK", "hilang")).await;
    two.forwards(id).await;
    two.takes_there(id).await;
    // What the Dinas decided meanwhile is not undone by a parcel that comes again.
    let paper = two.papers(two.dinas, id).await.remove(0);
    two.does_there(id, &format!("berkas/{}/tolak", paper.id), &[("reason", "buram")]).await;
    let variant = Some(two.variant(two.dinas, ("KK", "hilang")).await.parse().unwrap());
    let carries = async || {
        for (office, job) in [
            (two.muara(), NewJob::new(PassOn::KIND, &PassOn { request: id, variant }).unwrap()),
            (two.dinas, NewJob::new(TellBack::KIND, &TellBack { request: id }).unwrap()),
        ] {
            let mut cx = Cx::system(&app.house, office, SystemReason::Forwarding).await.unwrap();
            cx.enqueue(job).await.unwrap();
            cx.commit().await.unwrap();
        }
        app.settles().await;
    };
    carries().await;
    assert_eq!(two.papers(two.dinas, id).await[0].state, PaperState::Rejected);
    two.accepts_there(id).await;
    let received = phone.receives().len();
    let count = async || {
        let requests = two.rows::<request::Entity>(two.dinas).await.len();
        let files = two.rows::<file::Entity>(two.dinas).await.len();
        let events = two.rows::<request_event::Entity>(two.dinas).await.len();
        let ours = two.rows::<request_event::Entity>(two.muara()).await.len();
        (requests, files, events, ours)
    };
    let before = count().await;
    for _ in 0..2 {
        carries().await;
    }
    assert_eq!(count().await, before);
    assert_eq!(phone.receives().len(), received, "{:?}", phone.receives());
    let (ours, theirs) = (two.request(two.muara(), id).await, two.request(two.dinas, id).await);
    assert_eq!((ours.state, theirs.state), (RequestState::InProcess, RequestState::InProcess));
    for office in [two.muara(), two.dinas] {
        assert_eq!(two.rows::<forwarding::Entity>(office).await.len(), 1);
    }
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
    for (step, fields) in [("siap", &[("note", "Kantor camat")][..]), ("selesai", &[])] {
        assert_eq!(two.kasi.post(&format!("{}/{step}", here(id)), fields).await.status, 303, "{step}");
    }
    assert_eq!(two.request(two.muara(), id).await.state, RequestState::Finished);
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
