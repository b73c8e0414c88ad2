//! What lies ready to be collected: its citizen is told where and when, and may be given another time.

use loket_core::{
    appointment::PlacePurpose,
    clock::Instant,
    handover::Collectors,
    id::{PickupPointId, RequestId},
    kinds::OutputDelivery,
    permission::Permission,
    reply::{PickupMoved, ReadyForPickup},
    request::{RequestEventKind, RequestState, Step},
    text::mask_numbers,
};
use loket_entity::request;

use super::{
    error::RequestError,
    form::RECIPIENT,
    history::Line,
    places,
    product::number_changed,
    sending,
    store::{self, Edit},
    telling::Addressed,
    watch::is_heard,
};
use crate::{
    domain::{
        consignments::ConsignmentView,
        pickup::{self, HandoverView, PickupError, PickupView, PointOffers, PointView, Seated, Since},
        stock,
        tenancy::Office,
    },
    infra::{Cx, Outcome},
};

/// Where something can be collected, when, and by whom.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ready<'r> {
    /// One of the office's places, and the slot that begins at a moment if its citizen comes in one.
    pub at: Option<(PickupPointId, Option<Instant>)>,
    /// Another place, where it is none of these.
    pub place: &'r str,
    /// Who collects it, where that is not whom it is about; empty means that person.
    pub recipient: &'r str,
}

impl From<PickupError> for RequestError {
    fn from(error: PickupError) -> Self {
        match error {
            PickupError::NotFound => Self::Invalid("Pilih tempat pengambilan yang masih dipakai."),
            PickupError::NotAllowed => Self::NotAllowed,
            PickupError::Withheld(why) => Self::Invalid(why.sentence()),
            PickupError::Invalid(sentence) => Self::Invalid(sentence),
            PickupError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// A card or letter lies ready: the citizen is told where and when to collect it.
pub async fn mark_ready(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    ready: &Ready<'_>,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    sending::not_away(&row)?;
    let state = store::step(&row, Step::MarkReady)?;
    let recipient = ready.recipient.trim();
    let seated = seated(cx, office, (ready, Collectors::Proxy)).await?;
    if !recipient.is_empty() && seated.collectors() == Collectors::Applicant {
        return Err(RequestError::Invalid(
            "Di tempat itu hanya pemohon sendiri yang boleh mengambil. Kosongkan nama pengambil atau pilih tempat lain.",
        ));
    }
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, cx.now())
        .set(request::Column::Fields, collected_by(cx, &row, recipient)?)
        .save(cx)
        .await?;
    Line::new(RequestEventKind::Ready).moving(row.state, state).write(cx, &row).await?;
    stock::used_for(cx, office, &row).await?;
    let since = Since { ready_at: cx.now(), reminded: (0, None) };
    pickup::put(cx, office.zone, (id, since), &seated).await?;
    call(cx, office, (&row, recipient), &seated).await?;
    if is_heard(cx, &row).await? {
        pickup::told(cx, id).await?;
    }
    cx.audit("request.ready", ("request", Some(id.0)))?;
    Ok(())
}

/// Writes to a citizen that something lies ready, where, and when to come; `recipient` may be empty.
pub(super) async fn call(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, recipient): (&request::Model, &str),
    seated: &Seated<'_>,
) -> Outcome<()> {
    let addressed = Addressed::of(cx, office, row).await?;
    let hours = hours(cx, office, seated).await?;
    let text = ReadyForPickup {
        subject: addressed.subject(),
        product: &addressed.service.output,
        place: seated.place(),
        hours: &hours,
        slot: seated.slot(),
        who: seated.collectors().told(),
        recipient: Some(recipient).filter(|name| !name.is_empty()),
    }
    .text(&addressed.head());
    addressed.say(cx, text).await
}

/// The typed fields with who collects it. A form shows what is known without long numbers: sent back as it was, it changes
/// nothing.
fn collected_by(
    cx: &Cx<'_>,
    row: &request::Model,
    recipient: &str,
) -> Result<loket_entity::sealed::Sealed<sea_orm::JsonValue>, RequestError> {
    let mut fields = store::fields(cx, row)?;
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
    Ok(cx.seal(&serde_json::json!(fields), places::FIELDS.of(row.id.0))?)
}

/// Where it is to lie; a place that is none of the office's gives it to whom it was to be given before.
async fn seated<'r>(
    cx: &Cx<'_>,
    office: &Office,
    (ready, before): (&Ready<'r>, Collectors),
) -> Result<Seated<'r>, RequestError> {
    let place = ready.place.trim();
    if let Some(at) = ready.at {
        if !place.is_empty() {
            return Err(RequestError::Invalid(
                "Pilih “Tempat lain” untuk memakai tempat yang ditulis, atau kosongkan tulisannya.",
            ));
        }
        return Ok(Seated::Booked(pickup::book(cx, office, at, &[PlacePurpose::Collecting]).await?));
    }
    if place.is_empty() || place.chars().count() > 120 {
        return Err(RequestError::Invalid("Tulis tempat pengambilan, paling panjang 120 huruf."));
    }
    Ok(Seated::Written(place, before))
}

/// When it can be collected there; nothing is known of a place that is none of the office's.
async fn hours(cx: &Cx<'_>, office: &Office, seated: &Seated<'_>) -> Outcome<String> {
    match seated {
        Seated::Booked(booked) => pickup::hours_of(cx, office, &booked.point).await,
        Seated::Written(..) => Ok(String::new()),
    }
}

/// Gives something that lies ready another place or time, and tells its citizen.
pub async fn reschedule(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
    ready: &Ready<'_>,
) -> Result<(), RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    sending::not_away(&row)?;
    let lying = pickup::of(cx, id).await?.filter(|one| one.collected_at.is_none());
    let lying = lying.filter(|_| row.state == RequestState::Ready && !row.elsewhere);
    let lying = lying.ok_or(RequestError::Invalid("Permohonan ini tidak sedang menunggu diambil."))?;
    let seated = seated(cx, office, (ready, lying.collectors)).await?;
    moved(cx, office, (&row, &lying), &seated).await?;
    cx.audit("request.pickup_moved", ("request", Some(id.0)))?;
    Ok(())
}

/// Moves one, and tells its citizen where they hear it; says whether they did. Whoever finished it meanwhile keeps it finished.
pub(super) async fn moved(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, lying): (&request::Model, &PickupView),
    seated: &Seated<'_>,
) -> Result<bool, RequestError> {
    Edit::of(row).save(cx).await?;
    let since = Since { ready_at: lying.ready_at, reminded: lying.reminded };
    pickup::put(cx, office.zone, (row.id, since), seated).await?;
    Line::new(RequestEventKind::Scheduled).write(cx, row).await?;
    let heard = is_heard(cx, row).await?;
    if heard {
        let hours = hours(cx, office, seated).await?;
        let addressed = Addressed::of(cx, office, row).await?;
        let text = PickupMoved {
            subject: addressed.subject(),
            product: &addressed.service.output,
            place: seated.place(),
            hours: &hours,
            was: lying.slot.as_ref().filter(|_| lying.told).map(|(slot, _)| slot.start),
            slot: seated.slot(),
            who: seated.collectors().told(),
        }
        .text(&addressed.head());
        addressed.say(cx, text).await?;
        pickup::told(cx, row.id).await?;
    }
    Ok(heard)
}

/// How the product of a request reaches its citizen, or did.
#[derive(Debug, Clone, Default)]
pub struct Reaching {
    /// When the number to which it would be sent changed, if that was after the request came.
    pub number_changed: Option<Instant>,
    /// Whether its document would not arrive by WhatsApp.
    pub unheard: bool,
    /// Where it lies ready, or lay.
    pub pickup: Option<PickupView>,
    /// Where and when it can be collected, to choose from; only while that is to be chosen.
    pub places: Vec<PointOffers>,
    /// Where it can be sent to; only while that is to be chosen.
    pub points: Vec<PointView>,
    /// Who received it.
    pub handover: Option<HandoverView>,
    /// How it was sent, each with where it goes, the latest first.
    pub sent: Vec<(ConsignmentView, String)>,
}

/// Reads how the product of a request reaches its citizen.
pub(super) async fn reaching(
    cx: &Cx<'_>,
    office: &Office,
    (row, delivery): (&request::Model, OutputDelivery),
) -> Outcome<Reaching> {
    let mut found = Reaching::default();
    if row.result_file_id.is_some() && row.closed_at.is_none() {
        found.unheard = !is_heard(cx, row).await?;
        found.number_changed = number_changed(cx, row).await?;
    }
    if row.ready_at.is_some() {
        found.pickup = pickup::of(cx, row.id).await?;
    }
    if delivery == OutputDelivery::Pickup {
        found.sent = sending::of(cx, row.id).await?;
    }
    if row.closed_at.is_some() {
        found.handover = pickup::handed_over(cx, row.id).await?;
    }
    let now = matches!(row.state, RequestState::InProcess | RequestState::Ready);
    let works = cx.reach(Permission::HandleRequests).covers(store::whereabouts(row));
    if delivery == OutputDelivery::Pickup && now && works && !row.elsewhere {
        found.places = pickup::offered(cx, office, row.unit_id).await?;
        found.points = pickup::points(cx).await?;
        found.points.retain(|point| point.said.active && point.said.purpose == PlacePurpose::Collecting);
    }
    Ok(found)
}
