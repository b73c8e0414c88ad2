//! The addresses of an office's services and their standards.

use std::fmt::Display;

route!(/// The services of an office.
    Services = "/kantor/{office}/pengaturan/layanan");
route!(/// The national catalogue; posting begins a service that is in no catalogue.
    ServiceCatalogue = "/kantor/{office}/pengaturan/layanan/katalog");
route!(/// One of its entries; posting copies it.
    ServiceEntry = "/kantor/{office}/pengaturan/layanan/katalog/{code}");
route!(/// A service with its standard.
    Service = "/kantor/{office}/pengaturan/layanan/{service}");
route!(/// A section of its draft: `umum`, `biaya`, `syarat`, or the letter of a component.
    ServiceDraft = "/kantor/{office}/pengaturan/layanan/{service}/rancangan/{part}");
route!(/// Publishing its draft.
    ServicePublish = "/kantor/{office}/pengaturan/layanan/{service}/terbitkan");
route!(/// An edition of it.
    ServiceEdition = "/kantor/{office}/pengaturan/layanan/{service}/edisi/{number}");
route!(/// `nyala`, `mati`, `buang`, `salin`; POST only.
    ServiceStep = "/kantor/{office}/pengaturan/layanan/{service}/{step}");

impl Services {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/layanan")
    }
}

impl ServiceCatalogue {
    /// Its address.
    pub fn at(office: &str) -> String {
        format!("/kantor/{office}/pengaturan/layanan/katalog")
    }
}

impl ServiceEntry {
    /// Its address.
    pub fn at(office: &str, code: &str) -> String {
        format!("/kantor/{office}/pengaturan/layanan/katalog/{code}")
    }
}

impl Service {
    /// Its address.
    pub fn at(office: &str, service: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/layanan/{service}")
    }
}

impl ServiceDraft {
    /// Its address.
    pub fn at(office: &str, service: impl Display, part: &str) -> String {
        format!("/kantor/{office}/pengaturan/layanan/{service}/rancangan/{part}")
    }
}

impl ServicePublish {
    /// Its address.
    pub fn at(office: &str, service: impl Display) -> String {
        format!("/kantor/{office}/pengaturan/layanan/{service}/terbitkan")
    }
}

impl ServiceEdition {
    /// Its address.
    pub fn at(office: &str, service: impl Display, number: i64) -> String {
        format!("/kantor/{office}/pengaturan/layanan/{service}/edisi/{number}")
    }
}

impl ServiceStep {
    /// Its address.
    pub fn at(office: &str, service: impl Display, step: &str) -> String {
        format!("/kantor/{office}/pengaturan/layanan/{service}/{step}")
    }
}
