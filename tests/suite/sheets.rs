//! Many requests at once, from a sheet that somebody handed in at the counter.

use loket_core::request::Channel;
use loket_entity::{request, service, variant};
use loket_tests::{
    app::TestApp,
    on_both_databases,
    people::{Officer, Page},
};

const TANGERANG: &str = "kab-tangerang";
const SHEET: &str = "/kantor/kab-tangerang/permohonan/lembar";
const NOTHING: (&str, &str, &[u8]) = ("file", "", b"");
const HEADING: &str = "NIK,Nomor KK,Nama,Desa,Kecamatan";

on_both_databases!(
    a_sheet_is_looked_at_and_then_opened_row_by_row,
    nothing_is_opened_while_a_row_is_wrong,
    a_sheet_that_is_sent_twice_opens_nothing_twice,
    two_who_press_at_once_open_it_once,
    numbers_that_a_spreadsheet_has_rounded_are_refused,
    a_file_of_a_spreadsheet_is_read,
    the_sample_has_the_columns_of_the_format,
    a_sheet_holds_only_what_its_officer_reaches,
);

async fn ktp(app: &TestApp) -> String {
    let rows = app.rows::<service::Entity>(TANGERANG).await.unwrap();
    let ktp = rows.into_iter().find(|row| row.code == "KTP").unwrap().id;
    let variants = app.rows::<variant::Entity>(TANGERANG).await.unwrap();
    variants.into_iter().find(|row| row.service_id == ktp && row.code == "hilang").unwrap().id.to_string()
}

async fn dewi(app: &TestApp) -> Officer {
    let dewi = app.officer("operator.ktp@kab-tangerang").await;
    dewi.get(SHEET).await;
    dewi
}

async fn hands(app: &TestApp, officer: &Officer, (text, action): (&str, &str)) -> Page {
    let service = ktp(app).await;
    let fields = [
        ("service", service.as_str()),
        ("channel", "loket"),
        ("from", "Desa Pete"),
        ("text", text),
        ("action", action),
    ];
    officer.uploads(SHEET, &fields, NOTHING).await
}

async fn requests(app: &TestApp) -> Vec<request::Model> {
    app.rows::<request::Entity>(TANGERANG).await.unwrap()
}

fn two_rows() -> String {
    format!(
        "{HEADING}\n3603036502909001,3603031203159001,Siti Aminah,Pete,Tigaraksa\n\
         3603031005909002,3603031203159002,Budi Santoso,Pete,Tigaraksa\n"
    )
}

async fn a_sheet_is_looked_at_and_then_opened_row_by_row(app: &TestApp) {
    let (dewi, before) = (dewi(app).await, requests(app).await.len());
    let looked = hands(app, &dewi, (&two_rows(), "periksa")).await;
    assert_eq!(looked.status, 200, "{}", looked.body);
    assert!(looked.says("Buat 2 permohonan") && looked.says("SITI AMINAH"), "{}", looked.body);
    assert_eq!(requests(app).await.len(), before, "looking opens nothing");
    let opened = hands(app, &dewi, (&two_rows(), "buat")).await;
    assert!(opened.status == 200 && opened.says("2 permohonan dibuat."), "{}", opened.body);
    let rows = requests(app).await;
    assert_eq!(rows.len(), before + 2);
    let new: Vec<_> = rows.iter().filter(|row| opened.body.contains(&row.receipt)).collect();
    assert_eq!(new.len(), 2, "each has a receipt of its own");
    assert!(new.iter().all(|row| row.channel == Channel::Counter && row.nik_idx.is_some()));
    let seen = dewi.get(&format!("/kantor/{TANGERANG}/permohonan/{}", new[0].id)).await;
    assert!(seen.says("Diserahkan oleh") && seen.says("Desa Pete"), "{}", seen.body);
}

async fn nothing_is_opened_while_a_row_is_wrong(app: &TestApp) {
    let (dewi, before) = (dewi(app).await, requests(app).await.len());
    let text = format!(
        "{HEADING}\n3603036502909001,3603031203159001,Siti Aminah,Pete,Tigaraksa\n\
         3,60304E+15,3603031203159002,Budi,Pete,Tigaraksa\n"
    );
    let shifted = hands(app, &dewi, (&text, "buat")).await;
    assert_eq!(shifted.status, 422, "{}", shifted.body);
    let text = format!(
        "{HEADING}\n3603036502909001,3603031203159001,Siti Aminah,Pete,Tigaraksa\n\
         \"3,60304E+15\",3603031203159002,Budi,Antah,Tigaraksa\n\
         3603036502909001,3603031203159001,Siti Aminah,Pete,Tigaraksa\n"
    );
    let wrong = hands(app, &dewi, (&text, "buat")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.says("NIK tersimpan sebagai bilangan"), "{}", wrong.body);
    assert!(wrong.says("Sama dengan baris 2.") && wrong.says("Belum ada permohonan yang dibuat."));
    assert!(
        wrong.body.contains("3603036502909001,3603031203159001"),
        "what was handed over stays in the page"
    );
    let unknown = hands(app, &dewi, ("NIK,Agama\n1,2", "buat")).await;
    assert!(unknown.status == 422 && unknown.says("Kolom “Agama” tidak dikenal."), "{}", unknown.body);
    assert_eq!(requests(app).await.len(), before);
}

async fn a_sheet_that_is_sent_twice_opens_nothing_twice(app: &TestApp) {
    let dewi = dewi(app).await;
    hands(app, &dewi, (&two_rows(), "buat")).await;
    let before = requests(app).await.len();
    let again = hands(app, &dewi, (&two_rows(), "buat")).await;
    assert!(
        again.status == 422 && again.says("Orang ini baru saja punya permohonan yang sama."),
        "{}",
        again.body
    );
    assert_eq!(requests(app).await.len(), before);
    app.waits(24 * 60 + 1);
    let dewi = self::dewi(app).await;
    assert!(hands(app, &dewi, (&two_rows(), "periksa")).await.says("Buat 2 permohonan"));
}

async fn a_file_of_a_spreadsheet_is_read(app: &TestApp) {
    let dewi = dewi(app).await;
    let service = ktp(app).await;
    let fields = [("service", service.as_str()), ("channel", "loket"), ("action", "buat")];
    let file = format!("\u{feff}{}", two_rows().replace(',', ";").replace('\n', "\r\n"));
    let before = requests(app).await.len();
    let looked = dewi.uploads(SHEET, &fields, ("file", "desa.csv", file.as_bytes())).await;
    assert!(looked.status == 200 && looked.says("Buat 2 permohonan"), "{}", looked.body);
    assert_eq!(requests(app).await.len(), before, "a file is looked at first, whatever was pressed");
    let odd = dewi.uploads(SHEET, &fields, ("file", "desa.xls", &[0xd0, 0xcf, 0x11, 0xe0])).await;
    assert!(odd.status == 422 && odd.says("Simpan sebagai"), "{}", odd.body);
    assert!(odd.says("Periksa lembar"), "the form is still there: {}", odd.body);
    let padded = format!("{}{}", two_rows(), ";;;;\n".repeat(20_000));
    let looked = dewi.uploads(SHEET, &fields, ("file", "desa.csv", padded.as_bytes())).await;
    assert!(looked.says("Buat 2 permohonan") && !looked.body.contains(";;;;"), "{}", looked.body);
}

async fn the_sample_has_the_columns_of_the_format(app: &TestApp) {
    let (dewi, service) = (dewi(app).await, ktp(app).await);
    let page = dewi.get(&format!("{SHEET}?service={service}")).await;
    assert!(page.says("Unduh contoh lembar") && page.says("Kolom: NIK,"), "{}", page.body);
    let sample = dewi.get(&format!("{SHEET}/contoh.csv?service={service}")).await;
    assert!(sample.body.contains("\"NIK\",\"Nomor KK\""), "{}", sample.body);
}

async fn a_sheet_holds_only_what_its_officer_reaches(app: &TestApp) {
    let agus = app.officer("operator.kk@kab-tangerang").await;
    agus.get(SHEET).await;
    let before = requests(app).await.len();
    let refused = hands(app, &agus, (&two_rows(), "buat")).await;
    assert!(!refused.says("permohonan dibuat"), "{}", refused.body);
    assert_eq!(requests(app).await.len(), before, "KTP is not his service");
}

async fn two_who_press_at_once_open_it_once(app: &TestApp) {
    let dewi = dewi(app).await;
    let service = ktp(app).await;
    let looked = hands(app, &dewi, (&two_rows(), "periksa")).await;
    let key =
        looked.body.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let text = two_rows();
    let fields = [
        ("service", service.as_str()),
        ("channel", "loket"),
        ("key", key.as_str()),
        ("text", text.as_str()),
        ("action", "buat"),
    ];
    let before = requests(app).await.len();
    let press = || dewi.uploads(SHEET, &fields, NOTHING);
    let (first, second) = tokio::join!(press(), press());
    let done = [&first, &second].iter().filter(|page| page.says("2 permohonan dibuat.")).count();
    assert_eq!(done, 1, "{} {}", first.status, second.status);
    assert!([first.status, second.status].contains(&reqwest::StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(requests(app).await.len(), before + 2);
    assert!(press().await.says("Lembar ini sudah dibuat sebelumnya."));
}

async fn numbers_that_a_spreadsheet_has_rounded_are_refused(app: &TestApp) {
    let text = format!(
        "{HEADING}\n3603036502909010,3603031203159001,Siti Aminah,Pete,Tigaraksa\n\
         3603031005909020,3603031203159002,Budi Santoso,Pete,Tigaraksa\n"
    );
    let dewi = dewi(app).await;
    let page = hands(app, &dewi, (&text, "periksa")).await;
    assert!(page.status == 422 && page.says("NIK tersimpan sebagai bilangan"), "{}", page.body);
    assert!(!page.says("Nomor KK tersimpan"));
}
