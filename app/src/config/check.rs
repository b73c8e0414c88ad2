//! What a configuration must have before anything starts.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use super::{
    network::Network,
    raw::{self, Raw},
    sections::{
        Config, DatabaseSection, GraphSection, HttpSection, MailSection, MailWay, Secret, SecretsSection,
    },
};

const BIND: &str = "127.0.0.1:8080";
const META: &str = "https://graph.facebook.com";
const VERSION: &str = "v25.0";
const POOL: u32 = 10;
/// Characters of a token that opens the metrics: 128 bits in hexadecimal.
const SHORTEST_TOKEN: usize = 32;

impl Config {
    /// Reads and checks the configuration: the file at `path`, if one is given, and over it the
    /// environment (`LOKET_*`).
    ///
    /// # Errors
    /// Every sentence that says what is missing or cannot be.
    pub fn load(path: Option<&Path>, data_dir: Option<&Path>) -> Result<Self, Vec<String>> {
        let mut raw = raw::read(path)?;
        if let Some(folder) = data_dir {
            raw.data_dir = Some(folder.to_path_buf());
        }
        let mut wrong = Wrong::default();
        let config = wrong.check(raw);
        match config {
            Some(config) if wrong.0.is_empty() => Ok(config),
            _ => Err(wrong.0),
        }
    }
}

/// Collects what is wrong, so that one run says all of it.
#[derive(Default)]
struct Wrong(Vec<String>);

impl Wrong {
    fn say<T>(&mut self, sentence: impl Into<String>) -> Option<T> {
        self.0.push(sentence.into());
        None
    }

    fn check(&mut self, raw: Raw) -> Option<Config> {
        let data_dir = raw
            .data_dir
            .or_else(|| self.say("data_dir is missing: the folder for files (and the SQLite database)."));
        let database = self.database(raw.database, data_dir.as_deref());
        let http = self.http(raw.http);
        let secrets = self.secrets(raw.secrets);
        let graph = self.graph(raw.graph);
        let mail = self.mail(raw.mail);
        Some(Config {
            data_dir: data_dir?,
            database: database?,
            http: http?,
            secrets: secrets?,
            graph: graph?,
            mail: mail?,
        })
    }

    fn database(&mut self, raw: raw::Database, data_dir: Option<&Path>) -> Option<DatabaseSection> {
        let pool = raw.pool.unwrap_or(POOL);
        if !(1..=200).contains(&pool) {
            self.say::<()>("database.pool must be between 1 and 200 connections.");
        }
        match (raw.url, raw.app_url, raw.platform_url) {
            (None, None, None) => {
                if raw.owner_url.is_some() {
                    self.say::<()>("database.owner_url needs database.app_url and database.platform_url.");
                }
                data_dir.map(|folder| DatabaseSection::Sqlite(folder.join("loket.db")))
            }
            (Some(url), None, None) => match sqlite_path(&url) {
                Some(path) => Some(DatabaseSection::Sqlite(path)),
                None => self.say(
                    "database.url must be sqlite:FILE; PostgreSQL needs app_url and platform_url, one role each.",
                ),
            },
            (None, Some(app), Some(platform)) => self.postgres(app, platform, raw.owner_url, pool),
            (None, Some(_), None) => self.say("database.platform_url is missing (the role loket_platform)."),
            (None, None, Some(_)) => self.say("database.app_url is missing (the role loket_app)."),
            (Some(_), _, _) => self.say("database.url (SQLite) and the PostgreSQL addresses exclude each other."),
        }
    }

    fn postgres(
        &mut self,
        app: String,
        platform: String,
        owner: Option<String>,
        pool: u32,
    ) -> Option<DatabaseSection> {
        let addresses =
            [("app_url", Some(&app)), ("platform_url", Some(&platform)), ("owner_url", owner.as_ref())];
        for (name, url) in addresses {
            if url.is_some_and(|url| !url.starts_with("postgres://") && !url.starts_with("postgresql://")) {
                self.say::<()>(format!("database.{name} must begin with postgres://."));
            }
        }
        if app == platform || owner.as_ref().is_some_and(|owner| *owner == app || *owner == platform) {
            self.say::<()>("The PostgreSQL addresses must each have a role of their own.");
        }
        Some(DatabaseSection::Postgres {
            app: Secret::new(app),
            platform: Secret::new(platform),
            owner: owner.map(Secret::new),
            pool,
        })
    }

    fn http(&mut self, raw: raw::Http) -> Option<HttpSection> {
        let bind = raw.bind.as_deref().unwrap_or(BIND);
        let bind = bind
            .parse::<SocketAddr>()
            .ok()
            .or_else(|| self.say("http.bind must be an address and a port, as 127.0.0.1:8080."));
        let public_url = match raw.public_url {
            None => self
                .say("http.public_url is missing: the address people type, as https://loket.contoh.go.id."),
            Some(url) => self.public_url(&url),
        };
        let mut trusted_proxies = Vec::new();
        for text in &raw.trusted_proxies {
            match text.parse::<Network>() {
                Ok(network) => trusted_proxies.push(network),
                Err(error) => {
                    self.say::<()>(format!("http.trusted_proxies: {text:?} {error}.")).unwrap_or(())
                }
            }
        }
        if bind.is_some_and(|bind| !bind.ip().is_loopback()) && trusted_proxies.is_empty() {
            self.say::<()>(
                "http.bind is open to the network but http.trusted_proxies is empty: Loket speaks HTTP and \
                 stands behind a proxy that speaks HTTPS. Name that proxy, or listen on 127.0.0.1.",
            );
        }
        if raw.metrics_token.as_ref().is_some_and(|token| token.len() < SHORTEST_TOKEN) {
            self.say::<()>("http.metrics_token must have at least 32 characters.");
        }
        let metrics_token = raw.metrics_token.map(Secret::new);
        Some(HttpSection { bind: bind?, public_url: public_url?, trusted_proxies, metrics_token })
    }

    fn public_url(&mut self, text: &str) -> Option<String> {
        let url = text.trim_end_matches('/');
        let (secure, host) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(host), _) => (true, host),
            (_, Some(host)) => (false, host),
            _ => return self.say("http.public_url must begin with https://."),
        };
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if host.is_empty() || host.contains(['/', '?', '#', '@']) || host.contains(char::is_whitespace) {
            return self.say("http.public_url must be a scheme and a host, without a path.");
        }
        if !secure && !["localhost", "127.0.0.1", "[::1]"].contains(&name) {
            return self.say("http.public_url must begin with https:// unless it is this machine.");
        }
        Some(url.to_ascii_lowercase())
    }

    fn secrets(&mut self, raw: raw::Secrets) -> Option<SecretsSection> {
        let master = raw.master_key_file.or_else(|| {
            self.say("secrets.master_key_file is missing: 32 random bytes, as from `openssl rand -hex 32`.")
        });
        let cookie = raw.cookie_key_file.or_else(|| {
            self.say("secrets.cookie_key_file is missing: 32 random bytes, as from `openssl rand -hex 32`.")
        });
        let (master_key_file, cookie_key_file) = (master?, cookie?);
        if master_key_file == cookie_key_file {
            return self.say("secrets.master_key_file and secrets.cookie_key_file must be two files.");
        }
        Some(SecretsSection { master_key_file, cookie_key_file })
    }

    fn graph(&mut self, raw: raw::Graph) -> Option<GraphSection> {
        let base_url = raw.base_url.unwrap_or_else(|| META.to_owned());
        let version = raw.version.unwrap_or_else(|| VERSION.to_owned());
        let local = base_url.starts_with("http://127.0.0.1") || base_url.starts_with("http://localhost");
        if !base_url.starts_with("https://") && !local {
            return self.say("graph.base_url must begin with https://: access tokens travel to it.");
        }
        if !is_graph_version(&version) {
            return self.say("graph.version must be as v25.0.");
        }
        Some(GraphSection { base_url, version })
    }

    #[expect(clippy::option_option, reason = "no mail is a choice, a wrong one is not")]
    fn mail(&mut self, raw: raw::Mail) -> Option<Option<MailSection>> {
        let way = match (raw.url, raw.folder) {
            (None, None) if raw.from.is_none() => return Some(None),
            (None, None) => return self.say("mail.from needs mail.url (a server) or mail.folder."),
            (Some(_), Some(_)) => return self.say("mail.url and mail.folder exclude each other."),
            (Some(url), None) if is_safe_mail(&url) => MailWay::Smtp(Secret::new(url)),
            (Some(url), None) if url.starts_with("smtp://") => {
                return self.say(
                    "mail.url must begin with smtps:// or end with ?tls=required unless the mail server is this \
                     machine: links that open accounts travel to it.",
                );
            }
            (Some(_), None) => return self.say("mail.url must begin with smtps:// or smtp://."),
            (None, Some(folder)) => MailWay::Folder(folder),
        };
        match raw.from {
            Some(from) if from.contains('@') => Some(Some(MailSection { from, way })),
            _ => self.say("mail.from is missing: the sender's address."),
        }
    }
}

/// Whether letters reach the mail server unread: by TLS, or without leaving the machine.
fn is_safe_mail(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://") else { return url.starts_with("smtps://") };
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let host = address.rsplit_once('@').map_or(address, |(_, host)| host).trim_end_matches('/');
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let here = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
    here || query.split('&').any(|pair| pair == "tls=required")
}

fn sqlite_path(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

/// Whether a text names a version of the Graph API as Meta writes it: `v25.0`.
pub fn is_graph_version(text: &str) -> bool {
    let number = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let numbers = text.strip_prefix('v').and_then(|numbers| numbers.split_once('.'));
    numbers.is_some_and(|(major, minor)| number(major) && number(minor) && !major.starts_with('0'))
}

#[cfg(test)]
mod tests;
