//! What the offices say of themselves, and who acts for a head: the heads of their letters, and a Plh. in Kupang.

use std::sync::Arc;

use chrono::{Datelike, Days as CalendarDays, NaiveDate};
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
    infra::{Actor, House, PlatformTx},
};

/// The office whose head is away.
const AWAY: &str = "kota-kupang";

fn admin(accounts: &[DescribedAccount]) -> Result<Actor, Trouble> {
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

/// The admin of an office writes where it is and how it is reached.
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
    tenancy::change_profile(house, &office, &admin(accounts)?, &profile).await.map_err(trouble)
}

/// The head of one office is away this week, and the kepala bidang acts.
pub async fn name_acting(house: &House, description: &Description) -> Result<(), Trouble> {
    let Some(described) = description.offices.iter().find(|office| office.slug == AWAY) else {
        return Ok(());
    };
    let DescribedOffice { id, accounts, .. } = described;
    let office = office(house, *id).await?;
    let new = NewDelegation {
        person: of_role(accounts, Role::Supervisor)?,
        kind: ActingKind::Plh,
        days: week(office.zone.date(house.clock.now())),
        number: "800/112/Disdukcapil/2026".to_owned(),
        basis: "Kepala Dinas mengikuti rapat koordinasi nasional di Jakarta.".to_owned(),
    };
    people::delegate(house, &office, &admin(accounts)?, new).await.map(|_| ()).map_err(trouble)
}

/// Monday to Friday of this week; on its Saturday and Sunday, of the next.
fn week(today: NaiveDate) -> Days {
    let since_monday = u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_sub_days(CalendarDays::new(since_monday)).unwrap_or(today);
    let monday = if since_monday > 4 { monday + CalendarDays::new(7) } else { monday };
    Days { from: monday, until: monday + CalendarDays::new(4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_acts_from_monday_to_friday() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
        for (today, from, until) in [(23, 23, 27), (25, 23, 27), (27, 23, 27)] {
            assert_eq!(week(day(today)), Days { from: day(from), until: day(until) });
        }
        assert_eq!(week(day(21)), Days { from: day(23), until: day(27) });
    }
}
