//! The office's numbers.

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::NumberId};
use loket_entity::wa_number;
use sea_orm::{ColumnTrait, Condition};

use super::places;
use crate::infra::{Cx, Outcome, graph::AccessToken};

/// How exactly it is kept when a number last received something: a row that every message wrote would
/// make them wait for one another.
const COARSE: TimeDelta = TimeDelta::seconds(30);

/// The number that Meta knows by this id.
pub(super) async fn by_graph_id(cx: &Cx<'_>, phone_number_id: &str) -> Outcome<Option<wa_number::Model>> {
    cx.tx()
        .find::<wa_number::Entity>()
        .filter(wa_number::Column::PhoneNumberId.eq(phone_number_id))
        .one()
        .await
}

pub(super) async fn by_id(cx: &Cx<'_>, id: NumberId) -> Outcome<wa_number::Model> {
    cx.tx().find::<wa_number::Entity>().filter(wa_number::Column::Id.eq(id)).required("a number").await
}

/// What the Graph API asks for.
pub(super) fn token(cx: &Cx<'_>, number: &wa_number::Model) -> Outcome<AccessToken> {
    cx.open(&number.token, places::TOKEN.of(number.id.0)).map(AccessToken::new)
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
