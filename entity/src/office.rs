//! An office in the directory; its id is the tenant id of everything it owns.

use loket_core::{
    clock::Instant,
    id::{FileId, OfficeId},
    kinds::{OfficeKind, OfficeStatus, ReplyMode},
    zone::OfficeZone,
};
use sea_orm::entity::prelude::*;

/// An office in the directory; its id is the tenant id of everything it owns.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "office")]
pub struct Model {
    /// The office.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OfficeId,
    /// Its name in a path, as `kab-tangerang`.
    pub slug: String,
    /// Its name as people say it.
    pub name: String,
    /// Dinas or kecamatan.
    pub kind: OfficeKind,
    /// The letters its receipts begin with.
    pub receipt_code: String,
    /// Its province.
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
    /// Whether it is at work.
    pub status: OfficeStatus,
    /// Whether its data are made up.
    pub demo: bool,
    /// When it was created.
    pub created_at: Instant,
    /// Where it is.
    pub address: String,
    /// Who stands above it, and its full name: the lines at the head of its letters.
    pub letterhead: String,
    /// Its telephone.
    pub phone: String,
    /// Its mailbox.
    pub email: String,
    /// Its site.
    pub website: String,
    /// The picture at the head of its letters: a file of its own store.
    pub logo_file_id: Option<FileId>,
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
    /// Whether a Dinas takes what the kecamatan offices of its area hand on.
    pub takes_forwarded: bool,
    /// Whether `hours` are what its published timetable says.
    pub timetabled: bool,
    /// What keeps it from working now, as a list of `loket_core::outage::Disruption`; nothing while nothing does.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub disruptions: Option<Json>,
    /// Until when those in charge were told of what runs out.
    pub escalated_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
