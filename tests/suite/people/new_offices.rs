//! Offices are entered from above them, in a plain form, and opened from inside.

use loket::infra::{Actor, By, SystemReason};
use loket_core::kinds::OfficeStatus;
use loket_entity::{audit_entry, invitation, membership, office, quick_reply, service, unit};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

use super::{SANDI, SARI, joins};
use crate::signing_in::user;

const FORM: &str = "/provinsi/53/kantor/baru";
const BOARD: &str = "/provinsi/53";
const HERE: &str = "/kantor/kab-kupang";

on_both_databases!(
    a_province_enters_an_office_and_its_admin_opens_it,
    what_the_directory_does_not_take_is_refused_in_words,
    a_province_enters_nothing_outside_of_itself,
    a_kecamatan_is_found_by_its_name_or_its_kabupaten,
    whoever_runs_loket_enters_an_office_of_any_province,
    the_first_admin_is_written_to_again_until_somebody_administers,
    who_oversees_the_province_no_more_has_invited_nobody,
);

const OFFICE: [(&str, &str); 8] = [
    ("kind", "dinas"),
    ("region", "5301"),
    ("name", "Disdukcapil Kabupaten Kupang"),
    ("path", "kab-kupang"),
    ("code", "KUP"),
    ("zone", "WITA"),
    ("admin_name", "Sari Wulandari"),
    ("admin_email", SARI),
];

/// The form with other words in some of its fields.
fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let changed = |name: &str| changes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    OFFICE.into_iter().map(|(name, value)| (name, changed(name).unwrap_or(value))).collect()
}

async fn ntt(app: &TestApp) -> Officer {
    app.officer("provinsi.ntt").await
}

async fn enters(province: &Officer, changes: &[(&str, &str)]) -> Page {
    province.get(FORM).await;
    province.post(FORM, &with(changes)).await
}

async fn offices(app: &TestApp) -> Vec<office::Model> {
    app.above::<office::Entity>().await.unwrap()
}

/// Sari accepts the letter and signs in.
async fn sari(app: &TestApp) -> Officer {
    app.settles().await;
    let sari = app.visitor();
    let done = joins(&sari, &app.link_to(SARI)).await;
    assert_eq!(done.status, 303, "{}", done.body);
    app.settles().await;
    assert_eq!(sari.tries_to_sign_in(SARI, SANDI).await.status, 303);
    sari
}

/// Sari connects a number: its secret first, then the number with its token.
async fn connects_a_number(sari: &Officer) {
    let numbers = format!("{HERE}/pengaturan/nomor");
    let page = sari.get(&numbers).await;
    assert!(page.says("Rahasia aplikasi belum disimpan"), "{}", page.body);
    let secret = "a".repeat(32);
    assert_eq!(sari.post(&format!("{numbers}/sambungan"), &[("app_secret", &secret)]).await.status, 303);
    assert!(sari.get(&numbers).await.says("Tempel kedua isian ini di Meta"));
    let number = [
        ("label", "Layanan"),
        ("display", "+62 812-0000-5301"),
        ("phone_number_id", "530100000000001"),
        ("waba_id", "53010000000000"),
    ];
    let done = sari.post(&format!("{numbers}/baru"), &number).await;
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(
        !sari.get(&format!("{HERE}/pengaturan")).await.says("Buka kantor"),
        "a number without a token cannot answer"
    );
    let with_token = [number.as_slice(), &[("token", "EAAtoken")]].concat();
    assert_eq!(sari.post(&done.location.unwrap(), &with_token).await.status, 303);
}

async fn a_province_enters_an_office_and_its_admin_opens_it(app: &TestApp) {
    let ntt = ntt(app).await;
    let list = ntt.get(FORM).await;
    assert!(list.says("Kabupaten Kupang") && list.says("sudah ada"), "{}", list.body);
    let form = ntt.get(&format!("{FORM}?jenis=dinas&wilayah=5301")).await;
    for part in ["value=\"Disdukcapil Kabupaten Kupang\"", "value=\"kab-kupang\"", "value=\"WITA\" selected"]
    {
        assert!(form.body.contains(part), "{part}: {}", form.body);
    }
    let done = enters(&ntt, &[]).await;
    assert_eq!(done.location.as_deref(), Some(BOARD), "{}", done.body);
    let board = ntt.get(BOARD).await;
    assert!(board.says("Disdukcapil Kabupaten Kupang") && board.says("Belum buka"), "{}", board.body);
    assert!(board.says("Undangan admin pertama dikirim baru saja, belum diterima."), "{}", board.body);
    // Its admin comes, and begins where there is something to do.
    let sari = sari(app).await;
    assert_eq!(sari.get(HERE).await.location.as_deref(), Some("/kantor/kab-kupang/pengaturan"));
    let settings = sari.get(&format!("{HERE}/pengaturan")).await;
    for part in ["Kantor ini belum buka", "Siapkan empat hal ini dahulu", "Sambungkan nomor WhatsApp kantor."]
    {
        assert!(settings.says(part), "{part}: {}", settings.body);
    }
    let early = sari.post(&format!("{HERE}/pengaturan/buka"), &[]).await;
    assert!(early.status == 422 && early.says("Masih ada yang perlu disiapkan."), "{}", early.body);
    for page in
        ["penampung", "pengaturan/petugas", "pengaturan/unit", "pengaturan/profil", "pengaturan/delegasi"]
    {
        let page = sari.get(&format!("{HERE}/{page}")).await;
        let told = page.says("Kantor ini belum buka. Selesaikan daftar di Pengaturan");
        assert!(page.status == 200 && told, "{}", page.body);
    }
    // It has what every office begins with, by the hand of who entered it.
    let here = new_office(app).await;
    let services = here.rows::<service::Entity>().await;
    assert!(services.iter().any(|one| one.code == "KTP") && services.iter().all(|one| one.code != "SKTM"));
    assert_eq!(here.rows::<unit::Entity>().await.len(), 1);
    assert!(here.rows::<quick_reply::Entity>().await.iter().any(|one| one.code == "jam" && one.active));
    let by = Some(user(app, "provinsi.ntt@loket.test").0);
    let trail = here.rows::<audit_entry::Entity>().await;
    assert!(trail.iter().any(|line| line.action == "unit.added" && line.actor_id == by));
    // She does what the list says.
    let profile =
        [("name", "Disdukcapil Kabupaten Kupang"), ("hours", "08.00–15.00"), ("address", "Oelamasi")];
    let profile = [profile.as_slice(), &[("phone", "0380-000")]].concat();
    assert_eq!(sari.post(&format!("{HERE}/pengaturan/profil"), &profile).await.status, 303);
    let invite = format!("{HERE}/pengaturan/petugas/undang");
    sari.get(&invite).await;
    let guest = [("email", "ana@kantor-baru.test"), ("name", "Ana Bere"), ("role", "operator")];
    assert_eq!(sari.post(&invite, &guest).await.status, 303);
    app.settles().await;
    let ana = app.visitor();
    assert_eq!(joins(&ana, &app.link_to("ana@kantor-baru.test")).await.status, 303);
    app.settles().await;
    ana.tries_to_sign_in("ana@kantor-baru.test", SANDI).await;
    for page in ["antrean", "percakapan", "permohonan/baru", "cari"] {
        let page = ana.get(&format!("{HERE}/{page}")).await;
        assert!(page.status == 200 && page.says("Admin kantor sedang menyiapkannya."), "{}", page.body);
    }
    connects_a_number(&sari).await;
    assert!(sari.get(&format!("{HERE}/pengaturan")).await.says("Buka kantor"));
    assert_eq!(sari.post(&format!("{HERE}/pengaturan/buka"), &[]).await.status, 303);
    assert!(!ana.get(&format!("{HERE}/antrean")).await.says("belum buka"));
    let board = ntt.get(BOARD).await;
    assert!(board.says("2 kantor: 2 aktif.") && !board.says("Undangan admin pertama"), "{}", board.body);
}

/// The rows of the office that was entered.
struct NewOffice<'a>(&'a TestApp, loket_core::id::OfficeId);

async fn new_office(app: &TestApp) -> NewOffice<'_> {
    let office = offices(app).await.into_iter().find(|office| office.slug == "kab-kupang").unwrap();
    NewOffice(app, office.id)
}

impl NewOffice<'_> {
    async fn rows<E: loket_entity::TenantOwned>(&self) -> Vec<E::Model>
    where
        E::Model: Sync,
    {
        let actor = Actor::System(SystemReason::Ingest);
        let cx = loket::infra::Cx::read(&self.0.house, self.1, actor).await.unwrap();
        cx.tx().find::<E>().up_to(1_000).await.unwrap()
    }
}

async fn what_the_directory_does_not_take_is_refused_in_words(app: &TestApp) {
    let ntt = ntt(app).await;
    let before = offices(app).await.len();
    for (changes, words) in [
        (&[("region", "5371")][..], "Wilayah ini sudah punya kantor dari jenis yang sama."),
        (&[("path", "kota-kupang")], "Nama alamat ini sudah dipakai kantor lain."),
        (&[("path", "Kab Kupang")], "Nama alamat terdiri atas 3 sampai 40 huruf kecil"),
        (&[("code", "KPG")], "Kode nomor permohonan ini sudah dipakai kantor lain."),
        (&[("code", "K1")], "Kode nomor permohonan terdiri atas 2 sampai 4 huruf besar."),
        (&[("name", " ")], "Nama kantor belum diisi"),
        (&[("zone", "GMT")], "Pilih zona waktu dari daftar."),
        (&[("admin_name", "")], "Nama belum diisi."),
        (&[("admin_email", "bukan surel")], "Alamat surel tidak sesuai"),
        (&[("admin_email", "provinsi.ntt@loket.test")], "Peran sendiri tidak dapat diubah."),
    ] {
        let refused = enters(&ntt, changes).await;
        assert!(refused.status == 422 && refused.says(words), "{words}: {}", refused.body);
    }
    assert_eq!(offices(app).await.len(), before, "nothing was entered");
    assert!(app.above::<invitation::Entity>().await.unwrap().is_empty());
    app.settles().await;
    assert!(app.mailer.kept().is_empty());
    // Twice the same, and a kecamatan office beside the Dinas of the same place.
    assert_eq!(enters(&ntt, &[]).await.status, 303);
    let again = enters(&ntt, &[("path", "kab-kupang-dua"), ("code", "KUPD")]).await;
    assert!(again.says("sudah punya kantor dari jenis yang sama"), "{}", again.body);
    let kecamatan = [("kind", "kecamatan"), ("region", "530104"), ("path", "kec-semau"), ("code", "SMU")];
    assert_eq!(enters(&ntt, &kecamatan).await.status, 303);
}

async fn a_province_enters_nothing_outside_of_itself(app: &TestApp) {
    let banten = app.officer("provinsi.banten").await;
    banten.get("/provinsi/36/kantor/baru").await;
    assert_eq!(banten.get(FORM).await.status, 404);
    assert_eq!(banten.post(FORM, &OFFICE).await.status, 404);
    let own = banten.post("/provinsi/36/kantor/baru", &OFFICE).await;
    assert_eq!(own.status, 404, "an area of another province is none of this one's: {}", own.body);
    assert_eq!(banten.get("/provinsi/36/kantor/baru?wilayah=5301").await.status, 404);
    let kupang = app.office("kota-kupang").id.to_string();
    let letter = [("office", &*kupang), ("name", "Sari Wulandari"), ("email", SARI)];
    assert_eq!(banten.post("/provinsi/36/kantor/undang", &letter).await.status, 404);
    let admin = app.officer("admin@kota-kupang").await;
    admin.get("/sesi").await;
    for path in [FORM, "/platform/kantor/baru"] {
        assert_eq!(admin.get(path).await.status, 404, "{path}");
        assert_eq!(admin.post(path, &OFFICE).await.status, 404, "{path}");
        assert_eq!(app.visitor().get(path).await.status, 303, "{path}");
    }
    assert_eq!(offices(app).await.len(), 5);
}

async fn a_kecamatan_is_found_by_its_name_or_its_kabupaten(app: &TestApp) {
    let ntt = ntt(app).await;
    let start = ntt.get(&format!("{FORM}?jenis=kecamatan")).await;
    assert!(start.says("Pilih kabupaten/kota, atau ketik nama kecamatannya."), "{}", start.body);
    let found = ntt.get(&format!("{FORM}?jenis=kecamatan&cari=oebobo")).await;
    assert!(found.says("Oebobo") && found.says("Kota Kupang") && !found.says("Alak"), "{}", found.body);
    let found = ntt.get(&format!("{FORM}?jenis=kecamatan&kabupaten=5371")).await;
    assert!(found.says("Oebobo") && found.says("Alak") && !found.says("Semau"), "{}", found.body);
    assert!(ntt.get(&format!("{FORM}?jenis=kecamatan&cari=tigaraksa")).await.says("Tidak ada wilayah"));
    let many = ntt.get(&format!("{FORM}?jenis=kecamatan&cari=a")).await;
    assert!(many.says("wilayah lain. Persempit pencarian."), "{}", many.body);
    let form = ntt.get(&format!("{FORM}?jenis=kecamatan&wilayah=537103")).await;
    assert!(form.says("Kantor kecamatan") && form.body.contains("value=\"kec-"), "{}", form.body);
}

async fn whoever_runs_loket_enters_an_office_of_any_province(app: &TestApp) {
    let platform = app.officer("platform").await;
    let form = "/platform/kantor/baru";
    assert!(platform.get(form).await.says("Pilih provinsi"));
    assert!(platform.get(&format!("{form}?provinsi=11")).await.says("Kabupaten Aceh Selatan"));
    let there = platform.get(&format!("{form}?provinsi=11&jenis=dinas&wilayah=1101")).await;
    assert!(there.body.contains("value=\"kab-aceh-selatan\""), "{}", there.body);
    let changes = [("region", "1101"), ("path", "kab-aceh-selatan"), ("code", "ACS"), ("zone", "WIB")];
    let fields = [with(&changes), vec![("province", "11")]].concat();
    let done = platform.post(form, &fields).await;
    assert_eq!(done.location.as_deref(), Some("/platform"), "{}", done.body);
    let board = platform.get("/platform").await;
    assert!(board.says("Belum buka") && board.says("Undangan admin pertama dikirim"), "{}", board.body);
    let row = offices(app).await.into_iter().find(|office| office.slug == "kab-aceh-selatan").unwrap();
    assert_eq!((row.status, row.village_word.as_str()), (OfficeStatus::New, "gampong"));
    assert!(row.letterhead.starts_with("PEMERINTAH KABUPATEN ACEH SELATAN\n"), "{}", row.letterhead);
    let again = [("office", &*row.id.to_string()), ("name", "Ana"), ("email", "ana@kantor-baru.test")];
    assert_eq!(platform.post("/platform/kantor/undang", &again).await.status, 303);
    app.settles().await;
    assert!(app.letter_to("ana@kantor-baru.test").text.contains("sebagai Admin kantor"));
}

async fn the_first_admin_is_written_to_again_until_somebody_administers(app: &TestApp) {
    let ntt = ntt(app).await;
    enters(&ntt, &[]).await;
    app.settles().await;
    let first = app.link_to(SARI);
    let id = new_office(app).await.1.to_string();
    let letter = [("office", &*id), ("name", "Ana Bere"), ("email", "ana@kantor-baru.test")];
    ntt.get(BOARD).await;
    assert_eq!(ntt.post("/provinsi/53/kantor/undang", &letter).await.status, 303);
    app.settles().await;
    assert_eq!(app.visitor().get(&first).await.status, 410, "the first letter opens nothing any more");
    let ana = app.visitor();
    assert_eq!(joins(&ana, &app.link_to("ana@kantor-baru.test")).await.status, 303);
    app.settles().await;
    let late = [("office", &*id), ("name", "Sari"), ("email", SARI)];
    let late = ntt.post("/provinsi/53/kantor/undang", &late).await;
    assert!(late.status == 422 && late.says("Kantor ini sudah punya admin."), "{}", late.body);
    let running = app.office("kota-kupang").id.to_string();
    let running = [("office", &*running), ("name", "Sari"), ("email", SARI)];
    assert_eq!(ntt.post("/provinsi/53/kantor/undang", &running).await.status, 422, "nor one that runs");
}

async fn who_oversees_the_province_no_more_has_invited_nobody(app: &TestApp) {
    enters(&ntt(app).await, &[]).await;
    app.settles().await;
    let province = user(app, "provinsi.ntt@loket.test");
    let rows = app.above::<membership::Entity>().await.unwrap();
    let seat = rows.into_iter().find(|row| row.account_id == province).unwrap().id;
    loket::domain::accounts::withdraw(&app.house, By::System, seat).await.unwrap();
    assert_eq!(joins(&app.visitor(), &app.link_to(SARI)).await.status, 410);
}
