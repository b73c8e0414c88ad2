//! What everybody reads of what keeps an office from working.

use loket_core::{id::OfficeId, outage::Disruption};
use loket_entity::office;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};

use super::{change_office::change_office, store::office_by_id};
use crate::infra::{By, Fault, House, Outcome, PlatformTx};

/// Writes what lasts onto the office's row, which is held before `lasting` is asked.
pub async fn tell_disruptions(
    house: &House,
    id: OfficeId,
    lasting: impl AsyncFnOnce() -> Outcome<Vec<Disruption>>,
) -> Outcome<()> {
    let tx = PlatformTx::write(house).await?;
    let held = tx.change::<office::Entity>().filter(office::Column::Id.eq(id));
    held.col_expr(office::Column::Slug, Expr::col(office::Column::Slug)).exec(tx.on()).await?;
    let office = office_by_id(&tx, id).await?.ok_or(Fault::Inconsistent("the office of an outage"))?;
    let lasting = lasting().await?;
    if office.disruptions == lasting {
        return Ok(());
    }
    let told = (!lasting.is_empty()).then(|| serde_json::to_value(&lasting)).transpose();
    let told = told.map_err(|_| Fault::Inconsistent("the disruptions of an office"))?;
    change_office(&tx, id, [(office::Column::Disruptions, told.clone().into())]).await?;
    tx.audit(By::System, "office.disruptions_told", ("office", Some(id.0)), told.as_ref()).await?;
    tx.commit().await
}
