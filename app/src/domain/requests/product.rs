//! The product: recorded, ready, delivered.

use loket_core::{
    clock::Instant,
    id::RequestId,
    kinds::OutputDelivery,
    permission::Permission,
    reply::{Finished, Handover, ReadyForPickup},
    request::{RequestEventKind, RequestState, Step},
    text::mask_numbers,
};
use loket_entity::request;

use super::{
    error::RequestError,
    form::RECIPIENT,
    forwarding,
    history::Line,
    places, stale,
    store::{self, Edit},
    telling::Addressed,
};
use crate::{
    domain::{
        files::{self, StoredFile},
        stock,
        tenancy::Office,
    },
    infra::Cx,
};

/// Within how many days a citizen should tell a mistake in the product; the office's courtesy, no law.
const CHECK_WITHIN_DAYS: u32 = 7;

/// Records the signed document, an `application/pdf`; the request is then ready to be sent.
pub async fn record_product(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    product: &StoredFile,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let again = row.state == RequestState::Ready && !row.elsewhere;
    let state = if again { row.state } else { store::step(&row, Step::MarkReady)? };
    files::add(cx, product).await?;
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::ResultFileId, product.id)
        .set(request::Column::ReadyAt, cx.now())
        .save(cx)
        .await?;
    if again {
        // It is ready since it is the right one.
        stale::mark(cx, &row).await?;
    } else {
        stock::used_for(cx, office, &row).await?;
    }
    Line::new(RequestEventKind::ResultUploaded).moving(row.state, state).write(cx, &row).await?;
    forwarding::tell_back(cx, &row).await?;
    cx.audit("request.product_recorded", ("request", Some(id.0)))?;
    Ok(())
}

/// A card or letter lies ready: the citizen is told where and when to collect it. `recipient` is who does, where that is not
/// whom it is about; nothing means that person.
pub async fn mark_ready(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    (place, recipient): (&str, &str),
) -> Result<(), RequestError> {
    let (place, recipient) = (place.trim(), recipient.trim());
    if place.is_empty() || place.chars().count() > 120 {
        return Err(RequestError::Invalid("Tulis tempat pengambilan, paling panjang 120 huruf."));
    }
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let state = store::step(&row, Step::MarkReady)?;
    let mut fields = store::fields(cx, &row)?;
    // A form shows what is known without long numbers: sent back as it was, it changes nothing.
    let shown = fields.get(RECIPIENT).map(|known| mask_numbers(known));
    if shown.is_none_or(|shown| shown.trim() != recipient) {
        if recipient.chars().count() > 120 {
            return Err(RequestError::Invalid("Nama pengambil paling panjang 120 huruf."));
        }
        fields.remove(RECIPIENT);
        if !recipient.is_empty() {
            fields.insert(RECIPIENT.to_owned(), recipient.to_owned());
        }
    }
    let fields = cx.seal(&serde_json::json!(fields), places::FIELDS.of(id.0))?;
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, cx.now())
        .set(request::Column::Fields, fields)
        .save(cx)
        .await?;
    Line::new(RequestEventKind::Ready).moving(row.state, state).write(cx, &row).await?;
    stock::used_for(cx, office, &row).await?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let text = ReadyForPickup {
        subject: addressed.subject(),
        product: &addressed.service.output,
        place,
        hours: &office.hours,
        slot: None,
        bring: &[],
        recipient: Some(recipient).filter(|name| !name.is_empty()),
    }
    .text(&addressed.head());
    addressed.say(cx, text).await?;
    cx.audit("request.ready", ("request", Some(id.0)))?;
    Ok(())
}

/// The citizen has it: the PDF is sent, the card was handed over, or the result is told in words.
pub async fn finish(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    told: Option<&str>,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    let state = store::step(&row, Step::Finish)?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let handover = handover(&row, addressed.service.delivery, told)?;
    let text = Finished {
        subject: addressed.subject(),
        product: &addressed.service.output,
        handover,
        check_within_days: CHECK_WITHIN_DAYS,
    }
    .text(&addressed.head());
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, row.ready_at.or(Some(cx.now())))
        .set(request::Column::ClosedAt, cx.now())
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<Instant>::None)
        .save(cx)
        .await?;
    let kind = match handover {
        Handover::Pdf => RequestEventKind::Sent,
        Handover::HandedOver => RequestEventKind::HandedOver,
        Handover::Told(_) => RequestEventKind::ResultUploaded,
    };
    Line::new(kind).write(cx, &row).await?;
    Line::new(RequestEventKind::Finished).moving(row.state, state).write(cx, &row).await?;
    if row.ready_at.is_none() {
        stock::used_for(cx, office, &row).await?;
    }
    if let (Handover::Pdf, Some(file)) = (handover, row.result_file_id) {
        addressed.send(cx, file, addressed.service.output.clone()).await?;
    }
    addressed.say(cx, text).await?;
    cx.audit("request.finished", ("request", Some(id.0)))?;
    Ok(())
}

fn handover<'t>(
    row: &request::Model,
    delivery: OutputDelivery,
    told: Option<&'t str>,
) -> Result<Handover<'t>, RequestError> {
    match (delivery, row.result_file_id) {
        (_, Some(_)) => Ok(Handover::Pdf),
        (OutputDelivery::Pdf, None) => {
            Err(RequestError::Invalid("Unggah dahulu dokumen hasilnya (PDF) sebelum menyelesaikan."))
        }
        (OutputDelivery::Pickup, None) if row.state != RequestState::Ready => {
            Err(RequestError::Invalid("Tandai siap diambil dahulu, agar warga tahu tempat dan waktunya."))
        }
        (OutputDelivery::Pickup, None) => Ok(Handover::HandedOver),
        (OutputDelivery::Status, None) => match told.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => Ok(Handover::Told(text)),
            None => Err(RequestError::Invalid("Tulis hasilnya, misalnya “NIK aktif, sudah dikonsolidasi”.")),
        },
    }
}
