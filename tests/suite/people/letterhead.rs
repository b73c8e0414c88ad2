//! The head of an office's letters: written, drawn, printed and mailed.

use loket_entity::{file, office};
use loket_tests::{app::TestApp, on_both_databases};

use super::{SARI, admin, invites};

const PROFILE: &str = "/kantor/kab-tangerang/pengaturan/profil";
const UPLOAD: &str = "/kantor/kab-tangerang/pengaturan/profil/logo";
const LOGO: &str = "/kantor/kab-tangerang/logo";
/// A picture of one dot.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

on_both_databases!(
    what_an_admin_writes_stands_at_the_head_of_prints_and_at_the_foot_of_mails,
    a_logo_is_a_picture_by_its_content_and_one_at_a_time,
);

async fn what_an_admin_writes_stands_at_the_head_of_prints_and_at_the_foot_of_mails(app: &TestApp) {
    let admin = admin(app).await;
    assert!(admin.get(PROFILE).await.says("PEMERINTAH KABUPATEN TANGERANG"), "the demonstration's own");
    let fields = [
        ("name", "Disdukcapil Kabupaten Tangerang"),
        ("hours", "08.00–15.00"),
        ("letterhead", "PEMERINTAH DAERAH\r\nDINAS CATATAN SIPIL"),
        ("address", "Jalan Mawar 7\r\nTigaraksa"),
        ("phone", "021-555"),
        ("email", "kantor@mawar.test"),
        ("website", "mawar.test"),
    ];
    assert_eq!(admin.post(PROFILE, &fields).await.status, 303);
    let contact = "Telepon 021-555 · Surel kantor@mawar.test · Situs mawar.test";
    let page = admin.get(PROFILE).await;
    for part in ["PEMERINTAH DAERAH", "kop__name\">DINAS CATATAN SIPIL", "Jalan Mawar 7, Tigaraksa", contact]
    {
        assert!(page.says(part), "{part}: {}", page.body);
    }
    let wrong = [fields.as_slice(), &[]].concat();
    let wrong: Vec<_> = wrong
        .into_iter()
        .map(|(name, value)| (name, if name == "email" { "mawar" } else { value }))
        .collect();
    let refused = admin.post(PROFILE, &wrong).await;
    assert!(refused.status == 422 && refused.says("Alamat surel kantor tidak sesuai"), "{}", refused.body);
    let head = app.officer("kepala@kab-tangerang").await;
    for print in ["ringkasan", "ringkasan/daftar?daftar=masuk"] {
        let page = head.get(&format!("/kantor/kab-tangerang/{print}")).await;
        assert!(page.body.contains("on-paper") && page.says("DINAS CATATAN SIPIL"), "{}", page.body);
    }
    invites(&admin, SARI, &[("role", "operator")]).await;
    app.settles().await;
    let letter = app.letter_to(SARI);
    assert!(letter.text.contains(&format!("\nJalan Mawar 7, Tigaraksa\n{contact}")), "{}", letter.text);
}

async fn a_logo_is_a_picture_by_its_content_and_one_at_a_time(app: &TestApp) {
    let admin = admin(app).await;
    admin.get(PROFILE).await;
    assert_eq!(admin.get(LOGO).await.status, 404, "none yet");
    let large = [PNG, &vec![0; 512 * 1024]].concat();
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    for (name, bytes) in
        [("logo.png", &svg[..]), ("logo.svg", svg), ("logo.png", b"%PDF-1.7"), ("logo.png", &large)]
    {
        admin.get(PROFILE).await;
        let refused = admin.uploads(UPLOAD, &[], ("file", name, bytes)).await;
        let words = "Logo harus gambar PNG atau JPEG, paling besar 512 kB.";
        assert!(refused.status == 422 && refused.says(words), "{}", refused.body);
    }
    assert!(app.rows::<file::Entity>("kab-tangerang").await.unwrap().is_empty());
    for _ in 0..2 {
        let done = admin.uploads(UPLOAD, &[], ("file", "lambang.svg", PNG)).await;
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(
            app.rows::<file::Entity>("kab-tangerang").await.unwrap().len(),
            1,
            "the one before is gone"
        );
    }
    let shown = app.officer("operator.ktp@kab-tangerang").await.get(LOGO).await;
    assert_eq!(shown.status, 200, "everybody who works there prints");
    assert_eq!(shown.headers["content-type"], "image/png");
    assert!(shown.headers["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert!(admin.get(PROFILE).await.path_with("/kantor/kab-tangerang/logo?v=").is_some());
    let neighbour = app.officer("admin@kota-kupang").await;
    assert_eq!(neighbour.get(LOGO).await.status, 404);
    assert_eq!(neighbour.get("/kantor/kota-kupang/logo").await.status, 404);
    let head = app.officer("kepala@kab-tangerang").await;
    head.get("/sesi").await;
    assert_eq!(head.uploads(UPLOAD, &[], ("file", "logo.png", PNG)).await.status, 403);
    admin.get(PROFILE).await;
    assert_eq!(admin.uploads(UPLOAD, &[("remove", "1")], ("file", "", b"")).await.status, 303);
    assert_eq!(admin.get(LOGO).await.status, 404);
    assert!(app.rows::<file::Entity>("kab-tangerang").await.unwrap().is_empty());
    assert!(app.above::<office::Entity>().await.unwrap().iter().all(|row| row.logo_file_id.is_none()));
}
