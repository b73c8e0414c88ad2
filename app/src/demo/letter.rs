//! What the offices say of themselves, and who acts for a head: the heads of their letters, and a Plh. in Kupang.

use std::sync::Arc;

use chrono::{Days as CalendarDays, NaiveDate};
use loket_core::{
    acting::{ActingKind, Days},
    id::{OfficeId, UserId},
    kinds::Role,
    permission::{Grant, Scope, Standing},
};

use super::{
    offices::DemoOffice,
    setup::{DescribedAccount, DescribedOffice, Description, Trouble, trouble},
};
use crate::{
    domain::{
        people::{self, NewDelegation},
        tenancy::{self, Office, Profile},
    },
    infra::{Actor, House, PlatformTx, files::FileStore},
    web::simulator::samples,
};

/// The office whose head is away.
const AWAY: &str = "kota-kupang";

pub(super) fn admin(accounts: &[DescribedAccount]) -> Result<Actor, Trouble> {
    let admin = of_role(accounts, Role::OfficeAdmin)?;
    let grants = vec![Grant { role: Role::OfficeAdmin, scope: Scope::default() }];
    Ok(Actor::Officer(Arc::new(Standing { user: admin, grants })))
}

fn of_role(accounts: &[DescribedAccount], role: Role) -> Result<UserId, Trouble> {
    let found = accounts.iter().find(|account| account.role == role);
    found.map(|account| account.id).ok_or_else(|| format!("nobody is {role}"))
}

async fn office(house: &House, id: OfficeId) -> Result<Office, Trouble> {
    let tx = PlatformTx::read(house).await.map_err(trouble)?;
    tenancy::office_by_id(&tx, id).await.map_err(trouble)?.ok_or_else(|| "an office is gone".to_owned())
}

/// The admin of an office writes where it is and how it is reached, and says what Loket answers by itself.
pub(super) async fn say_where(
    house: &House,
    (id, described): (OfficeId, &DemoOffice),
    accounts: &[DescribedAccount],
) -> Result<(), Trouble> {
    let office = office(house, id).await?;
    let host = format!("{}.loket.test", described.slug);
    let profile = Profile {
        address: described.letter.address.to_owned(),
        phone: described.letter.phone.to_owned(),
        email: format!("kantor@{host}"),
        website: host,
        ..Profile::of(&office)
    };
    let admin = admin(accounts)?;
    tenancy::change_profile(house, &office, &admin, &profile).await.map_err(trouble)?;
    tenancy::change_replies(house, &office, &admin, described.replies).await.map_err(trouble)?;
    tenancy::change_web_form(house, &office, &admin, described.web_form).await.map_err(trouble)
}

/// Each office has a sign of its own at the head of its letters: a made-up one.
pub async fn draw_signs(house: &House, files: &FileStore, description: &Description) -> Result<(), Trouble> {
    for DescribedOffice { id, accounts, .. } in &description.offices {
        let office = office(house, *id).await?;
        let picture = samples::sign(&office.receipt_code);
        let who = (&office, &admin(accounts)?);
        tenancy::set_logo(house, files, who, Some(&picture)).await.map_err(trouble)?;
    }
    Ok(())
}

/// The head of one office is away for some days, and the kepala bidang acts.
pub async fn name_acting(house: &House, description: &Description) -> Result<(), Trouble> {
    let Some(described) = description.offices.iter().find(|office| office.slug == AWAY) else {
        return Ok(());
    };
    let DescribedOffice { id, accounts, .. } = described;
    let office = office(house, *id).await?;
    let new = NewDelegation {
        person: of_role(accounts, Role::Supervisor)?,
        kind: ActingKind::Plh,
        days: these_days(office.zone.date(house.clock.now())),
        number: "800/112/Disdukcapil/2026".to_owned(),
        basis: "Kepala Dinas mengikuti rapat koordinasi nasional di Jakarta.".to_owned(),
    };
    people::delegate(house, &office, &admin(accounts)?, new).await.map(|_| ()).map_err(trouble)
}

/// From yesterday on: whenever the demonstration is looked at on its first days, somebody acts.
fn these_days(today: NaiveDate) -> Days {
    let from = today.checked_sub_days(CalendarDays::new(1)).unwrap_or(today);
    Days { from, until: today.checked_add_days(CalendarDays::new(5)).unwrap_or(today) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_acts_today() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
        assert_eq!(these_days(day(21)), Days { from: day(20), until: day(26) });
        assert_eq!(these_days(day(21)).check(day(21)), Ok(()));
    }
}
