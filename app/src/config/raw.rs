//! The configuration as it was written: everything may be missing, nothing may be unknown.

use std::path::{Path, PathBuf};

use figment::{
    Figment,
    providers::{Env, Format, Toml},
};
use serde::Deserialize;

/// The first word of every variable of the environment that is read.
pub(super) const PREFIX: &str = "LOKET_";
const SECTIONS: [&str; 6] = ["data_dir", "database__", "http__", "secrets__", "graph__", "mail__"];

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) data_dir: Option<PathBuf>,
    #[serde(default)]
    pub(super) database: Database,
    #[serde(default)]
    pub(super) http: Http,
    #[serde(default)]
    pub(super) secrets: Secrets,
    #[serde(default)]
    pub(super) graph: Graph,
    #[serde(default)]
    pub(super) mail: Mail,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Database {
    pub(super) url: Option<String>,
    pub(super) app_url: Option<String>,
    pub(super) platform_url: Option<String>,
    pub(super) owner_url: Option<String>,
    pub(super) pool: Option<u32>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Http {
    pub(super) bind: Option<String>,
    pub(super) public_url: Option<String>,
    #[serde(default)]
    pub(super) trusted_proxies: Vec<String>,
    pub(super) metrics_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secrets {
    pub(super) master_key_file: Option<PathBuf>,
    pub(super) cookie_key_file: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Graph {
    pub(super) base_url: Option<String>,
    pub(super) version: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mail {
    pub(super) url: Option<String>,
    pub(super) folder: Option<PathBuf>,
    pub(super) from: Option<String>,
}

/// Reads the file, if there is one, and the environment.
pub(super) fn read(path: Option<&Path>) -> Result<Raw, Vec<String>> {
    let mut figment = Figment::new();
    if let Some(path) = path {
        if !path.is_file() {
            return Err(vec![format!("The configuration file {} is not there.", path.display())]);
        }
        figment = figment.merge(Toml::file_exact(path));
    }
    let known = |key: &figment::value::UncasedStr| {
        let key = key.as_str().to_ascii_lowercase();
        SECTIONS.iter().any(|section| key.starts_with(section))
    };
    let env = Env::prefixed(PREFIX).filter(known).split("__");
    figment.merge(env).extract().map_err(|error| error.into_iter().map(sentence).collect())
}

/// Never the value: it may be a secret in the wrong place.
fn sentence(error: figment::Error) -> String {
    use figment::error::Kind;
    let place = if error.path.is_empty() { String::new() } else { format!(" ({})", error.path.join(".")) };
    match error.kind {
        Kind::UnknownField(name, _) => format!("The setting {name}{place} is not known."),
        Kind::InvalidType(_, wanted) => format!("A setting{place} must be {wanted}."),
        Kind::InvalidValue(_, wanted) => format!("A setting{place} must be {wanted}."),
        Kind::DuplicateField(name) => format!("The setting {name}{place} is written twice."),
        _ => format!("The configuration{place} cannot be read as TOML."),
    }
}
