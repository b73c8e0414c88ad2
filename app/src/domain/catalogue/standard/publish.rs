//! Drafting and publishing the standard of a service, and what happens on the day from which it holds.

use loket_core::{
    clock::Instant,
    id::{OfficeId, ServiceId},
    standard::Standard,
};
use loket_entity::service;
use sea_orm::ColumnTrait;
use serde::{Deserialize, Serialize};

use super::{StandardError, read, rows};
use crate::{
    domain::{
        catalogue::store,
        editions::{self, Edition, EditionError, Publication},
    },
    infra::{Actor, Cx, House, Outcome, SystemReason},
    queue::NewJob,
};

/// The kind of the job that lets an edition take effect.
pub const TAKES_EFFECT: &str = "standard.takes_effect";

/// Which service's edition takes effect.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TakingEffect {
    /// The service.
    pub service: ServiceId,
}

/// The draft of a service, begun if there is none: from what holds, or for a service that was set up before there were
/// editions, from its rows.
pub async fn draft(cx: &mut Cx<'_>, id: ServiceId) -> Result<Edition<Standard>, StandardError> {
    editions::administers(cx)?;
    let row = store::by_id(cx, id).await?.ok_or(StandardError::NotFound)?;
    match editions::begin(cx, id.0).await {
        Err(EditionError::NotFound) => {
            let standard = read::of_rows(cx, &row).await?;
            Ok(editions::put(cx, id.0, &standard).await?)
        }
        other => Ok(other?),
    }
}

/// Keeps a standard as the draft of a service: the draft of the revision that was read, or a first one for 0, which is
/// what somebody read who found none. Gives the new revision.
///
/// # Errors
/// That somebody saved or began a draft in the meantime.
pub async fn amend(
    cx: &mut Cx<'_>,
    id: ServiceId,
    (expected, standard): (i64, &Standard),
) -> Result<i64, StandardError> {
    store::by_id(cx, id).await?.ok_or(StandardError::NotFound)?;
    Ok(editions::keep(cx, id.0, (expected, standard)).await?)
}

/// Throws the draft of a service away, and with it a service that was never published.
pub async fn discard(cx: &mut Cx<'_>, id: ServiceId, expected: i64) -> Result<(), StandardError> {
    let row = store::by_id(cx, id).await?.ok_or(StandardError::NotFound)?;
    editions::discard::<Standard>(cx, id.0, expected).await?;
    if !row.active && store::variants_of(cx, id).await?.is_empty() {
        let held = editions::history(cx, loket_core::edition::EditionKind::ServiceStandard, id.0).await?;
        if held.is_empty() {
            cx.tx().delete::<service::Entity>(service::Column::Id.eq(id)).await?;
            cx.audit("service.removed", ("service", Some(id.0)))?;
        }
    }
    Ok(())
}

/// Publishes the draft of a service; gives its number and when it begins to hold.
pub async fn publish(
    cx: &mut Cx<'_>,
    id: ServiceId,
    how: &Publication,
) -> Result<(i64, Instant), StandardError> {
    store::by_id(cx, id).await?.ok_or(StandardError::NotFound)?;
    let (number, from) = editions::publish::<Standard>(cx, id.0, how).await?;
    let now = cx.now();
    if from <= now {
        apply(cx, id).await?;
    } else {
        let later = NewJob::new(TAKES_EFFECT, &TakingEffect { service: id })?.after(from - now);
        cx.enqueue(later).await?;
    }
    Ok((number, from))
}

/// Lets what is current today take effect. A second time changes nothing.
pub async fn take_effect(house: &House, office: OfficeId, taking: TakingEffect) -> Outcome<()> {
    let mut cx = Cx::write(house, office, Actor::System(SystemReason::Editions)).await?;
    apply(&cx, taking.service).await?;
    cx.audit("service.standard_in_force", ("service", Some(taking.service.0)))?;
    cx.commit().await
}

async fn apply(cx: &Cx<'_>, id: ServiceId) -> Outcome<()> {
    match editions::current::<Standard>(cx, id.0, cx.now()).await? {
        Some(held) => rows::write(cx, id, &held.document).await,
        None => Ok(()),
    }
}

/// Offers a service, or no longer. What was opened of it goes on.
pub async fn switch(cx: &mut Cx<'_>, id: ServiceId, on: bool) -> Result<(), StandardError> {
    editions::administers(cx)?;
    store::by_id(cx, id).await?.ok_or(StandardError::NotFound)?;
    if on && store::variants_of(cx, id).await?.iter().all(|row| row.retired) {
        return Err(StandardError::Unpublished);
    }
    let row = service::Column::Id.eq(id);
    cx.tx().change::<service::Entity>(row).set(service::Column::Active, on).run_one().await?;
    let action = if on { "service.switched_on" } else { "service.switched_off" };
    Ok(cx.audit(action, ("service", Some(id.0)))?)
}
