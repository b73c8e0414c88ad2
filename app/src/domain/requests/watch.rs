//! Requests whose time runs out: those in charge are told before it does and when it has, the citizen before a date that they
//! were told is missed. Whoever was asked for something and is silent is reminded, and their request closed on the day that
//! they were told, if they were. Only what is due to be looked at is read.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    id::{OfficeId, RequestId},
    reply::{Cancelled, MayBeLate},
    request::{Alarm, Channel, CloseReason, RequestEventKind, RequestState, Step, Watch},
};
use loket_entity::request;
use sea_orm::ColumnTrait;

use super::{
    appointing, ask,
    close::close,
    compensation,
    due::{Due, watched},
    history::Line,
    stale, store,
    telling::Addressed,
    visiting::{self, Leaving},
};
use crate::{
    domain::{tenancy::Office, whatsapp},
    infra::{Actor, Cx, Fault, House, Outcome, Scoped, SystemReason},
};

/// How many requests are looked at in one transaction.
const PART: u64 = 200;
/// When what could not be read is looked at again.
const LATER: TimeDelta = TimeDelta::hours(1);
/// How many parts of an office in one turn: the others' turn comes before the rest.
const PARTS: usize = 50;

/// Looks at the requests of an office whose time has come; says how many there were.
pub async fn watch(house: &House, office: &Office) -> Outcome<u64> {
    let mut looked = 0;
    for _ in 0..PARTS {
        if !is_any_due(house, office.id).await? {
            break;
        }
        looked += match part(house, office, PART).await {
            Ok(looked) => looked,
            Err(fault) if fault.is_passing() => return Err(fault),
            // One that cannot be read does not keep the others from being looked at.
            Err(_) => one_by_one(house, office).await?,
        };
    }
    Ok(looked)
}

/// Looks at the first of them in one transaction.
async fn part(house: &House, office: &Office, most: u64) -> Outcome<u64> {
    let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
    let rows = due(&cx).ascending(request::Column::NextCheck).up_to(most).await?;
    let clocks = Due::of_each(&cx, &rows).await?;
    let clocks: HashMap<RequestId, Due> = clocks.into_iter().map(|(row, clock)| (row.id, clock)).collect();
    for row in &rows {
        look(&mut cx, office, (row, clocks.get(&row.id))).await?;
    }
    cx.commit().await?;
    Ok(rows.len() as u64)
}

/// Looks at one after the other; one that cannot be read is looked at again later.
async fn one_by_one(house: &House, office: &Office) -> Outcome<u64> {
    for _ in 0..PART {
        let Err(fault) = part(house, office, 1).await else { continue };
        if fault.is_passing() {
            return Err(fault);
        }
        let cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
        let Some(first) = due(&cx).ascending(request::Column::NextCheck).one().await? else { break };
        tracing::warn!(office = %office.id, request = %first.id, fault = %fault, "a clock could not be looked at");
        let later = cx.now() + LATER;
        let this = store::unchanged(&first);
        cx.tx().change::<request::Entity>(this).set(request::Column::NextCheck, later).run().await?;
        cx.commit().await?;
    }
    Ok(PART)
}

/// Asked without holding the database's one writer.
async fn is_any_due(house: &House, office: OfficeId) -> Outcome<bool> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Clocks)).await?;
    Ok(due(&cx).one().await?.is_some())
}

fn due<'t>(cx: &'t Cx<'_>) -> Scoped<'t, request::Entity> {
    cx.tx().find::<request::Entity>().filter(request::Column::NextCheck.lte(cx.now()))
}

async fn look(
    cx: &mut Cx<'_>,
    office: &Office,
    (row, clock): (&request::Model, Option<&Due>),
) -> Outcome<()> {
    let (now, watch) = (cx.now(), watched(row, clock));
    if watch.closes(now) {
        return close_silent(cx, office, row).await;
    }
    let (alarm, missed) = (watch.alarm(now), watch.missed(now));
    let (warns, reminds) = (watch.warns(now), watch.reminds(now));
    let heard = (warns || reminds) && is_heard(cx, row).await?;
    let warns = warns && heard;
    let silence = watch.silence.filter(|_| reminds).map(|silence| silence.reminded(now));
    let changed = cx
        .tx()
        .change::<request::Entity>(store::unchanged(row))
        // The letter to the office that talks with the citizen is found by the version that it made.
        .set(request::Column::Version, row.version + i64::from(warns && row.conversation_id.is_none()))
        .set(request::Column::Alarm, alarm.map(Alarm::word))
        .set(
            request::Column::NextCheck,
            next(row, &Watch { silence: silence.or(watch.silence), ..watch }, now),
        )
        .set(request::Column::RemindAt, silence.map_or(row.remind_at, |silence| silence.remind_at))
        .set(request::Column::WarnedAt, if warns { Some(now) } else { row.warned_at })
        .set(request::Column::PromiseMissedAt, row.promise_missed_at.or(missed))
        .run()
        .await?;
    // Whoever changed it meanwhile had its clock counted anew: it is looked at again.
    if changed != 1 {
        return Ok(());
    }
    let raised = alarm.filter(|alarm| Some(*alarm) > row.alarm);
    let line = |alarm| match alarm {
        Alarm::Nearing => (RequestEventKind::Nearing, watch.nearing),
        Alarm::Over => (RequestEventKind::Overdue, watch.due),
    };
    if let Some((kind, at)) = raised.map(line) {
        Line::new(kind).at(at.unwrap_or(now)).write(cx, row).await?;
        if alarm == Some(Alarm::Over) {
            compensation::follow(cx, row, watch.due).await?;
        }
    }
    if row.promise_missed_at.is_none() {
        stale::mark_at(cx, missed).await?;
    }
    if reminds && heard {
        remind(cx, office, row).await?;
    }
    if let Some(told) = watch.told.filter(|_| warns) {
        Line::new(RequestEventKind::Warned).write(cx, row).await?;
        let addressed = Addressed::of(cx, office, row).await?;
        let text = MayBeLate { subject: addressed.subject(), date: told.date }.text(&addressed.head());
        addressed.say(cx, text).await?;
    }
    Ok(())
}

/// When somebody must look at it again. Whoever wrote to the office while it waits for them is not silent, but is again once
/// the office answered.
fn next(row: &request::Model, watch: &Watch, now: Instant) -> Option<Instant> {
    let answers = row.state == RequestState::WaitingForCitizen && row.unanswered_since.is_some();
    let again = answers.then(|| now + TimeDelta::days(1));
    [watch.next_after(now), again].into_iter().flatten().min()
}

/// Tells the citizen once more what is missing.
async fn remind(cx: &mut Cx<'_>, office: &Office, row: &request::Model) -> Outcome<()> {
    let papers = store::papers(cx, row.id).await?;
    let addressed = Addressed::of(cx, office, row).await?;
    // Nothing is missing any more where an officer accepted it meanwhile.
    let Ok(text) = ask::letter(&addressed, &papers, (row.answer_until, true)) else { return Ok(()) };
    Line::new(RequestEventKind::Reminded).write(cx, row).await?;
    addressed.say(cx, text).await
}

/// Closes a request whose citizen did not answer by the end that they were told.
async fn close_silent(cx: &mut Cx<'_>, office: &Office, row: &request::Model) -> Outcome<()> {
    let reason = CloseReason::NoAnswer;
    let step = store::step(row, Step::Cancel { reason });
    let state = step.map_err(|_| Fault::Inconsistent("a request that waits and cannot be closed"))?;
    close(cx, row, state, (reason, RequestEventKind::Cancelled)).await?;
    visiting::leave(cx, office, row, Leaving::Over).await?;
    appointing::leave(cx, office, row, false).await?;
    if is_heard(cx, row).await? {
        let addressed = Addressed::of(cx, office, row).await?;
        let text = Cancelled { subject: addressed.subject(), reason }.text(&addressed.head());
        addressed.say(cx, text).await?;
    }
    cx.audit("request.closed_silent", ("request", Some(row.id.0)))
}

/// Whether the citizen hears what is written to them now, here or through the office that talks with them.
pub(super) async fn is_heard(cx: &Cx<'_>, row: &request::Model) -> Outcome<bool> {
    match row.conversation_id {
        Some(conversation) => whatsapp::can_be_told(cx, conversation).await,
        None => Ok(row.channel == Channel::Forwarded),
    }
}
