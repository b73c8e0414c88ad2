//! What every page may use: the house, the keys of cookies, the files, and how the site is reached.

use std::{net::IpAddr, sync::Arc};

use crate::{
    domain::{
        accounts::{PasswordHasher, Tokens},
        whatsapp::Door,
    },
    infra::{House, files::FileStore},
};

/// The site's own state; one for all its threads.
pub struct Site {
    /// The ground every operation stands on.
    pub house: House,
    /// Hashes and compares passwords, a few at once.
    pub hasher: PasswordHasher,
    /// Makes and reads cookies and links.
    pub tokens: Tokens,
    /// Where citizens' files and products lie.
    pub files: FileStore,
    /// Where Meta's bodies come in.
    pub door: Arc<Door>,
    /// Whether the data are made up; every page says so.
    pub demo: bool,
    /// Whether the browser reaches the site by TLS: cookies then are `__Host-` and Secure.
    pub secure: bool,
    /// The proxies whose word about the client's address is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// What `/metrics` asks for, when it is not asked from the machine itself.
    pub metrics_token: Option<String>,
}

impl Site {
    /// The name of the session cookie. Without TLS (the demonstration on this machine) a browser would
    /// refuse the `__Host-` prefix.
    pub fn session_cookie(&self) -> &'static str {
        if self.secure { "__Host-loket" } else { "loket" }
    }

    /// The name of the cookie that a visitor's form is checked against.
    pub fn visitor_cookie(&self) -> &'static str {
        if self.secure { "__Host-loket-tamu" } else { "loket-tamu" }
    }
}
