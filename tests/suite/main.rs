//! The suite: one binary, so that it is linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should say so and stop"
)]

mod architecture;
mod journeys;
mod main_job;
mod rig;
