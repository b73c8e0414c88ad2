//! Finding a request: by receipt, by the last four digits of the phone, by NIK or KK, by name.

use loket_core::{
    id::RequestId,
    permission::Permission,
    receipt::ReceiptNumber,
    text::{Kk, Nik, PersonName},
};
use loket_entity::{request, request_name};
use sea_orm::{ColumnTrait, Condition};

use super::{
    error::RequestError,
    store,
    views::{QueueRow, rows},
};
use crate::{
    domain::contacts,
    infra::{Cx, Outcome, seal::IndexKind},
};

const MOST: u64 = 50;

/// What a search found, and what the text was taken for.
pub struct Found {
    /// What the text was taken for: `nomor tanda terima`, ...
    pub taken_for: &'static str,
    /// The requests, newest first; at most 50.
    pub rows: Vec<QueueRow>,
}

/// Searches the requests within reach. The search itself is recorded, without its text.
pub async fn search(cx: &mut Cx<'_>, text: &str) -> Result<Found, RequestError> {
    let text = text.trim();
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let (taken_for, found) = if let Ok(receipt) = ReceiptNumber::parse(text) {
        ("nomor tanda terima", by(cx, request::Column::Receipt.eq(receipt.as_str())).await?)
    } else if digits.len() == 4 && digits.len() == text.len() {
        let contacts = contacts::find_by_tail(cx, &digits).await?;
        ("empat angka terakhir telepon", store::of_contacts(cx, contacts, MOST).await?)
    } else if digits.len() == 16 {
        ("NIK atau nomor KK", by_number(cx, text).await?)
    } else {
        ("nama", by_name(cx, text).await?)
    };
    let ids: Vec<RequestId> = found.iter().map(|row| row.id).collect();
    cx.audit_with(
        "request.searched",
        ("request", None),
        Some(&serde_json::json!({ "by": taken_for, "count": ids.len() })),
    )?;
    Ok(Found { taken_for, rows: rows(cx, found).await? })
}

async fn by(cx: &Cx<'_>, condition: sea_orm::sea_query::SimpleExpr) -> Outcome<Vec<request::Model>> {
    store::within(cx, Permission::ReadRequests)
        .filter(Condition::all().add(condition))
        .sorted_descending(request::Column::OpenedAt)
        .up_to(MOST)
        .await
}

/// One query for each index: an "or" over both would be led by neither.
async fn by_number(cx: &Cx<'_>, text: &str) -> Outcome<Vec<request::Model>> {
    let nik = Nik::parse(text).ok().map(|nik| cx.index(IndexKind::Nik, nik.expose()));
    let kk = Kk::parse(text).ok().map(|kk| cx.index(IndexKind::Kk, kk.expose()));
    let conditions = [
        nik.map(|index| request::Column::NikIdx.eq(index)),
        kk.map(|index| request::Column::KkIdx.eq(index)),
    ];
    let mut found: Vec<request::Model> = Vec::new();
    for condition in conditions.into_iter().flatten() {
        let more = by(cx, condition).await?;
        found.extend(
            more.into_iter().filter(|row| found.iter().all(|known| known.id != row.id)).collect::<Vec<_>>(),
        );
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.opened_at));
    found.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    Ok(found)
}

/// Requests whose subject's name has every whole word that was typed.
async fn by_name(cx: &Cx<'_>, text: &str) -> Outcome<Vec<request::Model>> {
    let Ok(name) = PersonName::parse(text) else { return Ok(Vec::new()) };
    let mut found: Option<Vec<RequestId>> = None;
    for word in name.search_words().take(6) {
        let mut query = cx
            .tx()
            .find::<request_name::Entity>()
            .filter(request_name::Column::WordIdx.eq(cx.index(IndexKind::NameWord, &word)));
        if let Some(ids) = &found {
            query = query.filter(request_name::Column::RequestId.is_in(ids.clone()));
        }
        let ids = query
            .sorted_descending(request_name::Column::Id)
            .up_to(500)
            .await?
            .into_iter()
            .map(|row| row.request_id)
            .collect();
        found = Some(ids);
    }
    let Some(ids) = found.filter(|ids| !ids.is_empty()) else { return Ok(Vec::new()) };
    store::within(cx, Permission::ReadRequests)
        .filter(request::Column::Id.is_in(ids))
        .sorted_descending(request::Column::OpenedAt)
        .up_to(MOST)
        .await
}
