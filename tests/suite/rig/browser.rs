//! A browser opens, is spoken to in people's words, and looks as it is told to.

use std::time::Duration;

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};
use loket_tests::server::Scratch;

const PAGE: &str = "data:text/html;charset=utf-8,<!doctype html><html lang=id><meta name=viewport \
    content='width=device-width'><style>@media (prefers-color-scheme: dark){p::after{content:' gelap'}}\
    @media (max-width: 400px){p::after{content:' sempit'}}</style><title>Coba</title>\
    <p>Selamat pagi</p><noscript>Tanpa skrip</noscript>\
    <form><label for=n>Nama <span>(boleh kosong)</span></label><input id=n><label>Alamat <textarea></textarea></label>\
    <label for=s>Layanan</label><select id=s><option>KTP<option>KIA</select>\
    <label><input type=checkbox> Setuju</label>\
    <label for=f>Berkas</label><input id=f type=file>\
    <button type=button onclick=\"o.textContent=[n.value,s.value,document.querySelector('textarea').value,\
    document.querySelector('[type=checkbox]').checked,f.files[0].name].join(' / ')\">Kirim sekarang</button></form>\
    <output id=o></output>";

#[tokio::test]
async fn a_person_fills_a_form_and_reads_the_answer() -> Result<(), Trouble> {
    let folder = Scratch::new("rig-browser")?;
    let file = folder.path().join("kk.txt");
    std::fs::write(&file, "KK")?;
    let ana = Person::arrives("Ana", Screen::Desk).await?;
    ana.opens(PAGE).await?;
    ana.sees("Selamat pagi").await?;
    ana.fills("Nama", "Ana").await?;
    ana.fills("Alamat", "Jalan \"Baru\" 5").await?;
    ana.chooses("Layanan", "KIA").await?;
    ana.ticks("Setuju").await?;
    ana.uploads("Berkas", &file).await?;
    ana.presses("Kirim sekarang").await?;
    ana.sees("Ana / KIA / Jalan \"Baru\" 5 / true / kk.txt").await?;
    assert!(!ana.must_scroll_sideways().await?);
    assert_eq!(ana.complaints().await?, Vec::<String>::new());
    ana.leaves().await
}

#[tokio::test]
async fn screens_dark_pages_and_scripts_can_be_switched() -> Result<(), Trouble> {
    let folder = Scratch::new("rig-screens")?;
    let picture = folder.path().join("page.png");
    let ana = Person::arrives("Ana", Screen::Phone).await?;
    ana.opens(PAGE).await?;
    ana.screenshot(&picture).await?;
    assert_eq!(png_width(&picture)?, 360);
    ana.looks_at(Screen::Desk).await?;
    ana.in_dark(true).await?;
    ana.screenshot(&picture).await?;
    assert_eq!(png_width(&picture)?, 1440);
    ana.without_javascript().await?;
    ana.opens(PAGE).await?;
    ana.sees("Tanpa skrip").await?;
    ana.leaves().await
}

#[tokio::test]
async fn a_failure_says_what_was_wanted_and_what_was_there() -> Result<(), Trouble> {
    let ana = Person::arrives("Ana", Screen::Desk).await?.with_patience(Duration::from_millis(300));
    ana.opens(PAGE).await?;
    let missing = ana.sees("Selamat malam").await.unwrap_err().to_string();
    assert!(missing.contains("Selamat malam") && missing.contains("Selamat pagi"), "{missing}");
    let missing = ana.presses("Hapus").await.unwrap_err().to_string();
    assert!(missing.contains("Hapus"), "{missing}");
    ana.leaves().await
}

/// The width stands at a fixed place of every PNG.
fn png_width(path: &std::path::Path) -> Result<u32, Trouble> {
    let bytes = std::fs::read(path)?;
    Ok(u32::from_be_bytes(bytes.get(16..20).ok_or("no PNG")?.try_into()?))
}
