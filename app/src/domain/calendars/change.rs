//! Drafting and publishing a timetable.

use loket_core::{calendar::Timetable, clock::Instant};

use super::{CalendarError, Of, told::TakingEffect};
use crate::{
    domain::{
        editions::{self, Publication},
        tenancy,
    },
    infra::Cx,
};

/// Keeps a timetable as the draft: the draft of the revision that was read, or a first one for 0. Gives the new revision.
///
/// # Errors
/// That somebody saved or began a draft in the meantime.
pub async fn amend(
    cx: &mut Cx<'_>,
    of: Of,
    (expected, timetable): (i64, &Timetable),
) -> Result<i64, CalendarError> {
    there(cx, of).await?;
    let subject = of.subject(cx);
    Ok(editions::keep(cx, subject, (expected, timetable)).await?)
}

/// Throws the draft away.
pub async fn discard(cx: &mut Cx<'_>, of: Of, expected: i64) -> Result<(), CalendarError> {
    there(cx, of).await?;
    let subject = of.subject(cx);
    Ok(editions::discard::<Timetable>(cx, subject, expected).await?)
}

/// Publishes the draft; gives its number and when it begins. What citizens are told of the office's hours follows on that
/// day. Nothing that was counted before is counted anew.
pub async fn publish(cx: &mut Cx<'_>, of: Of, how: &Publication) -> Result<(i64, Instant), CalendarError> {
    there(cx, of).await?;
    let subject = of.subject(cx);
    let (number, from) = editions::publish::<Timetable>(cx, subject, how).await?;
    if of == Of::Office {
        let told = TakingEffect { edition: number }.job()?;
        cx.enqueue(told.after((from - cx.now()).max(chrono::TimeDelta::zero()))).await?;
    }
    Ok((number, from))
}

async fn there(cx: &Cx<'_>, of: Of) -> Result<(), CalendarError> {
    editions::administers(cx)?;
    match of {
        Of::Office => Ok(()),
        Of::Unit(id) => tenancy::unit(cx, id).await?.map(|_| ()).ok_or(CalendarError::NotFound),
    }
}
