//! An administrator sets what the office offers: copies a service, answers what offices answer differently, changes a
//! paper and publishes; requests that come in from then on ask for it, earlier ones keep their own.

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{KTP_LOST, SITI, Stage, looks_well};

const BUDI: &str = "628003603002";
const BUDI_LOST: &str = "#KTP#3603031005909002#3603031203159002#BUDI SANTOSO#PETE#TIGARAKSA#HILANG#";
const PAPER: &str = "Surat pernyataan kehilangan";

#[tokio::test]
async fn an_admin_copies_a_service_changes_a_paper_and_publishes() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let siti = stage.phone(SITI, "kab-tangerang", "KTP")?;
    siti.says(KTP_LOST).await?;
    let old =
        super::main_job::receipt_in(&siti.hears("Mohon simpan nomor ini").await?.text.unwrap_or_default())?;

    let bayu = stage.officer("kab-tangerang", "admin", Screen::Desk).await?;
    bayu.opens(&stage.url("/kantor/kab-tangerang/pengaturan/layanan")).await?;
    bayu.sees("Ditawarkan").await?;
    looks_well(&bayu).await?;
    bayu.presses("Tambah layanan").await?;
    bayu.fills("Cari layanan", "keluarga baru").await?;
    bayu.presses("Cari").await?;
    bayu.presses("Kartu Keluarga baru").await?;
    bayu.sees("Surat Ditjen Dukcapil 470/13287/Dukcapil").await?;
    bayu.sees("belum diverifikasi").await?;
    looks_well(&bayu).await?;
    bayu.ticks("Ya, masih diminta").await?;
    bayu.presses("Salin ke kantor").await?;
    bayu.sees("Disalin sebagai rancangan").await?;
    bayu.sees("Surat pengantar RT/RW").await?;
    bayu.presses("Periksa dan terbitkan").await?;
    bayu.fills("Alasan perubahan", "Layanan baru sesuai SK Kepala Dinas").await?;
    bayu.presses("Terbitkan").await?;
    bayu.sees("Edisi 1 diterbitkan.").await?;
    bayu.sees("ditawarkan").await?;
    looks_well(&bayu).await?;

    bayu.opens(&stage.url("/kantor/kab-tangerang/pengaturan/layanan")).await?;
    bayu.presses("KTP elektronik").await?;
    bayu.presses("Ubah standar").await?;
    bayu.presses("Varian dan berkas").await?;
    looks_well(&bayu).await?;
    bayu.presses("Tambah berkas Hilang").await?;
    bayu.fills("Berkas 3 Hilang", PAPER).await?;
    bayu.presses("Simpan rancangan").await?;
    bayu.sees("Rancangan disimpan.").await?;
    bayu.presses("Periksa dan terbitkan").await?;
    bayu.sees(PAPER).await?;
    looks_well(&bayu).await?;
    bayu.fills("Alasan perubahan", "Surat pernyataan diminta lagi").await?;
    bayu.presses("Terbitkan").await?;
    bayu.sees("Edisi 2 diterbitkan.").await?;
    bayu.leaves().await?;

    let budi = stage.phone(BUDI, "kab-tangerang", "KTP")?;
    budi.says(BUDI_LOST).await?;
    let new = super::main_job::receipt_in(&budi.hears(PAPER).await?.text.unwrap_or_default())?;
    let dewi = stage.officer("kab-tangerang", "operator.ktp", Screen::Desk).await?;
    for (receipt, asked) in [(&old, false), (&new, true)] {
        dewi.opens(&stage.url("/kantor/kab-tangerang/antrean")).await?;
        dewi.presses(receipt).await?;
        dewi.sees("Surat kehilangan dari kepolisian").await?;
        assert_eq!(dewi.reads().await?.contains(PAPER), asked, "{receipt}");
    }
    dewi.leaves().await
}
