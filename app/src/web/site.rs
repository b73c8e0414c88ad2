//! What every page may use: the house, the keys of cookies, the files, and how the site is reached.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use super::{live::Live, uploads::Uploads};
use crate::{
    config::{Network, Secret},
    domain::{
        accounts::{PasswordHasher, Tokens},
        whatsapp::Door,
    },
    infra::{House, files::FileStore, mail::Mailer},
};

/// The site's own state; one for all its threads.
pub struct Site {
    /// The ground every operation stands on.
    pub house: House,
    /// Hashes and compares passwords, a few at once.
    pub hasher: PasswordHasher,
    /// Makes and reads cookies and links.
    pub tokens: Arc<Tokens>,
    /// The way of letters; without one nobody is invited and nobody makes a new password by mail.
    pub mailer: Option<Mailer>,
    /// Where citizens' files and products lie.
    pub files: FileStore,
    /// Where Meta's bodies come in.
    pub door: Arc<Door>,
    /// Whether the data are made up; every page says so.
    pub demo: bool,
    /// The address under which Meta and letters reach the site, without a slash at its end.
    pub public_url: String,
    /// Whether the browser reaches the site by TLS: cookies then are `__Host-` and Secure.
    pub secure: bool,
    /// The hosts, with port, that people ask for; another name is refused. Empty: any.
    pub hosts: Vec<String>,
    /// The proxies whose word about the client's address is believed.
    pub trusted_proxies: Vec<Network>,
    /// What `/metrics` asks for, when it is not asked from the machine itself.
    pub metrics_token: Option<Secret>,
    /// What the front door shows of the demonstration.
    pub front: Option<DemoFront>,
    /// The files that are on their way in.
    pub uploads: Uploads,
    /// Who is told of changes.
    pub live: Live,
    /// Whether pages are served; until then only Meta is let in.
    pub opening: Opening,
}

/// Whether the site has opened. It opens once and stays open.
#[derive(Debug)]
pub struct Opening {
    open: AtomicBool,
    preparing: RwLock<Option<Preparing>>,
}

/// How far what must be ready before the site opens is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preparing {
    /// What is being done, in Indonesian.
    pub stage: &'static str,
    /// How much of it is done, in hundredths.
    pub percent: u8,
}

impl Opening {
    /// A site that serves pages from the start, or only after [`Self::open`].
    pub fn new(open: bool) -> Self {
        Self { open: AtomicBool::new(open), preparing: RwLock::new(None) }
    }

    /// Pages are served from now on.
    pub fn open(&self) {
        self.open.store(true, Ordering::Release);
    }

    /// Whether pages are served.
    pub fn is_open(&self) -> bool {
        self.open.load(Ordering::Acquire)
    }

    /// What is being done meanwhile, and how much of it, in hundredths.
    pub fn tell(&self, stage: &'static str, percent: u8) {
        let mut preparing = self.preparing.write().unwrap_or_else(PoisonError::into_inner);
        *preparing = Some(Preparing { stage, percent });
    }

    /// What was told last.
    pub fn preparing(&self) -> Option<Preparing> {
        *self.preparing.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The demonstration on the front door.
#[derive(Debug, Clone)]
pub struct DemoFront {
    /// Where the simulator is.
    pub simulator_href: String,
    /// The one password of all its accounts.
    pub password: String,
    /// The offices and whom to try them as.
    pub offices: Vec<FrontOffice>,
}

/// An office of the demonstration.
#[derive(Debug, Clone)]
pub struct FrontOffice {
    /// Its name.
    pub name: String,
    /// Kemendagri's code, with dots.
    pub code: String,
    /// `Banten · WIB`
    pub place: String,
    /// How it works, in a sentence or two.
    pub story: String,
    /// Its public page.
    pub public_href: Option<String>,
    /// Accounts to try.
    pub accounts: Vec<FrontAccount>,
}

/// An account of the demonstration.
#[derive(Debug, Clone)]
pub struct FrontAccount {
    /// Its address.
    pub email: String,
    /// Its role.
    pub role: String,
    /// What can be tried with it.
    pub can: String,
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
