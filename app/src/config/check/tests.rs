//! Configurations that start, and sentences of those that do not.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;

use super::*;
use crate::testing::TestFolder;

const WHOLE: &str = r#"
data_dir = "/var/lib/loket"
[http]
bind = "0.0.0.0:8080"
public_url = "https://Loket.contoh.go.id/"
trusted_proxies = ["10.0.0.0/8", "::1"]
[secrets]
master_key_file = "/etc/loket/master.key"
cookie_key_file = "/etc/loket/cookie.key"
"#;

fn load(text: &str) -> Result<Config, Vec<String>> {
    let folder = TestFolder::new();
    let path = folder.path().join("loket.toml");
    fs::write(&path, text).unwrap();
    Config::load(Some(&path), None)
}

#[test]
fn a_whole_configuration_starts() {
    let config = load(WHOLE).unwrap();
    assert_eq!(config.database, DatabaseSection::Sqlite(PathBuf::from("/var/lib/loket/loket.db")));
    assert_eq!(config.http.public_url, "https://loket.contoh.go.id");
    assert!(config.http.is_secure());
    assert_eq!(config.http.trusted_proxies.len(), 2);
    assert_eq!(config.graph, GraphSection { base_url: META.to_owned(), version: VERSION.to_owned() });
    assert!(config.mail.is_none());
}

#[test]
fn an_empty_configuration_is_told_everything_it_lacks() {
    let wrong = load("").unwrap_err();
    assert_eq!(wrong.len(), 4, "{wrong:#?}");
    for name in ["data_dir", "http.public_url", "master_key_file", "cookie_key_file"] {
        assert!(wrong.iter().any(|sentence| sentence.contains(name)), "{name}: {wrong:#?}");
    }
}

#[test]
fn each_mistake_is_named() {
    for (from, to, said) in [
        (r#"trusted_proxies = ["10.0.0.0/8", "::1"]"#, "", "http.trusted_proxies is empty"),
        ("10.0.0.0/8", "10.0.0.0/64", "is not a network"),
        ("0.0.0.0:8080", "8080", "http.bind must be"),
        ("https://Loket.contoh.go.id/", "http://loket.contoh.go.id", "must begin with https://"),
        ("https://Loket.contoh.go.id/", "https://loket.contoh.go.id/masuk", "without a path"),
        ("cookie.key", "master.key", "must be two files"),
        ("[http]", "[htpp]", "is not known"),
        ("[http]", "[database]\nurl = \"mysql://x\"\n[http]", "database.url must be"),
        ("[http]", "[database]\napp_url = \"postgres://a\"\n[http]", "database.platform_url is missing"),
        ("[http]", "[database]\napp_url = \"x\"\nplatform_url = \"x\"\n[http]", "role of their own"),
        ("[http]", "[graph]\nbase_url = \"http://graph.test\"\n[http]", "graph.base_url must"),
        ("[http]", "[mail]\nurl = \"smtps://mail.test\"\n[http]", "mail.from is missing"),
        (
            "[http]",
            "[mail]\nurl = \"smtp://mail.test\"\nfrom = \"a@b.id\"\n[http]",
            "mail.url must begin with smtps",
        ),
        ("[http]", "[mail]\nurl = \"imap://mail.test\"\nfrom = \"a@b.id\"\n[http]", "mail.url must begin"),
        ("[http]", "[http]\nmetrics_token = \"pendek\"", "metrics_token must"),
        (r#"bind = "0.0.0.0:8080""#, "bind = 8080", "(http.bind) must be"),
        ("[http]", "[graph]\nversion = \"25\"\n[http]", "graph.version must"),
        ("[http]", "[graph]\nversion = \"v+25.0\"\n[http]", "graph.version must"),
        ("[http]", "[graph]\nversion = \"v25.0/me\"\n[http]", "graph.version must"),
        ("[http]", "[graph]\nversion = \"v025.0\"\n[http]", "graph.version must"),
        ("[http]", "[http", "TOML"),
    ] {
        let text = WHOLE.replacen(from, to, 1);
        let wrong = load(&text).unwrap_err();
        assert!(wrong.iter().any(|sentence| sentence.contains(said)), "{said}: {wrong:#?}");
    }
}

#[test]
fn no_secret_is_ever_printed() {
    let text = WHOLE.to_owned()
        + "[database]\napp_url = \"postgres://loket_app:RAHASIA@db/loket\"\n\
           platform_url = \"postgres://loket_platform:RAHASIA@db/loket\"\n\
           [mail]\nurl = \"smtps://u:RAHASIA@mail.test\"\nfrom = \"loket@contoh.go.id\"\n";
    let config = load(&text).unwrap();
    assert!(!format!("{config:?}").contains("RAHASIA"));
    let wrong = load(&text.replace("pool", "").replace("[mail]", "[mail]\nfolder = [\"RAHASIA\"]"));
    assert!(!format!("{:?}", wrong.unwrap_err()).contains("RAHASIA"));
}

#[test]
fn a_file_that_is_not_there_is_said_so() {
    let wrong = Config::load(Some(Path::new("/nowhere/loket.toml")), None).unwrap_err();
    assert!(wrong[0].contains("is not there"));
}

#[test]
fn a_mail_server_elsewhere_is_reached_by_tls() {
    for (url, fits) in [
        ("smtps://u:p@mail.test:465", true),
        ("smtp://u:p@mail.test:587?tls=required", true),
        ("smtp://127.0.0.1:1025", true),
        ("smtp://localhost", true),
        ("smtp://mail.test:587", false),
        ("smtp://127.0.0.1:25@mail.test", false),
        ("smtp://mail.test?tls=opportunistic", false),
    ] {
        let text = format!("{WHOLE}\n[mail]\nurl = \"{url}\"\nfrom = \"loket@contoh.go.id\"\n");
        assert_eq!(load(&text).is_ok(), fits, "{url}");
    }
}
