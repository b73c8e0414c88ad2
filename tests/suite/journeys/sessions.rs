//! Signing in and out, on one device and on all of them.

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};

use super::{Stage, looks_well};

#[tokio::test]
async fn signing_out_everywhere_puts_the_second_browser_out() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let desk = stage.officer("kab-tangerang", "operator.ktp", Screen::Desk).await?;
    let home = stage.officer("kab-tangerang", "operator.ktp", Screen::Phone).await?;
    home.sees("Antrean").await?;
    desk.opens(&stage.url("/sesi")).await?;
    desk.sees("perangkat ini").await?;
    desk.sees("Keluarkan").await?;
    looks_well(&desk).await?;
    desk.presses("Keluar dari semua perangkat").await?;
    desk.confirms("Keluar dari semua perangkat").await?;
    desk.sees("Kata sandi").await?;
    home.opens(&stage.url("/kantor/kab-tangerang/antrean")).await?;
    home.sees("Kata sandi").await?;
    assert!(!home.reads().await?.contains("Ambil berikutnya"));
    desk.opens(&stage.url("/kantor/kab-tangerang/antrean")).await?;
    desk.sees("Kata sandi").await?;
    desk.leaves().await?;
    home.leaves().await
}

#[tokio::test]
async fn a_wrong_password_says_nothing_about_the_address() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let mut sentences = Vec::new();
    for email in ["operator.ktp@kab-tangerang.loket.test", "tidak.ada@kab-tangerang.loket.test"] {
        let person = Person::arrives("a stranger", Screen::Phone).await?;
        person.opens(&stage.url("/masuk")).await?;
        person.fills("Surel", email).await?;
        person.fills("Kata sandi", "bukan-kata-sandinya").await?;
        person.presses("Masuk").await?;
        person.sees("tidak").await?;
        let page = person.reads().await?;
        assert!(!page.contains("Antrean"), "{page}");
        sentences.push(page);
        person.leaves().await?;
    }
    assert_eq!(sentences.first(), sentences.last());
    Ok(())
}
