//! The first administrator of an office that nobody administers yet: who was asked, and asking again.

use std::collections::HashMap;

use loket_core::{
    clock::Instant,
    id::{OfficeId, UserId},
    kinds::OfficeStatus,
    text::{Email, PersonName},
    zone,
};
use serde::Deserialize;

use crate::{
    domain::{
        onboarding,
        people::{self, FirstAdmin},
        tenancy::Office,
    },
    infra::{Outcome, PlatformTx},
    web::{error::PageError, site::Site},
};

/// What stands beside an office whose first administrator has not come.
pub struct FirstAdminForm {
    /// The office, as the form names it.
    pub office: String,
    /// What has happened so far.
    pub words: String,
    /// Who was asked.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// What was sent.
#[derive(Debug, Deserialize)]
pub struct Invited {
    #[serde(default)]
    office: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
}

/// The forms of the offices that have not opened and whose invitation is open.
pub async fn forms(tx: &PlatformTx<'_>, offices: &[Office]) -> Outcome<HashMap<OfficeId, FirstAdminForm>> {
    let new = offices.iter().filter(|office| office.status == OfficeStatus::New);
    let new: Vec<OfficeId> = new.map(|office| office.id).collect();
    if new.is_empty() {
        return Ok(HashMap::new());
    }
    let now = tx.now();
    let mut forms = HashMap::new();
    for one in people::first_admins(tx, &new).await? {
        forms.entry(one.office).or_insert_with(|| FirstAdminForm::of(one, now));
    }
    Ok(forms)
}

impl FirstAdminForm {
    fn of(one: FirstAdmin, now: Instant) -> Self {
        let row = one.invitation;
        let ago = zone::relative(row.invited_at, now);
        let state = if row.expires_at <= now { "tautannya sudah lewat waktu" } else { "belum diterima" };
        Self {
            office: one.office.to_string(),
            words: format!("Undangan admin pertama dikirim {ago}, {state}."),
            name: row.name,
            email: row.email,
        }
    }
}

/// Writes again. A province reaches its own offices only.
pub async fn invite(
    site: &Site,
    (user, province): (UserId, Option<&str>),
    sent: &Invited,
) -> Result<(), PageError> {
    if site.mailer.is_none() {
        return Err(PageError::Refused(super::page::NO_MAIL.to_owned()));
    }
    let office: OfficeId = sent.office.parse().map_err(|_| PageError::NotFound)?;
    let refused = |sentence: String| PageError::Refused(sentence);
    let email = Email::parse(&sent.email).map_err(|error| refused(error.to_string()))?;
    let name = PersonName::parse(&sent.name).map_err(|error| refused(error.to_string()))?;
    Ok(onboarding::invite_again(&site.house, (user, province), office, (email, name)).await?)
}
