//! The ground floor: one operation's scoped transaction, sealed data, files, mail, and the clients of
//! the outside world. Nothing here knows a citizen, a request or a page.

pub mod bus;
pub mod cx;
pub mod database;
pub mod fault;
pub mod files;
pub mod graph;
pub mod house;
pub mod ids;
pub mod mail;
pub mod memory;
pub mod platform_tx;
pub mod scoped_sql;
pub mod seal;
pub mod tenant_tx;
#[cfg(feature = "test-switches")]
pub mod watch;

pub use cx::{Actor, Cx, SystemReason};
pub use fault::{Fault, Outcome};
pub use house::House;
pub use platform_tx::{By, PlatformTx};
pub use scoped_sql::ScopedSql;
pub use tenant_tx::{Change, Scoped, TenantTx};
