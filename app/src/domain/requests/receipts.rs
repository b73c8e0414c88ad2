//! Serial numbers of receipts: one row per office and month, counted in the opening's own transaction,
//! so that no number is given twice and none is burnt by a refused opening.

use chrono::Datelike;
use loket_core::{receipt::ReceiptNumber, zone::OfficeZone};
use loket_entity::receipt_counter;
use sea_orm::ActiveValue::Set;
use uuid::Uuid;

use crate::infra::{Cx, Fault, Outcome, ScopedSql};

/// The first number of a request in a text.
pub(super) fn named(text: &str) -> Option<ReceiptNumber> {
    text.split_whitespace().find_map(|word| {
        ReceiptNumber::parse(word.trim_matches(|letter: char| !letter.is_alphanumeric())).ok()
    })
}

/// The next receipt number of the office, in the month its own calendar shows.
pub(super) async fn next(cx: &Cx<'_>, code: &str, zone: OfficeZone) -> Outcome<ReceiptNumber> {
    let local = zone.local(cx.now());
    let month = format!("{:02}{:02}", local.year().rem_euclid(100), local.month());
    cx.tx()
        .insert_once::<receipt_counter::Entity>(receipt_counter::ActiveModel {
            tenant_id: Set(cx.office()),
            id: Set(cx.new_id::<Uuid>()),
            month: Set(month.clone()),
            last: Set(0),
        })
        .await?;
    let rows = cx
        .tx()
        .rows(ScopedSql::new(
            "UPDATE receipt_counter SET last = last + 1 WHERE tenant_id = :tenant AND month = ? RETURNING last",
            vec![month.into()],
        )?)
        .await?;
    let serial: i64 = rows.first().ok_or(Fault::Inconsistent("receipt counter"))?.try_get("", "last")?;
    let serial = u32::try_from(serial).map_err(|_| Fault::Inconsistent("receipt counter"))?;
    ReceiptNumber::at(code, &local, serial).map_err(|_| Fault::Inconsistent("receipt code of the office"))
}
