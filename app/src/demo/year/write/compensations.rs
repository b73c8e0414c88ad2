//! What an office of the demonstration promises to whoever is not served in time, and what became of it in the last weeks of
//! the year. What is late and open still is found by the watcher, as everywhere.

use chrono::TimeDelta;
use loket_core::{
    clock::Instant,
    compensation::{Compensation, CompensationState, OfferWay},
    id::{RequestEventId, UserId},
    kinds::{ActorKind, Role},
    request::RequestEventKind,
};
use loket_entity::{compensation, request_event};
use sea_orm::ActiveValue::Set;

use super::{
    ids::{self, Table},
    ledger::Ledger,
    rows::Drawn,
};
use crate::{
    demo::{
        offices::{COMPENSATIONS, DemoCompensation},
        setup::{Trouble, trouble},
    },
    domain::{
        catalogue::{self, ServiceView},
        editions::Publication,
    },
    infra::{Actor, Cx, House, Outcome, SystemReason, seal::Column},
};

const DELIVERED: Column = Column::new("compensation", "delivered");
const NOTE: Column = Column::new("compensation", "note");
/// How long ago the office began to keep what it owes.
const KEPT: TimeDelta = TimeDelta::days(60);
/// What was missed within this time may still be in the middle of it.
const FRESH: TimeDelta = TimeDelta::days(14);
/// How a letter reached its citizen.
const LETTER: &str = "Surat diserahkan di loket saat hasilnya diambil.";

/// Publishes the rules and writes what became of them; gives how many rows there are.
pub(super) async fn write(house: &House, ledger: &Ledger) -> Result<usize, Trouble> {
    let slug = ledger.office.slug.as_str();
    let rules: Vec<&DemoCompensation> = COMPENSATIONS.iter().filter(|rule| rule.office == slug).collect();
    if rules.is_empty() {
        return Ok(0);
    }
    let seed = Actor::System(SystemReason::Seed);
    let mut cx = Cx::write(house, ledger.office.id, seed).await.map_err(trouble)?;
    let (mut owed, mut events) = (Vec::new(), Vec::new());
    let who = ledger.of_role(Role::Supervisor)?;
    for rule in rules {
        let service = ledger.catalogue.services.iter().find(|one| one.code == rule.service);
        let service = service.ok_or("a service with a compensation is not offered")?;
        publish(&mut cx, service, &rule.rule()).await?;
        for late in lates(ledger, service)? {
            let told = Told::of(ledger, &late);
            events.extend(told.events(&late, who));
            owed.push(told.row(&cx, &late, &rule.rule()).map_err(trouble)?);
        }
    }
    let written = owed.len() + events.len();
    cx.tx().insert_all::<compensation::Entity>(owed).await.map_err(trouble)?;
    cx.tx().insert_all::<request_event::Entity>(events).await.map_err(trouble)?;
    cx.audit("demo.compensations_written", ("compensation", None)).map_err(trouble)?;
    cx.commit().await.map_err(trouble)?;
    Ok(written)
}

/// The next edition of a service's standard promises it.
async fn publish(cx: &mut Cx<'_>, service: &ServiceView, rule: &Compensation) -> Result<(), Trouble> {
    let draft = catalogue::draft(cx, service.id).await.map_err(trouble)?;
    let mut standard = draft.document;
    standard.compensation = Some(rule.clone());
    let expected = catalogue::amend(cx, service.id, (draft.revision, &standard)).await.map_err(trouble)?;
    let note = "Kompensasi ditambahkan".to_owned();
    let how = Publication { expected, note, from: None, old_until: None };
    catalogue::publish(cx, service.id, &how).await.map_err(trouble)?;
    Ok(())
}

/// A request of the last weeks that was settled after its due time.
struct Late<'l> {
    drawn: Drawn<'l>,
    service: &'l ServiceView,
    due: Instant,
    ended: Instant,
}

fn lates<'l>(ledger: &'l Ledger, service: &'l ServiceView) -> Result<Vec<Late<'l>>, Trouble> {
    let from = ledger.at(ledger.plan.until) - KEPT;
    let mut found = Vec::new();
    for (number, case) in ledger.plan.cases.iter().enumerate() {
        // A request that was due since was opened not long before.
        if ledger.of(case)?.0.id != service.id || ledger.at(case.arrival.opened) < from - KEPT {
            continue;
        }
        let drawn = Drawn::of(ledger, (number, case))?;
        let Some(due) = ledger.clocks.of(&service.times, &drawn)?.due.filter(|due| *due >= from) else {
            continue;
        };
        let ended = drawn.standing.ready.or(drawn.standing.closed).map(|at| drawn.at(at));
        if let Some(ended) = ended.filter(|ended| *ended > due) {
            found.push(Late { drawn, service, due, ended });
        }
    }
    Ok(found)
}

/// When each step was taken; those that lie ahead were not.
struct Told {
    state: CompensationState,
    way: OfferWay,
    offered: Option<Instant>,
    answered: Option<Instant>,
    given: Option<Instant>,
}

impl Told {
    fn of(ledger: &Ledger, late: &Late<'_>) -> Self {
        use CompensationState::{Accepted, Declined, Given, Offered, Owed};
        let until = ledger.at(ledger.plan.until);
        let number = late.drawn.number;
        // Older ones have come to their end, but for one here and there.
        let aim = match (until - late.due < FRESH, number % 8) {
            (true, 0 | 4) => Owed,
            (true, 1 | 5) => Offered,
            (true, 2) => Accepted,
            (_, 3) => Declined,
            (false, _) if number % 40 == 2 => Accepted,
            _ => Given,
        };
        // In service hours, one step after the other.
        let open = |at: Instant| ledger.clocks.service.next_opening(at).unwrap_or(at);
        let minutes = |some: usize| TimeDelta::minutes(i64::try_from(some % 50).unwrap_or(0) + 10);
        let offered = open(late.due.max(late.ended) + TimeDelta::hours(16)) + minutes(number);
        let answered = open(offered + TimeDelta::hours(2)) + minutes(number / 7);
        let given = open(answered + TimeDelta::hours(24)) + minutes(number / 3);
        let done = |at: Instant, reached: bool| Some(at).filter(|at| reached && *at < until);
        let offered = done(offered, aim != Owed);
        let answered = offered.and_then(|_| done(answered, matches!(aim, Accepted | Declined | Given)));
        let given = answered.and_then(|_| done(given, aim == Given));
        let state = match (offered, answered, given) {
            (None, ..) => Owed,
            (_, None, _) => Offered,
            (.., Some(_)) => Given,
            _ if aim == Declined => Declined,
            _ => Accepted,
        };
        let way = if late.drawn.has_talk() { OfferWay::WhatsApp } else { OfferWay::Letter };
        Self { state, way, offered, answered, given }
    }

    /// The lines of its history.
    fn events(&self, late: &Late<'_>, who: UserId) -> Vec<request_event::ActiveModel> {
        let answer = if self.state == CompensationState::Declined {
            RequestEventKind::CompensationDeclined
        } else {
            RequestEventKind::CompensationAccepted
        };
        let owed = (RequestEventKind::CompensationOwed, Some(late.due), None);
        let by_hand = [
            (RequestEventKind::CompensationOffered, self.offered),
            (answer, self.answered),
            (RequestEventKind::CompensationGiven, self.given),
        ];
        let by_hand = by_hand.into_iter().map(|(kind, at)| (kind, at, Some(who)));
        let lines = std::iter::once(owed).chain(by_hand);
        let lines = lines.enumerate().filter_map(|(which, (kind, at, who))| Some((which, kind, at?, who)));
        lines.map(|line| event(late, line, self.way)).collect()
    }

    fn row(&self, cx: &Cx<'_>, late: &Late<'_>, rule: &Compensation) -> Outcome<compensation::ActiveModel> {
        let id = late.drawn.request();
        let ledger = late.drawn.ledger;
        let sealed = |words: Option<&str>, column: Column| {
            words.map(|words| cx.seal(&words.to_owned(), column.of(id.0))).transpose()
        };
        let delivered = (self.way == OfferWay::Letter && self.offered.is_some()).then_some(LETTER);
        let note = self.given.map(|_| rule.said());
        Ok(compensation::ActiveModel {
            tenant_id: Set(ledger.office.id),
            id: Set(id),
            service_id: Set(late.service.id),
            unit_id: Set(late.service.unit),
            district_code: Set(late.drawn.district().map(|(code, _)| code.to_owned())),
            kind: Set(rule.kind),
            words: Set(rule.said().to_owned()),
            basis: Set(rule.basis.clone()),
            missed_at: Set(late.due),
            owed_at: Set(late.due),
            state: Set(self.state),
            since: Set(self.given.or(self.answered).or(self.offered).unwrap_or(late.due)),
            offered_at: Set(self.offered),
            way: Set(self.offered.map(|_| self.way)),
            delivered: Set(sealed(delivered, DELIVERED)?),
            answered_at: Set(self.answered),
            given_on: Set(self.given.map(|at| ledger.office.zone.date(at))),
            note: Set(sealed(note, NOTE)?),
            lapsed_because: Set(None),
            version: Set(1 + [self.offered, self.answered, self.given].iter().flatten().count() as i64),
        })
    }
}

fn event(
    late: &Late<'_>,
    (which, kind, at, who): (usize, RequestEventKind, Instant, Option<UserId>),
    way: OfferWay,
) -> request_event::ActiveModel {
    let (drawn, service) = (&late.drawn, late.service);
    let id: RequestEventId =
        ids::id(drawn.ledger.plan.place, (Table::CompensationEvent, ids::part(drawn.number, which)), at);
    let variant = service.variants.get(drawn.case.variant).map(|variant| variant.id);
    request_event::ActiveModel {
        tenant_id: Set(drawn.ledger.office.id),
        id: Set(id),
        request_id: Set(drawn.request()),
        kind: Set(kind),
        at: Set(at),
        recorded_at: Set(at),
        actor_kind: Set(if who.is_some() { ActorKind::Officer } else { ActorKind::System }),
        actor_id: Set(who.map(|who| who.0)),
        channel: Set(drawn.case.arrival.channel),
        unit_id: Set(service.unit),
        service_id: Set(service.id),
        variant_id: Set(variant.unwrap_or(loket_core::id::VariantId::NIL)),
        district_code: Set(drawn.district().map(|(code, _)| code.to_owned())),
        from_state: Set(None),
        to_state: Set(None),
        reason: Set((kind == RequestEventKind::CompensationOffered).then(|| way.word().to_owned())),
        paper_id: Set(None),
        payload: Set(None),
    }
}
