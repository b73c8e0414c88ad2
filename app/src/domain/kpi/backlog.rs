//! What is open now, by service and by age, and what of it waits longest: one query each over the indexes of the
//! open set.

use loket_core::{
    clock::Instant,
    id::ServiceId,
    kpi::{AgeBand, Metric},
    permission::Permission,
};
use loket_entity::request;
use sea_orm::{
    Condition, FromQueryResult,
    sea_query::{CaseStatement, Expr, ExprTrait},
};

use super::{filter::Filter, select, store::number};
use crate::{
    domain::requests::{self, QueueRow},
    infra::{Cx, Outcome},
};

const MOST_SERVICES: u64 = 1_000;

/// What is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Backlog {
    /// By service.
    pub(super) services: Vec<(ServiceId, u64)>,
    /// What nobody has taken.
    pub(super) untaken: u64,
    /// By age, the youngest first.
    pub(super) ages: Vec<(AgeBand, u64)>,
}

impl Backlog {
    /// All of it.
    pub(super) fn open(&self) -> u64 {
        self.services.iter().map(|(_, count)| count).sum()
    }
}

#[derive(FromQueryResult)]
struct Row {
    service_id: ServiceId,
    open: i64,
    untaken: Option<i64>,
    age_0: Option<i64>,
    age_1: Option<i64>,
    age_2: Option<i64>,
    age_3: Option<i64>,
    age_4: Option<i64>,
    age_5: Option<i64>,
}

impl Row {
    fn ages(&self) -> [Option<i64>; 6] {
        [self.age_0, self.age_1, self.age_2, self.age_3, self.age_4, self.age_5]
    }
}

const AGES: [&str; 6] = ["age_0", "age_1", "age_2", "age_3", "age_4", "age_5"];

/// Counts what is open within a filter (its period aside) and what whoever asks may see.
pub(super) async fn backlog(cx: &Cx<'_>, filter: &Filter) -> Outcome<Backlog> {
    let which = select::REQUESTS.visible(cx, filter);
    let rows = cx
        .tx()
        .find::<request::Entity>()
        .filter(which)
        .filter(select::belongs(Metric::Backlog, cx.now()))
        .grouped::<Row>([request::Column::ServiceId], computed(cx.now()), MOST_SERVICES)
        .await?;
    let sum = |of: &dyn Fn(&Row) -> Option<i64>| number(rows.iter().filter_map(of).sum());
    let aged = |place: usize| sum(&|row| row.ages().get(place).copied().flatten());
    Ok(Backlog {
        untaken: sum(&|row| row.untaken),
        ages: AgeBand::ALL.iter().enumerate().map(|(place, band)| (*band, aged(place))).collect(),
        services: rows.iter().map(|row| (row.service_id, number(row.open))).collect(),
    })
}

/// What nobody has taken, the longest waiting first, within a filter (its period aside) and what whoever asks may read.
pub async fn longest_waiting(cx: &Cx<'_>, filter: &Filter, most: u64) -> Outcome<Vec<QueueRow>> {
    let found = cx
        .tx()
        .find::<request::Entity>()
        .filter(select::REQUESTS.visible(cx, filter))
        .filter(select::REQUESTS.reached(&cx.reach(Permission::ReadRequests)))
        .filter(requests::unowned())
        .ascending(request::Column::FirstMessageAt)
        .ascending(request::Column::Id)
        .up_to(most)
        .await?;
    requests::rows(cx, found).await
}

fn computed(now: Instant) -> Vec<(Expr, &'static str)> {
    let untaken = requests::unowned();
    let ages = AgeBand::ALL.iter().map(|band| select::aged(*band, now)).zip(AGES);
    let sums = [(untaken, "untaken")].into_iter().chain(ages).map(|(which, name)| (sum_of(which), name));
    std::iter::once((Expr::val(1).count(), "open")).chain(sums).collect()
}

fn sum_of(which: Condition) -> Expr {
    Expr::Case(Box::new(CaseStatement::new().case(which, 1).finally(0))).sum()
}
