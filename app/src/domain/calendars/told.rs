//! What citizens are told of the office's hours follows its timetable: on the day on which an edition begins, and on the
//! first day of a season and the one after it.

use chrono::NaiveTime;
use loket_core::{
    calendar::{HoursKind, Timetable},
    id::OfficeId,
};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        editions,
        tenancy::{self, Office},
    },
    infra::{Actor, Cx, House, Outcome, SystemReason},
    queue::NewJob,
};

/// The kind of the job that lets an edition take effect.
pub const TAKES_EFFECT: &str = "timetable.takes_effect";

/// Which edition of the office's timetable takes effect, or goes on into another season.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TakingEffect {
    /// Its number.
    pub edition: i64,
}

/// Tells citizens the hours of today, and comes again when they change. An edition that another has followed tells nothing
/// any more. A second time changes nothing.
pub async fn take_effect(house: &House, office: &Office, taking: TakingEffect) -> Outcome<()> {
    let Some(timetable) = current(house, office.id, taking).await? else { return Ok(()) };
    let now = house.clock.now();
    let today = office.zone.date(now);
    let (week, _) = timetable.week_on(today, HoursKind::Service);
    tenancy::tell_hours(house, office, &format!("{} {}", week.words(), office.zone)).await?;
    let Some(next) = timetable.next_change(today) else { return Ok(()) };
    let begins = office.zone.instant(next.and_time(NaiveTime::MIN));
    let mut cx = Cx::system(house, office.id, SystemReason::Editions).await?;
    cx.enqueue(NewJob::new(TAKES_EFFECT, &taking)?.after(begins - now)).await?;
    cx.commit().await
}

async fn current(house: &House, office: OfficeId, taking: TakingEffect) -> Outcome<Option<Timetable>> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Editions)).await?;
    let held = editions::current::<Timetable>(&cx, office.0, cx.now()).await?;
    Ok(held.filter(|one| one.number == taking.edition).map(|one| one.document))
}
