//! Where and when something is collected, and who receives it: what forms offer, what they send, and what the page tells.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    handover::{HandoverWay, Proof, Receiver},
    id::PickupPointId,
    zone::{OfficeZone, duration},
};
use serde::Deserialize;

use crate::{
    domain::{
        pickup::{HandoverView, PickupView, PointOffers, Received},
        requests::{Ready, RequestError, RequestView},
        tenancy::Office,
    },
    web::parts::{Action, Choice, Fact, Receiving, count},
};

/// What is chosen for a place that is none of the office's.
const ELSEWHERE: &str = "lain";

/// Places and slots to choose from, the first one chosen; none where the office has no places.
pub(super) fn slots(places: &[PointOffers], zone: OfficeZone) -> Vec<Choice> {
    let of = |one: &PointOffers| {
        let (id, name) = (one.point.id, one.point.said.name.as_str());
        let slot = |offer: &loket_core::pickup::Offer| {
            let from = offer.slot.from;
            let label = format!("{name} · {} (sisa {})", zone.short(from), count(offer.free.into()));
            Choice::new(seat_word(id, from), label)
        };
        let free = Choice::new(id.to_string(), format!("{name} · tanpa jadwal"));
        one.offers.iter().map(slot).chain([free]).collect::<Vec<_>>()
    };
    let mut all: Vec<Choice> = places.iter().flat_map(of).collect();
    if let Some(first) = all.first_mut() {
        first.selected = true;
        all.push(Choice::new(ELSEWHERE, "Tempat lain"));
    }
    all
}

/// A slot of a place as a form sends it.
pub(super) fn seat_word(point: PickupPointId, from: Instant) -> String {
    format!("{point}@{}", from.timestamp())
}

/// Where something is collected, and by whom, as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Place {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    name: String,
}

impl Place {
    /// What is asked for.
    pub(super) fn ready(&self) -> Result<Ready<'_>, RequestError> {
        let at = match self.reason.as_str() {
            "" | ELSEWHERE => None,
            chosen => {
                Some(seat(chosen).ok_or(RequestError::Invalid("Pilih tempat dan jadwal dari daftar."))?)
            }
        };
        Ok(Ready { at, place: &self.note, recipient: &self.name })
    }

    /// The form with what was sent, open.
    pub(super) fn again(&self, action: &mut Action) {
        action.open = true;
        action.note.clone_from(&self.note);
        for choice in &mut action.reasons {
            choice.selected = choice.value == self.reason;
        }
        if let Some((_, name)) = action.name.as_mut() {
            name.clone_from(&self.name);
        }
    }
}

/// The place, and the slot that begins at a moment, of a choice.
pub(super) fn seat(chosen: &str) -> Option<(PickupPointId, Option<Instant>)> {
    let Some((point, from)) = chosen.split_once('@') else { return Some((chosen.parse().ok()?, None)) };
    let from = Instant::from_timestamp(from.parse().ok()?, 0)?;
    Some((point.parse().ok()?, Some(from)))
}

/// Who stands at the counter, and the result in words, as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Ended {
    #[serde(default)]
    pub(super) note: String,
    #[serde(default)]
    receiver: String,
    #[serde(default)]
    proof: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    kk: String,
    #[serde(default)]
    letter: String,
}

impl Ended {
    /// Who receives it, where that was said.
    pub(super) fn received(&self) -> Option<Received<'_>> {
        Some(Received {
            receiver: self.receiver.parse().ok()?,
            proof: self.proof.parse().ok()?,
            name: &self.name,
            kk: &self.kk,
            letter: &self.letter,
        })
    }

    /// The form with what was sent, open; the number of a KK is typed again.
    pub(super) fn again(&self, action: &mut Action) {
        action.open = true;
        action.note.clone_from(&self.note);
        let Some(receiving) = action.receiving.as_mut() else { return };
        for choice in &mut receiving.receivers {
            choice.selected = choice.value == self.receiver;
        }
        for choice in &mut receiving.proofs {
            choice.selected = choice.value == self.proof;
        }
        receiving.name.clone_from(&self.name);
        receiving.letter.clone_from(&self.letter);
    }
}

/// The form of whoever hands something over.
pub(super) fn receiving(view: &RequestView, recipient: &str) -> Receiving {
    let here = view.reach.pickup.as_ref().map(|one| one.collectors);
    let receivers = Receiver::ALL.iter().filter(|one| here.is_none_or(|here| here.allow(**one)));
    // Nobody is chosen beforehand: what is written down is what was looked at.
    Receiving {
        receivers: receivers.map(|one| Choice::new(one.word(), one.label())).collect(),
        proofs: Proof::ALL.iter().map(|one| Choice::new(one.word(), one.label())).collect(),
        name: recipient.to_owned(),
        letter: String::new(),
        required: true,
    }
}

/// What the page tells of collecting: where and when, how long it lay, and who received it.
pub(super) fn facts(view: &RequestView, office: &Office, now: Instant) -> Vec<Fact> {
    let lying = view.reach.pickup.iter().flat_map(|one| lying(one, office.zone, now));
    let handed = view.reach.handover.iter().flat_map(|one| handed(one, office.zone));
    lying.chain(handed).map(|(label, text)| Fact::plain(label.to_owned(), text)).collect()
}

fn lying(view: &PickupView, zone: OfficeZone, now: Instant) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    if !view.place.is_empty() {
        all.push(("Tempat", view.place.clone()));
    }
    if let Some((slot, number)) = &view.slot {
        all.push(("Jadwal", format!("{}, nomor {number}", zone.short(slot.start))));
    }
    all.push(("Siap sejak", zone.short(view.ready_at)));
    let lay = |until: Instant| duration((until - view.ready_at).max(TimeDelta::zero()));
    match view.collected_at {
        Some(at) => all.push(("Diambil setelah", lay(at))),
        None => {
            all.push(("Menunggu diambil", lay(now)));
            let told = if view.told { "sudah lewat WhatsApp" } else { "belum; kabari dengan cara lain" };
            all.push(("Warga diberi tahu", told.to_owned()));
        }
    }
    if let (times @ 1.., Some(last)) = view.reminded {
        all.push(("Diingatkan", format!("{times} kali, terakhir {}", zone.short(last))));
    }
    all
}

fn handed(view: &HandoverView, zone: OfficeZone) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let verb =
        if matches!(view.way, HandoverWay::Courier | HandoverWay::Elsewhere) { "dicatat" } else { "oleh" };
    let by = format!("{}, {verb} {}", zone.short(view.at), view.who);
    if let Some((receiver, proof)) = view.receiver {
        let name = if view.name.is_empty() { String::new() } else { format!("{}, ", view.name) };
        all.push(("Diserahkan kepada", format!("{name}{}", lower(receiver.label()))));
        let family = view.family_card.map(|card| format!("; {}", card.label())).unwrap_or_default();
        let letter = match view.letter.as_str() {
            "" => String::new(),
            letter => format!("; surat kuasa F-1.07 {letter}"),
        };
        all.push(("Diperlihatkan", format!("{}{family}{letter}", proof.label())));
        all.push(("Diserahkan", by));
    } else {
        all.push((view.way.label(), by));
        if !view.name.is_empty() {
            all.push(("Diterima oleh, menurut laporan", view.name.clone()));
        }
        match view.way {
            _ if view.assurance.is_empty() => {}
            HandoverWay::Otherwise => all.push(("Cara mengirim", view.assurance.clone())),
            HandoverWay::Courier => all.push(("Kurir", view.assurance.clone())),
            HandoverWay::Elsewhere => all.push(("Di kantor", view.assurance.clone())),
            _ => all.push(("Pemegang nomor dipastikan", view.assurance.clone())),
        }
    }
    if let Some(hash) = &view.sha256 {
        all.push(("SHA-256 dokumen", hash.clone()));
    }
    all
}

fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_slot_are_read_back_or_refused_in_words() {
        let id = PickupPointId(uuid::Uuid::from_u128(7));
        let sent = |reason: &str| Place {
            reason: reason.to_owned(),
            note: "Loket 9".to_owned(),
            ..Place::default()
        };
        let at = |reason: &str| sent(reason).ready().map(|ready| ready.at).ok();
        assert_eq!(
            at(&format!("{id}@1795572000")),
            Some(Some((id, Instant::from_timestamp(1_795_572_000, 0))))
        );
        assert_eq!(at(&id.to_string()), Some(Some((id, None))));
        assert_eq!((at(""), at(ELSEWHERE)), (Some(None), Some(None)));
        for broken in ["@", "x@1", &format!("{id}@besok"), &format!("{id}@9999999999999999999")] {
            assert_eq!(at(broken), None, "{broken}");
        }
    }

    #[test]
    fn who_receives_it_must_be_said_whole() {
        let sent = |receiver: &str, proof: &str| Ended {
            receiver: receiver.to_owned(),
            proof: proof.to_owned(),
            ..Ended::default()
        };
        assert!(sent("family", "ktp_el").received().is_some());
        for (receiver, proof) in [("", "ktp_el"), ("family", ""), ("tetangga", "ktp_el")] {
            assert!(sent(receiver, proof).received().is_none(), "{receiver} {proof}");
        }
    }
}
