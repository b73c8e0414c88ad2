//! Sending what is made, or lies ready.

use loket_core::{
    appointment::PlacePurpose,
    calendar::HoursKind,
    clock::Instant,
    consignment::ConsignmentWay,
    handover::Collectors,
    id::{PickupPointId, RequestId},
    kinds::OutputDelivery,
    permission::Permission,
    reply::{CollectedElsewhere, SentByCourier},
    request::{Refusal, RequestEventKind, RequestState, Step},
};
use loket_entity::request;

use super::{
    super::{
        error::RequestError,
        form::RECIPIENT,
        forwarding,
        history::Line,
        store::{self, Edit},
        telling::Addressed,
        watch::is_heard,
    },
    LONGEST, not_away,
};
use crate::{
    domain::{
        calendars,
        consignments::{self, Sending, Told},
        pickup, stock,
        tenancy::Office,
    },
    infra::{Cx, Fault, Outcome},
};

const LONGEST_TEXT: usize = 300;

/// How something is to be sent, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Consigning<'a> {
    /// How.
    pub way: ConsignmentWay,
    /// One of the office's places, where it goes to one.
    pub point: Option<PickupPointId>,
    /// The citizen's address, or the name of the other office.
    pub destination: &'a str,
    /// The courier, or who takes it along; may be empty but for a courier.
    pub carrier: &'a str,
    /// The tracking number, or that of the covering letter; may be empty.
    pub number: &'a str,
    /// What officers should know; may be empty.
    pub note: &'a str,
}

impl<'a> Consigning<'a> {
    /// What is kept of it, if it holds.
    fn checked(&self) -> Result<Sending<'a>, RequestError> {
        let long = |text: &str, most: usize| text.trim().chars().count() > most;
        if long(self.destination, LONGEST_TEXT) || long(self.note, LONGEST_TEXT) {
            return Err(RequestError::Invalid("Alamat dan catatan masing-masing paling panjang 300 huruf."));
        }
        if long(self.carrier, LONGEST) || long(self.number, LONGEST) {
            return Err(RequestError::Invalid(
                "Nama kurir dan nomornya masing-masing paling panjang 120 huruf.",
            ));
        }
        let missing = match self.way {
            ConsignmentWay::Drop if self.point.is_none() => Some("Pilih tempat titipannya."),
            ConsignmentWay::Courier if self.destination.trim().is_empty() => {
                Some("Tulis alamat lengkap warga yang dituju.")
            }
            ConsignmentWay::Courier if self.carrier.trim().is_empty() => {
                Some("Tulis nama kurirnya, misalnya Pos Indonesia.")
            }
            ConsignmentWay::Office if self.destination.trim().is_empty() => {
                Some("Tulis nama Dinas Dukcapil yang dituju.")
            }
            ConsignmentWay::Office if long(self.destination, LONGEST) => {
                Some("Nama kantor tujuan paling panjang 120 huruf.")
            }
            _ => None,
        };
        if let Some(sentence) = missing {
            return Err(RequestError::Invalid(sentence));
        }
        let drop = self.way == ConsignmentWay::Drop;
        Ok(Sending {
            way: self.way,
            point: self.point.filter(|_| drop),
            destination: if drop { "" } else { self.destination },
            carrier: self.carrier,
            number: self.number,
            note: self.note,
        })
    }
}

/// Sends what is made, or lies ready. Its citizen is told who brings it; or, where they were to collect it somewhere else, that
/// it lies there no more. Says whether somebody must be told otherwise.
///
/// # Errors
/// That there is nothing to be sent, it is under way already, or it is not said where to.
pub async fn send_consignment(
    cx: &mut Cx<'_>,
    office: &Office,
    (id, asked): (RequestId, &Consigning<'_>),
) -> Result<Told, RequestError> {
    let row = store::load(cx, id, Permission::HandleRequests).await?;
    not_away(&row)?;
    let state = match row.state {
        _ if row.elsewhere => return Err(Refusal::Elsewhere.into()),
        RequestState::Ready => row.state,
        _ => store::step(&row, Step::MarkReady)?,
    };
    let addressed = Addressed::of(cx, office, &row).await?;
    if addressed.service.delivery != OutputDelivery::Pickup || row.result_file_id.is_some() {
        return Err(RequestError::Invalid("Hasil layanan ini bukan barang yang dapat dikirim."));
    }
    let sending = asked.checked()?;
    let place = place(cx, office, (&row, &sending)).await?;
    let lying = pickup::of(cx, id).await?.filter(|one| one.collected_at.is_none());
    Edit::of(&row)
        .set(request::Column::State, state.word())
        .set(request::Column::ReadyAt, row.ready_at.or(Some(cx.now())))
        .set(request::Column::AwaySince, cx.now())
        .save(cx)
        .await?;
    if state != row.state {
        Line::new(RequestEventKind::Ready).moving(row.state, state).write(cx, &row).await?;
        stock::used_for(cx, office, &row).await?;
    }
    pickup::withdraw(cx, id).await?;
    let by = expected_by(cx, office, asked.way).await?;
    let before = lying.as_ref();
    let known = before.is_some_and(|one| one.told);
    let to_tell = known || asked.way == ConsignmentWay::Courier;
    let collectors = before.map_or(Collectors::Proxy, |one| one.collectors);
    let sent =
        consignments::send(cx, id, (&sending, by), (to_tell, collectors)).await?.ok_or(Fault::Stale)?;
    Line::new(RequestEventKind::ConsignmentSent).because(asked.way.word()).record(cx, &row).await?;
    let heard = to_tell && is_heard(cx, &row).await?;
    if heard {
        let was = before.map(|one| one.place.as_str()).unwrap_or_default();
        addressed.say(cx, tidings(&addressed, (&sending, &place), was)).await?;
        consignments::told(cx, sent).await?;
    } else {
        forwarding::tell_back(cx, &row).await?;
    }
    cx.audit("request.consignment_sent", ("request", Some(id.0)))?;
    Ok(match (to_tell, heard) {
        (true, false) => Told::No,
        (true, true) => Told::Yes,
        (false, _) => Told::Later,
    })
}

/// Where it goes, in words.
async fn place(
    cx: &Cx<'_>,
    office: &Office,
    (row, sending): (&request::Model, &Sending<'_>),
) -> Result<String, RequestError> {
    let Some(point) = sending.point else { return Ok(sending.destination.trim().to_owned()) };
    let booked = pickup::book(cx, office, (point, None), &[PlacePurpose::Collecting]).await?;
    let proxy = store::fields(cx, row)?.get(RECIPIENT).is_some_and(|name| !name.trim().is_empty());
    if proxy && booked.point.said.collectors == Collectors::Applicant {
        return Err(RequestError::Invalid(
            "Di tempat itu hanya pemohon sendiri yang boleh mengambil, sedangkan pengambilnya sudah dicatat orang lain. Pilih \
             tempat lain.",
        ));
    }
    Ok(booked.point.said.name)
}

/// By the end of which day somebody should have heard that it came, by the office's own days.
async fn expected_by(cx: &Cx<'_>, office: &Office, way: ConsignmentWay) -> Outcome<Option<Instant>> {
    let held = calendars::held(cx, None, cx.now()).await?;
    let calendar = held.calendar(HoursKind::Office, office.zone);
    let day = way.expected_on(&calendar, office.zone.date(cx.now()));
    Ok(day.and_then(|day| day.succ_opt()).map(|next| office.zone.midnight(next)))
}

/// What a citizen is told when it leaves: who brings it, or where it is no more and where it goes.
pub(super) fn tidings(
    addressed: &Addressed<'_>,
    (sending, place): (&Sending<'_>, &str),
    was: &str,
) -> String {
    let (subject, product) = (addressed.subject(), addressed.service.output.as_str());
    if sending.way == ConsignmentWay::Courier {
        let (carrier, number) = (sending.carrier, sending.number);
        return SentByCourier { subject, product, carrier, number }.text(&addressed.head());
    }
    CollectedElsewhere { subject, product, was, place }.text(&addressed.head())
}
