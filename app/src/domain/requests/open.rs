//! A request is opened: receipt, papers to come, first line of history.

use std::collections::BTreeMap;

use loket_core::{
    clock::Instant,
    format::{Fields, Note},
    id::{ContactId, ConversationId, RequestId},
    receipt::ReceiptNumber,
    request::{Channel, RequestEventKind, RequestState},
    text::{Kk, Nik, PersonName},
};
use loket_entity::{paper, request, request_name};
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use super::{
    due,
    history::Line,
    papers, places, receipts,
    similar::{self, Similar},
    stale,
};
use crate::{
    domain::{
        capacity,
        catalogue::{ServiceView, VariantView},
        regions,
        tenancy::Office,
        whatsapp,
    },
    infra::{Cx, Fault, Outcome, seal::IndexKind},
};

/// The key of who handed something in for others, among the fields.
pub const HANDED_IN_BY: &str = "diserahkan_oleh";

/// What a request is opened with.
pub struct NewRequest {
    /// By what way it came.
    pub channel: Channel,
    /// Where it is talked about.
    pub conversation: Option<ConversationId>,
    /// Who handed it in.
    pub submitter: Option<ContactId>,
    /// What they are called, where they hand in for others: `Desa Pete`.
    pub handed_in_by: Option<String>,
    /// The person it is about.
    pub subject: PersonName,
    /// What was typed, key to value.
    pub fields: BTreeMap<String, String>,
    /// Why fields were read as they were.
    pub notes: Vec<Note>,
    /// The first message about it: starts the response clock.
    pub first_message_at: Instant,
    /// When a person first answered, if that was before it became a request.
    pub answered_at: Option<Instant>,
    /// The oldest message about it that nobody has answered; nothing when an officer opened it.
    pub unanswered_since: Option<Instant>,
}

/// A request that was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The request.
    pub id: RequestId,
    /// Its receipt number.
    pub receipt: ReceiptNumber,
    /// The required papers, by name.
    pub missing: Vec<String>,
    /// An earlier request for the same person and service.
    pub similar: Option<Similar>,
}

/// Whom a line is about: the name in it, else who sent it, else nobody known.
pub(super) fn subject(fields: &Fields, sender: Option<&PersonName>) -> Outcome<PersonName> {
    match fields.name().or(sender) {
        Some(name) => Ok(name.clone()),
        None => PersonName::parse("Warga").map_err(|_| Fault::Inconsistent("the name of nobody")),
    }
}

/// Opens a request for a variant of a service.
pub async fn open(
    cx: &mut Cx<'_>,
    office: &Office,
    chosen: (&ServiceView, &VariantView),
    new: NewRequest,
) -> Outcome<Opened> {
    let id = cx.new_id();
    open_as(cx, office, chosen, (id, new)).await
}

/// Opens a request under the id that its form was given, so that a form sent twice opens one: the second meets
/// [`Fault::Stale`], even while the first is under way.
pub(super) async fn open_as(
    cx: &mut Cx<'_>,
    office: &Office,
    (service, variant): (&ServiceView, &VariantView),
    (id, new): (RequestId, NewRequest),
) -> Outcome<Opened> {
    let receipt = receipts::next(cx, &office.receipt_code, office.zone).await?;
    open_numbered(cx, office, (service, variant), (id, receipt, new)).await
}

/// Opens a request that has its number already.
pub(super) async fn open_numbered(
    cx: &mut Cx<'_>,
    office: &Office,
    (service, variant): (&ServiceView, &VariantView),
    (id, receipt, mut new): (RequestId, ReceiptNumber, NewRequest),
) -> Outcome<Opened> {
    if let Some(from) = new.handed_in_by.take() {
        new.fields.insert(HANDED_IN_BY.to_owned(), from);
    }
    let mut row = row(cx, office, (service, variant), (id, &receipt), &new)?;
    if let Some(conversation) = new.conversation {
        row.unit_id = whatsapp::unit_in(cx, conversation, (service.id, service.unit)).await?;
    }
    row.answer_by = due::answer_by(cx, office, &row).await?;
    row.terms = due::frozen(cx, office, (service, new.channel, row.unit_id)).await?;
    if !cx.tx().insert_once::<request::Entity>(request::ActiveModel::from(row.clone())).await? {
        return Err(Fault::Stale);
    }
    index_name(cx, id, &new.subject).await?;
    expect_papers(cx, id, variant).await?;
    Line::new(RequestEventKind::Opened).at(new.first_message_at).write(cx, &row).await?;
    let today = office.zone.date(cx.now());
    let before = [new.answered_at, row.answer_by].into_iter().flatten();
    stale::mark_at(cx, before.filter(|at| office.zone.date(*at) < today)).await?;
    let similar = similar::link(cx, &row).await?;
    let turn = similar.as_ref().and_then(|similar| similar.turn);
    capacity::foretell(cx, office, &row, turn).await?;
    cx.audit("request.opened", ("request", Some(id.0)))?;
    let missing =
        variant.papers.iter().filter(|paper| paper.required).map(|paper| paper.name.clone()).collect();
    Ok(Opened { id, receipt, missing, similar })
}

fn row(
    cx: &Cx<'_>,
    office: &Office,
    (service, variant): (&ServiceView, &VariantView),
    (id, receipt): (RequestId, &ReceiptNumber),
    new: &NewRequest,
) -> Outcome<request::Model> {
    let typed_district = new.fields.get("kecamatan").map(String::as_str).unwrap_or_default();
    let district = regions::district_named(&office.region_code, typed_district);
    let nik = new.fields.get("nik").and_then(|text| Nik::parse(text).ok());
    let kk = new.fields.get("no_kk").and_then(|text| Kk::parse(text).ok());
    let required = variant.papers.iter().filter(|paper| paper.required).count();
    Ok(request::Model {
        tenant_id: cx.office(),
        id,
        receipt: receipt.as_str().to_owned(),
        service_id: service.id,
        variant_id: variant.id,
        unit_id: service.unit,
        conversation_id: new.conversation,
        submitter_id: new.submitter,
        channel: new.channel,
        state: RequestState::Received,
        assigned_to: None,
        subject: cx.seal(&new.subject.expose().to_owned(), places::SUBJECT.of(id.0))?,
        fields: cx.seal(&serde_json::json!(new.fields), places::FIELDS.of(id.0))?,
        notes: notes(&new.notes),
        nik_idx: nik.map(|nik| cx.index(IndexKind::Nik, nik.expose())),
        kk_idx: kk.map(|kk| cx.index(IndexKind::Kk, kk.expose())),
        district_code: district.map(|district| district.code.to_owned()),
        district: district.map(|district| district.name.to_owned()),
        papers_required: i64::try_from(required).unwrap_or(i64::MAX),
        papers_accepted: 0,
        result_file_id: None,
        result_sha256: None,
        first_message_at: new.first_message_at,
        turn_at: new.first_message_at,
        care_since: None,
        away_since: None,
        visit_wanted_at: None,
        opened_at: cx.now(),
        answered_at: new.answered_at,
        answer_by: None,
        unanswered_since: new.unanswered_since,
        complete_from: None,
        complete_declared_at: None,
        terms: None,
        due_at: None,
        promised_at: None,
        withheld_at: None,
        remind_at: None,
        answer_until: None,
        next_check: None,
        alarm: None,
        warned_at: None,
        promise_missed_at: None,
        ready_at: None,
        closed_at: None,
        close_reason: None,
        elsewhere: false,
        changed_at: cx.now(),
        version: 1,
    })
}

/// Notes as they are stored: field and kind, and no value.
pub(super) fn notes(notes: &[Note]) -> Option<serde_json::Value> {
    let each = notes.iter().map(|note| serde_json::json!({ "key": note.key, "kind": note.kind }));
    (!notes.is_empty()).then(|| each.collect())
}

/// Notes as they were stored; one of a kind that is no longer known is left out.
pub(super) fn known_notes(stored: Option<&serde_json::Value>) -> Vec<Note> {
    let each = stored.and_then(serde_json::Value::as_array).into_iter().flatten();
    each.filter_map(|one| {
        let key = one.get("key").and_then(serde_json::Value::as_str).map(str::to_owned);
        Some(Note { key, kind: one.get("kind")?.as_str()?.parse().ok()? })
    })
    .collect()
}

async fn index_name(cx: &Cx<'_>, id: RequestId, name: &PersonName) -> Outcome<()> {
    let words = name
        .search_words()
        .map(|word| request_name::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<Uuid>()),
            request_id: Set(id),
            word_idx: Set(cx.index(IndexKind::NameWord, &word)),
        })
        .collect();
    cx.tx().insert_all::<request_name::Entity>(words).await
}

async fn expect_papers(cx: &Cx<'_>, id: RequestId, variant: &VariantView) -> Outcome<()> {
    let papers = (0_i64..)
        .zip(&variant.papers)
        .map(|(position, rule)| {
            let (code, name) = (rule.code.clone(), rule.name.clone());
            papers::absent(cx, id, papers::Expected { code, name, required: rule.required, position }).1
        })
        .collect();
    cx.tx().insert_all::<paper::Entity>(papers).await
}
