//! Puts the simulator together: the offices in its contacts, its memory, and what it asks of the house.

use std::io;
use std::path::Path;
use std::sync::Arc;

use loket_core::format::FormatDefinition;

use super::memory::PhoneMemory;
use super::offices::{DemoNumber, DemoOffice, OFFICES};
use super::record::HouseRecord;
use crate::domain::catalogue;
use crate::domain::tenancy::Office;
use crate::fake_graph::FakeGraph;
use crate::infra::{House, Outcome};
use crate::web::simulator::{Simulator, SimulatorNumber, SimulatorOffice, SimulatorOffices};

/// Where the phones' memory lies in the demo's folder.
const FILE: &str = "ponsel.log";

/// The contacts of the phones: the offices of the demonstration as the directory has them.
///
/// # Errors
/// When the shipped catalogue cannot be read.
pub fn contacts(directory: &[Office]) -> Outcome<SimulatorOffices> {
    let names = catalogue::shipped()?;
    let name_of = |code: &&str| {
        let known = names.iter().find(|one| one.standard.code == **code);
        known.map_or((*code).to_owned(), |one| one.standard.name.clone())
    };
    let number = |office: &DemoOffice, number: &DemoNumber| SimulatorNumber {
        phone_number_id: number.phone_number_id.to_owned(),
        display: number.display.to_owned(),
        label: number.label.to_owned(),
        services: number.services.iter().map(name_of).collect(),
        formats: formats_of(office, number),
    };
    let office = |known: &DemoOffice| {
        let office = directory.iter().find(|office| office.slug == known.slug)?;
        Some(SimulatorOffice {
            id: office.id,
            slug: office.slug.clone(),
            name: office.name.clone(),
            zone: office.zone,
            numbers: known.numbers.iter().map(|one| number(known, one)).collect(),
        })
    };
    Ok(SimulatorOffices(OFFICES.iter().filter_map(office).collect()))
}

fn formats_of(office: &DemoOffice, number: &DemoNumber) -> Vec<FormatDefinition> {
    let all = office.formats().into_iter();
    all.filter(|format| number.services.contains(&format.keyword.as_str())).collect()
}

/// The simulator of a demo: gives the fake its memory back, from a file in `folder`.
///
/// # Errors
/// When that file cannot be opened or read.
pub fn simulator(
    house: &House,
    fake: &FakeGraph,
    offices: SimulatorOffices,
    folder: &Path,
) -> io::Result<Simulator> {
    let memory = PhoneMemory::open(house, &offices, &folder.join(FILE))?;
    memory.recall_into(fake)?;
    fake.remember_in(Arc::new(memory));
    let record = Arc::new(HouseRecord::new(house.clone()));
    Ok(Simulator::new(fake.clone(), offices, record, &house.ids.secret()))
}
