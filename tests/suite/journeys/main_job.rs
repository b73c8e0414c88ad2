//! The main job: a lost KTP, from the citizen's line to the card that is handed over.

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::phone::Phone;

use super::{KTP_LOST, SITI, Stage, looks_well};

const CARD: &str = "Kartu Keluarga";
const LETTER: &str = "Surat kehilangan dari kepolisian";
const DESK: &str = "Loket 3, kantor Disdukcapil";

#[tokio::test]
async fn a_lost_ktp_is_replaced_at_a_desk_on_sqlite() -> Result<(), Trouble> {
    a_lost_ktp_is_replaced_at_a_desk(&Stage::on_sqlite().await?).await
}

#[tokio::test]
async fn a_lost_ktp_is_replaced_at_a_desk_on_postgres() -> Result<(), Trouble> {
    a_lost_ktp_is_replaced_at_a_desk(&Stage::on_postgres().await?).await
}

async fn a_lost_ktp_is_replaced_at_a_desk(stage: &Stage) -> Result<(), Trouble> {
    let siti = stage.phone(SITI, "kab-tangerang", "KTP")?;
    let dewi = stage.officer("kab-tangerang", "operator.ktp", Screen::Desk).await?;
    dewi.sees("Tidak ada yang menunggu").await?;
    looks_well(&dewi).await?;
    let receipt = sends_line_and_photos(&siti).await?;
    // The queue shows it without being asked again.
    let dewi = dewi.with_patience(std::time::Duration::from_secs(25));
    dewi.sees(&receipt).await?;
    dewi.sees("1 menunggu giliran").await?;
    dewi.types("a").await?;
    works_on_it(&dewi, &siti, &receipt).await?;
    hears_every_step(&siti, &receipt).await?;
    dewi.leaves().await
}

#[tokio::test]
async fn a_lost_ktp_is_replaced_on_a_telephone_without_scripts() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let siti = stage.phone(SITI, "kab-tangerang", "KTP")?;
    let receipt = sends_line_and_photos(&siti).await?;
    let dewi = Person::arrives("Dewi", Screen::Phone).await?;
    dewi.without_javascript().await?;
    stage.sign_in(&dewi, stage.account("kab-tangerang", "operator.ktp")?).await?;
    dewi.sees(&receipt).await?;
    looks_well(&dewi).await?;
    dewi.presses("Ambil berikutnya").await?;
    works_on_it(&dewi, &siti, &receipt).await?;
    hears_every_step(&siti, &receipt).await?;
    dewi.leaves().await
}

/// What Siti does; gives the number she is told.
async fn sends_line_and_photos(siti: &Phone) -> Result<String, Trouble> {
    siti.says(KTP_LOST).await?;
    let notice = siti.hears("Mohon simpan nomor ini").await?.text.unwrap_or_default();
    assert!(notice.contains(CARD) && notice.contains(LETTER), "{notice}");
    siti.sends("kk").await?;
    siti.sends("ktp_rusak").await?;
    receipt_in(&notice)
}

/// The officer's part, from the request that was just taken to the card that is handed over.
async fn works_on_it(dewi: &Person, siti: &Phone, receipt: &str) -> Result<(), Trouble> {
    dewi.sees("Permohonan ini Bapak/Ibu tangani.").await?;
    dewi.sees(receipt).await?;
    // A telephone shows one panel; on a desk the tabs are not there and all three are.
    let narrow = dewi.reads().await?.contains("Percakapan Berkas Data");
    shows(dewi, narrow, "Berkas").await?;
    dewi.presses_beside(CARD, "Terima").await?;
    dewi.sees("Berkas diterima.").await?;
    looks_well(dewi).await?;
    shows(dewi, narrow, "Berkas").await?;
    dewi.presses_beside(LETTER, "Tolak").await?;
    dewi.ticks("Salah dokumen").await?;
    dewi.presses_beside(LETTER, "Tolak berkas ini").await?;
    dewi.sees("Berkas ditolak.").await?;
    dewi.presses("Minta kelengkapan").await?;
    dewi.sees("bukan dokumen yang diminta").await?;
    dewi.confirms("Minta kelengkapan").await?;
    dewi.sees("Permintaan berkas dikirim kepada warga.").await?;
    dewi.sees("Menunggu warga").await?;
    let asked = siti.hears("masih memerlukan perbaikan").await?.text.unwrap_or_default();
    assert!(asked.contains(&format!("{LETTER} bukan dokumen yang diminta")), "{asked}");
    assert!(!asked.contains(CARD), "what was accepted is not asked for again: {asked}");

    siti.sends("surat_kehilangan").await?;
    comes_back(dewi, receipt).await?;
    shows(dewi, narrow, "Berkas").await?;
    dewi.presses_beside(LETTER, "Terima").await?;
    dewi.sees("Berkas diterima.").await?;
    dewi.presses("Nyatakan berkas lengkap").await?;
    dewi.sees("telah dinyatakan lengkap").await?;
    dewi.confirms("Nyatakan berkas lengkap").await?;
    dewi.sees("Berkas dinyatakan lengkap, warga diberi tahu.").await?;
    dewi.presses("Tandai siap diambil").await?;
    dewi.fills("Tempat pengambilan", DESK).await?;
    dewi.confirms("Tandai siap diambil").await?;
    dewi.sees("Siap diambil, warga diberi tahu.").await?;
    looks_well(dewi).await?;
    dewi.presses("Sudah diserahkan").await?;
    dewi.ticks("Pemohon sendiri").await?;
    dewi.chooses("Yang diperlihatkan penerima", "KTP-el").await?;
    dewi.confirms("Sudah diserahkan").await?;
    dewi.sees("Permohonan selesai, warga diberi tahu.").await?;
    dewi.sees("telah diserahkan").await?;
    looks_well(dewi).await
}

async fn shows(dewi: &Person, narrow: bool, panel: &str) -> Result<(), Trouble> {
    if narrow { dewi.ticks(panel).await } else { Ok(()) }
}

/// The request waits for the office again once the photo has been fetched.
async fn comes_back(dewi: &Person, receipt: &str) -> Result<(), Trouble> {
    for _ in 0..20 {
        dewi.opens(&dewi.address().await?).await?;
        let page = dewi.reads().await?;
        assert!(page.contains(receipt), "{page}");
        if !page.contains("Menunggu kiriman warga") && !page.contains("sedang diambil") {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    Err("the request still waits for the citizen".into())
}

/// What the phone shows at the end, in order.
async fn hears_every_step(siti: &Phone, receipt: &str) -> Result<(), Trouble> {
    siti.hears("telah diserahkan").await?;
    let messages = siti.messages().await?;
    let heard: Vec<_> = messages
        .iter()
        .filter(|one| one.direction == "received")
        .filter_map(|one| one.text.as_deref())
        .collect();
    let steps = [
        "Mohon simpan nomor ini",
        "masih memerlukan perbaikan",
        "telah dinyatakan lengkap",
        "sudah siap diambil",
        "telah selesai",
    ];
    assert_eq!(heard.len(), steps.len(), "{heard:?}");
    for (text, step) in heard.iter().zip(steps) {
        assert!(text.contains(step) && text.contains(receipt), "{step}: {text}");
    }
    assert!(heard.iter().any(|text| text.contains(DESK)), "{heard:?}");
    Ok(())
}

/// `TNG-2611-00042-K` out of a message.
pub(super) fn receipt_in(text: &str) -> Result<String, Trouble> {
    let words = text.split(|c: char| c.is_whitespace() || "*.,()".contains(c));
    let mut receipts = words.filter(|word| word.matches('-').count() == 3 && word.len() > 12);
    receipts.next().map(str::to_owned).ok_or_else(|| format!("no receipt number in: {text}").into())
}
