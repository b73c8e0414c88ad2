//! What people do about it: it is offered, the citizen's answer is written down, and that it was given. Whoever may give work
//! to others may do this.

use chrono::NaiveDate;
use loket_core::{
    compensation::{CompensationState, CompensationStep, LapseReason, OfferWay},
    id::RequestId,
    permission::Permission,
    request::{RequestEventKind, RequestState},
};
use loket_entity::{compensation, request};

use super::{
    super::{
        error::RequestError,
        history::Line,
        places,
        store::{self, Edit},
        telling::Addressed,
        watch::is_heard,
    },
    find,
    follow::moving,
    read::text,
};
use crate::{
    domain::tenancy::Office,
    infra::{Change, Cx},
};

/// How many letters a note has at most.
const LONGEST: usize = 300;
const CHANGED: RequestError =
    RequestError::Invalid("Langkah kompensasi ini sudah tercatat. Periksa keadaannya di bagian Kompensasi.");
const LONG: RequestError = RequestError::Invalid("Keterangan paling panjang 300 huruf.");

/// Compensation is offered.
#[derive(Debug, Clone, Copy)]
pub struct CompensationOffer<'o> {
    /// The change that was read.
    pub version: i64,
    /// How the printed letter reached the citizen; empty where they are written to.
    pub delivered: &'o str,
}

/// Compensation was given.
#[derive(Debug, Clone, Copy)]
pub struct CompensationGiven<'g> {
    /// The change that was read.
    pub version: i64,
    /// On which day.
    pub day: NaiveDate,
    /// What was given, and to whom; may be empty.
    pub note: &'g str,
}

/// Offers it: the citizen is written to, or the printed letter reached them as it is said.
///
/// # Errors
/// Where no message would reach them and nobody said how the letter did; where somebody else was faster.
pub async fn offer_compensation(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    offer: &CompensationOffer<'_>,
) -> Result<(), RequestError> {
    let (row, one, state) = load(cx, (id, offer.version), CompensationStep::Offer).await?;
    let delivered = offer.delivered.trim();
    if delivered.chars().count() > LONGEST {
        return Err(LONG);
    }
    let way = match (delivered.is_empty(), is_heard(cx, &row).await?) {
        (false, _) => OfferWay::Letter,
        (true, true) if row.conversation_id.is_none() => OfferWay::Relayed,
        (true, true) => OfferWay::WhatsApp,
        (true, false) => {
            return Err(RequestError::Invalid(
                "Pesan WhatsApp tidak akan sampai kepada warga. Cetak suratnya, sampaikan, lalu tulis cara menyampaikannya.",
            ));
        }
    };
    let sealed = (way == OfferWay::Letter).then(|| delivered.to_owned());
    let sealed = sealed.map(|words| cx.seal(&words, places::COMPENSATION_DELIVERED.of(id.0))).transpose()?;
    // The letter to the office that talks with the citizen is found by the version that it made.
    Edit::of(&row).save(cx).await?;
    let change = moving(cx, &one, state)
        .set(compensation::Column::OfferedAt, cx.now())
        .set(compensation::Column::Way, way)
        .set(compensation::Column::Delivered, sealed);
    save(change).await?;
    Line::new(RequestEventKind::CompensationOffered).because(way.word()).record(cx, &row).await?;
    if way != OfferWay::Letter {
        let addressed = Addressed::of(cx, office, &row).await?;
        addressed.say(cx, text(&row, &one, &addressed)).await?;
    }
    cx.audit("request.compensation_offered", ("request", Some(id.0)))?;
    Ok(())
}

/// Writes the citizen's answer down: they take it, or they do not want it.
///
/// # Errors
/// Where somebody else was faster.
pub async fn answer_compensation(
    cx: &mut Cx<'_>,
    (id, version): (RequestId, i64),
    takes: bool,
) -> Result<(), RequestError> {
    let (step, kind) = if takes {
        (CompensationStep::Accept, RequestEventKind::CompensationAccepted)
    } else {
        (CompensationStep::Decline, RequestEventKind::CompensationDeclined)
    };
    let (row, one, state) = load(cx, (id, version), step).await?;
    save(moving(cx, &one, state).set(compensation::Column::AnsweredAt, cx.now())).await?;
    Line::new(kind).record(cx, &row).await?;
    cx.audit("request.compensation_answered", ("request", Some(id.0)))?;
    Ok(())
}

/// Writes down that it was given.
///
/// # Errors
/// Where the day is none on which that can have happened; where somebody else was faster.
pub async fn give_compensation(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    given: &CompensationGiven<'_>,
) -> Result<(), RequestError> {
    let (row, one, state) = load(cx, (id, given.version), CompensationStep::Give).await?;
    let note = given.note.trim().replace("\r\n", "\n");
    if note.chars().count() > LONGEST {
        return Err(LONG);
    }
    if given.day > office.zone.date(cx.now()) {
        return Err(RequestError::Invalid("Tanggalnya belum tiba. Pilih hari ini atau sebelumnya."));
    }
    if one.offered_at.is_some_and(|offered| given.day < office.zone.date(offered)) {
        return Err(RequestError::Invalid("Tanggalnya lebih awal daripada saat kompensasi ditawarkan."));
    }
    let note = (!note.is_empty()).then(|| cx.seal(&note, places::COMPENSATION_NOTE.of(id.0))).transpose()?;
    let change = moving(cx, &one, state)
        .set(compensation::Column::GivenOn, given.day)
        .set(compensation::Column::Note, note);
    save(change).await?;
    Line::new(RequestEventKind::CompensationGiven).record(cx, &row).await?;
    cx.audit("request.compensation_given", ("request", Some(id.0)))?;
    Ok(())
}

/// Says that it is not owed after all, of a request that is over without a product; what was offered is not taken back.
///
/// # Errors
/// Where the request is not over, or somebody else was faster.
pub async fn waive_compensation(
    cx: &mut Cx<'_>,
    (id, version): (RequestId, i64),
    reason: LapseReason,
) -> Result<(), RequestError> {
    let (row, one, state) = load(cx, (id, version), CompensationStep::Lapse).await?;
    if !matches!(row.state, RequestState::Rejected | RequestState::Cancelled)
        || !LapseReason::SAID.contains(&reason)
    {
        return Err(RequestError::Invalid(
            "Hanya kompensasi dari permohonan yang ditolak atau dibatalkan yang dapat digugurkan.",
        ));
    }
    save(moving(cx, &one, state).set(compensation::Column::LapsedBecause, reason.word())).await?;
    Line::new(RequestEventKind::CompensationLapsed).because(reason.word()).record(cx, &row).await?;
    cx.audit("request.compensation_waived", ("request", Some(id.0)))?;
    Ok(())
}

/// The request, what stands of it, and where a step leads. A form that was sent twice finds that it has been done.
async fn load(
    cx: &Cx<'_>,
    (id, version): (RequestId, i64),
    step: CompensationStep,
) -> Result<(request::Model, compensation::Model, CompensationState), RequestError> {
    let row = store::load(cx, id, Permission::AssignRequests).await?;
    let one = find(cx, id).await?;
    let one = one.ok_or(RequestError::Invalid("Tidak ada kompensasi yang terutang pada permohonan ini."))?;
    match step.after(Some(one.state)) {
        Some(state) if one.version == version => Ok((row, one, state)),
        _ => Err(CHANGED),
    }
}

async fn save(change: Change<'_, compensation::Entity>) -> Result<(), RequestError> {
    if change.run().await? == 1 { Ok(()) } else { Err(CHANGED) }
}
