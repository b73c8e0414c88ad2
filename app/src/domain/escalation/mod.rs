//! Whose time runs out is told upwards: to supervisors when four fifths of it are gone, to the head when all of it is. While
//! the office works, at most once an hour, and of what each of them oversees.

use chrono::TimeDelta;
use loket_core::{calendar::HoursKind, kinds::Role, request::Alarm};

use super::{
    calendars,
    mail::{self, Envelope, Late, Letter},
    people::{self, InCharge},
    requests::{self, Raised},
    tenancy::{self, Office},
};
use crate::infra::{Actor, By, Cx, House, Outcome, PlatformTx, SystemReason};

/// How far back is told where nothing was told before: longer than any office is closed.
const FIRST: TimeDelta = TimeDelta::days(14);
/// What was noticed so shortly before may not be committed yet: it is told next time.
const SETTLED: TimeDelta = TimeDelta::minutes(1);
/// More are not listed; how many there are is said.
const LISTED: usize = 20;

/// Who is told of what.
const LADDER: [(Role, Alarm); 2] = [(Role::Supervisor, Alarm::Nearing), (Role::Head, Alarm::Over)];

/// Writes to those in charge of an office what was raised since they were last told; says how many letters there are.
pub async fn escalate(house: &House, office: &Office) -> Outcome<usize> {
    let since = {
        let tx = PlatformTx::read(house).await?;
        tenancy::escalated_until(&tx, office.id).await?
    };
    let (raised, until) = {
        let cx = Cx::read(house, office.id, Actor::System(SystemReason::Clocks)).await?;
        let hours = calendars::held(&cx, None, cx.now()).await?.calendar(HoursKind::Office, office.zone);
        if !hours.is_open(cx.now()) {
            return Ok(0);
        }
        let until = cx.now() - SETTLED;
        requests::raised(&cx, (since.unwrap_or(until - FIRST), until)).await?
    };
    if raised.is_empty() {
        return Ok(0);
    }
    let mut tx = PlatformTx::write(house).await?;
    // Of two servers that read the same the second finds it told.
    if !tenancy::note_escalated(&tx, office.id, (since, until)).await? {
        return Ok(0);
    }
    let mut letters = 0;
    for person in people::in_charge(&tx, office.id, &LADDER.map(|(role, _)| role)).await? {
        let seen = overseen(&person, &raised);
        if seen.is_empty() {
            continue;
        }
        let envelope = Envelope {
            to: person.email,
            name: person.name,
            office: office.name.clone(),
            foot: office.foot(),
            zone: office.zone,
            letter: letter(office, &seen),
        };
        mail::queue(&mut tx, &envelope).await?;
        letters += 1;
    }
    tx.audit(By::System, "clocks.escalated", ("office", Some(office.id.0)), None).await?;
    tx.commit().await?;
    Ok(letters)
}

/// What somebody is told of: what their roles reach, from the alarm on that is theirs.
fn overseen<'r>(person: &InCharge, raised: &'r [Raised]) -> Vec<&'r Raised> {
    let theirs = |one: &Raised| {
        person.held.iter().any(|(role, scope)| {
            let from = LADDER.iter().find(|(of, _)| of == role).map(|(_, alarm)| *alarm);
            from.is_some_and(|from| one.alarm >= from) && scope.covers(one.whereabouts())
        })
    };
    raised.iter().filter(|one| theirs(one)).collect()
}

fn letter(office: &Office, seen: &[&Raised]) -> Letter {
    let of = |alarm: Alarm| {
        let these = seen.iter().filter(move |one| one.alarm == alarm);
        let line = |one: &&Raised| Late {
            receipt: one.receipt.clone(),
            service: one.service.clone(),
            due: one.due_at,
        };
        let listed: Vec<Late> = these.clone().take(LISTED).map(line).collect();
        (listed, these.count())
    };
    Letter::Clocks { office: office.slug.clone(), over: of(Alarm::Over), nearing: of(Alarm::Nearing) }
}
