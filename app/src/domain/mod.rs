//! What Loket decides: one folder per thing, each reached through its `mod.rs` only.
//!
//! From the ground: regions, files, tenancy, mail, accounts, audit, contacts, editions, calendars, outages, equipment, pickup, appointments,
//! consignments, visits, capacity, whatsapp, catalogue, quick_replies, requests, people, escalation, kpi, live, onboarding. A lower one never
//! imports a higher one; it emits an event, and `jobs::reactions` turns it into another's work.

pub mod accounts;
pub mod appointments;
pub mod audit;
pub mod calendars;
pub mod capacity;
pub mod catalogue;
pub mod consignments;
pub mod contacts;
pub mod editions;
pub mod equipment;
pub mod escalation;
pub mod files;
pub mod kpi;
pub mod live;
pub mod mail;
pub mod onboarding;
pub mod outages;
pub mod people;
pub mod pickup;
pub mod quick_replies;
pub mod regions;
pub mod requests;
pub mod stock;
pub mod tenancy;
pub mod visits;
pub mod whatsapp;
