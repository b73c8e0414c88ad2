//! What scripts add for somebody who writes all day: words that outlast a reload, and keys that list themselves.

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{Stage, looks_well};

const MARIA: &str = "628005371001";
const DRAFTS: &str = "Object.keys(sessionStorage).filter((key) => key.startsWith('loket-draft-')).length";
const WRITTEN: &str = "document.querySelector('#pesan').value";

#[tokio::test]
async fn unsent_words_stay_in_the_tab_until_they_are_sent() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let maria = stage.phone(MARIA, "kota-kupang", "NIK")?;
    maria.says("Selamat pagi, NIK saya ditolak waktu mendaftar BPJS.").await?;
    maria.hears("akan dijawab oleh petugas").await?;

    let adriana = stage.officer("kota-kupang", "operator.nik", Screen::Desk).await?;
    adriana.presses("Percakapan").await?;
    adriana.presses("M**** L****").await?;
    adriana.fills("Balasan untuk warga", "Baik Ibu, kami periksa.").await?;
    adriana.opens(&adriana.address().await?).await?;
    adriana.sees("Selamat pagi").await?;
    assert_eq!(adriana.evaluates(WRITTEN).await?, "Baik Ibu, kami periksa.");
    adriana.presses("Kirim").await?;
    maria.hears("kami periksa").await?;
    adriana.sees("Baik Ibu, kami periksa.").await?;
    assert_eq!(adriana.evaluates(WRITTEN).await?, "");
    assert_eq!(adriana.evaluates(DRAFTS).await?, 0);

    adriana.types("?").await?;
    adriana.sees("Mengirim balasan").await?;
    adriana.types("Escape").await?;
    adriana.no_longer_sees("Mengirim balasan").await?;
    looks_well(&adriana).await?;
    adriana.leaves().await
}
