//! What citizens are told of an office's hours, once it publishes a timetable.

use loket_entity::office;

use super::{change_office::change_office, office::Office};
use crate::infra::{By, House, Outcome, PlatformTx};

/// Writes the hours that a timetable says; from then on nobody types them. A second time changes nothing.
pub async fn tell_hours(house: &House, office: &Office, hours: &str) -> Outcome<()> {
    if office.timetabled && office.hours == hours {
        return Ok(());
    }
    let tx = PlatformTx::write(house).await?;
    let columns = [(office::Column::Hours, hours.into()), (office::Column::Timetabled, true.into())];
    change_office(&tx, office.id, columns).await?;
    let detail = serde_json::json!({ "old": office.hours, "new": hours });
    tx.audit(By::System, "office.hours_told", ("office", Some(office.id.0)), Some(&detail)).await?;
    tx.commit().await
}
