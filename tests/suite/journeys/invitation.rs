//! An administrator invites, the letter arrives at a mail server, and the invited officer works.

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::smtp_sink::SmtpSink;

use super::{KTP_LOST, SITI, Stage, looks_well};

const SARI: &str = "sari.wulandari@kantor-baru.test";
const SANDI: &str = "kalimat yang mudah diingat";

#[tokio::test]
async fn an_invited_officer_makes_a_password_and_sees_the_queue() -> Result<(), Trouble> {
    let sink = SmtpSink::start().await?;
    let stage = Stage::writing_to(sink.address).await?;
    let admin = stage.officer("kab-tangerang", "admin", Screen::Desk).await?;
    admin.opens(&stage.url("/kantor/kab-tangerang/pengaturan")).await?;
    admin.sees("petugas aktif").await?;
    looks_well(&admin).await?;
    admin.opens(&stage.url("/kantor/kab-tangerang/pengaturan/petugas")).await?;
    looks_well(&admin).await?;
    admin.presses("Undang petugas").await?;
    admin.fills("Surel", SARI).await?;
    admin.fills("Nama", "Sari Wulandari").await?;
    admin.chooses("Peran", "Operator").await?;
    looks_well(&admin).await?;
    admin.presses("Kirim undangan").await?;
    admin.sees("Undangan dikirim.").await?;
    let letters = sink.receives(1).await?;
    let letter = letters.first().ok_or("no letter")?;
    assert_eq!(letter.to, [SARI]);
    let link = link_in(&letter.text).ok_or("no link in the letter")?;
    let sari = Person::arrives("Sari", Screen::Phone).await?;
    sari.opens(&link).await?;
    looks_well(&sari).await?;
    sari.fills("Kata sandi", SANDI).await?;
    sari.fills("Ulangi kata sandi", SANDI).await?;
    sari.presses("Buat akun").await?;
    sari.sees("Akun sudah dibuat.").await?;
    sari.fills("Surel", SARI).await?;
    sari.fills("Kata sandi", SANDI).await?;
    sari.presses("Masuk").await?;
    sari.sees("Antrean").await?;
    let siti = stage.phone(SITI, "kab-tangerang", "KTP")?;
    siti.says(KTP_LOST).await?;
    siti.hears("TNG-").await?;
    sari.opens(&stage.url("/kantor/kab-tangerang/antrean")).await?;
    sari.presses("Ambil berikutnya").await?;
    sari.sees("SITI AMINAH").await?;
    looks_well(&sari).await?;
    admin.opens(&stage.url("/kantor/kab-tangerang/pengaturan/petugas")).await?;
    admin.sees("Sari Wulandari").await?;
    sari.leaves().await?;
    admin.leaves().await
}

/// The address in the plain part of a letter, whose long lines the mail may have folded with `=`.
fn link_in(text: &str) -> Option<String> {
    let whole = text.replace("=\n", "").replace("=3D", "=");
    whole.lines().find(|line| line.starts_with("http") && line.contains("/undangan/")).map(str::to_owned)
}
