//! The suite: one binary, so that it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say so and stop"
)]

mod answering;
mod appointments;
mod architecture;
mod batches;
mod calendars;
mod capacity;
mod clocked;
mod compensation;
mod consignments;
mod due;
mod equipment;
mod escalation;
mod files;
mod forgotten;
mod formats;
mod forms;
mod forwarding;
mod headers;
mod ingest;
mod journeys;
mod killing;
mod kpi;
mod links;
mod live;
mod main_job;
mod numbers;
mod outages;
mod outbox;
mod pages;
mod people;
mod pickups;
mod quick_replies;
mod replies;
mod rig;
mod services;
mod sheets;
mod signing_in;
mod stock;
mod tokens;
mod visits;
mod waiting_lines;
mod wall;
mod watched;
mod web_form;
mod webhook;
mod world;
