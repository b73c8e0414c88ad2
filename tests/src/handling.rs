//! An officer's work on lost KTPs, by keys alone: shared by the journey and by `tests/deep keyboard`.

use std::time::Duration;

use crate::Trouble;
use crate::browser::{Keyboard, Person};
use crate::phone::Phone;

/// What a citizen sends, and so what the officer does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// Every paper is there: accepted, declared complete, ready, handed over.
    Whole,
    /// A photo of the wrong thing: rejected, and the citizen is asked.
    WrongPaper,
    /// Sent to the wrong office: refused.
    Refused,
}

impl Case {
    /// What comes with the line.
    fn samples(self) -> [&'static str; 2] {
        match self {
            Self::Whole => ["kk", "surat_kehilangan"],
            Self::WrongPaper | Self::Refused => ["kk", "ktp_rusak"],
        }
    }
}

/// Citizen number `index` writes: a line and two photos.
pub async fn arrives(phone: &Phone, index: usize, case: Case) -> Result<(), Trouble> {
    let (day, serial) = (1 + index % 28, 1 + index);
    let line = format!(
        "#KTP#360303{day:02}0990{serial:04}#36030312031{serial:05}#WARGA PERAGAAN#PETE#TIGARAKSA#HILANG#"
    );
    phone.says(&line).await?;
    phone.hears("Mohon simpan nomor ini").await?;
    for sample in case.samples() {
        phone.sends(sample).await?;
    }
    Ok(())
}

/// Takes the next request and does what its papers call for. The page before must offer "Ambil berikutnya".
pub async fn handles(person: &Person, keys: &Keyboard<'_>, case: Case) -> Result<(), Trouble> {
    keys.turns("a").await?;
    person.sees("Permohonan ini Bapak/Ibu tangani.").await?;
    match case {
        Case::Whole => finishes(person, keys).await,
        Case::WrongPaper => asks(person, keys).await,
        Case::Refused => refuses(person, keys).await,
    }
}

async fn finishes(person: &Person, keys: &Keyboard<'_>) -> Result<(), Trouble> {
    keys.turns("y").await?;
    keys.turns("y").await?;
    keys.presses("s").await?;
    person.sees("Waktu penyelesaian dihitung").await?;
    keys.turns("Enter").await?;
    keys.presses("s").await?;
    keys.writes("Loket 3").await?;
    // In a field of several lines Enter begins a new one: on to the button.
    keys.presses("Tab").await?;
    keys.turns("Enter").await?;
    // Who receives it, and what they showed.
    keys.presses("s").await?;
    keys.presses("Space").await?;
    keys.presses("Tab").await?;
    keys.presses("ArrowDown").await?;
    keys.presses("Tab").await?;
    keys.turns("Enter").await?;
    person.sees("Permohonan selesai, warga diberi tahu.").await
}

async fn asks(person: &Person, keys: &Keyboard<'_>) -> Result<(), Trouble> {
    keys.turns("y").await?;
    keys.presses("x").await?;
    keys.presses("Space").await?;
    keys.turns("Enter").await?;
    keys.presses("s").await?;
    keys.turns("Enter").await?;
    person.sees("Permintaan berkas dikirim kepada warga.").await
}

async fn refuses(person: &Person, keys: &Keyboard<'_>) -> Result<(), Trouble> {
    keys.reaches("Tolak permohonan").await?;
    keys.presses("Enter").await?;
    keys.presses("Tab").await?;
    keys.presses("ArrowDown").await?;
    keys.presses("Tab").await?;
    keys.presses("Tab").await?;
    keys.turns("Enter").await?;
    person.sees("Permohonan ditolak").await
}

/// The photos are fetched by jobs: waits until none is on its way.
pub async fn waits_for_turns(person: &Person, count: usize) -> Result<(), Trouble> {
    for _ in 0..100 {
        person.opens(&person.address().await?).await?;
        if person.reads().await?.contains(&format!("{count} menunggu giliran")) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Err(format!("there are not {count} waiting").into())
}
