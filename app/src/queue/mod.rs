//! The job engine. It knows no job.
//!
//! A job is a row in the same database, inserted in the transaction of the operation that it follows
//! from. A worker claims it by a lease, runs its handler outside any transaction, and deletes it,
//! delays it or parks it. A lost worker's lease runs out and another takes over: handlers are
//! idempotent. The bus (`infra::bus`) wakes the workers; polling covers a lost ring.

mod engine;
mod schedule;
mod store;

pub use engine::{Engine, Handler, JobError, Registry, Ticket};
pub use schedule::Schedule;
pub use store::{Backlog, NewJob, backlog, forget_leases, insert};
