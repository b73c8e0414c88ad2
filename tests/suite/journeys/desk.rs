//! Somebody comes to the counter: the officer chooses what they ask for, types the fields of that service's format, is
//! told what is wrong with one of them, and gets a number to tell.

use loket_tests::Trouble;
use loket_tests::browser::Screen;

use super::{Stage, looks_well};

#[tokio::test]
async fn an_officer_types_the_fields_of_a_format_at_the_counter() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    for screen in [Screen::Desk, Screen::Phone] {
        let dewi = stage.officer("kab-tangerang", "operator.ktp", screen).await?;
        dewi.opens(&stage.url("/kantor/kab-tangerang/permohonan/baru")).await?;
        looks_well(&dewi).await?;
        dewi.chooses("Layanan", "KTP elektronik · Hilang").await?;
        dewi.presses("Lanjut").await?;
        looks_well(&dewi).await?;
        dewi.fills("Nama", "SITI AMINAH").await?;
        dewi.fills("NIK", "360303").await?;
        dewi.fills("Desa", "kadu agung").await?;
        dewi.chooses("Kecamatan", "Tigaraksa").await?;
        dewi.presses("Buat permohonan").await?;
        dewi.sees("NIK harus terdiri atas 16 angka, yang terbaca 6 angka.").await?;
        // The browser remarks on every answer that is a refusal; this one was meant.
        dewi.complaints().await?;
        looks_well(&dewi).await?;
        dewi.fills("NIK", "3603036502900001").await?;
        dewi.presses("Buat permohonan").await?;
        dewi.sees("dibuat.").await?;
        dewi.sees("KTP elektronik (hilang)").await?;
        // On a telephone the data stand behind a tab.
        if screen == Screen::Desk {
            dewi.sees("Kadu Agung").await?;
        }
        dewi.leaves().await?;
    }
    Ok(())
}
