//! What an office says of itself, changed by its administrator.

use loket_core::permission::{Permission, Reach};
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{
    error::{DirectoryError, OfficeRefusal},
    office::Office,
};
use crate::infra::{Actor, By, Fault, House, PlatformTx};

/// Characters of a line or a few.
const LONGEST: usize = 500;

/// What an office says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Its name as people say it, at most 120 characters.
    pub name: String,
    /// Service hours as told to citizens.
    pub hours: String,
    /// Where it is.
    pub address: String,
    /// How it is reached besides WhatsApp.
    pub contact: String,
    /// The lines at the head of its letters.
    pub letterhead: String,
}

impl Profile {
    /// What an office says now.
    pub fn of(office: &Office) -> Self {
        Self {
            name: office.name.clone(),
            hours: office.hours.clone(),
            address: office.address.clone(),
            contact: office.contact.clone(),
            letterhead: office.letterhead.clone(),
        }
    }

    fn trimmed(&self) -> Self {
        let trim = |text: &str| text.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned();
        Self {
            name: self.name.split_whitespace().collect::<Vec<_>>().join(" "),
            hours: trim(&self.hours),
            address: trim(&self.address),
            contact: trim(&self.contact),
            letterhead: trim(&self.letterhead),
        }
    }

    fn check(&self) -> Result<(), OfficeRefusal> {
        if self.name.is_empty() || self.name.chars().count() > 120 {
            return Err(OfficeRefusal::Name);
        }
        if self.hours.is_empty() {
            return Err(OfficeRefusal::Hours);
        }
        let texts = [&self.hours, &self.address, &self.contact, &self.letterhead];
        if texts.iter().any(|text| text.chars().count() > LONGEST) {
            return Err(OfficeRefusal::TooLong);
        }
        Ok(())
    }
}

/// Changes what an office says of itself; only who administers the whole of it may.
pub async fn change_profile(
    house: &House,
    office: &Office,
    actor: &Actor,
    new: &Profile,
) -> Result<(), DirectoryError> {
    let Actor::Officer(standing) = actor else { return Err(OfficeRefusal::NotAllowed.into()) };
    if standing.reach(Permission::ConfigureOffice) != Reach::Everything {
        return Err(OfficeRefusal::NotAllowed.into());
    }
    let new = new.trimmed();
    new.check()?;
    let tx = PlatformTx::write(house).await?;
    let changed = tx
        .change::<office::Entity>()
        .col_expr(office::Column::Name, Expr::value(new.name.as_str()))
        .col_expr(office::Column::Hours, Expr::value(new.hours.as_str()))
        .col_expr(office::Column::Address, Expr::value(new.address.as_str()))
        .col_expr(office::Column::Contact, Expr::value(new.contact.as_str()))
        .col_expr(office::Column::Letterhead, Expr::value(new.letterhead.as_str()))
        .filter(office::Column::Id.eq(office.id))
        .exec(tx.on())
        .await
        .map_err(Fault::from)?;
    if changed.rows_affected != 1 {
        return Err(Fault::Inconsistent("the office to be changed is not there").into());
    }
    let before = Profile::of(office);
    let detail = serde_json::json!({
        "old": [before.name, before.hours, before.address, before.contact, before.letterhead],
        "new": [new.name, new.hours, new.address, new.contact, new.letterhead],
    });
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
            contact: String::new(),
            letterhead: String::new(),
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
        let trimmed = profile(" Dinas   Satu ", " 08.00 \r\n 15.00 ", "").trimmed();
        assert_eq!((trimmed.name.as_str(), trimmed.hours.as_str()), ("Dinas Satu", "08.00\n15.00"));
    }
}
