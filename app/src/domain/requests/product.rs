//! The product: recorded, sent, handed over.

use loket_core::{
    clock::Instant,
    handover::{Collectors, HandoverWay},
    id::RequestId,
    kinds::OutputDelivery,
    permission::Permission,
    reply::{Finished, Handover},
    request::{Channel, RequestEventKind, RequestState, Step},
};
use loket_entity::request;

use super::{
    appointing,
    error::RequestError,
    forwarding,
    history::Line,
    places, sending, stale,
    store::{self, Edit},
    telling::Addressed,
    visiting::{self, Leaving},
    watch::is_heard,
};
use crate::{
    domain::{
        contacts,
        files::{self, StoredFile},
        pickup::{self, Received},
        stock,
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// Within how many days a citizen should tell a mistake in the product; the office's courtesy, no law.
pub(super) const CHECK_WITHIN_DAYS: u32 = 7;

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
        .set(request::Column::ResultSha256, cx.seal(&product.sha256, places::RESULT_SHA256.of(id.0))?)
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

/// How a request ends with a product.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ending<'e> {
    /// The result in words, where there is no product; how it was made sure who holds the number, where that changed; how a
    /// document was sent that does not arrive by WhatsApp.
    pub told: Option<&'e str>,
    /// Who stands at the counter, where it is collected.
    pub received: Option<Received<'e>>,
}

/// The citizen has it: the PDF is sent, the card was handed over, or the result is told in words.
pub async fn finish(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    ending: &Ending<'_>,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    sending::not_away(&row)?;
    let state = store::step(&row, Step::Finish)?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let way = way(cx, (&row, addressed.service.delivery), ending).await?;
    if let Way::ByHand(received) = &way {
        given(cx, &row, received).await?;
    }
    let changed = if let Way::Sent = way { number_changed(cx, &row).await? } else { None };
    if changed.is_some() && said(ending.told).is_none() {
        return Err(RequestError::Invalid(
            "Nomor WhatsApp pengirim berganti sejak permohonan ini masuk. Pastikan dahulu siapa pemegangnya, lalu tulis \
             caranya.",
        ));
    }
    let handover = match &way {
        Way::Sent => Handover::Pdf,
        Way::ByHand(_) => Handover::HandedOver,
        Way::Otherwise(how) | Way::Told(how) => Handover::Told(how),
    };
    let text = Finished {
        subject: addressed.subject(),
        product: &addressed.service.output,
        handover,
        check_within_days: CHECK_WITHIN_DAYS,
    }
    .text(&addressed.head());
    let kind = match way {
        Way::Sent | Way::Otherwise(_) => RequestEventKind::Sent,
        Way::ByHand(_) => RequestEventKind::HandedOver,
        Way::Told(_) => RequestEventKind::ResultUploaded,
    };
    over(cx, office, (&row, state), kind).await?;
    if let (Way::Sent | Way::Otherwise(_), Some(file)) = (&way, row.result_file_id) {
        let how = match way {
            Way::Sent if row.channel == Channel::Forwarded => HandoverWay::Relayed,
            Way::Sent => HandoverWay::WhatsApp,
            _ => HandoverWay::Otherwise,
        };
        let noted = said(ending.told).filter(|_| changed.is_some() || how == HandoverWay::Otherwise);
        let hash = row.result_sha256.as_ref();
        let hash = hash.map(|hash| cx.open(hash, places::RESULT_SHA256.of(id.0))).transpose()?;
        pickup::sent(cx, id, (how, file, hash.as_deref(), noted)).await?;
    }
    if let (Way::Sent, Some(file)) = (&way, row.result_file_id) {
        addressed.send(cx, file, addressed.service.output.clone()).await?;
    }
    addressed.say(cx, text).await?;
    cx.audit("request.finished", ("request", Some(id.0)))?;
    Ok(())
}

/// A request ends with its product; `kind` says how its citizen got that.
pub(super) async fn over(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, state): (&request::Model, RequestState),
    kind: RequestEventKind,
) -> Result<(), RequestError> {
    Edit::of(row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, row.ready_at.or(Some(cx.now())))
        .set(request::Column::AwaySince, Option::<Instant>::None)
        .set(request::Column::ClosedAt, cx.now())
        .set(request::Column::AnsweredAt, row.answered_at.or(Some(cx.now())))
        .set(request::Column::UnansweredSince, Option::<Instant>::None)
        .save(cx)
        .await?;
    visiting::leave(cx, office, row, Leaving::Over).await?;
    appointing::leave(cx, office, row, true).await?;
    Line::new(kind).write(cx, row).await?;
    Line::new(RequestEventKind::Finished).moving(row.state, state).write(cx, row).await?;
    if row.ready_at.is_none() {
        stock::used_for(cx, office, row).await?;
    }
    Ok(())
}

/// When the number to which the product would be sent changed, if that was after the request came.
pub(super) async fn number_changed(cx: &Cx<'_>, row: &request::Model) -> Outcome<Option<Instant>> {
    match row.submitter_id.filter(|_| row.conversation_id.is_some()) {
        Some(contact) => contacts::changed_since(cx, contact, row.first_message_at).await,
        None => Ok(None),
    }
}

/// Whoever stands at the counter gets it, if they may; what was looked at is kept.
async fn given(cx: &Cx<'_>, row: &request::Model, received: &Received<'_>) -> Result<(), RequestError> {
    let lying = pickup::of(cx, row.id).await?;
    let here = lying.as_ref().map_or(Collectors::Proxy, |one| one.collectors);
    let point = lying.as_ref().and_then(|one| one.point.as_ref()).map(|point| point.id);
    pickup::received(cx, row, (here, point), received).await?;
    pickup::collected(cx, row.id).await?;
    Ok(())
}

/// How a product reaches its citizen.
enum Way<'e> {
    /// As a document, in the conversation, or through the kecamatan that talks with them.
    Sent,
    /// As a document, otherwise; in words, how.
    Otherwise(&'e str),
    /// Into the hands of whoever stands at the counter.
    ByHand(Received<'e>),
    /// There is none: the result is told.
    Told(&'e str),
}

/// What was written, if anything was.
fn said(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// How the product of a request is to reach its citizen: a document that would not arrive is given by hand or sent otherwise.
async fn way<'e>(
    cx: &Cx<'_>,
    (row, delivery): (&request::Model, OutputDelivery),
    ending: &Ending<'e>,
) -> Result<Way<'e>, RequestError> {
    let told = said(ending.told);
    match (delivery, row.result_file_id, ending.received) {
        (_, Some(_), _) if is_heard(cx, row).await? => Ok(Way::Sent),
        (_, Some(_), Some(received)) => Ok(Way::ByHand(received)),
        (_, Some(_), None) => told.map(Way::Otherwise).ok_or(RequestError::Invalid(
            "Lewat WhatsApp dokumen ini tidak akan sampai. Pilih penerima dan kartunya bila diserahkan, atau tulis cara \
             mengirimnya, misalnya surel.",
        )),
        (OutputDelivery::Pdf, None, _) => {
            Err(RequestError::Invalid("Unggah dahulu dokumen hasilnya (PDF) sebelum menyelesaikan."))
        }
        (OutputDelivery::Pickup, None, _) if row.state != RequestState::Ready => {
            Err(RequestError::Invalid("Tandai siap diambil dahulu, agar warga tahu tempat dan waktunya."))
        }
        (OutputDelivery::Pickup, None, received) => received.map(Way::ByHand).ok_or(RequestError::Invalid(
            "Pilih siapa yang menerima dan kartu apa yang diperlihatkan, lalu serahkan.",
        )),
        (OutputDelivery::Status, None, _) => {
            let what = "Tulis hasilnya, misalnya “NIK aktif, sudah dikonsolidasi”.";
            told.map(Way::Told).ok_or(RequestError::Invalid(what))
        }
    }
}
