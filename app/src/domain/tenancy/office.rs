//! An office and a province as everybody else sees them.

use loket_core::{
    id::OfficeId,
    kinds::{OfficeKind, OfficeStatus},
    zone::OfficeZone,
};
use loket_entity::{office, province};

/// An office of the directory. Nothing in it is personal or secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The office; the tenant id of everything it owns.
    pub id: OfficeId,
    /// Its name in a path, as `kab-tangerang`.
    pub slug: String,
    /// Its name as people say it.
    pub name: String,
    /// Dinas or kecamatan.
    pub kind: OfficeKind,
    /// The letters its receipts begin with.
    pub receipt_code: String,
    /// Two digits: its province.
    pub province_code: String,
    /// Kemendagri's code of its area, without dots.
    pub region_code: String,
    /// The zone its clocks show.
    pub zone: OfficeZone,
    /// What villages are called here.
    pub village_word: String,
    /// What kecamatan are called here.
    pub district_word: String,
    /// Service hours as told to citizens.
    pub hours: String,
    /// Where it is; may be empty.
    pub address: String,
    /// How it is reached besides WhatsApp; may be empty.
    pub contact: String,
    /// The lines at the head of its letters; may be empty.
    pub letterhead: String,
    /// Whether it is at work.
    pub status: OfficeStatus,
    /// Whether its data are made up.
    pub demo: bool,
}

impl Office {
    /// Whether officers may work in it.
    pub fn is_open(&self) -> bool {
        self.status != OfficeStatus::Suspended
    }
}

impl From<office::Model> for Office {
    fn from(row: office::Model) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            name: row.name,
            kind: row.kind,
            receipt_code: row.receipt_code,
            province_code: row.province_code,
            region_code: row.region_code,
            zone: row.zone,
            village_word: row.village_word,
            district_word: row.district_word,
            hours: row.hours,
            address: row.address,
            contact: row.contact,
            letterhead: row.letterhead,
            status: row.status,
            demo: row.demo,
        }
    }
}

/// A province of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// The two digits of Kemendagri's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The zone most of it keeps.
    pub zone: OfficeZone,
}

impl From<province::Model> for Province {
    fn from(row: province::Model) -> Self {
        Self { code: row.code, name: row.name, zone: row.zone }
    }
}
