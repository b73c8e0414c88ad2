//! What the office owes because a request was late: the part of its page, and its steps.

use loket_core::{
    clock::Instant,
    compensation::{CompensationState, LapseReason, OfferWay},
    request::RequestState,
    zone,
};
use serde::Deserialize;

use super::{
    at::{AtRequest, Panel, refusal},
    page::{Extra, Sent},
    steps::Answer,
};
use crate::{
    domain::{
        requests::{self, CompensationGiven, CompensationOffer, CompensationView, RequestError, RequestView},
        tenancy::Office,
    },
    infra::Cx,
    web::{
        form::Form,
        kantor::kompensasi::{late, tag},
        parts::{Choice, Fact, Tag},
        routes,
    },
};

/// What is chosen where the citizen takes it.
const TAKES: &str = "terima";
/// What is chosen where they do not want it.
const DECLINES: &str = "tolak";

/// The part of the page.
pub(super) struct Block {
    pub(super) tag: Tag,
    pub(super) facts: Vec<Fact>,
    pub(super) version: i64,
    /// Where its letter is; nothing of what is not owed.
    pub(super) letter_href: Option<String>,
    pub(super) offer: Option<Offer>,
    /// Where the citizen's answer is sent, and what may be chosen.
    pub(super) answer: Option<(String, Vec<Choice>)>,
    pub(super) give: Option<Give>,
    /// Where it is said that it is not owed, and why that may be.
    pub(super) waive: Option<(String, Vec<Choice>)>,
    /// Who goes on with it, for whoever may not.
    pub(super) waits: Option<&'static str>,
}

/// The form that offers it.
pub(super) struct Offer {
    pub(super) href: String,
    /// What the citizen would get; nothing where the letter is handed over instead.
    pub(super) preview: Option<String>,
    /// What was written, where it did not hold.
    pub(super) delivered: String,
}

/// The form that says that it was given.
pub(super) struct Give {
    pub(super) href: String,
    pub(super) day: String,
    pub(super) note: String,
}

/// A step as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    version: String,
    #[serde(default)]
    delivered: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    note: String,
}

impl Typed {
    /// The change that was read; none has the number 0.
    fn version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

/// Draws it; `may` says whether whoever looks may take its steps.
pub(super) fn block(
    view: &RequestView,
    (office, now): (&Office, Instant),
    (may, sent): (bool, Option<&Sent>),
) -> Option<Block> {
    let one = view.compensation.as_ref()?;
    let typed = match sent {
        Some(Sent::Compensation(typed)) => typed.clone(),
        _ => Typed::default(),
    };
    let (state, _) = one.state;
    let (slug, id) = (office.slug.as_str(), view.row.id);
    let step = |word| routes::RequestStep::at(slug, id, word);
    let choice = |word: &str, label: &str| Choice::new(word, label).chosen(typed.answer == word);
    let answers =
        || vec![choice(TAKES, "Menerima kompensasi"), choice(DECLINES, "Tidak mengambil kompensasi")];
    let today = office.zone.date(now).to_string();
    Some(Block {
        tag: tag(state),
        facts: facts(one, (office, now)),
        version: one.version,
        letter_href: (state != CompensationState::Lapsed).then(|| routes::CompensationLetter::at(slug, id)),
        offer: one.offering.as_ref().map(|offering| Offer {
            href: step("tawarkan"),
            preview: offering.preview.clone(),
            delivered: typed.delivered.clone(),
        }),
        answer: (may && state == CompensationState::Offered).then(|| (step("jawaban"), answers())),
        give: (may && state == CompensationState::Accepted).then(|| Give {
            href: step("berikan"),
            day: if typed.day.is_empty() { today } else { typed.day.clone() },
            note: typed.note.clone(),
        }),
        waive: (may && state == CompensationState::Owed && dropped(view.row.state))
            .then(|| (step("gugurkan"), whys(&typed.reason))),
        waits: (!may && state.is_open())
            .then_some("Kompensasi ini ditawarkan dan dicatat oleh petugas yang membagi pekerjaan."),
    })
}

/// Whether a request came to no product.
const fn dropped(state: RequestState) -> bool {
    matches!(state, RequestState::Rejected | RequestState::Cancelled)
}

fn whys(chosen: &str) -> Vec<Choice> {
    let one = |why: &LapseReason| Choice::new(why.word(), why.sentence()).chosen(why.word() == chosen);
    LapseReason::SAID.iter().map(one).collect()
}

fn facts(one: &CompensationView, (office, now): (&Office, Instant)) -> Vec<Fact> {
    let at = |at: Instant| office.zone.short(at);
    let settled = match one.ended_at {
        None => "belum selesai diproses".to_owned(),
        Some(ended) if one.dropped => format!("ditutup {}", at(ended)),
        Some(ended) => format!("baru selesai diproses {}", at(ended)),
    };
    let mut all = vec![
        ("Seharusnya selesai", office.zone.deadline(one.missed_at)),
        ("Terlambat", format!("{}, {settled}", late(one.missed_at, one.ended_at, now))),
        ("Yang dijanjikan", one.words.clone()),
        ("Dasar", one.basis.clone()),
    ];
    if let Some((offered, way)) = one.offered {
        let how = match way {
            OfferWay::Letter => format!("{}: {}", way.label().to_lowercase(), one.delivered),
            OfferWay::WhatsApp => "lewat WhatsApp".to_owned(),
            OfferWay::Relayed => way.label().to_lowercase(),
        };
        all.push(("Ditawarkan", format!("{}, {how}", at(offered))));
    }
    all.extend(one.answered_at.map(|answered| ("Jawaban dicatat", at(answered))));
    all.extend(one.given_on.map(|day| ("Diberikan", zone::long_date(day))));
    if !one.note.is_empty() {
        all.push(("Keterangan", one.note.clone()));
    }
    all.extend(one.lapsed_because.map(|why| ("Gugur karena", why.sentence().to_owned())));
    all.into_iter().map(|(label, text)| Fact::plain(label, text)).collect()
}

pub(super) async fn offer(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let offer = CompensationOffer { version: typed.version(), delivered: &typed.delivered };
    let done = requests::offer_compensation(&mut cx, &at.place.office, at.id, &offer).await;
    let said = if typed.delivered.trim().is_empty() {
        "Tawaran kompensasi dikirim kepada warga."
    } else {
        "Penyampaian surat kompensasi dicatat."
    };
    settled(&at, cx, done, (typed, said)).await
}

pub(super) async fn answer(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.answer.as_str() {
        TAKES => requests::answer_compensation(&mut cx, (at.id, typed.version()), true).await,
        DECLINES => requests::answer_compensation(&mut cx, (at.id, typed.version()), false).await,
        _ => Err(RequestError::Invalid("Pilih dahulu jawaban warga.")),
    };
    settled(&at, cx, done, (typed, "Jawaban warga dicatat.")).await
}

pub(super) async fn give(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.day.parse() {
        Ok(day) => {
            let given = CompensationGiven { version: typed.version(), day, note: &typed.note };
            requests::give_compensation(&mut cx, &at.place.office, at.id, &given).await
        }
        Err(_) => Err(RequestError::Invalid("Pilih tanggal kompensasi diberikan.")),
    };
    settled(&at, cx, done, (typed, "Pemberian kompensasi dicatat.")).await
}

pub(super) async fn waive(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.reason.parse() {
        Ok(reason) => requests::waive_compensation(&mut cx, (at.id, typed.version()), reason).await,
        Err(_) => Err(RequestError::Invalid("Pilih dahulu mengapa kompensasinya gugur.")),
    };
    settled(&at, cx, done, (typed, "Kompensasi dicatat gugur.")).await
}

/// After a step: on to the page, or the page again with what was sent.
async fn settled(
    at: &AtRequest,
    cx: Cx<'_>,
    done: Result<(), RequestError>,
    (typed, said): (Typed, &str),
) -> Answer {
    match done {
        Ok(()) => {
            cx.commit().await?;
            Ok(at.back(Panel::Facts, said))
        }
        Err(error) => {
            drop(cx);
            let sent = Some(Sent::Compensation(typed));
            let extra = Extra { error: Some(refusal(error)?), sent, ..Extra::default() };
            Box::pin(at.again(Panel::Facts, extra)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use loket_core::compensation::CompensationKind;

    use super::*;
    use crate::{domain::requests::Offering, web::kantor::samples};

    fn view(state: CompensationState) -> RequestView {
        let missed_at = samples::now() - TimeDelta::hours(3);
        let lapsed = state == CompensationState::Lapsed;
        let owed = CompensationView {
            kind: CompensationKind::Apology,
            words: CompensationKind::Apology.words().to_owned(),
            basis: "belum ada SK".to_owned(),
            missed_at,
            ended_at: None,
            dropped: false,
            state: (state, missed_at),
            offered: Some((missed_at, OfferWay::Letter)),
            delivered: "diserahkan di loket".to_owned(),
            answered_at: None,
            given_on: None,
            note: String::new(),
            lapsed_because: lapsed.then_some(LapseReason::DueMoved),
            version: 2,
            offering: (state == CompensationState::Owed).then_some(Offering { preview: None }),
        };
        RequestView { compensation: Some(owed), ..samples::request() }
    }

    fn drawn(state: CompensationState, may: bool) -> Option<Block> {
        block(&view(state), (&samples::office(), samples::now()), (may, None))
    }

    #[test]
    fn each_state_has_the_form_of_its_next_step_and_no_other() {
        use CompensationState::{Accepted, Lapsed, Offered, Owed};
        for state in CompensationState::ALL {
            let block = drawn(*state, true);
            assert!(block.is_some(), "{state}");
            let Some(block) = block else { continue };
            let forms = (block.offer.is_some(), block.answer.is_some(), block.give.is_some());
            assert_eq!(forms, (*state == Owed, *state == Offered, *state == Accepted), "{state}");
            assert_eq!(block.letter_href.is_some(), *state != Lapsed, "{state}");
            assert!(block.waits.is_none());
            let late =
                block.facts.iter().find(|fact| fact.label == "Terlambat").and_then(|fact| fact.value.clone());
            assert_eq!(late.as_deref(), Some("3 jam, belum selesai diproses"));
        }
    }

    #[test]
    fn whoever_may_not_reads_who_goes_on_with_it() {
        for state in CompensationState::ALL {
            let block = drawn(*state, false);
            assert!(block.as_ref().is_some_and(|block| block.answer.is_none() && block.give.is_none()));
            let Some(block) = block else { continue };
            assert_eq!(block.waits.is_some(), state.is_open(), "{state}");
        }
        assert!(block(&samples::request(), (&samples::office(), samples::now()), (true, None)).is_none());
    }
}
