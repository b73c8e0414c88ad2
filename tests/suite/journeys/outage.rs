//! SIAK goes down: one press stops the clocks, whoever waits hears of it, and the end of it lets everything run again.

use std::time::Duration;

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};

use super::{KTP_LOST, SITI, Stage, looks_well};

const CARD: &str = "Kartu Keluarga";
const LETTER: &str = "Surat kehilangan dari kepolisian";

#[tokio::test]
async fn siak_goes_down_and_comes_back_on_sqlite() -> Result<(), Trouble> {
    siak_goes_down_and_comes_back(&Stage::on_sqlite().await?).await
}

#[tokio::test]
async fn siak_goes_down_and_comes_back_on_postgres() -> Result<(), Trouble> {
    siak_goes_down_and_comes_back(&Stage::on_postgres().await?).await
}

async fn siak_goes_down_and_comes_back(stage: &Stage) -> Result<(), Trouble> {
    let siti = stage.phone(SITI, "kab-tangerang", "KTP")?;
    siti.says(KTP_LOST).await?;
    siti.hears("Mohon simpan nomor ini").await?;
    for photo in ["kk", "surat_kehilangan"] {
        siti.sends(photo).await?;
    }
    let dewi = stage.officer("kab-tangerang", "operator.ktp", Screen::Desk).await?;
    let dewi = dewi.with_patience(Duration::from_secs(20));
    let request = completes(&dewi).await?;
    siti.hears("telah dinyatakan lengkap").await?;

    // One operator has the cards alone; SIAK is out for all.
    let ratna = stage.officer("kab-tangerang", "kabid", Screen::Desk).await?;
    let ratna = ratna.with_patience(Duration::from_secs(20));
    ratna.presses("Gangguan").await?;
    ratna.sees("Tidak ada gangguan yang berlangsung.").await?;
    looks_well(&ratna).await?;
    ratna.presses("SIAK").await?;
    ratna.sees("Gangguan tercatat. Waktu layanan yang terdampak dijeda.").await?;
    ratna.sees("belum disetujui").await?;
    looks_well(&ratna).await?;
    let entry = ratna.address().await?;
    ratna.presses("Kirim kabar").await?;
    ratna.sees("Kabar sedang dikirim.").await?;
    let told = siti.hears("tertunda karena gangguan SIAK").await?.text.unwrap_or_default();
    assert!(told.contains("tidak perlu diajukan ulang"), "{told}");

    dewi.opens(&request).await?;
    dewi.sees("Gangguan SIAK sejak").await?;
    dewi.sees("Mengapa tanggal ini?").await?;
    looks_well(&dewi).await?;
    let visitor = Person::arrives("a citizen", Screen::Phone).await?;
    visitor.without_javascript().await?;
    visitor.opens(&stage.url("/k/kab-tangerang/ajukan")).await?;
    visitor.sees("Saat ini terjadi gangguan SIAK sejak").await?;
    looks_well(&visitor).await?;
    head_approves(stage, &entry).await?;

    ratna.opens(&entry).await?;
    ratna.presses("Nyatakan pulih").await?;
    ratna.sees("Layanan dinyatakan pulih. Tenggat dihitung ulang.").await?;
    ratna.presses("Kirim kabar").await?;
    let told = siti.hears("gangguan SIAK sudah teratasi").await?.text.unwrap_or_default();
    assert!(told.contains("kami lanjutkan."), "{told}");
    dewi.opens(&request).await?;
    dewi.no_longer_sees("Lihat gangguan").await?;
    dewi.sees("gangguan SIAK").await?;
    visitor.opens(&stage.url("/k/kab-tangerang/ajukan")).await?;
    visitor.no_longer_sees("Saat ini terjadi gangguan SIAK").await?;
    visitor.leaves().await?;
    ratna.leaves().await?;
    dewi.leaves().await
}

/// Takes the request, finds its papers good and declares them complete; gives its address.
async fn completes(dewi: &Person) -> Result<String, Trouble> {
    dewi.sees("1 menunggu giliran").await?;
    dewi.presses("Ambil berikutnya").await?;
    dewi.sees("Permohonan ini Bapak/Ibu tangani.").await?;
    for paper in [CARD, LETTER] {
        dewi.presses_beside(paper, "Terima").await?;
        dewi.sees("Berkas diterima.").await?;
    }
    let request = dewi.address().await?;
    dewi.presses("Nyatakan berkas lengkap").await?;
    dewi.confirms("Nyatakan berkas lengkap").await?;
    dewi.sees("Berkas dinyatakan lengkap, warga diberi tahu.").await?;
    Ok(request.split('?').next().unwrap_or_default().to_owned())
}

/// The head looks at it on a telephone without scripts.
async fn head_approves(stage: &Stage, entry: &str) -> Result<(), Trouble> {
    let head = Person::arrives("the head", Screen::Phone).await?;
    head.without_javascript().await?;
    stage.sign_in(&head, stage.account("kab-tangerang", "kepala")?).await?;
    head.opens(entry).await?;
    head.sees("Persetujuan").await?;
    looks_well(&head).await?;
    head.presses("Setujui").await?;
    head.sees("Gangguan disetujui.").await?;
    head.leaves().await
}
