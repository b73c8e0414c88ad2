//! A service whose product is a PDF: uploaded by the officer, received by the phone.

use loket_tests::Trouble;
use loket_tests::browser::{Person, Screen};

use super::{SITI, Stage, looks_well, main_job::receipt_in};

#[tokio::test]
async fn a_family_card_is_sent_as_a_pdf() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let siti = stage.phone(SITI, "kab-tangerang", "KK")?;
    siti.says("#KK#3603031203159001#AHMAD FAUZI#PETE#TIGARAKSA").await?;
    let notice = siti.hears("Mohon simpan nomor ini").await?.text.unwrap_or_default();
    let receipt = receipt_in(&notice)?;
    siti.sends("kk").await?;
    siti.sends("formulir").await?;

    let agus = stage.officer("kab-tangerang", "operator.kk", Screen::Desk).await?;
    agus.presses("Ambil berikutnya").await?;
    agus.sees(&receipt).await?;
    agus.presses_beside("Kartu Keluarga lama", "Terima").await?;
    agus.sees("Berkas diterima.").await?;
    opens_the_pdf(&stage, &agus).await?;
    agus.presses_beside("Bukti perubahan", "Terima").await?;
    agus.sees("2 dari 2").await?;
    agus.presses("Nyatakan berkas lengkap").await?;
    agus.confirms("Nyatakan berkas lengkap").await?;
    agus.sees("Berkas dinyatakan lengkap").await?;

    let product = stage.folder.path().join("KK bertanda tangan.pdf");
    std::fs::write(&product, PDF)?;
    let fake = stage.folder.path().join("bukan.pdf");
    std::fs::write(&fake, "<html>")?;
    agus.presses("Unggah hasil").await?;
    agus.uploads("PDF bertanda tangan elektronik", &fake).await?;
    agus.confirms("Unggah").await?;
    agus.sees("bukan PDF").await?;
    // The browser remarks on every answer that is a refusal; this one was meant.
    agus.complaints().await?;
    agus.presses("Unggah hasil").await?;
    agus.uploads("PDF bertanda tangan elektronik", &product).await?;
    agus.confirms("Unggah").await?;
    agus.sees("Hasil layanan").await?;
    looks_well(&agus).await?;
    assert!(siti.messages().await?.iter().all(|one| one.direction == "sent" || one.kind != "document"));

    agus.presses("Kirim dan selesaikan").await?;
    agus.confirms("Kirim dan selesaikan").await?;
    agus.sees("Permohonan selesai, warga diberi tahu.").await?;
    let (document, bytes) = siti.receives_a_document().await?;
    assert_eq!(bytes, PDF, "the file is the one that was uploaded");
    let name = document.filename.unwrap_or_default();
    assert!(name.contains(&receipt) && name.ends_with(".pdf"), "{name}");
    siti.hears("telah selesai").await?;
    agus.leaves().await
}

/// An officer looks at a citizen's PDF: its page says how large it is, and the browser shows it in a tab although
/// nothing may run in it.
async fn opens_the_pdf(stage: &Stage, agus: &Person) -> Result<(), Trouble> {
    let desk = agus.address().await?;
    let files = agus.links().await?;
    let mut shown = None;
    for file in files.iter().filter(|href| href.contains("/berkas/") && !href.contains("/permohonan/")) {
        agus.opens(&stage.url(file)).await?;
        if agus.reads().await?.contains("Dokumen PDF") {
            shown = Some(file);
            break;
        }
    }
    let file = shown.ok_or("the citizen's PDF has no page")?;
    agus.sees("Buka PDF").await?;
    agus.sees("Unduh PDF, ").await?;
    agus.sees(" kB").await?;
    looks_well(agus).await?;
    // A browser of its own: the driver cannot leave the PDF viewer again.
    let viewer = stage.officer("kab-tangerang", "operator.kk", Screen::Desk).await?;
    let content = stage.url(&format!("{file}/isi"));
    viewer.opens(&content).await?;
    let kind = viewer.kind().await?;
    if (viewer.address().await?, kind.as_str()) != (content, "application/pdf") {
        return Err(format!("the browser shows {kind} instead of the PDF").into());
    }
    viewer.leaves().await?;
    agus.opens(&desk).await
}

/// The smallest file that is a PDF.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
