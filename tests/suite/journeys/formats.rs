//! An administrator draws a format from a blank page: adds fields, sees what a citizen would see, is told what is wrong,
//! tries a line, looks at the bench and publishes; a citizen's line is then read by it.

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{Stage, looks_well};

#[tokio::test]
async fn an_admin_draws_a_format_from_a_blank_page() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let yohanes = stage.officer("kota-kupang", "admin", Screen::Desk).await?;
    yohanes.opens(&stage.url("/kantor/kota-kupang/pengaturan/format")).await?;
    yohanes.sees("Belum punya format").await?;
    looks_well(&yohanes).await?;
    yohanes.presses("Validasi NIK").await?;
    yohanes.presses("Buat format").await?;
    looks_well(&yohanes).await?;
    yohanes.fills("Kata kunci", "cek").await?;
    yohanes.chooses("Jenis isian baru", "NIK").await?;
    yohanes.presses("Tambah isian").await?;
    yohanes.chooses("Jenis isian baru", "Nama orang").await?;
    yohanes.presses("Tambah isian").await?;
    yohanes.chooses("Jenis isian baru", "Pilihan").await?;
    yohanes.presses("Tambah isian").await?;
    yohanes.sees("Isi paling sedikit dua pilihan").await?;
    yohanes.fills("Pilihan", "BANK = DITOLAK BANK\nBPJS").await?;
    yohanes.presses("Simpan rancangan").await?;
    yohanes.sees("#CEK#NIK#NAMA#BANK/BPJS").await?;
    looks_well(&yohanes).await?;
    yohanes.fills("Baris yang diketik warga", "cek 53710150 maria bank").await?;
    yohanes.presses("Coba").await?;
    yohanes.sees("Dikenali, tetapi belum lengkap").await?;
    yohanes.presses("Uji dan terbitkan").await?;
    yohanes.sees("Hasil uji").await?;
    looks_well(&yohanes).await?;
    yohanes.fills("Alasan perubahan", "Format pertama").await?;
    yohanes.presses("Terbitkan").await?;
    yohanes.sees("Edisi 1 diterbitkan.").await?;
    looks_well(&yohanes).await?;
    yohanes.leaves().await
}
