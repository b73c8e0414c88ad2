//! An administrator draws a format from a blank page: adds fields, sees what a citizen would see, is told what is wrong,
//! tries a line, looks at the bench and publishes; a citizen's line is then read by it.

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{Stage, looks_well};

#[tokio::test]
async fn an_admin_draws_a_format_from_a_blank_page() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let mariam = stage.officer("kab-nunukan", "admin", Screen::Desk).await?;
    mariam.opens(&stage.url("/kantor/kab-nunukan/pengaturan/format")).await?;
    mariam.sees("Belum punya format").await?;
    looks_well(&mariam).await?;
    mariam.presses("Kartu Identitas Anak").await?;
    mariam.presses("Buat format").await?;
    looks_well(&mariam).await?;
    mariam.fills("Kata kunci", "kia").await?;
    mariam.sees("Diisi lewat tautan").await?;
    mariam.chooses("NIK dan nomor KK", "Diketik dalam percakapan WhatsApp").await?;
    mariam.chooses("Jenis isian baru", "NIK").await?;
    mariam.presses("Tambah isian").await?;
    mariam.chooses("Jenis isian baru", "Nama orang").await?;
    mariam.presses("Tambah isian").await?;
    mariam.chooses("Jenis isian baru", "Pilihan").await?;
    mariam.presses("Tambah isian").await?;
    mariam.sees("Isi paling sedikit dua pilihan").await?;
    mariam.fills("Pilihan", "BARU\nGANTI").await?;
    mariam.presses("Simpan rancangan").await?;
    mariam.sees("Pilihan GANTI bukan jenis layanan ini").await?;
    looks_well(&mariam).await?;
    mariam.fills("Pilihan", "BARU\nGANTI = PENGGANTI").await?;
    mariam.presses("Simpan rancangan").await?;
    mariam.sees("#KIA#NIK#NAMA#BARU/GANTI").await?;
    looks_well(&mariam).await?;
    mariam.fills("Baris yang diketik warga", "#kia#65030150#nurhayati#baru").await?;
    mariam.presses("Coba").await?;
    mariam.sees("Dikenali, tetapi belum lengkap").await?;
    mariam.presses("Uji dan terbitkan").await?;
    mariam.sees("Hasil uji").await?;
    looks_well(&mariam).await?;
    mariam.fills("Alasan perubahan", "Format pertama").await?;
    mariam.presses("Terbitkan").await?;
    mariam.sees("Baca risikonya").await?;
    // The refusal itself is no fault of the page.
    mariam.complaints().await?;
    looks_well(&mariam).await?;
    mariam.ticks("Kantor memahami risiko ini dan tetap meminta nomor diketik di percakapan").await?;
    mariam.presses("Terbitkan").await?;
    mariam.sees("Edisi 1 diterbitkan.").await?;
    looks_well(&mariam).await?;
    mariam.leaves().await
}
