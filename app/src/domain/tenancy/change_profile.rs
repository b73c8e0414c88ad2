//! What an office says of itself, changed by its administrator.

use loket_core::text::Email;
use loket_entity::office;

use super::{
    change_office::change_office,
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::infra::{Actor, By, House, PlatformTx};

/// Characters of a line or a few.
const LONGEST: usize = 500;
/// Lines of a letterhead above the address.
const MOST_LINES: usize = 4;

/// What an office says of itself.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Profile {
    /// Its name as people say it, at most 120 characters.
    pub name: String,
    /// Service hours as told to citizens.
    pub hours: String,
    /// Where it is.
    pub address: String,
    /// Who stands above it and its full name, one a line: the head of its letters.
    pub letterhead: String,
    /// Its telephone.
    pub phone: String,
    /// Its mailbox.
    pub email: String,
    /// Its site.
    pub website: String,
}

impl Profile {
    /// What an office says now.
    pub fn of(office: &Office) -> Self {
        Self {
            name: office.name.clone(),
            hours: office.hours.clone(),
            address: office.address.clone(),
            letterhead: office.letterhead.clone(),
            phone: office.phone.clone(),
            email: office.email.clone(),
            website: office.website.clone(),
        }
    }

    fn trimmed(&self) -> Self {
        let trim = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned();
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            name: line(&self.name),
            hours: trim(&self.hours),
            address: trim(&self.address),
            letterhead: trim(&self.letterhead),
            phone: line(&self.phone),
            email: line(&self.email),
            website: line(&self.website),
        }
    }

    fn check(&self) -> Result<(), OfficeRefusal> {
        if self.name.is_empty() || self.name.chars().count() > 120 {
            return Err(OfficeRefusal::Name);
        }
        if self.hours.is_empty() {
            return Err(OfficeRefusal::Hours);
        }
        let texts = [&self.hours, &self.address, &self.letterhead, &self.phone, &self.website];
        if texts.iter().any(|text| text.chars().count() > LONGEST) {
            return Err(OfficeRefusal::TooLong);
        }
        if self.letterhead.lines().count() > MOST_LINES {
            return Err(OfficeRefusal::Letterhead);
        }
        if !self.email.is_empty() && Email::parse(&self.email).is_err() {
            return Err(OfficeRefusal::Email);
        }
        Ok(())
    }
}

/// Changes what an office says of itself; only who administers the whole of it may. Hours that a timetable says stay.
pub async fn change_profile(
    house: &House,
    office: &Office,
    actor: &Actor,
    new: &Profile,
) -> Result<(), DirectoryError> {
    let standing = actor.administrator().ok_or(OfficeRefusal::NotAllowed)?;
    let mut new = new.trimmed();
    if office.timetabled {
        new.hours.clone_from(&office.hours);
    }
    new.check()?;
    let tx = PlatformTx::write(house).await?;
    let hours = (office::Column::Hours, new.hours.as_str().into());
    let columns = [
        (office::Column::Name, new.name.as_str().into()),
        (office::Column::Address, new.address.as_str().into()),
        (office::Column::Letterhead, new.letterhead.as_str().into()),
        (office::Column::Phone, new.phone.as_str().into()),
        (office::Column::Email, new.email.as_str().into()),
        (office::Column::Website, new.website.as_str().into()),
    ];
    let typed = (!office.timetabled).then_some(hours);
    change_office(&tx, office.id, columns.into_iter().chain(typed)).await?;
    let detail = serde_json::json!({ "old": Profile::of(office), "new": new });
    let by = By::Account(standing.user);
    tx.audit(by, "office.profile_changed", ("office", Some(office.id.0)), Some(&detail)).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(name: &str, hours: &str, address: &str) -> Profile {
        Profile {
            name: name.to_owned(),
            hours: hours.to_owned(),
            address: address.to_owned(),
            letterhead: String::new(),
            phone: String::new(),
            email: String::new(),
            website: String::new(),
        }
    }

    #[test]
    fn an_office_has_a_name_and_hours_and_says_the_rest_shortly() {
        for (profile, found) in [
            (profile("Disdukcapil", "08.00–15.00", ""), Ok(())),
            (profile("  ", "08.00–15.00", ""), Err(OfficeRefusal::Name)),
            (profile("Disdukcapil", " \n ", ""), Err(OfficeRefusal::Hours)),
            (profile("Disdukcapil", "08.00", &"x".repeat(501)), Err(OfficeRefusal::TooLong)),
        ] {
            assert_eq!(profile.trimmed().check(), found, "{:?}", profile.name);
        }
        let with = |letterhead: &str, email: &str| Profile {
            letterhead: letterhead.to_owned(),
            email: email.to_owned(),
            ..profile("Dinas", "08.00", "")
        };
        assert_eq!(with("A\nB\nC\nD", "a@b.go.id").check(), Ok(()));
        assert_eq!(with("A\nB\nC\nD\nE", "").check(), Err(OfficeRefusal::Letterhead));
        assert_eq!(with("", "b.go.id").check(), Err(OfficeRefusal::Email));
        let trimmed = profile(" Dinas   Satu ", " 08.00 \r\n 15.00 ", "").trimmed();
        assert_eq!((trimmed.name.as_str(), trimmed.hours.as_str()), ("Dinas Satu", "08.00\n15.00"));
    }
}
