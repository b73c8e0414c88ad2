//! The rows of consignments: sent, told of, and what came of them.

use loket_core::{
    clock::Instant,
    consignment::{ConsignmentState, ConsignmentWay, Course, ReturnReason},
    handover::Collectors,
    id::{ConsignmentId, PickupPointId, RequestId},
};
use loket_entity::{consignment as row, sealed::Sealed};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition};

use super::places;
use crate::infra::{Cx, Outcome, seal::Column};

/// How many consignments of a request are remembered on its page.
const MOST_OF_REQUEST: u64 = 10;

/// A consignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsignmentView {
    /// Which.
    pub id: ConsignmentId,
    /// Of which request.
    pub request: RequestId,
    /// How it is sent.
    pub way: ConsignmentWay,
    /// How it stands.
    pub state: ConsignmentState,
    /// The office's own place where it goes.
    pub point: Option<PickupPointId>,
    /// The citizen's address, or the name of the other office; empty where it goes to a place of the office's.
    pub destination: String,
    /// The courier, or who takes it along; may be empty.
    pub carrier: String,
    /// The courier's tracking number, or that of the covering letter; may be empty.
    pub number: String,
    /// What officers should know; may be empty.
    pub note: String,
    /// Who acknowledged it at the place or the other office; may be empty.
    pub receiver: String,
    /// When what happened to it.
    pub course: Course,
    /// Whether its citizen must be told of it as it stands, and was.
    pub told: Told,
    /// Whom it was given to where it lay before.
    pub collectors: Collectors,
    /// Why it came back.
    pub reason: Option<ReturnReason>,
    /// Which change of it this is.
    pub version: i64,
}

/// Whether a citizen knows what they must.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// They were told.
    Yes,
    /// They wait for news that is still to come.
    Later,
    /// No message reached them, and they should know.
    No,
}

impl ConsignmentView {
    /// Whether it goes where another one goes: to the same place, with the same courier, to the same office.
    pub fn goes_with(&self, other: &Self) -> bool {
        let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
        self.way == other.way
            && match self.way {
                ConsignmentWay::Drop => self.point == other.point,
                ConsignmentWay::Courier => same(&self.carrier, &other.carrier),
                ConsignmentWay::Office => same(&self.destination, &other.destination),
            }
    }
}

fn view(cx: &Cx<'_>, row: row::Model) -> Outcome<ConsignmentView> {
    let open = |text: &Option<Sealed<String>>, column: Column| -> Outcome<String> {
        let text = text.as_ref().map(|text| cx.open(text, column.of(row.id.0))).transpose()?;
        Ok(text.unwrap_or_default())
    };
    Ok(ConsignmentView {
        destination: open(&row.destination, places::DESTINATION)?,
        carrier: open(&row.carrier, places::CARRIER)?,
        number: open(&row.number, places::NUMBER)?,
        note: open(&row.note, places::NOTE)?,
        receiver: open(&row.receiver, places::RECEIVER)?,
        id: row.id,
        request: row.request_id,
        way: row.way,
        state: row.state,
        point: row.point_id,
        course: Course {
            sent_at: row.sent_at,
            expected_by: row.expected_by,
            arrived_at: row.arrived_at,
            ended_at: row.ended_at,
        },
        told: match (row.told_at, row.to_tell) {
            (Some(_), _) => Told::Yes,
            (None, true) => Told::No,
            (None, false) => Told::Later,
        },
        collectors: row.collectors,
        reason: row.reason,
        version: row.version,
    })
}

fn views(cx: &Cx<'_>, rows: Vec<row::Model>) -> Outcome<Vec<ConsignmentView>> {
    rows.into_iter().map(|row| view(cx, row)).collect()
}

fn not_over() -> Condition {
    Condition::all().add(row::Column::EndedAt.is_null())
}

/// One by its id.
pub async fn consignment(cx: &Cx<'_>, id: ConsignmentId) -> Outcome<Option<ConsignmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(row::Column::Id.eq(id)).one().await?;
    found.map(|row| view(cx, row)).transpose()
}

/// Those of a request, the latest first.
pub async fn of_request(cx: &Cx<'_>, request: RequestId) -> Outcome<Vec<ConsignmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(row::Column::RequestId.eq(request));
    views(cx, found.descending(row::Column::Id).up_to(MOST_OF_REQUEST).await?)
}

/// The one of a request that is not over.
pub async fn open_of(cx: &Cx<'_>, request: RequestId) -> Outcome<Option<ConsignmentView>> {
    Ok(open_among(cx, vec![request]).await?.pop())
}

/// Those of some requests that are not over.
pub async fn open_among(cx: &Cx<'_>, requests: Vec<RequestId>) -> Outcome<Vec<ConsignmentView>> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }
    let most = requests.len() as u64;
    let found = cx.tx().find::<row::Entity>().filter(not_over().add(row::Column::RequestId.is_in(requests)));
    views(cx, found.up_to(most).await?)
}

/// Those that stand so and are not over, what was sent first first.
pub async fn standing(cx: &Cx<'_>, state: ConsignmentState, most: u64) -> Outcome<Vec<ConsignmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(not_over().add(row::Column::State.eq(state)));
    let found = found.ascending(row::Column::SentAt).ascending(row::Column::Id);
    views(cx, found.up_to(most).await?)
}

/// Those that are under way since some time between two moments.
pub async fn sent_between(
    cx: &Cx<'_>,
    (from, until): (Instant, Instant),
    most: u64,
) -> Outcome<Vec<ConsignmentView>> {
    let these = not_over()
        .add(row::Column::State.eq(ConsignmentState::UnderWay))
        .add(row::Column::SentAt.gte(from))
        .add(row::Column::SentAt.lt(until));
    let found = cx.tx().find::<row::Entity>().filter(these).ascending(row::Column::SentAt);
    views(cx, found.ascending(row::Column::Id).up_to(most).await?)
}

/// Those whose citizens should know of them and do not, what was sent first first.
pub async fn untold(cx: &Cx<'_>, most: u64) -> Outcome<Vec<ConsignmentView>> {
    let these = not_over().add(row::Column::ToTell.eq(true)).add(row::Column::ToldAt.is_null());
    let found = cx.tx().find::<row::Entity>().filter(these).ascending(row::Column::SentAt);
    views(cx, found.ascending(row::Column::Id).up_to(most).await?)
}

/// Those that were over since a moment, the latest first.
pub async fn ended_since(cx: &Cx<'_>, since: Instant, most: u64) -> Outcome<Vec<ConsignmentView>> {
    let found = cx.tx().find::<row::Entity>().filter(row::Column::EndedAt.gte(since));
    let found = found.descending(row::Column::EndedAt).descending(row::Column::Id);
    views(cx, found.up_to(most).await?)
}

/// What is sent, how, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'s> {
    /// How.
    pub way: ConsignmentWay,
    /// One of the office's places, where it goes to one.
    pub point: Option<PickupPointId>,
    /// The citizen's address, or the name of the other office.
    pub destination: &'s str,
    /// The courier, or who takes it along.
    pub carrier: &'s str,
    /// The tracking number, or that of the covering letter.
    pub number: &'s str,
    /// What officers should know.
    pub note: &'s str,
}

/// Sends it; its citizen is not yet told, and must be where `to_tell` says so. `collectors` is whom it was given to where it lay.
/// Nothing where the request has one already that is not over.
pub async fn send(
    cx: &Cx<'_>,
    request: RequestId,
    (sending, expected_by): (&Sending<'_>, Option<Instant>),
    (to_tell, collectors): (bool, Collectors),
) -> Outcome<Option<ConsignmentId>> {
    let id: ConsignmentId = cx.new_id();
    let sent = row::ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(id),
        request_id: Set(request),
        way: Set(sending.way),
        state: Set(ConsignmentState::UnderWay),
        point_id: Set(sending.point),
        destination: Set(sealed(cx, sending.destination, (places::DESTINATION, id))?),
        carrier: Set(sealed(cx, sending.carrier, (places::CARRIER, id))?),
        number: Set(sealed(cx, sending.number, (places::NUMBER, id))?),
        note: Set(sealed(cx, sending.note, (places::NOTE, id))?),
        receiver: Set(None),
        sent_at: Set(cx.now()),
        sent_by: Set(cx.officer()),
        expected_by: Set(expected_by),
        to_tell: Set(to_tell),
        told_at: Set(None),
        collectors: Set(collectors),
        arrived_at: Set(None),
        ended_at: Set(None),
        reason: Set(None),
        version: Set(1),
    };
    Ok(cx.tx().insert_once::<row::Entity>(sent).await?.then_some(id))
}

fn sealed(cx: &Cx<'_>, text: &str, (column, id): (Column, ConsignmentId)) -> Outcome<Option<Sealed<String>>> {
    let text = text.trim();
    (!text.is_empty()).then(|| cx.seal(&text.to_owned(), column.of(id.0))).transpose()
}

/// Its citizen was told of it as it stands.
pub async fn told(cx: &Cx<'_>, id: ConsignmentId) -> Outcome<()> {
    let change = cx.tx().change::<row::Entity>(row::Column::Id.eq(id));
    change.set(row::Column::ToldAt, cx.now()).run().await?;
    Ok(())
}

/// What came of a consignment.
#[derive(Debug, Clone, Copy)]
pub struct Recorded<'r> {
    /// How it stands.
    pub state: ConsignmentState,
    /// When that happened.
    pub at: Instant,
    /// Who acknowledged it; empty where nobody did.
    pub receiver: &'r str,
    /// Why it came back.
    pub reason: Option<ReturnReason>,
}

/// Writes down what came of one that is not over, as it was read; says whether it still was so.
pub async fn record(cx: &Cx<'_>, one: &ConsignmentView, said: &Recorded<'_>) -> Outcome<bool> {
    let this = not_over().add(row::Column::Id.eq(one.id)).add(row::Column::Version.eq(one.version));
    let mut change = cx
        .tx()
        .change::<row::Entity>(this)
        .set(row::Column::State, said.state.word())
        .set(row::Column::ToldAt, Option::<Instant>::None)
        .set(row::Column::ToTell, true)
        .set(row::Column::Reason, said.reason.map(ReturnReason::word))
        .set(row::Column::Version, one.version + 1);
    if said.state == ConsignmentState::Arrived {
        change = change
            .set(row::Column::ArrivedAt, said.at)
            .set(row::Column::Receiver, sealed(cx, said.receiver, (places::RECEIVER, one.id))?);
    }
    if said.state.is_over(one.way) {
        change = change.set(row::Column::EndedAt, said.at);
    }
    Ok(change.run().await? == 1)
}

/// What a request sent is wanted no more; says whether something was under way.
pub async fn recall(cx: &Cx<'_>, request: RequestId) -> Outcome<bool> {
    let this = not_over().add(row::Column::RequestId.eq(request));
    let change = cx
        .tx()
        .change::<row::Entity>(this)
        .set(row::Column::State, ConsignmentState::Recalled.word())
        .set(row::Column::EndedAt, cx.now());
    Ok(change.run().await? > 0)
}
