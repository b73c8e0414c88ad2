//! The configuration once it has been checked.

use std::{fmt, net::SocketAddr, path::PathBuf};

use zeroize::Zeroizing;

use super::network::Network;

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a text that is not to be printed.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The clear text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Everything a deployment decides.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where files lie, and the database unless it is PostgreSQL.
    pub data_dir: PathBuf,
    /// The database.
    pub database: DatabaseSection,
    /// The web's door.
    pub http: HttpSection,
    /// The keys.
    pub secrets: SecretsSection,
    /// Meta.
    pub graph: GraphSection,
    /// Mail; without it nothing can be invited or reset by mail.
    pub mail: Option<MailSection>,
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseSection {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// PostgreSQL, by role.
    Postgres {
        /// `loket_app`: sees tenant tables only.
        app: Secret,
        /// `loket_platform`: sees the platform's tables only.
        platform: Secret,
        /// `loket_owner`: migrates. The server itself does not need it.
        owner: Option<Secret>,
        /// Connections of each pool.
        pool: u32,
    },
}

/// The web's door.
#[derive(Debug, Clone)]
pub struct HttpSection {
    /// Where to listen.
    pub bind: SocketAddr,
    /// `https://loket.contoh.go.id`: scheme and host as people type them, without a path.
    pub public_url: String,
    /// Who may say on whose behalf they ask (`X-Forwarded-For`, `X-Forwarded-Proto`).
    pub trusted_proxies: Vec<Network>,
    /// Opens `/metrics` from elsewhere than this machine.
    pub metrics_token: Option<Secret>,
}

impl HttpSection {
    /// Whether people reach it by https, so that cookies are `Secure`.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The key files: 32 bytes each, as they are or as 64 hexadecimal digits.
#[derive(Debug, Clone)]
pub struct SecretsSection {
    /// Wraps the offices' keys. Who loses it loses the citizens' data.
    pub master_key_file: PathBuf,
    /// Signs cookies and links. Changing it signs everybody out.
    pub cookie_key_file: PathBuf,
}

/// Meta's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GraphSection {
    /// `https://graph.facebook.com`.
    pub base_url: String,
    /// `v25.0`.
    pub version: String,
}

/// Mail.
#[derive(Debug, Clone)]
pub struct MailSection {
    /// The sender's address.
    pub from: String,
    /// How it leaves.
    pub way: MailWay,
}

/// How mail leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailWay {
    /// `smtps://user:password@host:465`.
    Smtp(Secret),
    /// A file for each letter.
    Folder(PathBuf),
}
