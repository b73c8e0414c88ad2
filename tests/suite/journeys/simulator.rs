//! The phone in the browser: write, attach a sample, see the office's answer.

use std::time::Duration;

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};

use super::{KTP_LOST, Stage, looks_well};

#[tokio::test]
async fn a_visitor_writes_from_the_drawn_phone_and_reads_the_answer() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let visitor = Person::arrives("a visitor", Screen::Desk).await?.with_patience(Duration::from_secs(15));
    visitor.opens(&stage.url("/simulator")).await?;
    visitor.sees("Pilih nomor kantor").await?;
    looks_well(&visitor).await?;
    let number = stage.demo.office(Some("kab-tangerang"))?.numbers.get(1).ok_or("no second number")?;
    visitor.opens(&stage.url(&format!("/simulator/{}?ke={}", super::SITI, number.phone_number_id))).await?;
    visitor.sees("Pesan siap").await?;
    visitor.fills("Pesan", KTP_LOST).await?;
    visitor.presses("Kirim").await?;
    visitor.sees("Mohon simpan nomor ini").await?;
    visitor.presses("Lampirkan").await?;
    visitor.ticks("Foto KK").await?;
    visitor.presses("Kirim").await?;
    visitor.sees("Yang dilakukan server kantor").await?;
    visitor.sees("Balasan dikirim ke ponsel ini").await?;
    looks_well(&visitor).await?;

    // The photo is at the office.
    stage.sign_in(&visitor, stage.account("kab-tangerang", "operator.ktp")?).await?;
    visitor.presses("Ambil berikutnya").await?;
    visitor.sees("Dugaan dari urutan kiriman").await?;
    visitor.sees("0 dari 2").await?;
    visitor.leaves().await
}
