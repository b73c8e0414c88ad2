//! What citizens are told of the office's hours follows its timetable: on the day on which an edition begins, and on the
//! first day of a season and the one after it.

use loket_core::{
    calendar::{HoursKind, Timetable},
    id::OfficeId,
};
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        editions::{self, Edition},
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

impl TakingEffect {
    /// The job, once however often it is asked for.
    pub(super) fn job(self) -> Outcome<NewJob> {
        Ok(NewJob::new(TAKES_EFFECT, &self)?.unique(format!("timetable:{}", self.edition)))
    }
}

/// Tells citizens the hours of today, and comes again when they change. An edition that another has followed tells nothing
/// any more; one that began meanwhile tells its own. A second time changes nothing.
pub async fn take_effect(house: &House, office: &Office, taking: TakingEffect) -> Outcome<()> {
    let current = held(house, office.id).await?;
    let Some(one) = current.filter(|one| one.number == taking.edition) else { return Ok(()) };
    let now = house.clock.now();
    let today = office.zone.date(now);
    let (week, _) = one.document.week_on(today, HoursKind::Service);
    let zone = if week.length().is_zero() { String::new() } else { format!(" {}", office.zone) };
    tenancy::tell_hours(house, office, &format!("{}{zone}", week.words())).await?;
    let next = match held(house, office.id).await? {
        Some(newer) if newer.number != taking.edition => Some(TakingEffect { edition: newer.number }.job()?),
        _ => {
            let begins = one.document.next_change(today).map(|day| office.zone.midnight(day));
            let wait = begins.map(|begins| begins - now);
            wait.map(|wait| taking.job().map(|job| job.after(wait))).transpose()?
        }
    };
    let Some(next) = next else { return Ok(()) };
    let mut cx = Cx::system(house, office.id, SystemReason::Editions).await?;
    cx.enqueue(next).await?;
    cx.commit().await
}

async fn held(house: &House, office: OfficeId) -> Outcome<Option<Edition<Timetable>>> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Editions)).await?;
    editions::current::<Timetable>(&cx, office.0, cx.now()).await
}
