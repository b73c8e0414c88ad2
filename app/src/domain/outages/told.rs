//! Who was told of an outage: once that it began, and once that it is over.

use loket_core::{
    id::{ConversationId, OutageId},
    outage::OutageStep,
    permission::Permission,
};
use loket_entity::outage_told;
use sea_orm::{ActiveValue::Set, ColumnTrait};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{error::OutageError, store};
use crate::{
    infra::{Cx, Outcome},
    queue::NewJob,
};

/// The job that tells whoever waits.
pub const INFORM: &str = "outages.inform";

/// What [`INFORM`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inform {
    /// Of which outage.
    pub outage: OutageId,
    /// That it began, or that it is over.
    pub step: OutageStep,
    /// How many are still to be told at most.
    pub most: u64,
}

/// How many were told of an outage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// That it began.
    pub begun: u64,
    /// That it is over.
    pub over: u64,
}

/// Somebody pressed: whoever waits is told how it stands, so many at most.
pub async fn start_telling(cx: &mut Cx<'_>, outage: OutageId, most: u64) -> Result<(), OutageError> {
    let row = store::load(cx, outage, Permission::ReportOutages).await?;
    let step = store::times(&row).news(cx.now());
    store::line(cx, outage, step, None).await?;
    inform(cx, Inform { outage, step, most }).await?;
    cx.audit(&format!("outage.{}", step.word()), ("outage", Some(outage.0)))?;
    Ok(())
}

/// How many were told.
pub async fn told(cx: &Cx<'_>, outage: OutageId) -> Outcome<Told> {
    let count = async |step: OutageStep| {
        cx.tx()
            .find::<outage_told::Entity>()
            .filter(outage_told::Column::OutageId.eq(outage))
            .filter(outage_told::Column::Step.eq(step))
            .count()
            .await
    };
    Ok(Told { begun: count(OutageStep::ToldBegun).await?, over: count(OutageStep::ToldOver).await? })
}

/// Queues the rest of it.
pub async fn inform(cx: &mut Cx<'_>, inform: Inform) -> Outcome<()> {
    cx.enqueue(NewJob::new(INFORM, &inform)?).await
}

/// Remembers that it is told in a conversation; false if it was before.
pub async fn remember_told(
    cx: &Cx<'_>,
    (outage, step): (OutageId, OutageStep),
    conversation: ConversationId,
) -> Outcome<bool> {
    cx.tx()
        .insert_once::<outage_told::Entity>(outage_told::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<Uuid>()),
            outage_id: Set(outage),
            conversation_id: Set(conversation),
            step: Set(step),
            at: Set(cx.now()),
        })
        .await
}
