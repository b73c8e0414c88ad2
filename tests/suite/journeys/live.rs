//! What happens while an officer looks: it appears by itself, and takes no word, no place and no focus away.

use std::time::Duration;

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{KTP_LOST, SITI, Stage, looks_well};

const MARIA: &str = "628003603002";
const WORDS: &str = "Baik Ibu, kami periksa dahulu";

#[tokio::test]
async fn what_changes_appears_by_itself_and_takes_nothing_away() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let siti = stage.phone(SITI, "kab-tangerang", "KTP")?;
    let dewi = stage.officer("kab-tangerang", "operator.ktp", Screen::Desk).await?;
    // Shorter than the slow look that goes on without a stream.
    let dewi = dewi.with_patience(Duration::from_secs(8));
    dewi.sees("Tidak ada yang menunggu").await?;
    dewi.evaluates("window.notReloaded = true").await?;
    siti.says(KTP_LOST).await?;
    let receipt = siti.hears("Mohon simpan nomor ini").await?.text.unwrap_or_default();
    let receipt = super::main_job::receipt_in(&receipt)?;
    dewi.sees(&receipt).await?;
    dewi.sees("1 menunggu giliran").await?;
    assert_eq!(dewi.evaluates("window.notReloaded").await?, true, "the page was not loaded again");
    // For who does not see it.
    dewi.sees("Antrean diperbarui: 1 permohonan baru").await?;

    // A row that is stood on stays so when another comes.
    dewi.types("j").await?;
    stage.phone(MARIA, "kab-tangerang", "KTP")?.says(KTP_LOST).await?;
    dewi.sees("2 menunggu giliran").await?;
    let row = dewi.evaluates("document.activeElement.textContent").await?;
    assert_eq!(row, receipt.as_str(), "the focus stays on the row");
    looks_well(&dewi).await?;

    dewi.types("Enter").await?;
    dewi.presses("Ambil dan periksa").await?;
    dewi.sees("Permohonan ini Bapak/Ibu tangani.").await?;
    dewi.fills("Balasan untuk warga", WORDS).await?;
    siti.says("Terima kasih, apakah fotonya sudah jelas?").await?;
    dewi.sees("apakah fotonya sudah jelas").await?;
    siti.sends("kk").await?;
    dewi.sees("belum diperiksa").await?;
    let typed = dewi.evaluates("document.querySelector('#pesan').value").await?;
    assert_eq!(typed, WORDS, "words that are being typed stay");
    let focus = dewi.evaluates("document.activeElement.id").await?;
    assert_eq!(focus, "pesan", "and so does the focus");

    // Who reads further up is not moved, but told.
    siti.says(&format!("{}Begitu.", "Saya tambahkan keterangan. ".repeat(60))).await?;
    dewi.sees("Begitu.").await?;
    dewi.evaluates("document.querySelector('.panel__scroll').scrollTop = 0").await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    siti.says("Mohon dibalas").await?;
    dewi.sees("1 pesan baru").await?;
    assert_eq!(dewi.evaluates("document.querySelector('.panel__scroll').scrollTop").await?, 0);
    dewi.presses("1 pesan baru").await?;
    dewi.no_longer_sees("1 pesan baru").await?;
    looks_well(&dewi).await?;
    dewi.leaves().await
}
