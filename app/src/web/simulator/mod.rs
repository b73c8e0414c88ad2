//! A phone in the browser, for the demo and for practice.
//!
//! What is sent here goes through the fake Graph API, signed, over HTTP to the office's own webhook path;
//! what the phone shows is what the real client sent. Nothing in here takes a short cut into the house.
//! Mounted by the demo only: whoever reaches it can write as any citizen.

mod actions;
mod api;
mod bubbles;
mod letters;
mod page;
mod parcel;
pub mod people;
pub mod ready;
mod record;
pub mod samples;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use futures_util::future::join_all;
use loket_core::format::FormatDefinition;
use loket_core::id::OfficeId;
use loket_core::zone::OfficeZone;

use super::csrf::CsrfKey;
use super::routes::{
    SimulatorApi, SimulatorHome, SimulatorLetters, SimulatorMedium, SimulatorPart, SimulatorPhone,
};
use crate::fake_graph::{FakeGraph, PhoneMessage};

pub use record::{OfficeRecord, Step};

/// The offices whose numbers are in the phone's contacts, in their order.
#[derive(Clone, Default)]
pub struct SimulatorOffices(pub Vec<SimulatorOffice>);

/// An office.
#[derive(Clone)]
pub struct SimulatorOffice {
    /// Its id, for asking what its server did.
    pub id: OfficeId,
    /// As in addresses: `kab-tangerang`.
    pub slug: String,
    /// As people say it.
    pub name: String,
    /// Its clocks.
    pub zone: OfficeZone,
    /// Its numbers.
    pub numbers: Vec<SimulatorNumber>,
}

/// A number of an office; it must be registered with the fake.
#[derive(Clone)]
pub struct SimulatorNumber {
    /// Meta's id of it.
    pub phone_number_id: String,
    /// As people dial it.
    pub display: String,
    /// What the office calls it: `Nomor KTP`.
    pub label: String,
    /// The names of the services that it is for.
    pub services: Vec<String>,
    /// The formats that are published for it; they fill the shelf of ready messages.
    pub formats: Vec<FormatDefinition>,
}

/// The simulator. Cheap to clone: all clones are the same one.
#[derive(Clone)]
pub struct Simulator {
    fake: FakeGraph,
    offices: Arc<SimulatorOffices>,
    record: Arc<dyn OfficeRecord>,
    forms: CsrfKey,
}

impl Simulator {
    /// A simulator on a fake that knows all these numbers. `secret`: 32 bytes nobody can guess, for the
    /// tokens of its forms.
    pub fn new(
        fake: FakeGraph,
        offices: SimulatorOffices,
        record: Arc<dyn OfficeRecord>,
        secret: &[u8; 32],
    ) -> Self {
        Self { fake, offices: Arc::new(offices), record, forms: CsrfKey::of(secret) }
    }

    /// The number with its office.
    fn number(&self, phone_number_id: &str) -> Option<(&SimulatorOffice, &SimulatorNumber)> {
        let all = self.offices.0.iter().flat_map(|office| office.numbers.iter().map(move |n| (office, n)));
        all.into_iter().find(|(_, number)| number.phone_number_id == phone_number_id)
    }

    /// All that a phone sent and received, oldest first: what the fake carried, and what reached an office
    /// without it.
    async fn conversation(&self, wa_id: &str) -> Vec<PhoneMessage> {
        let mut messages = self.fake.phone_messages(wa_id);
        let known: HashSet<String> = messages.iter().map(|message| message.wamid.clone()).collect();
        let asked = self.offices.0.iter().map(|office| self.record.phone(office.id, wa_id));
        for told in join_all(asked).await {
            match told {
                Ok(told) => messages.extend(told.into_iter().filter(|m| !known.contains(&m.wamid))),
                Err(fault) => tracing::warn!(%fault, "an office's record could not be read"),
            }
        }
        messages.sort_by_key(|message| message.at);
        messages
    }
}

/// Mounts `/simulator`.
pub fn configure(cfg: &mut ServiceConfig, simulator: Simulator) {
    cfg.app_data(web::ThinData(simulator))
        .service(
            web::resource(SimulatorApi::PATTERN)
                .route(web::get().to(api::list))
                .route(web::post().to(api::send)),
        )
        .route(SimulatorMedium::PATTERN, web::get().to(api::medium))
        .route(SimulatorHome::PATTERN, web::get().to(page::front))
        .route(SimulatorLetters::PATTERN, web::get().to(letters::show))
        .route(SimulatorPhone::PATTERN, web::get().to(page::phone))
        .service(
            web::resource(SimulatorPart::PATTERN)
                .route(web::get().to(page::part))
                .route(web::post().to(actions::step)),
        );
}
