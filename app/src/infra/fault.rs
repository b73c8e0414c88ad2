//! What goes wrong below the rules: nothing a person could have done otherwise.
//!
//! A refusal ("surat kehilangan belum ada") is a case of a use case's own error. A `Fault` is the rest,
//! and carries no values: it may be logged as it prints.

use std::panic::Location;

use sea_orm::DbErr;

/// The result of work that may fail below the rules.
pub type Outcome<T> = Result<T, Fault>;

/// A failure below the rules.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database had no connection to give, or was locked too long. Trying again may help.
    #[error("the database is busy (at {0})")]
    Busy(&'static Location<'static>),
    /// The database refused or failed.
    #[error("database: {message} (at {at})")]
    Database {
        /// What the driver said; it names tables and columns, never values.
        message: String,
        /// Where it was asked.
        at: &'static Location<'static>,
    },
    /// A row that the keys promise is not there, or cannot be read.
    #[error("inconsistent data: {0}")]
    Inconsistent(&'static str),
    /// A sealed value does not open: wrong key, or moved from its place.
    #[error("a sealed value does not open: {0}")]
    Sealed(&'static str),
    /// Somebody saved the same row first.
    #[error("the row was changed in the meantime")]
    Stale,
    /// A write was about to be committed without a line in the audit trail.
    #[error("a write without an audit entry was refused")]
    Unaudited,
    /// A file could not be stored or read.
    #[error("file store: {0}")]
    Files(&'static str),
    /// A mail could not be handed over.
    #[error("mail: {0}")]
    Mail(&'static str),
    /// More rows than are read at once.
    #[error("more rows than are read at once: {0}")]
    TooMuch(&'static str),
    /// The process is at its limit of some costly work.
    #[error("at capacity: {0}")]
    Capacity(&'static str),
}

impl Fault {
    /// Whether the same work may succeed if it is simply tried again.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::Stale | Self::Capacity(_))
    }
}

impl From<DbErr> for Fault {
    #[track_caller]
    fn from(error: DbErr) -> Self {
        let at = Location::caller();
        let message = error.to_string();
        let busy = matches!(error, DbErr::ConnectionAcquire(_))
            || message.contains("database is locked")
            || message.contains("pool timed out");
        if busy { Self::Busy(at) } else { Self::Database { message, at } }
    }
}
