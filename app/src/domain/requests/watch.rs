//! Requests whose time runs out: those in charge are told before it does and when it has, the citizen before a date that they
//! were told is missed. Only what is due to be looked at is read.

use loket_core::{
    id::OfficeId,
    reply::MayBeLate,
    request::{Alarm, Channel, RequestEventKind},
};
use loket_entity::request;
use sea_orm::{ColumnTrait, Condition};

use super::{due::Due, history::Line, stale, telling::Addressed};
use crate::{
    domain::{tenancy::Office, whatsapp},
    infra::{Actor, Cx, House, Outcome, Scoped, SystemReason},
};

/// How many requests are looked at in one transaction.
const PART: u64 = 200;
/// How many parts of an office in one turn: the others' turn comes before the rest.
const PARTS: usize = 50;

/// Looks at the requests of an office whose time has come; says how many there were.
pub async fn watch(house: &House, office: &Office) -> Outcome<u64> {
    let mut looked = 0;
    for _ in 0..PARTS {
        if !is_any_due(house, office.id).await? {
            break;
        }
        let mut cx = Cx::system(house, office.id, SystemReason::Clocks).await?;
        let rows = due(&cx).ascending(request::Column::NextCheck).up_to(PART).await?;
        for (row, clock) in Due::of_each(&cx, &rows).await? {
            look(&mut cx, office, (row, &clock)).await?;
        }
        cx.commit().await?;
        looked += rows.len() as u64;
    }
    Ok(looked)
}

/// Asked without holding the database's one writer.
async fn is_any_due(house: &House, office: OfficeId) -> Outcome<bool> {
    let cx = Cx::read(house, office, Actor::System(SystemReason::Clocks)).await?;
    Ok(due(&cx).one().await?.is_some())
}

fn due<'t>(cx: &'t Cx<'_>) -> Scoped<'t, request::Entity> {
    cx.tx().find::<request::Entity>().filter(request::Column::NextCheck.lte(cx.now()))
}

async fn look(cx: &mut Cx<'_>, office: &Office, (row, clock): (&request::Model, &Due)) -> Outcome<()> {
    let (now, watch) = (cx.now(), clock.watch(row));
    let (alarm, missed) = (watch.alarm(now), watch.missed(now));
    let warns = watch.warns(now) && is_heard(cx, row).await?;
    let unchanged =
        Condition::all().add(request::Column::Id.eq(row.id)).add(request::Column::Version.eq(row.version));
    let changed = cx
        .tx()
        .change::<request::Entity>(unchanged)
        .set(request::Column::Alarm, alarm.map(Alarm::word))
        .set(request::Column::NextCheck, watch.next_after(now))
        .set(request::Column::WarnedAt, if warns { Some(now) } else { row.warned_at })
        .set(request::Column::PromiseMissedAt, missed.or(row.promise_missed_at))
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
    }
    if missed.is_some() {
        stale::mark_at(cx, missed).await?;
    }
    if let Some(told) = watch.told.filter(|_| warns) {
        Line::new(RequestEventKind::Warned).write(cx, row).await?;
        let addressed = Addressed::of(cx, office, row).await?;
        let text = MayBeLate { subject: addressed.subject(), date: told.date }.text(&addressed.head());
        addressed.say(cx, text).await?;
    }
    Ok(())
}

/// Whether the citizen hears what is written to them now, here or through the office that talks with them.
async fn is_heard(cx: &Cx<'_>, row: &request::Model) -> Outcome<bool> {
    match row.conversation_id {
        Some(conversation) => whatsapp::can_be_told(cx, conversation).await,
        None => Ok(row.channel == Channel::Forwarded),
    }
}
