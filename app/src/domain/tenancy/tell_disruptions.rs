//! What everybody reads of what keeps an office from working.

use loket_core::{id::OfficeId, outage::Disruption};
use loket_entity::office;

use super::change_office::change_office;
use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// Writes what lasts onto the office's row; a second time changes nothing.
pub async fn tell_disruptions(house: &House, office: OfficeId, lasting: &[Disruption]) -> Outcome<()> {
    let told = (!lasting.is_empty()).then(|| serde_json::to_value(lasting)).transpose();
    let told = told.map_err(|_| Fault::Inconsistent("the disruptions of an office"))?;
    let tx = PlatformTx::write(house).await?;
    change_office(&tx, office, [(office::Column::Disruptions, told.clone().into())]).await?;
    tx.audit(By::System, "office.disruptions_told", ("office", Some(office.0)), told.as_ref()).await?;
    tx.commit().await
}
