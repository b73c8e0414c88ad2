//! What the pages of everything that is published in editions share: the history, what differs, the form by which a draft
//! is published, and the other offices that it can be copied to.

use actix_web::{HttpResponse, http::StatusCode};
use chrono::{Days, NaiveDate};
use loket_core::{
    clock::Instant,
    edition::{Change, Difference, EditionState},
    id::ServiceId,
    permission::Permission,
    zone,
};
use serde::Deserialize;

use crate::{
    domain::{
        editions::{EditionError, Heading, Publication},
        tenancy::Office,
    },
    infra::{Actor, Cx},
    web::{
        error::PageError,
        flash,
        guard::InOffice,
        parts::{Choice, Tag},
        site::Site,
    },
};

/// An edition of the history.
pub(super) struct EditionRow {
    /// Its number.
    pub number: i64,
    /// Where it is read.
    pub href: String,
    /// Why it was changed.
    pub note: String,
    /// When it holds.
    pub when: String,
    /// How far it has come.
    pub state: Tag,
}

impl EditionRow {
    /// Draws it as it stands at a moment.
    pub fn of(one: &Heading, office: &Office, (href, now): (String, Instant)) -> Self {
        let day = |at| zone::long_date(office.zone.date(at));
        let (state, when) = match (one.state, one.span) {
            (EditionState::Draft, _) => {
                (Tag::new("rancangan", "info"), format!("disusun sejak {}", day(one.made.at)))
            }
            (_, Some(span)) if one.is_current(now) => {
                (Tag::new("berlaku", "ok"), format!("sejak {}", day(span.from)))
            }
            (_, Some(span)) if span.from > now => {
                (Tag::new("menyusul", "info"), format!("mulai {}", day(span.from)))
            }
            (_, Some(span)) => {
                let until = span.until.map(|at| format!(" sampai {}", day(at))).unwrap_or_default();
                (Tag::new("lama", "quiet"), format!("{}{until}", day(span.from)))
            }
            (_, None) => (Tag::new("digantikan", "quiet"), "tidak pernah berlaku".to_owned()),
        };
        let grace = one.accepted_until.map(|at| format!(", isian lama diterima sampai {}", day(at)));
        Self {
            number: one.number,
            href,
            note: one.note.clone(),
            when: format!("{when}{}", grace.unwrap_or_default()),
            state,
        }
    }
}

/// What stands beside a thing in a list: that it has a draft, and an edition that is yet to hold.
pub(super) fn tags(drafted: bool, coming: Option<i64>) -> Vec<Tag> {
    let draft = drafted.then(|| Tag::new("ada rancangan", "info"));
    let coming = coming.map(|number| Tag::new(format!("edisi {number} menyusul"), "info"));
    draft.into_iter().chain(coming).collect()
}

/// A part that differs, as it is read.
pub(super) struct Changed {
    /// What people call it.
    pub label: String,
    /// Came, went or changed.
    pub word: &'static str,
    /// What it said.
    pub old: Option<String>,
    /// What it says.
    pub new: Option<String>,
}

/// What differs; `named` puts what people call it in the place of what a part is kept as, by the part's key.
pub(super) fn drawn(all: Vec<Difference>, named: impl Fn(&str, String) -> String) -> Vec<Changed> {
    let one = |difference: Difference| {
        let key = difference.key;
        let (word, old, new) = match difference.change {
            Change::Came(new) => ("baru", None, Some(named(&key, new))),
            Change::Went(old) => ("dihapus", Some(named(&key, old)), None),
            Change::Altered { old, new } => ("berubah", Some(named(&key, old)), Some(named(&key, new))),
        };
        Changed { label: difference.label, word, old, new }
    };
    all.into_iter().map(one).collect()
}

/// The form by which a draft is published, as it was sent.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Publishing {
    /// The revision that was looked at.
    #[serde(default)]
    pub revision: i64,
    /// Why.
    #[serde(default)]
    pub note: String,
    /// From which day; empty for now.
    #[serde(default)]
    pub from: String,
    /// Until which day the edition before it is accepted; empty for no longer.
    #[serde(default)]
    pub old_until: String,
    /// Not empty once whoever publishes has read what that means, where there is something to read.
    #[serde(default)]
    pub accepted: String,
}

impl Publishing {
    /// A day begins with its midnight in the office's zone; today means now, and "until" means the whole of the day.
    pub fn publication(&self, office: &Office, now: Instant) -> Result<Publication, &'static str> {
        let midnight = |day: NaiveDate| office.zone.midnight(day);
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| "Isi tanggal dengan lengkap.");
        let from = match self.from.trim() {
            "" => None,
            text => Some(day(text)?).filter(|day| *day != office.zone.date(now)).map(midnight),
        };
        let old_until = match self.old_until.trim() {
            "" => None,
            text => day(text)?.checked_add_days(Days::new(1)).map(midnight),
        };
        Ok(Publication { expected: self.revision, note: self.note.clone(), from, old_until })
    }
}

/// Why a draft was not published, for the page to say above its form: the status, and the sentence.
pub(super) type Unpublished = (StatusCode, Option<String>);

/// Publishes a draft as it was typed: leads `back`, or says why the page is drawn again. `why` tells what of the errors
/// can be mended on the page.
pub(super) async fn published<E>(
    (site, seat): (&Site, &InOffice),
    (typed, back): (&Publishing, String),
    publish: impl AsyncFnOnce(&mut Cx<'_>, &Publication) -> Result<(i64, Instant), E>,
    why: impl FnOnce(E) -> Result<Unpublished, PageError>,
) -> Result<Result<HttpResponse, Unpublished>, PageError> {
    let how = match typed.publication(&seat.office, site.house.clock.now()) {
        Ok(how) => how,
        Err(sentence) => return Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, Some(sentence.to_owned())))),
    };
    let mut cx = Cx::write(&site.house, seat.office.id, seat.actor()).await?;
    match publish(&mut cx, &how).await {
        Ok((number, _)) => {
            cx.commit().await?;
            Ok(Ok(flash::see_other(site.secure, &back, &format!("Edisi {number} diterbitkan."))))
        }
        Err(error) => Ok(Err(why(error)?)),
    }
}

/// What a page says of a refusal.
pub(super) fn unpublished(refusal: &EditionError) -> Unpublished {
    if matches!(refusal, EditionError::Stale) {
        let sentence =
            "Rancangan ini baru saja diubah orang lain. Periksa perubahannya, lalu terbitkan lagi.";
        (StatusCode::CONFLICT, Some(sentence.to_owned()))
    } else {
        (StatusCode::UNPROCESSABLE_ENTITY, Some(refusal.to_string()))
    }
}

/// The service in a path.
pub(super) fn service(text: &str) -> Result<ServiceId, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// Other offices that the person configures.
pub(super) fn others(seat: &InOffice) -> Vec<Choice> {
    let offices = seat.signed.session.offices().into_iter();
    let own = offices.filter(|one| one.id != seat.office.id && configures(seat, one));
    own.map(|one| Choice::new(one.slug.as_str(), one.name.as_str())).collect()
}

fn configures(seat: &InOffice, office: &Office) -> bool {
    let standing = seat.signed.session.standing(office.id);
    office.is_open() && standing.is_some_and(|standing| standing.may(Permission::ConfigureOffice))
}

/// One of them by its name in a path, with the person as they stand there.
pub(super) fn other(seat: &InOffice, slug: &str) -> Result<(Office, Actor), PageError> {
    let session = &seat.signed.session;
    let there = session
        .offices()
        .into_iter()
        .find(|one| one.slug == slug && one.id != seat.office.id && configures(seat, one));
    let found = there.and_then(|office| Some((office.clone(), session.standing(office.id)?)));
    found
        .map(|(office, standing)| (office, Actor::Officer(std::sync::Arc::new(standing))))
        .ok_or_else(|| PageError::Refused("Pilih kantor tujuan yang Anda atur.".to_owned()))
}
