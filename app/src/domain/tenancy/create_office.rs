//! Entering an office into the directory, with a key of its own.

use loket_core::{
    id::OfficeId,
    kinds::{OfficeKind, OfficeStatus, ReplyMode},
    zone::OfficeZone,
};
use loket_entity::{office, office_key};
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter};
use zeroize::Zeroizing;

use super::{
    error::{DirectoryError, OfficeRefusal},
    store,
};
use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// What an office calls the areas below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaWords {
    /// desa, kelurahan, kampung, gampong, nagari.
    pub village: String,
    /// kecamatan, distrik.
    pub district: String,
}

impl Default for AreaWords {
    fn default() -> Self {
        Self { village: "desa/kelurahan".to_owned(), district: "kecamatan".to_owned() }
    }
}

/// An office to be entered.
#[derive(Debug, Clone)]
pub struct NewOffice {
    /// Its name in a path: 3 to 40 of a-z, 0-9 and dashes.
    pub slug: String,
    /// Its name as people say it, at most 120 characters.
    pub name: String,
    /// Dinas or kecamatan.
    pub kind: OfficeKind,
    /// The letters its receipts begin with: 2 to 4 capitals.
    pub receipt_code: String,
    /// Two digits: a province of the directory.
    pub province_code: String,
    /// Kemendagri's code of its area without dots; begins with the province's.
    pub region_code: String,
    /// The zone its clocks show.
    pub zone: OfficeZone,
    /// What areas are called here.
    pub words: AreaWords,
    /// Service hours as told to citizens.
    pub hours: String,
    /// Who stands above it and its full name, one a line: the head of its letters. May be empty.
    pub letterhead: String,
    /// Whether its data are made up. A demo office is live at once, a real one has not opened yet.
    pub demo: bool,
}

/// Enters an office and makes the key that seals its citizens' data.
///
/// # Errors
/// A refusal when the name in the path, the receipt code or the province does not fit.
pub async fn create_office(house: &House, new: NewOffice) -> Result<OfficeId, DirectoryError> {
    let tx = PlatformTx::write(house).await?;
    let id = create_office_in(&tx, By::System, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same within the caller's transaction.
pub async fn create_office_in(
    tx: &PlatformTx<'_>,
    by: By,
    new: NewOffice,
) -> Result<OfficeId, DirectoryError> {
    check_shape(&new)?;
    store::hold_directory(tx).await?;
    check_directory(tx, &new).await?;
    let id: OfficeId = tx.new_id();
    let house = tx.house();
    let wrapped = {
        let secret = Zeroizing::new(house.ids.secret());
        house.keyring.wrap_new(id, &secret)?
    };
    tx.insert::<office::Entity>(row(id, new, tx)).await?;
    tx.insert::<office_key::Entity>(office_key::ActiveModel {
        office_id: Set(id),
        version: Set(1),
        wrapped: Set(wrapped),
        created_at: Set(tx.now()),
    })
    .await?;
    tx.audit(by, "office.created", ("office", Some(id.0)), None).await?;
    Ok(id)
}

fn row(id: OfficeId, new: NewOffice, tx: &PlatformTx<'_>) -> office::ActiveModel {
    let status = if new.demo { OfficeStatus::Live } else { OfficeStatus::New };
    office::ActiveModel {
        id: Set(id),
        slug: Set(new.slug),
        name: Set(new.name),
        kind: Set(new.kind),
        receipt_code: Set(new.receipt_code),
        province_code: Set(new.province_code),
        region_code: Set(new.region_code),
        zone: Set(new.zone),
        village_word: Set(new.words.village),
        district_word: Set(new.words.district),
        hours: Set(new.hours),
        status: Set(status),
        demo: Set(new.demo),
        created_at: Set(tx.now()),
        address: Set(String::new()),
        letterhead: Set(new.letterhead),
        phone: Set(String::new()),
        email: Set(String::new()),
        website: Set(String::new()),
        logo_file_id: Set(None),
        // A person answers until the office has chosen otherwise.
        replies: Set(ReplyMode::Officer),
        web_form: Set(false),
        answer_days: Set(None),
        answer_minutes: Set(None),
        care_ahead: Set(loket_core::care::AHEAD),
        takes_forwarded: Set(false),
        timetabled: Set(false),
        disruptions: Set(None),
        escalated_at: Set(None),
    }
}

fn check_shape(new: &NewOffice) -> Result<(), OfficeRefusal> {
    if !is_slug(&new.slug) {
        return Err(OfficeRefusal::SlugShape);
    }
    if !(2..=4).contains(&new.receipt_code.len()) || !new.receipt_code.bytes().all(|b| b.is_ascii_uppercase())
    {
        return Err(OfficeRefusal::CodeShape);
    }
    if !new.region_code.starts_with(&new.province_code)
        || new.province_code.len() != 2
        || !new.region_code.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(OfficeRefusal::Province);
    }
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 120 {
        return Err(OfficeRefusal::Name);
    }
    Ok(())
}

fn is_slug(text: &str) -> bool {
    (3..=40).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

async fn check_directory(tx: &PlatformTx<'_>, new: &NewOffice) -> Result<(), DirectoryError> {
    if store::province(tx, &new.province_code).await?.is_none() {
        return Err(OfficeRefusal::Province.into());
    }
    let same = tx.find::<office::Entity>().filter(office::Column::RegionCode.eq(new.region_code.as_str()));
    if same.filter(office::Column::Kind.eq(new.kind)).count(tx.on()).await.map_err(Fault::from)? > 0 {
        return Err(OfficeRefusal::RegionTaken.into());
    }
    if is_taken(tx, office::Column::Slug, &new.slug).await? {
        return Err(OfficeRefusal::SlugTaken.into());
    }
    if is_taken(tx, office::Column::ReceiptCode, &new.receipt_code).await? {
        return Err(OfficeRefusal::CodeTaken.into());
    }
    Ok(())
}

async fn is_taken(tx: &PlatformTx<'_>, column: office::Column, value: &str) -> Outcome<bool> {
    Ok(tx.find::<office::Entity>().filter(column.eq(value)).count(tx.on()).await? > 0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop")]
mod tests {
    use super::*;
    use crate::{
        domain::tenancy::{all_offices, office_by_slug},
        testing::{TestHouse, new_office},
    };

    #[tokio::test]
    async fn an_office_comes_with_a_key_of_its_own() {
        let test = TestHouse::with_provinces().await;
        let one = create_office(&test.house, new_office("kab-satu", "SAT")).await.unwrap();
        let two = create_office(&test.house, new_office("kab-dua", "DUA")).await.unwrap();
        let place = crate::infra::seal::Column::new("t", "c").of(one.0);
        let (of_one, of_two) = (test.house.keys(one).await.unwrap(), test.house.keys(two).await.unwrap());
        let sealed = of_one.seal_bytes(b"isi", place).unwrap();
        assert_eq!(of_one.open_bytes(&sealed, place).unwrap(), b"isi");
        assert!(of_two.open_bytes(&sealed, place).is_err());
        let tx = PlatformTx::read(&test.house).await.unwrap();
        assert_eq!(office_by_slug(&tx, "kab-dua").await.unwrap().unwrap().id, two);
        assert_eq!(all_offices(&tx).await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn names_and_codes_are_unique_and_well_formed() {
        let test = TestHouse::with_provinces().await;
        create_office(&test.house, new_office("kab-satu", "SAT")).await.unwrap();
        let mut again = new_office("kab-enam", "ENA");
        again.region_code = new_office("kab-satu", "SAT").region_code;
        let mut elsewhere = new_office("kab-tiga", "TIG");
        elsewhere.region_code = "9901".to_owned();
        let mut unknown = new_office("kab-empat", "EMP");
        (unknown.province_code, unknown.region_code) = ("99".to_owned(), "9901".to_owned());
        let mut taken_path = new_office("kab-satu", "XYZ");
        taken_path.region_code = "3604".to_owned();
        for (new, refusal) in [
            (taken_path, OfficeRefusal::SlugTaken),
            (new_office("kab-lima", "SAT"), OfficeRefusal::CodeTaken),
            (new_office("Kab Satu", "XYZ"), OfficeRefusal::SlugShape),
            (new_office("-kab", "XYZ"), OfficeRefusal::SlugShape),
            (new_office("kab-lima", "xyz"), OfficeRefusal::CodeShape),
            (again, OfficeRefusal::RegionTaken),
            (elsewhere, OfficeRefusal::Province),
            (unknown, OfficeRefusal::Province),
        ] {
            let slug = new.slug.clone();
            match create_office(&test.house, new).await {
                Err(DirectoryError::Refused(found)) => assert_eq!(found, refusal, "{slug}"),
                other => assert!(other.is_err(), "{slug} was entered"),
            }
        }
    }
}
