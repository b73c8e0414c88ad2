//! A kecamatan hands a request on to its Dinas: one receipt, two owners, one conversation.

mod ends;
mod papers;

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
    what_is_carried_twice_counts_once,
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

    async fn forwards_again(&self, id: RequestId) -> Page {
        let variant = self.variant(self.dinas, ("KK", "hilang")).await;
        self.kasi.post(&format!("{}/teruskan", here(id)), &[("reason", &variant)]).await
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
