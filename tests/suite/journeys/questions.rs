//! Conversations that are no request yet: an officer answers, or makes one of them.

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{Stage, looks_well};

const MARIA: &str = "628005371001";

#[tokio::test]
async fn a_prepared_answer_is_changed_in_the_composer_and_sent() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let maria = stage.phone(MARIA, "kota-kupang", "NIK")?;
    maria.says("besok buka jam brp ya, kalau hujan?").await?;
    maria.hears("akan dijawab oleh petugas").await?;

    let adriana = stage.officer("kota-kupang", "operator.nik", Screen::Desk).await?;
    adriana.presses("Percakapan").await?;
    adriana.sees("Mungkin jam pelayanan").await?;
    looks_well(&adriana).await?;
    adriana.presses("M**** L****").await?;
    adriana.sees("Balasan siap:").await?;
    adriana.presses("Ubah dahulu").await?;
    adriana.presses("Kirim").await?;
    maria.hears("Jam pelayanan Disdukcapil Kota Kupang").await?;
    adriana.sees("Sudah dijawab").await?;

    maria.says("alamat kantornya yang baru dimana ya, dekat pasar?").await?;
    adriana.sees("Mungkin alamat kantor.").await?;
    adriana.looks_at(Screen::Phone).await?;
    looks_well(&adriana).await?;
    adriana.presses("Kirim balasan ini").await?;
    maria.hears("Alamat Disdukcapil Kota Kupang").await?;
    adriana.leaves().await
}

#[tokio::test]
async fn a_conversation_without_a_format_becomes_a_request() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let maria = stage.phone(MARIA, "kota-kupang", "NIK")?;
    maria.says("Selamat pagi, NIK saya ditolak waktu mendaftar BPJS. Mohon bantuannya.").await?;
    maria.hears("akan dijawab oleh petugas").await?;

    let adriana = stage.officer("kota-kupang", "operator.nik", Screen::Desk).await?;
    adriana.presses("Percakapan").await?;
    adriana.sees("NIK saya ditolak").await?;
    looks_well(&adriana).await?;
    adriana.presses("M**** L****").await?;
    adriana.sees("Belum dijawab").await?;
    adriana.sees("Belum ada permohonan.").await?;
    looks_well(&adriana).await?;
    adriana.fills("Balasan untuk warga", "Baik Ibu, kami buatkan permohonannya.").await?;
    adriana.presses("Kirim").await?;
    maria.hears("kami buatkan permohonannya").await?;
    adriana.sees("Baik Ibu, kami buatkan permohonannya.").await?;

    maria.sends("kk").await?;
    adriana.chooses("Layanan", "Validasi NIK · Ditolak instansi").await?;
    adriana.fills("Nama pemohon", "MARIA LAKAPU").await?;
    adriana.presses("Buat permohonan").await?;
    let notice = maria.hears("Mohon simpan nomor ini").await?.text.unwrap_or_default();
    let receipt = super::main_job::receipt_in(&notice)?;
    assert!(receipt.starts_with("KPG-"), "{receipt}");
    adriana.sees(&receipt).await?;
    adriana.sees("Validasi NIK (ditolak instansi)").await?;
    looks_well(&adriana).await?;
    adriana.leaves().await
}
