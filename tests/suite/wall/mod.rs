//! The tenancy wall: every route is asked by everybody for what another office has, on every database, with either
//! half of the wall down; and what stands below it: policies, keys, triggers, seals.

mod actors;
pub(crate) mod beneath;
mod cells;
mod dump;
mod filled;
mod hunt;
mod judge;
mod matrix;
mod offices;
mod question;
mod references;
mod roles;
