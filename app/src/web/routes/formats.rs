//! The addresses of the lines by which services are asked for.

use std::fmt::Display;

route!(/// The formats of an office.
    Formats = "/kantor/{office}/pengaturan/format");
route!(/// The format of a service.
    Format = "/kantor/{office}/pengaturan/format/{service}");
route!(/// Drawing it; every step is a form.
    FormatDraft = "/kantor/{office}/pengaturan/format/{service}/rancangan");
route!(/// Trying and publishing its draft.
    FormatPublish = "/kantor/{office}/pengaturan/format/{service}/terbitkan");
route!(/// An edition of it.
    FormatEdition = "/kantor/{office}/pengaturan/format/{service}/edisi/{number}");
route!(/// `buang`, `contoh`, `salin`; POST only.
    FormatStep = "/kantor/{office}/pengaturan/format/{service}/{step}");

impl Formats {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/format")
    }
}

impl Format {
    /// Its address.
    pub fn at(office: &str, service: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/format/{service}")
    }
}

impl FormatDraft {
    /// Its address.
    pub fn at(office: &str, service: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/format/{service}/rancangan")
    }
}

impl FormatPublish {
    /// Its address.
    pub fn at(office: &str, service: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/format/{service}/terbitkan")
    }
}

impl FormatEdition {
    /// Its address.
    pub fn at(office: &str, service: impl Display, number: i64) -> String {
        format!("/kantor/{office}/pengaturan/format/{service}/edisi/{number}")
    }
}

impl FormatStep {
    /// Its address.
    pub fn at(office: &str, service: impl Display, step: &str) -> String {
        format!("/kantor/{office}/pengaturan/format/{service}/{step}")
    }
}
