//! That more care is taken of somebody: what is noted, and the form that notes it.

use chrono::NaiveDate;
use loket_core::{
    care::{CareGroup, ConsentBy, ConsentWay},
    permission::Permission,
    visit::VisitResult,
    zone::short_date,
};
use serde::Deserialize;

use super::{
    at::{AtRequest, Panel, refusal},
    page::{Extra, Sent},
    steps::Answer,
};
use crate::{
    domain::{
        requests::{self, CareNote, CareView, RequestError, RequestView},
        tenancy::Office,
        visits::VisitView,
    },
    web::{
        form::{Form, Nothing},
        parts::{Choice, Fact},
        routes,
    },
};

/// The card of a request's page.
pub(super) struct Care {
    /// What is noted; empty where nothing is.
    pub facts: Vec<Fact>,
    /// The rounds they were or are on.
    pub visits: Vec<(String, String)>,
    /// The form of whoever may note it.
    pub form: Option<CareForm>,
    /// Where what is noted is forgotten, however the request stands.
    pub forget_href: Option<String>,
}

/// The form that notes it.
pub(super) struct CareForm {
    pub href: String,
    pub open: bool,
    pub reasons: Vec<Choice>,
    pub needs: String,
    pub visit: bool,
    pub address: String,
    pub by: Vec<Choice>,
    pub way: Vec<Choice>,
}

/// What was sent.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    reasons: Vec<String>,
    #[serde(default)]
    needs: String,
    #[serde(default)]
    visit: Option<String>,
    #[serde(default)]
    address: String,
    #[serde(default)]
    by: String,
    #[serde(default)]
    way: String,
}

impl Typed {
    fn of(note: &CareNote) -> Self {
        Self {
            reasons: note.reasons.iter().map(|one| one.word().to_owned()).collect(),
            needs: note.needs.clone(),
            visit: note.address.is_some().then(|| "1".to_owned()),
            address: note.address.clone().unwrap_or_default(),
            by: note.consent.0.word().to_owned(),
            way: note.consent.1.word().to_owned(),
        }
    }

    fn note(&self) -> Result<CareNote, RequestError> {
        let reasons: Result<Vec<CareGroup>, _> = self.reasons.iter().map(|one| one.parse()).collect();
        let reasons = reasons.map_err(|_| RequestError::Invalid("Pilih alasannya dari daftar."))?;
        let consent = self.by.parse::<ConsentBy>().ok().zip(self.way.parse::<ConsentWay>().ok());
        let consent = consent.ok_or(RequestError::Invalid(
            "Catat siapa yang menyetujui dan dengan cara apa. Tanpa persetujuan, alasan ini tidak boleh disimpan.",
        ))?;
        let address = self.visit.as_ref().map(|_| self.address.clone());
        Ok(CareNote { reasons, needs: self.needs.clone(), address, consent })
    }
}

impl Care {
    /// The card; nothing where nothing is noted and nobody may note it.
    pub(super) fn of(
        view: &RequestView,
        office: &Office,
        (may, sent): (&dyn Fn(Permission) -> bool, Option<&Typed>),
    ) -> Option<Self> {
        let open = !view.row.state.is_terminal() && !view.row.elsewhere;
        let intake = may(Permission::IntakeRequests);
        let form = (open && intake).then(|| form(view, office, sent));
        let forget = || routes::RequestStep::at(&office.slug, view.row.id, "lupakan-rentan");
        let card = Self {
            facts: view.care.as_ref().map(|care| facts(care, office)).unwrap_or_default(),
            visits: view.care.as_ref().map(|care| visits(care, office)).unwrap_or_default(),
            form,
            forget_href: (intake && view.care.is_some()).then(forget),
        };
        (card.form.is_some() || !card.facts.is_empty()).then_some(card)
    }
}

fn form(view: &RequestView, office: &Office, sent: Option<&Typed>) -> CareForm {
    let noted = view.care.as_ref().map(|care| Typed::of(&care.note)).unwrap_or_default();
    let typed = sent.unwrap_or(&noted);
    let href = routes::RequestStep::at(&office.slug, view.row.id, "rentan");
    let group = |one: &CareGroup| {
        Choice::new(one.word(), one.label()).chosen(typed.reasons.iter().any(|word| word == one.word()))
    };
    let by = |one: &ConsentBy| Choice::new(one.word(), one.label()).chosen(typed.by == one.word());
    let way = |one: &ConsentWay| Choice::new(one.word(), one.label()).chosen(typed.way == one.word());
    CareForm {
        href,
        open: sent.is_some(),
        reasons: CareGroup::ALL.iter().map(group).collect(),
        needs: typed.needs.clone(),
        visit: typed.visit.is_some(),
        address: typed.address.clone(),
        by: ConsentBy::ALL.iter().map(by).collect(),
        way: ConsentWay::ALL.iter().map(way).collect(),
    }
}

fn facts(care: &CareView, office: &Office) -> Vec<Fact> {
    let reasons: Vec<&str> = care.note.reasons.iter().map(|one| one.label()).collect();
    let mut all = vec![Fact::plain("Alasan", reasons.join(", "))];
    if !care.note.needs.is_empty() {
        all.push(Fact::plain("Kebutuhan", care.note.needs.clone()));
    }
    if let Some(address) = &care.note.address {
        all.push(Fact::plain("Minta dikunjungi di", address.clone()));
    }
    let (by, way) = care.note.consent;
    let noted = format!("dicatat {} oleh {}", office.zone.short(care.noted_at), care.noted_by);
    all.push(Fact {
        note: Some(noted),
        ..Fact::plain("Disetujui", format!("{} {}", by.label(), way.label()))
    });
    if let Some(turn) = care.ahead {
        let words = format!("seperti permohonan yang masuk {}", office.zone.short(turn));
        all.push(Fact::plain("Urutan antrean", words));
    }
    all
}

/// Each round with its address, and what came of the visit.
fn visits(care: &CareView, office: &Office) -> Vec<(String, String)> {
    let line = |(visit, title, from): &(VisitView, String, NaiveDate)| {
        let day = short_date(*from);
        let came = match visit.result {
            VisitResult::Awaited => "dijadwalkan".to_owned(),
            result => result.label().to_lowercase(),
        };
        (routes::HomeVisitRound::at(&office.slug, visit.round), format!("{title}, mulai {day}: {came}"))
    };
    care.visits.iter().map(line).collect()
}

/// Notes it.
pub(super) async fn note(at: AtRequest, form: Form<Typed>) -> Answer {
    let typed = at.checked(form)?;
    let mut cx = at.write().await?;
    let done = match typed.note() {
        Ok(note) => requests::note_care(&mut cx, &at.place.office, at.id, &note).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            cx.commit().await?;
            Ok(at.back(Panel::Facts, "Perhatian khusus dicatat."))
        }
        Err(error) => {
            drop(cx);
            let extra =
                Extra { error: Some(refusal(error)?), sent: Some(Sent::Care(typed)), ..Extra::default() };
            Box::pin(at.again(Panel::Facts, extra)).await
        }
    }
}

/// Forgets it.
pub(super) async fn forget(at: AtRequest, form: Form<Nothing>) -> Answer {
    at.checked(form)?;
    let mut cx = at.write().await?;
    let done = requests::forget_care(&mut cx, &at.place.office, at.id).await;
    at.settle(cx, done, (Panel::Facts, "Catatan perhatian khusus dihapus.")).await
}
