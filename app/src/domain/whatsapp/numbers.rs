//! The office's numbers.

use std::fmt;

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::NumberId};
use loket_entity::wa_number;
use sea_orm::{ColumnTrait, Condition};

use super::{
    binding::{self, Bindings},
    content::{DISPLAY, TOKEN},
};
use crate::infra::{Cx, Fault, Outcome, graph::AccessToken};

/// How exactly it is kept when a number last received something: a row that every message wrote would
/// make them wait for one another.
const COARSE: TimeDelta = TimeDelta::seconds(30);

/// More numbers than an office has.
const MOST: u64 = 500;

/// A number of the office. Its secrets stay where they are.
#[derive(Clone, PartialEq, Eq)]
pub struct NumberView {
    /// Which.
    pub id: NumberId,
    /// Meta's id of it.
    pub phone_number_id: String,
    /// The business account it is in.
    pub waba_id: String,
    /// What the office calls it.
    pub label: String,
    /// As people dial it.
    pub display: String,
    /// When it last received something, to half a minute.
    pub last_inbound_at: Option<Instant>,
    /// Whether it is in use.
    pub active: bool,
    /// Whether its token was saved. The token itself is opened by the sender only.
    pub has_token: bool,
}

impl fmt::Debug for NumberView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NumberView").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The office's numbers, by name.
pub async fn numbers(cx: &Cx<'_>) -> Outcome<Vec<NumberView>> {
    let rows = cx.tx().find::<wa_number::Entity>().ascending(wa_number::Column::Label).up_to(MOST).await?;
    rows.into_iter()
        .map(|row| {
            Ok(NumberView {
                display: cx.open(&row.display, DISPLAY.of(row.id.0))?,
                id: row.id,
                phone_number_id: row.phone_number_id,
                waba_id: row.waba_id,
                label: row.label,
                last_inbound_at: row.last_inbound_at,
                active: row.active,
                has_token: row.has_token,
            })
        })
        .collect()
}

/// Why what an officer writes on a number would wait; nothing when it goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The number is switched off.
    Off,
    /// It has no token.
    NoToken,
}

/// Whether messages of a number wait, and what the number is meant for.
pub async fn number_at(cx: &Cx<'_>, id: NumberId) -> Outcome<(Option<Held>, Bindings)> {
    let row = by_id(cx, id).await?;
    let held = match (row.active, row.has_token) {
        (false, _) => Some(Held::Off),
        (true, false) => Some(Held::NoToken),
        (true, true) => None,
    };
    Ok((held, binding::bindings(cx, id).await?))
}

/// A number of the office, if there is one with this id.
pub(super) async fn find(cx: &Cx<'_>, id: NumberId) -> Outcome<Option<wa_number::Model>> {
    cx.tx().find::<wa_number::Entity>().filter(wa_number::Column::Id.eq(id)).one().await
}

/// The number that Meta knows by this id.
pub(super) async fn by_graph_id(cx: &Cx<'_>, phone_number_id: &str) -> Outcome<Option<wa_number::Model>> {
    cx.tx()
        .find::<wa_number::Entity>()
        .filter(wa_number::Column::PhoneNumberId.eq(phone_number_id))
        .one()
        .await
}

pub(super) async fn by_id(cx: &Cx<'_>, id: NumberId) -> Outcome<wa_number::Model> {
    find(cx, id).await?.ok_or(Fault::Inconsistent("a number"))
}

/// What the Graph API asks for.
pub(super) fn token(cx: &Cx<'_>, number: &wa_number::Model) -> Outcome<AccessToken> {
    cx.open(&number.token, TOKEN.of(number.id.0)).map(AccessToken::new)
}

/// Something came in, at this time by our own clock.
pub(super) async fn heard(cx: &Cx<'_>, number: &wa_number::Model, now: Instant) -> Outcome<()> {
    if number.last_inbound_at.is_some_and(|last| now - last < COARSE) {
        return Ok(());
    }
    let behind = Condition::all().add(wa_number::Column::Id.eq(number.id)).add(
        Condition::any()
            .add(wa_number::Column::LastInboundAt.is_null())
            .add(wa_number::Column::LastInboundAt.lt(now)),
    );
    cx.tx()
        .change::<wa_number::Entity>(behind)
        .set(wa_number::Column::LastInboundAt, now)
        .run()
        .await
        .map(|_| ())
}
