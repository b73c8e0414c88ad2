//! The phones' memory: a file of sealed lines in the demo's folder, so that what was sent is still on the
//! phones after the process was killed.
//!
//! It is the only witness of a message that Meta took and that the office forgot: the kill test counts on
//! it. The file grows by some 600 bytes a message and goes with `--reset`.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use loket_core::clock::Instant;
use loket_core::id::OfficeId;
use uuid::Uuid;

use super::record::HouseRecord;
use crate::fake_graph::{FakeGraph, Memory};
use crate::infra::House;
use crate::infra::seal::{Column, OfficeKeys};
use crate::web::simulator::SimulatorOffices;

const LINE: Column = Column::new("demo_phones", "line");

/// What the phones remember.
pub struct PhoneMemory {
    file: Mutex<File>,
    keys: Arc<OfficeKeys>,
    record: HouseRecord,
    offices: HashMap<String, OfficeId>,
}

impl PhoneMemory {
    /// Opens the file, making it where there is none.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(house: &House, offices: &SimulatorOffices, file: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).read(true).append(true).open(file)?;
        let numbers = offices.0.iter().flat_map(|office| office.numbers.iter().map(move |n| (office, n)));
        Ok(Self {
            file: Mutex::new(file),
            keys: Arc::clone(house.keyring.platform()),
            record: HouseRecord::new(house.clone()),
            offices: numbers.map(|(office, number)| (number.phone_number_id.clone(), office.id)).collect(),
        })
    }

    /// Gives the fake what an earlier one wrote down. Returns how many lines there were. A line that was
    /// broken off by a kill, or sealed by another key, is passed over.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn recall_into(&self, fake: &FakeGraph) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut recalled = 0;
        for line in BufReader::new(&*file).split(b'\n') {
            let Ok(sealed) = STANDARD_NO_PAD.decode(line?) else { continue };
            let opened = self.keys.open_bytes(&sealed, LINE.of(Uuid::nil()));
            recalled += usize::from(opened.is_ok_and(|clear| fake.recall(&clear)));
        }
        // What was broken off must not spoil the next line.
        file.write_all(b"\n")?;
        Ok(recalled)
    }
}

#[async_trait]
impl Memory for PhoneMemory {
    fn keep(&self, line: &[u8]) {
        let Ok(sealed) = self.keys.seal_bytes(line, LINE.of(Uuid::nil())) else { return };
        let mut text = STANDARD_NO_PAD.encode(sealed);
        text.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = file.write_all(text.as_bytes()) {
            tracing::warn!(%error, "the phones of the simulator could not be written down");
        }
    }

    async fn last_written(&self, phone: &str, phone_number_id: &str) -> Option<Instant> {
        let office = self.offices.get(phone_number_id)?;
        match self.record.last_written(*office, phone, phone_number_id).await {
            Ok(at) => at,
            Err(fault) => {
                tracing::warn!(%fault, "the fake could not ask for a window");
                None
            }
        }
    }
}
