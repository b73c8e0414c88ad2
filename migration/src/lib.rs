//! The history of Loket's tables.
//!
//! A migration knows table and column names as plain words and never imports `loket-entity`: what
//! has run on an office's database must not change because a struct did. Forward only.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261121_000001_platform;
mod m20261121_000002_office;
mod m20261121_000003_whatsapp;
mod m20261121_000004_requests;
mod m20261121_000005_facts;
mod m20261121_000010_invitation;
mod m20261121_000011_office_profile;
mod m20261121_000020_numbers;
mod m20261121_000021_quick_reply;
mod m20261121_000030_delegation;
mod m20261121_000031_letterhead;
mod m20261121_000032_delegation_basis;
mod m20261121_000040_open_set;
mod m20261121_000041_flow;
mod m20261121_000042_own_day;
mod m20261121_000043_narrow_hands;
mod m20261121_000050_edition;
mod m20261121_000060_replies;
mod m20261121_000070_formats;
mod m20261121_000080_entry_link;
mod m20261121_000081_web_form;
mod m20261122_000090_trusted_sender;
mod m20261122_000091_forwarding;
mod m20261122_000100_timetable;
mod m20261122_000101_due;
mod m20261122_000110_outage;
mod m20261122_000120_watch;
mod m20261122_000130_stock;
mod m20261123_000140_queue;
mod m20261123_000141_stock_key;
mod m20261123_000142_escalation;
mod m20261123_000150_equipment;
mod m20261123_000160_pickup;
mod m20261123_000161_handover_way;
mod m20261123_000170_visits;
mod m20261123_000180_compensation;
mod m20261123_000190_appointment;
mod m20261123_000200_answers;
mod m20261123_000210_consignment;
mod wall;

pub use wall::TENANT_TABLES;

/// Every migration, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_platform::Migration),
            Box::new(m20261121_000002_office::Migration),
            Box::new(m20261121_000003_whatsapp::Migration),
            Box::new(m20261121_000004_requests::Migration),
            Box::new(m20261121_000005_facts::Migration),
            Box::new(m20261121_000010_invitation::Migration),
            Box::new(m20261121_000011_office_profile::Migration),
            Box::new(m20261121_000020_numbers::Migration),
            Box::new(m20261121_000021_quick_reply::Migration),
            Box::new(m20261121_000030_delegation::Migration),
            Box::new(m20261121_000031_letterhead::Migration),
            Box::new(m20261121_000032_delegation_basis::Migration),
            Box::new(m20261121_000040_open_set::Migration),
            Box::new(m20261121_000041_flow::Migration),
            Box::new(m20261121_000042_own_day::Migration),
            Box::new(m20261121_000043_narrow_hands::Migration),
            Box::new(m20261121_000050_edition::Migration),
            Box::new(m20261121_000060_replies::Migration),
            Box::new(m20261121_000070_formats::Migration),
            Box::new(m20261121_000080_entry_link::Migration),
            Box::new(m20261121_000081_web_form::Migration),
            Box::new(m20261122_000090_trusted_sender::Migration),
            Box::new(m20261122_000091_forwarding::Migration),
            Box::new(m20261122_000100_timetable::Migration),
            Box::new(m20261122_000101_due::Migration),
            Box::new(m20261122_000110_outage::Migration),
            Box::new(m20261122_000120_watch::Migration),
            Box::new(m20261122_000130_stock::Migration),
            Box::new(m20261123_000140_queue::Migration),
            Box::new(m20261123_000141_stock_key::Migration),
            Box::new(m20261123_000142_escalation::Migration),
            Box::new(m20261123_000150_equipment::Migration),
            Box::new(m20261123_000160_pickup::Migration),
            Box::new(m20261123_000161_handover_way::Migration),
            Box::new(m20261123_000170_visits::Migration),
            Box::new(m20261123_000180_compensation::Migration),
            Box::new(m20261123_000190_appointment::Migration),
            Box::new(m20261123_000200_answers::Migration),
            Box::new(m20261123_000210_consignment::Migration),
        ]
    }
}
