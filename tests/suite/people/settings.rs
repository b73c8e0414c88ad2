//! What an administrator says of the office.

use loket_entity::platform_audit;
use loket_tests::{app::TestApp, on_both_databases};

use super::{INVITE, admin};

on_both_databases!(an_administrator_says_what_the_office_is_and_names_its_units,);

async fn an_administrator_says_what_the_office_is_and_names_its_units(app: &TestApp) {
    let settings = "/kantor/kab-tangerang/pengaturan";
    let (profile, units) = (format!("{settings}/profil"), format!("{settings}/unit"));
    let admin = admin(app).await;
    let page = admin.get(&profile).await;
    assert!(
        page.says("Disdukcapil Kabupaten Tangerang") && page.says("Senin–Kamis 08.00–15.00"),
        "{}",
        page.body
    );
    let empty = admin.post(&profile, &[("name", "Dinas"), ("hours", " ")]).await;
    assert!(empty.status == 422 && empty.says("Jam pelayanan belum diisi."), "{}", empty.body);
    let fields = [
        ("name", "Dinas Dukcapil Tangerang"),
        ("hours", "Setiap hari 08.00–14.00"),
        ("address", "Jalan Atik Suardi 1\r\nTigaraksa"),
        ("letterhead", "PEMERINTAH KABUPATEN TANGERANG"),
    ];
    assert_eq!(admin.post(&profile, &fields).await.status, 303);
    let page = admin.get(&profile).await;
    assert!(page.says("Dinas Dukcapil Tangerang") && page.says("Jalan Atik Suardi 1"), "{}", page.body);
    let kupang = app.officer("admin@kota-kupang").await;
    assert!(!kupang.get("/kantor/kota-kupang/pengaturan/profil").await.says("Atik Suardi"));
    let desk = [("name", "Meja Kecamatan Tigaraksa"), ("kind", "district_desk"), ("district", "360303")];
    assert!(admin.get(&units).await.says("Loket kantor"));
    assert_eq!(admin.post(&units, &desk).await.status, 303);
    let again = admin.post(&units, &desk).await;
    assert!(again.status == 422 && again.says("Nama unit ini sudah dipakai."), "{}", again.body);
    let page = admin.get(&units).await;
    assert!(page.says("Meja kecamatan · Tigaraksa"), "{}", page.body);
    let foreign =
        admin.post(&units, &[("name", "Meja Alak"), ("kind", "branch"), ("district", "537101")]).await;
    assert!(foreign.status == 422 && foreign.says("Pilih wilayah dari daftar"), "{}", foreign.body);
    let row = app.rows::<loket_entity::unit::Entity>("kab-tangerang").await.unwrap();
    let row = row.iter().find(|unit| unit.district_code.is_some()).unwrap();
    let changed = [("name", "UPTD Tigaraksa"), ("kind", "branch"), ("district", "360303")];
    assert_eq!(admin.post(&format!("{units}/{}", row.id), &changed).await.status, 303);
    assert!(admin.get(&units).await.says("UPTD Tigaraksa"));
    assert!(admin.get(INVITE).await.says("UPTD Tigaraksa"), "a role can be narrowed to it");
    let head = app.officer("kepala@kab-tangerang").await;
    for path in [&profile, &units] {
        assert_eq!(head.get(path).await.status, 403);
        assert_eq!(head.post(path, &desk).await.status, 403);
    }
    let trail = app.above::<platform_audit::Entity>().await.unwrap();
    assert!(trail.iter().any(|line| line.action == "office.profile_changed"));
}
