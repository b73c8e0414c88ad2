//! Citizens' own pages, on a small screen: the numbers of a line behind its link, and the public form without scripts.

use std::time::Duration;

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};

use super::{Stage, looks_well};

const LINE: &str = "#KTP#RINA WATI#SISIR#BATU#HILANG";

#[tokio::test]
async fn a_citizen_follows_the_link_and_fills_in_the_number() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let rina = Person::arrives("a citizen", Screen::Phone).await?.with_patience(Duration::from_secs(15));
    let number = stage.demo.office(Some("kota-batu"))?.numbers.first().ok_or("no number")?;
    let talk = stage.url(&format!("/simulator/{}?ke={}", super::SITI, number.phone_number_id));
    rina.opens(&talk).await?;
    rina.fills("Pesan", LINE).await?;
    rina.presses("Kirim").await?;
    rina.sees("Satu langkah lagi").await?;
    looks_well(&rina).await?;
    let link = rina.links().await?.into_iter().find(|to| to.contains("/isi/kota-batu/")).ok_or("no link")?;
    rina.presses(&link).await?;
    rina.sees("Lengkapi permohonan").await?;
    looks_well(&rina).await?;
    rina.fills("NIK", "3579").await?;
    rina.presses("Kirim").await?;
    rina.sees("yang terbaca 4 angka").await?;
    rina.complaints().await?;
    looks_well(&rina).await?;
    rina.fills("NIK", "3579016502909001").await?;
    rina.presses("Kirim").await?;
    rina.sees("Permohonan diterima").await?;
    looks_well(&rina).await?;
    rina.opens(&talk).await?;
    rina.sees("Mohon simpan nomor ini").await?;
    rina.leaves().await
}

#[tokio::test]
async fn a_citizen_without_scripts_hands_in_the_public_form() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let rina = Person::arrives("a citizen", Screen::Phone).await?;
    rina.without_javascript().await?;
    rina.opens(&stage.url("/k/kota-batu/ajukan")).await?;
    rina.sees("KTP elektronik").await?;
    looks_well(&rina).await?;
    rina.presses("Rusak").await?;
    rina.sees("Siapkan berkas").await?;
    looks_well(&rina).await?;
    rina.fills("NIK", "3579016502909001").await?;
    rina.fills("Nama", "Rina Wati").await?;
    rina.fills("Desa", "Antah").await?;
    rina.chooses("Kecamatan", "Batu").await?;
    rina.fills("Nomor WhatsApp", "0811-1000-071").await?;
    rina.presses("Kirim permohonan").await?;
    rina.sees("Ada isian yang perlu diperbaiki").await?;
    rina.complaints().await?;
    looks_well(&rina).await?;
    rina.fills("Desa", "Sisir").await?;
    rina.presses("Kirim permohonan").await?;
    rina.sees("Lanjutkan di WhatsApp").await?;
    looks_well(&rina).await?;
    rina.leaves().await
}
