//! What could not be read: kept, shown with its reason, and tried again by a person's word.

use loket_core::{
    clock::Instant,
    id::{DeliveryId, OfficeId},
    kinds::ItemOutcome,
    permission::Permission,
};
use loket_entity::webhook_item;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};

use super::{error::ConversationError, store};
use crate::{
    infra::{Cx, House, Outcome, PlatformTx},
    queue::NewJob,
};

/// The job that gives a body back to the readers.
pub const RETRY_DELIVERY: &str = "whatsapp.retry_delivery";

const PAGE: u64 = 50;

/// What [`RETRY_DELIVERY`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetryDelivery {
    /// Which body.
    pub delivery_id: DeliveryId,
}

/// An item that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// The body it came in.
    pub delivery: DeliveryId,
    /// Where in it, as `e0.c1.m3`; `body` for all of it.
    pub position: String,
    /// What it was.
    pub kind: String,
    /// Why, as a code.
    pub reason: String,
    /// When.
    pub at: Instant,
}

impl SetAside {
    /// Why, in one sentence for the person who looks.
    pub fn sentence(&self) -> &'static str {
        if let Ok(reason) = self.reason.parse::<loket_core::whatsapp::Reason>() {
            return reason.sentence();
        }
        match self.reason.as_str() {
            "not_json" => "Isi kiriman bukan JSON yang sah.",
            "not_an_envelope" => "Isi kiriman bukan amplop webhook.",
            "not_whatsapp" => "Kiriman ini bukan untuk WhatsApp Business.",
            "empty" => "Amplop webhook kosong.",
            "sealed" => "Isi kiriman tidak dapat dibuka dengan kunci kantor.",
            "foreign_number" => "Nomor tujuan milik kantor lain.",
            "unknown_number" => "Nomor tujuan belum terhubung ke kantor ini.",
            "without_number" => "Kiriman tidak menyebut nomor tujuan.",
            "sender_without_known_shape" => "Alamat pengirim tidak dikenali bentuknya.",
            _ => "Kiriman gagal diproses berulang kali.",
        }
    }
}

/// A page of what was set aside, newest first, and whether there is a next one; nothing for those who may
/// not look after it.
pub async fn list(cx: &Cx<'_>, page: u64) -> Outcome<(Vec<SetAside>, bool)> {
    if cx.reach(Permission::ManageQuarantine).is_nothing() {
        return Ok((Vec::new(), false));
    }
    let mut rows = cx
        .tx()
        .find::<webhook_item::Entity>()
        .filter(webhook_item::Column::Outcome.eq(ItemOutcome::Quarantined))
        .descending(webhook_item::Column::At)
        .descending(webhook_item::Column::DeliveryId)
        .skip(page.saturating_mul(PAGE))
        .up_to(PAGE + 1)
        .await?;
    let more = u64::try_from(rows.len()).is_ok_and(|rows| rows > PAGE);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let set_aside = |row: webhook_item::Model| SetAside {
        delivery: row.delivery_id,
        position: row.position,
        kind: row.kind,
        reason: row.reason.unwrap_or_default(),
        at: row.at,
    };
    Ok((rows.into_iter().map(set_aside).collect(), more))
}

/// How many items are set aside.
pub async fn count(cx: &Cx<'_>) -> Outcome<u64> {
    cx.tx()
        .find::<webhook_item::Entity>()
        .filter(webhook_item::Column::Outcome.eq(ItemOutcome::Quarantined))
        .count()
        .await
}

/// Has a body read again: what had its effect keeps it, what was set aside is tried anew.
///
/// # Errors
/// [`ConversationError::NotAllowed`] without the permission, [`ConversationError::NotFound`] when nothing
/// of this body was set aside in this office.
pub async fn retry(cx: &mut Cx<'_>, delivery: DeliveryId) -> Result<(), ConversationError> {
    if cx.reach(Permission::ManageQuarantine).is_nothing() {
        return Err(ConversationError::NotAllowed);
    }
    let aside = Condition::all()
        .add(webhook_item::Column::DeliveryId.eq(delivery))
        .add(webhook_item::Column::Outcome.eq(ItemOutcome::Quarantined));
    if !cx.tx().find::<webhook_item::Entity>().filter(aside).exists().await? {
        return Err(ConversationError::NotFound);
    }
    let job = NewJob::new(RETRY_DELIVERY, &RetryDelivery { delivery_id: delivery })?;
    cx.enqueue(job.unique(format!("retry:{delivery}"))).await?;
    cx.audit("quarantine.retried", ("delivery", Some(delivery.0)))?;
    Ok(())
}

/// Gives a body back to the readers; the job's work.
pub async fn reopen(house: &House, office: OfficeId, delivery: DeliveryId) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    store::reopen(tx.on(), (office, delivery), tx.now()).await?;
    tx.commit().await?;
    house.bus.ring();
    Ok(())
}
