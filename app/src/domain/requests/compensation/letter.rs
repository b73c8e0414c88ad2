//! What the printed letter says of a request that was not settled in time.

use loket_core::{clock::Instant, id::RequestId, permission::Permission, request::Terms};
use loket_entity::request;

use super::{
    super::{error::RequestError, places, store, telling::Addressed},
    CompensationView, find,
    read::view,
};
use crate::{
    domain::tenancy::Office,
    infra::{Cx, Fault},
};

/// What the letter says.
#[derive(Debug, Clone)]
pub struct CompensationLetter {
    /// The request's number.
    pub receipt: String,
    /// Service and variant.
    pub service: String,
    /// Whom it is about.
    pub name: String,
    /// When the request came.
    pub opened_at: Instant,
    /// How long it may take by the standard; empty where nobody knows any more.
    pub rule: String,
    /// What is given, and why.
    pub compensation: CompensationView,
}

/// Reads what the letter says; the look is one line of the audit trail.
///
/// # Errors
/// [`RequestError::NotFound`] also where nothing is owed.
pub async fn compensation_letter(
    cx: &mut Cx<'_>,
    office: &Office,
    id: RequestId,
) -> Result<CompensationLetter, RequestError> {
    let row = store::load(cx, id, Permission::ReadRequests).await?;
    let one = find(cx, id).await?.ok_or(RequestError::NotFound)?;
    let addressed = Addressed::of(cx, office, &row).await?;
    let letter = CompensationLetter {
        receipt: row.receipt.clone(),
        service: addressed.subject().service.to_owned(),
        name: cx.open(&row.subject, places::SUBJECT.of(id.0))?,
        opened_at: row.opened_at,
        rule: rule(&row)?,
        compensation: view(cx, &row, &one)?,
    };
    cx.audit("request.compensation_letter", ("request", Some(id.0)))?;
    Ok(letter)
}

fn rule(row: &request::Model) -> Result<String, RequestError> {
    let Some(stored) = row.terms.clone() else { return Ok(String::new()) };
    let terms: Terms =
        serde_json::from_value(stored).map_err(|_| Fault::Inconsistent("terms of a request"))?;
    Ok(terms.words())
}
