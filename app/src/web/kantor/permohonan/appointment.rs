//! That the person of a request must come: the appointments they have and had, and the forms that give one or take it back.

use chrono::NaiveDate;
use loket_core::{
    appointment::{AppointmentState, Attendance},
    clock::Instant,
    zone::OfficeZone,
};
use serde::Deserialize;

use super::{
    at::{AtRequest, Panel, refusal},
    collecting::{seat, seat_word},
    page::{Extra, Sent},
    steps::Answer,
};
use crate::{
    domain::{
        appointments::AppointmentView,
        pickup::{PointOffers, PointView},
        requests::{self, Appointing, RequestView},
        tenancy::Office,
    },
    web::{
        form::{Form, Nothing},
        kantor::pengambilan::tag,
        parts::{Choice, Fact, Tag, count},
        routes,
    },
};

/// The card of a request's page.
pub(super) struct Card {
    /// How the latest one stands.
    pub tag: Option<Tag>,
    /// The latest one.
    pub facts: Vec<Fact>,
    /// The day at its place, where it is written down whether they came.
    pub day_href: Option<String>,
    /// How many times they did not come; empty where they always did.
    pub missed: String,
    pub form: Option<Offering>,
    /// Where the one that is awaited is taken back.
    pub cancel_href: Option<String>,
}

/// The form that gives an appointment.
pub(super) struct Offering {
    pub href: String,
    pub label: &'static str,
    pub open: bool,
    pub slots: Vec<Choice>,
    pub note: String,
}

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    slot: String,
    #[serde(default)]
    note: String,
}

impl Card {
    /// The card; nothing where there was no appointment and none can be given.
    pub(super) fn of(
        view: &RequestView,
        (office, now): (&Office, Instant),
        (works, sent): (bool, Option<&Sent>),
    ) -> Option<Self> {
        let found = &view.appointments;
        let latest = found.all.first();
        let awaited = latest.filter(|(one, _)| one.timing.state == AppointmentState::Awaited);
        let movable = awaited.is_none_or(|(one, _)| one.timing.may_move(now, office.zone).is_ok());
        let ahead = awaited.is_some_and(|(one, _)| one.timing.may_cancel(now).is_ok());
        let offers = works && movable && !found.places.is_empty();
        let typed = match sent {
            Some(Sent::Appointment(typed)) => Some(typed),
            _ => None,
        };
        let step = |word| routes::RequestStep::at(&office.slug, view.row.id, word);
        let counted = Attendance::of(found.all.iter().map(|(one, _)| &one.timing), now);
        let day = |day: NaiveDate, point: &PointView| routes::Pickups::of(&office.slug, point.id, day);
        let card = Self {
            tag: latest.map(|(one, _)| tag(one.timing.state, one.timing.is_over(now))),
            facts: latest.map(|latest| facts(latest, office.zone)).unwrap_or_default(),
            day_href: latest.map(|(one, point)| day(office.zone.date(one.timing.slot.start), point)),
            missed: match counted.missed {
                0 => String::new(),
                some => format!("Sudah {} kali tidak hadir.", count(some)),
            },
            form: offers.then(|| Offering {
                href: step("janji"),
                label: if awaited.is_some() { "Pindahkan jadwal" } else { "Jadwalkan warga" },
                open: typed.is_some(),
                slots: slots(&found.places, (office.zone, awaited), typed.map(|typed| typed.slot.as_str())),
                note: note(awaited.map(|(one, _)| one), typed),
            }),
            cancel_href: (works && ahead).then(|| step("batal-janji")),
        };
        (card.tag.is_some() || card.form.is_some()).then_some(card)
    }
}

/// What was typed, or what is known.
fn note(awaited: Option<&AppointmentView>, typed: Option<&Typed>) -> String {
    let known = awaited.map(|one| one.note.clone());
    typed.map(|typed| typed.note.clone()).or(known).unwrap_or_default()
}

/// Places and slots to choose from: what was sent is chosen, or else the one that somebody has; nobody gets one by oversight.
fn slots(
    places: &[PointOffers],
    (zone, awaited): (OfficeZone, Option<&(AppointmentView, PointView)>),
    sent: Option<&str>,
) -> Vec<Choice> {
    let kept = awaited.map(|(one, point)| {
        let start = one.timing.slot.start;
        let label =
            format!("Tetap {} · {} · {}", zone.short(start), point.said.purpose.label(), point.said.name);
        Choice { selected: sent.is_none(), ..Choice::new(seat_word(point.id, start), label) }
    });
    let of = |one: &PointOffers| {
        let (id, said) = (one.point.id, one.point.said.clone());
        let slot = move |offer: &loket_core::pickup::Offer| {
            let (from, free) = (offer.slot.from, count(offer.free.into()));
            let label =
                format!("{} · {} · {} (sisa {free})", zone.short(from), said.purpose.label(), said.name);
            Choice::new(seat_word(id, from), label)
        };
        one.offers.iter().map(slot).collect::<Vec<_>>()
    };
    let mut all: Vec<Choice> = kept.into_iter().collect();
    for one in places.iter().flat_map(of) {
        if all.first().is_none_or(|kept| kept.value != one.value) {
            all.push(one);
        }
    }
    if let Some(chosen) = all.iter_mut().find(|one| Some(one.value.as_str()) == sent) {
        chosen.selected = true;
    }
    all
}

fn facts((one, point): &(AppointmentView, PointView), zone: OfficeZone) -> Vec<Fact> {
    let mut all = vec![
        ("Untuk", point.said.purpose.label().to_owned()),
        ("Tempat", point.said.name.clone()),
        ("Jadwal", format!("{}, nomor {}", zone.short(one.timing.slot.start), one.number)),
    ];
    if one.timing.state == AppointmentState::Awaited {
        let told =
            if one.is_told() { "sudah lewat WhatsApp" } else { "belum dikabari; kabari dengan cara lain" };
        all.push(("Warga diberi tahu", told.to_owned()));
    }
    all.extend(one.recorded_at.map(|at| ("Dicatat", zone.short(at))));
    if !one.note.is_empty() {
        all.push(("Catatan", one.note.clone()));
    }
    all.into_iter().map(|(label, text)| Fact::plain(label, text)).collect()
}

/// Gives an appointment, or another one.
pub(super) async fn offer(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let chosen = seat(&typed.slot).and_then(|(point, from)| Some((point, from?)));
    let asked = Appointing { at: chosen, note: &typed.note };
    match requests::offer_appointment(&mut cx, &at.place.office, at.id, &asked).await {
        Ok(told) => {
            cx.commit().await?;
            let said = if told {
                "Janji temu dicatat."
            } else {
                "Janji temu dicatat; warga belum dikabari. Kabari dengan cara lain; begitu menulis, warga dikabari lewat WhatsApp."
            };
            Ok(at.back(Panel::Facts, said))
        }
        Err(error) => {
            drop(cx);
            let sent = Some(Sent::Appointment(typed));
            let extra = Extra { error: Some(refusal(error)?), sent, ..Extra::default() };
            Box::pin(at.again(Panel::Facts, extra)).await
        }
    }
}

/// Takes it back.
pub(super) async fn cancel(at: AtRequest, form: Form<Nothing>) -> Answer {
    at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::cancel_appointment(&mut cx, &at.place.office, at.id).await;
    let said = match done {
        Ok(false) => "Janji temu dibatalkan; warga belum dikabari. Kabari dengan cara lain.",
        _ => "Janji temu dibatalkan.",
    };
    at.settle(cx, done.map(|_| ()), (Panel::Facts, said)).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use loket_core::{
        appointment::{PlacePurpose, Timing},
        handover::Collectors,
        id::{AppointmentId, PickupPointId, RequestId},
    };

    use super::*;
    use crate::{
        domain::{pickup::PointPlan, requests::Appointments},
        web::kantor::samples,
    };

    fn point() -> PointView {
        let said = PointPlan {
            name: "Ruang rekam".to_owned(),
            unit: None,
            purpose: PlacePurpose::Recording,
            plan: None,
            collectors: Collectors::Applicant,
            active: true,
        };
        PointView { id: PickupPointId::NIL, said, version: 1 }
    }

    fn drawn(state: AppointmentState, hours: i64, works: bool) -> Option<Card> {
        let from = samples::now() + TimeDelta::hours(hours);
        let one = AppointmentView {
            id: AppointmentId::NIL,
            request: RequestId::NIL,
            point: PickupPointId::NIL,
            timing: Timing { slot: from..from + TimeDelta::minutes(30), state },
            number: 3,
            told: None,
            recorded_at: None,
            note: "Kursi roda".to_owned(),
        };
        let places = vec![PointOffers { point: point(), offers: Vec::new() }];
        let appointments = Appointments { all: vec![(one, point())], places };
        let view = RequestView { appointments, ..samples::request() };
        Card::of(&view, (&samples::office(), samples::now()), (works, None))
    }

    fn forms(card: Option<&Card>) -> (bool, bool) {
        card.map_or((false, false), |card| (card.form.is_some(), card.cancel_href.is_some()))
    }

    #[test]
    fn what_is_awaited_may_be_moved_or_taken_back_and_what_is_over_is_written_down_first() {
        use AppointmentState::{Attended, Awaited, Cancelled, Missed};
        assert_eq!(forms(drawn(Awaited, 24, true).as_ref()), (true, true));
        assert_eq!(forms(drawn(Awaited, -24, true).as_ref()), (false, false));
        for state in [Attended, Missed, Cancelled] {
            assert_eq!(forms(drawn(state, -24, true).as_ref()), (true, false), "{state}");
        }
        assert!(drawn(Missed, -24, true).is_some_and(|card| card.missed == "Sudah 1 kali tidak hadir."));
    }

    #[test]
    fn whoever_may_not_reads_only_and_nobody_reads_of_none() {
        let card = drawn(AppointmentState::Awaited, 24, false);
        assert_eq!(forms(card.as_ref()), (false, false));
        let note = card.as_ref().and_then(|card| card.form.as_ref()).map(|form| form.note.clone());
        assert_eq!(note, None);
        assert!(card.is_some_and(|card| card.facts.iter().any(|fact| fact.label == "Catatan")));
        let none = Card::of(&samples::request(), (&samples::office(), samples::now()), (true, None));
        assert!(none.is_none());
    }
}
