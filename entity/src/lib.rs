//! Loket's rows as types.
//!
//! One module per table, no behaviour: queries live in each domain's `store.rs`, behind the tenant
//! door. What carries a citizen's words is [`sealed::Sealed`]; what must be found exactly is a
//! [`sealed::BlindIndex`] beside it.

pub mod account;
pub mod answer_forecast;
pub mod audit_entry;
pub mod audit_seal;
pub mod compensation;
pub mod contact;
pub mod contact_identity;
pub mod conversation;
pub mod delegation;
pub mod edition;
pub mod entry_link;
pub mod equipment;
pub mod equipment_entry;
pub mod fact_case;
pub mod fact_day;
pub mod fact_hour;
pub mod fact_office;
pub mod fact_paper;
pub mod fact_stale;
pub mod file;
pub mod format_use;
pub mod forwarding;
pub mod handover;
pub mod invitation;
pub mod job;
pub mod media;
pub mod membership;
pub mod message;
pub mod message_status;
pub mod office;
pub mod office_key;
pub mod officer;
pub mod outage;
pub mod outage_event;
pub mod outage_file;
pub mod outage_told;
pub mod paper;
pub mod parked_status;
pub mod pickup;
pub mod pickup_point;
pub mod platform_audit;
pub mod province;
pub mod quick_reply;
pub mod quick_reply_service;
pub mod receipt_counter;
pub mod request;
pub mod request_event;
pub mod request_name;
pub mod requirement;
pub mod schedule;
pub mod sealed;
pub mod service;
pub mod session;
pub mod stock_entry;
pub mod stock_item;
pub mod stock_use;
pub mod tenant;
pub mod throttle;
pub mod trusted_sender;
pub mod unit;
pub mod variant;
pub mod wa_app;
pub mod wa_number;
pub mod wa_number_officer;
pub mod wa_number_service;
pub mod wa_number_unit;
pub mod wa_route;
pub mod webhook_delivery;
pub mod webhook_item;

pub use tenant::TenantOwned;
