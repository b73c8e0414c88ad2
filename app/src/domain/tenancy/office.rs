//! An office and a province as everybody else sees them.

use loket_core::{
    id::{FileId, OfficeId},
    kinds::{OfficeKind, OfficeStatus, ReplyMode},
    outage::Disruption,
    permission::Whereabouts,
    reply::{self, Letterhead},
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
    /// Who stands above it and its full name: the lines at the head of its letters; may be empty.
    pub letterhead: String,
    /// Its telephone; may be empty.
    pub phone: String,
    /// Its mailbox; may be empty.
    pub email: String,
    /// Its site; may be empty.
    pub website: String,
    /// The picture at the head of its letters.
    pub logo: Option<FileId>,
    /// What Loket answers by itself.
    pub replies: ReplyMode,
    /// Whether citizens may hand in requests by the public form.
    pub web_form: bool,
    /// How many days a citizen has to send what they were asked for; nothing where requests wait without an end.
    pub answer_days: Option<i64>,
    /// Within how many minutes of its service hours it means to answer; nothing where it set itself no time.
    pub answer_minutes: Option<i64>,
    /// By how many hours requests of people of whom more care is taken are put ahead.
    pub care_ahead: i64,
    /// Whether, as a Dinas, it takes what the kecamatan offices of its area hand on.
    pub takes_forwarded: bool,
    /// Whether its hours are what its published timetable says.
    pub timetabled: bool,
    /// What keeps it from working now.
    pub disruptions: Vec<Disruption>,
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

    /// Whether its officers are at work: it has opened, or is training.
    pub fn serves(&self) -> bool {
        matches!(self.status, OfficeStatus::Trial | OfficeStatus::Live)
    }

    /// Whether requests may be handed on to it by another: by a kecamatan office of its own area, if it takes them.
    pub fn takes_from(&self, other: &Self) -> bool {
        self.takes_forwarded && self.serves() && self.lies_above(other)
    }

    /// Whether it is the Dinas in whose area a kecamatan office lies.
    pub fn lies_above(&self, other: &Self) -> bool {
        self.kind == OfficeKind::Dinas
            && other.kind == OfficeKind::Kecamatan
            && other.region_code.starts_with(&self.region_code)
    }

    /// Whether Loket says by itself what is wrong with a line.
    pub fn teaches(&self) -> bool {
        self.replies == ReplyMode::Assisted
    }

    /// What keeps it from working on something now.
    pub fn disrupted(&self, at: Whereabouts<'_>) -> Option<&Disruption> {
        self.disruptions.iter().find(|one| one.scope.covers(at))
    }

    /// What citizens are told of that; nothing while nothing does.
    pub fn disruption(&self, at: Whereabouts<'_>) -> Option<String> {
        self.disrupted(at).map(|met| reply::disruption(self.zone, met.kind, met.from))
    }

    /// The head of a message that nobody signs, about something that is, or is not, free by law.
    pub fn head(&self, free: bool) -> Letterhead<'_> {
        Letterhead { office: &self.name, zone: self.zone, signer: None, complaints: None, free }
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
            letterhead: row.letterhead,
            phone: row.phone,
            email: row.email,
            website: row.website,
            logo: row.logo_file_id,
            replies: row.replies,
            web_form: row.web_form,
            answer_days: row.answer_days,
            answer_minutes: row.answer_minutes,
            care_ahead: row.care_ahead,
            takes_forwarded: row.takes_forwarded,
            timetabled: row.timetabled,
            disruptions: row
                .disruptions
                .and_then(|told| serde_json::from_value(told).ok())
                .unwrap_or_default(),
            status: row.status,
            demo: row.demo,
        }
    }
}

impl Office {
    /// The lines at the head of its letters: as its admin wrote them, else after its name.
    pub fn letterhead_lines(&self) -> Vec<String> {
        let written: Vec<String> = self.letterhead.lines().map(str::to_owned).collect();
        if written.is_empty() { vec![self.name.to_uppercase()] } else { written }
    }

    /// How it is reached, in a line: `Telepon 021-555 · Surel a@b.go.id · Situs b.go.id`.
    pub fn contact_line(&self) -> String {
        let parts = [("Telepon", &self.phone), ("Surel", &self.email), ("Situs", &self.website)];
        let known = parts.into_iter().filter(|(_, text)| !text.is_empty());
        known.map(|(word, text)| format!("{word} {text}")).collect::<Vec<_>>().join(" · ")
    }

    /// The lines at the foot of its mails: where it is, and how it is reached.
    pub fn foot(&self) -> Vec<String> {
        let address = self.address.lines().collect::<Vec<_>>().join(", ");
        [address, self.contact_line()].into_iter().filter(|line| !line.is_empty()).collect()
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
