//! Opening an office: what it needs first, and the administrator's word that it serves citizens from now on.

use loket_core::{id::UserId, kinds::OfficeStatus};

use super::error::OnboardingError;
use crate::{
    domain::{
        people,
        tenancy::{self, Office},
        whatsapp,
    },
    infra::{Actor, By, Cx, House, Outcome},
};

/// What an office has of what it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// It says where it is and how it is reached.
    pub profile: bool,
    /// It has a unit.
    pub unit: bool,
    /// Somebody handles requests.
    pub people: bool,
    /// A number is in use that can hear and answer.
    pub number: bool,
}

impl Readiness {
    /// Whether nothing is missing.
    pub fn is_whole(self) -> bool {
        self.profile && self.unit && self.people && self.number
    }
}

/// What an office has of what it needs.
pub async fn readiness(house: &House, office: &Office, actor: &Actor) -> Outcome<Readiness> {
    let hears = whatsapp::hears(house, office.id).await?;
    let people = !people::colleagues(house, office.id, UserId::NIL).await?.is_empty();
    let cx = Cx::read(house, office.id, actor.clone()).await?;
    Ok(Readiness {
        profile: !office.address.is_empty() && !office.phone.is_empty(),
        unit: !tenancy::units(&cx).await?.is_empty(),
        people,
        number: hears && whatsapp::numbers(&cx).await?.iter().any(|one| one.active && one.has_token),
    })
}

/// Opens an office that has what it needs; only who administers the whole of it may.
pub async fn open(house: &House, office: &Office, actor: &Actor) -> Result<(), OnboardingError> {
    let standing = actor.administrator().ok_or(OnboardingError::NotAllowed)?;
    if office.status != OfficeStatus::New {
        return Err(OnboardingError::Invalid("Kantor ini sudah buka.".to_owned()));
    }
    if !readiness(house, office, actor).await?.is_whole() {
        return Err(OnboardingError::Invalid(
            "Masih ada yang perlu disiapkan. Selesaikan daftar di Pengaturan, lalu buka kantor.".to_owned(),
        ));
    }
    let by = By::Account(standing.user);
    Ok(tenancy::change_status(house, by, office.id, OfficeStatus::Live).await?)
}
