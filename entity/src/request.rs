//! A request as it stands; its history is `request_event`.

use loket_core::{
    clock::Instant,
    id::{ContactId, ConversationId, FileId, OfficeId, RequestId, ServiceId, UnitId, UserId, VariantId},
    request::{Alarm, Channel, RequestState},
};
use sea_orm::entity::prelude::*;

use crate::sealed::{BlindIndex, Sealed};

/// A request as it stands; its history is `request_event`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "request")]
pub struct Model {
    /// The office it belongs to.
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: OfficeId,
    /// The request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RequestId,
    /// Its receipt number.
    pub receipt: String,
    /// Which service.
    pub service_id: ServiceId,
    /// Which variant.
    pub variant_id: VariantId,
    /// Which unit handles it.
    pub unit_id: Option<UnitId>,
    /// Where it is talked about.
    pub conversation_id: Option<ConversationId>,
    /// Who handed it in.
    pub submitter_id: Option<ContactId>,
    /// How it came.
    pub channel: Channel,
    /// Where it stands.
    pub state: RequestState,
    /// Who has it.
    pub assigned_to: Option<UserId>,
    /// The name of the person it is about.
    pub subject: Sealed<String>,
    /// What was typed; key to value.
    pub fields: Sealed<Json>,
    /// Why fields were read as they were; see `loket_core::format::Note`.
    pub notes: Option<Json>,
    /// Finds the NIK.
    pub nik_idx: Option<BlindIndex>,
    /// Finds the KK.
    pub kk_idx: Option<BlindIndex>,
    /// Kecamatan, when it is known.
    pub district_code: Option<String>,
    /// Kecamatan as the office writes it.
    pub district: Option<String>,
    /// How many papers must be there.
    pub papers_required: i64,
    /// How many of those were accepted.
    pub papers_accepted: i64,
    /// The product, when it is a file.
    pub result_file_id: Option<FileId>,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub result_sha256: Option<Sealed<String>>,
    /// Starts the response clock.
    pub first_message_at: Instant,
    /// When it has its turn: when it came, or earlier where more care is taken of its person.
    pub turn_at: Instant,
    /// Since when it is noted that more care is taken of its person; why is sealed elsewhere.
    pub care_since: Option<Instant>,
    /// Since when its product is under way, or lies at another office.
    pub away_since: Option<Instant>,
    /// Since when its person waits to be visited at home; nothing once they were.
    pub visit_wanted_at: Option<Instant>,
    /// When the request was opened.
    pub opened_at: Instant,
    /// When a person first answered.
    pub answered_at: Option<Instant>,
    /// By when a person should first have answered, as the office had set itself when it came; nothing where it had not.
    pub answer_by: Option<Instant>,
    /// The first thing nobody has answered yet.
    pub unanswered_since: Option<Instant>,
    /// Arrival of the last required paper: starts the settlement clock.
    pub complete_from: Option<Instant>,
    /// When an officer declared the papers complete.
    pub complete_declared_at: Option<Instant>,
    /// What it is counted by, as `loket_core::request::Terms`; nothing where the standard says no time.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub terms: Option<Json>,
    /// Until when it should be settled; nothing before its papers are complete and while it waits for the citizen.
    pub due_at: Option<Instant>,
    /// The last date that the citizen was told.
    pub promised_at: Option<Instant>,
    /// When the citizen was last told that no date can be said; nothing once one was.
    pub withheld_at: Option<Instant>,
    /// When the citizen is reminded of what they were asked for; nothing when they were, as often as they are.
    pub remind_at: Option<Instant>,
    /// When it is closed if the citizen does not answer; nothing where they were told no end.
    pub answer_until: Option<Instant>,
    /// When somebody must look at its time next; nothing while nobody must.
    pub next_check: Option<Instant>,
    /// What its clock says to those in charge.
    pub alarm: Option<Alarm>,
    /// When the citizen was told that the last date may not hold.
    pub warned_at: Option<Instant>,
    /// The first date that the citizen was told and that was missed.
    pub promise_missed_at: Option<Instant>,
    /// When the product was ready.
    pub ready_at: Option<Instant>,
    /// When it ended.
    pub closed_at: Option<Instant>,
    /// Why it was refused or cancelled, as a code.
    pub close_reason: Option<String>,
    /// Whether another office on Loket works on it and decides it.
    pub elsewhere: bool,
    /// When it last changed.
    pub changed_at: Instant,
    /// Counts changes: whoever saves must have seen the last.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
