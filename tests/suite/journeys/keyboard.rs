//! What scripts add for somebody who writes all day: words that outlast a reload, and keys that list themselves.

use loket_tests::Trouble;
use loket_tests::browser::{Keyboard, Person, Screen};
use loket_tests::handling::{self, Case};

use super::{Stage, looks_well};

const MARIA: &str = "628005371001";
const DRAFTS: &str = "Object.keys(sessionStorage).filter((key) => key.startsWith('loket-draft-')).length";
const WRITTEN: &str = "document.querySelector('#pesan').value";

#[tokio::test]
async fn unsent_words_stay_in_the_tab_until_they_are_sent() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let maria = stage.phone(MARIA, "kota-kupang", "NIK")?;
    maria.says("Selamat pagi, NIK saya ditolak waktu mendaftar BPJS.").await?;
    maria.hears("akan dijawab oleh petugas").await?;

    let adriana = stage.officer("kota-kupang", "operator.nik", Screen::Desk).await?;
    adriana.presses("Percakapan").await?;
    adriana.presses("M**** L****").await?;
    adriana.fills("Balasan untuk warga", "Baik Ibu, kami periksa.").await?;
    adriana.opens(&adriana.address().await?).await?;
    adriana.sees("Selamat pagi").await?;
    assert_eq!(adriana.evaluates(WRITTEN).await?, "Baik Ibu, kami periksa.");
    adriana.presses("Kirim").await?;
    maria.hears("kami periksa").await?;
    adriana.sees("Baik Ibu, kami periksa.").await?;
    assert_eq!(adriana.evaluates(WRITTEN).await?, "");
    assert_eq!(adriana.evaluates(DRAFTS).await?, 0);

    adriana.types("?").await?;
    adriana.sees("Mengirim balasan").await?;
    adriana.types("Escape").await?;
    adriana.no_longer_sees("Mengirim balasan").await?;
    looks_well(&adriana).await?;
    adriana.leaves().await
}

#[tokio::test]
async fn requests_are_handled_without_touching_the_mouse() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let cases = [Case::Whole, Case::WrongPaper, Case::Refused];
    for (index, case) in cases.into_iter().enumerate() {
        let phone = stage.phone(&format!("62800360390{index}"), "kab-tangerang", "KTP")?;
        handling::arrives(&phone, index, case).await?;
    }
    let dewi = stage.officer("kab-tangerang", "operator.ktp", Screen::Desk).await?;
    handling::waits_for_turns(&dewi, cases.len()).await?;
    let keys = Keyboard::of(&dewi).await?;
    for case in cases {
        handling::handles(&dewi, &keys, case).await?;
    }
    looks_well(&dewi).await?;
    assert_eq!(keys.mouse_events().await?, 0);
    dewi.presses("Antrean").await?;
    assert!(keys.mouse_events().await? > 0, "the mouse was not watched");
    dewi.leaves().await
}

#[tokio::test]
async fn a_slash_lists_ready_answers_and_enter_puts_one_in() -> Result<(), Trouble> {
    let stage = Stage::on_sqlite().await?;
    let maria = stage.phone(MARIA, "kota-kupang", "NIK")?;
    maria.says("Selamat pagi, NIK saya ditolak waktu mendaftar BPJS.").await?;
    maria.hears("akan dijawab oleh petugas").await?;

    let adriana = stage.officer("kota-kupang", "operator.nik", Screen::Desk).await?;
    adriana.presses("Percakapan").await?;
    adriana.presses("M**** L****").await?;
    adriana.sees("Selamat pagi, NIK saya").await?;
    let all = open_answers(&adriana).await?;
    assert_eq!(all, 0, "the list is closed");
    adriana.fills("Balasan untuk warga", "/").await?;
    adriana.sees("Salam penutup").await?;
    assert!(open_answers(&adriana).await? > 3);
    looks_well(&adriana).await?;
    for key in ["j", "a", "m"] {
        adriana.types(key).await?;
    }
    adriana.no_longer_sees("Salam penutup").await?;
    assert_eq!(open_answers(&adriana).await?, 1);
    adriana.types("Enter").await?;
    let written = adriana.evaluates(WRITTEN).await?;
    let written = written.as_str().unwrap_or_default();
    assert!(written.starts_with("Jam pelayanan Disdukcapil Kota Kupang: Senin"), "{written}");
    assert_eq!(open_answers(&adriana).await?, 0);

    adriana.fills("Balasan untuk warga", "/").await?;
    adriana.sees("Salam penutup").await?;
    adriana.types("Escape").await?;
    assert_eq!((open_answers(&adriana).await?, adriana.evaluates(WRITTEN).await?), (0, "/".into()));
    adriana.fills("Balasan untuk warga", "Selamat pagi, Ibu.").await?;
    adriana.presses("Balasan cepat").await?;
    let first = adriana.evaluates(MARKED).await?;
    adriana.types("ArrowDown").await?;
    assert_ne!(adriana.evaluates(MARKED).await?, first);
    adriana.types("ArrowUp").await?;
    assert_eq!(adriana.evaluates(MARKED).await?, first);
    adriana.types("ArrowDown").await?;
    adriana.types("Enter").await?;
    let written = adriana.evaluates(WRITTEN).await?;
    let written = written.as_str().unwrap_or_default();
    assert!(written.starts_with("Selamat pagi, Ibu.\nJam pelayanan"), "{written}");
    assert!(
        maria.messages().await?.iter().all(|one| one.text.as_deref() != Some(written)),
        "nothing is sent"
    );
    adriana.presses("Kirim").await?;
    maria.hears("Selamat pagi, Ibu.").await?;
    looks_well(&adriana).await?;
    adriana.leaves().await
}

const MARKED: &str = "document.querySelector('#pesan').getAttribute('aria-activedescendant')";

/// How many ready answers are listed at this moment.
async fn open_answers(officer: &Person) -> Result<u64, Trouble> {
    let shown = "[...document.querySelectorAll('#cepat:not([hidden]) > li:not([hidden])')].length";
    Ok(officer.evaluates(shown).await?.as_u64().unwrap_or_default())
}
