//! What the form of a new office sends, and what becomes of it.

use actix_web::http::StatusCode;
use loket_core::{
    id::UserId,
    kinds::OfficeKind,
    text::{Email, PersonName},
};
use serde::Deserialize;

use crate::{
    domain::{
        onboarding::{self, NewPlace, OnboardingError},
        tenancy::OfficeRefusal,
    },
    web::{error::PageError, site::Site},
};

/// What was sent. The province is the platform's to say; a province's own stands in the address.
#[derive(Debug, Default, Deserialize)]
pub struct Entry {
    /// Two digits.
    #[serde(default)]
    pub province: String,
    /// Dinas or kecamatan.
    #[serde(default)]
    pub kind: String,
    /// Kemendagri's code without dots.
    #[serde(default)]
    pub region: String,
    /// The office's name.
    #[serde(default)]
    pub name: String,
    /// Its name in a path.
    #[serde(default)]
    pub path: String,
    /// The letters of its receipts.
    #[serde(default)]
    pub code: String,
    /// WIB, WITA or WIT.
    #[serde(default)]
    pub zone: String,
    /// The first administrator.
    #[serde(default)]
    pub admin_name: String,
    /// Where their letter goes.
    #[serde(default)]
    pub admin_email: String,
}

/// What is wrong, beside the field it is about.
#[derive(Debug, Default)]
pub struct Wrong {
    /// The office's name.
    pub name: Option<String>,
    /// Its name in a path.
    pub path: Option<String>,
    /// The letters of its receipts.
    pub code: Option<String>,
    /// The administrator's name.
    pub admin_name: Option<String>,
    /// The administrator's address.
    pub admin_email: Option<String>,
    /// None of them.
    pub whole: Option<String>,
}

impl Entry {
    /// What it is to be; an unknown word is a Dinas.
    pub fn office_kind(&self) -> OfficeKind {
        self.kind.parse().unwrap_or(OfficeKind::Dinas)
    }

    /// An office to be entered in a province.
    fn place(&self, province: &str) -> Result<NewPlace, Box<Wrong>> {
        let mut wrong = Box::<Wrong>::default();
        let email =
            Email::parse(&self.admin_email).map_err(|error| wrong.admin_email = Some(error.to_string()));
        let name =
            PersonName::parse(&self.admin_name).map_err(|error| wrong.admin_name = Some(error.to_string()));
        let zone =
            self.zone.parse().map_err(|_| wrong.whole = Some("Pilih zona waktu dari daftar.".to_owned()));
        let (Ok(admin_email), Ok(admin_name), Ok(zone)) = (email, name, zone) else { return Err(wrong) };
        Ok(NewPlace {
            province: province.to_owned(),
            kind: self.office_kind(),
            region: self.region.clone(),
            name: self.name.clone(),
            slug: self.path.clone(),
            receipt_code: self.code.clone(),
            zone,
            admin_email,
            admin_name,
        })
    }
}

impl From<OfficeRefusal> for Wrong {
    fn from(refusal: OfficeRefusal) -> Self {
        let said = Some(refusal.sentence().to_owned());
        match refusal {
            OfficeRefusal::Name => Self { name: said, ..Self::default() },
            OfficeRefusal::SlugShape | OfficeRefusal::SlugTaken => Self { path: said, ..Self::default() },
            OfficeRefusal::CodeShape | OfficeRefusal::CodeTaken => Self { code: said, ..Self::default() },
            _ => Self { whole: said, ..Self::default() },
        }
    }
}

/// Enters the office, or says what is wrong and with which status.
pub async fn enter(
    site: &Site,
    (user, province): (UserId, &str),
    entry: &Entry,
) -> Result<Result<(), (StatusCode, Wrong)>, PageError> {
    let refused = |wrong| Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, wrong)));
    if site.mailer.is_none() {
        return Err(PageError::Refused(super::page::NO_MAIL.to_owned()));
    }
    let new = match entry.place(province) {
        Ok(new) => new,
        Err(wrong) => return refused(*wrong),
    };
    match onboarding::create(&site.house, user, new).await {
        Ok(_) => Ok(Ok(())),
        Err(OnboardingError::Directory(refusal)) => refused(refusal.into()),
        Err(OnboardingError::Invalid(sentence)) => {
            refused(Wrong { whole: Some(sentence), ..Wrong::default() })
        }
        Err(other) => Err(other.into()),
    }
}
