//! Entering an office from above it: the office, its key, the letter to its first administrator and the work that
//! gives it what every office begins with, in one operation.

use loket_core::{
    id::{OfficeId, UserId},
    kinds::OfficeKind,
    text::{Email, PersonName},
    zone::OfficeZone,
};

use super::{
    error::OnboardingError,
    prepare::{self, Preparation},
    propose::propose,
};
use crate::{
    domain::{
        accounts::oversees,
        people, regions,
        tenancy::{self, NewOffice, OfficeRefusal, Province},
    },
    infra::{By, Fault, House, PlatformTx},
    queue::NewJob,
};

/// Told to citizens until the office says its own.
const HOURS: &str = "Senin–Jumat pada jam kerja";

/// An office to be entered.
#[derive(Debug, Clone)]
pub struct NewPlace {
    /// Its province, by two digits.
    pub province: String,
    /// Dinas or kecamatan.
    pub kind: OfficeKind,
    /// The area it is for: a code of the shipped regions.
    pub region: String,
    /// Its name as people say it.
    pub name: String,
    /// Its name in a path.
    pub slug: String,
    /// The letters of its receipts.
    pub receipt_code: String,
    /// The zone its clocks show.
    pub zone: OfficeZone,
    /// Where the first administrator's letter goes.
    pub admin_email: Email,
    /// How they are called.
    pub admin_name: PersonName,
}

/// Enters an office. Only for somebody who oversees its province.
pub async fn create(house: &House, by: UserId, new: NewPlace) -> Result<OfficeId, OnboardingError> {
    let mut tx = PlatformTx::write(house).await?;
    if !oversees(&tx, by, &new.province).await? {
        return Err(OnboardingError::NotFound);
    }
    let proposal = propose(&tx, (&new.province, new.kind), &new.region).await?;
    let proposal = proposal.ok_or(OnboardingError::Directory(OfficeRefusal::Province))?;
    if let Some(province) = shipped(&new.province) {
        tenancy::add_province_in(&tx, By::Account(by), province).await?;
    }
    let office = NewOffice {
        slug: new.slug.trim().to_owned(),
        name: new.name.split_whitespace().collect::<Vec<_>>().join(" "),
        kind: new.kind,
        receipt_code: new.receipt_code.trim().to_owned(),
        province_code: new.province,
        region_code: new.region,
        zone: new.zone,
        words: proposal.words,
        hours: format!("{HOURS} {}", new.zone.word()),
        letterhead: proposal.letterhead,
        demo: false,
    };
    let id = tenancy::create_office_in(&tx, By::Account(by), office).await?;
    let office = tenancy::office_by_id(&tx, id).await?.ok_or(Fault::Inconsistent("a new office"))?;
    people::invite_first_admin(&mut tx, &office, by, (new.admin_email, new.admin_name)).await?;
    let preparation = Preparation { office: id, by };
    tx.enqueue(NewJob::new(prepare::PREPARE, &preparation)?.priority(2)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Writes to the first administrator of an office again, or to somebody else in their place.
pub async fn invite_again(
    house: &House,
    (by, province): (UserId, Option<&str>),
    office: OfficeId,
    who: (Email, PersonName),
) -> Result<(), OnboardingError> {
    let mut tx = PlatformTx::write(house).await?;
    let office = tenancy::office_by_id(&tx, office).await?.ok_or(OnboardingError::NotFound)?;
    if province.is_some_and(|code| code != office.province_code) {
        return Err(OnboardingError::NotFound);
    }
    people::invite_first_admin(&mut tx, &office, by, who).await?;
    Ok(tx.commit().await?)
}

/// A province as shipped: the directory has those that have offices.
fn shipped(code: &str) -> Option<Province> {
    let regions::Province { code, name, zone } = regions::province(code)?;
    Some(Province { code: code.to_owned(), name: name.to_owned(), zone })
}
