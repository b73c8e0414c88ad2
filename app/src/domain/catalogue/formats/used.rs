//! Who still writes by an older edition: a row for each line that only it could read, counted over thirty days.

use std::collections::HashMap;

use chrono::TimeDelta;
use loket_core::{clock::Instant, id::ServiceId};
use loket_entity::format_use::{ActiveModel, Entity};
use sea_orm::{ActiveValue::Set, prelude::Uuid};

use crate::infra::{Cx, Outcome, ScopedSql};

/// How far back uses are counted.
const WITHIN: TimeDelta = TimeDelta::days(30);

/// Notes that a line was read by an edition that another has followed.
pub async fn note_old_use(cx: &Cx<'_>, (service, edition): (ServiceId, i64), at: Instant) -> Outcome<()> {
    let row = ActiveModel {
        tenant_id: Set(cx.office()),
        id: Set(cx.new_id::<Uuid>()),
        service_id: Set(service),
        edition: Set(edition),
        at: Set(at),
    };
    cx.tx().insert::<Entity>(row).await
}

/// Lines of the last thirty days by service and edition; of one service, or of all.
pub(super) async fn counted(
    cx: &Cx<'_>,
    service: Option<ServiceId>,
) -> Outcome<HashMap<(ServiceId, i64), u64>> {
    let since = (cx.now() - WITHIN).into();
    let sql = match service {
        Some(id) => ScopedSql::new(
            "SELECT service_id, edition, count(*) AS lines FROM format_use WHERE tenant_id = :tenant \
             AND service_id = ? AND at >= ? GROUP BY service_id, edition",
            vec![id.into(), since],
        )?,
        None => ScopedSql::new(
            "SELECT service_id, edition, count(*) AS lines FROM format_use WHERE tenant_id = :tenant \
             AND at >= ? GROUP BY service_id, edition",
            vec![since],
        )?,
    };
    let rows = cx.tx().rows(sql).await?;
    rows.iter()
        .map(|row| {
            let lines: i64 = row.try_get("", "lines")?;
            let key = (row.try_get("", "service_id")?, row.try_get("", "edition")?);
            Ok((key, u64::try_from(lines).unwrap_or(0)))
        })
        .collect()
}
