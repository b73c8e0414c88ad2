//! The configuration: a TOML file, and over it the environment.
//!
//! `LOKET_HTTP__BIND` is `bind` of the section `http`. No secret has a default, and a secret that can be
//! a file is one. What is missing or cannot be is said all at once, in plain sentences.

mod check;
mod key_file;
mod network;
mod raw;
mod sections;

pub use check::is_graph_version;
pub use key_file::{KeyFileError, read_key};
pub use network::{Network, NetworkError};
pub use sections::{
    Config, DatabaseSection, GraphSection, HttpSection, MailSection, MailWay, Secret, SecretsSection,
};
