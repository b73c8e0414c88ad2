//! A filter as a query's condition, on requests, on their history and on facts alike.

use loket_core::{
    clock::Instant,
    kpi::{AgeBand, Metric},
    permission::{Permission, Reach, Scope},
    request::{Channel, RequestEventKind, RequestState},
};
use loket_entity::{fact_case, fact_day, fact_paper, request, request_event};
use sea_orm::{
    ColumnTrait, Condition, ExprTrait,
    sea_query::{Expr, Query},
};

use super::filter::{District, Filter, Selection};
use crate::{
    domain::{
        accounts::policy::{self, Columns},
        requests,
    },
    infra::Cx,
};

/// From one moment up to, and without, another.
pub(super) type Span = (Instant, Instant);

/// Where a table says what a row belongs to.
pub(super) struct Places<C> {
    service: C,
    variant: C,
    unit: C,
    district: C,
    channel: C,
}

pub(super) const REQUESTS: Places<request::Column> = Places {
    service: request::Column::ServiceId,
    variant: request::Column::VariantId,
    unit: request::Column::UnitId,
    district: request::Column::DistrictCode,
    channel: request::Column::Channel,
};

pub(super) const EVENTS: Places<request_event::Column> = Places {
    service: request_event::Column::ServiceId,
    variant: request_event::Column::VariantId,
    unit: request_event::Column::UnitId,
    district: request_event::Column::DistrictCode,
    channel: request_event::Column::Channel,
};

pub(super) const CASES: Places<fact_case::Column> = Places {
    service: fact_case::Column::ServiceId,
    variant: fact_case::Column::VariantId,
    unit: fact_case::Column::UnitId,
    district: fact_case::Column::DistrictCode,
    channel: fact_case::Column::Channel,
};

pub(super) const PAPERS: Places<fact_paper::Column> = Places {
    service: fact_paper::Column::ServiceId,
    variant: fact_paper::Column::VariantId,
    unit: fact_paper::Column::UnitId,
    district: fact_paper::Column::DistrictCode,
    channel: fact_paper::Column::Channel,
};

impl<C: ColumnTrait> Places<C> {
    /// The rows of a filter, its period aside.
    pub(super) fn narrowed(&self, filter: &Filter) -> Condition {
        let mut all = Condition::all();
        if let Some(service) = filter.service {
            all = all.add(self.service.eq(service));
        }
        if let Some(variant) = filter.variant {
            all = all.add(self.variant.eq(variant));
        }
        match &filter.district {
            Some(District::Code(code)) => all = all.add(self.district.eq(code.as_str())),
            Some(District::Unknown) => all = all.add(self.district.is_null()),
            None => {}
        }
        if let Some(channel) = filter.channel {
            all = all.add(self.channel.eq(channel));
        }
        all
    }

    /// The rows that a permission reaches.
    pub(super) fn reached(&self, reach: &Reach) -> Condition {
        let columns =
            Columns { service: Some(self.service), unit: Some(self.unit), district: Some(self.district) };
        policy::condition(reach, &columns)
    }

    /// The rows of a filter that whoever asks may see figures of.
    pub(super) fn visible(&self, cx: &Cx<'_>, filter: &Filter) -> Condition {
        Condition::all().add(self.narrowed(filter)).add(self.reached(&cx.reach(Permission::ReadFigures)))
    }

    /// The columns that say where a row belongs, in the order of [`super::live::Place`].
    pub(super) fn columns(&self) -> [C; 5] {
        [self.service, self.variant, self.unit, self.district, self.channel]
    }
}

/// The facts by service and day that a filter asks for and whoever asks may see; nothing where such facts are too
/// coarse to tell.
pub(super) fn by_service_alone(cx: &Cx<'_>, filter: &Filter) -> Option<Condition> {
    let reach = cx.reach(Permission::ReadFigures);
    let services_only = |scope: &Scope| scope.units.is_empty() && scope.districts.is_empty();
    let reach_is_coarse = match &reach {
        Reach::Everything | Reach::Nothing => true,
        Reach::Parts(parts) => parts.iter().all(services_only),
    };
    if !filter.is_coarse() || !reach_is_coarse {
        return None;
    }
    let columns = Columns { service: Some(fact_day::Column::ServiceId), unit: None, district: None };
    let mut all = Condition::all().add(policy::condition(&reach, &columns));
    if let Some(service) = filter.service {
        all = all.add(fact_day::Column::ServiceId.eq(service));
    }
    Some(all)
}

/// The time by which a request is counted for a figure.
pub(super) const fn moment(metric: Metric) -> request::Column {
    match metric {
        Metric::Settled | Metric::FirstTimeRight => request::Column::ClosedAt,
        Metric::Response | Metric::AnsweredInTime => request::Column::AnsweredAt,
        Metric::Settlement | Metric::OnTime | Metric::PromiseKept => request::Column::ReadyAt,
        Metric::Late => request::Column::DueAt,
        Metric::Arrived | Metric::Incomplete => request::Column::OpenedAt,
        Metric::Backlog => request::Column::FirstMessageAt,
    }
}

/// Which requests a figure counts, wherever their time lies.
pub(super) fn belongs(metric: Metric, now: Instant) -> Condition {
    let state = request::Column::State;
    match metric {
        Metric::Arrived | Metric::Incomplete => Condition::all(),
        Metric::OnTime => decided_here().add(by(request::Column::ReadyAt, request::Column::DueAt)),
        Metric::Late => requests::late(now),
        Metric::PromiseKept => kept(),
        Metric::Settled => Condition::all().add(state.eq(RequestState::Finished)),
        Metric::FirstTimeRight => Condition::all().add(state.eq(RequestState::Finished)).add(never_waited()),
        Metric::Response => Condition::all().add(request::Column::Channel.is_in(Channel::WRITTEN)),
        Metric::AnsweredInTime => {
            Condition::all().add(by(request::Column::AnsweredAt, request::Column::AnswerBy))
        }
        Metric::Settlement => Condition::all().add(request::Column::CompleteFrom.is_not_null()),
        Metric::Backlog => requests::still_open(),
    }
}

/// Requests that nobody had answered by the time that the office set itself.
pub(super) fn answered_late(now: Instant) -> Condition {
    let by = request::Column::AnswerBy;
    let late = Condition::any()
        .add(request::Column::AnsweredAt.is_null())
        .add(Expr::col(request::Column::AnsweredAt).gt(Expr::col(by)));
    Condition::all().add(by.lte(now)).add(late)
}

/// Whoever works on a request answers for its time.
fn decided_here() -> Condition {
    Condition::all().add(request::Column::Elsewhere.eq(false))
}

/// Rows in which one time lies at another or before it.
fn by(one: request::Column, other: request::Column) -> Expr {
    Expr::col(one).lte(Expr::col(other))
}

/// Requests that were ready by the date that the citizen was told. Who was once told one that was missed is no longer
/// counted; nor is a date that was taken back.
fn kept() -> Condition {
    decided_here()
        .add(by(request::Column::ReadyAt, request::Column::PromisedAt))
        .add(request::Column::WithheldAt.is_null())
        .add(request::Column::PromiseMissedAt.is_null())
}

/// Requests whose history never came to "menunggu warga"; found by the index on a request's history.
fn never_waited() -> Expr {
    let event = |column: request_event::Column| Expr::col((request_event::Entity, column));
    let own = |column: request::Column| (request::Entity, column);
    let waited = Query::select()
        .expr(Expr::val(1))
        .from(request_event::Entity)
        .and_where(event(request_event::Column::TenantId).equals(own(request::Column::TenantId)))
        .and_where(event(request_event::Column::RequestId).equals(own(request::Column::Id)))
        .and_where(request_event::Column::ToState.eq(RequestState::WaitingForCitizen))
        .to_owned();
    Expr::not_exists(waited)
}

/// Rows whose time lies in one of some spans; none at all when there is no span.
pub(super) fn within<C: ColumnTrait>(column: C, spans: &[Span]) -> Condition {
    let span = |(from, until): &Span| Condition::all().add(column.gte(*from)).add(column.lt(*until));
    match spans {
        [] => Condition::all().add(ExprTrait::eq(Expr::val(1), 0)),
        [only] => span(only),
        many => many.iter().fold(Condition::any(), |any, one| any.add(span(one))),
    }
}

/// The requests behind a figure, without what whoever asks may see.
pub(super) fn requests(selection: &Selection, span: Span, now: Instant) -> Condition {
    let mut all = REQUESTS.narrowed(&selection.filter).add(belongs(selection.metric, now));
    if selection.metric != Metric::Backlog {
        return all.add(within(moment(selection.metric), &[span]));
    }
    if let Some(age) = selection.age {
        all = all.add(aged(age, now));
    }
    all
}

/// Requests of an age.
pub(super) fn aged(age: AgeBand, now: Instant) -> Condition {
    let (after, until) = age.began(now);
    let column = request::Column::FirstMessageAt;
    let mut all = Condition::all();
    if let Some(after) = after {
        all = all.add(column.gt(after));
    }
    if let Some(until) = until {
        all = all.add(column.lte(until));
    }
    all
}

/// The lines of history that say that a paper was rejected.
pub(super) fn rejections(selection: &Selection, spans: &[Span]) -> Condition {
    let mut all = EVENTS
        .narrowed(&selection.filter)
        .add(request_event::Column::Kind.eq(RequestEventKind::PaperRejected))
        .add(within(request_event::Column::At, spans));
    if let Some(reason) = selection.reason {
        all = all.add(request_event::Column::Reason.eq(reason.word()));
    }
    all
}
