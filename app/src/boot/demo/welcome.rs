//! What the command prints when the demonstration is ready.

use std::path::Path;

use crate::{
    demo::setup::{self, Description},
    web::routes::SimulatorLetters,
};

pub(super) fn welcome(description: &Description, letters: &Path) -> String {
    let base = &description.base_url;
    let mut text = format!(
        "\nLoket peragaan: {base}\n\n  DATA PERAGAAN. Hanya mesin ini yang dapat membukanya; Meta diperankan oleh peniru.\n\n"
    );
    text.push_str("  Coba:\n");
    text.push_str(&format!("  1. {base}/simulator  kirim #KTP#...#HILANG# sebagai warga, lalu foto KK\n"));
    text.push_str(&format!(
        "  2. {base}/masuk  sebagai operator.ktp@kab-tangerang.loket.test, tekan Ambil berikutnya\n"
    ));
    text.push_str(&format!(
        "  3. {base}{}  surat undangan dan kata sandi; berkasnya di {}\n",
        SimulatorLetters::PATTERN,
        letters.display()
    ));
    text.push_str(&format!("\n  Kata sandi semua akun: {}\n\n", setup::PASSWORD));
    for office in &description.offices {
        text.push_str(&format!("  {} ({})\n", office.name, office.slug));
        for account in &office.accounts {
            text.push_str(&format!("    {:<48} {}\n", account.email, account.role.label()));
        }
    }
    for account in &description.accounts {
        text.push_str(&format!("  {:<50} {}\n", account.email, account.role.label()));
    }
    text.push_str("\n  Ctrl+C menghentikan; --reset mengulang dari awal.");
    text
}
