//! What `loket demo --describe` tells scripts: where the demo is, and how to speak to each office.
//!
//! The shape is a promise to people who script against the demo, so it is written down here once more and independent
//! of the code that prints it.

use std::path::Path;

use serde::Deserialize;

use crate::Trouble;

/// The whole demo.
#[derive(Debug, Clone, Deserialize)]
pub struct Demo {
    /// Without a slash at the end.
    pub base_url: String,
    /// The demo's offices.
    pub offices: Vec<Office>,
    /// Accounts above the offices: provinces and the platform.
    #[serde(default)]
    pub accounts: Vec<Account>,
}

/// One office.
#[derive(Debug, Clone, Deserialize)]
pub struct Office {
    /// As in addresses: `kab-tangerang`.
    pub slug: String,
    /// As people say it.
    pub name: String,
    /// The province it lies in.
    pub province: String,
    /// Its WhatsApp numbers.
    pub numbers: Vec<Number>,
    /// Who can sign in.
    pub accounts: Vec<Account>,
}

/// One WhatsApp number with what Meta would know of it.
#[derive(Clone, Deserialize)]
pub struct Number {
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// As people dial it.
    pub display: String,
    /// Meta's id of the account that holds the number.
    pub waba_id: String,
    /// Path of the webhook, with its key.
    pub webhook_path: String,
    /// Signs webhooks.
    pub app_secret: String,
    /// Answers the handshake.
    pub verify_token: String,
    /// Keywords of the services offered here.
    #[serde(default)]
    pub services: Vec<String>,
}

/// One account of the demo.
#[derive(Clone, Deserialize)]
pub struct Account {
    /// Signs in with this.
    pub email: String,
    /// The demo's passwords are no secrets.
    pub password: String,
    /// The preset of permissions it holds.
    pub role: String,
}

impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Number({})", self.phone_number_id)
    }
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({})", self.role)
    }
}

impl Demo {
    /// From a file that holds the JSON.
    pub fn from_file(path: &Path) -> Result<Self, Trouble> {
        let text = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::from_json(&text)
    }

    /// Asks the binary, with the arguments that the demo itself was or will be started with.
    pub async fn of(binary: &Path, arguments: &[String]) -> Result<Self, Trouble> {
        let asked = tokio::process::Command::new(binary)
            .args(["demo", "--describe"])
            .args(arguments)
            .output()
            .await
            .map_err(|error| format!("{}: {error}", binary.display()))?;
        Self::of_output(&asked)
    }

    /// What `demo --describe` printed.
    pub fn of_output(asked: &std::process::Output) -> Result<Self, Trouble> {
        if !asked.status.success() {
            return Err(format!("demo --describe failed: {}", String::from_utf8_lossy(&asked.stderr)).into());
        }
        Self::from_json(&asked.stdout)
    }

    fn from_json(text: &[u8]) -> Result<Self, Trouble> {
        serde_json::from_slice(text)
            .map_err(|error| format!("demo --describe is not as promised: {error}").into())
    }

    /// The office called `slug`, or the first.
    pub fn office(&self, slug: Option<&str>) -> Result<&Office, Trouble> {
        let found = self.offices.iter().find(|office| slug.is_none_or(|slug| office.slug == slug));
        found.ok_or_else(|| format!("the demo has no office {}", slug.unwrap_or("at all")).into())
    }

    /// Some number of the office called `slug`, or of the first office.
    pub fn number(&self, slug: Option<&str>) -> Result<&Number, Trouble> {
        let office = self.office(slug)?;
        office.numbers.first().ok_or_else(|| format!("{} has no number", office.slug).into())
    }

    /// A number of an office that has another secret than `number`'s.
    pub fn stranger_to(&self, number: &Number) -> Option<&Number> {
        self.offices
            .iter()
            .flat_map(|office| &office.numbers)
            .find(|other| other.app_secret != number.app_secret)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_promised_shape_is_read() -> Result<(), Trouble> {
        let number = |secret: &str| {
            format!(
                r#"{{"phone_number_id":"1","display":"+62 21 1","waba_id":"2","webhook_path":"/webhook/whatsapp/k",
                 "app_secret":"{secret}","verify_token":"v","services":["KTP"]}}"#
            )
        };
        let office = |slug: &str, secret: &str| {
            format!(
                r#"{{"slug":"{slug}","name":"N","province":"Banten","numbers":[{}],
                 "accounts":[{{"email":"ana@x.test","password":"p","role":"operator"}}]}}"#,
                number(secret)
            )
        };
        let text = format!(
            r#"{{"base_url":"http://127.0.0.1:8080","offices":[{},{}]}}"#,
            office("kab-tangerang", "a"),
            office("kota-kupang", "b")
        );
        let demo = Demo::from_json(text.as_bytes())?;
        let first = demo.number(Some("kab-tangerang"))?;
        assert_eq!(demo.stranger_to(first).map(|other| other.app_secret.as_str()), Some("b"));
        assert!(demo.office(Some("kab-lain")).is_err());
        assert!(!format!("{demo:?}").contains("\"a\""), "a secret must not be printed");
        Ok(())
    }
}
